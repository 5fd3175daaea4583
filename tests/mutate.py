"""Proves that tests would notice mistakes: each single change of mutations/*.txt, made on purpose, must fail a test.

Without options this checks the lists alone: each old text stands exactly once in its file, each test exists. With --run
every change is made in a copy of the project (build/mutate), what it touches is built, and the tests that the entry
names are run until one fails; changes that none notices are listed and fail the run. --only=WORD runs the entries
whose file, or name of the list, has the word. A run that is broken off goes on where it was, as long as the project is
the same. `make mutate` runs all.

An entry, parted from the next by an empty line; "-" and "+" lines are the old and the new text, without that sign:

	runtime/rawlog/log/frame.c: a length beyond the end is taken
	! unit-runtime badinput
	-	if (length > rest)
	+	if (length > rest + 1)

The first line says what a user would suffer, "!" names the tests that should notice, the likeliest first. Of a single
"-" line any part of a line may stand there; of several, whole lines.
"""

import fcntl
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys

import harness

LISTS = os.path.join(harness.HERE, "mutations")
FOLDERS = ("runtime", "generator", "schemas", "generated")     # what an entry may change
UNITS = ("unit-runtime", "unit-generator", "unit-printed", "schema", "verify")
BUILT = {       # what make builds for a test, where it is not atopdump alone
    "unit-runtime": ["unit-runtime"], "unit-generator": ["unit-generator"], "unit-printed": ["unit-printed"],
    "schema": ["atopgen"], "layouts": ["atopgen"], "meanings": ["atopgen"], "schemabounds": ["atopgen"],
    "audit": ["atopgen"], "newrelease": ["atopgen"], "damage": ["damage-driver", "atopdump"],
    "inflate": ["atopdump", "atopdump-zlib"], "architecture": [], "once": [], "verify": ["atopgen"],
    "sandbox": ["atopdump", "sandbox-probe", "sandbox-refuse"], "faults": ["faults", "faults-atopgen", "atopdump"],
    "fuzz": ["fuzz-file", "fuzz-inflate", "fuzz-frame", "fuzz-chain", "fuzz-schema"],
}
FLAGS = "CFLAGS=-O1"        # builds are many and short
PATIENCE = 1200             # seconds of one test


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
                   if test not in UNITS and not os.path.exists(os.path.join(harness.HERE, test + ".py"))]
        if unknown:
            return "no such test: %s" % " ".join(unknown)
        found = read_text(path).count(self.old)
        return None if found == 1 else "the old text stands in the file %d times" % found


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def load_lists():
    """The entries of all lists; lines that begin with # say what a list is about."""
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
    """The project in build/mutate, where changes are made and taken back."""

    def __init__(self, root):
        self.root = root
        self.build = os.path.join(root, "build")
        self.log = os.path.join(root, "last.log")
        files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=harness.ROOT,
                               check=True, capture_output=True).stdout.decode().split("\0")
        self.files = sorted(name for name in files if name and os.path.isfile(os.path.join(harness.ROOT, name)))
        self.hash = hashlib.sha256()
        self.texts = {}         # of what entries may change: the project may go on changing meanwhile
        for name in self.files:
            data = harness.read(os.path.join(harness.ROOT, name))
            if not name.startswith("tests/mut"):
                self.hash.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
            if name.startswith(FOLDERS):
                self.texts[name] = data
            self._put(name, data)
        for folder in FOLDERS:          # what a broken-off run left behind
            for name in os.listdir(os.path.join(root, folder)):
                if folder + "/" + name not in self.files:
                    os.remove(os.path.join(root, folder, name))

    def _put(self, name, data):
        """Brings a file up to date, touching it only where it differs, so that make builds little."""
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

    def run(self, *words):
        """Whether a command succeeds; what it prints is in last.log."""
        with open(self.log, "wb") as log:
            log.write((harness.shell(words) + "\n").encode())
            log.flush()
            try:
                return subprocess.run(words, cwd=self.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                      timeout=PATIENCE, check=False).returncode == 0
            except subprocess.TimeoutExpired:
                return False

    def make(self, *targets):
        compiler = ["CC=ccache cc"] if shutil.which("ccache") and "CC" not in os.environ else []
        return self.run("make", "-j2", "BUILD=build", FLAGS, *compiler, *targets)

    def test(self, name):
        """Builds what a test needs and runs it."""
        if not self.make(*["build/" + target for target in BUILT.get(name, ["atopdump"])]):
            return False
        if name == "verify":
            return self.make("verify")
        if name == "unit-printed":
            return self.run("build/unit-printed", *["example_data/" + os.path.basename(path) for path in
                                                    sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.raw")))])
        if name.startswith("unit-"):
            return self.run("build/" + name)
        script = "tests/schema/run.py" if name == "schema" else "tests/%s.py" % name
        return self.run(sys.executable, script, "--build", "build")

    def noticed_by(self, mutation):
        """The first of the tests that fails on the changed project; None: the change survives."""
        path = os.path.join(self.root, mutation.file)
        write_text(path, read_text(path).replace(mutation.old, mutation.new))
        try:
            if mutation.file.startswith(("generator/", "schemas/")) and not self.make("regen"):
                return "make regen"
            return next((name for name in mutation.tests if not self.test(name)), None)
        finally:
            self.restore()


# --- a run --------------------------------------------------------------------------------------------------------


def check_baseline(suite, copy, mutations, passed):
    """A test that fails anyway would notice everything. Those in `passed` did pass."""
    for name in sorted({name for mutation in mutations for name in mutation.tests} - set(passed)):
        if suite.check(copy.test(name), "%s passes on what is not changed" % name, "success", "see %s" % copy.log):
            passed.append(name)


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
    left = [mutation for mutation in mutations if mutation.text not in results]
    check_baseline(suite, copy, left, results["passed"])
    write_text(path, json.dumps(results))
    for mutation in left if not suite.failed else []:
        results[mutation.text] = copy.noticed_by(mutation)
        write_text(path, json.dumps(results))
        print("%-16s %s" % (results[mutation.text] or "SURVIVES", mutation), flush=True)
    for mutation in mutations if not suite.failed else []:
        suite.check(results[mutation.text], str(mutation), "one of %s fails" % " ".join(mutation.tests), "all pass",
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
        run(suite, [mutation for mutation in mutations if not only or
                    any(word in mutation.file or word in mutation.list for word in only)])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
