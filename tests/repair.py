"""Proves that `atopdump repair` keeps every intact record byte for byte, nothing else, and that atop opens the result.

This test computes the intact records from the offsets of the damage. The machine's atop, if it is installed, reads the
logs of its own release.
"""

import os
import random
import re
import shutil
import struct
import subprocess
import sys
import zlib

from lib import facts, harness
from lib.harness import DAMAGED, OK

# Releases with equal lengths whose tasks are counted in different ways. One sample, which is all that is read ahead of a pipe,
# does not tell them apart, and then the counts that differ are not checked.
NOT_TOLD_IN_A_PIPE = ("atop-2.2-3", "atop-2.2.6", "atop-2.3")
ATOP_LOG = "atop-2.8.1.raw"         # written by Debian's atop on the machine that tests run on, as a rule
FULL = ("atop-1.26.raw", "atop-2.11.0.raw")     # without and with cgroups; of other logs a part of the faults, in turns
PART = 4
MUTANTS = 12            # of each log
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
    yield "a sample taken out except its tail", header + samples[0][-99:] + b"".join(samples[1:]), {0}


def block_faults(data, tables):
    """The same with a block of the first sample that is sound in itself, and of another size than the record says."""
    log = facts.Log(data, tables)
    table = log.table
    first = next(log.samples(tasks=False, system=False))
    members = ("scomplen", "pcomplen", "ccomplen", "icomplen")
    for member, (at, length) in zip(members, first.blocks):
        stream = data[at:at + length]
        content = zlib.decompress(stream)
        for what, changed in (("a byte behind its stream", stream + b"\0"),
                              ("a byte too few inside", content and zlib.compress(content[:-1])),
                              ("a byte too many inside", zlib.compress(content + b"\0"))):
            if not changed:
                continue
            broken = bytearray(data[:at] + changed + data[at + length:])
            node = table.structs["rawrecord"].find(member)
            struct.pack_into(facts.ORDERS[log.order] + "I", broken, first.offset + node.offset, len(changed))
            yield "the block of %s has %s" % (member, what), bytes(broken), {0}


class Reread:
    """Reads repaired logs: all in one process, and each alone only if that says that something is wrong with one of them."""

    def __init__(self, suite, *words):
        self.suite, self.argv, self.logs = suite, [suite.program("atopdump-static"), *words], {}

    def add(self, data, what, again):
        """A log to be read; equal ones are read once."""
        self.logs.setdefault(data, []).append((what, again))

    def check(self):
        """That all are read to the end without a word of damage."""
        paths = [self.suite.path("repaired%d.raw" % i, data) for i, data in enumerate(self.logs)]
        result = harness.run([*self.argv, *paths], timeout=300)
        silent = result.status == OK and b"damage" not in result.err
        for path, cases in zip(paths, self.logs.values()):
            one = result if silent else harness.run([*self.argv, path])
            for what, again in cases:
                self.suite.check(one.status == OK and b"damage" not in one.err, what, "exit 0, no damage",
                                 "exit %d, %r" % (one.status, one.err[:300]), again)
            os.remove(path)


def share(suite, path, turn, cases):
    """Those of the numbered cases that a log is to have."""
    full = suite.options.long or os.path.basename(path) in FULL
    return [(number, case) for number, case in enumerate(cases) if full or number % PART == turn % PART]


def check_faults(suite, path, tables, turn):
    program, reread = suite.program("atopdump-static"), Reread(suite)
    whole = harness.read(path)
    header, samples = split(whole, tables)
    for _, (what, data, hit) in share(suite, path, turn, [*faults(header, samples), *block_faults(whole, tables)]):
        what = "%s, %s" % (os.path.basename(path), what)
        broken = suite.path("broken.raw", data)
        argv = [program, "repair", broken]
        result = harness.run(argv)
        expected = header + b"".join(s for i, s in enumerate(samples) if i not in hit)
        told = LEFT_OUT.findall(result.err)
        status = OK if data == expected else DAMAGED
        suite.check(result.status == status and result.out == expected and bool(told) == (status == DAMAGED), what,
                    "exit %d, %d bytes" % (status, len(expected)),
                    "exit %d, %d bytes, %r" % (result.status, len(result.out), result.err[:300]),
                    harness.shell(argv))
        reread.add(result.out, what + ": reads without damage", harness.shell(argv))
    reread.check()


def mutant(data, dice):
    """A log with bytes changed, one bit, zeros, or a piece taken out or put in twice, behind its header."""
    data, at = bytearray(data), dice.randrange(480, len(data))
    size = dice.choice((1, 4, 16, 200))
    kind = dice.randrange(6)
    if kind == 0:
        data[at:at + size] = dice.randbytes(len(data[at:at + size]))
    elif kind == 1:
        data[at] ^= 1 << dice.randrange(8)
    elif kind == 2:
        data[at:at + 200] = bytes(len(data[at:at + 200]))
    elif kind == 3:
        del data[at:at + size]
    elif kind == 4:
        data[at:at] = data[at:at + 3000]
    else:
        del data[at:]
    return bytes(data)


def check_random(suite, path, tables, turn):
    """Whatever is done to a log: what is read of the repaired one is read without a word, and atop reads it to the end."""
    program, data = suite.program("atopdump-static"), harness.read(path)
    reread, records = Reread(suite), Reread(suite, "--tables=rawrecord")
    header, samples = split(data, tables)
    starts = [len(header) + sum(map(len, samples[:i])) for i in range(len(samples))]
    dice = random.Random(os.path.basename(path))
    atop = shutil.which("atop") if os.path.basename(path) == ATOP_LOG else None
    mutants = [mutant(data, dice) for _ in range(MUTANTS)]
    for number, broken in share(suite, path, turn, mutants):
        if number < 4:                          # in record headers, which no checksum vouches for
            broken = bytearray(data)
            at = dice.choice(starts) + dice.randrange(90)
            broken[at:at + 4] = dice.randbytes(4)
            broken = bytes(broken)
        name = suite.path("random.raw", broken)
        argv = [program, "repair", name]
        result = harness.run(argv)
        what = "%s, random damage %d" % (os.path.basename(path), number)
        piped = harness.run([program, "repair"], data=broken)
        if os.path.basename(path).startswith(NOT_TOLD_IN_A_PIPE):
            again = harness.run([program], data=piped.out)
            suite.check(piped.status in (OK, DAMAGED) and again.status == OK and b"damage" not in again.err,
                        what + ": from a pipe", "reads without damage", again.err[:300], harness.shell(argv))
        else:
            suite.equal((result.status, result.out), (piped.status, piped.out), what + ": from a pipe", harness.shell(argv))
        suite.check(result.status in (OK, DAMAGED), what, "exit 0 or 3", result.status, harness.shell(argv))
        for one in (reread, records):
            one.add(result.out, "%s: %s without damage" % (what, " ".join(["read", *one.argv[1:]])), harness.shell(argv))
        if atop and atop_samples(atop, path) is not None:
            repaired = suite.path("repaired.raw", result.out)
            suite.equal(harness.run([*records.argv, repaired]).out.count(b'"rawrecord":'), atop_samples(atop, repaired),
                        what + ": samples that atop reads", harness.shell(argv))
    reread.check()
    records.check()


def check_parts(suite):
    """Of several logs in a file each keeps its header, or one is chosen; samples of none go to another."""
    program = suite.program("atopdump-static")
    logs = [harness.read(os.path.join(harness.EXAMPLES, name)) for name in (ATOP_LOG, "atop-1.26.raw")]
    both = suite.path("both.raw", logs[0] + logs[1])
    result = harness.run([program, "repair", both])
    suite.check(result.status == OK and result.out == logs[0] + logs[1] and b"--part=N" in result.err,
                "repair of two logs", "both, and what atop makes of it", (result.status, result.err))
    for number in (1, 2):
        result = harness.run([program, "repair", "--part=%d" % number, both])
        suite.equal((OK, logs[number - 1], b""), result, "repair --part=%d" % number)
    result = harness.run([program, "repair", "--part=3", both])
    suite.check(result.status == 2 and not result.out and b"log 3 does not exist" in result.err, "repair --part=3",
                "exit 2", result)
    lost = suite.path("lost.raw", logs[0] + bytes(480) + logs[0][480:] + logs[1])
    result = harness.run([program, "repair", lost])
    suite.check(result.status == DAMAGED and result.out == logs[0] + logs[1] and b"its header is lost" in result.err,
                "repair where the header of the second log is lost", "the first and the third", result.err)
    result = harness.run([program, "--part=1", both])
    suite.equal((1, b""), result[:2], "--part without repair")


def check_ways(suite):
    """Where it goes, where it comes from, and what it takes."""
    program, path = suite.program("atopdump-static"), os.path.join(harness.EXAMPLES, ATOP_LOG)
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
        result = harness.run([suite.program("atopdump-static"), "repair", suite.path("broken.raw", data)])
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
    for turn, path in enumerate(suite.examples()):
        check_faults(suite, path, tables, turn)
        check_random(suite, path, tables, turn)
    check_parts(suite)
    check_ways(suite)
    check_atop(suite, tables)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
