"""Owns the database engines and other readers of tables: how each is started, loads the tables, and answers a question about
every column. What an engine is asked is in lib/aggregates.py.

Not a test. Each function returns {table: (rows, {column: {figure: text}})}, or raises Refused with what the engine said.
"""

import contextlib
import glob
import json
import os
import pwd
import shutil
import subprocess

from lib import aggregates, harness

PACKAGES = os.path.join(harness.ROOT, "build", "npm")       # where engines/setup.sh installs them
DRIVERS = os.path.join(harness.TESTS, "engines")
PATIENCE = 300                  # seconds
EXACT = 2 ** 53                 # the largest integers of doubles
NULL = "null"                   # as sqlite3 prints it

# The expressions of each figure; {c} is the column. All are cast to text.
COMMON = {("integer", "sum"): "sum({c})", ("number", "sum"): "sum(CAST({c} AS DOUBLE PRECISION))",
          ("boolean", "true"): "count(*) FILTER (WHERE {c})", "null": "count(*) - count({c})", "least": "min({c})", "greatest": "max({c})",
          "empty": "count(*) FILTER (WHERE {c} = '')", "different": "count(DISTINCT {c})"}
SQL = {
    "duckdb": {**COMMON, "bytes": "sum(strlen({c}))",
        ("time", "sum"): "sum(epoch_us({c})) // 1000000", ("time", "least"): "min(epoch_us({c})) // 1000000",
        ("time", "greatest"): "max(epoch_us({c})) // 1000000"},
    "postgresql": {**COMMON, "bytes": "sum(octet_length({c}))",
        ("time", "sum"): "sum(extract(epoch FROM {c}))", ("time", "least"): "extract(epoch FROM min({c}))",
        ("time", "greatest"): "extract(epoch FROM max({c}))"},
    "clickhouse": {**COMMON, "bytes": "sumOrNull(length({c}))", "empty": "countIf({c} = '')",
        ("integer", "sum"): "sum(toInt128({c}))", ("number", "sum"): "sum(toFloat64({c}))", ("boolean", "true"): "countIf({c})",
        ("time", "sum"): "sum(toInt128(toUnixTimestamp64Second({c})))", ("time", "least"): "min(toUnixTimestamp64Second({c}))",
        ("time", "greatest"): "max(toUnixTimestamp64Second({c}))"},
    # Its sums of integers must fit into 64 bits.
    "sqlite": {**COMMON, "bytes": "sum(length(CAST({c} AS BLOB)))",
        ("integer", "sum"): "sum({c} >> 32) || ':' || sum({c} & 4294967295)",
        ("boolean", "true"): "count(*) FILTER (WHERE {c} IN (1, 'true'))",
        ("time", "sum"): "sum(CAST(strftime('%s', {c}) AS INTEGER))",
        ("time", "least"): "min(CAST(strftime('%s', {c}) AS INTEGER))",
        ("time", "greatest"): "max(CAST(strftime('%s', {c}) AS INTEGER))"},
}
CAST = {"duckdb": "CAST(%s AS VARCHAR)", "postgresql": "CAST(%s AS TEXT)", "clickhouse": "toString(%s)",
        "sqlite": "CAST(%s AS TEXT)"}


class Refused(Exception):
    """An engine failed."""


def quoted(name):
    return '"%s"' % name


def literal(text):
    return "'%s'" % text.replace("'", "''")


def question(engine, table, columns):
    """The statement that asks for the number of rows and all figures of a table."""
    asked = ["count(*)"]
    for column, kind in columns.items():
        for figure in aggregates.FIGURES[kind]:
            rules = SQL[engine]
            asked.append(rules.get((kind, figure), rules.get(figure)).format(c=quoted(column)))
    return "SELECT %s FROM %s" % (", ".join(CAST[engine] % one for one in asked), quoted(table))


def answer(columns, cells):
    """The row that a question gives, as figures."""
    cells = iter(cells)
    rows = int(next(cells))
    return rows, {column: {figure: next(cells) for figure in aggregates.FIGURES[kind]} for column, kind in columns.items()}


def questions(engine, tables):
    return [question(engine, name, columns) for name, columns in tables.items()]


def answers(tables, rows):
    return {name: answer(columns, row) for (name, columns), row in zip(tables.items(), rows)}


# --- engines that are packages of node -----------------------------------------------------------------------------

def is_installed(package):
    return bool(shutil.which("node")) and os.path.exists(os.path.join(PACKAGES, "node_modules", package, "package.json"))


def node(driver, statements, **more):
    """The rows of each statement."""
    feed = json.dumps(dict(more, packages=PACKAGES, statements=statements)).encode()
    result = harness.run(["node", os.path.join(DRIVERS, driver)], data=feed, timeout=PATIENCE)
    try:
        results = json.loads(result.out)
    except ValueError:
        raise Refused("node ended with %d: %r" % (result.status, result.err[:500])) from None
    for statement, rows in zip(statements, results):
        if isinstance(rows, dict):
            raise Refused("%s: %s" % (statement[:300], rows["error"][:1000]))
    return results


def ask(engine, tables, statements, **more):
    """The figures of all tables after some statements."""
    results = node(engine + ".mjs", statements + questions(engine, tables), **more)
    return answers(tables, [rows[0] for rows in results[len(statements):]])


DUCKDB_CSV = ("COPY %s FROM %s (FORMAT csv, HEADER true, AUTO_DETECT false, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '',"
              " ALLOW_QUOTED_NULLS false, NEW_LINE '\\r\\n')")
DUCKDB_TYPES = {"integer": "BIGINT", "number": "FLOAT", "boolean": "BOOLEAN", "text": "VARCHAR", "time": "TIMESTAMP WITH TIME ZONE"}


def duckdb_csv(tables, definitions, files):
    statements = [definitions] + [DUCKDB_CSV % (quoted(name), literal(files[name])) for name in tables]
    return ask("duckdb", tables, statements)


def duckdb_rows(tables, definitions, files):
    statements = [definitions]
    for name, columns in tables.items():
        types = ", ".join("%s: '%s'" % (quoted(column), DUCKDB_TYPES[kind]) for column, kind in columns.items())
        statements.append("INSERT INTO %s BY NAME SELECT * FROM read_json(%s, format = 'newline_delimited', columns = {%s})"
                          % (quoted(name), literal(files[name]), types))
    return ask("duckdb", tables, statements)


def duckdb_views(tables, extension, logs):
    """Statements that load the extension and make a view of each table of the logs."""
    files = "[%s]" % ", ".join(map(literal, logs))
    call = {name: "read_atop_damage(%s" % files if name == "damage" else "read_atop(%s, \"table\" := %s" % (files, literal(name))
            for name in tables}
    return ["LOAD " + literal(extension)] + ["CREATE VIEW %s AS SELECT * FROM %s, ignore_errors := true)" % (quoted(name), call[name])
                                             for name in tables]


def duckdb_extension(tables, extension, logs, package):
    return ask("duckdb", tables, duckdb_views(tables, extension, logs), package=package)


def duckdb_names(path, reader):
    """The columns that DuckDB finds in a file without definitions, and the number of rows."""
    described, [[count]] = node("duckdb.mjs", ["DESCRIBE SELECT * FROM %s(%s)" % (reader, literal(path)),
                                               "SELECT count(*) FROM (SELECT * FROM %s(%s))" % (reader, literal(path))])
    return [row[0] for row in described], int(count)


def clickhouse_load(tables, definitions, files, form, folder):
    settings = "date_time_input_format = 'best_effort', format_csv_null_representation = ''"
    load = "INSERT INTO %s SELECT * FROM file(%s, '%s') SETTINGS " + settings
    statements = [definitions] + [load % (quoted(name), literal(files[name]), form) for name in tables]
    return ask("clickhouse", tables, statements, data=folder)


# --- SQLite --------------------------------------------------------------------------------------------------------

def sqlite3(database, text):
    """The cells of the rows that statements print."""
    argv = ["sqlite3", "-bail", "-batch", "-separator", "\t", "-nullvalue", NULL, database]
    result = harness.run(argv, data=text.encode(), timeout=PATIENCE)
    if result.status != 0 or result.err:
        raise Refused(result.err.decode("utf-8", "replace")[:1000])
    return [[None if cell == NULL else cell for cell in line.split("\t")] for line in result.out.decode().splitlines()]


def sqlite_ask(tables, database):
    """The figures of a database that there is already."""
    return answers(tables, sqlite3(database, ";\n".join(questions("sqlite", tables)) + ";\n"))


def sqlite_import(tables, definitions, files, database):
    """`.import` knows no nulls: an empty cell and an empty text are one."""
    text = definitions
    for name, columns in tables.items():
        text += ".import --csv --skip 1 %s %s\n" % (files[name], name)
        text += "UPDATE %s SET %s;\n" % (quoted(name), ", ".join("{0} = nullif({0}, '')".format(quoted(one)) for one in columns))
    sqlite3(database, text)
    return sqlite_ask(tables, database)


# --- PostgreSQL ----------------------------------------------------------------------------------------------------

def find_postgresql():
    """The folder of a server's programs, or None."""
    paths = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) + list(filter(None, [shutil.which("initdb")]))
    return os.path.dirname(os.path.realpath(paths[-1])) if paths and shutil.which("psql") else None


def plain_user():
    """How a process is started that root may not run: as another user."""
    if os.getuid() != 0:
        return {}
    names = {one.pw_name: one for one in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def postgresql(folder):
    """A server that listens in a folder and nowhere else, while the block runs; yields the environment for psql."""
    programs, user = find_postgresql(), plain_user()
    os.makedirs(folder)
    os.chmod(os.path.dirname(folder), 0o755)
    if user:
        os.chown(folder, user["user"], user["group"])
    data = os.path.join(folder, "data")

    def run(*words):
        done = subprocess.run([os.path.join(programs, words[0]), *words[1:]], cwd="/", stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=PATIENCE, check=False, **user)
        if done.returncode != 0:
            raise Refused("%s: %r" % (words[0], done.stderr[:1000]))

    run("initdb", "--no-sync", "--auth=trust", "--username=test", "--encoding=UTF8", "--locale=C", "--pgdata=" + data)
    options = "-c listen_addresses='' -c unix_socket_directories='%s' -c fsync=off -c autovacuum=off" % folder
    run("pg_ctl", "--pgdata=" + data, "--options=" + options, "--log=" + os.path.join(folder, "log"), "--wait", "start")
    try:
        yield dict(os.environ, PGHOST=folder, PGUSER="test", PGDATABASE="postgres")
    finally:
        run("pg_ctl", "--pgdata=" + data, "--mode=immediate", "stop")


def postgresql_csv(tables, definitions, files, folder):
    text = "SET client_min_messages = warning;\n" + definitions
    for name in tables:
        text += "\\copy %s FROM %s WITH (FORMAT csv, HEADER true)\n" % (quoted(name), literal(files[name]))
    text += ";\n".join("SELECT to_json(array[%s]) FROM %s" % tuple(one[len("SELECT "):].rsplit(" FROM ", 1))
                       for one in questions("postgresql", tables)) + ";\n"
    with postgresql(folder) as environment:
        result = harness.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], data=text.encode(), timeout=PATIENCE,
                             env=environment)
    if result.status != 0 or result.err:
        raise Refused(result.err.decode("utf-8", "replace")[:1000])
    return answers(tables, [json.loads(line) for line in result.out.decode().splitlines() if line.startswith("[")])


# --- Miller --------------------------------------------------------------------------------------------------------

# What its verb stats1 is asked, which passes over empty cells; `null` is what `count` leaves.
MILLER = {**dict.fromkeys(("integer", "number", "time"), {"sum": "sum", "least": "min", "greatest": "max"}),
          "boolean": {"true": "sum"}, "text": {"different": "distinct_count"}}
MILLER_CELLS = {"time": "gmt2sec($%s)", "boolean": '$%s == "true" ? 1 : 0'}


def miller_table(columns, path):
    """It reads CSV as it is: an empty cell and an empty text are one; sums beyond 64 bits are rounded."""
    changes = "".join("if (is_not_empty($%s)) {$%s = %s}\n" % (name, name, MILLER_CELLS[kind] % name)
                      for name, kind in columns.items() if kind in MILLER_CELLS)
    result = harness.run(["mlr", "--icsv", "--ojson", "put", "$N = NR;" + changes, "then", "stats1", "-a",
                          "count,sum,min,max,distinct_count", "-f", ",".join(["N", *columns]), path], timeout=PATIENCE)
    if result.status != 0 or result.err:
        raise Refused(result.err.decode("utf-8", "replace")[:1000])
    found = (json.loads(result.out, parse_int=str, parse_float=str) or [{}])[0]
    rows = int(found.get("N_count", 0))

    def figures(name, kind):
        count = int(found.get(name + "_count", 0))
        return {"null": str(rows - count), **{figure: miller_number(kind, found["%s_%s" % (name, how)], count)
                                              for figure, how in MILLER[kind].items()}}

    return rows, {name: figures(name, kind) for name, kind in columns.items() if rows}


def miller_number(kind, text, count):
    """A figure of so many values; beyond what it adds exactly, as a number with an exponent."""
    if kind in ("boolean", "text") or count == 0:
        return text if kind in ("boolean", "text") else None
    return "%.17e" % float(text) if abs(float(text)) > EXACT else text


def miller(tables, files):
    return {name: miller_table(columns, files[name]) for name, columns in tables.items()}
