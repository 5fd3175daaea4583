"""Proves that --format=sqlite writes what CSV writes, with each option: all tables, cell by cell, with their types, as one sound
database.

Python's sqlite3 reads the databases. CSV, whose rows are printed by generated code, is what they are compared with; tables.py
compares the database of each log with its nested JSON. Also their bytes, their indexes, the table of columns, and what is left of a run that fails.
"""

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from lib import facts, harness
from lib.csvcells import read_csv, value_of
from lib.harness import DAMAGED, OK, TROUBLE

SQLITE = ["--format=sqlite"]
STORED = {"integer": "integer", "number": "real", "boolean": "integer", "text": "text", "time": "text"}
PATIENCE = 20       # seconds
ROWS = 600000
MEMORY = 8 << 20    # bytes that a database of that many rows takes beside those of a small one


def load_lock():
    """{table: {column: type}} and the rows that the table of columns must have, from tables.lock."""
    kinds, rows = {}, []
    with open(os.path.join(harness.ROOT, "generated", "tables.lock"), encoding="utf-8") as file:
        for line in file:
            number, table, column, kind, unit, change, *_ = line.rstrip("\n").split("\t")
            kinds.setdefault(table, {})[column] = kind
            rows.append((int(number), table, column, kind, None if unit == "-" else unit, int(change == "delta")))
    return kinds, rows


class Base:
    """A database that was written."""

    def __init__(self, path):
        self.link = sqlite3.connect("file:%s?mode=ro" % path, uri=True)

    def rows(self, text):
        return self.link.execute(text).fetchall()

    def tables(self):
        return [name for name, in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]

    def names(self, table):
        return [row[1] for row in self.rows('PRAGMA table_info("%s")' % table)]


def dump(suite, words, logs, name="case.db", status=(OK, DAMAGED), **more):
    """The path of the database that a run writes; None: it failed."""
    path = suite.path(name)
    if os.path.exists(path):
        os.unlink(path)
    argv = [suite.program()] + SQLITE + words + ["--output=" + path] + logs
    result = harness.run(argv, **more)
    good = result.status in status and os.path.exists(path) and result.out == b""
    suite.check(good, "%s of %s" % (words, [os.path.basename(log) for log in logs]), status, result, harness.shell(argv))
    return path if good else None


# --- values -------------------------------------------------------------------------------------------------

def compare(suite, kinds, words, logs):
    """Each table that CSV has is the table of the database."""
    path, folder = dump(suite, words, logs), suite.path("tables/")
    if path is None:
        return
    shutil.rmtree(folder, ignore_errors=True)
    argv = [suite.program(), "--format=csv", "--output=" + folder] + words + logs
    harness.run(argv)
    base = Base(path)
    suite.equal([("ok",)], base.rows("PRAGMA integrity_check"), "integrity of the database of %s" % logs)
    suite.equal(sorted(name[:-4] for name in os.listdir(folder)), sorted(set(base.tables()) - {"columns"}),
                "tables of %s" % logs, harness.shell(argv))
    for table in set(base.tables()) - {"columns"}:
        with open(os.path.join(folder, table + ".csv"), encoding="utf-8", newline="") as file:
            header, *rows = read_csv(file.read())
        types = [kinds[table].get(name, "integer") for name in header]
        if "--time=epoch" in words:
            types = ["integer" if kind == "time" else kind for kind in types]
        wanted = [tuple(map(value_of, row, types)) for row in rows]
        got = base.rows('SELECT * FROM "%s" ORDER BY rowid' % table)
        what = "%s of %s %s" % (table, [os.path.basename(log) for log in logs], words)
        suite.equal(header, base.names(table), "columns of " + what)
        if not suite.check(wanted == got, "rows of " + what, len(wanted), len(got), harness.shell(argv)):
            pairs = next(((a, b) for a, b in zip(wanted, got) if a != b), (None, None))
            suite.check(False, "a row of " + what, *pairs)
        for name, kind in zip(header, types):
            stored = {one for one, in base.rows('SELECT DISTINCT typeof("%s") FROM "%s"' % (name, table))}
            suite.check(stored <= {STORED[kind], "null"}, "type of %s.%s" % (table, name), kind, stored)


def awkward_log(table):
    """A log with texts that are not UTF-8, numbers that are none, and the largest integers."""
    names = [b'quo"te', b"com,ma", b"line\nfeed", b"", b" ", b"\xff\xfe", b"ok\xc3\xa9", b"\x01\x7f", b"\xed\xa0\x80",
             b"\xf0\x9f\x9a\x80", b"\xc3", b"'", b"abcdefgh\xc3\xa9", b"abcdefgh\x80"]
    tasks = [{"gen": {"pid": i, "name": name, "cmdline": name * 3}} for i, name in enumerate(names)]
    loads = [0.1, 1e-40, 3.4e38, 16777217.0, -2.5, float("inf"), float("nan"), 0.0]
    return facts.build(table, "little", [{"sstat": {"cpu": {"lavg1": load, "lavg5": -load, "csw": (1 << 63) - 1 - i}},
                                          "tstat": tasks} for i, load in enumerate(loads)])


def check_values(suite, kinds, logs, awkward):
    compare(suite, kinds, [], logs)
    every = harness.read(logs[0])
    hurt = suite.path("hurt.raw", every[:5000] + b"damage" + every[5006:])
    compare(suite, kinds, [], [hurt, awkward])
    base = Base(suite.path("case.db"))
    suite.check(base.rows("SELECT * FROM damage"), "rows of damage", "some", "none")
    suite.check(base.rows("SELECT 1 FROM tstat WHERE gen_name_bytes = 'fffe' AND gen_name = char(65533, 65533)"),
                "a name that is not UTF-8", "replaced, with its bytes", "not so")
    for words in (["--time=epoch"], ["--where=gen_pid > 5"], ["--limit=3"], ["--active"], ["--processes"],
                  ["--fields=time,host,pid=gen_pid,gen_name*"], ["--top=2", "--by=gen_pid"], ["--tables=tstat,damage"],
                  ["--skip-since-boot"], ["--top=2", "--by=gen_pid", "--limit=3", "--fields=gen_name,time,host,file"]):
        compare(suite, kinds, words, [hurt, awkward, logs[-1]])


# --- the database -------------------------------------------------------------------------------------------

def check_definitions(suite, kinds, lock, log):
    """All tables and indexes, whether they have rows or not; the table of columns is the lock."""
    base = Base(dump(suite, ["--begin=@0", "--end=@1"], [log]))
    suite.equal(list(kinds) + ["columns"], base.tables(), "tables of a log of which nothing is asked for")
    suite.equal(0, sum(base.rows('SELECT count(*) FROM "%s"' % name)[0][0] for name in kinds if name != "rawheader"), "its rows")
    suite.equal(lock, base.rows("SELECT number, table_name, column_name, type, unit, delta FROM columns WHERE number NOT NULL "
                               "ORDER BY number"), "the table of columns")
    indexes = set(base.rows("SELECT m.tbl_name, i.name FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.type = 'index'"))
    wanted = {(table, name) for table in kinds for name in ("host", "time")} | {("tstat", "gen_pid"), ("cstat_pids", "pid")} | \
        {("rawheader", "file"), ("rawheader", "release")} | {(table, name) for table in ("rawrecord", "sstat") for name in ("file", "sample")}
    suite.equal(wanted, indexes, "indexes: table and column")
    for table, column in (("tstat", "gen_pid"), ("tstat", "time"), ("sstat", "host")):
        plan = base.rows('EXPLAIN QUERY PLAN SELECT * FROM "%s" WHERE "%s" = 1' % (table, column))
        suite.check("INDEX" in plan[0][-1], "how %s is looked up by %s" % (table, column), "by an index", plan)
    suite.equal([("delete",)], base.rows("PRAGMA journal_mode"), "the journal that readers find")


def check_bytes(suite, logs):
    """Two runs give the same bytes, whatever the memory held before and whatever else the environment says."""
    first = harness.read(dump(suite, [], logs))
    for more in ({"MALLOC_PERTURB_": "165"}, {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8"}, {"SQLITE_TMPDIR": "/nowhere"}):
        again = harness.read(dump(suite, ["-j8"], logs, env=dict(os.environ, **more)))
        suite.check(first == again, "the same bytes with %s" % more, len(first), len(again))
    again = harness.read(dump(suite, ["--no-sandbox"], logs))
    suite.check(first == again, "the same bytes without the sandbox", len(first), len(again))


def least_memory(argv):
    """The mebibytes that a command needs."""
    return next(mebibytes for mebibytes in range(16, 1000, 2) if harness.run(argv, memory=mebibytes << 20).status == OK)


def check_sort(suite, log):
    """Indexes of more rows than memory has room for: SQLite sorts them in the file, and nothing of that is left."""
    path = suite.path("case.db")
    argv = [suite.program()] + SQLITE + ["-j1", "--force", "--tables=tstat", "--fields=host,time,gen_pid", "--output=" + path, log]
    memory = None if harness.is_sanitized(suite.program()) else (least_memory(argv) << 20) + MEMORY
    harness.run(argv)
    rows = Base(path).rows("SELECT count(*) FROM tstat")[0][0]
    count = ROWS // rows * rows
    result = harness.run(argv + (ROWS // rows - 1) * [log], memory=memory)
    if not suite.check(result.status == OK, "%d rows in little memory" % ROWS, OK, result, harness.shell(argv)):
        return
    base = Base(path)
    suite.equal([("ok",)], base.rows("PRAGMA integrity_check"), "integrity of %d rows" % ROWS)
    for index, column in (("host", "host"), ("time", "time"), ("pid", "gen_pid")):
        suite.equal([(count,)], base.rows("SELECT count(*) FROM tstat INDEXED BY tstat_by_%s WHERE %s IS NOT NULL" % (index, column)),
                    "rows in the index by " + index)
    size = base.rows("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0][0]
    suite.equal(size, os.path.getsize(path), "bytes, of which none are behind the database")


# --- what is refused, and what fails ------------------------------------------------------------------------

def check_refused(suite, log):
    """Only a regular file can be written. Nothing is written otherwise."""
    os.mkfifo(suite.path("fifo"))
    old = suite.path("old.db", b"old")
    for words, said in ((["--output=" + suite.folder], b"is a folder"), (["--output=" + suite.path("new") + "/"], b"is a folder"),
                        ([], b"--output=FILE"), (["--output=" + suite.path("fifo")], b"no regular file"),
                        (["--output=/dev/null"], b"no regular file"), (["--output=" + old], b"exists already"),
                        (["--output=" + suite.path("none/new.db")], b"No such file")):
        before = sorted(os.listdir(suite.folder))
        argv = [suite.program()] + SQLITE + words + [log]
        result = harness.run(argv)
        suite.check(result.status == TROUBLE and result.out == b"" and said in result.err and harness.read(old) == b"old" and
                    before == sorted(os.listdir(suite.folder)), "%s is refused" % words, said, result, harness.shell(argv))
    harness.run([suite.program()] + SQLITE + ["--force", "--output=" + old, log])
    suite.check(Base(old).rows("SELECT * FROM tstat"), "--force replaces a file", "rows", "none")


def check_failures(suite, log):
    """A limit of the file's size anywhere in it, memory that ends: a message, and nothing is left."""
    size = os.path.getsize(dump(suite, [], [log]))
    folder = suite.path("limited")
    os.mkdir(folder)
    argv = [suite.program()] + SQLITE + ["--output=" + os.path.join(folder, "new.db"), log]
    for most in [0, 1, 5000] + [size * i // 8 for i in range(1, 8)] + [size - 1]:
        result = harness.run(argv, preexec_fn=lambda most=most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
        suite.check(result.status == TROUBLE and b"File too large" in result.err and not os.listdir(folder),
                    "a file of at most %d bytes" % most, "exit 1, nothing left", (result, os.listdir(folder)), harness.shell(argv))
    if not harness.is_sanitized(suite.program()):
        failed = 0
        for mebibytes in range(4, 80, 2):
            result = harness.run(argv, memory=mebibytes << 20)
            left = os.listdir(folder)
            whole = result.status == OK and left == ["new.db"]
            failed += b"Cannot allocate memory" in result.err
            suite.check(whole or result.status != OK and not left, "%d MiB of memory" % mebibytes, "all or nothing", (result, left))
            for name in left:
                os.unlink(os.path.join(folder, name))
        suite.check(failed, "memory that ends", "a message", "none")


def check_signals(suite, log):
    """A run that a signal ends in its middle leaves nothing. It waits in a pipe then, its database begun."""
    folder = suite.path("killed")
    os.mkdir(folder)
    argv = [suite.program()] + SQLITE + ["--output=" + os.path.join(folder, "new.db"), "-"]
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # What starts the tests may ignore the signals: a shell's & does, and nohup.
        with subprocess.Popen(argv, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                              preexec_fn=lambda number=number: signal.signal(number, signal.SIG_DFL)) as process:
            data = harness.read(log)
            process.stdin.write(data[:len(data) // 2])
            process.stdin.flush()
            until = time.monotonic() + PATIENCE
            while not os.listdir(folder) and time.monotonic() < until:
                time.sleep(0.01)
            begun = os.listdir(folder)
            process.send_signal(number)
            process.communicate()
        suite.check(begun and process.returncode == -number and not os.listdir(folder), "signal %d" % number,
                    "a temporary file, then none", (begun, process.returncode, os.listdir(folder)))


def is_missed(suite):
    """Whether the build did not find SQLite though its development files are here."""
    if b"\nSQLITE := yes\n" in harness.read(os.path.join(suite.build, "probed.mk")):
        return False
    return subprocess.run(["pkg-config", "--exists", "sqlite3"], check=False).returncode == 0 if shutil.which("pkg-config") else False


def check_lacking(suite, log):
    """A build without SQLite says how to get it."""
    result = harness.run([suite.program()] + SQLITE + ["--output=" + suite.path("none.db"), log])
    suite.check(result.status == TROUBLE and b"built without SQLite" in result.err and b"libsqlite3-dev" in result.err,
                "--format=sqlite in a build without it", "how to get it", result)
    suite.check(b"sqlite" not in harness.run([suite.program(), "dump", "--help"]).out, "its help", "no sqlite", "sqlite")


def main():
    suite = harness.Suite(__doc__, files=True)
    kinds, lock = load_lock()
    logs = suite.examples()
    version = harness.run([suite.program(), "--version"]).out.decode()
    if not re.search(r", SQLite \d+\.\d+", version):
        suite.check(not is_missed(suite), "SQLite is in the build where its development files are", "SQLite in --version", version)
        print("not tested: --format=sqlite (this build has none)")
        check_lacking(suite, logs[0])
        suite.finish()
    newest = [table for table in facts.load_tables() if table.model == "lp64"][-1]
    awkward = suite.path("awkward.raw", awkward_log(newest))
    check_values(suite, kinds, logs, awkward)
    check_definitions(suite, kinds, lock, logs[0])
    check_bytes(suite, logs + [awkward])
    check_sort(suite, [log for log in logs if log.endswith("atop-2.8.1.raw")][0])
    check_refused(suite, logs[0])
    check_failures(suite, logs[0])
    check_signals(suite, logs[0])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
