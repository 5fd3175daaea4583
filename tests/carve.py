"""Proves that carve finds every record in a disk image, reports its offset, and prints it as in its log.

The images are made of real logs, with and without their headers, truncated, and with noise between.
"""

import json
import os
import random
import re
import sys

from lib import facts, harness, unheaded
from lib.harness import DAMAGED, OK, REFUSED

OFFSET = re.compile(rb',"offset":(\d+)')
NOISE = 3001
LENGTH = 20                 # of pcomplen in a record of 2.8 on a 64-bit machine
SEARCHED = 16 << 20         # bytes of the worst kinds
CREDIT, RATIO = 1 << 27, 64         # of what is inflated in vain: BUDGET_CREDIT_MAX, BUDGET_RATIO of budget.h
METER = re.compile(rb"^meter work (\d+) ", re.M)


# Releases that lengths do not tell apart.
ALIKE = (["1.27", "2.0"], ["2.2-3", "2.3"], ["2.4", "2.5", "2.6"], ["2.8", "2.9"], ["2.11", "2.12"])


class Source:
    """A real log, what is printed of it, and the pieces that images are made of."""

    def __init__(self, suite, path, tables):
        self.name = os.path.basename(path)
        data = harness.read(path)
        log = facts.Log(data, tables)
        self.release = log.table.release
        self.header = data[:log.table.size("rawheader")]
        self.samples = [data[sample.offset:sample.end] for sample in log.samples(tasks=False, system=False)]
        lines = harness.run([suite.program("atopdump-static"), path]).out.splitlines()
        self.raw = lines[1:]
        self.lines = [without_place(line) for line in self.raw]
        self.head = without_place(lines[0])


SURE = re.compile(rb',"sure":"(\w+)"(,"releases":\[[^]]*\])?')


def without_place(line):
    """A line without what depends on where its sample was found, and how sure that is."""
    return SURE.sub(b"", re.sub(rb'"sample":\d+', b"", OFFSET.sub(b"", line)))


def without_host(line):
    return re.sub(rb'"host":(null|"[^"]*")', b"", line)


def carve(suite, what, data, status, *words, **more):
    path = suite.path("image", data)
    argv = [suite.program("atopdump-static"), "carve", *words, path]
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
        got, wanted = (list(map(plain, unheaded.without_notes(lines)))
                       for lines in (result.out.splitlines(), source.raw))
        suite.equal(len(wanted), len(got), "%s without a header: lines" % source.name, harness.shell(argv))
        # A header's kernel and flags decide what some members mean: without them these are unknown.
        differ = [(a, b) for a, b in zip(got, wanted) if not is_within(a, unheaded.forget(b, a))]
        suite.equal([], differ[:1], "%s without a header: what they say" % source.name, harness.shell(argv))
        names = set(re.findall(rb"records of atop (.*?), \w+[-\w]*, \w+-endian, without a header", result.err))
        releases = next((names for names in ALIKE if source.release in names), [source.release])
        suite.equal({" or ".join(", ".join(releases).rsplit(", ", 1)).encode()}, names,
                    "%s without a header: the releases that fit" % source.name, harness.shell(argv))
        suite.equal(len(source.samples), result.err.count(b"\n"), "%s without a header: extents" % source.name,
                    harness.shell(argv))
        check_notes(suite, source, result, argv)
        lines = [json.loads(line) for line in result.out.splitlines()]
        suite.equal({(None, "lengths" if len(releases) > 1 else "release",
                      tuple(releases) if len(releases) > 1 else None)},
                    {(line["host"], line["sure"], tuple(line["releases"]) if "releases" in line else None)
                     for line in lines}, "%s without a header: host and certainty" % source.name, harness.shell(argv))


def check_notes(suite, source, result, argv):
    """Each extent has its own notes, of what its samples show."""
    noted = unheaded.notes(source.raw)
    for place in offsets_of(result.out):
        got = [note for note in unheaded.notes(result.out.splitlines()) if note["offset"] == place]
        first = [dict(note, sample=got[0]["sample"]) for note in noted if got]
        suite.check(unheaded.may_note(first, got) and (got or place > offsets_of(result.out)[0] or not noted),
                    "%s without a header: notes" % source.name, noted, got, harness.shell(argv))


def plain(line):
    """What a line says of its struct."""
    return {key: value for key, value in json.loads(line).items()
            if key not in ("host", "sample", "offset", "sure", "releases")}


def is_within(less, more):
    """Whether a line claims nothing that another one does not: values are equal, and none is there but in both."""
    if isinstance(less, dict) and isinstance(more, dict):
        return all(key in more and is_within(value, more[key]) for key, value in less.items())
    if isinstance(less, list) and isinstance(more, list):
        return len(less) == len(more) and all(is_within(a, b) for a, b in zip(less, more))
    return less == more


def check_extents(suite, sources):
    """A host is known of what follows its header directly, and no further."""
    one, other = (next(s for s in sources if s.name == name) for name in ("atop-2.8.1.raw", "atop-2.8.1-arm64.raw"))
    junk = random.Random(5).randbytes(20000)
    image = (one.header + b"".join(one.samples) + junk + b"".join(other.samples) + junk + other.header + junk +
             b"".join(other.samples) + other.header + b"".join(other.samples))
    result, argv = carve(suite, "extents", image, OK)
    hosts = [json.loads(line)["host"] for line in result.out.splitlines() if b'"rawrecord":' in line]
    names = [json.loads(source.head)["host"] for source in (one, other)]
    suite.equal(names[:1] * len(one.samples) + [None] * 2 * len(other.samples) + names[1:] * len(other.samples),
                hosts, "extents: hosts", harness.shell(argv))
    suite.equal(4, result.err.count(b"from byte "), "extents: messages", harness.shell(argv))


def check_chosen(suite, sources):
    """--schema: that release and no other."""
    source = next(one for one in sources if one.name == "atop-2.7.1.raw")
    other = next(one for one in sources if one.name == "atop-1.26.raw")
    data = b"".join(other.samples) + b"".join(source.samples)
    result, argv = carve(suite, "a chosen release", data, OK, "--schema=2.7")
    got, wanted = (list(map(plain, unheaded.without_notes(lines))) for lines in (result.out.splitlines(), source.raw))
    # Its kernel is unknown without its header, and with it some counters.
    suite.check(got == [unheaded.forget(*pair) for pair in zip(wanted, got)] and len(got) == len(wanted) and
                unheaded.may_note(unheaded.notes(source.raw), unheaded.notes(result.out.splitlines())),
                "a chosen release: lines", len(wanted), len(got), harness.shell(argv))


def check_damage(suite, sources):
    source = next(one for one in sources if one.name == "atop-2.8.1-s390x.raw")
    samples = list(source.samples)
    broken = bytearray(samples[1])
    broken[-40:-30] = b"\xff" * 10
    result, argv = carve(suite, "a broken block", samples[0] + bytes(broken) + samples[2], DAMAGED)
    suite.equal(3, len(offsets_of(result.out)), "a broken block: records", harness.shell(argv))
    lying = bytearray(samples[1])               # its record states another length than its last block has
    lying[LENGTH:LENGTH + 4] = (int.from_bytes(lying[LENGTH:LENGTH + 4], "big") + 7).to_bytes(4, "big")
    result, argv = carve(suite, "a wrong length", samples[0] + bytes(lying) + samples[2], DAMAGED)
    suite.check(len(offsets_of(result.out)) == 3 and b"the record header is wrong: tstat" in result.err and
                result.out.count(b'"damage":') == 1, "a wrong length: records, and what is said", "3, and damage",
                result.err, harness.shell(argv))
    result, argv = carve(suite, "a cut end", samples[0] + samples[1][:-50], DAMAGED)
    suite.equal(2, len(offsets_of(result.out)), "a cut end: records", harness.shell(argv))
    carve(suite, "nothing in it", b"text" * 1000, REFUSED)
    carve(suite, "empty", b"", REFUSED)


def check_cost(suite, sources):
    """What is inflated in vain is within the budget of budget.h, and records behind it are found."""
    tail = sources[-1].header + b"".join(sources[-1].samples)
    for what, filler in (("noise", random.Random(9).randbytes(1 << 20)), ("zeros", bytes(1 << 20)),
                         ("block headers", b"\x78\x9c" * (1 << 19)),
                         ("magic numbers", b"\xef\xbe\xed\xfe" * (1 << 18))):
        path = suite.path("large", filler * (SEARCHED // len(filler)) + tail)
        argv = [suite.program("atopdump-metered"), "carve", "-j1", "--tables=rawrecord", path]
        result = harness.run(argv, timeout=600)         # against a hang
        meter = METER.search(result.err)
        work = int(meter.group(1)) if meter else -1
        print("%d MiB of %s: %d bytes inflated" % (SEARCHED >> 20, what, work))
        suite.check(len(offsets_of(result.out)) == len(sources[-1].samples) and 0 <= work <= CREDIT + RATIO * SEARCHED,
                    "%d MiB of %s" % (SEARCHED >> 20, what), "the records behind it, within the budget",
                    "%d, work %d" % (len(offsets_of(result.out)), work), harness.shell(argv))


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    sources = [Source(suite, path, tables) for path in suite.examples()]
    check_headed(suite, sources)
    check_headless(suite, sources)
    check_extents(suite, sources)
    check_chosen(suite, sources)
    check_damage(suite, sources)
    check_cost(suite, sources)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
