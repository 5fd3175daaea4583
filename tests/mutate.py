"""Proves that the tests notice mistakes: each change that mutations/*.txt lists, made on purpose, must fail a test.

Without options it checks only the lists: each old text is in its file exactly once, and each test exists. With --run
every change is made in a copy of the project (build/mutate), what it touches is built, and the tests that the entry
names are run until one prints a failure; changes that none notices, and changes that do not compile, are listed and fail
the run. A test that noticed a change must pass without it, and is run once to see that. --only=WORD runs the entries
whose file, or name of the list, has the word; of several words those of the first come first. A run that was
interrupted continues where it stopped, as long as the project is the same. `make mutate` runs all.

Empty lines separate the entries. The "-" and "+" lines are the old and the new text, without that sign:

	runtime/rawlog/log/frame.c: a length beyond the end is taken
	! unit-runtime badinput
	-	if (length > rest)
	+	if (length > rest + 1)

The first line says what a user would suffer; "!" names the tests that should notice, the most likely first. A single "-"
line may hold a part of a line; several hold whole lines.
"""

import fcntl
import glob
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from lib import harness

LISTS = os.path.join(harness.TESTS, "mutations")
FOLDERS = ("runtime", "generator", "expr", "schemas", "generated")     # what an entry may change
UNITS = ("unit-runtime", "unit-generator", "unit-printed", "schema", "verify")
BUILT = {       # what make builds for a test, where it is not atopdump alone
    "unit-runtime": ["unit-runtime"], "unit-generator": ["unit-generator"], "unit-printed": ["unit-printed"],
    "schema": ["atopgen"], "layouts": ["atopgen"], "meanings": ["atopgen"], "schemabounds": ["atopgen"],
    "audit": ["atopgen"], "newrelease": ["atopgen"], "verify": ["atopgen"], "architecture": [], "once": [], "labeltables": [],
    "damage": ["damage-driver", "atopdump"], "bounds": ["atopdump-metered", "atopdump"],
    "inflate": ["atopdump", "atopdump-zlib"], "unverified": ["atopdump", "atopdump-zlib"],
    "sandbox": ["atopdump", "sandbox-probe", "sandbox-refuse", "sandbox-inside.so"],
    "faults": ["faults", "faults-atopgen", "atopdump"],
    "fuzz": ["fuzz-file", "fuzz-inflate", "fuzz-frame", "fuzz-chain", "fuzz-schema", "fuzz-where"],
}
COMPILER_ALONE = (["atopgen"], ["unit-generator"])      # of BUILT: what needs no generated code
FLAGS = "CFLAGS=-O1"        # builds are many and short
PATIENCE = 3600             # seconds of one test, after which it counts as failed
FAILURE = re.compile(rb"FAIL |.*:[FE]:|.*(Error|Exception|TimeoutExpired)\b|.*: no such program")  # a test's line that names one
NO_BUILD = "does not build"


class Mutation:
    def __init__(self, name, lines):
        self.list = name
        self.file, _, self.why = lines[0].partition(": ")
        self.tests = lines[1][1:].split() if lines[1:] and lines[1].startswith("!") else []
        self.old = "\n".join(line[1:] for line in lines if line.startswith("-"))
        self.new = "\n".join(line[1:] for line in lines if line.startswith("+"))
        self.text = "\n".join(lines)

    def __str__(self):
        return "%s: %s" % (self.file, self.why)

    def fault(self):
        """What is wrong with the entry; None: nothing."""
        path = os.path.join(harness.ROOT, self.file)
        if not self.file.startswith(tuple(folder + "/" for folder in FOLDERS)) or not os.path.isfile(path):
            return "no such file"
        if not self.why or not self.tests or not self.old or self.old == self.new:
            return "an entry has a reason, tests, an old text and a new one"
        unknown = [test for test in self.tests
                   if test not in UNITS and not os.path.exists(os.path.join(harness.TESTS, test + ".py"))]
        if unknown:
            return "no such test: %s" % " ".join(unknown)
        found = read_text(path).count(self.old)
        return None if found == 1 else "the old text is in the file %d times" % found


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def load_lists():
    """The entries of all lists. Lines that begin with # are comments."""
    found = []
    for path in sorted(glob.glob(os.path.join(LISTS, "*.txt"))):
        name = os.path.splitext(os.path.basename(path))[0]
        for part in read_text(path).split("\n\n"):
            lines = [line for line in part.split("\n") if line and not line.startswith("#")]
            if lines:
                found.append(Mutation(name, lines))
    return found


# --- the copy -----------------------------------------------------------------------------------------------------


class Copy:
    """The project in build/mutate, where changes are made and undone."""

    def __init__(self, root):
        self.root = root
        self.build = os.path.join(root, "build")
        self.log = os.path.join(root, "last.log")
        files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=harness.ROOT,
                               check=True, capture_output=True).stdout.decode().split("\0")
        self.files = sorted(name for name in files if name and os.path.isfile(os.path.join(harness.ROOT, name)))
        self.hash = hashlib.sha256()
        self.texts = {}         # of the files that entries may change; the project itself may change during a run
        for name in self.files:
            data = harness.read(os.path.join(harness.ROOT, name))
            if not name.startswith("tests/mut"):
                self.hash.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
            if name.startswith(FOLDERS):
                self.texts[name] = data
            self._put(name, data)
        for folder in FOLDERS:          # what an interrupted run, or an older project, left behind
            for path in glob.glob(os.path.join(root, folder, "**"), recursive=True):
                if os.path.isfile(path) and os.path.relpath(path, root) not in self.files:
                    os.remove(path)

    def _put(self, name, data):
        """Brings a file up to date. One that does not differ is not written, so that make builds little."""
        target = os.path.join(self.root, name)
        if os.path.exists(target) and harness.read(target) == data:
            return
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
        shutil.copymode(os.path.join(harness.ROOT, name), target)

    def restore(self):
        for name, data in self.texts.items():
            self._put(name, data)

    def run(self, *words, **environment):
        """Whether a command succeeds; it is stopped at the first failure that it prints. Its output is in last.log."""
        self.failure = None
        folder = tempfile.mkdtemp(prefix="atopdump-mutate-")       # what a stopped test leaves is removed with it
        environment = dict(os.environ, PYTHONUNBUFFERED="1", TMPDIR=folder, CK_DEFAULT_TIMEOUT="300", **environment)
        with open(self.log, "wb") as log:
            log.write((harness.shell(words) + "\n").encode())
            process = subprocess.Popen(words, cwd=self.root, env=environment, stdin=subprocess.DEVNULL, bufsize=0,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
            timer = threading.Timer(PATIENCE, kill_group, [process])
            timer.start()
            try:
                for line in process.stdout:
                    log.write(line)
                    if not self.failure and FAILURE.match(line):
                        self.failure = line.decode(errors="replace").strip()
                        if line.startswith(b"FAIL "):
                            break
                else:
                    process.wait()
            finally:
                timer.cancel()
                if process.poll() is None:
                    kill_group(process)
        shutil.rmtree(folder, ignore_errors=True)
        return process.wait() == 0

    def make(self, *targets):
        compiler = ["CC=ccache cc"] if shutil.which("ccache") and "CC" not in os.environ else []
        return self.run("make", "-j2", "BUILD=build", FLAGS, *compiler, *targets)

    def build_for(self, name):
        return self.make(*["build/" + target for target in BUILT.get(name, ["atopdump", "atopdump-static"])])

    def test(self, name, case=None):
        """Runs a test that is built; of a unit test the case alone, where one is named."""
        if name == "verify":
            return self.make("verify")
        if name == "unit-printed":
            return self.run("build/unit-printed", *["example_data/" + os.path.basename(path) for path in
                                                    sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.raw")))])
        if name.startswith("unit-"):
            return self.run("build/" + name, **{"CK_RUN_CASE": case} if case else {})
        script = "tests/schema/run.py" if name == "schema" else "tests/%s.py" % name
        return self.run(sys.executable, script, "--build", "build")

    def notices(self, name, mutation):
        """Whether a test fails. The case that is called like the changed file runs first: it often suffices."""
        case = os.path.splitext(os.path.basename(mutation.file))[0]
        return (name.startswith("unit-") and not self.test(name, case)) or not self.test(name)

    def noticed_by(self, mutation):
        """The first of the tests that fails on the changed project; None: the change survives."""
        path = os.path.join(self.root, mutation.file)
        write_text(path, read_text(path).replace(mutation.old, mutation.new))
        generates, generated = mutation.file.startswith(("expr/", "generator/", "schemas/")), False
        try:
            if generates and not self.make("build/atopgen"):
                return NO_BUILD
            for name in mutation.tests:
                if generates and not generated and BUILT.get(name) not in COMPILER_ALONE:
                    generated = self.make("regen")
                    if not generated:
                        return "make regen"
                if not self.build_for(name):
                    return "make" if generated else NO_BUILD
                if self.notices(name, mutation):
                    return name
            return None
        finally:
            self.restore()


def kill_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


# --- a run --------------------------------------------------------------------------------------------------------


def check_baseline(suite, copy, name):
    """A test that fails anyway would notice everything."""
    if name.startswith("make"):
        good = copy.make("regen", "build/atopdump")
    else:
        good = copy.build_for(name) and copy.test(name)
    return suite.check(good, "%s passes on what is not changed" % name, "success", "see %s" % copy.log)


def run(suite, mutations):
    root = os.path.join(suite.build, "mutate")
    os.makedirs(root, exist_ok=True)
    lock = open(os.path.join(root, "lock"), "wb")       # held until the end: one run at a time
    fcntl.flock(lock, fcntl.LOCK_EX)
    copy = Copy(root)
    path = os.path.join(root, "results.json")
    state = copy.hash.hexdigest()
    results = json.loads(read_text(path)) if os.path.exists(path) else {}
    if results.get("state") != state:
        results = {"state": state, "passed": []}
    for mutation in mutations:
        if mutation.text not in results:
            results[mutation.text] = copy.noticed_by(mutation)
            write_text(path, json.dumps(results))
            print("%-16s %s\n%18s %s" % (results[mutation.text] or "SURVIVES", mutation, "", copy.failure), flush=True)
    for name in sorted({results[mutation.text] for mutation in mutations} - {None, NO_BUILD} - set(results["passed"])):
        if check_baseline(suite, copy, name):
            results["passed"].append(name)
            write_text(path, json.dumps(results))
    for mutation in mutations:
        suite.check(results[mutation.text] not in (None, NO_BUILD), str(mutation),
                    "one of %s fails" % " ".join(mutation.tests), results[mutation.text] or "all pass",
                    "python3 tests/mutate.py --run --only=%s" % mutation.list)


def main():
    only = [word[len("--only="):] for word in sys.argv if word.startswith("--only=")]
    sys.argv = [word for word in sys.argv if not word.startswith("--only=")]
    suite = harness.Suite(__doc__, run="make the changes and run the tests")
    mutations = load_lists()
    for mutation in mutations:
        fault = mutation.fault()
        suite.check(fault is None, "%s (%s.txt)" % (mutation, mutation.list), "a change that can be made", fault)
    suite.check(len(mutations) >= 60, "there are changes", "60 and more", len(mutations))
    if suite.options.run and not suite.failed:
        run(suite, list(dict.fromkeys(mutation for word in only or [""] for mutation in mutations
                                      if word in mutation.file or word in mutation.list)))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
