"""Runs tests, as many at a time as there are processors, and prints one line for each as it ends.

    python3 tests/run.py [--build DIR] [--jobs N] [--long | --long-of NAME,…] [NAME…]

NAME is a test (golden, unit-runtime, schema) or a set of tests: all (the default; without those of packaging), quick, bare, long or
packaging.
The tests are the three Check programs, schema/run.py and every script of this folder. The programs must have been built:
`make check TESTS="golden carve"` does both. A test that fails has its whole output printed. --long is handed to scripts that
leave something out without it (LONG), --long-of to those that it names.
"""

import argparse
import collections
import concurrent.futures
import glob
import os
import re
import subprocess
import sys
import threading
import time

from lib import harness

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PATIENCE = 1800                                 # seconds until a test that does not end is stopped
NO_TESTS = {"run", "live"}                      # scripts that are not tests
# Tests that leave something out unless --long is given: make check-long runs these.
LONG = ["badinput", "bounds", "damage", "duckdb", "inflate", "jobs", "lineschema", "newrelease", "partition", "repair", "synthetic", "tables", "window", "audit", "faults", "report"]
PACKAGING = ["install", "probe"]        # make check-packaging and .ci/run run these, make check does not
NOT_SANITIZED = ["loads", "progress"]   # they look at what the dynamic linker loads, or have it load a library first

# Seconds of a processor that tests take, about: the longest are started first. A test that is not listed takes few.
SECONDS = {"faults": 75, "duckdb": 40, "newrelease": 34, "archives": 26, "synthetic": 20, "engines": 25, "audit": 20, "badinput": 18,
           "damage": 19, "unit-runtime": 20, "tables": 16, "inflate": 12, "schema": 19, "partition": 18, "jobs": 18, "bounds": 19,
           "documents": 16, "choose": 16, "labels": 11, "schemabounds": 11, "harden": 11, "fuzz": 11, "parts": 10, "records": 10,
           "unverified": 10, "sqlite": 10, "sqlviews": 12, "repair": 10, "golden": 8, "sandbox": 8, "pipe": 8, "lineschema": 7, "evidence": 7, "info": 7,
           "library": 7, "carve": 7, "choice": 6, "report": 6, "window": 6, "members": 6, "runs": 6, "views": 5, "timeline": 5, "seed": 5,
           "readers": 4, "unit-printed": 4, "parseable": 4, "labeldefects": 4, "verbs": 4, "words": 4, "shorter": 4, "avro": 4}

# What make bare runs, with programs that have no optional library.
BARE = ["archives", "avro", "cases", "documents", "evidence", "faults", "flags", "inputs", "library", "loads", "manifest", "mistakes", "overflow",
        "pages", "partition", "sandbox", "sqlite", "sqlviews", "timelinedb", "verbs"]

QUICK = ["unit-runtime", "unit-generator", "unit-printed", "schema", "golden", "cases", "architecture", "words", "readme",
         "documents", "examples"]

PROGRAMS = {
    "unit-generator": ["unit-generator"],
    "unit-runtime": ["unit-runtime"],
    "unit-printed": ["unit-printed"] + sorted(glob.glob(os.path.join(ROOT, "example_data", "*.raw"))),
}

COUNTED = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)
CHECK = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)$", re.M)

Outcome = collections.namedtuple("Outcome", "name good passed failed seconds used output")


def all_tests():
    scripts = [os.path.splitext(os.path.basename(path))[0] for path in glob.glob(os.path.join(HERE, "*.py"))]
    return list(PROGRAMS) + ["schema"] + sorted(set(scripts) - NO_TESTS)


def command(name, build, whole):
    if name in PROGRAMS:
        return [os.path.join(build, PROGRAMS[name][0])] + PROGRAMS[name][1:]
    script = os.path.join("schema", "run.py") if name == "schema" else name + ".py"
    return [sys.executable, os.path.join(HERE, script), "--build", build] + ["--long"] * (name in whole)


def run(name, build, whole):
    """Runs one test, in its long form if `whole` has it. It is good if it exits with 0 and counts passes and no failure."""
    start = time.monotonic()
    try:
        process = subprocess.Popen(command(name, build, whole), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
    except OSError as error:
        return Outcome(name, False, 0, 1, 0, 0, "%s\n" % error)
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    output = process.stdout.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)      # with the processor time of all that the test started
    status = process.returncode = os.waitstatus_to_exitcode(status)
    timer.cancel()
    counts = [(int(passed), int(failed)) for passed, failed in COUNTED.findall(output)[-1:]]
    counts += [(int(n) - int(failures) - int(errors), int(failures) + int(errors))
               for n, failures, errors in CHECK.findall(output)]
    passed, failed = (sum(numbers) for numbers in zip(*counts)) if counts else (0, 0)
    good = status == 0 and passed > 0 and failed == 0
    if not good and not failed:
        failed = 1
        output += "%s ended with status %s and counted %d passed, 0 failed\n" % (name, status, passed)
    return Outcome(name, good, passed, failed, time.monotonic() - start, used.ru_utime + used.ru_stime, output)


def report(outcome):
    """One line; below it Check's summaries and what could not be tested; for a failure, everything."""
    print("%-4s  %-15s %7d passed, %d failed  %6.1f s, %.1f s of a processor" %
          ("ok" if outcome.good else "FAIL", outcome.name, outcome.passed, outcome.failed, outcome.seconds, outcome.used))
    for line in outcome.output.splitlines():
        if not outcome.good or CHECK.match(line) or line.startswith("not tested: "):
            print(line if outcome.good else "    " + line)
    sys.stdout.flush()


def chosen(names, build):
    """The tests that are named, longest first; ends the program if there is no such test."""
    known, out = all_tests(), PACKAGING
    if harness.is_sanitized(os.path.join(build, "atopdump")):
        out = PACKAGING + NOT_SANITIZED
        if "all" in names or not names:
            print("not tested with sanitizers: " + " ".join(NOT_SANITIZED))
    sets = {"long": LONG, "all": [name for name in known if name not in out], "quick": QUICK, "bare": BARE, "packaging": PACKAGING}
    tests = []
    for name in names or ["all"]:
        if name not in sets and name not in known:
            sys.exit("run.py: there is no test '%s'; there are the sets %s and the tests %s" %
                     (name, ", ".join(sets), ", ".join(known)))
        tests += [test for test in sets.get(name, [name]) if test not in tests]
    return sorted(tests, key=lambda name: -SECONDS.get(name, 0))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build"), help="folder with the programs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="tests at a time")
    parser.add_argument("--long", action="store_true", help="nothing is left out")
    parser.add_argument("--long-of", default="", metavar="NAME,…", help="these tests leave nothing out")
    parser.add_argument("names", nargs="*", metavar="NAME", help="tests, or sets of tests: all, quick, bare, long, packaging")
    options = parser.parse_args()
    whole = set(LONG if options.long else filter(None, options.long_of.split(",")))
    if whole - set(LONG):
        sys.exit("run.py: no long form of '%s'; there is one of %s" % (min(whole - set(LONG)), ", ".join(LONG)))
    harness.cause_few_faults()
    build, start, outcomes = os.path.abspath(options.build), time.monotonic(), []
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        jobs = [pool.submit(run, name, build, whole) for name in chosen(options.names, build)]
        for job in concurrent.futures.as_completed(jobs):
            outcomes.append(job.result())
            report(outcomes[-1])
    bad = sorted(outcome.name for outcome in outcomes if not outcome.good)
    short = sorted(outcome.name for outcome in outcomes if outcome.name in set(LONG) - whole)
    if short:
        print("in short form (make check-long leaves nothing out): " + " ".join(short))
    print("%d tests: %d passed, %d failed in %.0f s%s" %
          (len(outcomes), sum(outcome.passed for outcome in outcomes), sum(outcome.failed for outcome in outcomes),
           time.monotonic() - start, "; failed: " + " ".join(bad) if bad else ""))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
