"""Proves that `atopdump repair` keeps every intact record byte for byte, nothing else, and that atop opens the result.

Which records are intact is worked out here from where the damage was put. The atop of the machine, if there is
one, reads what it can read: logs of its own release.
"""

import os
import random
import re
import shutil
import subprocess
import sys

import facts
import harness

OK, DAMAGED = 0, 3
ATOP_LOG = "atop-2.8.1.raw"         # written by Debian's atop on the machine that tests run on, as a rule
LEFT_OUT = re.compile(rb"left out byte (\d+), (\d+) bytes, sample (\d+)")


def split(data, tables):
    """The bytes of a log's header and of each of its samples."""
    ends = [sample.end for sample in facts.Log(data, tables).samples(tasks=False, system=False)]
    starts = [facts.Log(data, tables).table.size("rawheader")] + ends
    return data[:starts[0]], [data[a:b] for a, b in zip(starts, ends)]


def faults(header, samples):
    """(what, damaged log, numbers of the samples that are hit)"""
    dice = random.Random(3)
    size = len(samples)
    yield "nothing wrong", header + b"".join(samples), set()
    for number in range(size):
        for what, at in (("record", 8), ("first block", 200), ("last block", len(samples[number]) - 20)):
            broken = bytearray(samples[number])
            broken[at:at + 16] = dice.randbytes(16)
            if what == "record":
                broken[:16] = b"\xff" * 16
                broken[40:90] = b"\xff" * 50
            parts = samples[:number] + [bytes(broken)] + samples[number + 1:]
            yield "16 bytes in the %s of sample %d" % (what, number), header + b"".join(parts), {number}
    yield "the last one cut", (header + b"".join(samples))[:-100], {size - 1}
    yield "junk between", header + samples[0] + dice.randbytes(5000) + b"".join(samples[1:]), set()
    yield "a sample taken out but for its tail", header + samples[0][-99:] + b"".join(samples[1:]), {0}


def check_faults(suite, path, tables):
    program = suite.program()
    header, samples = split(harness.read(path), tables)
    for what, data, hit in faults(header, samples):
        broken = suite.path("broken.raw", data)
        argv = [program, "repair", broken]
        result = harness.run(argv)
        expected = header + b"".join(s for i, s in enumerate(samples) if i not in hit)
        told = LEFT_OUT.findall(result.err)
        status = OK if data == expected else DAMAGED
        suite.check(result.status == status and result.out == expected and bool(told) == (status == DAMAGED),
                    "%s, %s" % (os.path.basename(path), what), "exit %d, %d bytes" % (status, len(expected)),
                    "exit %d, %d bytes, %r" % (result.status, len(result.out), result.err[:300]),
                    harness.shell(argv))
        again = harness.run([program, suite.path("repaired.raw", result.out)])
        suite.check(again.status == OK, "%s, %s: reads without damage" % (os.path.basename(path), what), "exit 0",
                    "exit %d, %r" % (again.status, again.err[:300]), harness.shell(argv))


def check_ways(suite):
    """Where it goes, where it comes from, and what it takes."""
    program, path = suite.program(), os.path.join(harness.EXAMPLES, ATOP_LOG)
    data, new = harness.read(path), suite.path("new.raw")
    result = harness.run([program, "repair", "--output=" + new, path])
    suite.check(result.status == OK and not result.out and harness.read(new) == data, "repair --output", "the log",
                result)
    result = harness.run([program, "repair"], data=data)
    suite.check(result.status == OK and result.out == data, "repair of standard input", "the log", result.status)
    for words, status in ((["--tables=tstat", path], 1), ([path, path], 1), ([suite.path("no", b"text")], 2),
                          ([suite.path("gone")], 1)):
        result = harness.run([program, "repair"] + words)
        suite.check(result.status == status and not result.out and result.err, "repair %s" % words, status,
                    result.status)


def check_atop(suite, tables):
    """atop shows as many samples of the repaired log as are intact."""
    path = os.path.join(harness.EXAMPLES, ATOP_LOG)
    atop = shutil.which("atop")
    if not atop or atop_samples(atop, path) is None:
        print("not tested: atop itself (there is none here that reads %s)" % ATOP_LOG)
        return
    header, samples = split(harness.read(path), tables)
    for what, data, hit in faults(header, samples):
        result = harness.run([suite.program(), "repair", suite.path("broken.raw", data)])
        repaired = suite.path("repaired.raw", result.out)
        suite.equal(len(samples) - len(hit), atop_samples(atop, repaired), "atop -r, %s" % what,
                    harness.shell([atop, "-P", "CPU", "-r", repaired]))


def atop_samples(atop, path):
    """How many samples atop finds in a log; None if it does not open it."""
    result = subprocess.run([atop, "-P", "CPU", "-r", path], stdin=subprocess.DEVNULL, capture_output=True,
                            timeout=60, check=False)
    return result.stdout.count(b"\nSEP") if result.returncode == 0 else None


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    for path in suite.examples():
        check_faults(suite, path, tables)
    check_ways(suite)
    check_atop(suite, tables)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
