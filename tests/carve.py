"""Proves that --carve finds every record in an image of a disk, says where it was, and shows it as in its log.

The images are put together here of real logs, with and without their headers, cut, and with noise between.
"""

import os
import random
import re
import sys
import time

import facts
import harness

OK, TROUBLE, REFUSED, DAMAGED = 0, 1, 2, 3
OFFSET = re.compile(rb',"offset":(\d+)')
NOISE = 3001
SEARCHED = 16 << 20         # bytes of the worst kinds…
PATIENCE = 30               # …and the seconds they may take, the sanitizers' included


class Source:
    """A real log, what is printed of it, and the pieces that images are made of."""

    def __init__(self, suite, path, tables):
        self.name = os.path.basename(path)
        data = harness.read(path)
        log = facts.Log(data, tables)
        self.header = data[:log.table.size("rawheader")]
        self.samples = [data[sample.offset:sample.end] for sample in log.samples(tasks=False, system=False)]
        lines = harness.run([suite.program(), path]).out.splitlines()
        self.lines = [without_place(line) for line in lines[1:]]
        self.head = without_place(lines[0])


def without_place(line):
    """A line without what depends on where its sample was found."""
    return re.sub(rb'"sample":\d+', b"", OFFSET.sub(b"", line))


def without_host(line):
    return re.sub(rb'"host":"[^"]*"', b"", line)


def carve(suite, what, data, status, *words, **more):
    path = suite.path("image", data)
    argv = [suite.program(), "--carve", *words, path]
    result = harness.run(argv, **more)
    suite.equal(status, result.status, "%s: exit status" % what, harness.shell(argv))
    piped = harness.run(argv[:-1], data=data)
    suite.equal(result.out, piped.out, "%s: the same from a pipe" % what, harness.shell(argv))
    return result, argv


def offsets_of(output):
    return [int(OFFSET.search(line).group(1)) for line in output.splitlines() if b'"rawrecord":' in line]


def check_headed(suite, sources):
    """Whole logs in a row, noise between: as from each log, host and header included."""
    dice, image, places, expected = random.Random(7), b"", [], []
    for source in sources:
        image += dice.randbytes(NOISE) + source.header
        for sample in source.samples:
            places.append(len(image))
            image += sample
        expected += [source.head] + source.lines
    result, argv = carve(suite, "logs with headers", image + dice.randbytes(NOISE), OK)
    suite.equal(places, offsets_of(result.out), "logs with headers: offsets", harness.shell(argv))
    got = [without_place(line) for line in result.out.splitlines()]
    wrong = next(((a, b) for a, b in zip(expected, got) if a != b), None)
    suite.check(len(expected) == len(got) and not wrong, "logs with headers: lines", len(expected),
                "%d, %s" % (len(got), wrong), harness.shell(argv))


def check_headless(suite, sources):
    """Each log alone without its header; only of a release that a later one does not look like in all else."""
    for source in sources:
        data = b"\xef\xbe\xed\xfe" * 100 + b"".join(b"x" * 77 + sample for sample in source.samples)
        result, argv = carve(suite, "%s without a header" % source.name, data, OK)
        at, places = 400, []
        for sample in source.samples:
            places.append(at + 77)
            at += 77 + len(sample)
        suite.equal(places, offsets_of(result.out), "%s without a header: offsets" % source.name,
                    harness.shell(argv))
        got = [without_host(without_place(line)) for line in result.out.splitlines()]
        expected = [without_host(line) for line in source.lines]
        suite.check(len(got) == len(expected), "%s without a header: lines" % source.name, len(expected),
                    len(got), harness.shell(argv))
        suite.check(got == expected or unlike_once(result.err), "%s without a header: what they say" %
                    source.name, "as in the log", next((a for a, b in zip(got, expected) if a != b), None),
                    harness.shell(argv))


def unlike_once(messages):
    """Whether records were taken for one release only: one that has the same lengths, if not the same one."""
    return len(set(re.findall(rb"records of atop (\S+),", messages))) == 1


def check_chosen(suite, sources):
    """--schema: that release and no other."""
    source = next(one for one in sources if one.name == "atop-2.7.1.raw")
    other = next(one for one in sources if one.name == "atop-1.26.raw")
    data = b"".join(other.samples) + b"".join(source.samples)
    result, argv = carve(suite, "a chosen release", data, OK, "--schema=2.7")
    got = [without_host(without_place(line)) for line in result.out.splitlines()]
    suite.check(got == [without_host(line) for line in source.lines], "a chosen release: lines",
                len(source.lines), len(got), harness.shell(argv))


def check_damage(suite, sources):
    source = next(one for one in sources if one.name == "atop-2.8.1-s390x.raw")
    samples = list(source.samples)
    broken = bytearray(samples[1])
    broken[-40:-30] = b"\xff" * 10
    result, argv = carve(suite, "a broken block", samples[0] + bytes(broken) + samples[2], DAMAGED)
    suite.equal(3, len(offsets_of(result.out)), "a broken block: records", harness.shell(argv))
    result, argv = carve(suite, "a cut end", samples[0] + samples[1][:-50], DAMAGED)
    suite.equal(2, len(offsets_of(result.out)), "a cut end: records", harness.shell(argv))
    carve(suite, "nothing in it", b"text" * 1000, REFUSED)
    carve(suite, "empty", b"", REFUSED)


def check_cost(suite, sources):
    """Linear in what it searches, whatever that is."""
    tail = sources[-1].header + b"".join(sources[-1].samples)
    for what, filler in (("noise", random.Random(9).randbytes(1 << 20)), ("zeros", bytes(1 << 20)),
                         ("block headers", b"\x78\x9c" * (1 << 19)),
                         ("magic numbers", b"\xef\xbe\xed\xfe" * (1 << 18))):
        path = suite.path("large", filler * (SEARCHED // len(filler)) + tail)
        argv = [suite.program(), "--carve", "--tables=rawrecord", path]
        start = time.monotonic()
        result = harness.run(argv, timeout=100)
        took = time.monotonic() - start
        print("%d MiB of %s: %.2f s" % (SEARCHED >> 20, what, took))
        suite.check(len(offsets_of(result.out)) == len(sources[-1].samples) and took < PATIENCE,
                    "%d MiB of %s" % (SEARCHED >> 20, what), "the records behind it within %d s" % PATIENCE,
                    "%d after %.1f s" % (len(offsets_of(result.out)), took), harness.shell(argv))


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    sources = [Source(suite, path, tables) for path in suite.examples()]
    check_headed(suite, sources)
    check_headless(suite, sources)
    check_chosen(suite, sources)
    check_damage(suite, sources)
    check_cost(suite, sources)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
