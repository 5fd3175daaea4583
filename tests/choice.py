"""Proves --schema and the verb list: a log without its header is read as the named release and as no other, logs of releases
with equal lengths are read as their own release, and the list states the lengths that identify each layout."""

import collections
import json
import os
import sys

from lib import facts, harness, unheaded

# Releases whose logs have equal lengths and mean different things (FORMAT: the same tuple except the aversion). Of each pair
# a member that only the second one has, in the first task's line or the first sstat.
AMBIGUOUS = [
    ("1.27", "2.0", "sstat.mem.shmem"),
    ("2.2-3", "2.3", "tstat.gen.wasinactive"),
    ("2.4", "2.6", "tstat.cpu.rundelay"),
    ("2.5", "2.6", "tstat.cpu.wchan"),
    ("2.8", "2.9", "tstat.cpu.nvcsw"),
]

# Releases that lengths do not tell apart at all.
ALIKE = (["1.27", "2.0"], ["2.2-3", "2.3"], ["2.4", "2.5", "2.6"], ["2.8", "2.9"], ["2.11", "2.12"])


def run(program, path, schema=None, data=None):
    argv = [program] + (["--schema=" + schema] if schema else []) + [path]
    result = harness.run(argv, data=data)
    return result, harness.shell(argv)


def without_header(lines):
    """The lines except the header and notes, without the name of the host."""
    kept = []
    for line in unheaded.without_notes(lines):
        line = json.loads(line)
        line["host"] = ""
        line.pop("host_hex", None)
        if "rawheader" not in line:
            kept.append(line)
    return kept


def check_lost_header(suite, program, path, table):
    """A log whose header is overwritten with zeros gives the same lines, except the values that depend on the header: what
    the kernel counted and which patches measured are unknown then."""
    data = harness.read(path)
    size = table.size("rawheader")
    broken = suite.path("lost-" + os.path.basename(path), bytes(size) + data[size:])
    whole, _ = run(program, path)
    name = os.path.basename(path)
    for schema in (table.release, "%s/%s" % (table.release, table.model)):
        got, again = run(program, broken, schema)
        suite.check(got.status == 0, "%s without its header, --schema=%s" % (name, schema), "exit 0",
                    "exit %d, %r" % (got.status, got.err), again)
        lines = without_header(got.out.splitlines())
        suite.equal([unheaded.forget(*pair) for pair in zip(without_header(whole.out.splitlines()), lines)], lines,
                    "lines of %s without its header, --schema=%s" % (name, schema), again)
        noted = [unheaded.notes(one.out.splitlines()) for one in (whole, got)]
        suite.check(unheaded.may_note(*noted), "notes of %s without its header, --schema=%s" % (name, schema), *noted, again)
    got, again = run(program, "-", table.release, harness.read(broken))
    suite.equal(len(without_header(whole.out.splitlines())), len(unheaded.without_notes(got.out.splitlines())),
                "%s without its header from a pipe" % name, again)
    refused = "1.26" if table.release != "1.26" else "2.13"
    got, again = run(program, broken, refused)
    suite.check(got.status == 2 and not got.out, "%s is not a log of %s" % (name, refused), "exit 2, no output",
                "exit %d, %r" % (got.status, got.out[:80]), again)


def check_no_header(suite, program, path, table):
    """Bytes without a magic number name no host, whatever stands where a header would have it."""
    data = bytearray(harness.read(path))
    data[:4] = b"\0\0\0\0"
    got, again = run(program, suite.path("nameless.raw", bytes(data)), table.release)
    hosts = {json.dumps(json.loads(line)["host"]) for line in got.out.splitlines()}
    suite.equal((0, {"null"}, 0), (got.status, hosts, got.out.count(b'"rawheader":')),
                "%s without its magic number: hosts" % os.path.basename(path), again)


def check_suggestion(suite, program, path, table):
    """The refusal of a log that lost its header names the releases that it can be read as."""
    data = harness.read(path)
    broken = bytes(table.size("rawheader")) + data[table.size("rawheader"):]
    names = next((names for names in ALIKE if table.release in names), [table.release])
    said = "records of atop %s follow: --schema=%s" % (" or ".join(", ".join(names).rsplit(", ", 1)), names[0])
    for name, feed in ((suite.path("headerless.raw", broken), None), ("-", broken)):
        got, again = run(program, name, None, feed)
        suite.check(got.status == 2 and not got.out and said.encode() in got.err,
                    "%s without its header: what it can be" % os.path.basename(path), said, got.err, again)


def member(line, path):
    """Whether the line has the member at the dotted path."""
    for key in path.split("."):
        if not isinstance(line, dict) or key not in line:
            return False
        line = line[key]
    return True


def check_pair(suite, program, tables, pair):
    """A log of each release shows its own members, and those of the other only where that one is named. Appended to
    each other, the first one's header decides, or the user."""
    older, newer, path = pair
    logs = {}
    for release in (older, newer):
        table = next(t for t in tables if t.release == release and t.model == "lp64")
        # 2.3 states as many tasks as there are.
        log = facts.build(table, "little", [{"rawrecord": {"ntask": 1}, "tstat": [{"gen": {"pid": 7, "tgid": 7}}]}])
        logs[release] = log
        name = suite.path("pair-%s.raw" % release, log)
        for schema in (None, older, newer):
            got, again = run(program, name, schema)
            key = ('"%s":' % path.split(".")[0]).encode()
            lines = [json.loads(line) for line in got.out.splitlines() if key in line]
            suite.check(got.status == 0 and len(lines) == 1 and
                        member(lines[0], path) == ((schema or release) == newer),
                        "a log of %s read as %s: %s" % (release, schema or "its header says", path),
                        "there" if (schema or release) == newer else "not there", got.out[-300:], again)
    header = next(t for t in tables if t.release == older and t.model == "lp64").size("rawheader")
    mixed = suite.path("mixed-%s-%s.raw" % (older, newer), logs[older] + logs[newer][header:])
    for schema, shown in ((None, 0), (older, 0), (newer, 2)):
        got, again = run(program, mixed, schema)
        found = sum(member(json.loads(line), path) for line in got.out.splitlines())
        suite.equal((0, shown), (got.status, found), "a log that %s and %s wrote, read as %s" %
                    (older, newer, schema or "its header says"), again)


def check_list(suite, program, tables):
    """The list has a row with the right lengths for each table, and names the pairs."""
    argv = [program, "list"]
    result = harness.run(argv)
    text = result.out.decode()
    head, *lines = text.split("\n\n")[0].splitlines()
    roles = head.split()[3:-1]
    rows = {}
    for line in lines:
        cells = line.split()
        rows[cells[0], cells[1]] = [int(cells[2], 16)] + cells[3:3 + len(roles)]
    wanted = {}
    for table in tables:
        sizes = [str(table.size("pstat" if role == "tstat" and table.task_struct == "pstat" else role))
                 if role != "cstat" or table.has_cgroups else "-" for role in roles]
        wanted[table.release, table.model] = [table.aversion] + sizes
    suite.equal(wanted, rows, "the rows of the list", harness.shell(argv))
    pairs = ["%s and %s: equal lengths, different meaning" % pair[:2] for pair in AMBIGUOUS]
    suite.equal(pairs, text.split("\n\n")[2].splitlines()[2:], "the pairs that the list names",
                harness.shell(argv))


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program("atopdump-static")
    tables = facts.load_tables()
    chosen = collections.OrderedDict()
    for path in suite.examples():
        log = facts.Log(harness.read(path), tables)
        chosen.setdefault((log.table.release, log.table.model, log.order), (path, log.table))
    suite.equal({"little", "big"}, {order for _, _, order in chosen}, "byte orders of the logs that lose their header")
    for path, table in chosen.values():
        check_lost_header(suite, program, path, table)
        check_suggestion(suite, program, path, table)
        check_no_header(suite, program, path, table)
    for pair in AMBIGUOUS:
        check_pair(suite, program, tables, pair)
    check_list(suite, program, tables)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
