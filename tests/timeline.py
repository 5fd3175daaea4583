"""Proves that `atopdump timeline` tells processes apart: logs are made whose processes are known, and the rows are stated by
hand. The order of the files never matters. On the example logs the number of processes is counted again.
"""

import collections
import csv
import datetime
import gzip
import io
import json
import os
import re
import shutil
import sys

from lib import facts, harness, processlogs
from lib.harness import DAMAGED, OK, REFUSED
from lib.processlogs import BOOT, T, ended, sample, task

NEAR = 1                # seconds between two starts of one process


class Maker(processlogs.Maker):
    """Makes logs, and compares their timeline with what is known of them."""

    def run(self, *words, **more):
        return harness.run([self.suite.program("atopdump-static"), "timeline", *words], **more)

    def check(self, what, logs, expected, words=(), status=OK):
        """`logs` are files in any order; `expected` lists the known cells of each row, times counted from T."""
        paths = tuple(self.suite.path("%s.%s.%d.raw" % (re.sub(r"\W+", "-", what), self.table.release, i), data) for i, data in enumerate(logs))
        for order in {paths, paths[::-1], paths[1:] + paths[:1]}:
            argv = ["--time=epoch", *words, *order]
            result = self.run(*argv)
            again = harness.shell([self.suite.program(), "timeline", *argv])
            self.suite.equal(status, result.status, "%s: status" % what, again)
            rows = [json.loads(line) for line in result.out.splitlines()]
            if self.suite.equal(len(expected), len(rows), "%s: processes" % what, again):
                for wanted, row in zip(expected, rows):
                    self.suite.equal(wanted, {key: near(key, row[key]) for key in wanted}, what, again)


def near(key, value):
    """Times count from T; of lists, the texts and when they were first seen."""
    if isinstance(value, list):
        return [(one.get("name", one.get("cmdline", one.get("euid"))), one["since"] - T if "since" in one else one["pid"])
                for one in value]
    if key in ("boot", "started", "first_seen", "last_seen", "ended", "gone_by") and value is not None:
        return value - T
    return value


# --- who is who ----------------------------------------------------------------------------------------------------

def check_identity(make):
    make.check("pid used again after an exit record", [make.log(
        sample(0, task(7, -50), boot=BOOT), sample(10, ended(7, -50)), sample(20, task(7, -49)), sample(30, task(7, -49)))],
        [{"pid": 7, "started": -50, "first_seen": 0, "last_seen": 10, "ended": -50, "samples": 2, "gone_by": None},
         {"pid": 7, "started": -49, "first_seen": 20, "last_seen": 30, "ended": None, "samples": 2, "gone_by": None}])
    make.check("pid used again in the sample of its exit record", [make.log(
        sample(0, task(7, 5), boot=BOOT), sample(10, task(7, 6), ended(7, 5)))],
        [{"started": 5, "samples": 2, "last_seen": 10, "exit_code": 0}, {"started": 6, "samples": 1, "exit_code": None}])
    make.check("read while it ended", [make.log(sample(0, boot=BOOT), sample(10, task(7, 5), ended(7, 5)))],
               [{"started": 5, "samples": 1, "exit_code": 0}])
    make.check("pid used again without an exit record", [make.log(
        sample(0, task(7, -50), task(1, -60), boot=BOOT), sample(10, task(7, 5), task(1, -60)), sample(20, task(1, -60)))],
        [{"pid": 1, "samples": 3, "gone_by": None, "ended": None},
         {"started": -50, "last_seen": 0, "ended": None, "gone_by": 10 if make.all else None},
         {"started": 5, "last_seen": 10, "gone_by": 20 if make.all else None}])
    for shift in (-1, 0, 1):
        make.check("a start that wobbles by %d" % shift, [make.log(
            sample(0, task(7, -50), boot=BOOT), sample(10, ended(7, -50 + shift, ran=5500)))],
            [{"started": -50, "samples": 2, "ended": 5 + shift, "exit_code": 0}])
        make.check("a start that wobbles by %d, exit record first" % shift, [
            make.log(sample(0, task(7, -50), boot=BOOT)), make.log(sample(40, ended(7, -50 + shift), boot=BOOT))],
            [{"started": -50, "samples": 2, "first_seen": 0, "last_seen": 40}])
    make.check("a start two seconds later", [make.log(sample(0, task(7, -50), boot=BOOT), sample(10, task(7, -48)))],
               [{"started": -50}, {"started": -48}])
    make.check("an exact match before a near one", [
        make.log(sample(0, task(7, -50), boot=BOOT)), make.log(sample(10, ended(7, -50), boot=BOOT), sample(20, task(7, -49)))],
        [{"started": -50, "samples": 2, "first_seen": 0}, {"started": -49, "samples": 1}])
    make.check("a zombie and its exit record", [make.log(
        sample(0, task(7, -50), boot=BOOT),
        sample(10, task(7, -50, "Z", cpu_utime=30, cpu_stime=4), ended(7, -49, cpu_utime=20, cpu_stime=1)))],
        [{"samples": 2, "user_time": 0.5, "system_time": 0.05, "exit_code": 0, "started": -50}])


def check_hosts(make):
    later = T + 1000
    make.check("a reboot in one file", [make.log(
        sample(0, task(7, -50), boot=BOOT), sample(10, task(7, -50)), sample(2000, task(7, 1500), boot=later), sample(2010, task(7, 1500)))],
        [{"boot": -5000, "started": -50, "gone_by": None, "samples": 2}, {"boot": 1000, "started": 1500, "samples": 2}])
    make.check("a reboot, boots joined", [make.log(
        sample(0, task(7, -50), boot=BOOT), sample(2000, task(7, 1500), boot=later))],
        [{"boot": None, "gone_by": 2000 if make.all else None}, {"boot": None}], words=["--host-by=name"])
    make.check("two runs in one boot", [make.log(
        sample(0, task(7, -50, cpu_utime=100), boot=BOOT), sample(10, task(7, -50, cpu_utime=50)),
        sample(100, task(7, -50, cpu_utime=300), boot=BOOT + 2), sample(110, task(7, -50, cpu_utime=7)))],
        [{"boot": -5000, "samples": 4, "user_time": 3.07}])
    make.check("runs of one boot in files", [
        make.log(sample(0, task(7, -50, cpu_utime=100), boot=BOOT), sample(10, task(7, -50, cpu_utime=50))),
        make.log(sample(100, task(7, -50, cpu_utime=300), boot=BOOT), sample(110, task(7, -50, cpu_utime=7))),
        make.log(sample(50, task(7, -50, cpu_utime=200), boot=BOOT), sample(60, task(7, -50, cpu_utime=1)))],
        [{"samples": 6, "user_time": 3.07}])
    make.check("boot times that are one", [make.log(sample(0, task(7, -50), boot=BOOT + 2)), make.log(sample(10, task(7, -50), boot=BOOT + 1)),
                                           make.log(sample(20, task(7, -50), boot=BOOT + 2))],
               [{"boot": -4999, "samples": 3}])
    for what, other in (("kernel", {"kernel": b"6.2.0"}), ("machine", {"machine": b"aarch64"}), ("name", {"host": b"web02"})):
        make.check("two hosts of another %s" % what, [
            make.log(sample(0, task(7, -50), boot=BOOT)), make.log(sample(0, task(7, -50), boot=BOOT), **other)],
            [{"pid": 7, "samples": 1}, {"pid": 7, "samples": 1}])
    make.check("two hosts of one name", [
        make.log(sample(0, task(7, -50), boot=BOOT)), make.log(sample(0, task(7, -50), boot=BOOT - 3))],
        [{"boot": -5003, "samples": 1}, {"boot": -5000, "samples": 1}])
    make.check("one folder", [
        make.log(sample(0, task(7, -50), boot=BOOT)), make.log(sample(10, task(7, -50), boot=BOOT - 3), kernel=b"6.2.0")],
        [{"samples": 2}], words=["--host-by=dir"])


def check_files(make):
    early = make.log(sample(0, task(7, -50), boot=BOOT), sample(10, task(7, -50, cpu_utime=1)))
    late = make.log(sample(20, task(7, -50, cpu_utime=90), boot=BOOT), sample(30, ended(7, -50, cpu_utime=2)))
    make.check("a process in two files, one twice", [early, late, early],
               [{"samples": 4, "user_time": 0.92, "first_seen": 0, "last_seen": 30, "first_sample": 0, "last_sample": 1}])
    make.check("one sample of a window", [early], [{"samples": 1, "first_seen": 10, "boot": -5000}],
               words=["--begin=@%d" % (T + 5)])


# --- the facts of a process --------------------------------------------------------------------------------------

def check_facts(make):
    make.check("exec, and names", [make.log(
        sample(0, task(7, -50, name=b"sh", cmdline=b"sh"), boot=BOOT), sample(10, task(7, -50, name=b"ls", cmdline=b"ls -l")),
        sample(20, task(7, -50, name=b"sh", cmdline=b"ls -l")))],
        [{"names": [("sh", 0), ("ls", 10)], "cmdlines": [("sh", 0), ("ls -l", 10)], "cmdline": "ls -l"}])
    make.check("a change of user", [make.log(
        sample(0, task(7, -50, uid=0), boot=BOOT), sample(10, task(7, -50, uid=33)))], [{"euid": 33, "ids": [(0, 0), (33, 10)]}])
    make.check("how they ended", [make.log(
        sample(0, boot=BOOT),
        sample(10, ended(2, 1, 3 << 8, seen=False), ended(3, 2, 9), ended(4, 3, 11 | 0x80), ended(5, 4, 0), task(6, 5)))],
        [{"exit_code": 3, "signal": None, "dumped": False, "cmdline": None, "cmdline_recorded": False, "cmdlines": []},
         {"exit_code": None, "signal": 9, "dumped": False, "cmdline": "prog -x", "cmdline_recorded": True},
         {"exit_code": None, "signal": 11, "dumped": True}, {"exit_code": 0, "signal": None, "dumped": False},
         {"exit_code": None, "signal": None, "dumped": None, "ended": None, "gone_by": None}])
    make.check("parents", [make.log(
        sample(0, task(1, -60, ppid=0, name=b"init"), task(7, -50, ppid=1, name=b"sh"), task(8, -40, ppid=7), task(9, -30, ppid=99), boot=BOOT),
        sample(10, task(1, -60, ppid=0, name=b"init"), task(8, -40, ppid=1), ended(7, -50, name=b"sh"), task(99, 5, ppid=1), task(10, 6, ppid=7)))],
        [{"pid": 1, "parent": None, "ancestors": []}, {"pid": 7, "parent": "init", "ancestors": [("init", 1)]},
         {"pid": 8, "ppid": 7, "parent": "sh", "ancestors": [("sh", 7), ("init", 1)]},
         {"pid": 9, "ppid": 99, "parent": None}, {"pid": 99, "parent": "init"}, {"pid": 10, "parent": "sh"}])
    make.check("a parent that ended before", [make.log(
        sample(0, task(7, -50), task(6, -50), boot=BOOT), sample(10, ended(7, -50), task(6, -50)), sample(20, task(8, 15, ppid=7), task(9, 16, ppid=6)))],
        [{"pid": 6, "gone_by": 20 if make.all else None}, {"pid": 7}, {"pid": 8, "ppid": 7, "parent": None, "ancestors": []},
         {"pid": 9, "parent": "prog"}])
    make.check("a parent that was not seen to end", [make.log(
        sample(0, task(7, -50), task(1, -60), boot=BOOT), sample(10, task(1, -60)), sample(20, task(1, -60), task(8, 15, ppid=7)))],
        [{"pid": 1}, {"pid": 7}, {"pid": 8, "parent": None if make.all else "prog"}])
    make.check("peaks and sums", [make.log(
        sample(0, task(7, -50, mem_rmem=4, mem_vmem=90, dsk_rsz=2, dsk_wsz=1, gen_nthr=3), boot=BOOT),
        sample(10, task(7, -50, mem_rmem=9, mem_vmem=70, dsk_rsz=3, dsk_wsz=0, gen_nthr=2)))],
        [{"rss_max": 9216, "vmem_max": 92160, "bytes_read": 2560, "bytes_written": 512, "threads_max": 3}])
    if make.table.structs[make.table.task_struct].has("gen.isproc"):
        make.check("threads", [make.log(
            sample(0, task(7, -50, gen_nthr=2), task(8, -50, gen_isproc=0, gen_tgid=7), boot=BOOT))], [{"pid": 7}])


def check_damage(make):
    samples = [make.fit(sample(10 * i, task(7, -50), *[task(8, -40)] * (i != 1), boot=BOOT if i == 0 else None)) for i in range(3)]
    parts = [[facts.header_part(make.table, "little")]]
    parts += [facts.sample_parts(make.table, "little", one, first=i == 0) for i, one in enumerate(samples)]
    block = parts[2][2]
    block.data = block.data[:-6] + bytes([block.data[-6] ^ 0x55]) + block.data[-5:]
    data = b"".join(part.data for group in parts for part in group)
    make.check("damage in the middle", [data], [{"pid": 7, "samples": 2, "gone_by": None}, {"pid": 8, "samples": 2, "gone_by": None}],
               status=DAMAGED)
    del samples[2]["tstat"][1]
    whole = [facts.sample_parts(make.table, "little", one, first=i == 0) for i, one in enumerate(samples)]
    data = b"".join(part.data for group in parts[:3] + whole[2:] for part in group)
    make.check("absence in damage", [data], [{"pid": 7}, {"pid": 8, "last_seen": 0, "gone_by": 20 if make.all else None}], status=DAMAGED)


# --- forms ----------------------------------------------------------------------------------------------------------

HOSTILE = [b"a\nb|c", b'x","y', b"0|1|2|3", b"{\"a\":1}\n", b"caf\xe9", b"t\tq\\", b"=1+1", b"\xe2\x80\xaeabc"]


def check_forms(make):
    suite = make.suite
    tasks = [task(10 + i, -50 + 2 * i, name=name, cmdline=name * 3) for i, name in enumerate(HOSTILE)]
    path = suite.path("hostile.raw", make.log(sample(0, *tasks, boot=BOOT), sample(10, ended(10, -50, ran=5500, name=HOSTILE[0], cmdline=HOSTILE[0] * 3), *tasks[1:]),
                                              host=b"h|o\nst"))
    count = len(HOSTILE)
    rows = [json.loads(line) for line in make.run(path).out.decode("utf-8").splitlines()]
    suite.equal([10 + i for i in range(count)], [row["pid"] for row in rows], "hostile names: JSON")
    suite.equal(["a\nb|c", "caf\ufffd", b"caf\xe9".hex()], [rows[0]["name"], rows[4]["name"], rows[4]["name_hex"]], "names")
    document = make.run("--format=csv", path).out.decode("utf-8")
    table = list(csv.DictReader(io.StringIO(document, newline="")))
    suite.equal([str(10 + i) for i in range(count)], [row["pid"] for row in table], "hostile names: CSV")
    for row, cells in zip(rows, table):
        for key, text in cells.items():
            wanted = row[key]
            if isinstance(wanted, list):
                suite.equal(wanted, json.loads(text), "CSV of " + key)
            elif not isinstance(wanted, float):
                suite.equal("" if wanted is None else str(wanted).lower() if isinstance(wanted, bool) else str(wanted), text, "CSV of " + key)
    fields = [line.split("|") for line in make.run("--format=bodyfile", path).out.decode("utf-8").split("\n")[:-1]]
    suite.equal([11] * count, [len(line) for line in fields], "fields of the body file")
    suite.equal([[T + 10, T + 5, T, T - 50], [T + 10, 0, T, T - 48]], [[int(x) for x in line[7:]] for line in fields[:2]], "its times")
    suite.equal(r"h\x7co\x0ast: a\x0ab\x7cc (pid 10): a\x0ab\x7cca\x0ab\x7cca\x0ab\x7cc", fields[0][1], "its name")
    wanted = sum(1 for line in fields for x in line[7:] if int(x) > 0)
    check_mactime(suite, make.run("--format=bodyfile", path).out, wanted)
    for form, moment in (("timesketch", "datetime"), ("ecs", "@timestamp")):
        events = [json.loads(line) for line in make.run("--format=" + form, path).out.decode("utf-8").split("\n")[:-1]]
        suite.equal(wanted, len(events), "events of " + form)
        suite.check(all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", one[moment]) and one["message"] for one in events),
                    form, "a time and a message each", events[:1])
        if form == "timesketch":
            kinds = collections.Counter(one["timestamp_desc"] for one in events)
            suite.equal({"Process started": count, "Process first seen": count, "Process last seen": count, "Process ended": 1},
                        dict(kinds), "kinds of events")
        else:
            suite.equal(count, len({one["process"]["entity_id"] for one in events}), "identities")


def check_mactime(suite, body, wanted):
    """mactime of The Sleuth Kit, where it is installed, prints as many events as the body file has."""
    if shutil.which("mactime") is None:
        return
    result = harness.run(["mactime", "-d", "-y", "-b", suite.path("body", body)])
    events = [row for row in csv.reader(result.out.decode("utf-8").splitlines()[1:]) if not row[0].startswith("0000")]
    suite.equal(wanted, sum(len(row[2].replace(".", "")) for row in events), "events of mactime")


def check_tree(make):
    suite = make.suite
    first = make.log(sample(0, task(1, -60, ppid=0, name=b"init"), task(7, -50, name=b"sh"), task(8, -40, ppid=7, name=b"gone"),
                            task(9, -30, ppid=7, name=b"a\n  b", cmdline=b""), boot=BOOT),
                     sample(10, task(1, -60, ppid=0, name=b"init"), task(7, -50, name=b"sh"), task(9, -30, ppid=7, name=b"a\n  b", cmdline=b""),
                            ended(8, -40, name=b"gone"), task(10, 5, ppid=99)),
                     sample(20, task(1, -60, ppid=0, name=b"init")))
    # two processes that are the parents of one another, as only a log that was made up has them
    circle = make.log(sample(0, task(5, -50, ppid=6, name=b"x"), task(6, -50, ppid=5, name=b"y"), boot=BOOT), host=b"web02")
    paths = [suite.path("tree1.raw", first), suite.path("tree2.raw", circle)]
    end = "--end=@%d" % (T + 15)
    suite.equal("web01 at 2023-11-14T22:13:30Z\ninit (1): prog -x\n  sh (7): prog -x\n    a\\x0a  b (9)\nprog (10): prog -x\n"
                "web02 at 2023-11-14T22:13:20Z\nx (5): prog -x\n  y (6): prog -x\n",
                make.run("--format=tree", end, *paths).out.decode("utf-8"), "a tree")
    suite.equal(b"web01 at 1700000020\ninit (1): prog -x\n", make.run("--format=tree", "--time=epoch", paths[0]).out, "a later tree")
    suite.equal(make.run("--format=tree", end, *paths).out, make.run("--tree=@%d" % (T + 15), *paths).out, "--tree=TIME")
    suite.equal(make.run("--format=tree", *paths).out, make.run("--tree", *paths).out, "--tree")
    suite.equal(b"web01 at 1700000010\nsh (7): prog -x\n",
                make.run("--format=tree", "--time=epoch", end, "--where", 'name == "sh"', paths[0]).out, "a tree of some processes")


def check_safe(make):
    """No cell of --csv-safe is a formula or has controls, wherever a spreadsheet cuts; lists keep the texts."""
    suite = make.suite
    path = suite.path("safe.raw", make.log(sample(0, *[task(10 + i, -50, name=name, cmdline=name + b";=1+1") for i, name in enumerate(HOSTILE)],
                                                  boot=BOOT)))
    document = make.run("-f", "csv", "--csv-safe", path).out.decode("utf-8")
    plain = list(csv.DictReader(io.StringIO(make.run("-f", "csv", path).out.decode("utf-8"), newline="")))
    rows = list(csv.DictReader(io.StringIO(document, newline="")))
    suite.equal(len(HOSTILE), len(rows), "rows of --csv-safe")
    for wanted, row in zip(plain, rows):
        for name in ("names", "cmdlines", "ids", "ancestors"):
            suite.equal(json.loads(wanted[name]), json.loads(row[name]), "--csv-safe: %s" % name)
    suite.equal(["'=1+1", r"a\x0ab|c", r"\xe2\x80\xaeabc"], [rows[i]["name"] for i in (6, 0, 7)], "names of --csv-safe")
    cells = [cell for row in rows for cell in row.values()]
    suite.check(not any(re.search("^[=+@-]|;[=+@-]|[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", cell) for cell in cells), "safe cells",
                "no formula, no control", [cell for cell in cells if re.search("^[=+@-]|;[=+@-]", cell)][:3])


def check_choice(make):
    suite = make.suite
    path = suite.path("choice.raw", make.log(sample(0, task(7, -50, name=b"a"), task(8, -40, name=b"b"), boot=BOOT)))
    suite.equal(b'{"pid":8,"who":"b"}\n', make.run("-F", "pid,who=name", "--where", 'name == "b"', path).out, "fields and condition")
    suite.equal(b"pid\r\n7\r\n8\r\n", make.run("-f", "csv", "-F", "pid", path).out, "fields of CSV")
    for words, message in ((["-F", "pidd"], b"did you mean 'pid'"), (["-f", "bodyfile", "-F", "pid"], b"--fields does not go with"),
                           (["--host-by=x"], b"boot, name or dir"), (["--where", "pid == \"x\""], b"--where")):
        result = make.run(*words, path)
        suite.check(result.status == 1 and message in result.err, "refused: %s" % words, message, result.err)
    suite.equal(make.run(path).out.split(b"\n")[0], make.run("--limit=1", path).out.rstrip(b"\n"), "--limit")
    suite.equal(b"pid\r\n8\r\n", make.run("-f", "csv", "-F", "pid", "--where", "pid > 7", "--limit=1", path).out, "--limit and --where")
    for words, message in ((["--limit=0"], b"--limit takes a number from 1"), (["-f", "tree", "--limit=1"], b"--limit does not go with --format=tree"),
                           (["--csv-safe"], b"--csv-safe does not go with --format=json; it goes with csv")):
        result = make.run(*words, path)
        suite.check(result.status == 1 and message in result.err, "refused: %s" % words, message, result.err)
    check_safe(make)
    output = suite.path("out.jsonl")
    suite.equal(OK, make.run("-o", output, path).status, "--output")
    suite.equal(make.run(path).out, harness.read(output), "--output and standard output")
    folder = suite.path("case")
    os.mkdir(folder)
    shutil.copy(path, folder)
    with open(os.path.join(folder, "note.txt"), "w", encoding="ascii") as file:
        file.write("no log\n")
    suite.equal(2, len(make.run(folder).out.splitlines()), "a folder")
    suite.equal(REFUSED, make.run(os.path.join(folder, "note.txt")).status, "no log")


# --- real logs -------------------------------------------------------------------------------------------------------

def count_processes(log):
    """The number of processes, counted without the program: pid and start, up to the exit record."""
    known = collections.defaultdict(list)       # pid: [start, time of the exit record]
    for one in log.samples(system=False):
        time = one.record["curtime"]
        tasks = [values["gen"] for values in one.tasks if values["gen"].get("isproc", 1)]
        for gen in sorted(tasks, key=lambda gen: state_of(gen) != "E"):
            fitting = [entry for entry in known[gen["pid"]] if abs(entry[0] - gen["btime"]) <= NEAR
                       and (entry[1] is None or entry[1] == time)]
            entry = min(fitting, key=lambda entry: abs(entry[0] - gen["btime"]), default=None)
            if entry is None:
                entry = [gen["btime"], None]
                known[gen["pid"]].append(entry)
            if state_of(gen) == "E":
                entry[1] = time
    return sum(len(entries) for entries in known.values())


def state_of(gen):
    state = gen["state"]
    return chr(state) if isinstance(state, int) else state.decode("latin-1")


# Of a PRG line: pid, tgid and start.
PRG = re.compile(rb"PRG \S+ \d+ \S+ \S+ \d+ (-?\d+) \(.*\) \S -?\d+ -?\d+ (-?\d+) -?\d+ -?\d+ (-?\d+) \(")


def check_recorded(suite, path, rows):
    """Every process that the recording atop listed has a row."""
    listing = os.path.join(harness.DATA, "labels", os.path.basename(path)[:-len(".raw")] + ".parseable.gz")
    if not os.path.exists(listing):
        return
    with gzip.open(listing) as file:
        lines = [PRG.match(line) for line in file if line.startswith(b"PRG ")]
    suite.check(lines and all(lines), "PRG lines of %s" % listing, "lines that have a form", lines[:1])
    starts = collections.defaultdict(list)
    for row in rows:
        starts[row["pid"]].append(datetime.datetime.fromisoformat(row["started"].replace("Z", "+00:00")).timestamp())
    missing = {line.groups() for line in lines if line[1] == line[2]
               and not any(abs(start - int(line[3])) <= NEAR for start in starts[int(line[1])])}
    suite.equal(set(), missing, "processes of %s that have no row" % os.path.basename(listing))
    suite.listings += 1


def check_real(suite, tables):
    suite.listings = 0
    logs = {path: facts.Log(harness.read(path), tables) for path in suite.examples()}
    for path, log in logs.items():
        result = harness.run([suite.program(), "timeline", "--host-by=name", path])
        rows = [json.loads(line) for line in result.out.splitlines()]
        suite.equal(count_processes(log), len(rows), "processes of %s" % os.path.basename(path))
        suite.equal(len(rows), len({(row["pid"], row["started"]) for row in rows}), "none twice in %s" % os.path.basename(path))
        check_recorded(suite, path, rows)
        seen = sum(row["samples"] for row in rows)
        wanted = sum(len({values["gen"]["pid"] for values in one.tasks if values["gen"].get("isproc", 1)})
                     for one in log.samples(system=False))
        suite.equal(wanted, seen, "sightings of %s" % os.path.basename(path))
    suite.check(suite.listings > 10, "listings", "more than 10", suite.listings)


def main():
    suite = harness.Suite(__doc__, files=True)
    tables = facts.load_tables()
    for release in ("1.26", "2.2", "2.3", "2.8", "2.13"):
        table = next(one for one in tables if one.release == release and one.model == "lp64")
        make = Maker(suite, table)
        check_identity(make)
        check_hosts(make)
        check_files(make)
        check_facts(make)
        check_damage(make)
    check_forms(make)
    check_tree(make)
    check_choice(make)
    check_real(suite, tables)
    suite.finish()


if __name__ == "__main__":
    main()
