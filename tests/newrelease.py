"""Proves that a new release is one YAML file: performs the walk-through of schemas/README.md in a copy of the
sources. The commands are those of that page, which must have no others.

A made-up 2.14 adds a member to tstat, renames one, changes what one means, widens an array and names a reserved slot. What its
logs look like does not come from the schema: the same changes are made, apart from it, to the fact tables of 2.13. The columns of
tables differ by exactly those of what is new, and rows of both releases share the others. DuckDB reads Parquet of both together, made of
CSV, and with --long by the extensions of both, which takes a build more.
"""

import os
import re
import shlex
import shutil
import sys

from lib import contract, engines, facts, harness
import synthetic

SOURCES = ("Makefile", "setup.sh", "tests/build.mk", "make", "ddl", "duckdb", "expr", "generator", "runtime", "generated", "schemas")
OLD, NEW = "2.13", "2.14"
SCHEMA = "schemas/atop-%s.yaml" % NEW
FORMER = "schemas/atop-%s.yaml" % OLD
WIDTH = 256             # of sstat.intf.intf, which had 128
INTERFACES = 200        # in the logs: more than 2.13 has room for
BUILDING = 900          # seconds at most
TSTAT = re.compile(r'^CREATE TABLE "tstat" \(.*?^\);$', re.S | re.M)
FLAGS = re.compile(r"(.*?) ; (.*?) ; ")    # of a build: compiler and CFLAGS

PAGE = os.path.join(harness.ROOT, "schemas", "README.md")
SECTION = "## Adding a release"
OTHERS = ("make measure ", "make check")    # commands of the page that tests/measure.py and make check itself stand for

VHUGE = '    - {name: vhuge, type: count_t, unit: KiB, doc: "virtual memory in huge pages"}'
SCTPSND = '    - {name: sctpsnd, type: count_t, unit: packets, kind: delta, doc: "SCTP packets sent"}'

RENAMED = '    - {name: vlibraries, was: vlibs, type: count_t, unit: KiB, doc: "virtual memory of libraries"}'
CHANGED = ('    - {name: vlock, column: vlock_2, type: count_t, when: "tstat.gen.state != \'E\'", unit: bytes, '
           'doc: "virtual memory that is locked"}')
COLUMNS = (("mem_vlock_2", "bytes\tcurrent"), ("mem_vhuge", "KiB\tcurrent"), ("net_sctpsnd", "packets\tdelta"))


def commands():
    """The commands of the walk-through, in the order of the page."""
    text = harness.read(PAGE).decode("utf-8").partition("\n%s\n" % SECTION)[2].partition("\n## ")[0]
    spans = re.findall(r"`((?:build/atopgen|make) [^`]*)`", text)
    return [command for span in spans for command in span.split(" && ")]


# --- the fact tables of 2.14 --------------------------------------------------------------------------------

def shift(rows, struct, place, growth, element=None):
    """Makes the struct larger by `growth` at the offset `place`; rows of the array `element` stay."""
    assert growth % 8 == 0, "alignment would move more"
    for row in rows:
        if row["struct"] != struct or element and row["path"].startswith(element):
            continue
        start, end = int(row["offset"]), int(row["offset"]) + int(row["elemsize"])
        if row["kind"] != "leaf" and start <= place < end:
            row["elemsize"] = str(end - start + growth)
        elif start >= place:
            row["offset"] = str(start + growth)


def find(rows, struct, path):
    return next(row for row in rows if (row["struct"], row["path"]) == (struct, path))


def add_member(rows):
    """tstat.mem.vhuge in front of oomscore."""
    follower = find(rows, "tstat", "mem.oomscore")
    added = dict(follower, path="mem.vhuge", unit="KiB")
    shift(rows, "tstat", int(follower["offset"]), 8)
    rows.insert(rows.index(follower), added)


def widen_array(rows):
    """sstat.intf.intf has WIDTH elements."""
    element = "intf.intf[]"
    array = find(rows, "sstat", element)
    width, stride = int(array["dims"]), int(array["elemsize"])
    shift(rows, "sstat", int(array["offset"]) + stride, (WIDTH - width) * stride, element)
    for row in rows:
        if row["struct"] == "sstat" and row["path"].startswith(element):
            row["dims"] = "x".join([str(WIDTH)] + row["dims"].split("x")[1:])


def name_slot(rows):
    """tstat.net.avail1 is no longer reserved."""
    find(rows, "tstat", "net.avail1").update(path="net.sctpsnd", unit="packets")


def rename_member(rows):
    """tstat.mem.vlibs is called vlibraries."""
    find(rows, "tstat", "mem.vlibs").update(path="mem.vlibraries")


def change_meaning(rows):
    """tstat.mem.vlock counts bytes."""
    find(rows, "tstat", "mem.vlock").update(unit="bytes")


def new_tables(folder):
    """The fact tables of 2.14, one for each data model, made from those of 2.13."""
    for old in facts.load_tables():
        if old.release != OLD:
            continue
        rows = [dict(row) for row in old.rows]
        for change in (add_member, widen_array, name_slot, rename_member, change_meaning):
            change(rows)
        lines = ["\t".join(rows[0])] + ["\t".join(row.values()) for row in rows]
        with open(os.path.join(folder, "%s.%s.tsv" % (NEW, old.model)), "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
    return facts.load_tables(folder)


# --- the walk-through ---------------------------------------------------------------------------------------

def name_targets(folder, build):
    """Changes the targets of copied files of dependencies to those of the build that they are in now."""
    for path, _, names in os.walk(os.path.join(folder, "obj")):
        for name in names:
            if name.endswith(".d"):
                text = harness.read(os.path.join(path, name))
                status = os.stat(os.path.join(path, name))
                with open(os.path.join(path, name), "wb") as file:
                    file.write(re.sub(rb"^\S*?obj/(?=(?:ddl|expr|runtime|generator|generated)/)", build.encode() + b"/obj/", text))
                os.utime(os.path.join(path, name), ns=(status.st_atime_ns, status.st_mtime_ns))


def only_nulls(before, after):
    """The lines of C that differ, without those that write null for columns that a release lacks."""
    lines = [text.decode().splitlines() for text in (before, after)]
    differ = set(lines[0]).symmetric_difference(lines[1])
    return sorted(line for line in differ if "put_commas" not in line and "null" not in line)


class Walk:
    """The copy of the sources, and the steps done in it."""

    def __init__(self, suite, tables):
        self.suite = suite
        self.tables = tables
        self.atopgen = suite.program("atopgen")
        self.listed, self.done = commands(), set()
        self.root = suite.path("atopdump")
        os.mkdir(self.root)
        for name in SOURCES:
            source, copy = os.path.join(harness.ROOT, name), os.path.join(self.root, name)
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, copy)
        self.variables = ["CFLAGS=-O0"]
        self.reuse_objects()

    def reuse_objects(self):
        """Copies the objects of the build under test, so that make compiles only what a new release changes.

        make compiles everything if the flags are not the same: the copied objects count as compiled with those of the others,
        which are not optimised and have no debug information. Instrumented objects are not used.
        """
        text = harness.read(os.path.join(self.suite.build, "flags")).decode()
        flags = FLAGS.match(text)
        if not flags or "-fsanitize" in flags.group(2) or "--coverage" in flags.group(2):
            return
        quick = flags.group(2) + " -O0 -g0"
        self.variables = ["CC=" + flags.group(1), "CFLAGS=" + quick]
        for build, parts in (("build", ("ddl", "expr", "generator", "runtime", "generated")),
                             ("build/" + NEW, ("ddl", "expr", "runtime"))):
            for part in parts:
                shutil.copytree(os.path.join(self.suite.build, "obj", part), self.path(build + "/obj/" + part))
            for name in ("flags", "probed.mk"):     # the libraries that were found need not be looked for again
                found = harness.read(os.path.join(self.suite.build, name)).decode()
                with open(self.path(build + "/" + name), "w", encoding="utf-8") as file:
                    # Flags of generated code alone are not used when CFLAGS are given.
                    file.write(found.replace(flags.group(2), quick).replace(" -g1 ", " " if "-g1" not in quick.split() else " -g1 "))
            shutil.copystat(os.path.join(self.suite.build, "flags"), self.path(build + "/flags"))
            name_targets(self.path(build), build)

    def run(self, *argv):
        """A command of the walk-through, run in the copy."""
        return harness.run(argv, cwd=self.root, timeout=BUILDING)

    def step(self, *argv):
        """A command that has to succeed; its output."""
        result = self.run(*argv)
        again = "cd %s && %s" % (self.root, harness.shell(argv))
        got = "exit %d\n%s" % (result.status, result.err.decode("utf-8", "replace"))
        what = "walk-through: " + harness.shell(argv)
        if not self.suite.check(result.status == 0, what, "exit 0", got, again):
            self.suite.finish()
        return result.out.decode()

    def words(self, command):
        """The words of the command of the page that is, or begins with, `command`, the program left out."""
        found = [one for one in self.listed if one == command] or [one for one in self.listed if one.startswith(command + " ")]
        if not self.suite.check(found, "the page has a command " + command, command, self.listed):
            self.suite.finish()
        self.done.add(found[0])
        return shlex.split(found[0])[1:]

    def generator(self, verb, *instead):
        """atopgen as the page calls it; `instead`: the last words are these. Returns its output."""
        words = self.words("build/atopgen " + verb)
        return self.step(self.atopgen, *words[:len(words) - len(instead)], *instead)

    def make(self, command):
        """make as the page calls it, with variables that override those of a make that runs this test."""
        self.step("make", "-j2", "BUILD=build", *self.variables, *self.words(command))

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, widened):
        """Edits the skeleton into the schema of 2.14: all of it, or all but the wider array."""
        self.generator("new")
        with open(self.path(SCHEMA), encoding="utf-8") as file:
            kept = [line for line in file.read().splitlines() if not line.startswith("#")]
        kept.append("lengths:")
        for table in self.tables:
            sizes = ", ".join("%s: %d" % (name, table.size(name))
                              for name in ("rawheader", "rawrecord", "sstat", "tstat", "cstat"))
            kept.append("  %s: {%s}" % (table.model, sizes))
        if widened:
            kept.append("constants: {MAXINTF: %d}" % WIDTH)
        kept.append("structs:")
        for line in self.struct("mem"):
            if "name: oomscore," in line:
                kept.append(VHUGE)
            kept.append(RENAMED if "name: vlibs," in line else CHANGED if "name: vlock," in line else line)
        kept += [SCTPSND if "name: avail1," in line else line for line in self.struct("net")]
        with open(self.path(SCHEMA), "w", encoding="utf-8") as file:
            file.write("\n".join(kept) + "\n")

    def struct(self, name):
        """The lines of a struct as 2.13 has it."""
        return self.generator("show", name).splitlines()[1:]

    def compile_schema(self):
        """Steps 1 to 3: the schema is written, a mistake in it is found, its changes are reported."""
        self.write(widened=False)
        result = self.run(self.atopgen, *self.words("build/atopgen check"))
        self.suite.check(result.status == 1 and b"'sstat' is stated to have" in result.err,
                         "check refuses a schema that misses a change", "exit 1, sstat's size",
                         "exit %d, %r" % (result.status, result.err))
        os.remove(self.path(SCHEMA))
        self.write(widened=True)
        self.generator("check")
        told = self.generator("diff")
        for word in ("vhuge", "MAXINTF: 128 -> %d" % WIDTH, "avail1", "sctpsnd", "vlibraries", "vlock"):
            self.suite.check(word in told, "diff reports " + word, word, told)

    def generate(self):
        """Step 4, first half: what is generated anew is the new release and the list of releases."""
        before = self.generated()
        self.make("make regen")
        after = self.generated()
        changed = {name for name in before if before[name] != after.get(name)}
        rows = {name for name in changed if name.endswith("/rows.c")}
        self.suite.equal({"catalog.c", "columns.c", "dictionary.c", "dictionary.h", "digest.c", "labels.c", "printers.c", "reference.c",
                          "tables.lock", "view_printers.c", "views.c"},
                         changed - rows, "generated files that change")
        for name in sorted(rows):
            self.suite.equal([], only_nulls(before[name], after[name]), "%s: lines that change, except nulls" % name)
        number = len(before["tables.lock"].splitlines())
        self.suite.equal(before["tables.lock"].decode() + "".join(
            "%d\ttstat\t%s\tinteger\t%s\t%s\n" % (number + i, column, words, NEW) for i, (column, words) in enumerate(COLUMNS, 1)),
            after["tables.lock"].decode(), "tables.lock has the new columns at its end, and no others")
        foreign = [name for name in set(after) - set(before) if not name.startswith("atop-%s/" % NEW)]
        self.suite.equal([], foreign, "generated files that appear and are not of " + NEW)

    def generated(self):
        folder = self.path("generated")
        return {os.path.relpath(os.path.join(path, name), folder): harness.read(os.path.join(path, name))
                for path, _, names in os.walk(folder) for name in names}

    def build(self):
        """Step 4, second half: the program for all releases, and the one for the new release alone."""
        self.make("make")
        self.make("make SCHEMA=" + SCHEMA)
        rest = [command for command in self.listed if command not in self.done and not command.startswith(OTHERS)]
        self.suite.equal([], rest, "commands of the page that are not run")
        return [self.path("build/atopdump"), self.path("build/%s/atopdump" % NEW)]


# --- logs ---------------------------------------------------------------------------------------------------

def make_log(suite, table, order):
    """A log of 2.14 with more interfaces than 2.13 has room for: path, reader, the sample in it."""
    source = facts.Values()
    made = synthetic.sample(table, source, synthetic.TIMES[0], 3)
    made["sstat"]["intf"] = facts.distinct(table.structs["sstat"].find("intf"), source, INTERFACES)
    data = facts.build(table, order, [made])
    log = facts.Log(data, [table])
    what = "%s %s-endian: facts.py reads what it wrote" % (table, order)
    suite.check(synthetic.truthful(log, [made]), what, "the same", "other values")
    return suite.path("%s.%s.%s.raw" % (NEW, table.model, order), data), log, made


def check_changes(suite, program, path, made, what):
    """The three changes by name, beside the comparison of whole lines; --reserved shows what the made-up flags deny too."""
    lines = [contract.parse(line) for line in harness.run([program, "--reserved", path]).out.decode().splitlines()]
    tasks = [line["tstat"] for line in lines if "tstat" in line]
    for struct, member in (("mem", "vhuge"), ("net", "sctpsnd")):
        suite.equal([task[struct][member] for task in made["tstat"]],
                    [task[struct].get(member) for task in tasks], "%s: tstat.%s.%s" % (what, struct, member))
    shown = [line["sstat"]["intf"]["intf"] for line in lines if "sstat" in line]
    suite.equal([[one["rbyte"] for one in made["sstat"]["intf"]["intf"]]],
                [[one["rbyte"] for one in interfaces] for interfaces in shown],
                "%s: rbyte of %d interfaces" % (what, INTERFACES))


def write_old(suite):
    """A log of 2.13: its path and its samples."""
    table = next(table for table in facts.load_tables() if table.release == OLD and table.model == "lp64")
    data, samples = synthetic.make(table, "little", True)
    return suite.path(OLD + ".raw", data), samples


def check_columns(suite, program, path, made, what):
    """A log of 2.13 and one of 2.14 in one table: a renamed member keeps its column, one that changed its meaning has another."""
    old, samples = write_old(suite)
    fields = "--fields=release,mem_vlibs,mem_vlock,mem_vlock_2,mem_vhuge"
    result = harness.run([program, "--format=rows", "--tables=tstat", fields, old, path])
    wanted = [(OLD, one["mem"]["vlibs"], one["mem"]["vlock"], None, None) for sample in samples for one in sample["tstat"]]
    wanted += [(NEW, one["mem"]["vlibraries"], None, one["mem"]["vlock"], one["mem"]["vhuge"]) for one in made["tstat"]]
    got = [tuple(contract.parse(line).values())[1:] for line in result.out.decode().splitlines()]
    suite.equal(wanted, got, what + ": columns of 2.13 and 2.14 in one table")


# --- a lake of both -----------------------------------------------------------------------------------------

def write_parquet(suite, program, log, name):
    """Statements that make Parquet of the tasks that a program finds in a log, by its definition of the table; the file's name."""
    csv, path = suite.path(name + ".csv"), suite.path(name + ".parquet")
    out = harness.run([program, "--format=csv", "-t", "tstat", log]).out
    with open(csv, "wb") as file:
        file.write(out)
    definition = TSTAT.search(harness.run([program, "schema", "--as=duckdb"]).out.decode()).group()
    return [definition, engines.DUCKDB_CSV % ("tstat", engines.literal(csv)),
            "COPY tstat TO %s (FORMAT parquet)" % engines.literal(path), "DROP TABLE tstat"], path


def build_extension(walk):
    """The extension that knows 2.14: its path."""
    header = os.path.join(engines.PACKAGES, "include")
    walk.step("make", "-j2", "BUILD=build", *walk.variables, "DUCKDB_INCLUDE=" + header, "duckdb")
    return walk.path("build/atop.duckdb_extension")


def compare_lake(suite, what, statements, sources, union):
    """`sources`: rows of 2.13 and of 2.14; `union`: both together, with the columns of the newer."""
    old, new = sources
    names = [name for name, _ in COLUMNS]
    differ = "SELECT count(*) FROM (%s EXCEPT ALL %s)"
    ours = "SELECT * EXCLUDE (%s) FROM %s WHERE release = '%s'" % (", ".join(names), union, OLD)
    theirs = "SELECT * FROM %s WHERE release = '%s'" % (union, NEW)
    questions = ["DESCRIBE FROM " + one for one in (old, new, union)]
    questions += [differ % pair for pair in ((ours, "FROM " + old), ("FROM " + old, ours), (theirs, "FROM " + new), ("FROM " + new, theirs))]
    questions.append("SELECT release, count(*) > 0, %s FROM %s GROUP BY release ORDER BY release"
                     % (", ".join("count(%s) > 0" % name for name in names), union))
    try:
        found = engines.node("duckdb.mjs", statements + questions)[len(statements):]
    except engines.Refused as refusal:
        suite.check(False, what, "rows", str(refusal))
        return
    before, after, both = [[row[:2] for row in one] for one in found[:3]]
    suite.equal(before + [[name, "BIGINT"] for name in names], after, what + ": columns of %s are those of %s and the new ones" % (NEW, OLD))
    suite.equal(after, both, what + ": columns and types of both")
    suite.equal([[["0"]]] * 4, found[3:7], what + ": rows that only both, or one, have")
    # A made-up record does not have the flag of netatop, without which all of tstat.net is null.
    suite.equal([[OLD, True, False, False, False], [NEW, True, True, True, False]], found[7], what + ": rows, and values of the new columns")


def check_lake(suite, walk, programs, new_log):
    """Old and new Parquet read together: the new columns are null in old rows, all others are as they were."""
    if not engines.is_installed("@duckdb/node-api"):
        print("not tested: Parquet of both releases, since DuckDB is not installed here; try: sh tests/engines/setup.sh @duckdb/node-api")
        return
    old_log, _ = write_old(suite)
    made, paths = zip(*(write_parquet(suite, *one) for one in ((suite.program(), old_log, "old"), (programs[0], new_log, "new"))))
    files = list(map(engines.literal, paths))
    union = "read_parquet([%s], union_by_name = true)" % ", ".join(files)
    compare_lake(suite, "Parquet of CSV", sum(made, []), ["read_parquet(%s)" % one for one in files], union)
    if not suite.options.long:
        return
    if not os.path.exists(os.path.join(engines.PACKAGES, "include", "duckdb_extension.h")):
        print("not tested: the extension of both releases, since DuckDB's header is not installed here; try: sh tests/engines/setup.sh duckdb")
        return
    extension = build_extension(walk)
    logs = "read_atop([%s, %s], ignore_errors := true)" % (engines.literal(old_log), engines.literal(new_log))
    rows = "read_atop(%s, ignore_errors := true)" % engines.literal(new_log)   # its record has made-up flags
    path = engines.literal(suite.path("extension.parquet"))
    statements = sum(made, []) + ["LOAD " + engines.literal(extension), "COPY (FROM %s) TO %s (FORMAT parquet)" % (rows, path)]
    compare_lake(suite, "the extension", statements, ["read_parquet(%s)" % files[0], rows], logs)
    compare_lake(suite, "Parquet of the extension", statements, ["read_parquet(%s)" % one for one in (files[0], path)],
                 "read_parquet([%s, %s], union_by_name = true)" % (files[0], path))


def check_refused(suite, path, what, model):
    """The program that does not know 2.14 says so, and what comes nearest."""
    result = harness.run([suite.program(), path])
    nearest = "nearest: %s %s " % (OLD, model)
    suite.check(result.status == 2 and not result.out and nearest.encode() in result.err,
                what + ": refused without its schema", "exit 2, nothing printed, '%s'" % nearest,
                "exit %d, %d bytes, %r" % (result.status, len(result.out), result.err))


def main():
    suite = harness.Suite(__doc__)
    tables = new_tables(suite.folder)
    walk = Walk(suite, tables)
    walk.compile_schema()
    walk.generate()
    programs = walk.build()
    for i, table in enumerate(tables):
        for order in facts.ORDERS if suite.options.long else [list(facts.ORDERS)[i % 2]]:
            what = "%s %s-endian" % (table, order)
            path, log, made = make_log(suite, table, order)
            check_refused(suite, path, what, table.model)
            for program, kind in zip(programs, ("all releases", NEW + " alone")):
                for reserved in (True, False):
                    argv = [program] + ["--reserved"] * reserved + [path]
                    suite.check(*synthetic.compare(argv, log, reserved, "%s, %s" % (what, kind)))
                check_changes(suite, program, path, made, "%s, %s" % (what, kind))
            check_columns(suite, programs[0], path, made, what)
    check_lake(suite, walk, programs, path)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
