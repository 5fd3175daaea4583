"""Proves that complete samples of a pipe that is still being written are shown, and that the output equals that of a file.

A slow writer writes a log in pieces and continues only when all complete samples have been printed: for every way of
printing, number of threads, and size of the part of the next sample that it has already written. Nothing here is timed,
except a limit after which the test fails.
"""

import fcntl
import os
import select
import subprocess
import sys
import threading
import time
import zlib

from lib import facts, harness

PATIENCE = 60           # seconds that a sample may take on a busy machine
IMPATIENCE = 2          # the same when one has taken too long already
SAMPLES = 4             # that are waited for, of each log


class Slow:
    """A run of the program whose input is written bit by bit."""

    patience = PATIENCE

    def __init__(self, suite, words):
        self.argv = [suite.program()] + words
        self.process = subprocess.Popen(self.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.got = b""

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def wait_for(self, expected):
        """Whether so much comes out, and nothing else, before patience ends."""
        end = time.monotonic() + Slow.patience
        while len(self.got) < len(expected) and expected.startswith(self.got):
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            piece = os.read(self.process.stdout.fileno(), 1 << 20) if ready else b""
            if not piece:
                Slow.patience = IMPATIENCE
                return False
            self.got += piece
        return self.got == expected

    def finish(self):
        out, err = self.process.communicate(timeout=PATIENCE)
        err = harness.without_notes(err)
        return harness.Result(self.process.returncode, self.got + out, err)

    def kill(self):
        self.process.kill()
        self.process.communicate()


def split(path, tables):
    """A log's header, and each of its samples."""
    data = harness.read(path)
    ends = [facts.Log(data, tables).table.size("rawheader")]
    ends += [sample.end for sample in facts.Log(data, tables).samples(tasks=False, system=False)]
    return data[:ends[0]], [data[a:b] for a, b in zip(ends, ends[1:])]


def expected_of(suite, words, header, samples):
    """What comes out of the first samples, for each number of them."""
    name = suite.path("prefix.raw")
    words = [word for word in words if not word.startswith("-j")]
    for number in range(1, len(samples) + 1):
        with open(name, "wb") as file:
            file.write(header + b"".join(samples[:number]))
        out = harness.run([suite.program("atopdump-static"), "-j1"] + words + [name]).out
        yield out.replace(name.encode() + b",", b"-,") if "--format=csv" in words else out


class Gzip:
    """A gzip stream of which what was written can be read."""

    def __init__(self):
        self.packer = zlib.compressobj(6, zlib.DEFLATED, 31)

    def pack(self, data):
        return self.packer.compress(data) + self.packer.flush(zlib.Z_SYNC_FLUSH)

    def end(self):
        return self.packer.flush()


def check(suite, path, tables, words, ahead=0, packer=None, expected=None):
    """Writes sample by sample, and `ahead` bytes of the next one, and waits for what is whole."""
    header, samples = split(path, tables)
    samples = samples[:SAMPLES]
    prefixes = expected or list(expected_of(suite, words, header, samples))
    data, ends = header + b"".join(samples), [len(header)]
    for sample in samples:
        ends.append(ends[-1] + len(sample))
    what = "%s, %s%s, %d bytes ahead" % (os.path.basename(path), words, ", gzip" if packer else "", ahead)
    slow = Slow(suite, words)
    pack = packer.pack if packer else bytes
    at = 0
    for number, end in enumerate(ends[1:]):
        upto = min(end + ahead, len(data))
        slow.write(pack(data[at:upto]))
        at = upto
        if not slow.wait_for(prefixes[number]):
            suite.check(False, what, "%d bytes out of %d samples" % (len(prefixes[number]), number + 1),
                        "%d bytes" % len(slow.got), harness.shell(slow.argv))
            slow.kill()
            return
    if packer:
        slow.write(packer.end())
    result = slow.finish()
    suite.check(tuple(result) == (0, prefixes[-1], b""), what, "exit 0, %d bytes" % len(prefixes[-1]),
                "exit %d, %d bytes, %r" % (result.status, len(result.out), result.err), harness.shell(slow.argv))


def formats(suite, path, tables):
    """Each way of printing, with threads and without."""
    for words in ([], ["--tables=tstat"], ["--tables=rawrecord"], ["--format=csv", "--tables=tstat"], ["--reserved"],
                  ["--format=csv", "--tables=rawrecord"], ["--format=atopdump"], ["--no-sandbox"]):
        for jobs in (["-j1"], ["-j2"], ["-j8"]):
            check(suite, path, tables, jobs + words)


def pieces(suite, path, tables):
    """The writer has written more or less of the next sample."""
    size = facts.Log(harness.read(path), tables).table.size("rawrecord")
    for ahead in (1, size - 1, size, size + 1, size + 2, size + 3, 500):
        for jobs in (["-j1"], ["-j3"]):
            check(suite, path, tables, jobs, ahead)


def repairs(suite, path, tables):
    """Repair hands over each record when it is whole."""
    header, samples = split(path, tables)
    samples = samples[:SAMPLES]
    check(suite, path, tables, ["repair"], 50, None,
          [header + b"".join(samples[:number]) for number in range(1, len(samples) + 1)])


def together(suite, path, other, tables):
    """After another log, and before one: what was read before is shown while the pipe is waited for."""
    header, samples = split(path, tables)
    for jobs in ("-j1", "-j4"):
        slow = Slow(suite, [jobs, "--tables=tstat", other, "-", other])
        slow.write(header + samples[0])
        first = suite.path("first.raw", header + samples[0])
        whole = harness.run([suite.program(), "--tables=tstat", other, first, other]).out.replace(first.encode(), b"-")
        upto = whole.rindex(b'\n{"file":"-"')
        upto = whole.index(b"\n", upto + 1) + 1
        good = slow.wait_for(whole[:upto])
        result = slow.finish()
        suite.check(good and result.out == whole and result.status == 0, "a pipe among logs, %s" % jobs,
                    "what is whole, while it is waited for", "%d bytes for %d" % (len(slow.got), upto),
                    harness.shell(slow.argv))


def logs(suite, path, other, tables):
    """A log behind another one begins in a pipe as in a file, and each sample is shown when it is whole."""
    pieces = []
    for log in (path, other):
        header, samples = split(log, tables)
        pieces += [header + samples[0], samples[1]]
    whole = suite.path("logs.raw")
    for jobs in ("-j1", "-j3"):
        for words in ([jobs], [jobs, "--tables=rawrecord"]):
            slow, good = Slow(suite, words), True
            for number, piece in enumerate(pieces):
                slow.write(piece)
                with open(whole, "wb") as file:
                    file.write(b"".join(pieces[:number + 1]))
                want = harness.run([suite.program()] + words + [whole])
                good = good and slow.wait_for(want.out)
            result = slow.finish()
            suite.check(good and tuple(result) == tuple(want), "two logs in one pipe, %s" % words,
                        "exit %d, %d bytes, sample by sample" % (want.status, len(want.out)),
                        "exit %d, %d bytes, %r" % (result.status, len(result.out), result.err), harness.shell(slow.argv))


def ends(suite, path, tables):
    """A pipe that ends within a sample ends as a file does, whatever was shown before."""
    header, samples = split(path, tables)
    data = header + samples[0] + samples[1]
    for cut in (len(header) + len(samples[0]) + 10, len(header) + len(samples[0]) + 200, len(data) - 1):
        for jobs in ("-j1", "-j3"):
            slow = Slow(suite, [jobs])
            slow.write(data[:len(header) + len(samples[0])])
            time.sleep(0.01)
            slow.write(data[len(header) + len(samples[0]):cut])
            got, want = slow.finish(), harness.run([suite.program(), jobs, suite.path("cut.raw", data[:cut])])
            suite.check((got.status, got.out) == (want.status, want.out), "a pipe that ends at byte %d, %s" % (cut, jobs),
                        "exit %d, %d bytes" % (want.status, len(want.out)), "exit %d, %d bytes" % (got.status, len(got.out)),
                        harness.shell(slow.argv))


def trickle(fd, data):
    """Writes a log in small pieces, and closes."""
    try:
        for at in range(0, len(data), 5000):
            os.write(fd, data[at:at + 5000])
    except BrokenPipeError:
        pass
    os.close(fd)


def blocked(suite, path):
    """Standard input that does not block is waited for."""
    data = harness.read(path)
    want = harness.run([suite.program(), path])
    for words in (["-j1"], ["-j3"], ["-j1", "-"], ["repair"], ["--carve", "--tables=tstat"]):
        read, write = os.pipe()
        fcntl.fcntl(read, fcntl.F_SETFL, fcntl.fcntl(read, fcntl.F_GETFL) | os.O_NONBLOCK)
        with subprocess.Popen([suite.program()] + words, stdin=read, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            os.close(read)
            time.sleep(0.05)
            writer = threading.Thread(target=trickle, args=(write, data), daemon=True)
            writer.start()
            out, err = process.communicate(timeout=PATIENCE)
            err = harness.without_notes(err)
            writer.join()
        good = process.returncode == 0 and (out == want.out if words[0].startswith("-j") else out)
        suite.check(good, "standard input that does not block, %s" % words, "exit 0, all of it",
                    "exit %d, %d bytes, %r" % (process.returncode, len(out), err[:300]))


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    new, old = (os.path.join(harness.EXAMPLES, name) for name in ("atop-2.11.0.raw", "atop-2.8.1.raw"))
    formats(suite, old, tables)
    pieces(suite, new, tables)
    for path in suite.examples():
        check(suite, path, tables, ["-j2"], 100)
    for jobs in ("-j1", "-j3"):
        check(suite, old, tables, [jobs], 0, Gzip())
        check(suite, old, tables, [jobs], 70, Gzip())
    repairs(suite, old, tables)
    together(suite, old, new, tables)
    logs(suite, old, new, tables)
    ends(suite, old, tables)
    blocked(suite, old)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
