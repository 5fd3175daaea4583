"""Proves that the tables' definitions for databases are what engines take: sqlite3 makes the tables, Avro's are JSON, and the
reader prints the bytes that the compiler prints.
"""

import glob
import json
import os
import shutil
import sys

from lib import harness

ENGINES = ("duckdb", "clickhouse", "postgresql", "sqlite", "spark", "avro")


def printed(suite, program, *words):
    result = harness.run([program, *words])
    suite.equal((0, b""), (result.status, result.err), "%s %s: status and messages" % (os.path.basename(program), words[:2]))
    return result.out


def main():
    suite = harness.Suite(__doc__)
    schemas = sorted(glob.glob(os.path.join(harness.ROOT, "schemas", "atop-*.yaml")))
    texts = {engine: printed(suite, suite.program("atopgen"), "tables", "--as=" + engine, *schemas) for engine in ENGINES}
    for engine, text in texts.items():
        suite.equal(text, printed(suite, suite.program(), "schema", "--as=" + engine), "atopdump schema --as=" + engine)
    with open(os.path.join(harness.ROOT, "generated", "tables.lock"), encoding="utf-8") as file:
        lock = [line.split("\t") for line in file]
    tables = json.loads(texts["avro"])
    suite.equal(sorted((line[1], line[2]) for line in lock),
                sorted((table["name"], field["name"]) for table in tables for field in table["fields"]),
                "the Avro schemas have the columns of tables.lock")
    if shutil.which("sqlite3"):
        result = harness.run(["sqlite3", ":memory:"], data=texts["sqlite"] +
                             b"SELECT number || char(9) || table_name || char(9) || column_name FROM columns ORDER BY number;\n")
        suite.equal((0, b""), (result.status, result.err), "sqlite3 takes the definitions")
        suite.equal(["\t".join(line[:3]) for line in lock], result.out.decode().splitlines(), "its table of columns is the lock")
    result = harness.run([suite.program("atopgen"), "tables", "--as=sqlit", *schemas])
    suite.equal((1, b"", b"atopgen: unknown engine 'sqlit'; did you mean 'sqlite'?\n"), result, "an engine that there is not")
    result = harness.run([suite.program("atopgen"), "fields", "--as=mdo", *schemas])
    suite.equal((1, b"", b"atopgen: unknown form 'mdo'; did you mean 'mdoc'?\n"), result, "a form that there is not")
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
