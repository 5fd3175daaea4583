"""Runs tests: options, starting the programs, counting, and reporting failures.

Not a test. It knows nothing about logs or the expected output.
"""

import argparse
import collections
import concurrent.futures
import glob
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
DATA = os.path.join(TESTS, "data")
EXAMPLES = os.path.join(ROOT, "example_data")
MEMORY = "/dev/shm"
WORKERS = 2
OK, TROUBLE, REFUSED, DAMAGED = 0, 1, 2, 3      # atopdump's exit statuses
SHOWN = 20          # failures printed in full

# For programs on glibc: memory comes in few large steps, on huge pages where the system has them. A program that dumps a small
# log causes 600 page faults, which cost more than the dump; with these settings it causes half as many.
TUNABLES = "GLIBC_TUNABLES"
FEW_FAULTS = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=%d:glibc.malloc.trim_threshold=%d:glibc.malloc.top_pad=%d" % (
    64 << 20, 64 << 20, 8 << 20)

Result = collections.namedtuple("Result", "status out err")


def cause_few_faults():
    """Makes the programs that are started from now on cause few page faults, unless their memory is measured."""
    os.environ.setdefault(TUNABLES, FEW_FAULTS)


def measured_environment():
    """The environment of a program whose memory is limited or measured."""
    return {name: value for name, value in os.environ.items() if (name, value) != (TUNABLES, FEW_FAULTS)}


class Suite:
    """Options, paths and the count of one test script."""

    def __init__(self, doc, files=False, folder=None, **flags):
        parser = argparse.ArgumentParser(description=doc.split("\n")[0])
        parser.add_argument("--build", default=os.path.join(ROOT, "build"), help="folder with the programs")
        parser.add_argument("--long", action="store_true", help="also what make check leaves out")
        for name, text in flags.items():
            parser.add_argument("--" + name, action="store_true", help=text)
        if files:
            parser.add_argument("files", nargs="*", help="more logs")
        self.options = parser.parse_args()
        cause_few_faults()
        self.script = os.path.relpath(sys.argv[0], ROOT)
        self.build = os.path.abspath(self.options.build)
        self.passed = self.failed = 0
        self.folder = tempfile.mkdtemp(prefix="atopdump-", dir=folder)

    def program(self, name="atopdump"):
        path = os.path.join(self.build, name)
        if not os.path.exists(path):
            print("%s: no such program; build it first or say --build DIR" % path)
            print("0 passed, 1 failed")
            sys.exit(1)
        return path

    def path(self, name, data=None):
        """A scratch file's path; with data, the file is written."""
        path = os.path.join(self.folder, name)
        if data is not None:
            with open(path, "wb") as file:
                file.write(data)
        return path

    def examples(self):
        """Real logs: those of the repository and those named on the command line."""
        return sorted(glob.glob(os.path.join(EXAMPLES, "*.raw"))) + list(getattr(self.options, "files", []))

    def some(self, items, n, first=0):
        """With --long all items, else each n-th of them, beginning with the one of number `first`, counted from 0."""
        items = list(items)
        return items if self.options.long else items[first % n::n]

    def check(self, good, what, expected="", got="", command=None):
        """Counts one case; a failure says what was expected, what came, and how to see it again."""
        if good:
            self.passed += 1
            return True
        self.failed += 1
        if self.failed <= SHOWN:
            print("FAIL %s\n  expected: %s\n  got:      %s\n  again:    %s" %
                  (what, clip(expected), clip(got), command or "python3 %s --build %s" % (self.script,
                                                                                          self.build)))
        elif self.failed == SHOWN + 1:
            print("(further failures are only counted)")
        return False

    def equal(self, expected, got, what, command=None):
        return self.check(expected == got, what, repr(expected), repr(got), command)

    def finish(self):
        if self.failed:
            print("inputs are kept in %s" % self.folder)
        else:
            shutil.rmtree(self.folder)
        print("%d passed, %d failed" % (self.passed, self.failed))
        sys.exit(1 if self.failed or not self.passed else 0)


def folder_in_memory():
    """A folder whose files are in memory, for small files that are written thousands of times; None: there is none."""
    return MEMORY if os.access(MEMORY, os.W_OK | os.X_OK) and "TMPDIR" not in os.environ else None


def project_files():
    """The project's files, from its root; what was built is left out."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if name not in (".git", "__pycache__") and (folder != ROOT or name != "build"))
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), ROOT)


def clip(text, limit=600):
    text = str(text)
    return text if len(text) <= limit else text[:limit] + "… (%d characters)" % len(text)


class Syntax(str):
    """A word of a command line that the shell is to interpret."""


def shell(argv):
    """A command line that can be pasted."""
    return " ".join(word if isinstance(word, Syntax) else shlex.quote(str(word)) for word in argv)


def without_notes(err):
    """Messages without what atopdump notes of a log's recorder, which most real logs have."""
    return b"".join(line for line in err.splitlines(True) if b": note: " not in line)


def run(argv, data=None, memory=None, timeout=60, notes=False, **more):
    """Status (negative: signal), standard output and standard error as bytes. Input is empty unless given.

    What atopdump notes of a log's recorder, which most real logs have, is left out of standard error unless asked for.
    """
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    if memory:
        more["preexec_fn"] = limit
        more.setdefault("env", measured_environment())
    feed = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
    feed.update(more)
    feed.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run([str(word) for word in argv], stderr=subprocess.PIPE, timeout=timeout, check=False,
                          **feed)
    return Result(done.returncode, done.stdout, done.stderr if notes else without_notes(done.stderr))


def threads(function, items):
    """function(item) for each, two at a time, results in order: for work that waits for programs."""
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(function, items)


def processes(function, items):
    """The same for work that computes; function, items and results must be such that they can be sent."""
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        yield from pool.map(function, items)


def is_sanitized(program):
    """Whether it holds the address sanitizer, beside whose memory the program's own says nothing."""
    return b"__asan_init" in read(program)


def read(path):
    with open(path, "rb") as file:
        return file.read()
