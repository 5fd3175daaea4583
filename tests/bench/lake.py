"""Measures SQL on a log beside JSON, CSV and Parquet: `python3 tests/bench/lake.py --build build LOG`. Prints a table in Markdown.

Times are processor seconds of one DuckDB thread for a statement, without the start of DuckDB: the least of TIMES in one process. Ratios
are to `atopdump -j1 -t tstat` that writes JSON to a file, the least of as many runs before and after. Needs what
tests/engines/setup.sh installs, and `make duckdb`.
"""

import json
import os
import resource
import sys

import tools        # tools finds lib
from lib import engines, harness

TIMES = 7
WRITING = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960, WRITE_BLOOM_FILTER false, DICTIONARY_SIZE_LIMIT 100"
PLAIN = WRITING.partition(", DICTIONARY")[0]
TOP = "SELECT date_trunc('hour', {time}) AS hour, {name}, sum({utime} + {stime}) AS ticks FROM {rows} GROUP BY ALL ORDER BY ticks DESC LIMIT 20"
SUM = "SELECT count(*), sum({utime}) FROM {rows}"


def used(suite, argv, data=None, out=os.devnull):
    """Processor seconds of a program, the least of several runs."""
    found = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(out, "wb") as stdout:
            result = harness.run(argv, data=data, stdout=stdout, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        suite.equal(0, result.status, " ".join(argv)[:100], result.err)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


class Engine:
    """DuckDB with the extension."""

    def __init__(self, suite):
        self.suite, self.extension = suite, os.path.join(suite.build, "atop.duckdb_extension")

    def measure(self, *statements):
        """What the last statement takes in a process of its own: {"least", "first": ms, "grown": KiB}."""
        feed = {"packages": engines.PACKAGES, "threads": "1", "times": TIMES,
                "statements": ["LOAD " + engines.literal(self.extension), *statements]}
        result = harness.run(["node", os.path.join(engines.DRIVERS, "duckdb.mjs")], data=json.dumps(feed).encode(), timeout=600)
        found = json.loads(result.out)[-1]
        self.suite.check("least" in found, statements[-1], "its time", found)
        return found


def show_questions(engine, sources, whole):
    print("| question to | count and sum | CPU by hour and name |\n|---|---|---|")
    for name, (rows, names) in sources.items():
        times = [engine.measure(query.format(rows=rows, **names))["least"] for query in (SUM, TOP)]
        print("| %s | %s |" % (name, " | ".join("%.1f ms, %.2f×" % (one, one / whole) for one in times)))


def show_copies(engine, raw, path, total, whole):
    """What all columns take: read, and written as Parquet, of the log and of a table in memory."""
    table, target = "CREATE TABLE tasks AS FROM " + raw, engines.literal(path)
    print("\n| all columns | CPU | first time | memory | of the log |\n|---|---|---|---|---|")
    for name, statements, writes in (
            ("read, and dropped", ["FROM %s LIMIT 1 OFFSET 1000000000" % raw], False),
            ("a table in memory to Parquet", [table, "COPY tasks TO %s (%s)" % (target, WRITING)], True),
            ("the log to Parquet", ["COPY (FROM %s) TO %s (%s)" % (raw, target, WRITING)], True),
            ("the log to Parquet, any dictionary", ["COPY (FROM %s) TO %s (%s)" % (raw, target, PLAIN)], True)):
        found = engine.measure(*statements)
        print("| %s | %.0f ms, %.1f× | %.0f ms | %.0f MB | %s |" % (
            name, found["least"], found["least"] / whole, found["first"], found["grown"] * 1024 / 1e6,
            "%.3f" % (os.path.getsize(path) / total) if writes else "-"))


def main():
    suite = harness.Suite(__doc__, files=True)
    [log] = suite.options.files
    files = {form: suite.path("tasks." + form) for form in ("json", "csv", "avro", "parquet")}
    program = [suite.program(), "-q", "-j1", "-t", "tstat"]
    whole = 1000 * used(suite, [*program, log], out=files["json"])
    used(suite, [*program, "--format=csv", log], out=files["csv"])
    avro = 1000 * used(suite, [*program, "--format=avro", log], out=files["avro"])
    whole = min(whole, 1000 * used(suite, [*program, log], out=files["json"]))
    engine, quoted = Engine(suite), {form: engines.literal(path) for form, path in files.items()}
    raw = "read_atop(%s)" % engines.literal(log)
    show_copies(engine, raw, files["parquet"], os.path.getsize(log), whole)
    flat = {"time": "time", "name": "gen_name", "utime": "cpu_utime", "stime": "cpu_stime"}
    nested = {"time": '"time"', "name": "tstat.gen.name", "utime": "tstat.cpu.utime", "stime": "tstat.cpu.stime"}
    print()
    show_questions(engine, {"the log, `read_atop`": (raw, flat), "Parquet": ("read_parquet(%s)" % quoted["parquet"], flat),
                            "CSV": ("read_csv(%s)" % quoted["csv"], flat), "JSON": ("read_json(%s)" % quoted["json"], nested)}, whole)
    print("\n`atopdump -j1 -t tstat` as JSON to a file: %.0f ms; as Avro: %.0f ms, %.1f×, %.3f of the log."
          % (whole, avro, avro / whole, os.path.getsize(files["avro"]) / os.path.getsize(log)))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
