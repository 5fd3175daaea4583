"""Proves that --flags=names writes the names of bits that each release's schema has, and in hex the bits without a name: in CSV,
rows and SQLite, in whole tables and in chosen columns, of all example logs. The value is what --flags=number writes.
"""

import os
import re
import sqlite3
import sys

from lib import contract, harness, tables

COLUMNS = {"rawheader": "supportflags", "rawrecord": "flags"}
TABLES = {"supportflags": "headerflags", "flags": "recordflags"}
BIT = re.compile(r"- \{name: (\w+), value: (0x[0-9a-f]+),")


def names_of(generator, release):
    """{table: [(name, value)]} of a release's schema, with what it inherits."""
    text = harness.run([generator, "show", os.path.join(harness.ROOT, "schemas", "atop-%s.yaml" % release)]).out.decode()
    known, table = {}, None
    for line in text[text.index("\nbits:\n"):text.index("\nstructs:\n")].splitlines():
        if line.startswith("  ") and line.endswith(":"):
            table = line.strip()[:-1]
        match = BIT.search(line)
        if match:
            known.setdefault(table, []).append((match[1], int(match[2], 16)))
    return known


def named(value, bits):
    """The names of a value, as they should be written."""
    words = [name for name, bit in bits if value & bit == bit]
    rest = value & ~sum(bit for _, bit in bits)
    return "|".join(words + ["0x%x" % rest] * (rest != 0)) or "0"


def rows(program, table, *words):
    """The parsed rows of a table, in their order."""
    result = harness.run([program, "--format=rows", "--tables=" + table, *words])
    return [contract.parse(line) for line in result.out.decode("utf-8").splitlines()]


def check_table(suite, test, table, paths):
    """Rows, CSV and chosen columns of one table of all logs; returns what was written."""
    program, known = test
    column = COLUMNS[table]
    numbers, texts = rows(program, table, *paths), rows(program, table, "--flags=names", *paths)
    wanted = [{**row, column: named(row[column], known[row["release"]][TABLES[column]])} for row in numbers]
    suite.check(wanted == texts and [list(row) for row in wanted] == [list(row) for row in texts], "rows of " + table,
                len(wanted), next((pair for pair in zip(wanted, texts) if pair[0] != pair[1]), len(texts)))
    words = ["--format=csv", "--tables=" + table]
    document = harness.run([program, *words, "--flags=names", *paths]).out
    suite.equal(None, tables.difference_csv(list(wanted[0])[1:], wanted, document), "CSV of " + table)
    chosen = harness.run([program, *words, "--flags=names", "--fields=f=" + column, *paths]).out.decode("utf-8").splitlines()
    suite.equal(["f"] + [row[column] for row in wanted], chosen, "CSV of %s alone" % column)
    top = rows(program, table, "--flags=names", "--top=1", "--by=" + column, *paths)
    suite.check(len(top) > 0 and all(row in texts for row in top), "rows of " + table + " with --top", "of all rows", top[:1])
    return {row[column] for row in wanted}


def check_database(suite, test, paths):
    program, known = test
    path = suite.path("flags.db")
    harness.run([program, "--format=sqlite", "--force", "--flags=names", "--output=" + path, *paths])
    database = sqlite3.connect(path)
    for table, column in COLUMNS.items():
        wanted = [named(row[column], known[row["release"]][TABLES[column]]) for row in rows(program, table, *paths)]
        got = database.execute('SELECT "%s", typeof("%s") FROM "%s" ORDER BY rowid' % (column, column, table)).fetchall()
        suite.equal([(text, "text") for text in wanted], got, "SQLite: " + column)
        kinds = {row[1]: row[2] for row in database.execute('PRAGMA table_info("%s")' % table)}
        suite.equal("TEXT", kinds[column], "SQLite: the type of " + column)
    database.close()


def main():
    suite = harness.Suite(__doc__)
    program, paths = suite.program(), suite.examples()
    releases = {row["release"] for row in rows(program, "rawheader", *paths)}
    known = {release: names_of(suite.program("atopgen"), release) for release in releases}
    texts = set()
    for table in COLUMNS:
        texts |= check_table(suite, (program, known), table, paths)
    suite.check(len(releases) > 10 and len(texts) > 10, "releases and different texts", "over 10", (len(releases), texts))
    if b"SQLite" in harness.run([program, "--version"]).out:
        check_database(suite, (program, known), paths)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
