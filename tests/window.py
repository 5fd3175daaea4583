"""Proves that a window of time shows what is in it: over every example log, from a file, a pipe and gzip, with one thread and
several, --begin and --end print the lines of the full dump whose time is in the window, and nothing outside is inflated. TZ
of the environment changes nothing without --tz.
"""

import gzip
import json
import re
import sys

from lib import harness

METER = re.compile(rb"^meter work (\d+) ", re.M)
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Europe/Berlin", "nonsense", "")


def in_window(lines, begin, end):
    """The lines without a time, and those whose time is in the window."""
    kept = []
    for line in lines:
        time = json.loads(line).get("time")
        if time is None or (begin or "") <= time <= (end or "9"):
            kept.append(line)
    return kept


def windows(times):
    """Windows of one log: all of it, each end, its middle, one sample, nothing."""
    first, middle, last = times[0], times[len(times) // 2], times[-1]
    return [(first, last), (middle, None), (None, middle), (middle, middle), (last, None), ("2035-01-01T00:00:00Z", None)]


def options(begin, end):
    return (["--begin=" + begin] if begin else []) + (["--end=" + end] if end else [])


def check_log(suite, path):
    program, data = suite.program("atopdump-static"), harness.read(path)
    whole = harness.run([program, "-j1", path]).out.splitlines()
    times = sorted({json.loads(line)["time"] for line in whole if b'"rawrecord"' in line})
    for begin, end in windows(times):
        argv = [program] + options(begin, end)
        expected = in_window([line for line in whole if b'"note"' not in line], begin, end)
        for how, more, feed in (("-j1", [path], None), ("-j3", [path], None), ("pipe", ["-"], data),
                                ("gzip", ["-"], gzip.compress(data, 1))):
            result = harness.run(argv + (["-j3"] if how != "-j1" else ["-j1"]) + more,
                                 **({"data": feed} if feed is not None else {}))
            got = [line for line in result.out.splitlines() if b'"note"' not in line]
            suite.equal(expected, got, "%s, %s to %s, %s" % (path, begin, end, how))


def check_work(suite, path):
    """Of samples outside nothing is inflated; of a window of one sample less than of two."""
    program = suite.program("atopdump-metered")
    lines = harness.run([suite.program("atopdump-static"), "-t", "rawrecord", path]).out.splitlines()
    times = [json.loads(line)["time"] for line in lines]
    work = []
    for begin in (times[0], times[-2], times[-1], "2035-01-01"):
        meter = METER.search(harness.run([program, "-j2", "-t", "sstat", "-b", begin, path]).err)
        work.append(int(meter.group(1)) if meter else -1)
    suite.check(work[0] > work[1] > work[2] > work[3] == 0, "bytes inflated for ever smaller windows", "fewer, then 0", work)


def check_zones(suite, path):
    program = suite.program("atopdump-static")
    argv = [program, "-t", "rawrecord", "-b", "06:36", "-e", "23:00", path]
    expected = harness.run(argv).out
    suite.check(expected, "a window of every day has samples", "lines", expected)
    for zone in ZONES:
        suite.equal(expected, harness.run(argv, env={"TZ": zone}).out, "TZ=%s changes nothing" % zone)
    shown = harness.run(argv[:3] + ["--tz=local", "-b", "12:21", path], env={"TZ": "Asia/Kathmandu"}).out
    suite.equal(expected, shown, "--tz=local is that of TZ")


def main():
    suite = harness.Suite(__doc__)
    for path in suite.examples():
        check_log(suite, path)
    latest = [path for path in suite.examples() if path.endswith("atop-2.13.0.raw")][0]
    check_work(suite, latest)
    check_zones(suite, latest)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
