"""Proves that the extension for DuckDB reads logs as atopdump does: every table of every log, cell by cell, in two releases of
DuckDB with one binary.

engines/setup.sh installs DuckDB and the header that the extension is built with. The rows of read_atop are compared with those of
CSV, which DuckDB loads by atopdump's definitions, both ways (EXCEPT ALL); the figures of each column with those that Python finds
in the nested JSON. Also: projections, windows and conditions, nulls where a release lacks a column, damage and files that are no
logs, Parquet of one and of two threads, scans that end early.
"""

import glob
import json
import os
import subprocess
import sys

import engines as engine_tests
from lib import engines, harness

PACKAGES = ("@duckdb/node-api", "duckdb-1.3")
HEADER = os.path.join(engines.PACKAGES, "include", "duckdb_extension.h")
LIBRARY = "node_modules/@duckdb/node-bindings-*/libduckdb.so"  # in a package that PACKAGES[0] needs
HEADER_SIZE = 480  # of a log of 2.8
LARGE = 6 << 20  # bytes of a log that takes several buffers of DuckDB
SANITIZED = "CFLAGS=-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"
SETUP = "sh tests/engines/setup.sh @duckdb/node-api duckdb-1.3 duckdb"


def make(suite, *words):
    """Has make build something for the test."""
    made = subprocess.run(["make", "BUILD=" + suite.build, "DUCKDB_INCLUDE=" + os.path.dirname(HEADER), *words], cwd=harness.ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    suite.equal(0, made.returncode, "make " + words[0], made.stdout.decode("utf-8", "replace"))


def build(suite):
    """The extension, built for the test."""
    make(suite, "duckdb")
    path = os.path.join(suite.build, "atop.duckdb_extension")
    names = subprocess.run(["nm", "-D", "--defined-only", path], stdout=subprocess.PIPE, check=False).stdout.split()[2::3]
    suite.equal([b"atop_init_c_api"], names, "the names that the extension exports")
    return path


def check_host(suite, extension, log):
    """
    A program that DuckDB is linked with ends scans in every way. Its log has several batches of samples, which two threads share.
    The long form builds an extension with sanitizers for it.
    """
    data = harness.read(log)
    large = suite.path("large.raw", data + data[HEADER_SIZE:] * (LARGE // len(data)))
    folder = suite.path("host")
    os.mkdir(folder)
    host = os.path.join(suite.build, "duckdb-host")
    [library] = glob.glob(os.path.join(engines.PACKAGES, LIBRARY))
    make(suite, host, "DUCKDB_LIBRARY=" + os.path.dirname(library))
    if suite.options.long and not harness.is_sanitized(extension):
        sanitized = os.path.join(suite.build, "duckdb-sanitized")
        make(suite, "duckdb", "BUILD=" + sanitized, SANITIZED)
        extension = os.path.join(sanitized, "atop.duckdb_extension")
    result = harness.run([host, extension, large, folder], timeout=600)
    suite.equal((0, b""), (result.status, result.err), "a program over the C API", result.out.decode())
    suite.equal(10, result.out.count(b"ok "), "its cases")


def check_footer(suite):
    """What DuckDB reads behind an extension, byte for byte; needs no DuckDB."""
    path = suite.path("footer", b"body")
    harness.run(["sh", os.path.join(harness.ROOT, "duckdb", "footer.sh"), path, "linux_amd64", "0.1.0"])
    fields = [b"", b"", b"", b"C_STRUCT", b"0.1.0", b"v1.2.0", b"linux_amd64", b"4"]
    wanted = b"body" + b"\x00\x93\x04\x10duckdb_signature\x80\x04" + b"".join(field.ljust(32, b"\0") for field in fields) + bytes(256)
    suite.equal(wanted, harness.read(path), "the footer")


# How many rows a table has, how many another relation has, and how many of these rows the table lacks.
MISSING = ("WITH other AS MATERIALIZED (FROM {other}) SELECT (SELECT count(*) FROM {table}), (SELECT count(*) FROM other), "
           "(SELECT count(*) FROM (FROM other EXCEPT ALL FROM {table}))")


class Bench:
    def __init__(self, suite, extension):
        self.suite, self.extension = suite, extension

    def ask(self, *statements, package=PACKAGES[0], threads="1"):
        """The rows of each statement, or {"error": text}."""
        feed = {"packages": engines.PACKAGES, "package": package, "threads": threads, "goes_on": True,
                "statements": ["LOAD " + engines.literal(self.extension), *statements]}
        result = harness.run(["node", os.path.join(engines.DRIVERS, "duckdb.mjs")], data=json.dumps(feed).encode(), timeout=300)
        answers = json.loads(result.out)[1:]
        self.suite.equal((0, len(statements)), (result.status, len(answers)), "DuckDB ends well, and answers each statement", result.err)
        return answers

    def errors(self, *statements):
        return [result["error"] if isinstance(result, dict) else "no error: %s" % result[:3] for result in self.ask(*statements)]


def read(paths, table="tstat", **more):
    """The call of read_atop."""
    files = "[%s]" % ", ".join(map(engines.literal, paths))
    words = ['"%s" := %s' % (key, value if isinstance(value, str) and value == "true" else engines.literal(value))
             for key, value in more.items()]
    if table == "damage":
        return "read_atop_damage(%s)" % ", ".join([files, *words])
    return "read_atop(%s)" % ", ".join([files, '"table" := ' + engines.literal(table), *words])


def check_figures(bench, inputs):
    """Each column of each table, by the older release of DuckDB; check_cells asks the newer one."""
    engine_tests.check(bench.suite, inputs, "read_atop in " + PACKAGES[1], engines.duckdb_extension, bench.extension, inputs.logs,
                       PACKAGES[1])


def check_cells(bench, inputs):
    """All cells of all rows are those of CSV, in Parquet that is made of read_atop, too."""
    statements = [inputs.definitions("duckdb")]
    statements += [engines.DUCKDB_CSV % (engines.quoted(name), engines.literal(inputs.csv[name])) for name in inputs.tables]
    for name in inputs.tables:
        rows, table = read(inputs.logs, name, ignore_errors="true"), engines.quoted(name)
        path = engines.literal(bench.suite.path(name + ".parquet"))
        statements.append("COPY (FROM %s) TO %s (FORMAT parquet)" % (rows, path))
        # As many rows, and none that CSV lacks: the same rows.
        statements += [MISSING.format(other=other, table=table) for other in (rows, "read_parquet(%s)" % path)]
    results = bench.ask(*statements)[-3 * len(inputs.tables):]
    for i, name in enumerate(inputs.tables):
        count, _ = inputs.wanted[name]
        for what, result in zip(("read_atop", "Parquet"), results[3 * i + 1:3 * i + 3]):
            bench.suite.equal([[str(count), str(count), "0"]], result, "rows of %s in CSV and in %s, and rows that CSV lacks" % (name, what))


def check_releases(bench, inputs):
    """A column has values in exactly the releases that have a member for it, of the columns that are never null there."""
    columns = ("gen_pid", "gen_tgid", "gen_vpid", "gen_wasinactive", "gen_utsname", "cpu_nvcsw", "mem_vlibs", "gen_container")
    logs = [path for path in inputs.logs if path not in inputs.damaged]
    facts, counts = bench.ask(
        "SELECT column_name, first_release, last_release FROM atop_columns() WHERE table_name = 'tstat'",
        "SELECT release, count(*), %s FROM %s GROUP BY release" % (", ".join("count(%s)" % name for name in columns), read(logs, ignore_errors="true")))
    known = {row[0]: row[1:] for row in facts}
    listed = harness.run([bench.suite.program(), "list"]).out.decode().splitlines()
    releases = [line.split()[0] for line in listed if line and line[0].isdigit()]
    order = {release: i for i, release in enumerate(dict.fromkeys(releases))}
    bench.suite.check(len(counts) > 10, "releases in the logs", "more than 10", len(counts))
    for release, total, *numbers in counts:
        for name, number in zip(columns, numbers):
            first, last = known[name]
            lacks = not order[first] <= order[release] <= order[last]
            bench.suite.check(not lacks or number == "0", "%s in %s" % (name, release), "0" if lacks else "any", number)
        bench.suite.equal(total, numbers[0], "pids of %s" % release)


def check_questions(bench, log):
    """Windows, conditions and schemas are those of atopdump."""
    def rows(*words):
        out = harness.run([bench.suite.program(), "--format=rows", "-t", "tstat", *words, log]).out.splitlines()
        return sorted((row["release"], row["sample"], row["gen_pid"], row["gen_name"]) for row in map(json.loads, out))

    whole = rows()
    times = sorted({json.loads(line)["time"] for line in harness.run([bench.suite.program(), "--format=rows", "-t", "rawrecord", log]
                                                                    ).out.splitlines()})
    questions = (((), {}), (("--where=gen_pid > 20 && gen_name =~ \"^n\"",), {"where": 'gen_pid > 20 && gen_name =~ "^n"'}),
                 (("--where=dsk_wsz > 0",), {"where": "dsk_wsz > 0"}),
                 (("-b", times[2]), {"begin": times[2]}), (("-e", times[1]), {"end": times[1].replace("T", " ").replace("Z", "+00")}),
                 (("-b", times[1], "-e", times[3]), {"begin": times[1], "end": times[3]}),
                 (("--schema=2.9",), {"schema": "2.9"}))
    answers = bench.ask(*["SELECT release, sample, gen_pid, gen_name FROM " + read([log], **more) for _, more in questions])
    for (words, more), found in zip(questions, answers):
        if isinstance(found, dict):
            bench.suite.check(False, "rows with %s" % more, "rows", found["error"])
            continue
        wanted = rows(*words)
        bench.suite.equal(wanted, sorted((release, int(one), int(pid), name) for release, one, pid, name in found), "rows with %s" % more)
        bench.suite.check(wanted and (wanted == whole) == (not more), "rows with %s differ from those of the log" % more, "some rows", len(wanted))


def check_errors(bench, log, damaged):
    suite = bench.suite
    text = suite.path("text.raw", b"no log\n")
    cases = (
            ("no file", read([suite.path("none*.raw")]), suite.path("none*.raw") + ": there is no such file"),
            ("a text", read([log, text]), "%s: not an atop log, but text" % text),
            ("a damaged log", read([damaged]), damaged + ": offset "),
            ("an unknown table", read([log], "tsat"), "there is no table 'tsat'; did you mean 'tstat'?"),
            ("the table of damage", 'read_atop(%s, "table" := \'damage\')' % engines.literal(log), "read_atop_damage"),
            ("an unknown column", read([log], where="gen_pdi > 1"), "unknown column 'gen_pdi'; did you mean 'gen_pid'?"),
            ("no time", read([log], begin="soon"), "begin takes a time, not 'soon'"),
            ("a window that ends before it begins", read([log], begin="2022-01-02", end="2022-01-01"), '"end" is before "begin"'),
            ("an unknown schema", read([log], schema="9.9"), "9.9"))
    errors = bench.errors(*["SELECT count(*) FROM " + call for _, call, _ in cases])
    for (what, _, words), error in zip(cases, errors):
        suite.check(words in error, what, words, error)
    [[[count]], [[lost]], files] = bench.ask(
        "SELECT count(*) FROM " + read([log, text, damaged], ignore_errors="true"), "SELECT count(*) FROM " + read([damaged], "damage"),
        "SELECT status, samples > 0, why IS NULL FROM read_atop_files([%s])" % ", ".join(map(engines.literal, (log, text, damaged))))
    suite.check(int(count) > 0 and int(lost) > 0, "rows and damage", "some", (count, lost))
    suite.equal([["ok", True, True], ["refused", False, False], ["damaged", True, False]], files, "read_atop_files")


def check_parquet(bench, logs):
    """Parquet files of one thread and of two are equal, and hold what read_atop reads; a query may end early."""
    suite, bytes_of = bench.suite, {}
    call = read(logs)
    for threads in ("1", "2"):
        path = suite.path("tasks-%s.parquet" % threads)
        copied, = bench.ask("COPY (FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960, WRITE_BLOOM_FILTER false)" % (call, engines.literal(path)),
                            threads=threads)
        suite.check(isinstance(copied, list), "a copy with %s threads" % threads, "rows", copied)
        bytes_of[threads] = harness.read(path)
    suite.check(bytes_of["1"] == bytes_of["2"], "Parquet of one thread and of two", len(bytes_of["1"]), len(bytes_of["2"]))
    table = "read_parquet(%s)" % engines.literal(path)
    one, two, [[first]], [[both]] = bench.ask(
        *["SELECT count(*) FROM (FROM %s EXCEPT ALL FROM %s)" % pair for pair in ((call, table), (table, call))],
        "SELECT count(*) FROM (FROM %s LIMIT 10)" % call,
        "SELECT count(*) FROM %s a JOIN %s b USING (file, sample, gen_pid, gen_isproc)" % (call, call), threads="2")
    suite.equal([[["0"]], [["0"]], "10"], [one, two, first], "rows of Parquet, and a LIMIT")
    suite.check(int(both) > 0, "two scans at once", "rows", both)


def check_lake(bench, logs):
    """The statement of docs/lake.md, and a table of Parquet in ClickHouse."""
    suite = bench.suite
    folder, path = suite.path("lake"), suite.path("all.parquet")
    call, quoted = read(logs, ignore_errors="true"), engines.literal
    figures = "count(*), sum(cpu_utime), count(gen_utsname), max(gen_pid)"
    _, _, [before], [after], hosts = bench.ask(
        "COPY (SELECT *, CAST(time AS DATE) AS date FROM %s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960, "
        "WRITE_BLOOM_FILTER false, DICTIONARY_SIZE_LIMIT 100, PARTITION_BY (date, host), FILENAME_PATTERN 'part-{uuid}')" % (call, quoted(folder)),
        "COPY (FROM %s) TO %s (FORMAT parquet)" % (call, quoted(path)), "SELECT %s FROM %s" % (figures, call),
        "SELECT %s FROM read_parquet(%s)" % (figures, quoted(folder + "/**/*.parquet")), "SELECT DISTINCT host FROM " + call)
    suite.equal(before, after, "figures of the lake")
    found = {name for _, names, _ in os.walk(folder) for name in names if name.startswith("host=")}
    suite.equal({"host=" + host for host, in hosts}, found, "folders of hosts")
    if not engines.is_installed("chdb"):
        print("not tested: Parquet in ClickHouse, which is not installed here; try: sh tests/engines/setup.sh chdb")
        return
    [[rows]] = engines.node("clickhouse.mjs", ["SELECT %s FROM file(%s, 'Parquet')" % (figures, quoted(path))], data=suite.path("clickhouse"))
    suite.equal(before, list(map(str, rows)), "figures of Parquet in ClickHouse")


def main():
    suite = harness.Suite(__doc__, files=True)
    check_footer(suite)
    missing = [name for name in PACKAGES if not engines.is_installed(name)] + ["the header"] * (not os.path.exists(HEADER))
    if missing:
        print("not tested: the extension for DuckDB, since %s is not installed here; try: %s" % (" and ".join(missing), SETUP))
        suite.finish()
        return
    extension = build(suite)
    if harness.is_sanitized(extension):
        print("not tested: the extension in node, which holds no sanitizer")
        check_host(suite, extension, next(path for path in suite.examples() if "2.8.1" in path))
        suite.finish()
        return
    bench = Bench(suite, extension)
    damaged = suite.path("cut.raw", harness.read(suite.examples()[0])[:-50])
    logs = suite.examples()
    inputs = engine_tests.Inputs(suite, logs + engine_tests.make_logs(suite), [damaged], "all")
    check_figures(bench, inputs)
    check_cells(bench, inputs)
    check_releases(bench, inputs)
    log = next(path for path in logs if "2.8.1" in path)
    check_host(suite, extension, log)
    check_questions(bench, log)
    check_errors(bench, log, damaged)
    check_parquet(bench, logs[:6])
    check_lake(bench, logs)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
