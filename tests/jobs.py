"""Proves that the number of threads changes nothing: standard output, messages and exit status of every -j are equal.

Logs are the examples, damaged ones made of them, several at once, through a pipe and gzipped, in each format. Then
memory: the cost of one more thread is bounded by the largest sample.
"""

import gzip
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import zlib

from lib import facts, harness

sys.path.insert(0, os.path.join(harness.TESTS, "bench"))
import tools        # noqa: E402

JOBS = (1, 2, 3, 8)
PAIRS = itertools.cycle([(1, jobs) for jobs in JOBS[1:]])   # for what is done with many logs: each number of threads in turn
MUTANTS = 60
FOURTH = 4              # each so many-th mutant is tried, another one for each log; with --long all
MANY, FEWER = 60, 30    # small logs given at once, with --long and without
LARGE = 40              # times that a log's samples are repeated to have many jobs
SIXTH = 6               # each log is read in a sixth of the formats, in turns; with --long in all
FORMATS = ([], ["--reserved"], ["--tables=tstat"], ["--tables=rawrecord"], ["--format=atopdump"],
           ["--format=csv", "--tables=tstat"], ["--format=csv", "--tables=sstat_cpu_cpu"])
LARGE_SAMPLE = 36 << 20     # bytes of its tasks, compressed as well: more than is packed for a thread
BASE = 12 << 20         # memory of the program and of few buffers
SAMPLE = 4 << 20        # inflated bytes of the largest sample of an example, at least


def same(suite, words, paths, data=None, numbers=JOBS):
    """All -j of a command do the same, or those of `numbers`, of which the first is 1."""
    program = suite.program("atopdump-static")
    results = {jobs: harness.run([program, "-j%d" % jobs] + words + paths, data=data) for jobs in numbers}
    for jobs in numbers[1:]:
        argv = [program, "-j%d" % jobs] + words + paths
        for what in ("status", "err", "out"):
            old, new = getattr(results[1], what), getattr(results[jobs], what)
            if not suite.check(old == new, "%s of -j%d as of -j1" % (what, jobs),
                               "%d bytes" % len(old) if what == "out" else old,
                               "%d bytes" % len(new) if what == "out" else new, harness.shell(argv)):
                return


def turn(suite):
    """Numbers of threads for what is done with many logs or formats: the next pair, with --long all."""
    return JOBS if suite.options.long else next(PAIRS)


def damaged(data, seed):
    """A log with a few bytes changed, cut out or cut off."""
    dice = random.Random(seed)
    data = bytearray(data)
    for _ in range(dice.choice((1, 2, 8))):
        data[dice.randrange(500, len(data))] = dice.randrange(256)
    if dice.random() < 0.3:
        at = dice.randrange(500, len(data))
        del data[at:at + dice.randrange(500)]
    if dice.random() < 0.3:
        del data[dice.randrange(500, len(data)):]
    return bytes(data)


def body(data):
    """Where the first record of a log begins: rawheadlen, in either byte order."""
    order = "little" if data[0] == 0xef else "big"
    return int.from_bytes(data[10:12], order)


def repeated(suite, name, path):
    """A log whose samples are there many times."""
    data = harness.read(path)
    return suite.path(name, data[:body(data)] + data[body(data):] * LARGE)


def with_gaps(suite, name, path):
    """A log whose samples but the first are there many times, so that time goes back between them."""
    data = harness.read(path)
    lines = harness.run([suite.program("atopdump-static"), "carve", "--tables=rawrecord", path]).out.splitlines()
    second = [json.loads(line)["offset"] for line in lines if b'"offset"' in line][1]
    return suite.path(name, data[:second] + data[second:] * LARGE)


def folders(suite, paths, numbers=JOBS):
    """CSV into a folder: every file is the same."""
    made = []
    for jobs in numbers:
        folder = suite.path("csv%d" % jobs) + "/"
        shutil.rmtree(folder, ignore_errors=True)
        result = harness.run([suite.program("atopdump-static"), "-j%d" % jobs, "--format=csv", "-o", folder] + paths)
        made.append((result, {name: harness.read(folder + name) for name in sorted(os.listdir(folder))}
                     if os.path.isdir(folder) else None))
    for jobs, one in zip(numbers[1:], made[1:]):
        suite.check(one == made[0], "tables in a folder of %s, -j%d" % (os.path.basename(paths[0]), jobs))


def many(suite, examples):
    """Many logs of all releases, one sample long or a few, among them damaged ones and files that are not logs."""
    dice = random.Random(1)
    paths = []
    count = MANY if suite.options.long else FEWER
    for seed in range(count):
        data = harness.read(dice.choice(examples))
        if dice.random() < 0.3:
            data = damaged(data, seed)
        if dice.random() < 0.1:
            data = dice.choice((b"", b"not a log", data[:300]))
        paths.append(suite.path("many%d" % seed, data))
    paths.insert(count // 2, suite.path("missing"))
    for words in (*FORMATS, ["--strict"], ["--tables=rawheader"], ["--tables=cstat"], ["--carve", "--tables=tstat"]):
        same(suite, words, paths, numbers=turn(suite) if words else JOBS)
    alike = [path for path in examples if "2.8" in path] * 5
    folders(suite, alike, turn(suite))
    folders(suite, alike + paths[:9])
    for words in FORMATS:
        same(suite, words, alike, numbers=turn(suite))


def peak(suite, argv):
    """The most resident memory of a command, in bytes."""
    done = harness.run([tools.helper(suite, "peak")] + argv, stdout=subprocess.DEVNULL)
    return int(done.err.split()[-1])


def memory(suite, path):
    """A thread more costs two samples at most, however long the log is."""
    if harness.is_sanitized(suite.program("atopdump-static")):
        print("not tested: memory (the program holds the address sanitizer, which needs more)")
        return
    for jobs in JOBS:
        argv = [suite.program("atopdump-static"), "-j%d" % jobs, path]
        most = BASE + jobs * 2 * SAMPLE
        got = peak(suite, argv)
        suite.check(got <= most, "memory of -j%d" % jobs, "%d bytes" % most, "%d bytes" % got, harness.shell(argv))


def large_samples(suite):
    """Samples of more bytes than a job may keep are not kept: in turn they need what one of them does."""
    if harness.is_sanitized(suite.program("atopdump-static")):
        return
    table = next(t for t in facts.load_tables() if t.release == "2.8" and t.model == "lp64")
    count = LARGE_SAMPLE // table.size("tstat")
    tasks, system = zlib.compress(bytes(count * table.size("tstat")), 0), zlib.compress(bytes(table.size("sstat")))
    with open(suite.path("samples.raw"), "wb") as file:
        file.write(facts.header_part(table, "little").data)
        for i in range(4):
            record = {"curtime": 1700000000 + i, "interval": 1, "flags": 1, "ndeviat": count, "scomplen": len(system),
                      "pcomplen": len(tasks)}
            file.write(facts.encode(table.structs["rawrecord"], record, "little") + system + tasks)
    argv = [suite.program("atopdump-static"), "-j4", "--tables=tstat", file.name]
    got = peak(suite, argv)
    suite.check(got <= 4 * LARGE_SAMPLE, "memory of -j4 with large samples", "%d bytes" % (4 * LARGE_SAMPLE),
                "%d bytes" % got, harness.shell(argv))
    os.remove(file.name)


def starved(suite, path):
    """If no thread can be created, one does all the work."""
    program = suite.program("atopdump-static")
    whole = harness.run([program, "-j1", path])
    if harness.run([program, "-j1", path], memory=48 << 20).status != 0:
        print("not tested: few bytes of address space, in which this build does not run at all")
        return
    for jobs in (2, 200):
        argv = [program, "-j%d" % jobs, path]
        result = harness.run(argv, memory=48 << 20)
        suite.check((result.status, result.out) == (whole.status, whole.out), "-j%d in 48 MB of address space" % jobs, "as -j1",
                    "exit %d, %r" % (result.status, result.err), harness.shell(argv))


def main():
    suite = harness.Suite(__doc__, files=True)
    examples = suite.examples()
    for i, path in enumerate(examples):
        for words in suite.some(FORMATS, SIXTH, i):
            same(suite, words, [path], numbers=next(PAIRS))
    same(suite, [], examples)
    same(suite, ["--tables=tstat"], ["-"], harness.read(examples[-1]))
    for i, path in enumerate(examples[::5]):
        data = harness.read(path)
        same(suite, [], [suite.path("log.gz", gzip.compress(data))], numbers=turn(suite))
        same(suite, [], ["-"], data, numbers=turn(suite))
        folders(suite, [path], turn(suite))
        for seed in suite.some(range(MUTANTS // len(examples[::5])), FOURTH, i):
            mutant = suite.path("mutant", damaged(data, seed))
            same(suite, [FORMATS[0], FORMATS[2], FORMATS[4]][seed % 3], [mutant], numbers=next(PAIRS))
            same(suite, [], ["-"], harness.read(mutant), numbers=next(PAIRS))
    long = repeated(suite, "long.raw", examples[0])
    broken = suite.path("broken.raw", damaged(harness.read(long), 7))
    gaps = with_gaps(suite, "gaps.raw", examples[0])
    reported = harness.run([suite.program("atopdump-static"), "-j1", gaps]).err.count(b": gap before byte ")
    suite.check(reported >= LARGE - 1, "gaps of a log whose samples are there %d times" % LARGE, LARGE - 1, reported)
    for words in FORMATS:
        same(suite, words, [long], numbers=turn(suite) if words else JOBS)
        same(suite, words, [broken], numbers=turn(suite) if words else JOBS)
        same(suite, words, [gaps], numbers=next(PAIRS))
    folders(suite, [broken])
    many(suite, examples)
    large = repeated(suite, "large.raw", examples[-1])
    memory(suite, large)
    large_samples(suite)
    starved(suite, large)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
