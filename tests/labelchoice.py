"""Proves which labels --format=parseable and --format=atop-json print for which options, logs and samples: lists of labels, their
mistakes, several logs, windows of time, threads, and damage.
"""

import os
import re
import sys

from lib import facts, harness, labels

LOG = os.path.join(harness.EXAMPLES, "atop-2.8.1.raw")
NEWEST = os.path.join(harness.EXAMPLES, "atop-2.13.0.raw")
TASKS = ("PRG", "PRC", "PRM", "PRD", "PRN", "PRE")


class Bench:
    def __init__(self, suite):
        self.suite = suite
        self.program = suite.program()

    def run(self, *words):
        return harness.run([self.program, *words])

    def output(self, *words):
        result = self.run(*words)
        self.suite.check(result.status == harness.OK and not result.err, harness.shell(["atopdump", *words]), "exit 0, no message",
                         "exit %d, %r" % (result.status, result.err))
        return result.out

    def same(self, expected, *words):
        got = self.output(*words)
        self.suite.check(expected == got, harness.shell(["atopdump", *words]), expected[:300], got[:300])


def only(listing, *names):
    """The lines of some labels, and what stands around samples."""
    kept = {name.encode() for name in names} | {b"RESET", b"SEP"}
    return b"".join(line for line in listing.splitlines(True) if line.split()[0] in kept)


def check_lists(bench):
    """Order and repetition do not matter, ALL ends the list, several lists add up."""
    everything = bench.output("-P", "ALL", LOG)
    some = only(everything, "CPU", "PRG")
    for words in (["-P", "CPU,PRG"], ["-P", "PRG,CPU,PRG"], ["-P", "PRG", "-P", "CPU"], ["--parseable=CPU,PRG,"],
                  ["--format=parseable", "--labels=PRG,CPU"], ["-PCPU,PRG"]):
        bench.same(some, *words, LOG)
    for words in (["-P", "CPU,ALL"], ["-P", "ALL,CPU"], ["--format=parseable"], ["--format=parseable", "--labels=ALL"]):
        bench.same(everything, *words, LOG)
    bench.same(only(everything, "cpu"), "-P", "cpu", LOG)
    whole = bench.output("-J", "ALL", LOG)
    bench.same(whole, "--format=atop-json", LOG)
    bench.same(bench.output("-J", "CPU,PRG", LOG), "--format=atop-json", "--labels=PRG,CPU", LOG)
    bench.suite.check(bench.output("-J", "CPL", LOG).count(b'"CPL"') == whole.count(b'"CPL"') > 0 and
                      b'"CPU"' not in bench.output("-J", "CPL", LOG), "-J CPL", "CPL alone", "")


def check_mistakes(bench):
    """Each has a message, status 1, and no output."""
    for words, named in ((["-P", "CPX"], ("'CPX'", "CPU")), (["-P", "CPU,,MEM"], ("empty",)), (["-P", ""], ("empty",)),
                         (["-P", "cPU"], ("'cPU'", "CPU")), (["-J", "NET_GENERAL"], ("'NET_GENERAL'", "NET")),
                         (["-P", "CPU", "--as=2.14"], ("2.14",)), (["--labels=CPU"], ("--labels",)), (["--compat"], ("--compat",)),
                         (["-Z"], ("--no-spaces",)), (["--as=2.13"], ("--as",)), (["-J", "CPU", "-Z"], ("-Z",)),
                         (["-P", "CPU", "-J", "CPU"], ("--atop-json",))):
        result = bench.run(*words, LOG)
        what = harness.shell(["atopdump", *words])
        bench.suite.equal((harness.TROUBLE, b""), (result.status, result.out), what)
        for name in named:
            bench.suite.check(name in result.err.decode(), what, "a message with " + name, result.err)


def check_inputs(bench):
    """Several logs one after the other, the same whatever the number of threads. What one has and the next has not (disks, volumes,
    interfaces) does not remain."""
    logs = bench.suite.examples()
    for option in ("-P", "-J"):
        alone = b"".join(bench.output(option, "ALL", log) for log in logs)
        for jobs in ("-j1", "-j3"):
            bench.same(alone, option, "ALL", jobs, *logs)
    many = bench.suite.path("many.raw", b"".join(harness.read(log) for log in logs[:4] * 3))
    listing = bench.output("-P", "ALL", "-j1", many)
    bench.same(listing, "-P", "ALL", "-j3", many)


def check_windows(bench):
    """-b and -e leave out whole samples."""
    listing = bench.output("-P", "ALL", LOG)
    samples = [sample + b"SEP\n" for sample in listing.split(b"SEP\n")[:-1]]
    times = [re.search(rb" (\d{9,}) ", sample).group(1).decode() for sample in samples]
    for first, last in ((1, 3), (2, 2), (0, len(times) - 1)):
        bench.same(b"".join(samples[first:last + 1]), "-P", "ALL", "-b", "@" + times[first], "-e", "@" + times[last], LOG)


def check_zones(bench):
    """--tz is for the columns of date and time alone."""
    def moments(*words):
        return [line.split(b" ")[2:5] for line in bench.output("-P", "CPL", *words, LOG).splitlines() if line.startswith(b"CPL")]
    bench.suite.equal(moments(), moments("--tz=UTC"), "--tz=UTC is the default")
    os.environ["TZ"] = "EST5"
    local = moments("--tz=local")
    del os.environ["TZ"]
    bench.suite.equal([epoch for epoch, _, _ in moments()], [epoch for epoch, _, _ in local], "--tz=local: seconds")
    bench.suite.check(all(one[1:] != other[1:] for one, other in zip(moments(), local)), "--tz=local", "other times", local)


# --- damage -------------------------------------------------------------------------------------------------

def broken(data, start, length):
    """The log with a byte of a compressed block changed: its checksum is wrong, or it does not inflate."""
    at = start + length // 2
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]


def check_damage(bench):
    """What can be read is printed; nothing else is; the status says so."""
    data = harness.read(LOG)
    samples = list(facts.Log(data, facts.load_tables()).samples(tasks=False, system=False))
    intact = bench.output("-P", "ALL", LOG).split(b"SEP\n")
    of_tasks = {name.encode() for name in TASKS}
    for number, what in ((0, "system"), (1, "tasks")):
        start, length = samples[2].blocks[number]
        path = bench.suite.path(what + ".raw", broken(data, start, length))
        result = bench.run("-P", "ALL", path)
        wanted = list(intact)
        wanted[2] = b"".join(line for line in intact[2].splitlines(True) if (line.split()[0] in of_tasks) == (number == 0))
        command = harness.shell(["atopdump", "-P", "ALL", path])
        bench.suite.equal(harness.DAMAGED, result.status, what + " damaged: status", command)
        got = result.out.split(b"SEP\n")
        bench.suite.equal(len(wanted), len(got), what + " damaged: samples", command)
        for i, (one, other) in enumerate(zip(wanted, got)):
            bench.suite.check(one == other, "%s damaged: sample %d" % (what, i), one[:300], other[:300], command)
        result = bench.run("-J", "ALL", path)
        bench.suite.equal((harness.DAMAGED, len(samples)), (result.status, result.out.count(b"\n")), what + " damaged: -J", command)
    path = bench.suite.path("cut.raw", data[:samples[3].blocks[1][0] + 10])
    result = bench.run("-P", "CPU", path)
    bench.suite.equal(harness.DAMAGED, result.status, "a log that is cut: status")
    bench.suite.equal(only(b"SEP\n".join(intact[:3]) + b"SEP\n", "CPU"), result.out[:len(only(b"SEP\n".join(intact[:3]) + b"SEP\n", "CPU"))],
                      "a log that is cut: the samples before")


def main():
    bench = Bench(harness.Suite(__doc__))
    check_lists(bench)
    check_mistakes(bench)
    check_inputs(bench)
    check_windows(bench)
    check_zones(bench)
    check_damage(bench)
    bench.suite.finish()


if __name__ == "__main__":
    sys.exit(main())
