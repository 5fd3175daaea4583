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


def check_long(suite):
    """The description of a column is as long as a schema can make it, and whole in each engine's words."""
    doc = ("a doc with 'quotes' " * 190).strip()
    shutil.copy(os.path.join(harness.ROOT, "schemas", "abi.yaml"), suite.path("abi.yaml"))
    with open(os.path.join(harness.ROOT, "schemas", "atop-1.26.yaml"), encoding="utf-8") as file:
        text = file.read()
    changed = text.replace('doc: "what the sample holds"', 'doc: "%s"' % doc)
    suite.check(changed != text, "a schema with a long description", "changed", "not so")
    path = suite.path("atop-1.26.yaml", changed.encode())
    escapes = {"avro": "'", "clickhouse": "\\'", "spark": "\\'"}
    for engine in ENGINES:
        wanted = doc.replace("'", escapes.get(engine, "''"))
        suite.check(wanted in printed(suite, suite.program("atopgen"), "tables", "--as=" + engine, path).decode(),
                    "a long description for " + engine, "whole", "not so")


def check_views(suite, schemas):
    """The views that are asked for, and no table: the same of both programs, and sqlite3 takes them."""
    files = sorted(glob.glob(os.path.join(harness.ROOT, "schemas", "views", "*.yaml")))
    for engine in ENGINES:
        text = printed(suite, suite.program("atopgen"), "tables", "--view=top,cpu", "--as=" + engine, *schemas, *files)
        suite.equal(text, printed(suite, suite.program(), "schema", "--as=" + engine, "--view=cpu,top"), "views as " + engine)
        suite.check(text, "views as " + engine, "definitions", "nothing")
    tables = json.loads(printed(suite, suite.program(), "schema", "--as=avro", "--view=cpu", "--view=top"))
    suite.equal(["cpu", "top"], [table["name"] for table in tables], "the views that are asked for")
    if shutil.which("sqlite3"):
        result = harness.run(["sqlite3", ":memory:"], data=printed(suite, suite.program(), "schema", "--as=sqlite", "--view=top") +
                             b"SELECT name FROM sqlite_master ORDER BY name; SELECT doc FROM columns WHERE column_name = 'cpu_percent';\n")
        suite.equal((0, b""), (result.status, result.err), "sqlite3 takes the definitions of a view")
        suite.check(result.out.startswith(b"columns\ntop\n") and b"processor" in result.out, "its tables and the doc of a column",
                    "columns, top", result.out)
    for program, words, message in (
            ("atopgen", ["tables", "--view=topp", *schemas, *files], b"atopgen: there is no view 'topp' in the files; did you mean 'top'?\n"),
            ("atopdump", ["schema", "--view=topp"], b"there is no view 'topp'; did you mean 'top'?"),
            ("atopdump", ["schema", "--view=top", "2.7"], b"schema takes RELEASE or --view=LIST, not both")):
        result = harness.run([suite.program(program), *words])
        suite.check(result.status == 1 and message in result.err and not result.out, "%s %s" % (program, words[:2]), message, result)


def main():
    suite = harness.Suite(__doc__)
    check_long(suite)
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
    check_views(suite, schemas)
    result = harness.run([suite.program("atopgen"), "tables", "--as=sqlit", *schemas])
    suite.equal((1, b"", b"atopgen: unknown engine 'sqlit'; did you mean 'sqlite'?\n"), result, "an engine that there is not")
    result = harness.run([suite.program("atopgen"), "fields", "--as=mdo", *schemas])
    suite.equal((1, b"", b"atopgen: unknown form 'mdo'; did you mean 'mdoc'?\n"), result, "a form that there is not")
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
