"""Proves --format=atopdump: the documented sample lines byte for byte, and an independent implementation of
the rules.

The sample lines are turned into a log that holds exactly their values (lengths of blocks included); real and
synthetic logs are dumped and compared with the lines that a second implementation of the rules makes of the values of
facts.py.
"""

import json
import os
import sys
import zlib

from lib import facts, harness
from lib.harness import DAMAGED

SAMPLE = os.path.join(harness.DATA, "golden", "seed-sample.jsonl")
TEXTS = ("name", "cmdline")
ESCAPES = {0x22: '\\"', 0x5C: "\\\\", 8: "\\b", 12: "\\f", 10: "\\n", 13: "\\r", 9: "\\t"}


# --- the rules ----------------------------------------------------------------------------------------------

def quote(raw):
    """Text: NULs at both ends go, inner ones stay; anything not printable ASCII as an escape of its value."""
    out = []
    for byte in raw.strip(b"\0"):
        plain = 0x20 <= byte < 0x7F
        out.append(ESCAPES.get(byte) or (chr(byte) if plain else "\\u%04x" % byte))
    return '"%s"' % "".join(out)


def number(node, value):
    """An integer; a time_t as one of 64 bits without sign, whatever the data model."""
    if node.ctype == "time_t" and value < 0:
        value += 1 << 64
    return "%d" % value


def document(node, values, depth=0):
    """A struct as the seed prints it: declaration order, reserved members included."""
    members = []
    for member in node.members:
        value = values[member.name]
        if member.prim is None:
            text = document(member, value, depth + 1)
        elif member.prim == "char":
            raw = value if member.dims else bytes([value])
            text = quote(raw) if depth and member.name in TEXTS else '"%s"' % raw.hex()
        elif member.dims:
            text = "[%s]" % ", ".join(number(member, one) for one in value)
        else:
            text = number(member, value)
        members.append('"%s": %s' % (member.name.lstrip("_"), text))
    return "{%s}" % ", ".join(members)


def dump(log):
    """The whole output for a log."""
    structs = log.table.structs
    lines = ['{"rawheader": %s}' % document(structs["rawheader"], log.header)]
    for sample in log.samples(system=False):
        lines.append('{"rawrecord": %s}' % document(structs["rawrecord"], sample.record))
        lines += ['{"tstat": %s}' % document(structs[log.table.task_struct], task) for task in sample.tasks]
    return ("\n".join(lines) + "\n").encode("ascii")


# --- the documented lines -----------------------------------------------------------------------------------

def values_of(node, members):
    """The values that a printed struct stands for."""
    values = {}
    for member in node.members:
        given = members[member.name.lstrip("_")]
        if member.prim is None:
            values[member.name] = values_of(member, given)
        elif member.prim == "char" and member.name not in TEXTS:
            raw = bytes.fromhex(given)
            values[member.name] = raw if member.dims else raw[0]
        elif member.prim == "char":
            values[member.name] = given.encode("ascii")
        else:
            values[member.name] = given
    return values


def packed(content, size):
    """A zlib stream of the content that is exactly `size` bytes long: empty stored blocks fill it up. None:
    cannot."""
    engine = zlib.compressobj(9)
    start = engine.compress(content) + engine.flush(zlib.Z_SYNC_FLUSH)
    end = b"\x03\x00" + zlib.adler32(content).to_bytes(4, "big")
    room = size - len(start) - len(end)
    if room < 0 or room % 5:
        return None
    return start + b"\x00\x00\x00\xff\xff" * (room // 5) + end


def fit(make, size):
    """The first of the contents make(0), make(1), … that can be packed into exactly `size` bytes."""
    for attempt in range(1000):
        block = packed(make(attempt), size)
        if block:
            return block
    raise RuntimeError("no content packs into %d bytes" % size)


def documented_log(table, lines):
    """A log with the documented header, record and first tasks; what else it holds is made up."""
    header, record, *tasks = [json.loads(line) for line in lines]
    structs = table.structs
    header = values_of(structs["rawheader"], header["rawheader"])
    record = values_of(structs["rawrecord"], record["rawrecord"])
    node = structs["tstat"]
    known = [values_of(node, task["tstat"]) for task in tasks]
    rest = record["ndeviat"] - len(known)

    def system(attempt):
        return facts.encode(structs["sstat"], {"cpu": {"csw": attempt * 0x9E3779B97F4A7C15 % 2 ** 62}},
                            "little")

    def listed(attempt):
        made = [{"gen": {"pid": i, "cmdline": b"%d" % (i ** attempt % 10 ** 9)}} for i in range(rest)]
        return b"".join(facts.encode(node, task, "little") for task in known + made)

    parts = [facts.encode(structs["rawheader"], header, "little"),
             facts.encode(structs["rawrecord"], record, "little"),
             fit(system, record["scomplen"]), fit(listed, record["pcomplen"])]
    return b"".join(parts)


def check_documented(suite, program, tables):
    """The four documented lines come out byte for byte."""
    lines = harness.read(SAMPLE).decode("ascii").splitlines()
    aversion = json.loads(lines[0])["rawheader"]["aversion"]
    table = next((t for t in tables if t.aversion == aversion and t.model == "lp64"), None)
    if not suite.check(table, "there is a table for the documented lines", hex(aversion), "none"):
        return
    path = suite.path("documented.raw", documented_log(table, lines))
    argv = [program, "--format=atopdump", path]
    result = harness.run(argv)
    # It has two of the tasks that its record counts.
    suite.check(result.status == 0 and result.err.count(b"\n") == result.err.count(b"structs are missing"),
                "documented log", "exit 0, nothing said but that tasks are missing",
                "exit %d, %r" % (result.status, result.err), harness.shell(argv))
    got = result.out.decode("ascii", "replace").split("\n")
    for i, line in enumerate(lines):
        shown = got[i] if i < len(got) else "nothing"
        at = next((j for j, (a, b) in enumerate(zip(line, shown)) if a != b), min(len(line), len(shown)))
        suite.check(line == shown, "documented line %d, character %d" % (i + 1, at),
                    line[max(0, at - 80):at + 80],
                    shown[max(0, at - 80):at + 80], harness.shell(argv))


def check_log(suite, program, path, tables, status=0):
    """A log against the rules."""
    argv = [program, "--format=atopdump", path]
    result = harness.run(argv)
    wanted = dump(facts.Log(harness.read(path), tables))
    what = os.path.basename(path)
    if result.out != wanted:
        ours, theirs = wanted.split(b"\n"), result.out.split(b"\n")
        i = next((j for j, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)) - 1)
        at = next((j for j, (a, b) in enumerate(zip(ours[i], theirs[i])) if a != b), 0)
        suite.check(False, "%s: line %d, character %d" % (what, i + 1, at), ours[i][max(0, at - 80):at + 80],
                    theirs[i][max(0, at - 80):at + 80], harness.shell(argv))
    else:
        suite.check(result.status == status, what, "exit %d" % status, "exit %d, %r" % (result.status, result.err),
                    harness.shell(argv))


def synthetic_log(table, order):
    """Every member different, times below zero included, and names of every kind."""
    source = facts.Values()
    names = [bytes(range(1, 16)), bytes(range(16, 31)), b"\x7f\"\\/ ", b"\0\0in\0ner", b" spaces ", b"",
             b"\x80\xff\xe9", b"fifteen letters"]
    tasks = []
    for name in names:
        task = facts.distinct(table.structs[table.task_struct], source)
        task["gen"].update(name=name, cmdline=name * 9)
        tasks.append(task)
    tasks[0]["gen"]["btime"] = tasks[0]["gen"]["elaps"] = -1
    record = facts.distinct_record(table, source, 1700000000)
    return facts.build(table, order, [{"rawrecord": record, "tstat": tasks}], level=1)


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program("atopdump-static")
    tables = facts.load_tables()
    check_documented(suite, program, tables)
    for path in suite.examples():
        check_log(suite, program, path, tables)
    for table in tables:
        for order in facts.ORDERS:
            name = "%s.%s.%s.raw" % (table.release, table.model, order)
            check_log(suite, program, suite.path(name, synthetic_log(table, order)), tables,
                      DAMAGED)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
