"""Proves that folders are read through: each log in them as if it were named, strangers passed over, whatever stands in the way."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

from lib import harness
from lib.harness import DAMAGED, OK, REFUSED, TROUBLE

NOBODY = 65534
BOTH = ("-j1", "-j3")


def lines(*words):
    return b"".join(b"atopdump: %s\n" % os.fsencode(word) for word in words)


class Folder:
    """A folder of logs and strangers, and what atopdump says of it."""

    def __init__(self, suite):
        self.suite, self.path, self.program = suite, tempfile.mkdtemp(dir=suite.folder), suite.program()

    def put(self, name, data):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def run(self, *argv, **more):
        return harness.run([self.program, *argv], **more)

    def expect(self, argv, status, err, what, out=None):
        """Status, messages and output, the same for every number of threads."""
        for jobs in BOTH:
            result = self.run(jobs, *argv)
            self.suite.equal((status, err), (result.status, result.err), "%s, %s" % (what, jobs))
            if out is not None:
                self.suite.check(out == result.out, "%s, %s: output" % (what, jobs), out, result.out)


def strangers(folder):
    """Puts files into the folder that are no logs; returns why each is passed over, by path."""
    reasons = {
        folder.put("0.txt", b"host,time\n"): "not an atop log, but text",
        folder.put("b/core", b"\x7fELF\2\1\1" + bytes(600)): "not an atop log, but an ELF program or library",
        folder.put("b/d/random", bytes(range(200, 256)) * 10): "not an atop log: it begins with c8 c9 ca cb, which is no magic number",
        folder.put("z", bytes(5000)): "not an atop log: it begins with 00 00 00 00, which is no magic number",
        folder.put("\x1b[31m", b"red\n"): "not an atop log, but text",
    }
    before = {folder.put("empty", b""): "it is empty"}
    os.mkfifo(os.path.join(folder.path, "fifo"))
    before[os.path.join(folder.path, "fifo")] = "not a regular file"
    for name, target, why in (("loop", ".", "a symbolic link to a folder"), ("b/up", "..", "a symbolic link to a folder"),
                              ("gone", "nowhere", "a symbolic link to nothing"), ("null", "/dev/null", "not a regular file")):
        os.symlink(target, os.path.join(folder.path, name))
        before[os.path.join(folder.path, name)] = why
    return before, reasons


def check_reading(suite):
    """A folder prints what its logs print when they are named, sorted by path, whatever stands between them."""
    folder = Folder(suite)
    names = ("9", "a/atop_20260101", "b/c/atop", "b/x.raw", "c", "Z")
    logs = [folder.put(name, harness.read(log)) for name, log in zip(names, suite.examples()[::5])]
    os.symlink(logs[0], os.path.join(folder.path, "linked"))
    logs = sorted(logs + [os.path.join(folder.path, "linked")], key=lambda path: path.split("/"))
    for argv in ([], ["-t", "rawheader,rawrecord"], ["--format=rows"], ["--format=csv", "-t", "tstat"]):
        expected = folder.run(*argv, *logs)
        suite.check(expected.status == OK and len(expected.out) > 1000, "logs that are named, %s" % argv, OK, expected.err)
        folder.expect([*argv, folder.path], OK, expected.err, "a folder, %s" % argv, expected.out)
    before, reasons = strangers(folder)
    few = ["-t", "rawheader,rawrecord"]
    expected = folder.run(*few, *logs).out
    folder.expect([*few, folder.path], OK, b"", "a folder with strangers", expected)
    folder.expect([*few, "--files-from", suite.path("list", os.fsencode(folder.path))], OK, b"", "a list that names it", expected)
    result = folder.run(*few, "-v", folder.path)
    said = {line.split(b": passed over: ")[0]: line.split(b": passed over: ")[1] for line in result.err.splitlines()
            if b": passed over: " in line}
    wanted = {b"atopdump: " + os.fsencode(path).replace(b"\x1b", b"\\x1b"): os.fsencode(why)
              for path, why in {**before, **reasons}.items()}
    suite.equal(sorted(wanted.items()), sorted(said.items()), "--verbose says what is passed over, and why")
    one = folder.run(*few, os.path.join(folder.path, "a"))
    suite.check(one.out.startswith(b'{"file":'), "lines of a folder with one log name the file", '{"file":', one.out[:80])
    for path in reasons:
        if b"\x1b" not in os.fsencode(path):
            suite.equal(REFUSED, folder.run(path).status, "%s, named by hand" % path)


def check_refusals(suite):
    """No log in a folder is status 2; a log that cannot be read counts as one that is named; so does what cannot be opened."""
    log = harness.read(suite.examples()[0])
    folder = Folder(suite)
    folder.expect([folder.path], REFUSED, lines("%s: no atop log in it (0 files passed over)" % folder.path), "an empty folder", b"")
    folder.put("a", b"text\n")
    folder.expect([folder.path], REFUSED, lines("%s: no atop log in it (1 file passed over)" % folder.path), "one stranger", b"")
    before, reasons = strangers(folder)
    count = len(before) + len(reasons) + 1
    folder.expect([folder.path], REFUSED, lines("%s: no atop log in it (%d files passed over)" % (folder.path, count)),
                  "strangers alone", b"")
    named = suite.path("named.raw", log)
    folder.expect([named, folder.path, "-t", "rawheader"], REFUSED,
                  lines("%s: no atop log in it (%d files passed over)" % (folder.path, count)), "a log and a folder without one")
    cut = folder.put("cut", log[:100])
    folder.expect([folder.path], REFUSED,
                  lines("%s: it is cut: of an atop log's header there are 100 of the 480 bytes needed" % cut), "a header that is cut", b"")
    folder.put("cut", log[:4] + b"\xff\xff" + log[6:])
    for argv in (["-j1"], ["-j3"], ["--schema=2.6"]):
        result = folder.run(*argv, folder.path)
        suite.check(result.status == REFUSED and result.err.startswith(lines(cut)[:-1] + b": "), "a layout that is not known, %s" % argv,
                    REFUSED, result.err)
    folder.put("cut", log[2:4] + log[:2] + log[4:])
    folder.expect([folder.path], REFUSED, lines("%s: not an atop log: it begins with ed fe ef be, which is no magic number; records of "
                                                "atop 1.26 follow: --schema=1.26 reads them" % cut), "a header without magic number", b"")
    folder.put("cut", log[:-7])
    result = folder.run(folder.path)
    suite.check(result.status == DAMAGED and b"no atop log" not in result.err, "damage in a folder", DAMAGED, result.err)
    suite.equal((TROUBLE, lines("%s: Is a directory" % folder.path)), tuple(folder.run("repair", folder.path))[::2], "repair of a folder")


def check_carving(suite):
    """Each file is carved; those without a record are passed over."""
    folder = Folder(suite)
    log = harness.read(suite.examples()[0])
    image = folder.put("image", bytes(5000) + log + bytes(5000))
    folder.put("text", b"text\n" * 1000)
    result, named = folder.run("carve", folder.path), folder.run("carve", image)
    suite.equal((OK, named.err), (result.status, result.err), "carving a folder")
    suite.equal(named.out.count(b"\n"), result.out.count(b"\n"), "carving a folder: lines")


def check_unreadable(suite):
    """What cannot be read is reported and is status 1; the rest is printed."""
    folder = Folder(suite)
    log = harness.read(suite.examples()[0])
    folder.put("a", log)
    folder.put("b/inner", log)
    folder.put("c", log)
    shutil.copy(folder.program, suite.path("copy"))
    for path in (suite.folder, suite.path("copy"), folder.path):
        os.chmod(path, 0o755)
    more = {}
    if os.getuid() == 0:
        more = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    for hidden, spared in (("b", ("a", "c")), ("c", ("a", "b/inner"))):
        os.chmod(os.path.join(folder.path, hidden), 0)
        expected = folder.run("-t", "rawheader", *[os.path.join(folder.path, name) for name in spared])
        for jobs in BOTH:
            result = harness.run([suite.path("copy"), jobs, "-t", "rawheader", folder.path], **more)
            suite.equal((TROUBLE, expected.out, lines("%s/%s: Permission denied" % (folder.path, hidden))), tuple(result),
                        "without permission for %s, %s" % (hidden, jobs))
        os.chmod(os.path.join(folder.path, hidden), 0o755)
    deep = folder.path
    for _ in range(30):
        deep = os.path.join(deep, "d" * 200)
    try:
        os.makedirs(deep)
    except OSError:         # the path is too long for one call
        here = os.getcwd()
        os.chdir(folder.path)
        for _ in range(30):
            os.makedirs("d" * 200, exist_ok=True)
            os.chdir("d" * 200)
        os.chdir(here)
    result = folder.run("-t", "rawheader", folder.path)
    suite.check(result.status == TROUBLE and result.err.endswith(b": File name too long\n"), "a path that is too long", TROUBLE, result.err)
    suite.equal(3, result.out.count(b"\n"), "and the rest is printed")
    subprocess.run(["rm", "-rf", folder.path], check=True)


def check_outputs(suite):
    """Output inside the folder that is read is no input, unless it holds something."""
    folder = Folder(suite)
    log = folder.put("log", harness.read(suite.examples()[0]))
    expected = folder.run("--format=csv", "-t", "tstat", folder.path).out
    for argv in (["-o", os.path.join(folder.path, "out/")], ["-o", os.path.join(folder.path, "out"), "--force"],
                 ["-v", "-o", os.path.join(folder.path, "out/"), "--force"]):
        result = folder.run("--format=csv", folder.path, *argv)
        suite.equal(OK, result.status, "tables into a folder inside, %s: %s" % (argv, result.err))
        suite.equal(expected, harness.read(os.path.join(folder.path, "out/tstat.csv")), "their text")
    if b"without nettle" not in folder.run("--format=csv", "--partition", suite.path("probe"), log).err:
        for _ in range(2):
            result = folder.run("--format=csv", "--partition", os.path.join(folder.path, "tree"), folder.path)
            suite.equal((OK, b""), (result.status, result.err), "a partition tree inside")
    path = os.path.join(folder.path, "all.json")
    for again in range(2):
        with open(path, "wb") as file:
            result = folder.run("-t", "rawheader", folder.path, stdout=file)
        suite.equal((OK, b""), (result.status, result.err), "standard output inside, %d" % again)
    with open(path, "ab") as file:
        result = folder.run("-t", "rawheader", folder.path, stdout=file)
    suite.equal((TROUBLE, lines("standard output: is one of the files to read; nothing is written")), (result.status, result.err),
                "standard output that holds something")


def check_many(suite):
    """More files than descriptors; no file's access time changes."""
    folder = Folder(suite)
    for i in range(60):
        folder.put("%03d/log" % i, harness.read(suite.examples()[0]))
    before = {path: os.stat(path).st_atime_ns for path, _, _ in os.walk(folder.path)}
    for limit in (40, 1000):
        script = "ulimit -n %d && exec \"$@\"" % limit
        result = harness.run(["sh", "-c", script, "-", folder.program, "-t", "rawheader", folder.path])
        suite.equal((OK, 60, b""), (result.status, result.out.count(b"\n"), result.err), "60 logs with %d descriptors" % limit)
    after = {path: os.stat(path).st_atime_ns for path in before}
    if "noatime" not in open("/proc/mounts", encoding="utf-8").read():
        suite.equal(before, after, "access times of folders")


def check_quiet(suite):
    """--quiet leaves out what does not change the status, and nothing else."""
    folder = Folder(suite)
    noted = next(path for path in suite.examples() if re.search(rb": note: ", folder.run(path, notes=True).err))
    result = folder.run("-q", noted, notes=True)
    suite.equal((OK, b""), (result.status, result.err), "a note, quietly")
    damaged = folder.put("damaged", harness.read(noted)[:-7])
    loud, quiet = folder.run(damaged, notes=True), folder.run("-q", damaged, notes=True)
    suite.equal((DAMAGED, loud.out, harness.without_notes(loud.err)), tuple(quiet), "damage, quietly")
    suite.equal((TROUBLE, b"atopdump: --quiet does not go with --verbose\nTry 'atopdump --help'.\n"),
                tuple(folder.run("-q", "-v", damaged))[::2], "quiet and verbose")


def check_summary(suite):
    """The last message of a run over several files, with --verbose: numbers that are those of the files."""
    folder = Folder(suite)
    logs = suite.examples()
    for i, log in enumerate(logs):
        folder.put("%02d" % i, harness.read(log))
    releases = {re.search(rb'"release":"([^"]+)"', folder.run("-t", "rawheader", log).out).group(1) for log in logs}
    count = folder.run("-t", "rawheader", *logs).out.count(b"\n")
    damaged = folder.put("damaged", harness.read(logs[0])[:-7])
    folder.put("text", b"text\n")
    folder.put("empty", b"")
    for jobs in BOTH:
        last = folder.run(jobs, "-v", folder.path).err.splitlines()[-1]
        suite.equal(b"atopdump: %d logs of %d releases, 2 passed over, 1 damaged (1 loss)" % (count + 1, len(releases)), last,
                    "a summary, %s" % jobs)
    suite.check(b" of 1 release" not in folder.run("-v", damaged).err, "no summary of one file", "none", "one")
    result = folder.run("-t", "rawheader", "--no-filename", folder.path)
    suite.check(result.out.startswith(b'{"host":') and b'"file":' not in result.out, "--no-filename", "no file", result.out[:80])
    result = folder.run("-t", "rawheader", "--no-filename", "--with-filename", damaged)
    suite.check(result.out.startswith(b'{"file":'), "--with-filename", "a file", result.out[:80])
    suite.equal((TROUBLE, b"atopdump: --no-filename goes with --format=json\nTry 'atopdump --help'.\n"),
                tuple(folder.run("--no-filename", "--format=rows", damaged))[::2], "--no-filename of rows")


def main():
    suite = harness.Suite(__doc__)
    check_reading(suite)
    check_refusals(suite)
    check_carving(suite)
    check_unreadable(suite)
    check_outputs(suite)
    check_many(suite)
    check_quiet(suite)
    check_summary(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
