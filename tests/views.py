"""Proves that views show what their files say, and what atop itself shows.

Each cell of each view, in each real log, is compared with an evaluator of its own over nested JSON (lib/views.py). Percentages are
compared with lines of atop's screens that were recorded (data/screens/), and with those that Debian's atop 2.8.1 prints where it
is installed. The record of the view processes is compared with a reader of the log that shares nothing with the project.
Options that choose rows and columns, and all formats, show the same cells.
"""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import sys

from lib import contract, facts, harness, madelogs, views

QUIET = ["-q", "--accept-damage"]
SCREENS = os.path.join(harness.DATA, "screens", "atop-2.8.1.txt")
RECORD = ("ts process cmdline tgid pid ppid ruid euid suid fsuid rgid egid sgid fsgid nthr isproc state excode elaps nthrslpi nthrslpu "
          "nthrrun ctid vpid wasinactive container filepath host").split()
MEMBERS = {"ts": "btime", "process": "name"}


def rows(program, log, *words):
    """The rows of views as {table: [row]}, numbers as they are written."""
    result = harness.run([program, *QUIET, "--format=rows", *words, log])
    out = {}
    for line in result.out.splitlines():
        row = json.loads(line)
        out.setdefault(row.pop("table"), []).append(row)
    return out


def same(expected, got):
    if isinstance(expected, float) and isinstance(got, (int, float)) and not isinstance(got, bool):
        return expected == float(got)
    return type(expected) is type(got) and expected == got


def check_cells(suite, program, known, log):
    """Every cell of every view."""
    shown = rows(program, log, "--view=" + ",".join(known))
    lines = [json.loads(line) for line in harness.run([program, *QUIET, log]).out.splitlines()]
    samples = views.samples_of(log, lines)
    name = os.path.basename(log)
    for view in known.values():
        expected = [row for sample in samples for row in views.compute(view, sample, contract.time_text)]
        got = shown.get(view.name, [])
        if not suite.equal(len(expected), len(got), "%s: rows of %s" % (name, view.name)):
            continue
        for i, (one, other) in enumerate(zip(expected, got)):
            wrong = {key: (value, other.get(key)) for key, value in one.items() if not same(value, other.get(key))}
            suite.check(list(one) == list(other) and not wrong, "%s: row %d of %s" % (name, i, view.name), "equal", wrong)


def check_made(suite, program, known):
    """Every cell of logs with the largest and the smallest values in every member, of each release."""
    for table in facts.load_tables():
        if str(table).endswith(" lp64"):
            data = facts.build(table, "little", madelogs.samples(table), madelogs.header(table, True))
            check_cells(suite, program, known, suite.path("made-%s.raw" % str(table).split()[0], data))


# --- atop's screens ------------------------------------------------------------------------------------------------


def screens(text):
    """{time: lines} of the samples of a run of atop -r, those since boot left out."""
    found = {}
    for part in text.split("ATOP - ")[1:]:
        day, time = re.search(r"(\d+/\d\d/\d\d) +(\d\d:\d\d:\d\d)", part).groups()
        if "Activity since Boot" not in part:
            found["%sT%sZ" % (day.replace("/", "-"), time)] = part
    return found


def number(line, word):
    """The figure behind a word of a line of labels, as printed; None if it is not shown."""
    match = re.search(r"\b%s +(-?[\d.]+)(?:%%| ms)? *[|\n]" % re.escape(word), line + "\n")
    return float(match.group(1)) if match else None


def check_figure(suite, what, ours, theirs, half):
    """A figure that is printed rounded to `half` on either side; half 0: it is cut to whole numbers."""
    if theirs is None:
        return
    good = int(ours) == theirs if half == 0 else abs(ours - theirs) <= half + 1e-9
    suite.check(good, what, theirs, ours)


def check_system(suite, name, screen, shown):
    words = {"sys": "sys_percent", "user": "user_percent", "irq": "irq_percent", "idle": "idle_percent", "wait": "wait_percent",
             "steal": "steal_percent", "guest": "guest_percent"}
    for row in shown["cpu"]:
        line = re.search(r"^CPU .*", screen.get(row["time"], ""), re.M)
        for word, column in words.items() if line else ():
            check_figure(suite, "%s: CPU %s at %s" % (name, word, row["time"]), row[column], number(line.group(0), word), 0.5)
    for row in shown["cpus"]:
        line = re.search(r"^cpu .*cpu%03d w.*" % row["processor"], screen.get(row["time"], ""), re.M)
        for word in ("sys", "user", "irq", "idle") if line else ():
            check_figure(suite, "%s: cpu %s at %s" % (name, word, row["time"]), row[words[word]], number(line.group(0), word), 0.5)
    for row in shown["disk"]:
        line = re.search(r"^DSK \| +%s \|.*" % re.escape(row["name"]), screen.get(row["time"], ""), re.M)
        if line:
            line = line.group(0)
            check_figure(suite, "%s: busy at %s" % (name, row["time"]), row["busy_percent"], number(line, "busy"), 0.5)
            check_figure(suite, "%s: reads at %s" % (name, row["time"]), row["reads"] * row["interval"], number(line, "read"), 0.5)
            if " ms " in line:
                check_figure(suite, "%s: avio at %s" % (name, row["time"]), row["io_time"] or 0, number(line, "avio"), 0.0051)
    for row in shown.get("psi", []):
        line = re.search(r"^PSI .*", screen.get(row["time"], ""), re.M)
        for word, column in (("cpusome", "cpu_some_percent"), ("memsome", "memory_some_percent"), ("memfull", "memory_full_percent"),
                             ("iosome", "io_some_percent"), ("iofull", "io_full_percent")) if line else ():
            check_figure(suite, "%s: %s at %s" % (name, word, row["time"]), row[column], number(line.group(0), word), 0)


def check_processes(suite, name, screen, shown):
    """The CPU column of each process on the screen. Exited ones are <name>; their PID can be '?'."""
    percent = {(row["time"], row["pid"]): row["cpu_percent"] for row in shown["top"] if row["state"] != "E"}
    for time, text in screen.items():
        for pid, theirs, command in re.findall(r"^ +(\d+) .* (\d+)% (\S+)", text, re.M):
            ours = percent.get((time, int(pid)))
            if ours is not None and not command.startswith("<"):
                check_figure(suite, "%s: CPU of %s at %s" % (name, pid, time), ours, float(theirs), 0.5)


def check_screens(suite, program, log, text):
    name = os.path.basename(log)
    shown = rows(program, log, "--view=cpu,cpus,disk,psi,top", "--skip-since-boot")
    before = suite.passed + suite.failed
    check_system(suite, name, screens(text), shown)
    figures = suite.passed + suite.failed - before
    check_processes(suite, name, screens(text), shown)
    suite.check(figures >= 20 and suite.passed + suite.failed - before - figures >= 20, "%s: figures on screens" % name, "over 20 and 20",
                figures)


def check_live(suite, program):
    """The same with Debian's atop where it is installed."""
    atop = shutil.which("atop")
    if atop is None or b"Version: 2.8.1" not in harness.run([atop, "-V"]).out:
        return
    for log in suite.examples():
        if re.search(r"atop-2\.8\.\d\.raw", log):
            text = harness.run([atop, "-r", log], env=dict(os.environ, TZ="UTC", TERM="dumb", COLUMNS="80"))
            check_screens(suite, program, log, text.out.decode("utf-8", "replace"))


# --- the record of processes ---------------------------------------------------------------------------------------


def check_record(suite, program):
    """Values and order, as a reader of the file finds them; what means nothing is null."""
    log = os.path.join(harness.EXAMPLES, "atop-2.7.1.raw")
    shown = harness.run([program, *QUIET, "--format=csv", "--view=processes", log]).out.decode()
    table = list(csv.reader(io.StringIO(shown)))
    expected = []
    for line in contract.lines_of(facts.Log(harness.read(log), facts.load_tables()), tables=["tstat"]):
        gen = line["tstat"]["gen"]
        row = [gen.get(MEMBERS.get(name, name)) for name in RECORD]
        row[0] = contract.time_text(gen["btime"])
        row[-2:] = [log, line["host"]]
        expected.append(["" if value is None else str(value).lower() if isinstance(value, bool) else str(value) for value in row])
    suite.equal(RECORD, table[0], "columns of processes")
    suite.equal(len(expected), len(table) - 1, "rows of processes")
    for i, (one, other) in enumerate(zip(expected, table[1:])):
        suite.equal(one, other, "process %d" % i)


# --- options and formats --------------------------------------------------------------------------------------------


def check_options(suite, program):
    log = os.path.join(harness.EXAMPLES, "atop-2.12.1.raw")
    full = rows(program, log, "--view=top,cpu")
    suite.check(len(full["top"]) > 50 and len(full["cpu"]) > 3, "rows of views", "some", {name: len(some) for name, some in full.items()})

    some = rows(program, log, "--view=top", "--where=cpu_percent > 1.5 && name != \"x\"")["top"]
    suite.equal([row for row in full["top"] if row["cpu_percent"] is not None and row["cpu_percent"] > 1.5 and row["name"] != "x"], some, "--where")
    some = rows(program, log, "--view=top", "-F", "pid,percent=cpu_percent")["top"]
    suite.equal([{"pid": row["pid"], "percent": row["cpu_percent"]} for row in full["top"]], some, "--fields")
    times = sorted({row["time"] for row in full["cpu"]})
    some = rows(program, log, "--view=top,cpu", "--begin=" + times[1], "--end=" + times[1])
    suite.equal({name: [row for row in all_rows if row["time"] == times[1]] for name, all_rows in full.items()}, some, "--begin, --end")
    some = rows(program, log, "--view=top", "--top=2", "--by=rss")["top"]
    best = []
    for time in times:
        of_sample = [row for row in rows(program, log, "--view=top", "--begin=" + time, "--end=" + time)["top"] if row["rss"] is not None]
        best += sorted(of_sample, key=lambda row: -row["rss"])[:2]
    suite.equal([row["rss"] for row in best], [row["rss"] for row in some], "--top, --by")
    suite.equal(full["top"][:3], rows(program, log, "--view=top", "--limit=3")["top"], "--limit")
    suite.equal(full, rows(program, log, "--view=top,cpu", "-j", "4"), "threads")
    both = rows(program, log, "--view=cpu", "--tables=rawrecord")
    suite.equal({"cpu", "rawrecord"}, set(both), "a view and a table")
    for words, message in ((["--view=cgroup"], "there is no view 'cgroup'; did you mean 'cgroups'?"),
                           (["--view="], "--view has an empty name in ''"),
                           (["--view=top", "--format=atopdump"], "--view does not go with --format=atopdump; it goes with ")):
        result = harness.run([program, *words, log])
        suite.check(result.status == 1 and message.encode() in result.err, " ".join(words), message, result.err)


def cell_of(value):
    """A value as a cell of CSV, the number of a float as one."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value if isinstance(value, float) else str(value)


def check_csv(suite, program, log, view, expected):
    """The rows of a view as CSV, whole and with chosen columns, which are written in another way."""
    for words in ([], ["-F", ",".join(reversed(list(expected[0])))]):
        shown = harness.run([program, *QUIET, "--format=csv", "--view=" + view, *words, log]).out.decode()
        got = list(csv.DictReader(io.StringIO(shown)))
        what = " ".join(["%s: CSV of" % os.path.basename(log), view, *words[:1]])
        suite.equal(len(expected), len(got), what + ": rows")
        for i, (one, other) in enumerate(zip(expected, got)):
            wanted = {key: cell_of(value) for key, value in one.items()}
            other = {key: float(text) if text and isinstance(wanted.get(key), float) else text for key, text in other.items()}
            suite.equal(wanted, other, "%s: row %d" % (what, i))


def check_formats(suite, program):
    """JSON, CSV and SQLite have the cells of rows."""
    table = next(table for table in facts.load_tables() if str(table) == "2.13 lp64")
    made = suite.path("made.raw", facts.build(table, "little", madelogs.samples(table), madelogs.header(table, True)))
    for log in [os.path.join(harness.EXAMPLES, name) for name in ("atop-2.13.0.raw", "atop-2.8.1-s390x.raw")] + [made]:
        name = os.path.basename(log)
        words = ["--view=top,cpus,psi,processes,processes-seen,exits,timeline"]
        full = rows(program, log, *words)
        lines = [json.loads(line) for line in harness.run([program, *QUIET, *words, log]).out.splitlines()]
        shown = {}
        for line in lines:
            for table in full:
                if table in line:
                    suite.equal(line["host"], full[table][0]["host"], "host of a line")
                    got, whole = line[table], {}
                    for key in full[table][0]:
                        whole[key] = got.pop(key) if key in got else got.pop(re.sub("_bytes$", "_hex", key), None)
                    texts = [key + "_hex" for key in whole if key + "_bytes" not in whole]
                    suite.equal([], [key for key in got if key not in texts], "%s: other keys of %s" % (name, table))
                    shown.setdefault(table, []).append(whole)
        suite.equal(full, shown, name + ": nested JSON")
        for table, expected in full.items():
            check_csv(suite, program, log, table, expected)
        database = suite.path(name + ".db")
        built = harness.run([program, *QUIET, *words, "--format=sqlite", "-o", database, log])
        if b"--format=sqlite" in built.err:       # built without it
            continue
        connection = sqlite3.connect(database)
        for table, expected in full.items():
            cursor = connection.execute('SELECT * FROM "%s" ORDER BY rowid' % table)
            names = [column[0] for column in cursor.description]
            got = [dict(zip(names, row)) for row in cursor]
            plain = [{key: int(value) if isinstance(value, bool) else value for key, value in row.items()} for row in expected]
            suite.equal(plain, got, "%s: SQLite table %s" % (name, table))
        connection.close()


def check_list(suite, program, known):
    result = harness.run([program, "--list-views"])
    text = result.out.decode()
    suite.equal(0, result.status, "--list-views: status")
    for view in known.values():
        suite.check("%s: %s\n" % (view.name, view.doc) in text, "--list-views: " + view.name, view.doc, text)
        for column in view.columns:
            suite.check(re.search(r"\b%s\b" % column["name"], text), "--list-views: column " + column["name"], "listed", "not")


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program()
    known = views.load()
    suite.check(len(known) >= 15, "there are views", "15 and more", len(known))
    check_list(suite, program, known)
    check_record(suite, program)
    check_options(suite, program)
    check_formats(suite, program)
    with open(SCREENS, encoding="utf-8") as file:
        check_screens(suite, program, os.path.join(harness.EXAMPLES, "atop-2.8.1.raw"), file.read())
    check_live(suite, program)
    for log in suite.examples():
        check_cells(suite, program, known, log)
    check_made(suite, program, known)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
