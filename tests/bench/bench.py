"""Measures atopdump: speed against floors measured in the same run, with one thread and with all, and memory.

Logs are made by repeating the samples of real ones, about 100 MB of compressed input together (--small: 12 MB). Floors
are inflating the same blocks, with what the program inflates with, and writing the same number of bytes to the same
place, /dev/null. Best of five or more. Seconds of one thread and of floors are the processor's, so that others at work on the
machine disturb little; those of several threads are of the wall clock. Not part of the checks: figures depend on the
machine. At the end stands which of the targets are reached. Options choose parts of it; without any, all are measured.
"""

import os
import shutil
import subprocess
import sys
import time

import tools        # tools finds lib
from lib import facts, harness

ROUNDS = 5
FULL, SMALL = 16 << 20, 2 << 20     # bytes of each log
SHAPES = (64, 1000, 30000)          # tasks of a sample
ENOUGH = 1.5                        # seconds
LENGTHS = (1, 10, 100, 1000, 10000)
LONG, LONG_SMALL = 1 << 30, 64 << 20
BUSY = 300                          # tasks of a sample, from which on they weigh more than the figures of the system
LOGS = 500                          # small ones, given at once
MEMORY = 12 << 20
BESIDE = "atop-2.8.1"               # what Debian 12's atop reads too

# The parts, each an option.
PARTS = {"speed": "only tables, records and memory of each log", "tables": "only choices of tasks, databases, views and labels",
         "window": "only the end of a long log", "lengths": "only logs of few and of many samples",
         "many": "only many logs at once"}

# what is asked for, options, the kinds of blocks that it needs
RUNS = (("tasks to JSON", ["--tables=tstat"], (1, 2, 3)),
        ("everything to JSON", [], (0, 1, 2, 3)),
        ("tasks to CSV", ["--format=csv", "--tables=tstat"], (1, 2, 3)),
        ("records to JSON", ["--tables=rawrecord"], ()),
        ("cgroups to JSON", ["--tables=cstat"], (2, 3)))


class Bench:
    def __init__(self, suite):
        self.suite = suite
        self.program = suite.program()
        self.cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self.peak = tools.helper(suite, "peak")
        self.fast = "libdeflate" in harness.run([self.program, "--version"]).out.decode()
        self.floors = tools.helper(suite, "floors", *(["-DHAVE_LIBDEFLATE", "-ldeflate"] if self.fast else []), "-lz")
        self.targets = []

    def run(self, argv, rounds=ROUNDS):
        """(best wall seconds, best seconds of the processor, peak RSS in bytes) of a command; its output is thrown away."""
        wall, cpu, most = float("inf"), float("inf"), 0
        for _ in repeated(rounds):
            done = subprocess.run([self.peak] + argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
            status, _, one, _, two, _, size = done.stderr.splitlines()[-1].split()
            if int(status):
                raise RuntimeError("%s: %r" % (harness.shell(argv), done.stderr))
            wall, cpu, most = min(wall, float(one)), min(cpu, float(two)), max(most, int(size))
        return wall, cpu, most

    def both(self, argv):
        """What the machine gives: how often as much processes of one thread do, one for each core, in the time of one."""
        one, all_of_them = (min(self.side_by_side(argv, n) for _ in repeated(ROUNDS)) for n in (1, self.cores))
        return self.cores * one / all_of_them

    @staticmethod
    def side_by_side(argv, n):
        start = time.perf_counter()
        processes = [subprocess.Popen(argv, stdout=subprocess.DEVNULL) for _ in range(n)]
        for process in processes:
            process.wait()
        return time.perf_counter() - start

    def floor(self, *words):
        """Best seconds that a floor reports of itself."""
        best = float("inf")
        for _ in repeated(ROUNDS):
            done = subprocess.run([self.floors, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
            best = min(best, float(done.stderr.split()[-1]))
        return best

    def wants(self, *parts):
        """Whether one of the parts was asked for."""
        chosen = [part for part in PARTS if getattr(self.suite.options, part)]
        return not chosen or any(part in chosen for part in parts)

    def start(self, pattern):
        """Seconds of the processor that a log without samples takes."""
        return self.run([self.program, "-j1", "--tables=rawrecord", self.suite.path("start.raw", pattern.head)], 20)[1]

    def target(self, what, wanted, got, reached):
        self.targets.append((what, wanted, got, reached))

    def log(self, pattern, path, times):
        """The table of one log."""
        size = os.path.getsize(path)
        blocks = self.suite.path("blocks")
        print("\n%s: %d samples, %d tasks, %.1f MB, largest sample %.1f MB" %
              (pattern.name, times * pattern.samples, times * pattern.tasks, size / 1e6, pattern.largest / 1e6))
        print("  %-19s %3s %8s %8s %8s %10s %10s %7s %8s %7s" %
              ("", "-j", "seconds", "MB/s in", "MB/s out", "samples/s", "tasks/s", "RSS MB", "inflate", "write"))
        figures = {}
        for name, words, kinds in RUNS:
            if "cstat" in "".join(words) and not pattern.table.has_cgroups:
                continue
            pattern.list_blocks(blocks, times, kinds)
            inflating = self.floor("inflate", path, blocks) if kinds else 0
            for jobs in sorted({1, self.cores}):
                argv = [self.program, "-j%d" % jobs] + words + [path]
                wall, cpu, most = self.run(argv)
                seconds = cpu if jobs == 1 else wall
                out = output_size(argv)
                writing = self.floor("write", str(out))
                print("  %-19s %3d %8.4f %8.0f %8.0f %10.0f %10.0f %7.1f %8s %7.0f" %
                      (name, jobs, seconds, size / seconds / 1e6, out / seconds / 1e6,
                       times * pattern.samples / seconds, times * pattern.tasks / seconds, most / 1e6,
                       "%.2f" % (seconds / inflating) if inflating else "-", seconds / writing))
                figures[name, jobs] = seconds, out, inflating + writing, most, wall
        return figures

    def judge(self, pattern, path, figures):
        """The targets that concern every log."""
        size = os.path.getsize(path)
        seconds, out = figures["tasks to JSON", 1][:2]
        self.target(pattern.name + ": tasks to JSON", "3 GB/s", "%.2f GB/s" % (out / seconds / 1e9),
                    out / seconds >= 3e9)
        seconds, _, floors = figures["everything to JSON", 1][:3]
        self.target(pattern.name + ": everything to JSON", "2x the floors", "%.2fx" % (seconds / floors),
                    seconds <= 2 * floors)
        csv = figures["tasks to CSV", 1][0] / figures["tasks to JSON", 1][0]
        self.target(pattern.name + ": tasks to CSV", "1.5x JSON", "%.2fx" % csv, csv <= 1.5)
        start = self.start(pattern)
        speed = size / (figures["records to JSON", 1][0] - start)
        self.target(pattern.name + ": records only, less the %.1f ms of starting" % (start * 1e3), "5 GB/s in",
                    "%.1f GB/s" % (speed / 1e9), speed >= 5e9)
        for jobs in sorted({1, self.cores}):
            most = max(figures[name, j][3] for name, j in figures if j == jobs)
            limit = MEMORY + jobs * 2 * pattern.largest
            self.target("%s: memory of -j%d" % (pattern.name, jobs), "%.1f MB" % (limit / 1e6),
                        "%.1f MB" % (most / 1e6), most <= limit)
        for name, words, _ in RUNS[:2] if self.cores > 1 else ():
            self.gain(pattern.name, name, [self.program, "-j1"] + words + [path],
                      figures[name, 1][4] / figures[name, self.cores][4])

    def gain(self, logs, name, argv, gain):
        """What all cores gain, beside what the machine gives to processes of one thread."""
        print("  %s: %d processes of one thread side by side do %.2f times as much as one" %
              (name, self.cores, self.both(argv)))
        self.target("%s: %s, -j%d" % (logs, name, self.cores), "%.1fx" % (0.9 * self.cores), "%.2fx" % gain,
                    gain >= 0.9 * self.cores)

    def beside_atop(self, pattern, path, figures):
        """The same log through Debian's atop, where there is one that reads it."""
        atop = shutil.which("atop")
        argv = [atop, "-r", path, "-P", "PRG,PRC,PRM,PRD,PRN"]
        if atop is None or harness.run(argv, timeout=600).status != 0:
            print("\nnot measured: atop itself, which is not here or does not read this log")
            return
        wall, cpu, _ = self.run(argv, 1)
        if self.wants("tables"):
            self.labels_beside_atop(pattern, path, argv, cpu)
        for jobs, wanted, seconds in ((1, 25, cpu), (2, 45, wall)):
            if ("tasks to JSON", jobs) in figures:
                times = seconds / figures["tasks to JSON", jobs][0]
                self.target("%s: tasks to JSON beside atop -P PRG,PRC,PRM,PRD,PRN, -j%d" % (pattern.name, jobs),
                            "%dx" % wanted, "%.0fx" % times, times >= wanted)

    def labels_beside_atop(self, pattern, path, argv, cpu):
        """The same lines as atop's, `cpu` being its seconds for the labels of tasks."""
        for labels in (argv[-1], "ALL"):
            theirs = cpu if labels == argv[-1] else self.run([*argv[:-1], labels], 1)[1]
            times = theirs / self.run([self.program, "-j1", "-P", labels, "--compat", path])[1]
            if labels != "ALL" or pattern.tasks >= BUSY * pattern.samples:
                self.target("%s: -P %s beside atop's, -j1" % (pattern.name, labels), "25x", "%.0fx" % times, times >= 25)

    def lengths(self, pattern):
        """Time a sample, from 1 to 10,000 samples."""
        print("\n%s: microseconds a sample, everything to JSON, -j1, less those of starting" % pattern.name)
        path = self.suite.path("length.raw")
        start = self.start(pattern)
        for samples in LENGTHS:
            pattern.write(path, samples=samples)
            seconds = self.run([self.program, "-j1", path], 20 if samples < 1000 else 2)[1]
            print("  %6d samples: %8.1f" % (samples, (seconds - start) / samples * 1e6))
        os.remove(path)

    def many(self, pattern):
        """Many small logs at once."""
        path = self.suite.path("small.raw")
        pattern.write(path, samples=pattern.samples)
        print("\n%d logs of %d samples" % (LOGS, pattern.samples))
        for name, words, _ in RUNS[:2]:
            argv = {jobs: [self.program, "-j%d" % jobs] + words + LOGS * [path] for jobs in sorted({1, self.cores})}
            seconds = {jobs: self.run(argv[jobs])[0] for jobs in argv}
            for jobs in argv:
                print("  %-19s %3d %8.4f s %8.0f samples/s" %
                      (name, jobs, seconds[jobs], LOGS * pattern.samples / seconds[jobs]))
            if self.cores > 1:
                self.gain("%d logs" % LOGS, name, argv[1], seconds[1] / seconds[self.cores])

    def choices(self, pattern, path, times):
        """Tables of tasks that are chosen by columns or a condition, and as a database, beside all of them."""
        blocks, database = self.suite.path("blocks"), self.suite.path("tasks.db")
        pattern.list_blocks(blocks, times, (1,))
        inflating = self.floor("inflate", path, blocks)
        tasks, table = [self.program, "-j1", "--tables=tstat"], ["--format=csv", path]
        seconds = {name: self.run(tasks + words)[1] for name, words in (
            ("JSON", [path]), ("JSON to a file", ["--force", "--output=" + self.suite.path("tasks.json"), path]),
            ("CSV", table), ("two columns", ["--fields=gen.pid,gen.name"] + table),
            ("no row", ["--where=gen_pid == 0"] + table),
            ("database", ["--force", "--format=sqlite", "--output=" + database, path]))}
        start = self.start(pattern)
        seconds = {name: one - start for name, one in seconds.items()}
        print("\n%s: tasks, seconds with one thread, less the %.1f ms of starting: inflating %.4f, %s" %
              (pattern.name, start * 1e3, inflating, ", ".join("%s %.4f" % one for one in seconds.items())))
        for what, beside, wanted in (("two columns", "CSV", 0.5), ("no row", "CSV", 0.5), ("database", "JSON to a file", 6)):
            got = seconds[what] / seconds[beside]
            self.target("%s: tasks, %s, beside %s" % (pattern.name, what, beside), "%gx" % wanted, "%.2fx" % got,
                        got <= wanted)
        got = seconds["no row"] / inflating
        self.target("%s: tasks, no row, beside inflating" % pattern.name, "1.4x", "%.2fx" % got, got <= 1.4)

    def views(self, pattern, path):
        """Views, labels and timelines beside tasks as CSV."""
        one = [self.program, "-j1"]
        start = self.start(pattern)
        csv = self.run([*one, "--tables=tstat", "--format=csv", path])[1] - start
        seconds = {name: self.run([*argv, path])[1] - start for name, argv in (
            ("top", [*one, "--view=top", "--format=csv"]), ("processes", [*one, "--view=processes", "--format=csv"]),
            ("cpu", [*one, "--view=cpu", "--format=csv"]), ("-P ALL", [*one, "-P", "ALL"]), ("-J ALL", [*one, "-J", "ALL"]),
            ("timeline", [self.program, "timeline"]))}
        print("\n%s: tasks to CSV %.4f s; beside that: %s" %
              (pattern.name, csv, ", ".join("%s %.2f" % (name, got / csv) for name, got in seconds.items())))
        if pattern.tasks >= BUSY * pattern.samples:
            self.target("%s: view top, beside tasks to CSV" % pattern.name, "1.2x", "%.2fx" % (seconds["top"] / csv),
                        seconds["top"] <= 1.2 * csv)

    def window(self, pattern):
        """The last sample of a long log."""
        path = self.suite.path("long.raw")
        last = pattern.write_long(path, LONG_SMALL if self.suite.options.small else LONG)
        argv = [self.program, "-j1", "--tables=tstat", "--begin=@%d" % last, path]
        seconds, shown = self.run(argv)[1], output_size(argv)
        self.target("%s: tasks of the last sample of %.2f GB" % (pattern.name, os.path.getsize(path) / 1e9), "0.2 s",
                    "%.3f s" % seconds, shown > 0 and seconds < 0.2)
        os.remove(path)

    def first_line(self, path):
        """Milliseconds from the start to the first line."""
        best = float("inf")
        for _ in range(20):
            start = time.perf_counter()
            with subprocess.Popen([self.program, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
                process.stdout.read(1)
                best = min(best, time.perf_counter() - start)
                process.stdout.close()
        self.target("start to first line", "5 ms", "%.1f ms" % (best * 1e3), best < 5e-3)


def repeated(least):
    """Counts rounds: so many at least, and as many as there are in ENOUGH seconds, so that short runs are quiet once."""
    start, count = time.monotonic(), 0
    while count < least or (least > 1 and time.monotonic() - start < ENOUGH):
        yield count
        count += 1


def output_size(argv):
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        return sum(len(chunk) for chunk in iter(lambda: process.stdout.read(1 << 20), b""))


def example(name):
    return os.path.join(harness.EXAMPLES, name + ".raw")


def machine(bench):
    """What it runs on, without names."""
    model = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), model)
    version = harness.run([bench.program, "--version"]).out.decode().splitlines()[0]
    print("%s, %d cores; %s" % (model, bench.cores, version))


def measure_log(bench, pattern, special):
    """The parts that concern one log; some are measured of `special` ones only."""
    if not bench.wants("speed") and not (special and bench.wants("tables", "window")):
        return
    path, figures = bench.suite.path("speed.raw"), {}
    full = FULL if pattern.largest < FULL else 3 * FULL
    times = pattern.write(path, SMALL if bench.suite.options.small else full)
    if bench.wants("speed"):
        figures = bench.log(pattern, path, times)
        bench.judge(pattern, path, figures)
    if special and bench.wants("tables"):
        bench.choices(pattern, path, times)
        bench.views(pattern, path)
    if special and bench.wants("window"):
        bench.window(pattern)
    if pattern.name == BESIDE and bench.wants("speed"):
        bench.first_line(path)
    if special and bench.wants("speed", "tables"):
        bench.beside_atop(pattern, path, figures)


def main():
    suite = harness.Suite(__doc__, files=True, small="logs of 2 MB instead of 16", **PARTS)
    bench = Bench(suite)
    if bench.floors is None:
        sys.exit("bench: the floors cannot be compiled")
    machine(bench)
    tables = facts.load_tables()
    patterns = [tools.Pattern(example("atop-2.8.1"), tables, tasks) for tasks in SHAPES]
    patterns += [tools.Pattern(example(name), tables)
                 for name in (BESIDE, "atop-2.13.0", "atop-2.4.0", "atop-2.8.1-i386", "atop-2.8.1-s390x")]
    given = [tools.Pattern(path, tables) for path in suite.options.files]
    for pattern in given + patterns:
        measure_log(bench, pattern, pattern in given or pattern.name == BESIDE)
    if bench.wants("lengths"):
        bench.lengths(tools.Pattern(example("atop-2.8.1"), tables))
    if bench.wants("many"):
        bench.many(tools.Pattern(example("atop-2.8.1"), tables))
    print("\n%-76s %14s %12s" % ("target", "wanted", "got"))
    for what, wanted, got, reached in bench.targets:
        print("%-76s %14s %12s%s" % (what, wanted, got, "" if reached else "  missed"))
    shutil.rmtree(suite.folder)
    print("%d of %d targets reached" % (sum(reached for *_, reached in bench.targets), len(bench.targets)))


if __name__ == "__main__":
    sys.exit(main())
