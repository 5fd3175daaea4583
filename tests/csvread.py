"""Proves that CSV and JSON have the same values: every table, read by the csv module, is compared with the JSON lines.

Both ways: each cell equals the JSON value at its column's path, and each JSON value has a cell. Line ends,
header row, quoting, `index`, empty cells for null, NAME_hex beside every text, `file` with several logs,
--output=DIR.
"""

import csv
import io
import os
import sys

from lib import contract, facts, harness


def cell_of(value):
    """A JSON value as its cell."""
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    return str(value)


def flatten(value, path=""):
    """{column: cell} of one JSON struct, arrays of structs left out."""
    cells = {}
    for key, member in value.items():
        name = path + key
        if isinstance(member, dict):
            cells.update(flatten(member, name + "."))
        elif isinstance(member, list):
            if name != "pids" and not any(isinstance(one, dict) for one in member):
                cells.update(("%s.%d" % (name, i), cell_of(one)) for i, one in enumerate(member))
        else:
            cells[name] = cell_of(member)
    return cells


def group_cells(line, role):
    """The cells about cgroups at the end of a row: a list of processes is one cell; a task's cgroup is not a
    member of it."""
    cells = {key: cell_of(line[key]) for key in ("cgroup", "cgroup_hex") if key in line}
    if "pids" in line[role]:
        cells["pids"] = " ".join(map(str, line[role]["pids"]))
    return cells


def rows_of(lines, table):
    """The rows a table must have, as {column: cell}; columns not named, a null struct's among them, are
    empty."""
    role, _, path = table.partition(".")
    for line in lines:
        if contract.role_of(line) != role:
            continue
        start = {key: cell_of(line[key]) for key in contract.ENVELOPE if key in line and key not in contract.JSON_ONLY}
        if not path:
            yield dict(start, **flatten(line[role]), **group_cells(line, role))
            continue
        for name, elements in contract.lists_in(line[role], role):
            if name == table:
                skips = (role, path) in contract.LIVE       # then JSON does not tell the index
                for index, one in enumerate(elements):
                    yield dict(start, index=None if skips else str(index), **flatten(one))


def fault(data, expected, leading):
    """What is wrong with a CSV document, or None."""
    text = data.decode("utf-8")
    if not text.endswith("\r\n"):
        return "the last row does not end with CR LF"
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if plain_newlines(text):
        return "a line end without CR outside quotes"
    names = rows[0]
    if len(set(names)) != len(names):
        return "a column occurs twice"
    if names[:len(leading)] != leading:
        return "the first columns are %s, not %s" % (names[:len(leading)], leading)
    expected = list(expected)
    if len(rows) - 1 != len(expected):
        return "%d rows for %d in JSON" % (len(rows) - 1, len(expected))
    for number, (row, want) in enumerate(zip(rows[1:], expected), 1):
        if len(row) != len(names):
            return "row %d has %d cells under %d columns" % (number, len(row), len(names))
        got = dict(zip(names, row))
        for name in want:
            if name not in got and (want[name] or not any(one.startswith(name + ".") for one in names)):
                return "no column %s" % name
        for name, cell in got.items():
            if cell != want.get(name, "") and want.get(name, "") is not None:
                return "row %d, %s: %r, in JSON %r" % (number, name, cell, want.get(name, ""))
        for name in want:
            if want[name] and name + "_hex" in names and names.index(name) + 1 != names.index(name + "_hex"):
                return "%s_hex does not follow %s" % (name, name)
    return None


def plain_newlines(text):
    """Whether a LF that ends a row has no CR before it."""
    outside = "".join(text.split('"')[::2])
    return outside.count("\n") != outside.count("\r\n")


def texts_without_hex(table, header):
    """Columns of tasks that are texts or letters by the fact table and lack their NAME_hex."""
    for node in table.structs[table.task_struct].walk():
        if (node.is_text or node.prim == "char" and node.unit == contract.LETTER) and not node.reserved:
            if node.path in header and node.path + "_hex" not in header:
                yield node.path


def awkward_log(table):
    """A log with names that need quoting or are not UTF-8."""
    names = [b'quo"te', b"com,ma", b"line\nfeed", b"cr\r", b"", b" space ", b"\xff\xfe", b"ok\xc3\xa9",
             b"\x01\x7f",
             b"\xed\xa0\x80", b"\xf0\x9f\x9a\x80", b"\xc3", b"=1+1", b"'"]
    tasks = [{"gen": {"pid": i, "name": name, "cmdline": name * 3, "state": state}}
             for i, name in enumerate(names) for state in (ord("S"), 0, 0xE9)]
    interfaces = [{"name": name, "type": ord("e")} for name in names]
    system = {"intf": {"nrintf": len(interfaces), "intf": interfaces}}
    return facts.build(table, "little", [{"sstat": system, "tstat": tasks}] * 2)


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program()
    tables = facts.load_tables()
    newest = [table for table in tables if table.model == "lp64"][-1]
    logs = suite.examples() + [suite.path("awkward.raw", awkward_log(newest))]
    for path in logs:
        for reserved in ([], ["--reserved"]):
            check_log(suite, program, [path], reserved, ["host", "time", "sample"])
    alike = [path for path in logs[:-1] if facts.Log(harness.read(path), tables).table is newest]
    suite.check(alike, "an example log of %s to put beside another one" % newest, "one", "none")
    check_log(suite, program, alike[:1] + logs[-1:], [], ["file", "host", "time", "sample"])
    check_hex(suite, program, logs[-1], newest)
    check_folder(suite, program, logs)
    suite.finish()


def check_log(suite, program, paths, options, leading):
    """Every table of some logs that are read in one run."""
    json_run = harness.run([program] + options + paths)
    lines = [contract.parse(line) for line in json_run.out.splitlines()]
    for table in contract.tables_of(lines):
        argv = [program, "--format=csv", "--tables=" + table] + options + paths
        result = harness.run(argv)
        columns = leading if table != "rawheader" else leading[:-2]
        wrong = "exit %d, %r" % (result.status, result.err) if result.status or result.err else fault(
            result.out, rows_of(lines, table), columns)
        suite.check(wrong is None, "%s of %s" % (table, ", ".join(map(os.path.basename, paths))),
                    "the same as in JSON", wrong, harness.shell(argv))


def check_hex(suite, program, path, table):
    """A text column has its NAME_hex even when no row needs it."""
    argv = [program, "--format=csv", "--tables=tstat", path]
    header = harness.run(argv).out.split(b"\r\n")[0].decode().split(",")
    suite.equal([], list(texts_without_hex(table, header)), "texts without a column of hex",
                harness.shell(argv))


def check_folder(suite, program, logs):
    """--output=DIR holds one file per table, each the same as on standard output."""
    folder = suite.path("csv")
    argv = [program, "--format=csv", "--output=" + folder, logs[0]]
    result = harness.run(argv)
    suite.equal((0, b"", b""), tuple(result), "--output=DIR is quiet", harness.shell(argv))
    made = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    lines = [contract.parse(line) for line in harness.run([program, logs[0]]).out.splitlines()]
    missing = [name for name in contract.tables_of(lines) if name + ".csv" not in made]
    suite.equal([], missing, "tables without a file in DIR", harness.shell(argv))
    for name in made:
        single = [program, "--format=csv", "--tables=" + name[:-len(".csv")], logs[0]]
        suite.check(harness.read(os.path.join(folder, name)) == harness.run(single).out, "DIR/%s" % name,
                    "what standard output gets", "something else", harness.shell(single))


if __name__ == "__main__":
    sys.exit(main())
