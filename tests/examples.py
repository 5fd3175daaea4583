"""Proves that the rows of example_data/README.md are true: release, machine, counts and checksum of each
log."""

import hashlib
import os
import re
import sys

from lib import facts, harness

README = os.path.join(harness.EXAMPLES, "README.md")
COLUMNS = ["log", "release", "machine", "samples", "tasks", "sha256"]


def rows():
    """The table's rows by log."""
    with open(README, encoding="utf-8") as file:
        lines = [line.strip().strip("|") for line in file if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    if not cells or cells[0] != COLUMNS:
        return {}
    return {row[0]: row for row in cells[2:]}


def row_of(path, tables):
    """What a log's row must say. The release: as the file is named; the header holds no more than
    major.minor."""
    data = harness.read(path)
    log = facts.Log(data, tables)
    samples = list(log.samples(system=False))
    name = os.path.basename(path)
    machine = log.header["utsname"]["machine"].split(b"\0")[0].decode()
    release = re.match(r"atop-([0-9.]+(?:-[0-9]+)?)", name).group(1).rstrip(".")
    return [name, release, machine, str(len(samples)), str(sum(len(sample.tasks) for sample in samples)),
            hashlib.sha256(data).hexdigest()]


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    stated = rows()
    suite.check(stated, "example_data/README.md has a table with the columns %s" % COLUMNS, "rows", "none")
    logs = suite.examples()
    suite.equal(sorted(map(os.path.basename, logs)), sorted(stated),
                "a row for each log and a log for each row")
    for path in logs:
        wanted = row_of(path, tables)
        suite.equal(wanted, stated.get(wanted[0]), "the row of " + wanted[0])
        table = facts.Log(harness.read(path), tables).table
        suite.check(wanted[1] == table.release or wanted[1].startswith(table.release.split("-")[0] + ".")
                    or wanted[1].startswith(table.release), "%s is a log of %s" % (wanted[0], table.release),
                    table.release, wanted[1])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
