"""Proves that real engines load the tables: each takes the definitions and the files of all tables as they are, and then counts
the rows, and in each column the nulls, and sums, that Python finds in the nested JSON.

DuckDB reads CSV and rows, ClickHouse the same and Avro, libavro Avro, PostgreSQL CSV; sqlite3 CSV and the database of --format=sqlite; Miller CSV. Logs:
all real ones, made ones that fill all tables, texts that need quoting. engines/setup.sh installs the packages of node.
"""

import json
import os
import shutil
import sys

import synthetic
from lib import aggregates, contract, engines, facts, harness, tables
from lib.harness import DAMAGED

MADE = ("1.26", "2.4", "2.9", "2.13")       # releases of which logs are made: together they fill all tables that awkward() does not
GPU_FLAG = 0x80                             # of a record whose GPUs were measured
NAMES = [b'quo"te', b'"', b'""', b"com,ma", b"line\nfeed", b"cr\r", b"cr\r\nlf", b"", b" ", b" space ", b"\xff\xfe", b"ok\xc3\xa9",
         b"\x01\x7f", b"\xf0\x9f\x9a\x80", b"=1+1", b"'", b"null", b"NULL", b"\\N", b"\\", b"NA", b"nan", b"inf", b"true", b"0", b"-1",
         b"0x1f", b"1_000", b"1e5", b"2026-11-22", b"\t"]


def awkward(layout):
    """A log of texts that readers may take for something else, and of numbers at the edges."""
    tasks = [{"gen": {"pid": i, "name": name, "cmdline": name * 3}, "cpu": {"nice": -i}} for i, name in enumerate(NAMES)]
    loads = [0.1, 1e-40, 3.4e38, 16777217.0, -2.5, float("inf"), float("nan"), 0.0]
    gpus = {"nrgpus": 2, "gpu": [{"gpunr": 1, "type": b"a,b", "busid": b"0"}, {"gpunr": 2}]}
    return facts.build(layout, "little", [{"rawrecord": {"flags": GPU_FLAG}, "tstat": tasks,
                                           "sstat": {"gpu": gpus, "cpu": {"lavg1": load, "csw": (1 << 63) - 1 - i}}}
                                          for i, load in enumerate(loads)],
                       {"utsname": {"nodename": b'a "host", or\nnone'}})


class Inputs:
    """The tables of some logs, as files; and their figures, from the nested JSON."""

    def __init__(self, suite, logs, damaged, name):
        self.suite, self.logs, self.damaged, self.name = suite, logs + damaged, damaged, name
        self.program = suite.program()
        self.layouts = facts.load_tables()
        self.schema = tables.Schema(self.layouts)
        self.tables = self.schema.tables
        self.wanted = aggregates.of_rows(self.tables, self.derive())
        self.csv, self.rows, self.avro = self.write("csv", ".csv"), self.write("rows", ".jsonl"), self.write("avro", ".avro")
        empty = [table for table, (count, _) in self.wanted.items() if not count]
        suite.equal([], empty, "tables without rows")

    def run(self, *words):
        result = harness.run([self.program, *words, *self.logs])
        self.suite.check(result.status in (0, DAMAGED), "%s of %s" % (words, self.name), "status 0 or 3", result.status)
        return result

    def derive(self):
        """The rows that follow from the nested JSON."""
        by_file = {path: [] for path in self.logs}
        for line in map(contract.parse, self.run().out.decode("utf-8").splitlines()):
            by_file[line["file"]].append(line)
        for path, lines in by_file.items():
            whole = None if path in self.damaged else tables.live_indices(facts.Log(harness.read(path), self.layouts))
            yield from tables.Rows(self.schema, indices=whole).of(lines)

    def write(self, form, ending):
        """{table: path} of its files in a form."""
        folder = self.suite.path("%s-%s/" % (self.name, form))
        self.run("--format=" + form, "--output=" + folder)
        return {table: os.path.join(folder, table + ending) for table in self.tables}

    def definitions(self, engine):
        result = harness.run([self.program, "schema", "--as=" + engine])
        self.suite.equal(0, result.status, "definitions for " + engine)
        return result.out.decode("utf-8")


def check(suite, inputs, what, load, *words, blank=False):
    """What an engine finds is what Python found; `blank`: it takes empty texts for nulls."""
    try:
        found = load(inputs.tables, *words)
    except engines.Refused as refusal:
        suite.check(False, "%s loads %s" % (what, inputs.name), "all tables", refusal)
        return
    for table, (count, columns) in inputs.wanted.items():
        rows, got = found[table]
        suite.equal(count, rows, "%s: rows of %s, %s" % (what, table, inputs.name))
        for column, figures in got.items():
            kind = inputs.tables[table][column]
            wanted = aggregates.without_empty(kind, columns[column]) if blank else columns[column]
            wrong = {figure: (wanted[figure], text) for figure, text in figures.items()
                     if not aggregates.is_equal(kind, figure, wanted[figure], text)}
            suite.check(not wrong, "%s: %s.%s, a %s of %s" % (what, table, column, kind, inputs.name), "the figures of the JSON",
                        "wanted and got: %s" % wrong)


# --- each engine ----------------------------------------------------------------------------------------------------

def check_duckdb(suite, inputs):
    definitions = inputs.definitions("duckdb")
    check(suite, inputs, "DuckDB, CSV", engines.duckdb_csv, definitions, inputs.csv)
    check(suite, inputs, "DuckDB, rows", engines.duckdb_rows, definitions, inputs.rows)
    columns = list(inputs.tables["sstat"])
    for path, reader, wanted in ((inputs.csv["sstat"], "read_csv_auto", columns),
                                 (inputs.rows["sstat"], "read_json_auto", ["table"] + columns)):
        try:
            got = engines.duckdb_names(path, reader)
        except engines.Refused as refusal:
            got = str(refusal)
        suite.equal((wanted, inputs.wanted["sstat"][0]), got, "SELECT * FROM %s('%s')" % (reader, os.path.basename(path)))


def check_clickhouse(suite, inputs):
    definitions = inputs.definitions("clickhouse")
    for what, files, form in (("CSV", inputs.csv, "CSVWithNames"), ("rows", inputs.rows, "JSONEachRow"),
                              ("Avro", inputs.avro, "Avro")):
        check(suite, inputs, "ClickHouse, " + what, engines.clickhouse_load, definitions, files, form, suite.path("clickhouse-" + what))


def check_postgresql(suite, inputs):
    definitions = inputs.definitions("postgresql")
    check(suite, inputs, "PostgreSQL, CSV", engines.postgresql_csv, definitions, inputs.csv, suite.path("postgresql"))


def check_sqlite(suite, inputs):
    definitions = inputs.definitions("sqlite")
    check(suite, inputs, "sqlite3, CSV", engines.sqlite_import, definitions, inputs.csv, suite.path("import.db"), blank=True)
    database = suite.path("case.db")
    if b"SQLite" not in harness.run([inputs.program, "--version"]).out:
        print("not tested: sqlite3 with the database of --format=sqlite (this build has none)")
        return
    inputs.run("--format=sqlite", "--output=" + database)
    check(suite, inputs, "sqlite3, --format=sqlite", engines.sqlite_ask, database)


def check_miller(suite, inputs):
    check(suite, inputs, "Miller, CSV", engines.miller, inputs.csv, blank=True)


def check_avrocat(suite, inputs):
    """libavro reads as many rows as there are, and of a table the numbers."""
    for name, (count, _) in inputs.wanted.items():
        result = harness.run(["avrocat", inputs.avro[name]])
        suite.equal((0, count), (result.status, result.out.count(b"\n")), "avrocat: rows of %s" % name)
    pids = [json.loads(line)["gen_pid"] for line in harness.run(["avrocat", inputs.avro["tstat"]]).out.decode("utf-8", "replace").splitlines()]
    suite.equal(int(inputs.wanted["tstat"][1]["gen_pid"]["sum"]), sum(pid["long"] for pid in pids if pid is not None), "avrocat: sum of pids")


# (name, whether it is here, how to get it, test)
ENGINES = [
    ("DuckDB", lambda: engines.is_installed("@duckdb/node-api"), "sh tests/engines/setup.sh @duckdb/node-api", check_duckdb),
    ("ClickHouse", lambda: engines.is_installed("chdb"), "sh tests/engines/setup.sh chdb", check_clickhouse),
    ("PostgreSQL", engines.find_postgresql, "sh setup.sh postgresql", check_postgresql),
    ("sqlite3", lambda: shutil.which("sqlite3"), "sh setup.sh sqlite3", check_sqlite),
    ("Miller", lambda: shutil.which("mlr"), "sh setup.sh miller", check_miller),
    ("libavro", lambda: shutil.which("avrocat"), "sh setup.sh avrocat", check_avrocat),
]


def make_logs(suite):
    """Logs that fill the tables that no real log fills."""
    layouts = [layout for layout in facts.load_tables() if layout.model == "lp64"]
    logs = [suite.path(layout.release + ".raw", synthetic.make(layout, "little", False)[0]) for layout in layouts
            if layout.release in MADE]
    suite.equal(len(MADE), len(logs), "made logs")
    return logs + [suite.path('awk"ward, .raw', awkward(layouts[-1]))]


def main():
    suite = harness.Suite(__doc__, files=True)
    damaged = suite.path("cut.raw", harness.read(suite.examples()[0])[:-50])
    inputs = Inputs(suite, suite.examples() + make_logs(suite), [damaged], "all")
    for name, is_here, how, test in ENGINES:
        if is_here():
            test(suite, inputs)
        else:
            print("not tested: tables in %s, which is not installed here; try: %s" % (name, how))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
