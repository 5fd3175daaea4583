"""Measures SQL on a log beside JSON, CSV and Parquet: `python3 tests/bench/lake.py --build build LOG`. Prints a table in Markdown.

Times are processor seconds of one DuckDB thread without what its start takes: those of a run with TIMES statements divided by their
number, the least of ROUNDS runs. Ratios are to `atopdump -j1 -t tstat`
that writes JSON to a file. Needs what tests/engines/setup.sh installs, and `make duckdb`.
"""

import json
import os
import resource
import sys

import tools        # tools finds lib
from lib import engines, harness

ROUNDS, TIMES = 3, 5
WRITING = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960, WRITE_BLOOM_FILTER false"
TOP = "SELECT date_trunc('hour', {time}) AS hour, {name}, sum({utime} + {stime}) AS ticks FROM {rows} GROUP BY ALL ORDER BY ticks DESC LIMIT 20"
SUM = "SELECT count(*), sum({utime}) FROM {rows}"


def used(suite, argv, data=None, out=os.devnull):
    """Processor seconds of a program, the least of several runs."""
    found = []
    for _ in range(ROUNDS):
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
        self.start = self._used([])

    def _used(self, statements):
        feed = {"packages": engines.PACKAGES, "threads": "1", "statements": ["LOAD " + engines.literal(self.extension), *statements]}
        path = self.suite.path("result")
        taken = used(self.suite, ["node", os.path.join(engines.DRIVERS, "duckdb.mjs")], json.dumps(feed).encode(), path)
        for rows in json.loads(harness.read(path)):
            self.suite.check(isinstance(rows, list), "a statement", "rows", rows)
        return taken

    def seconds(self, statement):
        """What a statement takes beside the start of DuckDB."""
        return (self._used([statement] * TIMES) - self.start) / TIMES


def main():
    suite = harness.Suite(__doc__, files=True)
    [log] = suite.options.files
    files = {form: suite.path("tasks." + form) for form in ("json", "csv", "parquet")}
    program = [suite.program(), "-q", "-j1", "-t", "tstat"]
    whole = used(suite, [*program, log], out=files["json"])
    used(suite, [*program, "--format=csv", log], out=files["csv"])
    engine = Engine(suite)
    raw, quoted = "read_atop(%s)" % engines.literal(log), {form: engines.literal(path) for form, path in files.items()}
    copied = engine.seconds("COPY (FROM %s) TO %s (%s)" % (raw, quoted["parquet"], WRITING))
    size, total = os.path.getsize(files["parquet"]), os.path.getsize(log)
    flat = {"time": "time", "name": "gen_name", "utime": "cpu_utime", "stime": "cpu_stime"}
    nested = {"time": '"time"', "name": "tstat.gen.name", "utime": "tstat.cpu.utime", "stime": "tstat.cpu.stime"}
    sources = {"the log, `read_atop`": (raw, flat), "Parquet": ("read_parquet(%s)" % quoted["parquet"], flat),
               "CSV": ("read_csv(%s)" % quoted["csv"], flat), "JSON": ("read_json(%s)" % quoted["json"], nested)}
    print("| question to | count and sum | CPU by hour and name |\n|---|---|---|")
    for name, (rows, names) in sources.items():
        times = [engine.seconds(query.format(rows=rows, **names)) for query in (SUM, TOP)]
        print("| %s | %s |" % (name, " | ".join("%.0f ms, %.2f×" % (1000 * one, one / whole) for one in times)))
    print("\n`atopdump -j1 -t tstat` as JSON to a file: %.0f ms. All columns to Parquet: %.0f ms, %.1f×; %.3f of the log."
          % (1000 * whole, 1000 * copied, copied / whole, size / total))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
