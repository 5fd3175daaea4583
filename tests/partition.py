"""Proves that --partition writes a tree that depends on the logs alone: however many processes write to it, whatever is killed.

Over 100 logs, with --long over 200, are written by GNU parallel into one tree, undisturbed and killed in the middle. Names are compared with
hashlib's SHA-256 and the layout tables, contents with --output=DIR.
"""

import csv
import datetime
import gzip
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse

from lib import facts, harness
from lib.harness import DAMAGED, OK, REFUSED, TROUBLE

COPIES, MORE = 4, 9     # logs of each example; with --long
AT_ONCE = 5             # logs that a process is given
PATIENCE = 600          # seconds
TRIES = 20              # attempts to kill a run in its middle
HINT = b"\nTry 'atopdump --help'.\n"
NODENAME = 65           # bytes of the host's name in a header
ODD_HOSTS = (b".", b"..", b"...", b"a/../b", b"__unknown__", b"\xc3\xbc\xff \n%~", b"x" * 64, b"\xff" * 64)


# --- trees --------------------------------------------------------------------------------------------------

def tree(folder):
    """{path from the folder: bytes}, hidden and temporary files too; of an empty folder {path/: None}."""
    found = {}
    for at, folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            found[os.path.relpath(path, folder)] = harness.read(path)
        if not folders and not names and at != folder:
            found[os.path.relpath(at, folder) + "/"] = None
    return found


def count_files(folder):
    """How many names, at most, a folder has that others write to; and how many of them are temporary."""
    names = [name for _, _, names in os.walk(folder) for name in names]
    return len(names), sum(name.endswith(".tmp") for name in names)


def changes(before, after):
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def rows(data):
    """The cells of CSV; None is null, which has no quotes."""
    return list(csv.reader(io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")))


# --- logs ---------------------------------------------------------------------------------------------------

def with_host(data, tables, name):
    """A log with another host."""
    log = facts.Log(data, tables)
    host = facts.decode(log.table.structs["rawheader"], data, log.order)["utsname"]["nodename"]
    at = data.index(bytes(host).split(b"\0")[0] + b"\0", 0, log.table.size("rawheader"))
    return data[:at] + name.ljust(NODENAME, b"\0") + data[at + NODENAME:]


def escaped(host):
    if host in (b".", b"..", b"__unknown__"):
        return "%%%02X" % host[0] + host[1:].decode()
    text = urllib.parse.quote(host, safe="").replace("~", "%7E")
    while len("host=" + text) > 255:
        text = text[:-3]
    return text or "__unknown__"


def name_of(data, tables, host):
    """The name of a log's files in the folder of a table, without their ending."""
    record = next(facts.Log(data, tables).samples(tasks=False, system=False)).record
    day = datetime.datetime.fromtimestamp(record["curtime"], datetime.timezone.utc)
    return "date=%s/host=%s/%s" % (day.strftime("%Y-%m-%d"), escaped(host), hashlib.sha256(data).hexdigest()[:16])


class Case:
    """A log in a file, and what its files are called."""

    def __init__(self, suite, data, tables, host, name):
        self.data, self.host = with_host(data, tables, host), host
        self.path = suite.path(name, self.data)
        self.name = name_of(self.data, tables, host)


def copies(suite):
    return MORE if suite.options.long else COPIES


def make_cases(suite, tables):
    """Copies of the example logs, each with a host of its own, and some with strange ones."""
    cases = []
    for number, path in enumerate(suite.examples()):
        data = harness.read(path)
        cases += [Case(suite, data, tables, b"host-%d-%d" % (number, copy), "%03d-%d.raw" % (number, copy))
                  for copy in range(copies(suite))]
    data = harness.read(suite.examples()[-1])
    return cases + [Case(suite, data, tables, host, "odd-%d.raw" % i) for i, host in enumerate(ODD_HOSTS)]


def argv_of(suite, folder, *words):
    return [suite.program(), "--format=csv", "--partition=" + folder, *words]


# --- names and contents -------------------------------------------------------------------------------------

def expected_tables(suite, path, name, ending="csv"):
    """{table: rows} of a log in a folder of tables, the digest set; tables without rows left out."""
    folder = suite.path("tables")
    harness.run([suite.program(), "--format=csv", "--output=%s/" % folder, path])
    found = {}
    for file, data in tree(folder).items():
        lines = rows(data)
        at = lines[0].index("log")
        if len(lines) > 1:
            found["%s/%s.%s" % (file[:-len(".csv")], name, ending)] = lines[:1] + [
                line[:at] + [name.rpartition("/")[2]] + line[at + 1:] for line in lines[1:]]
    shutil.rmtree(folder)
    return found


def check_contents(suite, cases, whole):
    """Each file has the name, and the rows, that the log alone says."""
    got = {}
    for path, data in whole.items():
        got.setdefault(path.partition("/")[2], {})[path] = data
    suite.equal(sorted(case.name + ".csv" for case in cases), sorted(got), "names of %d logs" % len(cases))
    sets = {}
    for case in cases:
        example = os.path.basename(case.path).partition("-")[0]
        files = got.get(case.name + ".csv", {})
        names = {path.partition("/")[0] for path in files}
        if example not in sets or example == "odd":
            want = expected_tables(suite, case.path, case.name)
            sets[example] = {path.partition("/")[0] for path in want}
            suite.check({path: rows(data) for path, data in files.items()} == want, "rows of %s" % case.path,
                        sorted(want), sorted(files))
        suite.check(names == sets[example] and {"rawheader", "rawrecord", "sstat", "tstat"} <= names,
                    "tables of %s" % case.path, sorted(sets[example]), sorted(names))


def check_rows_format(suite, case):
    """--format=rows has the same names, and the digest in each line."""
    folder = suite.path("rows")
    result = harness.run([suite.program(), "--format=rows", "--partition=" + folder, case.path])
    found = tree(folder)
    suite.equal((OK, set(expected_tables(suite, case.path, case.name, "jsonl"))), (result.status, set(found)), "names of rows")
    digest = b'","log":"%s","host":' % case.name.rpartition("/")[2].encode()
    wrong = [path for path, data in found.items() if data.count(digest) != data.count(b"\n")]
    suite.equal([], wrong, "files with lines without the digest")
    plain = harness.run([suite.program(), "--format=rows", case.path])
    suite.check(plain.out.count(b'","log":null,"host":') == plain.out.count(b"\n") > 0, "the digest without --partition",
                "null in all lines", harness.clip(plain.out))


# --- many processes -----------------------------------------------------------------------------------------

def parallel(suite, folder, cases, each=AT_ONCE):
    return ["parallel", "--will-cite", "-j4", "-n%d" % each, *argv_of(suite, folder), ":::", *[case.path for case in cases]]


def run_all(suite, folder, cases, each=AT_ONCE):
    done = subprocess.run(parallel(suite, folder, cases, each), capture_output=True, timeout=PATIENCE, check=False,
                          stdin=subprocess.DEVNULL)
    suite.equal((0, b""), (done.returncode, harness.without_notes(done.stderr)), "parallel over %d logs" % len(cases))
    return tree(folder)


def kill_session(number):
    """Kills every process of a session, until none is left: parallel gives each of its jobs a group of its own, and may start one
    while others are killed."""
    found = True
    while found:
        found = False
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % name, encoding="ascii", errors="replace") as file:
                    state, *_, session = file.read().rpartition(")")[2].split()[:4]
                if int(session) == number and state != "Z":
                    os.kill(int(name), signal.SIGKILL)
                    found = True
            except (OSError, ValueError):
                pass


def kill_in_the_middle(suite, folder, cases, files):
    """Starts the run and kills it when some of the tree is there. What is there then."""
    with subprocess.Popen(parallel(suite, folder, cases), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, start_new_session=True) as process:
        end = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < end:
            found, temporary = count_files(folder)
            if found > files // 3 and temporary > 0:
                break
        kill_session(process.pid)
        process.wait()
    return tree(folder)


def check_killed(suite, cases, whole):
    """A run that is killed in its middle and repeated gives the tree of one that is not."""
    for number in range(TRIES):
        folder = suite.path("killed%d" % number)
        left = kill_in_the_middle(suite, folder, cases, len(whole))
        named = {path: data for path, data in left.items() if not path.startswith(".atopdump.") and data is not None}
        suite.equal([], [path for path in named if named[path] != whole.get(path)], "files with names after the kill")
        if 0 < len(named) < len(whole) and len(named) < len(left):
            break
        shutil.rmtree(folder)
    suite.check(0 < len(named) < len(whole), "a run was killed in its middle", "some files", len(named))
    suite.check(any(path.startswith(".atopdump.") for path in left), "it left temporary files", "some", sorted(left)[:3])
    suite.equal([], changes(whole, run_all(suite, folder, cases)), "the tree after another run")
    suite.equal([], changes(whole, run_all(suite, folder, cases, each=50)), "the tree after a third run")


def check_parallel(suite, cases):
    """The tree that many processes write; None without parallel."""
    if not shutil.which("parallel"):
        print("not tested: a tree that GNU parallel writes (it is not installed)")
        return
    whole = run_all(suite, suite.path("whole"), cases)
    check_contents(suite, cases, whole)
    check_killed(suite, cases, whole)
    same = suite.path("same")
    twice = run_all(suite, same, [cases[-1]] * 12, each=1)
    suite.equal({path: whole[path] for path in whole if cases[-1].name in path}, twice, "one log by twelve processes")


def check_once(suite, cases):
    """One process writes the same tree with any --jobs, again and again; a signal leaves only whole files."""
    words = [case.path for case in cases[::copies(suite)]]
    folder, other = suite.path("once"), suite.path("other")
    result = harness.run(argv_of(suite, folder, "-j1", *words))
    whole = tree(folder)
    suite.check(result.status == OK and len(whole) > 8 * len(words), "one process", "files", (result, len(whole)))
    for option in ("-j1", "-j4", "--no-sandbox", "--force"):
        result = harness.run(argv_of(suite, folder, option, *words))
        suite.equal((OK, b"", []), (result.status, result.err, changes(whole, tree(folder))), "the same again, " + option)
        result = harness.run(argv_of(suite, other + option, option, *words[::-1]))
        suite.equal((OK, []), (result.status, changes(whole, tree(other + option))), "in another order, " + option)
    with subprocess.Popen(argv_of(suite, other, *words * 2), stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        while process.poll() is None and count_files(other)[0] < len(whole) // 2:
            pass
        process.send_signal(signal.SIGTERM)
        err = process.stderr.read()
        process.wait()
    left = {path: data for path, data in tree(other).items() if data is not None}
    suite.check(process.returncode == -signal.SIGTERM and b"ended by SIGTERM" in err, "SIGTERM", "the signal, a message",
                (process.returncode, harness.without_notes(err)))
    suite.equal([], [path for path in left if left[path] != whole.get(path)], "files that SIGTERM leaves")


def check_stale(suite, case):
    """Temporary folders that nobody has locked are removed; what others have put beside them is not, nor are inputs."""
    folder = suite.path("stale")
    stale, mine = os.path.join(folder, ".atopdump.1.0.tmp"), os.path.join(folder, ".atopdump.2.0.tmp")
    for path in (stale, mine):
        os.makedirs(path)
    for path in (stale + "/tstat.csv.1.0.tmp", folder + "/.atopdump.note", folder + "/x.tmp"):
        with open(path, "wb") as file:
            file.write(b"old")
    shutil.copy(case.path, mine + "/log.tmp")
    result = harness.run(argv_of(suite, folder, mine + "/log.tmp"))
    names = sorted(os.path.relpath(path, folder) for path in tree(folder) if case.name not in path)
    suite.equal((OK, [".atopdump.2.0.tmp/log.tmp", ".atopdump.note", "x.tmp"]),
                (result.status, sorted(path for path in tree(folder) if case.name not in path)), "what is not stale")
    suite.check(names and harness.read(mine + "/log.tmp") == case.data, "an input in a stale folder", "unchanged", "changed")


# --- which log ----------------------------------------------------------------------------------------------

def check_logs(suite, tables, cases):
    """gzip, several logs in a file, a log without samples, a window, damage."""
    one, two = cases[0], cases[-copies(suite) - len(ODD_HOSTS)]
    header = facts.Log(one.data, tables).table.size("rawheader")
    digest = lambda data: hashlib.sha256(data).hexdigest()[:16]
    whole = {path.partition("/")[0] for path in expected_tables(suite, one.path, one.name)}
    join = one.data + two.data
    first = one.name.rpartition("/")[0] + "/" + digest(join)
    second = two.name.rpartition("/")[0] + "/" + digest(join) + ".2"
    others = {path.partition("/")[0] for path in expected_tables(suite, two.path, two.name)}
    cut = one.data[:-20]
    host = "host=" + escaped(one.host)
    for what, data, words, status, names in (
            ("gzip", gzip.compress(one.data), [], OK, {(table, one.name) for table in whole}),
            ("two logs", join, [], OK, {(t, first) for t in whole} | {(t, second) for t in others}),
            ("a header", one.data[:header], [], OK, {("rawheader", "date=__none__/%s/%s" % (host, digest(one.data[:header])))}),
            ("no host", with_host(one.data, tables, b""), ["-t", "rawrecord"], None,
             {("rawrecord", "%s/host=__unknown__/%s" % (one.name.split("/")[0], digest(with_host(one.data, tables, b""))))}),
            ("damage", cut, ["-t", "damage"], DAMAGED,
             {("damage", "%s/%s/%s" % (one.name.split("/")[0], host, digest(cut)))}),
            ("damage, accepted", cut, ["-t", "damage", "--accept-damage"], OK,
             {("damage", "%s/%s/%s" % (one.name.split("/")[0], host, digest(cut)))}),
            ("a window", one.data, ["--begin=2200-01-01"], OK, {("rawheader", one.name)}),
            ("a condition that nothing passes", one.data, ["-t", "tstat", "--where", "gen_pid < 0"], OK, set())):
        folder = suite.path("logs")
        result = harness.run(argv_of(suite, folder, suite.path("log", data), *words))
        found = tree(folder)
        suite.check(status in (None, result.status) and set(found) == {"%s/%s.csv" % name for name in names}, what,
                    (status, sorted(names)), (result.status, result.err, sorted(found)))
        wrong = [path for path, data in found.items()
                 if {line[1] for line in rows(data)[1:]} != {path.rpartition("/")[2][:-len(".csv")]}]
        suite.equal([], wrong, "%s: files whose column log is not their name" % what)
        shutil.rmtree(folder)


# --- what is refused ----------------------------------------------------------------------------------------

def check_usage(suite, case):
    """Each wrong command line has its message, and writes nothing."""
    version = harness.run([suite.program(), "--version"]).out
    file, folder = suite.path("file", b"kept"), suite.path("new")
    for words, data, err in (
            (["--format=csv", "--partition=" + file, case.path], None, "--partition=%s is not a folder" % file),
            (["--format=csv", "--partition=" + folder, "-o", folder + "/", case.path], None,
             "--partition does not go with --output"),
            (["--partition=" + folder, case.path], None, "--partition does not go with --format=json, but with csv, rows and avro"),
            (["--format=atopdump", "--partition=" + folder, case.path], None,
             "--partition does not go with --format=atopdump, but with csv, rows and avro"),
            (["--format=sqlite", "--partition=" + folder, case.path], None,
             "--partition does not go with --format=sqlite, but with csv, rows and avro"),
            (["--format=csv", "--partition=" + folder, "--limit=1", case.path], None, "--partition does not go with --limit"),
            (["--format=csv", "--partition=" + folder, "--strict", case.path], None, "--partition does not go with --strict"),
            (["--format=csv", "--partition="], None, "--partition needs a path"),
            (["carve", "--format=csv", "--partition=" + folder, case.path], None,
             "--partition does not go with carve; it goes with dump"),
            (["--format=rows", "--partition=" + folder], case.data,
             "--partition reads each FILE twice, which is not possible with standard input"),
            (["--format=csv", "--partition=" + folder, case.path, "-"], case.data,
             "--partition reads each FILE twice, which is not possible with standard input")):
        if words[0] == "--format=sqlite" and b"SQLite" not in version:
            print("not tested: --partition with --format=sqlite (this build is without SQLite)")
            continue
        result = harness.run([suite.program(), *words], data=data)
        suite.equal((TROUBLE, b"", b"atopdump: " + err.encode() + HINT), tuple(result), "refused: %s" % words[:3])
        suite.check(not os.path.exists(folder) and harness.read(file) == b"kept", "%s: nothing is written" % words[:3])


def check_pipes(suite, case):
    """What cannot be read twice."""
    folder, fifo = suite.path("new"), suite.path("fifo")
    os.mkfifo(fifo)
    for path in (fifo, "/dev/null"):
        result = harness.run(argv_of(suite, folder, case.path, path))
        err = "atopdump: %s: is not a regular file; --partition reads each FILE twice\n" % path
        suite.equal((TROUBLE, b"", err.encode()), tuple(result), "refused: %s" % path)
        suite.check(not os.path.exists(folder), "%s: nothing is written" % path)


def check_evidence(suite, case, other):
    """An input that has the name of an output stays, whatever it is called; logs beside it are written."""
    for what, link in (("the file", None), ("a hard link", os.link), ("a symbolic link", os.symlink)):
        folder = suite.path("evidence")
        path = os.path.join(folder, "tstat", case.name + ".csv")
        os.makedirs(os.path.dirname(path))
        shutil.copy(case.path, path)
        given = suite.path("given") if link else path
        if link:
            link(path, given)
        result = harness.run(argv_of(suite, folder, given, other.path))
        err = "atopdump: %s: is one of the files to read; nothing is written of the log that has this name\n" % path
        suite.equal((TROUBLE, err.encode()), (result.status, result.err), "%s in the tree" % what)
        found = {name for name in tree(folder) if other.name not in name and not name.endswith("/")}
        suite.equal({"tstat/%s.csv" % case.name}, found, "%s in the tree: files of it" % what)
        suite.equal(case.data, harness.read(path), "%s in the tree: the input" % what)
        suite.check(any(other.name in name for name in tree(folder)), "%s in the tree: the other log is written" % what)
        shutil.rmtree(folder)
        if link:
            os.remove(given)


def check_failures(suite, case):
    """Files that are no logs leave nothing; a name that cannot be made ends the run with a message."""
    folder = suite.path("failures")
    text, missing = suite.path("text", b"no log"), suite.path("missing")
    for path, status in ((text, REFUSED), (missing, TROUBLE)):
        result = harness.run(argv_of(suite, folder, path, case.path))
        suite.check(result.status == status and path.encode() in result.err and all(case.name in name for name in tree(folder)),
                    "%s before a log" % path, "status %d, the log" % status, (result, sorted(tree(folder))))
        suite.check(tree(folder), "the log after %s is written" % path)
        shutil.rmtree(folder)
    os.mkdir(folder)
    with open(os.path.join(folder, "tstat"), "wb") as file:
        file.write(b"kept")
    result = harness.run(argv_of(suite, folder, case.path, case.path))
    found = {name for name in tree(folder) if not name.endswith("/")}
    suite.equal((TROUBLE, b"atopdump: %s: Not a directory\n" % folder.encode(), {"tstat"}), (result.status, result.err, found),
                "a table that is a file")


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    digests = harness.run([suite.program(), "--version"]).out.decode().splitlines()[2]
    example = suite.examples()[-1]
    if digests == "no digests":
        result = harness.run(argv_of(suite, suite.path("tree"), example))
        suite.check(result.status == TROUBLE and result.err.startswith(b"atopdump: --partition needs SHA-256, and this build "),
                    "--partition without nettle", "a message", result)
        print("not tested: --partition (this build is without nettle)")
        suite.finish()
    suite.check(re.fullmatch(r"digests: nettle 3\.\d+", digests), "--version", "digests: nettle …", digests)
    cases = make_cases(suite, tables)
    least = 200 if suite.options.long else 100
    suite.check(len(cases) > least and len({case.name for case in cases}) == len(cases), "logs", "over %d" % least, len(cases))
    check_parallel(suite, cases)
    check_rows_format(suite, cases[-1])
    check_once(suite, cases)
    check_stale(suite, cases[0])
    check_logs(suite, tables, cases)
    check_usage(suite, cases[0])
    check_pipes(suite, cases[0])
    check_evidence(suite, cases[0], cases[1])
    check_failures(suite, cases[0])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
