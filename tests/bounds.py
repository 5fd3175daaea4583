"""Proves the bounds that SECURITY.md states: memory, work and output, for the worst logs that hostile.py makes.

Nothing is timed: work is counted in bytes inflated (atopdump-metered, see meter/), memory is the most that was allocated
at once and the most that was resident. Every limit is tested with a log at it and one beyond it.
"""

import gzip
import os
import random
import re
import sys

from lib import facts, harness, hostile
from lib.harness import DAMAGED, OK, REFUSED

sys.path.insert(0, os.path.join(harness.TESTS, "bench"))
import tools        # noqa: E402

MiB = 1 << 20
CREDIT, RATIO = 1 << 27, 64         # work in vain: BUDGET_CREDIT_MAX, BUDGET_RATIO of budget.h
STEP = 256 << 10                    # what the last attempt may cost more
DEFLATE = 1032                      # bytes that deflate makes of one, at most
PASSES = 4                          # times that a block is inflated, at most
CHAIN, LIST = 48 * MiB, 1 << 22     # CGROUP_CHAIN_MAX, CGROUP_LIST_MAX of cgroup.h
FACTOR = 9                          # bytes of JSON for a byte of a struct: FACTOR_MAX of unit/printed
TEXT = 8                            # bytes of JSON for a byte of text
SHORT = 512                         # CGROUP_PATH_SHORT
LINE = 800                          # what stands before a struct in a line, with a host of any name
BASE = 8 * MiB                      # memory of the program, and of few buffers
METER = re.compile(rb"^meter work (\d+) memory (\d+)$", re.M)
SIZE = 1 << 20                      # bytes of a filler
WAYS = (), ("--carve",), ("repair",)
THIRD = 3                           # each filler is read in so many-th of the ways, by turns; with --long in all


class Bench:
    def __init__(self, suite):
        self.suite = suite
        self.program = suite.program("atopdump-metered")
        self.sanitized = harness.is_sanitized(self.program)
        self.table = [table for table in facts.load_tables() if table.model == "lp64"][-1]

    def run(self, what, data, status, *words, memory, work=None, output=None):
        """Runs it on a log; what it takes must be within the bounds. The result."""
        suite, path = self.suite, self.suite.path("hostile.raw", data)
        argv = [self.program, "-j1", *words, path]
        if words[:1] == ("repair",):
            argv = [self.program, *words, path]
        result = harness.run(argv, timeout=300)
        again = harness.shell(argv)
        what = "%s %s" % (what, " ".join(words))
        suite.check(result.status in status, "%s: exit status" % what, status, "%d, %r" % (
            result.status, result.err[-600:]), again)
        meter = METER.search(result.err)
        if not suite.check(meter, "%s: it ends" % what, "its meter", harness.clip(result.err), again):
            return result
        took, held = map(int, meter.groups())
        work = PASSES * (DEFLATE + 1) * len(data) if work is None else work
        suite.check(took <= work, "%s: work" % what, "%d bytes at most" % work, took, again)
        if not self.sanitized:
            suite.check(held <= memory, "%s: memory" % what, "%d bytes at most" % memory, held, again)
        if output is not None:
            suite.check(len(result.out) <= output, "%s: output" % what, "%d bytes at most" % output,
                        len(result.out), again)
        return result

    def peak(self, what, data, most, *words):
        """The most resident memory, which counts what the meter does not see."""
        if self.sanitized:
            return
        argv = [self.suite.program(), *words, self.suite.path("hostile.raw", data)]
        done = harness.run([tools.helper(self.suite, "peak")] + argv, stdout=open(os.devnull, "wb"), timeout=300)
        got = int(done.err.split()[-1])
        self.suite.check(got <= most, "%s %s: resident" % (what, " ".join(words)), "%d bytes at most" % most, got,
                         harness.shell(argv))


def lines(result, key):
    return result.out.count(b'"%s":{' % key.encode())


def case(name):
    return gzip.decompress(harness.read(os.path.join(harness.DATA, "hostile", name)))


# --- cgroups ----------------------------------------------------------------------------------------------------

def chain_output(chain, ngroups, npids=0):
    """Bytes of JSON that a chain may print, its list's included."""
    return FACTOR * len(chain) + TEXT * (len(chain) + SHORT * ngroups) + LINE * ngroups + 12 * npids + LINE * 20


def check_paths(bench):
    suite, table = bench.suite, bench.table
    data = case("cgroup-paths.raw.gz")
    result = bench.run("cgroup-paths", data, (DAMAGED,), memory=BASE + 2 * CHAIN, output=3 * CHAIN)
    suite.check(lines(result, "cstat") > 100000, "cgroup-paths: those within the limit are printed", "over 100,000",
                lines(result, "cstat"))
    bench.peak("cgroup-paths", data, BASE + 2 * CHAIN)
    bench.run("cgroup-paths", data, (OK,), "--tables=tstat", memory=BASE, work=len(data))
    for what, name, levels in (("a letter", b"a", 3000), ("255 letters", b"n" * 255, 100), ("controls", b"\x01" * 200, 300),
                               ("bytes that are no text", b"\x01\x80" * 100, 300)):
        chain = hostile.nested(table, levels, name) + hostile.group(table, 14, b"leaf") * 5000
        ngroups = levels + 5000
        result = bench.run("nested, names of %s" % what, hostile.log(table, hostile.sample(table, chain, ngroups)),
                           (DAMAGED,), memory=BASE + 4 * len(chain), output=chain_output(chain, ngroups))
        suite.equal(ngroups, lines(result, "cstat"), "nested, names of %s: cgroups" % what)
    name = b"n" * 255
    for what, levels, known in (("the longest path", 16, True), ("a path too long", 17, False)):
        chain = hostile.group(table, -1, b"") + hostile.group(table, 0, b"x") * 60     # which allow them
        chain += b"".join(hostile.group(table, 60 + i if i else 0, name) for i in range(levels))
        result = bench.run(what, hostile.log(table, hostile.sample(table, chain, 61 + levels)),
                           (OK,) if known else (DAMAGED,), memory=BASE)
        suite.equal(0 if known else 1, result.out.count(b'"path":null'), "%s: paths left out" % what)


def check_limits(bench):
    """At each limit, and one beyond."""
    suite, table = bench.suite, bench.table
    one = hostile.group(table, 0, b"x")
    root = hostile.group(table, -1, b"")
    n = CHAIN // len(one)
    for beyond in (0, 1):
        chain = root + one * (n - 1 + beyond)
        result = bench.run("a chain %s" % ("beyond the limit" if beyond else "at the limit"),
                           hostile.log(table, hostile.sample(table, chain, n + beyond)),
                           (DAMAGED,) if len(chain) > CHAIN else (OK,), "--tables=cstat", memory=BASE + 3 * CHAIN)
        suite.equal(n, lines(result, "cstat"), "a chain near the limit: cgroups")
    for count in (LIST, LIST + 1):
        chain = hostile.group(table, -1, b"", nprocs=count)
        data = hostile.log(table, hostile.sample(table, chain, 1, bytes(4 * count),
                                                 tasks=hostile.task(table, 0), ntasks=1))
        result = bench.run("a list of %d" % count, data, (OK,) if count == LIST else (DAMAGED,),
                           memory=BASE + 16 * LIST, output=12 * count + MiB)
        suite.equal(count == LIST, b'"pids":[0,' in result.out, "a list of %d: it is printed" % count)
    for name, left_out in ((b"n" * 255, 0), (b"n" * 256, 1)):
        chain = root + hostile.group(table, 0, name)
        result = bench.run("a name of %d bytes" % len(name), hostile.log(table, hostile.sample(table, chain, 2)),
                           (DAMAGED,) if left_out else (OK,), memory=BASE)
        suite.equal(left_out, result.out.count(b'"cgname":null'), "a name of %d bytes: left out" % len(name))


def check_lists(bench):
    """A list whose length is the record's word costs nothing where the chain says otherwise."""
    table = bench.table
    chain = hostile.group(table, -1, b"", nprocs=3)
    for count in (60000000, LIST):
        data = hostile.log(table, hostile.sample(table, chain, 1, bytes(4 * count)))
        result = bench.run("a list of %d that the chain does not know" % count, data, (DAMAGED,), memory=BASE,
                           work=PASSES * table.size("sstat") + len(data))
        bench.suite.check(b'"pids":null' in result.out and lines(result, "sstat") == 1,
                          "a list that the chain does not know: the rest is printed")


def check_tasks(bench):
    """A long path is not printed once a task for a few bytes of compressed tasks."""
    suite, table = bench.suite, bench.table
    pid, n = 77, 20000
    for levels, left_out in ((1, False), (15, True)):
        chain = hostile.group(table, -1) + hostile.group(table, 0, b"pad") * 60
        chain += b"".join(hostile.group(table, 60 + i if i else 0, b"n" * 255, int(i == levels - 1))
                          for i in range(levels))
        tasks = hostile.task(table, pid) * n
        result = bench.run("tasks in a path of %d bytes" % (256 * levels),
                           hostile.log(table, hostile.sample(table, chain, levels + 61, hostile.pid_list(pid),
                                                             tasks=tasks, ntasks=n)),
                           (DAMAGED,) if left_out else (OK, DAMAGED), memory=BASE + 2 * len(tasks),
                           output=FACTOR * len(tasks) + TEXT * (len(tasks) + SHORT * n) + LINE * n + MiB)
        suite.equal(n, lines(result, "tstat"), "tasks in a long path: all are printed")
        told = result.out.count(b'"cgroup":"/n')
        suite.check(0 < told < n if left_out else told == n, "tasks in a long path: their cgroup is printed",
                    "of some" if left_out else "of all", told)


# --- searching --------------------------------------------------------------------------------------------------

def check_search(bench):
    """Whatever is searched, the work in vain is within the budget; records behind it are found, or it is said."""
    suite, table = bench.suite, bench.table
    header = facts.header_part(table, hostile.ORDER).data
    good = hostile.sample(table, curtime=hostile.TIME + 60)
    for number, (what, filler, is_read) in enumerate(hostile.fillers(table, SIZE)):
        read = PASSES * (DEFLATE + 1) * len(filler) if is_read else 8 * table.size("sstat")
        for words in suite.some(WAYS, THIRD, number):
            data = header + filler + good
            result = bench.run(what, data, (OK, REFUSED, DAMAGED), *words, memory=BASE + 4 * table.size("sstat"),
                               work=CREDIT + RATIO * len(data) + STEP + read + 3 * len(data))
            said = b"were tried" in result.err
            found = lines(result, "rawrecord") if words != ("repair",) else good in result.out
            suite.check(found or said, "%s %s: the record behind is found, or what was not tried is said" % (
                what, " ".join(words)), "one of them", harness.clip(result.err))


def check_cases(bench):
    suite = bench.suite
    bombs, slow = case("lost-behind-bombs.raw.gz"), case("slow-search.raw.gz")
    for words in ((), ("--carve",)):
        result = bench.run("lost-behind-bombs", bombs, (DAMAGED,), *words, memory=BASE,
                           work=CREDIT + RATIO * len(bombs) + 8 * 1408336 + STEP)
        suite.equal(3, lines(result, "rawrecord"), "lost-behind-bombs: samples")
        suite.check(b"were tried" in result.err, "lost-behind-bombs: what was not tried is said")
        result = bench.run("slow-search", slow, (REFUSED, DAMAGED), *words, memory=BASE, work=CREDIT // 8)
        suite.check(b"were tried" in result.err, "slow-search: what was not tried is said")


# --- repairing, threads -----------------------------------------------------------------------------------------

def check_repair(bench):
    table = bench.table
    n = CHAIN // 440
    chain = hostile.group(table, -1, b"") + hostile.group(table, 0, b"x") * (n - 1)
    data = hostile.log(table, hostile.sample(table, chain, n))
    bench.run("a chain at the limit", data, (OK, DAMAGED), "repair", memory=BASE + 4 * CHAIN, output=len(data))


def check_threads(bench):
    """Threads hold a sample each, and jobs a little of what is compressed."""
    table, n = bench.table, 20000
    tasks = hostile.task(table, 1) * n
    data = hostile.log(table, *[hostile.sample(table, tasks=tasks, ntasks=n, curtime=hostile.TIME + 10 * i)
                                for i in range(20)])
    for jobs in (1, 4):
        bench.peak("large samples", data, BASE + jobs * (len(tasks) + 24 * MiB), "-j%d" % jobs)
    n = 4 * MiB // table.size(table.task_struct)
    tasks = random.Random(3).randbytes(n * table.size(table.task_struct))
    one = hostile.sample(table, hostile.group(table, -1), 1, tasks=tasks, ntasks=n)
    bench.peak("samples with much between what is needed", hostile.log(table, one * 40), BASE + 5 * 20 * MiB, "-j4",
               "--tables=sstat,cstat")


def main():
    bench = Bench(harness.Suite(__doc__))
    for check in (check_cases, check_paths, check_limits, check_lists, check_tasks, check_search, check_repair,
                  check_threads):
        check(bench)
    bench.suite.finish()


if __name__ == "__main__":
    sys.exit(main())
