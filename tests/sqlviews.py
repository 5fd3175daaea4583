"""Proves that the views of a database have the cells that --view fills tables with: every view, in every real log and in damaged
ones, row by row, with types; and that a view is made only where its tables are there, and its rows can be joined to those of their sample.

--view computes with generated C from the log; the database computes with SQL from its tables. tests/views.py compares --view with an
evaluator of its own.
"""

import glob
import os
import re
import shutil
import sqlite3
import sys

from lib import facts, harness, libraries, madelogs, views

QUIET = ["-q", "--accept-damage"]
KINDS = {"integer": {"integer"}, "boolean": {"integer"}, "number": {"real"}, "double": {"real"}, "text": {"text"}, "time": {"text"}}


class Base:
    """A database."""

    def __init__(self, path):
        self.link = sqlite3.connect("file:%s?mode=ro" % path, uri=True)

    def rows(self, text):
        return self.link.execute(text).fetchall()

    def views(self):
        return [name for name, in self.rows("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY rowid")]

    def names(self, table):
        return [row[1] for row in self.rows('PRAGMA table_info("%s")' % table)]


def dump(suite, words, logs, name):
    """The database that a run writes; None: this build has none."""
    path = suite.path(name)
    argv = [suite.program(), *QUIET, "--force", "--format=sqlite", "-o", path, *words, *logs]
    result = harness.run(argv)
    if not suite.check(result.status == 0, "a database of %s" % logs, 0, result, harness.shell(argv)):
        return None
    return Base(path)


def typed(rows):
    """The rows with the types of their values: 1 is not 1.0."""
    return [tuple((type(value).__name__, value) for value in row) for row in rows]


# --- every cell ------------------------------------------------------------------------------------------------------


def compare(suite, known, words, logs, expected=None):
    """Each view of a database of all tables is the table that --view fills. Returns the views that had rows."""
    base, filled = dump(suite, words, logs, "all.db"), dump(suite, [*words, "--view=" + ",".join(known)], logs, "views.db")
    what = "%s %s" % ([os.path.basename(log) for log in logs], words)
    if base is None or filled is None:
        return set()
    suite.equal(sorted(expected if expected is not None else known), sorted(base.views()), "views of " + what)
    suite.equal([], filled.views(), "views of a database with views as tables, of " + what)
    seen = set()
    base.link.execute("ATTACH 'file:%s?mode=ro' AS filled" % suite.path("views.db"))
    for name in base.views():
        suite.equal(filled.names(name), base.names(name), "columns of %s of %s" % (name, what))
        wanted = typed(filled.rows('SELECT * FROM "%s" ORDER BY rowid' % name))
        got = typed(base.rows('SELECT * FROM main."%s"' % name))
        if not suite.check(wanted == got, "%s of %s" % (name, what), len(wanted), len(got)):
            pair = next(((a, b) for a, b in zip(wanted, got) if a != b), (None, None))
            suite.equal(*map(list, map(lambda row: row or (), pair)), "a row of %s of %s" % (name, what))
        for one, other in (("main", "filled"), ("filled", "main")):
            left = base.rows('SELECT * FROM %s."%s" EXCEPT SELECT * FROM %s."%s" LIMIT 1' % (one, name, other, name))
            suite.equal([], left, "rows of %s of %s that %s has alone" % (name, what, one))
        if got:
            seen.add(name)
    return seen


def hurt(suite, log):
    """Damaged copies of a log: a byte wrong in each of some places, the end cut off, a piece lost."""
    data = harness.read(log)
    n = len(data)
    for i, made in enumerate((data[:n * 2 // 3], data[:n // 3] + data[n // 3 + 777:])):
        yield suite.path("hurt%d.raw" % i, made)
    for i in range(1, 6):
        at = n * i // 6
        yield suite.path("flip%d.raw" % i, data[:at] + bytes((data[at] ^ 0xff,)) + data[at + 1:])


def check_cells(suite, known):
    logs, seen = suite.examples(), set()
    for log in logs:
        seen |= compare(suite, known, [], [log])
    seen |= compare(suite, known, [], logs)
    suite.equal(set(known) - {"lvm", "md", "numa", "numa-cpus"}, seen & set(known) - {"lvm", "md", "numa", "numa-cpus"}, "views with rows")
    for log in (logs[0], next(log for log in logs if "2.7.1" in log), logs[-1]):
        for made in hurt(suite, log):
            compare(suite, known, [], [made])


def check_made(suite, known):
    """Logs with the largest and the smallest values in every member."""
    for table in facts.load_tables():
        if str(table) in ("1.26 lp64", "2.8 lp64", "2.13 lp64"):
            data = facts.build(table, "little", madelogs.samples(table), madelogs.header(table, True))
            compare(suite, known, [], [suite.path("made-%s.raw" % str(table).split()[0], data)])


# --- which views are made --------------------------------------------------------------------------------------------


def check_choices(suite, known, log):
    """Views whose tables are there, whole. With --view there are tables of that name, and no views."""
    every = sorted(known)
    for words, expected in (([], every), (["--tables=tstat"], ["processes", "processes-seen"]),
                            (["--tables=tstat,rawheader"], ["exits", "processes", "processes-seen", "timeline"]),
                            (["--tables=sstat_cpu_cpu,damage"], ["cpus"]), (["--tables=rawheader"], []),
                            (["--tables=sstat", "--view=top"], []), (["--view=net"], []), (["--fields=time,gen_pid"], []),
                            (["--where=gen_pid > 5"], []), (["--top=2", "--by=gen_pid"], []), (["--limit=3"], []),
                            (["--flags=names"], []), (["--active"], every), (["--skip-since-boot"], every), (["--begin=@0", "--end=@1"], every)):
        base = dump(suite, words, [log], "some.db")
        suite.equal(expected, sorted(base.views()), "views with %s" % words)
        left = {name for name, in base.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        suite.equal([], sorted(left & set(base.views())), "names of tables that are views, with %s" % words)
        told = {name for name, in base.rows("SELECT DISTINCT table_name FROM columns WHERE number IS NULL")}
        suite.equal(sorted(set(expected) | left & set(known)), sorted(told), "views in the table of columns, with %s" % words)
    for words in (["--active"], ["--processes"], ["--skip-since-boot"], ["--time=epoch"]):
        compare(suite, known, words, [log])


def check_columns(suite, known, log):
    base = dump(suite, [], [log], "all.db")
    for view in known.values():
        rows = base.rows("SELECT column_name, type, unit, doc FROM columns WHERE table_name = '%s' ORDER BY rowid" % view.name)
        suite.equal([column["name"] for column in view.columns], [row[0] for row in rows], "rows of %s in the table of columns" % view.name)
        for column, (name, kind, unit, doc) in zip(view.columns, rows):
            suite.equal((column.get("unit", unit), column.get("doc", doc)), (unit, doc), "unit and doc of %s.%s" % (view.name, name))
            stored = {one for one, in base.rows('SELECT DISTINCT typeof("%s") FROM "%s"' % (name, view.name))}
            suite.check(stored <= KINDS[kind] | {"null"}, "type of %s.%s" % (view.name, name), KINDS[kind], stored)


def check_plans(suite, log):
    """A process is looked up by its index, and what it is joined to as well."""
    base = dump(suite, [], [log], "all.db")
    plan = [row[-1] for row in base.rows("EXPLAIN QUERY PLAN SELECT cpu_percent, memory_percent, read_rate FROM top WHERE pid = 1")]
    for index in ("tstat_by_pid", "rawheader_by_file", "rawrecord_by_sample", "sstat_by_sample"):
        suite.check(any(index in line for line in plan), "the plan of a query of top has " + index, index, plan)
    suite.check(not any(line.startswith("SCAN") for line in plan), "no table is read whole", "SEARCH", plan)


def check_ambiguous(suite, known, log):
    """Headers that differ, and logs of one name: what would be joined wrongly is not there."""
    data = harness.read(log)
    joined = {"cgroups", "disk", "exits", "lvm", "md", "memory", "numa", "timeline", "top"}
    sampled = {"cgroups", "cpu", "disk", "interfaces", "lvm", "md", "psi", "top"}
    pair = suite.path("pair.img", data + data)
    compare(suite, known, ["--carve"], [pair])
    at = data.index((100).to_bytes(2, "little") + (0).to_bytes(0, "little"), 4)
    other = data[:at] + (250).to_bytes(2, "little") + data[at + 2:]
    hertz = {"disk", "exits", "lvm", "md", "timeline"}
    compare(suite, known, ["--carve"], [suite.path("differ.img", data + other)], set(known) - hertz)
    compare(suite, known, [], [log, log], set(known) - sampled)
    table = facts.Log(data, facts.load_tables()).table
    headless = suite.path("headless.img", bytes(3000) + data[table.size("rawheader"):])
    compare(suite, known, ["--carve"], [headless])
    base = dump(suite, ["--carve"], [headless], "all.db")
    suite.equal([(None, None)], base.rows("SELECT DISTINCT total, swap_total FROM memory"), "memory without the size of pages")
    other = os.path.join(harness.EXAMPLES, "atop-2.13.0.raw")
    compare(suite, known, [], [suite.path("behind.raw", data + harness.read(other))])
    compare(suite, known, [], [suite.path("twice.raw", data + data)], set(known) - sampled)
    suite.check(joined & sampled, "views that join both", "some", "none")


# --- the language ----------------------------------------------------------------------------------------------------

CASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schema", "ok", "views")
LARGEST = (1 << 63) - 1

# utime, rmem, pid, name, its bytes, state, wide: and what the view words of the case has of them
WORDS = [
    ((8, 5, 1, "ab'c", None, "R", 5), (3 + 5, 1.0 + 100.0, 40, 1.6, 1, "ab'c", 4, 0, None, 1, 5, 11, 3.5, 1, "ab'c", None)),
    ((3, -20, 7, "XaB'", None, "E", LARGEST), (3 - 2, 0.0 + 0.0, 15, -0.15, 0, "xab'", 4, 1, -1, 0, LARGEST, None, None, 0, "XaB'", None)),
    ((-12, 9, 2, "\ufffdb", "ff62", None, 0), (-12 + 2, -2.0 + -200.0, 65476, -12 / 9, 0, "\ufffdb", 2, 0, 77, 0, 0, 3, 2.0, 0, "\ufffdb", "ff62")),
    ((1 << 62, None, 3, "", None, "R", 1 << 62),
     (None, float(1 << 59) + float(1 << 59) * 100.0, None, None, 0, "", 0, 0, None, 0, 1 << 62, None, float(1 << 61), 1, "", None)),
    ((None, 0, 4, None, None, None, None), (None, None, None, None, None, None, None, 0, 77, 0, None, None, None, 1, None, None)),
]


def check_language(suite):
    """Each function and operator, in the statement of a case of the compiler's test; what SQL cannot say has its reason."""
    atopgen = suite.program("atopgen")
    folder = suite.path("language")
    files = sorted(glob.glob(os.path.join(CASE, "*.yaml")))
    shutil.copy(os.path.join(harness.ROOT, "schemas", "abi.yaml"), suite.path("abi.yaml"))
    for name in files:
        shutil.copy(name, suite.path(os.path.basename(name)))
    files = [suite.path(os.path.basename(name)) for name in files]
    suite.equal(0, harness.run([atopgen, "generate", "-o", folder, *files]).status, "atopgen generates the case")
    with open(os.path.join(folder, "sql_views.c"), encoding="utf-8") as file:
        text = file.read()
    literals = re.findall(r'^\t"((?:[^"\\]|\\.)*)"$', text, re.M)
    texts = "".join(literals).encode().decode("unicode_escape").split("\0")
    suite.equal(["", "", "column 'narrow' uses the function 'float'"], texts[3:6], "what stands for a view that SQL cannot say")
    base = sqlite3.connect(":memory:")
    schemas = [name for name in files if "atop-" in os.path.basename(name)]
    base.executescript(harness.run([atopgen, "tables", "--as", "sqlite", *schemas]).out.decode())
    base.executescript(texts[7] + ";" + texts[8])
    base.execute("INSERT INTO sstat (file, sample, free) VALUES ('a', 0, 77)")
    for row, _ in WORDS:
        base.execute("INSERT INTO tstat (file, sample, utime, rmem, pid, name, name_bytes, state, wide) VALUES ('a', 0, ?, ?, ?, ?, ?, ?, ?)", row)
    got = base.execute("SELECT * FROM words").fetchall()
    for (row, wanted), one in zip(WORDS, got):
        suite.equal(typed([wanted]), typed([one]), "the view words of %r" % (row,))
    suite.equal(len(WORDS), len(got), "rows of words")


def main():
    suite = harness.Suite(__doc__, files=True)
    if not libraries.has_or_says(suite.program(), "SQLite", "views in databases"):
        suite.equal(1, harness.run([suite.program(), "--format=sqlite", suite.examples()[0]]).status, "a database is refused")
        suite.finish()
    known = views.load()
    log = os.path.join(harness.EXAMPLES, "atop-2.13.0.raw")
    check_choices(suite, known, log)
    check_columns(suite, known, log)
    check_plans(suite, log)
    check_ambiguous(suite, known, os.path.join(harness.EXAMPLES, "atop-2.7.1.raw"))
    check_language(suite)
    check_cells(suite, known)
    check_made(suite, known)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
