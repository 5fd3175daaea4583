"""Proves that a window of time shows what is in it: over every example log, from a file, a pipe and gzip, with one thread and
several, --begin and --end print the lines of the full dump whose time is in the window, and nothing outside is inflated or
read. TZ of the environment changes nothing without --tz.
"""

import gzip
import json
import os
import random
import re
import shutil
import sys
import zoneinfo

from lib import facts, harness

METER = re.compile(rb"^meter work (\d+) ", re.M)
FORMS = ("2022-11-11, 2022-11-11T19:51:50Z (or +01:00; without either in the zone of --tz), 202211111951, @1668196310, 19:51 or "
         "19:51:50 (of every day), -2h (before now; s, m, h or d)")
ZONE_FORMS = "on this system; --tz takes local, UTC, or a name such as Europe/Berlin"
WRONG = [           # (options, message)
    (["-b2026-11-23", "-e2026-11-22"], "--end=2026-11-22 is before --begin=2026-11-23"),
    (["-b@5", "-e@4"], "--end=@4 is before --begin=@5"),
    (["-b2026-11-22T06:36:01+01:00", "-e2026-11-22T05:36:00Z"],
     "--end=2026-11-22T05:36:00Z is before --begin=2026-11-22T06:36:01+01:00"),
    (["-b06:00", "-e2026-11-22"],
     "--begin=06:00 and --end=2026-11-22 do not go together: one has a date, the other is a time of every day"),
    *[(["--begin=" + text], "--begin takes a time, not '%s': %s" % (text, FORMS))
      for text in ("yesterday", "", "@", "-2x", "-h", "@99999999999999999999", "2026-11-22 06", "22.11.2026")],
    *[(["--begin=" + text], "--begin takes digits alone as YYYYMMDDhhmm, YYYYMMDDhhmmss or 10 of seconds since 1970, not '%s'; a day "
       "is 2022-11-11, and any seconds since 1970 have an @ before them" % text)
      for text in ("202611221", "20261122", "20261122100", "2026112210000", "0")],
    *[(["-e" + text], "--end: there is no such time as '%s'" % text)
      for text in ("2026-13-01", "2026-02-30", "25:00", "12:60", "2026-11-22T06:36+25:00", "202613010000")],
    *[(["-b06:00", "--tz=" + zone], "there is no time zone '%s' %s" % (zone, ZONE_FORMS))
      for zone in ("Mars/Base", "", "../zoneinfo/UTC", "/etc/passwd")],
    (["--tz=UTC"], "--tz goes with --begin or --end, or with labels (-P, -J)"),
    (["--time=hours"], "--time takes iso or epoch, not 'hours'"),
]
READ = re.compile(r"pread64\(\d+, .*, \d+, (\d+)\) += (\d+)$", re.M)
FULL = ("atop-1.26.raw", "atop-2.11.0.raw")     # logs whose windows are read in each way
SAMPLES = 12        # of a log whose blocks are larger than a buffer
BUFFERED = 2        # samples at its beginning that are read before it is known that the window is elsewhere
RECORD = 512        # bytes that are read of a sample outside the window, at most
ZONES = ["UTC", "nonsense", "", "<X>-14", *sorted(zoneinfo.available_timezones())[::4]]


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


def check_log(suite, path, turn):
    """Each window in each way; of most logs in one, by turns."""
    program, data = suite.program("atopdump-static"), harness.read(path)
    whole = harness.run([program, "-j1", path]).out.splitlines()
    times = sorted({json.loads(line)["time"] for line in whole if b'"rawrecord"' in line})
    full = suite.options.long or os.path.basename(path) in FULL
    for number, (begin, end) in enumerate(windows(times)):
        argv = [program] + options(begin, end)
        expected = in_window([line for line in whole if b'"note"' not in line], begin, end)
        ways = (("-j1", [path], None), ("-j3", [path], None), ("pipe", ["-"], data), ("gzip", ["-"], gzip.compress(data, 1)))
        for how, more, feed in ways if full else [ways[(number + turn) % len(ways)]]:
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


def long_log(layout):
    """A log whose samples have 60 KB each: its bytes, and where each sample begins. Its tasks are the same in all but the first."""
    dice = random.Random(1)
    tasks = [{"gen": {"pid": i + 1, "isproc": 1, "cmdline": bytes(dice.choices(range(65, 91), k=250))}} for i in range(300)]
    node = layout.structs["rawrecord"]
    data, starts = facts.header_part(layout, "little").data, []
    sample = {"rawrecord": {"curtime": 1700000000}, "sstat": {"cpu": {"nrcpu": 1}}, "tstat": tasks}
    first, second = (facts.sample_parts(layout, "little", sample, 1, first=one) for one in (True, False))
    for i in range(SAMPLES):
        record, *blocks = (part.data for part in (second if i else first))
        starts.append(len(data))
        values = dict(facts.decode(node, record, "little"), curtime=1700000000 + 10 * i)
        data += facts.encode(node, values, "little") + b"".join(blocks)
    return data, starts


def check_reads(suite):
    """Of samples before the window, which is at the end of the log, only the records are read."""
    if not shutil.which("strace"):
        print("not tested: what is read of samples outside a window; there is no strace")
        return
    layout = [layout for layout in facts.load_tables() if layout.model == "lp64"][-1]
    data, starts = long_log(layout)
    path, trace = suite.path("long.raw", data), suite.path("trace")
    argv = [suite.program(), "--no-sandbox", "-j1", "-t", "tstat", path]
    last = 1700000000 + 10 * (SAMPLES - 1)
    for begin, allowed in (("@%d" % last, (SAMPLES - 1 - BUFFERED) * RECORD), ("@0", len(data))):
        harness.run(["strace", "-f", "-o", trace, "-e", "trace=pread64,read,readv,preadv,mmap", "-P", path, *argv, "-b", begin])
        calls = harness.read(trace).decode("utf-8", "replace")
        suite.equal(None, re.search(r"\b(read|readv|preadv|mmap)\(", calls), "other ways in which the log is read")
        reads = [(int(at), int(size)) for at, size in READ.findall(calls)]
        got = sum(max(0, min(at + size, starts[-1]) - max(at, starts[BUFFERED])) for at, size in reads)
        if begin == "@0":
            suite.check(got >= starts[-1] - starts[BUFFERED], "bytes read without a window", "all", got)
        else:
            suite.check(reads and got <= allowed, "bytes read of samples before the window", "at most %d" % allowed, got,
                        harness.shell([*argv, "-b", begin]))
    lines = harness.run([*argv, "-b", "@%d" % last]).out.count(b'"tstat":')
    suite.equal(300, lines, "tasks in a window at the end of a long log")


def check_midnight(suite, path):
    """A window of every day that crosses midnight has what is outside of the one between its ends."""
    program = suite.program()
    lines = harness.run([program, "-t", "rawrecord", path]).out.splitlines()
    times = [json.loads(line)["time"][11:19] for line in lines]
    for first, last in ((times[-1], times[0]), (times[3], times[1]), ("23:00:00", times[2]), ("23:59:59", "00:00:00")):
        got = harness.run([program, "-t", "rawrecord", "-b", first, "-e", last, path]).out.splitlines()
        wanted = [line for line, time in zip(lines, times) if time >= first or time <= last]
        suite.equal(wanted, got, "from %s over midnight to %s" % (first, last))


def check_mistakes(suite, path):
    """Each mistake has its message, and nothing is written; a window without samples is none."""
    out = suite.path("out")
    for words, message in WRONG:
        result = harness.run([suite.program(), *words, "--output=" + out, path])
        suite.equal((1, b"", ("atopdump: %s\nTry 'atopdump --help'.\n" % message).encode()), tuple(result), "refused: %s" % words)
    suite.equal([], [name for name in os.listdir(suite.folder) if name.startswith("out")], "files that mistakes leave")
    lines = harness.run([suite.program(), "-t", "rawrecord", path]).out.splitlines()
    first, last = (json.loads(line)["time"] for line in (lines[0], lines[-1]))
    for words, window in ((["-b2035-01-01"], "from 2035-01-01T00:00:00Z on"),
                          (["-e2001-01-01T00:00:00Z"], "until 2001-01-01T00:00:00Z")):
        result = harness.run([suite.program(), "-t", "tstat", *words, path])
        suite.equal((0, b"", "atopdump: no samples %s; the logs have samples from %s to %s\n" % (window, first, last)),
                    (result.status, result.out, result.err.decode()), "a window without samples: %s" % words)


def check_zones(suite, path):
    program = suite.program("atopdump-static")
    argv = [program, "-t", "rawrecord", "-b", "06:36", "-e", "23:00", path]
    expected = harness.run(argv).out
    suite.check(expected, "a window of every day has samples", "lines", expected)
    if len(ZONES) < 100:
        print("not tested: most time zones; this system has no database of them")
    for zone, result in zip(ZONES, harness.threads(lambda zone: harness.run(argv, env={"TZ": zone}), ZONES)):
        suite.equal(expected, result.out, "TZ=%s changes nothing" % zone)
    shown = harness.run(argv[:3] + ["--tz=local", "-b", "12:21", path], env={"TZ": "Asia/Kathmandu"}).out
    suite.equal(expected, shown, "--tz=local is that of TZ")


def main():
    suite = harness.Suite(__doc__)
    for turn, path in enumerate(suite.examples()):
        check_log(suite, path, turn)
    latest = [path for path in suite.examples() if path.endswith("atop-2.13.0.raw")][0]
    check_work(suite, latest)
    check_reads(suite)
    check_midnight(suite, latest)
    check_mistakes(suite, latest)
    check_zones(suite, latest)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
