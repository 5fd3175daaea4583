"""Proves that `atopdump timeline --format=sqlite` writes the rows of CSV, and each sighting of each process, as one sound
database. Python's sqlite3 reads it. Sightings are compared with the tasks of the JSON lines of the same logs.
"""

import itertools
import json
import os
import shutil
import sqlite3

from lib import facts, harness, libraries, processlogs
from lib.csvcells import read_csv, value_of
from lib.harness import DAMAGED, OK, TROUBLE
from lib.processlogs import BOOT, ended, sample, task

STORED = {"integer": "integer", "number": "real", "boolean": "integer", "text": "text", "time": "text"}
HOSTILE = [b"a\nb|c", b'x","y', b"'; DROP x; --", b"caf\xe9", b"=1+1", b"\xe2\x80\xaeabc"]


class Base:
    """A database that was written."""

    def __init__(self, path):
        self.link = sqlite3.connect("file:%s?mode=ro" % path, uri=True)

    def rows(self, text):
        return self.link.execute(text).fetchall()

    def names(self, table):
        return [row[1] for row in self.rows('PRAGMA table_info("%s")' % table)]


def write(suite, logs, words=(), status=OK, name="case.db"):
    """The database of a run. None: it failed."""
    path = suite.path(name)
    if os.path.exists(path):
        os.unlink(path)
    argv = [suite.program(), "timeline", "--format=sqlite", "--output=" + path, *words, *logs]
    result = harness.run(argv)
    good = result.status == status and result.out == b"" and os.path.exists(path)
    return Base(path) if suite.check(good, "a database of %s" % (words,), status, result, harness.shell(argv)) else None


# --- processes -------------------------------------------------------------------------------------------------------

def check_processes(suite, logs, words=(), status=OK):
    """The table process has the rows of CSV, in their order, behind an id."""
    what = "%s %s" % ([os.path.basename(log) for log in logs], words)
    base = write(suite, logs, words, status)
    if base is None:
        return None
    head, *wanted = read_csv(harness.run([suite.program(), "timeline", "--format=csv", *words, *logs]).out.decode("utf-8"))
    suite.equal([("ok",)], base.rows("PRAGMA integrity_check"), "integrity of " + what)
    suite.equal(["process", "sighting", "columns"],
                [name for name, in base.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")], "tables of " + what)
    suite.equal(["id"] + head, base.names("process"), "columns of " + what)
    kinds = dict(base.rows("SELECT column_name, type FROM columns WHERE table_name = 'process'"))
    if "--time=epoch" in words:
        kinds = {name: "integer" if kind == "time" else kind for name, kind in kinds.items()}
    got = base.rows("SELECT * FROM process ORDER BY rowid")
    wanted = [tuple(value_of(cell, kinds[name]) for name, cell in zip(head, row)) for row in wanted]
    if not suite.check(wanted == [row[1:] for row in got], "rows of " + what, len(wanted), len(got)):
        suite.check(False, "a row of " + what, *next(((a, b[1:]) for a, b in zip(wanted, got) if a != b[1:]), (None, None)))
    suite.equal(len(got), len({row[0] for row in got}), "ids of " + what)
    for name in ["id"] + head:
        types = {kind for kind, in base.rows('SELECT DISTINCT typeof("%s") FROM process' % name)} - {"null"}
        suite.check(types <= {STORED[kinds[name]]}, "type of %s of %s" % (name, what), kinds[name], types)
    return base


def check_columns(suite, base):
    """The table of columns has each column of the others, with what it means."""
    for table in ("process", "sighting"):
        suite.equal(base.names(table), [name for name, in base.rows(
            "SELECT column_name FROM columns WHERE table_name = '%s' ORDER BY rowid" % table)], "columns of " + table)
    suite.equal([(0,)], base.rows("SELECT count(*) FROM columns WHERE doc IS NULL OR number IS NOT NULL"), "columns without a meaning")
    suite.equal([("s", 1), ("s", 1)], base.rows("SELECT unit, delta FROM columns WHERE table_name = 'sighting' AND type = 'number'"),
                "differences")
    suite.equal({"process_by_id", "process_by_pid", "sighting_by_process", "sighting_by_pid", "sighting_by_time"},
                {name for name, in base.rows("SELECT name FROM sqlite_master WHERE type = 'index'")}, "indexes")


# --- sightings -------------------------------------------------------------------------------------------------------

def tasks_of(suite, log):
    """What sightings say of each process in the JSON lines of a log, in any order."""
    lines = map(json.loads, harness.run([suite.program(), "--tables=rawheader,rawrecord,tstat", "--quiet", log]).out.splitlines())
    hertz, found = 0, []
    for line in lines:
        if "rawheader" in line:
            hertz = line["rawheader"]["hertz"]
        gen = line.get("tstat", {}).get("gen")
        if gen is None or line.get("unverified") or not gen.get("isproc", True):
            continue
        values = line["tstat"]
        found.append((line["sample"], line["time"], int(line.get("since_boot", False)), gen["pid"], gen["ppid"], gen["state"],
                      values["cpu"]["utime"] / hertz, values["cpu"]["stime"] / hertz, None if values["mem"]["rmem"] is None else values["mem"]["rmem"] * 1024))
    return sorted(found, key=repr)


def check_sightings(suite, logs, status=OK):
    for log in logs:
        base = write(suite, [log], status=status)
        got = base.rows("SELECT sample, time, since_boot, pid, ppid, state, user_time, system_time, rss FROM sighting "
                        "WHERE file = '%s'" % log)
        wanted, got = tasks_of(suite, log), sorted(got, key=repr)
        suite.equal([], sorted(set(wanted) ^ set(got), key=repr), "sightings of %s" % os.path.basename(log))
        suite.equal(len(wanted), len(got), "number of sightings of %s" % os.path.basename(log))
        check_joins(suite, base)


def check_joins(suite, base):
    """Sightings are of a process that is there, and as many as it says."""
    suite.equal([], base.rows("SELECT * FROM sighting LEFT JOIN process ON id = process WHERE id IS NULL LIMIT 1"), "sightings of nothing")
    suite.equal([], base.rows(
        "SELECT id, samples, count(DISTINCT time || interval), first_seen, min(time), last_seen, max(time) FROM process "
        "JOIN sighting ON id = process GROUP BY id HAVING samples <> count(DISTINCT time || interval) OR first_seen <> min(time) "
        "OR last_seen <> max(time) LIMIT 1"), "samples of a process and its sightings")
    suite.equal([], base.rows("SELECT 1 FROM process JOIN sighting s ON id = s.process WHERE process.pid <> s.pid OR process.host <> s.host"),
                "sightings of others")


# --- order, choice, failure -------------------------------------------------------------------------------------------

def check_order(suite, make):
    """Files in any order, one of them twice, give the same processes, and the same bytes each time."""
    logs = [suite.path("order%d.raw" % i, make.log(*samples)) for i, samples in enumerate((
        [sample(0, task(7, -50), task(8, -40), boot=BOOT), sample(10, task(7, -50), task(9, 5))],
        [sample(20, task(7, -50, "Z"), ended(7, -49), task(9, 5), boot=BOOT + 1), sample(30, task(9, 5))],
        [sample(40, task(7, 35), task(9, 5), boot=BOOT)]))]
    seen = set()
    for order in itertools.permutations(logs):
        base = check_processes(suite, list(order))
        seen.add(json.dumps([row[1:] for row in base.rows("SELECT * FROM process ORDER BY rowid")]))
    suite.equal(1, len(seen), "processes of files in any order")
    base = write(suite, [*logs, logs[1]])
    suite.equal([(3, "Z"), (3, "E")], base.rows(
        "SELECT process, state FROM sighting WHERE process = (SELECT id FROM process WHERE pid = 7 AND ended IS NOT NULL) "
        "AND state <> 'S'") and [(3, state) for state, in base.rows("SELECT state FROM sighting WHERE state <> 'S' ORDER BY state DESC")],
        "a zombie and its exit record")
    suite.equal([(10,)], base.rows("SELECT count(*) FROM sighting"), "a sample in two files counts once")
    first = harness.read(suite.path("case.db"))
    write(suite, [*logs, logs[1]])
    suite.check(first == harness.read(suite.path("case.db")), "the same bytes again", "equal", "not")


def check_choice(suite, make):
    """--where and --limit choose processes, and their sightings; of others no byte is left."""
    tasks = [task(100 + i, -50, name=b"name%04d" % i) for i in range(300)]
    log = suite.path("choice.raw", make.log(sample(0, *tasks, boot=BOOT), *[sample(10 * i, *tasks) for i in range(1, 12)]))
    for words, count in ((["--where=pid % 10 == 0"], 30), (["--limit=7"], 7), (["--where=pid > 200", "--limit=3"], 3), (["--where=pid < 0"], 0)):
        base = check_processes(suite, [log], words)
        suite.equal([(count, 12 * count)], base.rows("SELECT (SELECT count(*) FROM process), (SELECT count(*) FROM sighting)"), "rows of %s" % words)
        suite.equal([], base.rows("SELECT 1 FROM sighting WHERE process NOT IN (SELECT id FROM process)"), "sightings of others")
    suite.check(b"web01" not in harness.read(suite.path("case.db")), "bytes of processes that are left out", "none", "some")


def check_failures(suite, log):
    for words, message in ((["--output=" + suite.path("bad/x.db")], b"No such file"), ([], b"name it with --output=FILE"),
                           (["--output=" + suite.path("fields.db"), "--fields=pid"], b"--fields does not go with --format=sqlite"),
                           (["--output=/dev/null"], b"no regular file")):
        result = harness.run([suite.program(), "timeline", "--format=sqlite", *words, log])
        suite.check(result.status == TROUBLE and message in result.err, "refused: %s" % words, message, result)
    path = suite.path("there.db", b"evidence")
    result = harness.run([suite.program(), "timeline", "--format=sqlite", "--output=" + path, log])
    suite.equal((TROUBLE, b"evidence"), (result.status, harness.read(path)), "a file that exists")
    if os.path.exists("/dev/full"):
        path = suite.path("small.db")
        argv = ["sh", "-c", 'ulimit -f 16; trap "" XFSZ; exec "$@"', "sh", suite.program(), "timeline", "-f", "sqlite", "-o", path, log]
        result = harness.run(argv)
        suite.check(result.status == TROUBLE and b"too large" in result.err and not os.path.exists(path), "a full disk", "no file", result)


def main():
    suite = harness.Suite(__doc__, files=True)
    if not libraries.has_or_says(suite.program(), "SQLite", "timelines in databases"):
        suite.equal(1, harness.run([suite.program(), "timeline", "--format=sqlite", suite.examples()[0]]).status, "a database is refused")
        suite.finish()
    tables = facts.load_tables()
    make = processlogs.Maker(suite, next(one for one in tables if one.release == "2.8" and one.model == "lp64"))
    check_order(suite, make)
    check_choice(suite, make)
    hostile = suite.path("hostile.raw", make.log(sample(0, *[task(10 + i, -50 + i, name=name, cmdline=name * 3)
                                                             for i, name in enumerate(HOSTILE)], boot=BOOT), host=b"h'o\"st\n"))
    check_processes(suite, [hostile])
    logs = suite.examples()
    base = check_processes(suite, logs, status=DAMAGED if any("damaged" in log for log in logs) else OK)
    check_columns(suite, base)
    check_joins(suite, base)
    check_sightings(suite, logs)
    check_processes(suite, logs[:2], ["--time=epoch", "--host-by=name"])
    cut = suite.path("cut.raw", harness.read(logs[-1])[:-1000])
    check_processes(suite, [cut], status=DAMAGED)
    check_sightings(suite, [cut], DAMAGED)
    check_failures(suite, logs[-1])
    if shutil.which("sqlite3"):
        write(suite, logs[:1])
        result = harness.run(["sqlite3", suite.path("case.db"), "PRAGMA integrity_check; SELECT count(*) > 0 FROM process JOIN sighting ON id = process;"])
        suite.equal(b"ok\n1\n", result.out, "the command sqlite3")
    suite.finish()


if __name__ == "__main__":
    main()
