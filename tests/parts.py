"""Proves that each log in a file of several is read as if it were alone: its own host, release, model and byte order.

The files are made of real logs: in a row, gzipped one by one, with damage before, in and behind their headers. The
expected output is that of each log alone, with the number of its part.
"""

import gzip
import json
import os
import random
import re
import sys
import zlib

from lib import facts, harness
from lib.harness import DAMAGED, OK

JOBS = ("-j1", "-j4")
PLACE = re.compile(rb'"(offset|length)":\d+')
SAMPLE_KEYS = ("rawrecord", "sstat", "tstat", "cstat")


class Source:
    """A real log, where its samples are, and what is printed of it alone."""

    def __init__(self, suite, path, tables):
        self.name = os.path.basename(path)[:-len(".raw")]
        self.data = harness.read(path)
        log = facts.Log(self.data, tables)
        self.table, self.order = log.table, log.order
        self.header = log.table.size("rawheader")
        self.samples = log.samples(tasks=False, system=False)
        self.samples = [(sample.offset, sample.end) for sample in self.samples]
        self.lines = harness.run([suite.program("atopdump-static"), path]).out.splitlines()
        self.seed = harness.run([suite.program("atopdump-static"), "--format=atopdump", path]).out


def as_part(line, number, at=0):
    """A line of a log alone, as it is where the log is that part of a file, from byte `at` on."""
    if number == 1:
        return line
    if b',"note":{' in line:            # it has the offset of its sample in the file
        line = re.sub(rb'(?<="offset":)\d+', lambda found: b"%d" % (int(found.group()) + at), line, count=1)
    end = re.match(rb'\{"host":(null|"(\\.|[^"\\])*")(,"host_hex":"[0-9a-f]*")?', line).end()
    return line[:end] + b',"part":%d' % number + line[end:]


def expected(sources, between=0):
    """All lines of logs in a row, with so many bytes between them."""
    lines, at = [], 0
    for i, source in enumerate(sources):
        lines += [as_part(line, i + 1, at) for line in source.lines]
        at += len(source.data) + between
    return lines


def names(sources):
    return "+".join(source.name for source in sources)


def check_lines(suite, what, result, lines, argv, status=OK):
    got = result.out.splitlines()
    wrong = next(((a, b) for a, b in zip(lines, got) if a != b), None)
    suite.check(result.status == status and len(got) == len(lines) and not wrong, what,
                "exit %d, %d lines" % (status, len(lines)),
                "exit %d, %d lines, %s, %r" % (result.status, len(got), wrong, result.err[:300]), harness.shell(argv))


def check_row(suite, sources):
    """One behind the other, in every way that bytes come in."""
    data = b"".join(source.data for source in sources)
    path, lines = suite.path("row.raw", data), expected(sources)
    for jobs in JOBS:
        argv = [suite.program("atopdump-static"), jobs, path]
        result = harness.run(argv)
        check_lines(suite, "%s %s" % (names(sources), jobs), result, lines, argv)
        suite.equal(b"", result.err, "%s %s: messages" % (names(sources), jobs), harness.shell(argv))
        argv = [suite.program("atopdump-static"), jobs, "-"]
        check_lines(suite, "%s %s from a pipe" % (names(sources), jobs), harness.run(argv, data=data), lines, argv)
        zipped = suite.path("row.gz", b"".join(gzip.compress(source.data) for source in sources))
        argv = [suite.program("atopdump-static"), jobs, zipped]
        check_lines(suite, "%s %s gzipped one by one" % (names(sources), jobs), harness.run(argv), lines, argv)
        argv = [suite.program("atopdump-static"), jobs, "--format=atopdump", path]
        suite.equal(b"".join(source.seed for source in sources), harness.run(argv).out,
                    "%s %s, --format=atopdump" % (names(sources), jobs), harness.shell(argv))


def check_csv(suite, same, other):
    """Rows of all parts under one header row, whatever their releases."""
    for table in ("tstat", "rawrecord", "rawheader"):
        for sources in ((same, same), (same, other), (other, same)):
            rows = []
            for source in sources:
                alone = harness.run([suite.program("atopdump-static"), "--format=csv", "--tables=" + table, suite.path("one.raw", source.data)]).out
                rows.append(alone.replace(b"one.raw,", b"row.raw,").split(b"\r\n", 1))
            expected = b"\r\n".join([rows[0][0], rows[0][1] + rows[1][1]])
            for jobs in JOBS:
                argv = [suite.program("atopdump-static"), jobs, "--format=csv", "--tables=" + table,
                        suite.path("row.raw", b"".join(source.data for source in sources))]
                result = harness.run(argv)
                suite.equal((OK, expected), (result.status, result.out), "csv of %s, %s, %s" % (names(sources), table, jobs),
                            harness.shell(argv))


def check_empty(suite, one, other):
    """Logs without records, at the beginning, in the middle and at the end."""
    empty = one.data[:one.header]
    for parts in ((empty, other.data), (one.data, empty, other.data), (one.data, empty), (empty, empty)):
        path = suite.path("empty.raw", b"".join(parts))
        argv = [suite.program("atopdump-static"), path]
        result = harness.run(argv)
        headers = [json.loads(line) for line in result.out.splitlines() if b'"rawheader":' in line]
        suite.equal((OK, list(range(1, len(parts) + 1))),
                    (result.status, [line.get("part", 1) for line in headers]),
                    "logs of %s bytes in a row" % [len(part) for part in parts], harness.shell(argv))


def sample_lines(source, number):
    return [as_part(line, number) for line in source.lines if b'"rawheader":' not in line]


def of_part(result, number):
    """The lines of a part, damage aside."""
    mark = b'"part":%d,' % number
    lines = [line for line in result.out.splitlines() if b'"damage":' not in line]
    return [line for line in lines if (mark in line if number > 1 else b'"part":' not in line)]


def check_cut(suite, one, other):
    """The first log ends anywhere: the second one is whole, and nothing of it is of the first one's host."""
    start, end = one.samples[-1]
    for cut in (start + 1, start + 50, start + 95, start + 96, start + 400, end - 100, end - 1):
        data = one.data[:cut] + other.data
        for argv, feed in (([suite.program("atopdump-static"), "-j4", suite.path("cut.raw", data)], None),
                           ([suite.program("atopdump-static"), "-j1", "-"], data)):
            result = harness.run(argv, data=feed)
            what = "%s cut at %d, then %s" % (one.name, cut, other.name)
            suite.check(result.status == DAMAGED and result.err, what, "exit 3", result.status, harness.shell(argv))
            suite.equal([as_part(line, 2, cut) for line in other.lines], of_part(result, 2), what + ": the second log",
                        harness.shell(argv))
            whole = [line for line in one.lines if b'"sample":%d,' % (len(one.samples) - 1) not in line]
            got = of_part(result, 1)
            suite.equal(whole, got[:len(whole)], what + ": whole samples of the first", harness.shell(argv))


def check_junk(suite, one, other):
    """Bytes that are nothing between two logs."""
    dice = random.Random(11)
    for size in (1, 7, 300, 5000, 600000):
        data = one.data + dice.randbytes(size) + other.data
        for argv, feed in (([suite.program("atopdump-static"), suite.path("junk.raw", data)], None), ([suite.program(), "-"], data)):
            result = harness.run(argv, data=feed)
            lines = [line for line in result.out.splitlines() if b'"damage":' not in line]
            what = "%s, %d bytes of junk, %s" % (one.name, size, other.name)
            suite.equal((DAMAGED, expected([one, other], size)), (result.status, lines), what, harness.shell(argv))


def check_lost_header(suite, one, other):
    """The second log's header is broken: its samples are nobody's, least of all the first one's."""
    for at, size in ((0, 4), (4, 2), (10, 2), (12, 2), (28, 4), (0, 480), (2, 100)):
        header = bytearray(other.data[:other.header])
        for i in range(at, at + size):
            header[i] ^= 0x55
        data = one.data + bytes(header) + other.data[other.header:]
        for argv, feed in (([suite.program("atopdump-static"), suite.path("lost.raw", data)], None), ([suite.program(), "-"], data)):
            result = harness.run(argv, data=feed)
            what = "%s, %s with bytes %d to %d of its header changed" % (one.name, other.name, at, at + size)
            hosts = {json.dumps(json.loads(line)["host"]) for line in of_part(result, 2)}
            suite.equal((DAMAGED, len(one.lines), len(sample_lines(other, 2)), {"null"}),
                        (result.status, len(of_part(result, 1)), len(of_part(result, 2)), hosts), what,
                        harness.shell(argv))


def check_first_record_lost(suite, one, other):
    """The second log's first sample is broken, and so are bytes before its header: the header is accepted nevertheless."""
    start, end = other.samples[0]
    broken = bytearray(other.data)
    broken[start:start + 120] = b"\xff" * 120
    data = one.data[:one.samples[-1][0] + 50] + bytes(broken)
    argv = [suite.program("atopdump-static"), suite.path("first.raw", data)]
    result = harness.run(argv)
    later = [as_part(line, 2) for line in other.lines if b'"sample":0,' not in line]
    got = of_part(result, 2)
    # A note is of the first sample that shows it, and the first one here is another than in the whole log.
    noted = [[line["note"]["fault"] for line in map(json.loads, lines) if "note" in line] for lines in (got, other.lines)]
    suite.equal(noted[1], noted[0], "%s cut, %s with a broken first sample: notes" % (one.name, other.name),
                harness.shell(argv))
    got, later = ([line for line in lines if b',"note":{' not in line] for lines in (got, later))
    strip = re.compile(rb'"sample":\d+')
    suite.equal([strip.sub(b"", line) for line in later], [strip.sub(b"", line) for line in got],
                "%s cut, %s with a broken first sample" % (one.name, other.name), harness.shell(argv))


def with_inside(host, guest):
    """`host` with all bytes of `guest` inside a block of its first sample, in a part that no reader looks at."""
    table, (start, _) = host.table, host.samples[0]
    record = facts.decode(table.structs["rawrecord"], host.data[start:], host.order)
    begin = start + table.size("rawrecord")
    system = bytearray(facts.inflate(host.data[begin:begin + record["scomplen"]], table.size("sstat")))
    cpu = table.structs["sstat"].find("cpu.cpu")
    at = cpu.at + 100 * cpu.strides[0]          # behind the processors that there are
    system[at:at + len(guest)] = guest
    block = zlib.compress(bytes(system), 0)
    record["scomplen"] = len(block)
    return (host.data[:start] + facts.encode(table.structs["rawrecord"], record, host.order) + block +
            host.data[begin + facts.decode(table.structs["rawrecord"], host.data[start:], host.order)["scomplen"]:])


def check_inside(suite, host, guest):
    """A log's bytes inside a block, which is stored as it is, are no log."""
    data = with_inside(host, guest.data[:guest.samples[0][1]])
    suite.check(guest.data[:guest.header] in data, "a header inside a block", "its bytes are there", "they are not")
    argv = [suite.program("atopdump-static"), "--tables=rawheader,rawrecord", suite.path("inside.raw", data)]
    result = harness.run(argv)
    suite.check(result.status == OK and result.out.count(b'"rawheader":') == 1 and
                result.out.count(b'"rawrecord":') == len(host.samples), "a header inside a block: one log", "one log",
                result, harness.shell(argv))


def check_unknown(suite, one, other):
    """A log of an unknown release in the middle is damage that names its numbers; the next one is read."""
    strange = bytearray(one.data)
    strange[4 if one.order == "little" else 5] = 0x77
    strange[8] ^= 0xff
    data = one.data + bytes(strange)[:one.header] + b"x" * 5000 + other.data
    argv = [suite.program("atopdump-static"), suite.path("unknown.raw", data)]
    result = harness.run(argv)
    suite.check(result.status == DAMAGED and b"a log's header that cannot be read: not a layout" in result.err,
                "an unknown log in the middle", "exit 3 and why", result.err[:400], harness.shell(argv))
    at = len(data) - len(other.data)
    suite.equal([as_part(line, 2, at) for line in other.lines], of_part(result, 2), "the log behind an unknown one",
                harness.shell(argv))


def check_chosen(suite, one, other):
    """--schema holds for all parts: those of another release are damage."""
    argv = [suite.program("atopdump-static"), "--schema=" + one.table.release,
            suite.path("chosen.raw", one.data + one.data + other.data)]
    result = harness.run(argv)
    suite.equal((DAMAGED, len(one.lines), len(one.lines), 0),
                (result.status, len(of_part(result, 1)), len(of_part(result, 2)), len(of_part(result, 3))),
                "--schema=%s of logs in a row" % one.table.release, harness.shell(argv))


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    sources = {source.name[len("atop-"):]: source
               for source in (Source(suite, path, tables) for path in suite.examples())}
    order = list(sources.values())
    for i, source in enumerate(order):
        check_row(suite, [source, order[(i + 7) % len(order)]])
    check_row(suite, order[::3])
    check_row(suite, [sources["2.8.1"], sources["2.8.1"], sources["2.9.0"], sources["2.8.1"]])
    check_csv(suite, sources["2.8.1"], sources["2.7.1"])
    for one, other in (("2.8.1", "2.8.1-arm64"), ("2.8.1", "2.8.1-s390x"), ("2.13.0", "2.8.1"), ("1.26", "2.12.1"),
                       ("2.8.1-i386", "2.8.1-armhf")):
        one, other = sources[one], sources[other]
        check_empty(suite, one, other)
        check_cut(suite, one, other)
        check_junk(suite, one, other)
    for one, other in (("2.8.1", "2.8.1-arm64"), ("2.13.0", "2.13.0"), ("1.26", "1.26")):
        check_lost_header(suite, sources[one], sources[other])
        check_first_record_lost(suite, sources[one], sources[other])
        check_unknown(suite, sources[one], sources["2.7.1"])
    check_inside(suite, sources["2.8.1"], sources["2.8.1-arm64"])
    check_inside(suite, sources["2.8.1"], sources["1.26"])
    check_chosen(suite, sources["2.8.1"], sources["2.7.1"])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
