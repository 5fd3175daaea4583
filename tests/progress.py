"""Proves that the line of progress appears on a terminal when a run takes more than a second, and is gone at its end.

The clock of the program is one that goes on by a step at each question (progress/clock.c), so the machine's load does not matter.
The terminal is a pseudoterminal, and what it would show is found out by playing back what was written to it.
"""

import fcntl
import gzip
import os
import re
import struct
import subprocess
import sys
import termios
import threading

from lib import harness
from lib.harness import DAMAGED, OK, REFUSED

WIDTH = 70
STEP = 300      # milliseconds


def clock(suite):
    """The library with the clock; None: it cannot be made."""
    path = suite.path("clock.so")
    source = os.path.join(harness.TESTS, "progress", "clock.c")
    compiler = os.environ.get("CC", "cc").split()
    made = subprocess.run([*compiler, "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-shared", "-fPIC", "-o", path, source], check=False, stderr=subprocess.DEVNULL)
    return path if made.returncode == 0 else None


def terminal():
    """(master, slave) of a new pseudoterminal of WIDTH columns."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
    return master, slave


def play(data):
    """(all that the lines ever showed, what the terminal shows at the end) of bytes written to it."""
    lines, seen, column = [""], [], 0
    for part in re.findall(r"[^\r\n]+|\r\n|\r|\n", data.decode()):
        if part == "\r":
            column = 0
        elif part in ("\n", "\r\n"):
            lines.append("")
            column = 0
        else:
            lines[-1] = (lines[-1][:column] + part + lines[-1][column + len(part):]).rstrip(" ")
            column += len(part)
            seen.append(lines[-1])
    return [line for line in seen if line], [line for line in lines if line]


class Bench:
    def __init__(self, suite, library):
        self.suite, self.library = suite, library

    def run(self, argv, step, out=None, data=None):
        """Runs atopdump with a terminal as standard error, its clock going on by `step` milliseconds a question. `out`: standard
        output, "same" for the terminal, "other" for another one. Returns its status, output, and what `play` does."""
        master, slave = terminal()
        other = terminal() if out == "other" else None
        stdout = {"same": slave, "other": other and other[1]}.get(out, subprocess.PIPE)
        process = subprocess.Popen([self.suite.program(), *argv], stdin=subprocess.PIPE if data else subprocess.DEVNULL, stdout=stdout,
                                   stderr=slave, env=dict(os.environ, LD_PRELOAD=self.library, CLOCK_STEP=str(step)))
        os.close(slave)
        said = []
        readers = [threading.Thread(target=drain, args=(master, said))]
        if other:
            os.close(other[1])
            readers.append(threading.Thread(target=drain, args=(other[0], [])))
        for reader in readers:
            reader.start()
        output, _ = process.communicate(data)
        for reader in readers:
            reader.join()
        return (process.returncode, output, *play(b"".join(said)))


def drain(fd, into):
    """Reads a terminal until no program has it open."""
    try:
        while data := os.read(fd, 65536):
            into.append(data)
    except OSError:
        pass
    os.close(fd)


def check_line(bench, logs):
    """What the line says, for one file, several, a pipe; nothing of it is left."""
    suite = bench.suite
    large = suite.path("large\x1b[31m\u65e5.raw", b"".join(map(harness.read, logs)))
    for words, pattern in (([large], r"atopdump: \d+ %, (\.\.\.|/).*large\\x1b\[31m\u65e5\.raw"),
                           (["-j1", large], r"atopdump: \d+ %, .*\u65e5\.raw"), (["-j2", large], r"atopdump: \d+ %, .*\u65e5\.raw"),
                           (["info", large], r"atopdump: \d+ %, .*\u65e5\.raw"), (["repair", large], r"atopdump: \d+ %, .*\u65e5\.raw"),
                           (["carve", large], r"atopdump: \d+ %, .*\u65e5\.raw"), ([*logs], r"atopdump: \d+ of %d files, \d+ %%, .+" % len(logs))):
        status, output, seen, left = bench.run(words, STEP)
        want = harness.run([suite.program(), *words], notes=True)
        lines = [line for line in seen if re.fullmatch(pattern, line)]
        suite.check(lines, "progress of %s" % words[:2], pattern, seen[:4])
        suite.check(all(len(line) < WIDTH for line in lines), "the width of progress, %s" % words[:2], WIDTH, lines[:2])
        kept = [line for line in left if not re.match(r"atopdump: \d+ logs? of", line)]
        suite.equal((want.status, want.out, want.err.decode().splitlines()), (status, output, kept), "what is left of it, %s" % words[:2])
        percents = [int(re.search(r"(\d+) %", line).group(1)) for line in lines]
        suite.check(percents == sorted(percents) and percents[-1:] <= [100], "percents of %s" % words[:2], "they rise to 100", percents)
    data = harness.read(large)
    for form, bytes_ in ("pipe", data), ("pipe of gzip", gzip.compress(data)):
        _, _, seen, left = bench.run(["-"], STEP, data=bytes_)
        suite.check(any(re.fullmatch(r"atopdump: \d+ MiB, standard input", line) for line in seen) and
                    all("MiB" not in line for line in left), "progress of a %s" % form, "MiB", (seen[:2], left))
    path = suite.path("large.gz", gzip.compress(data))
    _, _, seen, _ = bench.run([path], STEP)
    suite.check(any(re.fullmatch(r"atopdump: \d+ %, .*large\.gz", line) for line in seen), "progress of gzip", "percents", seen[:3])


def check_none(bench, log):
    """No line within a second, with --quiet, or where standard output is the same terminal; another terminal does not matter."""
    suite = bench.suite
    for what, words, step, out, shows in (("a short run", [], 0, None, False), ("less than a second", [], 1, None, False), ("a long run", [], STEP, None, True),
                                          ("--quiet", ["--quiet"], STEP, None, False), ("info --quiet", ["info", "-q"], STEP, None, False),
                                          ("the same terminal", [], STEP, "same", False), ("another terminal", [], STEP, "other", True)):
        _, _, seen, _ = bench.run([*words, log], step, out)
        shown = [line for line in seen if re.match(r"atopdump: \d+ %, ", line)]
        suite.equal(shows, bool(shown), "progress, %s: %s" % (what, shown[:1]))


def check_pace(bench, log):
    """The line is written at most ten times a second."""
    suite = bench.suite
    reads, lines = (len([line for line in bench.run(["info", log], step)[2] if " %, " in line]) for step in (1000, 50))
    most = (reads * 50 - 1000) // 100 + 1
    suite.check(reads > 50 and most // 2 < lines <= most, "lines with %d reads, each 50 ms" % reads, "at most %d" % most, lines)


def check_messages(bench, log):
    """Messages have lines of their own, and all of them are left."""
    suite = bench.suite
    data = bytearray(harness.read(log))
    data[len(data) // 3] ^= 1
    data[len(data) // 2] ^= 1
    bad = suite.path("bad.raw", bytes(data))
    text = suite.path("text", b"no log\n")
    for jobs in "-j1", "-j2":
        words = [jobs, bad, text, log]
        status, output, seen, left = bench.run(words, STEP)
        want = harness.run([suite.program(), *words], notes=True)
        suite.check(want.status in (REFUSED, DAMAGED) and len(want.err.splitlines()) > 1 and any(" files, " in line for line in seen),
                    "messages and progress, %s" % jobs, "both", (want.status, seen[:3]))
        suite.equal((want.status, want.out, want.err.decode().splitlines()), (status, output, left[:-1]), "messages that are left, %s" % jobs)


def main():
    suite = harness.Suite(__doc__)
    library = clock(suite)
    if library is None:
        print("not tested: progress; a library cannot be preloaded here")
        suite.finish()
    bench = Bench(suite, library)
    logs = suite.examples()
    large = max(logs, key=os.path.getsize)
    probe = bench.run([large], 500)
    if not suite.equal(OK, probe[0], "a run with the clock of the test"):
        suite.finish()
    check_line(bench, logs[:20])
    big = suite.path("big.raw", harness.read(large) * 10)
    check_none(bench, big)
    check_pace(bench, suite.path("bigger.raw", harness.read(large) * 120))
    check_messages(bench, big)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
