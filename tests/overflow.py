"""Proves that an unsigned value above 2^63 - 1 is null in every form of tables and reported as damage, once a log, whatever the
number of threads; JSON prints it and reports nothing.
"""

import sqlite3
import sys

from lib import contract, facts, harness
from lib.harness import DAMAGED, OK

LARGEST = 2 ** 63 - 1
VALUES = [[5, LARGEST], [LARGEST + 1, 2 ** 64 - 1], [7, 2 ** 64 - 2]]       # of the containers of each sample
TABLE = "sstat_cfs_cont"


def sample(values, i):
    containers = [{"ctid": value, "numproc": 3} for value in values]
    return {"rawrecord": {"curtime": 1700000000 + 10 * i}, "sstat": {"cfs": {"nrcontainer": len(values), "cont": containers}}}


def parse(result):
    return [contract.parse(line) for line in result.out.decode("utf-8").splitlines()]


def fitting(value):
    return value if value <= LARGEST else None


def check_rows(suite, program, paths, nlogs):
    """`paths` hold so many logs; each has one loss."""
    wanted = [fitting(value) for _ in range(nlogs) for values in VALUES for value in values]
    outputs = set()
    for jobs in ("-j1", "-j3", "-j8"):
        result = harness.run([program, jobs, "--format=rows", "--tables=%s,damage" % TABLE, *paths])
        outputs.add((result.status, result.out, result.err))
    suite.equal(1, len(outputs), "outputs for -j1, -j3 and -j8")
    status, out, err = outputs.pop()
    lines = [contract.parse(line) for line in out.decode("utf-8").splitlines()]
    damage = [line for line in lines if line["table"] == "damage"]
    suite.equal(DAMAGED, status, "the status")
    suite.equal(wanted, [line["container"] for line in lines if line["table"] == TABLE], "rows")
    suite.equal([("range", "sstat", 1)] * nlogs, [(line["kind"], line["block"], line["sample"]) for line in damage], "rows of damage")
    suite.check(all("container of %s is %d, more than tables can hold" % (TABLE, LARGEST + 1) in line["reason"] for line in damage),
                "the reason", "column and value", damage[:1])
    suite.equal(nlogs, err.decode().count("more than tables can hold"), "messages")


def main():
    suite = harness.Suite(__doc__)
    program = suite.program()
    layout = next(table for table in facts.load_tables() if str(table).startswith("2.2") and "lp64" in str(table)
                  and table.structs["sstat"].has("cfs"))
    data = facts.build(layout, "little", [sample(values, i) for i, values in enumerate(VALUES)])
    path, both = suite.path("wide.raw", data), suite.path("both.raw", data + data)
    check_rows(suite, program, [path], 1)
    check_rows(suite, program, [both, path], 3)

    csv = harness.run([program, "--format=csv", "--tables=" + TABLE, "--fields=container", "--skip-since-boot", path])
    suite.equal((DAMAGED, ["container"] + [str(fitting(v) or "") for values in VALUES[1:] for v in values]),
                (csv.status, [line.strip('"') for line in csv.out.decode().splitlines()]), "CSV")
    chosen = harness.run([program, "--format=rows", "--tables=" + TABLE, "--where=container > 6", path])
    suite.equal((DAMAGED, [LARGEST, 7]), (chosen.status, [line["container"] for line in parse(chosen)]), "a condition over it")
    strict = harness.run([program, "--format=rows", "--tables=" + TABLE, "--strict", path])
    suite.equal([5, LARGEST, None, None], [line["container"] for line in parse(strict)], "--strict: no struct after it")
    accepted = harness.run([program, "--format=rows", "--tables=" + TABLE, "--accept-damage", path])
    suite.equal(OK, accepted.status, "--accept-damage")
    nested = harness.run([program, "--tables=sstat", path])
    got = [one["ctid"] for line in parse(nested) for one in line["sstat"]["cfs"]["cont"]]
    suite.equal((OK, b"", [v for values in VALUES for v in values]), (nested.status, nested.err, got), "JSON")
    other = harness.run([program, "--format=rows", "--tables=sstat", path])
    suite.equal((OK, b""), (other.status, other.err), "another table")

    if b"SQLite" in harness.run([program, "--version"]).out:
        base = suite.path("wide.db")
        result = harness.run([program, "--format=sqlite", "--output=" + base, path])
        rows = [one for one, in sqlite3.connect(base).execute("SELECT container FROM %s ORDER BY rowid" % TABLE)]
        suite.equal((DAMAGED, [fitting(v) for values in VALUES for v in values]), (result.status, rows), "SQLite")
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
