"""Proves that --format=parseable and --format=atop-json with --compat print what atop itself prints, byte for byte: what it printed
of real logs (tests/data/labels), and what its source says of made logs of every release, data model and byte order, with and
without -Z; and that --as prints the columns of other releases.
"""

import glob
import gzip
import os
import sys

from lib import facts, harness, labels, madelogs

RECORDED = os.path.join(harness.DATA, "labels")
COMPAT = ["--compat", "--tz=UTC"]
LATEST = "2.13"
TABLES = facts.load_tables()
SHORT = 2       # samples of a log whose columns of other releases are computed


def first_difference(expected, got):
    """(line number, expected, got) of the first line that differs, from where it differs on."""
    one, other = expected.split(b"\n"), got.split(b"\n")
    for number, (left, right) in enumerate(zip(one, other), 1):
        if left != right:
            at = next((i for i, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))
            start = max(at - 60, 0)
            return number, left[start:at + 60], right[start:at + 60]
    return min(len(one), len(other)), "%d lines" % len(one), "%d lines" % len(other)


def compared(what, argv, expected, status=harness.OK):
    """A result for Suite.check: the command prints this."""
    result = harness.run(argv)
    command = harness.shell(argv)
    if result.out != expected:
        number, one, other = first_difference(expected, result.out)
        return False, "%s: line %d" % (what, number), one, "%r; exit %d %r" % (other, result.status, result.err[:200]), command
    return result.status == status, what, "exit %d" % status, "exit %d, %r" % (result.status, result.err), command


# --- what atop printed --------------------------------------------------------------------------------------

def recorded_case(job):
    """The recorded output of a log, -P or -J."""
    program, path, listing, option = job
    with gzip.open(listing) as file:
        expected = file.read()
    name = os.path.basename(path)
    if not expected:
        return False, name, "a listing", "an empty file", listing
    return compared("%s: %s ALL" % (name, option), [program, option, "ALL", *COMPAT, path], expected,
                    harness.DAMAGED if name.startswith("made-") else harness.OK)


def recorded_jobs(program, logs):
    for path in logs:
        stem = os.path.splitext(os.path.basename(path))[0]
        for option, kind in (("-P", "parseable"), ("-J", "json")):
            listing = os.path.join(RECORDED, "%s.%s.gz" % (stem, kind))
            if os.path.exists(listing):
                yield program, path, listing, option


# --- what its source says -----------------------------------------------------------------------------------

def made_log(table, order, folder):
    path = os.path.join(folder, "%s.%s.%s.raw" % (table.release, table.model, order))
    data = facts.build(table, order, madelogs.samples(table), madelogs.header(table, order == "little"), level=1)
    with open(path, "wb") as file:
        file.write(data)
    return path, facts.Log(data, [table])


def has_json(release):
    return labels.version(release) >= (2, 8, 0)


def made_case(job):
    """Results of the logs of one release: its own labels."""
    program, tables, shift, folder = job
    paths, lines, without_spaces, objects = [], b"", b"", b""
    for table in tables:
        order = list(facts.ORDERS)[(len(paths) + shift) % 2]
        path, log = made_log(table, order, folder)
        paths.append(path)
        printed = labels.Labels(log)
        lines += printed.parseable()
        without_spaces += printed.parseable(no_spaces=True)
        objects += printed.json() if has_json(table.release) else b""
    release = tables[0].release
    results = [compared("made logs of %s: -P" % release, [program, "-P", "ALL", *COMPAT, *paths], lines)]
    if labels.version(release) >= (2, 7, 0):
        results.append(compared("made logs of %s: -P -Z" % release, [program, "-P", "ALL", "-Z", *COMPAT, *paths], without_spaces))
    if has_json(release):
        results.append(compared("made logs of %s: -J" % release, [program, "-J", "ALL", *COMPAT, *paths], objects))
    return results


def made_jobs(program, tables, folder):
    """The logs of each release: one of each data model. The byte orders take turns, so that each model has both."""
    for shift, release in enumerate(sorted({table.release for table in tables}, key=labels.version)):
        yield program, [table for table in tables if table.release == release], shift, folder


# --- columns of other releases ------------------------------------------------------------------------------

def as_case(job):
    """The first samples of a log with the columns of a release."""
    program, path, release, folder = job
    data, name = harness.read(path), "%s as %s" % (os.path.basename(path), release)
    ends = [sample.end for sample in facts.Log(data, TABLES).samples(tasks=False, system=False)]
    data = data[:ends[min(SHORT, len(ends)) - 1]]
    short = os.path.join(folder, name.replace(" ", "-"))
    with open(short, "wb") as file:
        file.write(data)
    printed = labels.Labels(facts.Log(data, TABLES), release)
    options = ["--as=" + release, *COMPAT, short]
    results = [compared(name + ": -P", [program, "-P", "ALL", *options], printed.parseable())]
    if has_json(release):
        results.append(compared(name + ": -J", [program, "-J", "ALL", *options], printed.json()))
    return results


def as_jobs(program, logs, folder):
    """Each log as of the newest and the oldest release; and one log as of every release."""
    releases = sorted({table.release for table in TABLES}, key=labels.version)
    for path in logs:
        for release in (releases[0], LATEST):
            yield program, path, release, folder
    for release in releases[1:-1]:
        yield program, logs[0], release, folder
        yield program, os.path.join(harness.EXAMPLES, "atop-2.13.0.raw"), release, folder


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program("atopdump-static")
    logs = suite.examples() + sorted(glob.glob(os.path.join(RECORDED, "*.raw")))
    for result in harness.threads(recorded_case, recorded_jobs(program, logs)):
        suite.check(*result)
    for results in harness.processes(made_case, made_jobs(program, TABLES, suite.folder)):
        for result in results:
            suite.check(*result)
    for results in harness.processes(as_case, as_jobs(program, suite.examples(), suite.folder)):
        for result in results:
            suite.check(*result)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
