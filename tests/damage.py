"""Proves that damage loses only the damaged data: thousands of real logs with one fault each.

damage/driver.c breaks a log in memory and reads it: every byte of the record headers, random faults with a fixed seed,
and cuts inside a header, records and blocks. Nothing may crash or hang; each sample whose bytes are intact must be printed. A record header
has no checksum, so some faults in its members are not detected: data/damage/unseen.txt states the most for each log, and
--accept rewrites it. All other faults must be reported. How records are found and blocks are read does not depend on the release:
most random faults and cuts hit the release with the smallest structs, and with --long all logs as many. Further logs are made to be expensive: bombs, counts, and chains
of cgroups with invalid distances.
"""

import os
import re
import struct
import sys
import time
import zlib

from lib import contract, facts, harness
from lib.harness import DAMAGED

QUICK = "atop-1.26.raw"     # its samples are a tenth of others when inflated
LOGS = (QUICK, "atop-2.8.1-s390x.raw", "atop-2.13.0.raw")
ONE_MORE = "atop-2.7.1.raw"             # with --long
CUT = (QUICK, "atop-2.11.0.raw")        # without and with cgroups
FAULTS, FEWER = 3000, 100   # random ones a log: of the quick log, and of others unless --long is given
STEP, WIDER = 1, 24         # bytes from cut to cut in blocks, the same
SEED = 1
UNSEEN = os.path.join(harness.DATA, "damage", "unseen.txt")
UNSEEN_HEAD = """# Faults that a dump shows no sign of: they changed members of a record header that no check covers.
# log, kind of faults, how many of them, unseen at most; written by damage.py --accept.
"""
PATIENCE = 100              # seconds that a hostile log may take on a busy machine; a hang takes for ever
MEMORY = 256 << 20
END = re.compile(r"^end (\d+) cases, (\d+) refused, (\d+) unseen, (\d+) failed$")


# --- faults -------------------------------------------------------------------------------------------------

def drive(words):
    result = harness.run(words, timeout=600)
    return words, result


def stated_unseen():
    """{(log, kind, faults): how many of them may pass unseen}."""
    with open(UNSEEN, encoding="ascii") as file:
        rows = [line.split() for line in file if not line.startswith("#")]
    return {(log, kind, int(faults)): int(unseen) for log, kind, faults, unseen in rows}


def check_unseen(suite, found):
    """No more faults pass unseen than are stated."""
    if suite.options.accept:
        rows = {**stated_unseen(), **found}
        with open(UNSEEN, "w", encoding="ascii") as file:
            file.write(UNSEEN_HEAD + "".join("%s %s %d %d\n" % (*key, n) for key, n in rows.items()))
    stated = stated_unseen()
    suite.equal([], sorted(set(found) - set(stated)), "faults that data/damage/unseen.txt does not state",
                "python3 tests/damage.py --accept")
    for key, n in found.items():
        most = stated.get(key, -1)
        suite.check(n <= most, "%s, %s: of %d faults unseen" % key, "at most %d" % most, n)
        if n < most:
            print("%s, %s: only %d of %d are unseen: --accept states it" % (key[0], key[1], n, most))


def check_faults(suite):
    driver = suite.program("damage-driver")
    jobs, found = [], {}
    for name in LOGS + (ONE_MORE,) * suite.options.long:
        path = os.path.join(harness.EXAMPLES, name)
        many = suite.options.long or name == QUICK
        jobs += [[driver, path, "headers", SEED], [driver, path, "random", SEED, FAULTS if many else FEWER]]
    jobs += [[driver, os.path.join(harness.EXAMPLES, name), "cuts", SEED, STEP if suite.options.long or name == QUICK else WIDER]
             for name in CUT]
    for words, result in harness.threads(drive, jobs):
        lines = result.out.decode().splitlines() or [""]
        what = "%s, %s" % (os.path.basename(words[1]), words[2])
        end = END.match(lines[-1])
        for line in lines:
            if line.startswith("FAIL "):
                suite.check(False, "%s %s" % (what, line[5:]), "what is not hit comes out", "it does not",
                            harness.shell(words))
        if not end:
            suite.check(False, what, "it ends", "%d after '%s', %s" % (
                result.status, lines[-1], harness.clip(result.err.decode("utf-8", "replace"), 3000)),
                harness.shell(words))
            continue
        cases, refused, unseen, failed = map(int, end.groups())
        print("%s: %d faults, %d of them in the header so that the log is refused, %d in members of a record "
              "that nothing vouches for" % (what, cases, refused, unseen))
        found[os.path.basename(words[1]), words[2], cases] = unseen
        suite.passed += cases - failed
    check_unseen(suite, found)


# --- hostile logs -------------------------------------------------------------------------------------------

def survive(suite, table, what, samples):
    """A log of one hostile sample and a good one: soon over, in little memory, the good one whole."""
    good = {"rawrecord": {"curtime": 1700000100}, "sstat": {"cpu": {"nrcpu": 1}}}
    parts = facts.sample_parts(table, "little", good)
    data = facts.header_part(table, "little").data + samples + b"".join(part.data for part in parts)
    argv = [suite.program(), suite.path("hostile.raw", data)]
    memory = None if harness.is_sanitized(suite.program()) else MEMORY
    start = time.monotonic()
    result = harness.run(argv, memory=memory, timeout=120)
    took = time.monotonic() - start
    lines = [contract.parse(line) for line in result.out.decode("utf-8").splitlines()]
    whole = [line for line in lines if line.get("rawrecord", {}).get("curtime") == 1700000100]
    suite.check(result.status == DAMAGED and whole and took < PATIENCE, what,
                "exit 3 within %d s and %d MB, the sample behind it" % (PATIENCE, MEMORY >> 20),
                "exit %d after %.1f s, %d such samples, %r" % (result.status, took, len(whole), result.err),
                harness.shell(argv))


def hostile_sample(table, task_block=None, count=0, **record):
    """The bytes of a sample whose tasks are these compressed bytes, said to be so many."""
    block = zlib.compress(b"") if task_block is None else task_block
    values = dict({"curtime": 1700000000, table.task_count: count, "pcomplen": len(block)}, **record)
    system, tasks = zlib.compress(bytes(table.size("sstat"))), block
    values["scomplen"] = len(system)
    return facts.encode(table.structs["rawrecord"], values, "little") + system + tasks


def bomb(size):
    """A zlib stream of `size` zeros: one that needs no others before it, repeated."""
    packer = zlib.compressobj(9, wbits=-15)
    chunk = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + chunk * (size >> 20) + b"\x03\0" + struct.pack(">HH", size % 65521, 1)


def check_bombs(suite, table):
    size = table.size(table.task_struct)
    gib = 4 if suite.options.long else 1
    small, large = bomb(64 << 20), bomb(gib << 30)
    survive(suite, table, "64 KiB that inflate to 64 MiB, for one task", hostile_sample(table, small, 1))
    for what, block, count in (("64 KiB that are said to inflate to 4 GiB", small[:64 << 10], (4 << 30) // size),
                               ("%d GiB of tasks where one less is counted" % gib, large, (gib << 30) // size - 1),
                               ("%d GiB of tasks where one is counted" % gib, large, 1),
                               ("2^32-1 tasks", bomb(16 << 20), 2 ** 32 - 1)):
        survive(suite, table, what, hostile_sample(table, block, count))
    system = hostile_sample(table, scomplen=0)
    survive(suite, table, "2^32-1 for every length and count", facts.encode(
        table.structs["rawrecord"], dict.fromkeys(("scomplen", "pcomplen", table.task_count), 2 ** 32 - 1),
        "little") + system[table.size("rawrecord"):])


def check_chains(suite, table):
    """Chains of cgroups whose instances lead nowhere, back, or on for ever."""
    node = table.structs["cstat"]
    stride = node.find("gen.structlen")
    groups = [({"gen": {"sequence": i, "parentseq": i - 1}}, b"group", []) for i in range(3)]
    chain, pids = facts.encode_cgroups(table, "little", groups)
    length = len(chain) // 3
    for what, value in (("0", 0), ("-1", -1), ("its predecessor", -length), ("the least", -2 ** 31),
                        ("inside itself", 8), ("beyond the chain", 2 ** 31 - 1), ("a byte too far", length + 1)):
        broken = bytearray(chain)
        struct.pack_into("<i", broken, length + stride.offset, value)
        packed, members = zlib.compress(bytes(broken)), zlib.compress(pids)
        record = {"flags": 0x100, "ncgroups": 3, "coriglen": len(chain), "ncgpids": 0, "ccomplen": len(packed),
                  "icomplen": len(members)}
        survive(suite, table, "a chain whose second stride is %s" % what,
                hostile_sample(table, **record) + packed + members)


def main():
    suite = harness.Suite(__doc__, accept="state how many faults pass unseen")
    check_faults(suite)
    tables = [table for table in facts.load_tables() if table.model == "lp64"]
    check_bombs(suite, tables[-1])
    for table in tables:
        if table.has_cgroups:
            check_chains(suite, table)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
