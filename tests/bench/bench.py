"""Measures atopdump: speed against floors measured in the same run, and memory on logs of 10 MB and 1 GB.

Floors are zlib inflating the same blocks (inflate_floor.c) and writing the same number of bytes, each to
/dev/null. Logs are made by repeating the samples of real ones. Best of five, seconds of wall clock. Not part
of the checks: figures depend on the machine; the targets at the end are counted all the same.
"""

import os
import subprocess
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import facts        # noqa: E402
import harness      # noqa: E402

ROUNDS = 5
TASK_BYTES = 100 << 20              # inflated tasks of a log that speed is measured on
SMALL, LARGE = 10 << 20, 1 << 30    # file sizes that memory is measured on
RSS_TARGET = 16 << 20
RATIO_TARGET = 1.6
DRIFT = 256 << 10                   # by which two runs over the same file may differ


def helper(suite, name):
    """A C program of this folder, out of the build folder or compiled here."""
    built = os.path.join(suite.build, name)
    if os.path.exists(built):
        return built
    path = suite.path(name)
    subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O2", "-o", path,
                    os.path.join(harness.HERE, "bench", name + ".c"), "-lz"], check=True)
    return path


def measure(peak, argv, rounds=ROUNDS):
    """(best wall seconds, peak RSS in bytes) of a command; its output is thrown away."""
    best, most = float("inf"), 0
    for _ in range(rounds):
        done = subprocess.run([peak] + argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        status, _, seconds, _, size = done.stderr.splitlines()[-1].split()
        if int(status):
            raise RuntimeError("%s: %r" % (harness.shell(argv), done.stderr))
        best, most = min(best, float(seconds)), max(most, int(size))
    return best, most


def output_size(argv):
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        return sum(len(chunk) for chunk in iter(lambda: process.stdout.read(1 << 20), b""))


def floor(program, *words):
    """Best seconds that a floor reports of itself, and its number of bytes."""
    best = None
    for _ in range(ROUNDS):
        done = subprocess.run([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              check=True)
        size, _, seconds = done.stderr.split()
        best = min(best or float("inf"), float(seconds))
    return best, int(size)


class Source:
    """A real log that longer ones are made of."""

    def __init__(self, path, tables):
        self.name = os.path.basename(path)
        self.data = harness.read(path)
        self.log = facts.Log(self.data, tables)
        self.head = self.data[:self.log.table.size("rawheader")]
        self.samples = list(self.log.samples(tasks=False, system=False))
        self.tasks = sum(sample.record[self.log.table.task_count] for sample in self.samples)

    def repeated(self, path):
        """Writes a log of about TASK_BYTES of tasks; returns its numbers of samples and tasks."""
        task_size = self.log.table.size(self.log.table.task_struct)
        times = max(1, TASK_BYTES // max(1, self.tasks * task_size))
        with open(path, "wb") as file:
            file.write(self.head)
            for _ in range(times):
                file.write(self.data[len(self.head):])
        return times * len(self.samples), times * self.tasks

    def block_list(self, path, times, which):
        """Writes "offset length" of each record's block number `which` (1: tasks; None: all) of a repeated
        log."""
        body = len(self.data) - len(self.head)
        with open(path, "w", encoding="ascii") as file:
            for i in range(times):
                for sample in self.samples:
                    for number, (offset, length) in enumerate(sample.blocks):
                        if which is None or number == which:
                            file.write("%d %d\n" % (offset + i * body, length))

    def padded(self, path, size):
        """Writes a log of about `size` bytes, its blocks stored without compression."""
        table, order = self.log.table, self.log.order
        made = next(self.log.samples())
        node = table.structs[table.task_struct]
        content = [facts.encode(table.structs["sstat"], made.sstat, order),
                   b"".join(facts.encode(node, task, order) for task in made.tasks) * 20]
        blocks = [zlib.compress(one, 0) for one in content]
        record = dict(made.record, scomplen=len(blocks[0]), pcomplen=len(blocks[1]))
        record[table.task_count] = len(made.tasks) * 20
        for member in ("ccomplen", "icomplen", "coriglen", "ncgroups", "ncgpids"):
            if member in record:
                record[member] = 0
        sample = facts.encode(table.structs["rawrecord"], record, order) + b"".join(blocks)
        with open(path, "wb") as file:
            file.write(self.head)
            for _ in range(size // len(sample) + 1):
                file.write(sample)


def speed(suite, program, peak, floors, source):
    """Prints the figures of one log; counts the target."""
    path, blocks = suite.path("speed.raw"), suite.path("blocks")
    samples, tasks = source.repeated(path)
    size = os.path.getsize(path)
    print("%s: %d samples, %d tasks, %.1f MB" % (source.name, samples, tasks, size / 1e6))
    print("  %-18s %8s %9s %9s %10s %11s %8s %7s %7s" % (
        "", "seconds", "MB/s in", "MB/s out", "samples/s", "tasks/s", "RSS MB", "inflate", "write"))
    times = samples // len(source.samples)
    floor_seconds = {}
    for which in (1, None):
        source.block_list(blocks, times, which)
        floor_seconds[which] = floor(floors, "inflate", path, blocks)
    for name, words, which in (("tasks to JSON", ["--tables=tstat"], 1), ("all to JSON", [], None),
                               ("tasks to CSV", ["--format=csv", "--tables=tstat"], 1),
                               ("records to JSON", ["--tables=rawrecord"], 0)):
        argv = [program] + words + [path]
        seconds, most = measure(peak, argv)
        out = output_size(argv)
        inflate = floor_seconds[which][0] if which != 0 else None
        writing, _ = floor(floors, "write", str(out))
        print("  %-18s %8.3f %9.1f %9.1f %10.0f %11.0f %8.1f %7s %7s" %
              (name, seconds, size / seconds / 1e6, out / seconds / 1e6, samples / seconds, tasks / seconds,
               most / 2 ** 20, "%.2fx" % (seconds / inflate) if inflate else "-",
               "%.1fx" % (seconds / writing) if writing > 1e-4 else "-"))
        if name == "tasks to JSON":
            suite.check(seconds <= RATIO_TARGET * inflate,
                        "%s: tasks to JSON against zlib alone" % source.name,
                        "at most %.1fx" % RATIO_TARGET, "%.2fx" % (seconds / inflate), harness.shell(argv))
    for which, what in ((1, "tasks"), (None, "all blocks")):
        seconds, inflated = floor_seconds[which]
        print("  floor: zlib inflates %s: %.3f s, %.1f MB/s out" % (what, seconds, inflated / seconds / 1e6))


def memory(suite, program, peak, source):
    """Peak memory on a small and on a large log of the same samples."""
    path = suite.path("memory.raw")
    peaks = {}
    for size in (SMALL, LARGE):
        source.padded(path, size)
        for words in (["--tables=tstat"], []):
            argv = [program] + words + [path]
            _, most = measure(peak, argv, 1)
            peaks.setdefault(tuple(words), []).append(most)
            what = "%s of a log of %d MB" % (" ".join(words) or "everything", os.path.getsize(path) / 1e6)
            print("  peak RSS, %s: %.1f MB" % (what, most / 2 ** 20))
            suite.check(most < RSS_TARGET, "memory for " + what, "below %d MB" % (RSS_TARGET >> 20),
                        "%.1f MB" % (most / 2 ** 20), harness.shell(argv))
    for words, (small, large) in peaks.items():
        suite.check(abs(large - small) <= DRIFT,
                    "memory does not grow with the file, " + (" ".join(words) or "everything"),
                    "%d bytes, give or take %d" % (small, DRIFT), large)
    os.remove(path)


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program()
    peak, floors = helper(suite, "peak"), helper(suite, "inflate_floor")
    tables = facts.load_tables()
    sources = [Source(path, tables) for path in suite.options.files or suite.examples()[-1:]]
    for source in sources:
        speed(suite, program, peak, floors, source)
    memory(suite, program, peak, sources[0])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
