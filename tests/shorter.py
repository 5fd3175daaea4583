"""Proves that a regular file that becomes shorter while it is read is damage, wherever it ends then: between two samples too.
A file that grows meanwhile is read as far as it reaches.

Output goes to a pipe that nobody reads, so the program waits in the middle of the log until the file has changed.
"""

import gzip
import os
import subprocess
import sys

from lib import harness
from lib.harness import DAMAGED, OK

COPIES, KEPT = 60, 40


def run_changed(program, argv, path, size, more=b""):
    """(status, output, messages) of a run while which the file gets another size, or more bytes."""
    process = subprocess.Popen([program, *argv, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = process.stdout.read(1)
    if more:
        with open(path, "ab") as file:
            file.write(more)
    else:
        os.truncate(path, size)
    out, err = process.communicate(timeout=120)
    return process.returncode, first + out, harness.without_notes(err)


def main():
    suite = harness.Suite(__doc__)
    program = suite.program()
    log = harness.read(os.path.join(harness.EXAMPLES, "atop-2.7.1.raw"))
    for argv in (["-j1"], ["-j2"], ["-j1", "--format=rows"], ["carve"]):
        path = suite.path("log.raw", log * COPIES)
        status, out, err = run_changed(program, argv, path, KEPT * len(log))
        suite.check(status == DAMAGED and b"the file became %d bytes shorter while it was read" % ((COPIES - KEPT) * len(log)) in err,
                    "%s: cut behind a sample" % argv, "status 3, and why", (status, err))
        path = suite.path("log.raw", log * COPIES)
        status, out, err = run_changed(program, argv, path, KEPT * len(log) - 100)
        suite.check(status == DAMAGED and b"shorter" in err, "%s: cut inside a sample" % argv, "status 3, and why", (status, err))
    path = suite.path("log.gz", gzip.compress(log * COPIES) * 8)
    status, out, err = run_changed(program, ["-j1"], path, len(gzip.compress(log * COPIES)) * 6)
    suite.check(status == DAMAGED and b"shorter" in err, "gzip cut behind a member", "status 3, and why", (status, err))
    path = suite.path("log.raw", log * COPIES)
    status, out, err = run_changed(program, ["-j1"], path, 0, log)
    suite.check(status == OK and not err and out.count(b'"rawheader"') in (COPIES, COPIES + 1), "a file that grows", "status 0",
                (status, err))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
