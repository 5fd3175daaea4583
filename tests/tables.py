"""Proves that CSV, rows, SQLite and the nested JSON say the same: each cell of each table is derived from the JSON lines, by this
test's own rules, and compared; so is each value of the JSON with its cell.

The columns, their order and their types are derived from the fact tables of all releases. Logs: all real ones, alone and
all in one command, logs with names that need quoting, damaged logs, several logs in a file, records without a header.
"""

import os
import re
import sys

from lib import contract, facts, harness, tables
from lib.reading import Reading
from lib.harness import DAMAGED, OK, REFUSED

LOCK = os.path.join(harness.ROOT, "generated", "tables.lock")
NAME = re.compile(r"[a-z][a-z0-9_]*")
TURNS, SELDOM = 3, 8            # each log has every so many of the faults, with --long and without
THIRD = 3                       # each so many-th log is read alone, without --long
NAMES = [b'quo"te', b'"', b'""', b"com,ma", b"line\nfeed", b"cr\r", b"cr\r\nlf", b"", b" ", b" space ", b"\xff\xfe", b"ok\xc3\xa9",
         b"\x01\x7f", b"\xed\xa0\x80", b"\xf0\x9f\x9a\x80", b"\xc3", b"=1+1", b"'", b"null", b"\\N", b"NA", b"true", b"0", b"-1"]


# --- columns ------------------------------------------------------------------------------------------------------

def check_columns(suite, schema):
    """The columns are those of the facts; their names do for every engine; the lock has their numbers."""
    with open(LOCK, encoding="ascii") as file:
        lock = [line.rstrip("\n").split("\t") for line in file]
    locked = {}
    for _, table, name, kind, *_ in lock:
        locked.setdefault(table, []).append((name, kind))
    suite.equal(list(schema.tables), sorted(locked, key=list(schema.tables).index), "the tables in tables.lock")
    for table, columns in schema.tables.items():
        suite.equal(list(columns.items()), locked.get(table), "the columns of %s in tables.lock" % table)
        suite.equal([], [name for name in columns if not NAME.fullmatch(name) or len(name) > tables.LONGEST],
                    "names of %s that are no identifiers" % table)
        suite.equal(len(columns), len({name.lower() for name in columns}), "names of %s without regard to case" % table)
    suite.equal(len(lock), len({row[0] for row in lock}), "numbers in tables.lock")
    suite.check(len(lock) > 700, "columns", "over 700", len(lock))


# --- rows ---------------------------------------------------------------------------------------------------------

class Test:
    """What the cases share."""

    def __init__(self, suite):
        self.suite, self.program = suite, suite.program("atopdump-static")
        self.layouts = facts.load_tables()
        self.schema = tables.Schema(self.layouts)
        self.folders = 0
        self.has_database = b", SQLite " in harness.run([self.program, "--version"]).out
        if not self.has_database:
            print("not tested: --format=sqlite (this build has none)")

    def read(self, words, paths, status=OK, single="tstat", whole=False):
        """A reading whose checks have been made; `whole`: a log without damage."""
        indices = tables.live_indices(facts.Log(harness.read(paths[0]), self.layouts)) if whole else None
        reading = Reading(self.program, self.schema, words, paths, indices)
        self.suite.equal(status, reading.json.status, reading.what + ": exit status", reading.again())
        self.folders += 1
        for result in reading.checks(self.suite.path("csv%d" % self.folders)):
            self.suite.check(*result)
        if self.has_database:
            self.suite.check(*reading.check_database(self.suite.path("case.db")))
        for table in (single, "damage"):
            self.suite.check(*reading.check_table(table))
        return reading


def check_logs(test):
    """Each real log alone, or without --long each third: check_together compares the cells of all."""
    for path in test.suite.some(test.suite.examples(), THIRD):
        reading = test.read([], [path], whole=True)
        test.suite.check(len(reading.of("tstat")) > 10 and reading.of("sstat_cpu_cpu"), "%s: rows" % reading.what, "some", "none")


def awkward(layout):
    """A log of names that need quotes, are not UTF-8, or read like something else, and of numbers at the edges."""
    tasks = [{"gen": {"pid": i, "name": name[:15], "cmdline": name * 3, "state": state, "btime": time}, "cpu": {"nice": -i}}
             for i, name in enumerate(NAMES)
             for state, time in ((ord("S"), 0), (0, -1), (0xE9, contract.LAST_SECOND), (44, contract.LAST_SECOND + 1))]
    interfaces = [{"name": name, "type": ord("e")} for name in NAMES]
    groups = [({"gen": {"sequence": i, "parentseq": min(i, 1) - 1}}, name if i else b"", [i] * (i % 3))
              for i, name in enumerate(NAMES)]
    system = {"intf": {"nrintf": len(interfaces), "intf": interfaces}}
    return facts.build(layout, "little", [{"sstat": system, "tstat": tasks, "cstat": groups}] * 2,
                       {"utsname": {"nodename": b'a "host", or\nnone', "version": b"\xff"}})


def check_awkward(test):
    """Texts of all kinds, names of files among them."""
    newest = [layout for layout in test.layouts if layout.model == "lp64"][-1]
    reading = test.read([], [test.suite.path('awk"ward, .raw', awkward(newest))])
    names = {row["gen_name"] for row in reading.of("tstat")}
    test.suite.check({"", '"', "null", "0", "true"} <= names, "awkward names are read", "all", names)


def check_together(test):
    """All logs in one command: the header of one log, and the rows of all, for every -j."""
    suite, paths = test.suite, test.suite.examples()
    records = sum(harness.run([test.program, "--tables=rawrecord", path]).out.count(b'"rawrecord":') for path in paths)
    every = test.read([], paths, single="sstat_dsk_dsk")
    suite.equal((records, len(paths)), (len(every.of("rawrecord")), len(every.of("rawheader"))), "rows of all logs")
    suite.check(len({row["release"] for row in every.of("tstat")}) > 10, "releases in one table", "over 10", "fewer")
    for words in (["--format=rows"], ["--format=csv", "--tables=tstat"], ["--format=csv", "--tables=damage"]):
        outputs = {tuple(every.run(jobs, *words)) for jobs in ("-j1", "-j2", "-j5")}
        suite.equal(1, len(outputs), "%s: outputs of all logs by -j1, -j2 and -j5" % words, every.again(*words))
    folders = []
    for jobs in ("-j1", "-j2"):
        folder = suite.path("jobs" + jobs)
        every.run(jobs, "--format=csv", "--output=" + folder)
        folders.append({name: harness.read(os.path.join(folder, name)) for name in os.listdir(folder)})
    suite.check(folders[0] == folders[1], "a folder by -j1 and -j2", "the same", "not so", every.again("--format=csv"))


def damaged(data, log):
    """(what, log) for a whole log: what tables must say of faults."""
    samples = list(log.samples(tasks=False, system=False))
    middle = samples[len(samples) // 2]
    system, task = middle.blocks[:2]

    def changed(at, new):
        return data[:at] + new + data[at + len(new):]

    def flipped(at):
        return changed(at, bytes([data[at] ^ 0x55]))

    yield "cut in a sample", data[:task[0] + task[1] // 2]
    yield "a byte of a task block", flipped(task[0] + 2 * task[1] // 3)
    yield "the check of a task block", flipped(sum(task) - 1)
    yield "a system block of zeros", changed(system[0], bytes(system[1]))
    yield "a record of zeros", changed(middle.offset, bytes(log.table.size("rawrecord")))
    yield "a sample removed", data[:middle.offset] + data[middle.end:]
    yield "no header", changed(0, bytes(log.table.size("rawheader")))
    if len(middle.blocks) > 2:
        start, length = middle.blocks[-1]
        yield "the list of processes", changed(start, bytes(length))


def check_damaged(test):
    """Damage has its table; what is not certain is marked; what is lost has no rows."""
    suite, marked, lost = test.suite, 0, 0
    turns = TURNS if suite.options.long else SELDOM
    for number, path in enumerate(suite.examples()):
        data = harness.read(path)
        for what, broken in list(damaged(data, facts.Log(data, test.layouts)))[number % turns::turns]:
            name = suite.path("%d-%s.raw" % (number, what.replace(" ", "-")), broken)
            if what == "no header" and harness.run([test.program, name]).status == REFUSED:
                continue
            reading = test.read([], [name], OK if what == "a sample removed" else DAMAGED)
            marked += sum(row["unverified"] for row in reading.of("tstat"))
            lost += len(reading.of("damage"))
    suite.check(marked > 100 and lost > 15, "rows of tasks that are marked, and of damage", "over 100, over 15", (marked, lost))


def check_other(test):
    """Several logs in a file, times as seconds, records found without a header, standard input."""
    first, *_, last = (harness.read(path) for path in test.suite.examples())
    path = test.suite.path("two.raw", first + last + first)
    bare = test.suite.path("bare", last[facts.Log(last, test.layouts).table.size("rawheader"):])
    test.read([], [path])
    test.read(["--time=epoch"], [path])
    test.read(["carve"], [path])
    test.read(["carve"], [bare])
    for words in (["--format=rows"], ["--format=csv", "--tables=tstat"]):
        named, piped = (harness.run([test.program, *words, *more], **feed)
                        for more, feed in (([path], {}), (["-"], {"data": first + last + first})))
        test.suite.equal(named.out.replace(path.encode(), b"-"), piped.out, "%s of standard input" % words)


def main():
    suite = harness.Suite(__doc__, files=True)
    test = Test(suite)
    check_columns(suite, test.schema)
    for check in (check_logs, check_awkward, check_together, check_damaged, check_other):
        check(test)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
