"""Proves that make measure reads the truth from upstream's headers: on made-up sources, written from fact tables, it must measure
those tables again; what it cannot measure, and units that nobody has said, are reported.

The oldest and the newest release are measured, by the compilers that tests/audit.py uses.
"""

import glob
import os
import subprocess
import sys

import audit
from lib import facts, harness

SCRIPT = os.path.join(harness.TESTS, "audit", "measure.py")


def compilers():
    """gcc, and gcc -m32 if it has headers."""
    found = ["gcc"]
    probe = subprocess.run(["gcc", "-m32", "-fsyntax-only", "-x", "c", "-"], input=b"#include <time.h>\n", stderr=subprocess.DEVNULL,
                           check=False)
    return found + (["gcc,-m32"] if probe.returncode == 0 else [])


def measure(suite, source, schema, using, output):
    folder = suite.path("atop")
    source.write(folder)
    os.makedirs(output, exist_ok=True)
    argv = [sys.executable, SCRIPT, "--output", output, folder, schema]
    return harness.run(argv, env={**os.environ, "COMPILERS": " ".join(using)}), harness.shell(argv)


def rows_of(path):
    """Rows without the tags of structs inside others, which the made-up headers do not have."""
    with open(path, encoding="ascii") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [row[:3] + ([""] if row[2] == "struct" else row[3:4]) + row[4:] for row in rows]


def check_release(suite, tables, schema):
    """Every model that can be measured here, from the headers that are made of one table."""
    table = next(table for table in tables if table.model == "lp64")
    output = suite.path("out-" + table.release)
    result, again = measure(suite, audit.Source(table, schema, {}), schema, compilers(), output)
    suite.equal((0, b""), (result.status, result.err), "status of measuring %s" % table.release, again)
    written = sorted(glob.glob(os.path.join(output, "*.tsv")))
    suite.check(len(written) >= len(compilers()), "tables of %s" % table.release, "one for each compiler", written)
    for path in written:
        want = os.path.join(harness.DATA, "layouts", os.path.basename(path))
        suite.equal(rows_of(want), rows_of(path), "rows of %s" % os.path.basename(path), again)


def check_changed(suite, tables, schema):
    """A member that is new has a place and no unit, which is reported."""
    table = next(table for table in tables if table.model == "lp64")
    source = audit.Source(table, schema, {})
    audit.add(source.structs["tstat"].find("gen"), "pid", "long", "brandnew")
    result, again = measure(suite, source, schema, ["gcc"], suite.path("changed"))
    suite.check(b"tstat gen.brandnew" in result.out, "a new member", "its unit is asked for", result.out, again)
    rows = rows_of(os.path.join(suite.path("changed"), "%s.lp64.tsv" % table.release))
    found = [row for row in rows if row[1] == "gen.brandnew"]
    suite.equal([["tstat", "gen.brandnew", "leaf", "long", "long", "i64", "8", "8", "", "", "?"]], found, "row of a new member", again)


def check_faults(suite, tables, schema):
    table = next(table for table in tables if table.model == "lp64")
    source = audit.Source(table, schema, {})
    source.noise = "this is no C\n"
    result, again = measure(suite, source, schema, ["gcc"], suite.path("broken"))
    suite.check(result.status == 1 and b"no compiler takes upstream's headers" in result.err, "headers that do not compile",
                "status 1", result.err, again)
    source = audit.Source(table, schema, {})
    del source.structs["rawrecord"]
    result, again = measure(suite, source, schema, ["gcc"], suite.path("broken"))
    suite.check(result.status == 1 and b"rawrecord" in result.err, "headers without a struct", "status 1", result.err, again)
    suite.equal([], os.listdir(suite.path("broken")), "tables that are written then")


def main():
    suite = harness.Suite(__doc__)
    tables = {}
    for table in facts.load_tables():
        tables.setdefault(table.release, []).append(table)
    known = sorted(tables, key=lambda release: [int(part) for part in release.replace("-", ".").split(".")])
    schemas = {release: os.path.join(harness.ROOT, "schemas", "atop-%s.yaml" % release) for release in known}
    for release in (known[0], known[-1]):
        check_release(suite, tables[release], schemas[release])
    check_changed(suite, tables[known[-1]], schemas[known[-1]])
    check_faults(suite, tables[known[-1]], schemas[known[-1]])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
