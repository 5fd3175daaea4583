"""Proves that values that were not measured, and values of known recorder faults, are not printed as true.

The cases recorder-* are small logs, each with one such fault. This test has logs whose sums show no fault, and all example
logs. Every value is compared elsewhere (members.py, by measured.py and recorder.py); this test states the expected output.
"""

import glob
import json
import os
import sys

from lib import facts, harness, recorder

LOGS = sorted(glob.glob(os.path.join(harness.TESTS, "cases", "recorder-*", "*.raw")))


class Log:
    """What comes out for a log."""

    def __init__(self, suite, program, path, *options):
        self.argv = [program, *options, path]
        result = harness.run(self.argv, notes=True)
        lines = [json.loads(line) for line in result.out.splitlines()]
        suite.equal(0, result.status, "status of %s" % os.path.basename(path), harness.shell(self.argv))
        self.out = result.out
        self.told = [line for line in result.err.decode().splitlines() if ": note: " in line]
        self.notes = [line["note"]["fault"] for line in lines if "note" in line]
        self.systems = [line["sstat"] for line in lines if "sstat" in line]
        self.tasks = [line["tstat"] for line in lines if "tstat" in line]


def made(table, release, osvers, counters):
    """A log of one sample with these ICMP counters, from the kernel osvers."""
    system = {"net": {"icmpv4": counters, "tcp": {"RtoAlgorithm": 1, "RtoMin": 200}}}
    release = b"%d.%d.0" % osvers
    header = {"osrel": osvers[0], "osvers": osvers[1], "utsname": {"release": release}}
    return facts.build(table, "little", [{"sstat": system}], header)


def check_sums(suite, program):
    """No fault is reported where the counters are 0 or the sums agree with the stored values, except for known kernels."""
    tables = {table.release: table for table in facts.load_tables() if table.model == "lp64"}
    plain = {"InMsgs": 5, "InEchos": 5, "OutMsgs": 7, "OutDestUnreachs": 2, "OutEchoReps": 5}
    late = {"InMsgs": 5, "InEchoReps": 5, "OutErrors": 7, "OutTimeExcds": 2, "OutTimestamps": 5}
    twice = {"InMsgs": 5, "InEchos": 5, "OutMsgs": 7, "OutParmProbs": 2, "OutTimestampReps": 5}
    limited = {"InMsgs": 5, "InEchoReps": 5, "OutErrors": 5, "OutTimestamps": 5}
    cases = [
        ("2.7", (3, 2), plain, []), ("2.8", (5, 4), plain, []), ("2.8", (6, 8), plain, []), ("2.7", (6, 8), {}, []),
        ("2.13", (6, 8), {}, []), ("2.8", (6, 8), {"OutDestUnreachs": 3}, []), ("2.7", (4, 15), late, ["icmpv4-InCsumErrors"]),
        ("2.6", (2, 6), late, ["icmpv4-InCsumErrors"]), ("2.8", (5, 15), twice, []), ("2.9", (6, 8), twice, ["icmpv4-rate-limits"]),
        ("2.11", (6, 1), twice, ["icmpv4-rate-limits-unsure"]), ("2.13", (5, 15), dict(twice, OutDestUnreachs=1),
                                                                 ["icmpv4-rate-limits"]),
        ("2.13", (6, 1), plain, []),
        ("2.13", (0, 0), plain, []), ("2.13", (0, 0), twice, ["icmpv4-rate-limits-kernel-unknown"]),
        ("2.8", (0, 0), dict(twice, OutDestUnreachs=1), ["icmpv4-rate-limits"]),
        ("2.7", (0, 0), late, ["icmpv4-InCsumErrors"]), ("2.7", (0, 0), limited, ["icmpv4-rate-limits-unsure"]),
        ("2.7", (5, 4), limited, ["icmpv4-InCsumErrors"]), ("2.7", (6, 8), limited, ["icmpv4-rate-limits"]),
    ]
    for release, kernel, counters, expected in cases:
        path = suite.path("made.raw", made(tables[release], release, kernel, counters))
        log = Log(suite, program, path)
        suite.equal(expected, log.notes, "%s, Linux %d.%d, %s" % (release, *kernel, counters), harness.shell(log.argv))
        if kernel == (0, 0):
            check_headless(suite, program, tables[release], path, log)


def check_headless(suite, program, table, path, known):
    """Without its header a log says the same as one that states no kernel: of counters that may stand elsewhere nothing."""
    size = table.size("rawheader")
    lost = suite.path("headless.raw", bytes(size) + harness.read(path)[size:])
    log = Log(suite, program, lost, "--schema=" + table.release)
    icmp = [one.systems[0]["net"]["icmpv4"] for one in (log, known)]
    suite.equal((known.notes, icmp[1]), (log.notes, icmp[0]), "%s without a header" % table.release, harness.shell(log.argv))
    if known.notes and known.notes[0].endswith(("-unsure", "-unknown")):
        suite.equal({None}, {icmp[0][name] for name in recorder.OUT}, "%s without a header: icmpv4" % table.release,
                    harness.shell(log.argv))


def check_once(suite, program):
    """A log's note comes once, however many samples and threads; of other logs again."""
    paths = suite.examples()
    outputs = [harness.run([program, "-j%d" % jobs, *paths], notes=True) for jobs in (1, 2, 4)]
    for other in outputs[1:]:
        suite.check(other == outputs[0], "notes with threads", "the same output and messages", "other ones")
    files = [json.loads(line)["file"] for line in outputs[0].out.splitlines() if b',"note":' in line]
    suite.equal(len(set(files)), len(files), "notes of a log: once each")


def check_seed(suite, program):
    """--format=atopdump prints no notes. Samples removed from these logs to make them small are reported as gaps."""
    for path in LOGS:
        result = harness.run([program, "--format=atopdump", path], notes=True)
        told = [line for line in result.err.splitlines() if b": gap before byte " not in line]
        suite.equal((0, []), (result.status, told), "--format=atopdump %s" % os.path.basename(path))


def main():
    suite = harness.Suite(__doc__)
    program = suite.program()
    check_sums(suite, program)
    check_once(suite, program)
    check_seed(suite, program)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
