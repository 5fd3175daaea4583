"""Proves that --format=avro writes what --format=rows writes: all tables of every example log, cell by cell, with their types.

tests/lib/avrofile.py reads the files, and Apache's own reader (python3-avro) where it is installed. Also: bytes that are equal
again, blocks of bounded size, the choice of columns and rows, and what is left of a run that fails.
"""

import calendar
import json
import os
import shutil
import struct
import subprocess
import sys
import time

from lib import harness, libraries
from lib.avrofile import AvroFile
from lib.harness import DAMAGED, OK, TROUBLE

TYPES = {"integer": ("long", None), "number": ("float", None), "boolean": ("boolean", None), "text": ("string", None),
         "time": ("long", "timestamp-micros")}
BLOCK_MOST = 300000     # bytes of rows that a block can have
APACHE = "/usr/bin/python3"


def load_lock():
    """{table: {column: type}} from tables.lock."""
    kinds = {}
    with open(os.path.join(harness.ROOT, "generated", "tables.lock"), encoding="utf-8") as file:
        for line in file:
            _, table, column, kind, *_ = line.rstrip("\n").split("\t")
            kinds.setdefault(table, {})[column] = kind
    return kinds


def narrow(value):
    """The float32 that a decimal is read as."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def expected_of(value, kind):
    if value is None:
        return None
    if kind == "time":
        return calendar.timegm(time.strptime(value, "%Y-%m-%dT%H:%M:%SZ")) * 1000000
    return narrow(value) if kind == "number" else value


class Bench:
    def __init__(self, suite):
        self.suite, self.program = suite, suite.program("atopdump-static")
        self.kinds = load_lock()

    def folder(self, *args):
        """The files that a run writes to a folder, by table."""
        folder = os.path.join(self.suite.folder, "avro")
        shutil.rmtree(folder, ignore_errors=True)
        result = harness.run([self.program, "--format=avro", "-o", folder + "/", *args])
        files = {}
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            files[name[:-len(".avro")]] = harness.read(os.path.join(folder, name))
        return result, files

    def rows(self, *args):
        """The rows that --format=rows has, by table."""
        tables = {}
        for line in harness.run([self.program, "--format=rows", *args]).out.splitlines():
            row = json.loads(line)
            tables.setdefault(row.pop("table"), []).append(row)
        return tables

    def compare(self, what, files, tables):
        suite = self.suite
        suite.equal([], sorted(set(tables) - set(files)), "%s: tables with rows that have no file" % what)
        for table, data in files.items():
            file, rows = AvroFile(data), tables.get(table, [])
            wanted = [[expected_of(row[name], self.kinds[table][name]) for name, _, _ in file.fields] for row in rows]
            suite.check(file.rows == wanted, "%s: rows of %s" % (what, table), len(wanted), len(file.rows))


def check_log(bench, path):
    suite = bench.suite
    result, files = bench.folder(path)
    name = os.path.basename(path)
    suite.check(result.status in (OK, DAMAGED), name, OK, result)
    suite.equal(sorted(bench.kinds), sorted(files), "%s: a file for each table" % name)
    for table, data in files.items():
        file = AvroFile(data)
        suite.equal([(column,) + TYPES[kind] for column, kind in bench.kinds[table].items()], sorted(
            file.fields, key=lambda field: list(bench.kinds[table]).index(field[0])), "%s: columns of %s" % (name, table))
        suite.check(max([0] + file.blocks) <= 20000, "%s: blocks of %s" % (name, table), 20000, file.blocks)
    bench.compare(name, files, bench.rows(path))


def check_damaged(bench, path):
    """A log with a broken block, and one that is cut."""
    data = bytearray(harness.read(path))
    data[len(data) // 2] ^= 0xff
    for what, bad in (("a broken block", bytes(data)), ("a cut log", bytes(data[:len(data) * 2 // 3]))):
        name = bench.suite.path("bad.raw", bad)
        result, files = bench.folder(name)
        bench.suite.equal(DAMAGED, result.status, what)
        bench.compare(what, files, bench.rows(name))
        bench.suite.check(len(AvroFile(files["damage"]).rows) > 0, "%s: rows of damage" % what, "some", 0)


def check_choice(bench, paths):
    """Fields, conditions, the top rows, limits, epochs and flags' names."""
    choices = (["-t", "tstat", "-F", "gen_pid,name=gen_name,time"], ["-t", "tstat", "--where", "gen_pid > 100 && cpu_utime > 0"],
               ["-t", "tstat", "--top=3", "--by=mem_rmem"], ["-t", "rawrecord,sstat_cpu_cpu", "--limit=2"],
               ["-t", "rawrecord", "--skip-since-boot"])
    for args in choices:
        _, files = bench.folder(*args, *paths)
        tables = bench.rows(*args, *paths)
        if "-F" in args:
            file = AvroFile(files["tstat"])
            bench.suite.equal(["gen_pid", "name", "time"], [name for name, _, _ in file.fields], "fields that are asked for")
            wanted = [[row["gen_pid"], row["name"], expected_of(row["time"], "time")] for row in tables["tstat"]]
            bench.suite.check(file.rows == wanted and wanted, "rows of fields that are asked for", len(wanted), len(file.rows))
        else:
            bench.suite.check(any(tables.values()), "%s: rows" % args, "some", "none")
            bench.compare(" ".join(args), files, tables)
    _, files = bench.folder("-t", "rawrecord", "--time=epoch", "--flags=names", paths[0])
    file, rows = AvroFile(files["rawrecord"]), bench.rows("-t", "rawrecord", "--time=epoch", "--flags=names", paths[0])["rawrecord"]
    fields = {name: (kind, logical) for name, kind, logical in file.fields}
    bench.suite.equal((("long", None), ("string", None)), (fields["time"], fields["flags"]), "types of epochs and names")
    at = [name for name, _, _ in file.fields]
    bench.suite.equal([(row["time"], row["flags"]) for row in rows],
                      [(row[at.index("time")], row[at.index("flags")]) for row in file.rows], "epochs and names")


def check_bytes(bench, paths):
    """The same input gives the same bytes, with any number of threads; another host gives another marker."""
    suite = bench.suite
    first = bench.folder("-j1", *paths)[1]
    suite.check(first == bench.folder("-j4", *paths)[1], "the same bytes again", sorted(first), "others")
    markers = {AvroFile(bench.folder("-t", "rawheader,damage", path)[1]["rawheader"]).marker for path in paths}
    suite.equal(len(paths), len(markers), "a marker for each log")
    out = harness.run([bench.program, "--format=avro", "-t", "tstat", *paths]).out
    suite.check(out == first["tstat"], "standard output has the bytes of a file", len(first["tstat"]), len(out))


def check_partition(bench, path):
    if not libraries.has_or_says(bench.suite.program(), "nettle", "a tree of Avro"):
        return
    tree = os.path.join(bench.suite.folder, "tree")
    result = harness.run([bench.suite.program(), "--format=avro", "--partition", tree, path])
    bench.suite.equal(OK, result.status, "a tree")
    files = [os.path.join(folder, name) for folder, _, names in os.walk(tree) for name in names]
    tables = bench.rows(path)
    bench.suite.equal(sorted(tables), sorted(os.path.relpath(name, tree).split(os.sep)[0] for name in files), "a file for each table with rows")
    for name in files:
        table = os.path.relpath(name, tree).split(os.sep)[0]
        bench.suite.equal(len(tables[table]), len(AvroFile(harness.read(name)).rows), "rows of %s in the tree" % table)
        bench.suite.check(name.endswith(".avro"), name, ".avro", name)


def check_failures(bench, path):
    """A full disk leaves nothing; several tables do not go to one place."""
    suite = bench.suite
    result = harness.run([bench.program, "--format=avro", "-t", "tstat", "-o", "/dev/full", path])
    suite.equal(TROUBLE, result.status, "a full disk")
    result = harness.run([bench.program, "--format=avro", path])
    suite.check(result.status == TROUBLE and b"avro is one table at a time" in result.err, "all tables to standard output", TROUBLE, result)


def check_apache(bench, path):
    """Apache's reader finds the same rows."""
    script = ("import sys, json\nfrom avro.datafile import DataFileReader\nfrom avro.io import DatumReader\n"
              "rows = list(DataFileReader(open(sys.argv[1], 'rb'), DatumReader()))\n"
              "print(json.dumps([len(rows), [[row[k] for k in ('gen_pid', 'gen_name', 'mem_rmem')] for row in rows]]))\n")
    if subprocess.run([APACHE, "-c", "import avro"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        print("not tested: Apache's reader, which is not installed here; try: sh setup.sh avro")
        return
    _, files = bench.folder("-t", "tstat,damage", path)
    name = bench.suite.path("tstat.avro", files["tstat"])
    out = subprocess.run([APACHE, "-c", script, name], stdout=subprocess.PIPE, check=True).stdout
    file = AvroFile(files["tstat"])
    at = [[name for name, _, _ in file.fields].index(name) for name in ("gen_pid", "gen_name", "mem_rmem")]
    bench.suite.equal([len(file.rows), [[row[i] for i in at] for row in file.rows]], json.loads(out), "rows by Apache's reader")


def main():
    suite = harness.Suite(__doc__)
    bench = Bench(suite)
    paths = suite.examples()
    for path in paths:
        check_log(bench, path)
    check_damaged(bench, paths[-1])
    check_choice(bench, paths[-2:])
    check_bytes(bench, paths[-2:])
    check_partition(bench, paths[0])
    check_failures(bench, paths[0])
    check_apache(bench, paths[-1])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
