"""Proves that evidence is not changed: inputs are not written to, existing files are not replaced unless allowed, and output
appears complete or not at all, also when a signal ends the run.

Every way to name an output is tried with every kind of file that it can resolve to. Each refusal is checked by the bytes
and times of all files, the exit status and the message.
"""

import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import time

from lib import harness
from lib.harness import DAMAGED, REFUSED, TROUBLE

LOG, OTHER = "atop-2.7.1.raw", "atop-2.8.1.raw"
PATIENCE = 60           # seconds, before something that should happen is given up
SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM, signal.SIGUSR1)
INPUT = b"is one of the files to read"
EXISTS = b"exists already"


def tree(folder):
    """What there is in a folder: {path: what it is, and its bytes}."""
    found = {}
    for base, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(base, name)
            found[os.path.relpath(path, folder)] = (os.readlink(path) if os.path.islink(path) else
                                                    harness.read(path) if os.path.isfile(path) else "folder or pipe")
    return found


class Place:
    """A folder with a log in it, known by several names, and what else a case needs."""

    def __init__(self, suite, name):
        self.suite = suite
        self.folder = suite.path(name)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.folder, "tables"))
        self.log = self.path("log")
        shutil.copy(os.path.join(harness.EXAMPLES, LOG), self.log)
        shutil.copy(os.path.join(harness.EXAMPLES, OTHER), self.path("other"))
        os.link(self.log, self.path("hard"))
        os.symlink("log", self.path("soft"))
        os.symlink("soft", self.path("softer"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def argv(self, *words):
        return [self.suite.program(), *words]

    def run(self, *words, **more):
        return harness.run(self.argv(*words), cwd=self.folder, **more)

    def untouched(self, what, words, text, status=TROUBLE, **more):
        """A run that is refused: nothing in the folder has changed, and the message says why."""
        before = tree(self.folder)
        result = self.run(*words, **more)
        good = result.status == status and not result.out and text in result.err and result.err.count(b"\n") == bool(text)
        self.suite.check(good and tree(self.folder) == before, what, "exit %d, %r, nothing changed" % (status, text),
                         "exit %d, %r, %s" % (result.status, result.err, changes(before, tree(self.folder))),
                         "cd %s && %s" % (self.folder, harness.shell(self.argv(*words))))


def changes(before, after):
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)) or "nothing changed"


# --- inputs are not written to ------------------------------------------------------------------------------

def named_inputs(suite):
    """An output that leads to an input, by each name, for each format and for repair; --force changes nothing."""
    place = Place(suite, "named")
    for force in ([], ["--force"]):
        for verb in ([], ["repair"], ["--format=csv", "--tables=tstat"], ["--format=atopdump"], ["--carve"],
                     ["--no-sandbox"], ["-j1"]):
            for name in ("log", "./log", "tables/../log", place.log, "hard", "soft", "softer"):
                place.untouched("%s to %s" % (verb, name), verb + force + ["--output=" + name, "log"], INPUT)
        for words in (["soft", "-o", "log"], ["hard", "-o", "softer"], ["other", "log", "-o", "log"],
                      ["/dev/null", "nothing", "soft", "-o", "hard"]):
            place.untouched("%s" % words, force + words, INPUT)
        with open(place.log, "rb") as log:
            place.untouched("standard input to its file", force + ["--output=hard"], INPUT, stdin=log)
            place.untouched("standard input among others", force + ["other", "-", "--output=hard"], INPUT, stdin=log)
            place.untouched("repair of standard input", ["repair", "--output=soft"] + force, INPUT, stdin=log)
    many(suite)


def many(suite):
    """The input that is the output is not among those that can be open at once."""
    place = Place(suite, "many")

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))

    names = ["other"] * 60 + ["soft"]
    place.untouched("the last of many inputs", ["--force", "--output=hard"] + names, INPUT, preexec_fn=limit)


def tables_of_inputs(suite):
    """A file of the folder for tables is an input."""
    for how in (os.link, shutil.copy, os.symlink):
        for table in ("tstat", "damage", "sstat_cpu_cpu"):
            place = Place(suite, "tables")
            inside = place.path("tables/%s.csv" % table)
            how(place.log, inside)
            log = inside if how is shutil.copy else place.log
            for force in ([], ["--force"]):
                for words in (["tables"], ["tables/", "--tables=tstat,sstat_cpu_cpu,damage"]):
                    place.untouched("%s.csv by %s, %s" % (table, how.__name__, words),
                                    ["--format=csv", "--output=" + words[0]] + words[1:] + force + [log], INPUT)


def standard_streams(suite):
    """What the shell has opened is an input: appended to, written over from its start, or for messages."""
    place = Place(suite, "streams")
    for words in ([], ["repair"], ["--format=csv", "--tables=tstat"], ["--force"], ["--no-sandbox"]):
        for flags in (os.O_WRONLY | os.O_APPEND, os.O_RDWR):
            for name in ("log", "hard", "softer"):
                out = os.open(place.path(name), flags)
                before = tree(place.folder)
                argv = place.argv(*words, "log")
                done = subprocess.run(argv, cwd=place.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
                                      check=False)
                suite.check(done.returncode == TROUBLE and done.stderr.startswith(b"atopdump: standard output: ") and
                            INPUT in done.stderr and tree(place.folder) == before, "%s, standard output is %s" % (words, name),
                            "exit 1, a message, nothing written",
                            "exit %d, %r, %s" % (done.returncode, done.stderr, changes(before, tree(place.folder))),
                            harness.shell(argv + [harness.Syntax(">> " + name)]))
                more = [] if "repair" in words else ["no such file"]
                done = subprocess.run(place.argv(*words, "log", *more), cwd=place.folder, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=out, check=False)
                suite.check(not done.stdout and done.returncode == TROUBLE and tree(place.folder) == before,
                            "%s, standard error is %s" % (words, name), "exit 1, nothing written",
                            "exit %d, %s" % (done.returncode, changes(before, tree(place.folder))),
                            harness.shell(argv + [harness.Syntax("2>> " + name)]))
                os.close(out)


def elsewhere(suite):
    """What is no input is written as always: another file beside it, devices, pipes."""
    place = Place(suite, "elsewhere")
    whole = place.run("log").out
    for words in (["--output=new"], ["--output=tables/new"], ["--output=./fresh"]):
        result = place.run("log", *words)
        name = words[0].partition("=")[2]
        suite.check(tuple(result) == (0, b"", b"") and harness.read(place.path(name)) == whole, "to %s" % name,
                    "exit 0, all of it", tuple(result))
    for words in (["/dev/null", "-o", "/dev/null", "log"], ["-o", "/dev/null", "log"]):
        result = place.run(*words)
        suite.check(b"to read" not in result.err and b"exists" not in result.err, "%s" % words, "no objection", result.err)
    os.mkfifo(place.path("fifo"))
    with subprocess.Popen(place.argv("log", "-o", "fifo"), cwd=place.folder) as process:
        got = harness.read(place.path("fifo"))
    suite.check(got == whole and process.returncode == 0, "to a named pipe", len(whole), len(got))


# --- what exists is replaced only with --force --------------------------------------------------------------

def existing(suite):
    place = Place(suite, "existing")
    old, whole = b"somebody's", place.run("log").out
    for name in ("there", "tables/tstat.csv", "tables/damage.csv", "tables/mine.csv"):
        with open(place.path(name), "wb") as file:
            file.write(old)
    os.symlink("there", place.path("link"))
    os.symlink("nowhere", place.path("dangling"))
    for verb in ([], ["repair"], ["--format=csv", "--tables=rawrecord"], ["--format=atopdump"], ["--no-sandbox"]):
        for name in ("there", "link", "dangling", "other"):
            place.untouched("%s to %s, which exists" % (verb, name), verb + ["log", "--output=" + name], EXISTS)
    for words in ([], ["--tables=tstat,rawrecord"], ["--tables=damage,rawrecord"], ["-j1"]):
        place.untouched("a folder with files of tables, %s" % words, ["--format=csv", "--output=tables", "log"] + words, EXISTS)
    result = place.run("log", "--force", "--output=link")
    suite.check(tuple(result) == (0, b"", b"") and harness.read(place.path("there")) == whole and
                os.path.islink(place.path("link")), "--force to a link", "what it leads to is replaced", tuple(result))
    result = place.run("log", "--force", "--format=csv", "--output=tables")
    suite.check(tuple(result) == (0, b"", b"") and harness.read(place.path("tables/tstat.csv")) != old and
                harness.read(place.path("tables/damage.csv")) != old and
                harness.read(place.path("tables/mine.csv")) == old, "--force into a folder",
                "its tables are replaced, and nothing else", tuple(result))
    before = tree(place.folder)
    for words in (["repair", "--force", "-o", "there", "/dev/null"], ["--force", "-o", "there", "nothing"],
                  ["--force", "--format=csv", "-o", "tables", "nothing"]):
        result = place.run(*words)
        suite.check(result.status in (TROUBLE, REFUSED) and tree(place.folder) == before, "%s, which fails" % words,
                    "nothing changed", "exit %d, %s" % (result.status, changes(before, tree(place.folder))))


# --- whole or not at all ------------------------------------------------------------------------------------

def wait_for(test):
    """Whether it comes true before patience ends."""
    end = time.monotonic() + PATIENCE
    while not test() and time.monotonic() < end:
        time.sleep(0.01)
    return test()


def ended(suite, words, number, old):
    """Ends a run, while it waits for the rest of its input, by a signal. What is left is what was there before."""
    place = Place(suite, "ended")
    for name in old:
        with open(place.path(name), "wb") as file:
            file.write(b"old")
    before = tree(place.folder)
    argv = place.argv(*words)
    with subprocess.Popen(argv, cwd=place.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          preexec_fn=lambda: signal.signal(number, signal.SIG_DFL)) as process:   # a shell's & ignores SIGINT
        process.stdin.write(harness.read(place.log)[:-100])
        process.stdin.flush()
        begun = wait_for(lambda: any(name.endswith(".tmp") for name in tree(place.folder)))
        process.send_signal(number)
        try:
            _, err = process.communicate(timeout=PATIENCE)
            err = harness.without_notes(err)
        except subprocess.TimeoutExpired:
            process.kill()
            err = b"it goes on"
    left = changes(before, tree(place.folder))
    suite.check(begun and process.returncode == -number and left == "nothing changed" and
                err.startswith(b"atopdump: ended by ") and err.endswith(b"removed\n"), "%s, ended by %s" % (words, number.name),
                "ended by the signal, a message, nothing left", "%s, exit %d, %r, %s" %
                ("begun" if begun else "not begun", process.returncode, err, left), harness.shell(argv))


def signals(suite):
    for number in SIGNALS:
        for words in (["--output=new"], ["--format=csv", "--output=fresh/"]):
            ended(suite, words, number, ())
    for words, old in ((["-j1", "--output=new"], ()), (["-j4", "--output=new", "--force"], ["new"]),
                       (["--no-sandbox", "--output=new"], ()), (["repair", "--output=new"], ()),
                       (["--format=csv", "--output=tables", "--force"], ["tables/tstat.csv", "tables/mine"]),
                       (["--format=csv", "--tables=tstat", "--output=new"], ()), (["--carve", "--output=new"], ())):
        ended(suite, words, signal.SIGTERM, old)
    ignored(suite)


def ignored(suite):
    """A signal that is ignored, as by nohup, ends nothing."""
    place = Place(suite, "ignored")
    argv = place.argv("--output=new")
    with subprocess.Popen(argv, cwd=place.folder, stdin=subprocess.PIPE,
                          preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as process:
        process.stdin.write(harness.read(place.log)[:-100])
        process.stdin.flush()
        wait_for(lambda: any(name.endswith(".tmp") for name in tree(place.folder)))
        process.send_signal(signal.SIGHUP)
        process.stdin.write(harness.read(place.log)[-100:])
        process.stdin.close()
        process.wait(PATIENCE)
    suite.check(process.returncode == 0 and harness.read(place.path("new")) == place.run("log").out,
                "SIGHUP that is ignored", "exit 0, all of it", process.returncode)


def limited(suite):
    """A limit of a file's size is an error like a full disk, whether the signal for it is ignored or not."""
    place = Place(suite, "limited")
    before = tree(place.folder)
    for action in (signal.SIG_DFL, signal.SIG_IGN):
        def limit(action=action):
            signal.signal(signal.SIGXFSZ, action)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

        for words in (["--output=new", "log"], ["-j1", "--output=new", "log"], ["repair", "--output=new", "other"],
                      ["--format=csv", "--output=fresh", "log"], ["--format=csv", "--tables=tstat", "--output=new", "other"]):
            result = place.run(*words, preexec_fn=limit)
            suite.check(result.status == TROUBLE and b"File too large" in result.err and tree(place.folder) == before,
                        "%s, limited" % words, "exit 1, 'File too large', nothing left",
                        "exit %d, %r, %s" % (result.status, result.err, changes(before, tree(place.folder))),
                        "(ulimit -f 20; %s)" % harness.shell(place.argv(*words)))


# --- how inputs are opened ----------------------------------------------------------------------------------

def access_times(suite):
    """Reading leaves a file's time of access alone, where it could change."""
    place = Place(suite, "times")
    path = place.path("log")

    def read_by(read):
        os.utime(path, ns=(10 ** 18, 2 * 10 ** 18))
        read()
        return os.stat(path).st_atime_ns

    if read_by(lambda: harness.read(path)) == 10 ** 18:
        print("not tested: times of access (this file system does not keep them)")
        return
    for words in (["log"], ["-j1", "log"], ["repair", "log"], ["--carve", "log"], ["--no-sandbox", "log"], ["log", "soft"]):
        suite.equal(10 ** 18, read_by(lambda: place.run(*words)), "time of access after %s" % words)
    with open(path, "rb") as log:
        suite.equal(10 ** 18, read_by(lambda: place.run(stdin=log)), "time of access after reading standard input")


def of_somebody_else(suite):
    """A file that others own, whose access time cannot be kept, is read nevertheless."""
    tool = shutil.which("setpriv")
    if os.geteuid() != 0 or not tool:
        print("not tested: a file of somebody else (not root, or no setpriv)")
        return
    place = Place(suite, "somebody")
    os.chmod(suite.folder, 0o755)
    whole = place.run("log").out
    argv = [tool, "--reuid=65534", "--regid=65534", "--clear-groups"] + place.argv(place.log)
    result = harness.run(argv)
    suite.check((result.status, result.out) == (0, whole), "a log that somebody else owns", "all of it", tuple(result)[::2],
                harness.shell(argv))


def terminal(suite):
    """Without FILE a terminal is not read: the usage line."""
    for words in ([], ["repair"], ["--format=csv", "--tables=tstat"], ["--carve"]):
        master, slave = pty.openpty()
        argv = [suite.program()] + words
        done = subprocess.run(argv, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
        suite.check(done.returncode == TROUBLE and not done.stdout and
                    b"\nusage: atopdump [OPTION]... [FILE]...\n" in done.stderr and
                    (words != ["repair"] or b"\n       atopdump repair [OPTION]... [FILE]\n" in done.stderr),
                    "%s at a terminal" % words,
                    "exit 1, the usage line", "exit %d, %r" % (done.returncode, done.stderr), harness.shell(argv))
        os.close(slave)
        os.close(master)


def closed(suite):
    """Standard descriptors that are closed are not taken by files: no message gets into output, no output into a log."""
    place = Place(suite, "closed")
    cut = harness.read(place.log)[:-100]
    with open(place.path("cut"), "wb") as file:
        file.write(cut)
    whole = place.run("cut").out
    for fds in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)):
        for words in (["cut", "-o", "new"], ["-j1", "cut", "-o", "new"], ["--no-sandbox", "cut", "-o", "new"]):
            shutil.rmtree(place.path("new"), ignore_errors=True)
            if os.path.exists(place.path("new")):
                os.remove(place.path("new"))
            command = harness.shell(place.argv(*words)) + "".join(" %d>&-" % fd for fd in fds)
            done = subprocess.run(["sh", "-c", command], cwd=place.folder, check=False, stderr=subprocess.DEVNULL)
            got = harness.read(place.path("new")) if os.path.exists(place.path("new")) else b"nothing"
            suite.check(done.returncode == DAMAGED and got == whole and harness.read(place.path("cut")) == cut,
                        "%s without descriptors %s" % (words, fds), "exit 3, what was readable",
                        "exit %d, %d bytes for %d" % (done.returncode, len(got), len(whole)), command)


def main():
    suite = harness.Suite(__doc__)
    for group in (named_inputs, tables_of_inputs, standard_streams, elsewhere, existing, signals, limited, access_times,
                  of_somebody_else, terminal, closed):
        group(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
