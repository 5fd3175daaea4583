"""Proves that the audit finds differences, on made-up atop sources: equal to the fact tables, and changed.

It tests the oldest and the newest release that has both a schema and a table, without --long the newest with the first changes alone. The headers are written from the table;
only constants and flags come from the schema, because no table has them. Each change corresponds to a mistake in a
schema; changes that do not disturb each other are made at once.
"""

import copy
import glob
import os
import re
import shutil
import sys

from lib import facts, harness

RUN = os.path.join(harness.TESTS, "audit", "run.sh")
SCHEMAS = os.path.join(harness.ROOT, "schemas")

# Where atop keeps each struct; the frame's are in the file that the schema names first.
PLACES = {"sstat": "photosyst.h", "tstat": "photoproc.h", "pstat": "photoproc.h", "cstat": "cgroups.h"}


class Source:
    """An atop source tree to be: the structs of a table, constants, and what is said about the version."""

    def __init__(self, table, schema, constants):
        self.structs = copy.deepcopy(table.structs)
        self.constants = dict(constants)
        with open(schema, encoding="utf-8") as file:
            text = file.read()
        self.version = re.search(r'^releases: \[.*"([^"]+)"\]', text, re.M).group(1)
        self.files = re.search(r"^source: .*files: \[(.*)\]", text, re.M).group(1).split(", ")
        self.noise = ""

    def write(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        texts = dict.fromkeys(self.files, "")
        texts["atop.h"] += "typedef long long count_t;\n" + self.noise
        texts["version.h"] = '#define\tATOPVERS\t"%s"\n' % self.version if self.version else ""
        for name, value in self.constants.items():
            texts[self.files[0]] += "#define\t%s\t\t%s\n" % (name, value)
        for name, node in self.structs.items():
            if name != "utsname":
                texts[PLACES.get(name, self.files[0])] += "struct %s {\n%s};\n" % (name, members(node))
        for name, text in texts.items():
            if name.endswith(".c"):
                text += "int\nmain(void)\n{\n\treturn nothing;\n}\n"
            with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                file.write(text)


def members(node, indent=1):
    """A struct's members as C; inner structs without tags."""
    text = ""
    for member in node.members:
        dims = "".join("[%s]" % (n or "") for n in member.dims)
        kind = member.ctype
        if not member.prim and kind != "struct utsname":
            kind = "struct {\n%s%s}" % (members(member, indent + 1), "\t" * indent)
        text += "%s%s %s%s;\n" % ("\t" * indent, kind, member.name, dims)
    return text


def audit(suite, source, schemas, compiler):
    """The result of an audit, and a command that does it again."""
    folder = suite.path("atop")
    source.write(folder)
    argv = ["sh", RUN, suite.program("atopgen"), suite.path("work"), folder] + schemas
    again = "COMPILERS=%s %s" % (compiler, harness.shell(argv))
    return harness.run(argv, timeout=600, env={**os.environ, "COMPILERS": compiler}), again


def expect(suite, what, source, schemas, compiler, status, *texts, without=None):
    """That an audit ends with `status` and prints each of `texts`."""
    result, again = audit(suite, source, schemas, compiler)
    out = result.out.decode() + result.err.decode()
    suite.equal(status, result.status, what, again)
    for text in texts:
        suite.check(re.search(text, out, re.M), what, "a line with %s" % text, out, again)
    if without:
        suite.check(without not in out, what, "nothing about %s" % without, out, again)


# --- changes ----------------------------------------------------------------------------------------------

def retype(node, ctype):
    node.ctype = ctype


def swap(node, first, second):
    places = [i for i, member in enumerate(node.members) if member.name in (first, second)]
    a, b = places
    node.members[a], node.members[b] = node.members[b], node.members[a]


def add(node, after, ctype, name):
    """A member behind another; no table says where it lies, and C will find a place."""
    place = [member.name for member in node.members].index(after) + 1
    more = copy.copy(node.members[place - 1])
    more.ctype, more.name, more.dims, more.prim = ctype, name, (), ctype
    node.members.insert(place, more)


def rename(node, name):
    node.name = name


def redim(node, *dims):
    node.dims = dims


def tasks(source):
    return next(source.structs[name] for name in facts.TASK_STRUCTS if name in source.structs)


# Changes that are made together: what they are, how many facts must be reported in all (None: not stated), each change with the
# lines that report it.
GROUPS = (
    ("types, places and values changed", 11, (
        (lambda s: retype(s.structs["sstat"].find("cpu.lavg1"), "int"), [r"sstat\.cpu\.lavg1: type float, the headers have int  \["]),
        (lambda s: retype(s.structs["rawheader"].find("pagesize"), "int"), [r"rawheader\.pagesize: type unsigned int, the headers have int  \["]),
        # its members, and who follows whom: five facts
        (lambda s: swap(s.structs["rawrecord"], "scomplen", "pcomplen"),
         [r"rawrecord\.scomplen: offset (\d+)\S*, the headers have (?!\1)\d+  \[",
          r"differ:\n(    (?!.*: offset).*\n)+(    .*: offset .*, the headers have .*\n)+(?! )"]),
        # members more, in holes: of a struct, and of the elements of an array
        (lambda s: add(tasks(s).find("gen"), "state", "char", "more"), [r"gen\.excode: follows state"]),
        (lambda s: add(s.structs["sstat"].find("intf.intf"), "duplex", "char", "more"),
         [r"sstat\.intf\.intf\[0\]\.\w+: follows duplex"]),
        (lambda s: s.constants.update(MYMAGIC="0xfeedbee0"), [r"MYMAGIC: value 0xfeedbeef, the headers have 0xfeedbee0  \["]),
        (lambda s: s.constants.update(RRBOOT="0x0010"), [r"RRBOOT: value (1, the headers have 16|0x0*1, the headers have 0x10)  \["]))),
    ("a member of another name, and a member more at the end", None, (
        (lambda s: rename(s.structs["sstat"].find("mem.physmem"), "phys"),
         [r"sstat\.mem\.physmem: offset 0", r"sstat\.mem\.physmem: type count_t"]),
        (lambda s: add(s.structs["rawrecord"], "ifuture", "int", "more"), [r"rawrecord\.ifuture: is the last"]))),
    ("an array of another length", None, (
        (lambda s: redim(s.structs["sstat"].find("cpu.cpu"), 63), [r"differ:\n +sstat\.cpu\.cpu: dimension 1 is \d+, the headers have 63  \[", r"sstat: size \d+\S*, the headers have \d+  \["]),)),
    ("a struct that is gone", None, ((lambda s: s.structs.pop("rawrecord"), [r"rawrecord: size"]),)),
)


def check_changes(make, run, groups):
    """All changes of a group at once: each must be reported, and of some groups nothing else."""
    for what, count, changes in groups:
        source, texts = make(), []
        for change, lines in changes:
            change(source)
            texts += lines
        run(what, source, 1, *texts, *([r"^\S+ +\S+ +\S+ +\d+ +%d$" % count] if count else []))


def near(schemas, schema):
    """Of the schemas the first, the last, this one and the ones beside it."""
    place = schemas.index(schema)
    return [one for i, one in enumerate(schemas) if i in (0, place - 1, place, place + 1, len(schemas) - 1)]


def check_release(suite, table, schema, compiler, whole):
    """All that an audit reports of a release, and how it finds the schema; unless `whole`, the first changes alone."""
    shown = harness.run([suite.program("atopgen"), "assert", schema]).out.decode()
    constants = re.findall(r"^_Static_assert\((\w+) == (\w+), \"\w+: value", shown, re.M)
    schemas = sorted(glob.glob(os.path.join(SCHEMAS, "atop-*.yaml")))

    def make():
        return Source(table, schema, constants)

    def run(what, source, status, *texts, **more):
        expect(suite, "%s: %s" % (table.release, what), source, [schema], compiler, status, *texts, **more)

    row = r"^%s +\S+ +%s +[1-9]\d+ +0$" % (re.escape(table.release), re.escape(compiler))
    run("headers as measured", make(), 0, row, without="differ")
    check_changes(make, run, GROUPS if whole else GROUPS[:1])
    if not whole:
        return
    source = make()
    expect(suite, "%s: the schema found by version" % table, source, schemas, compiler, 0, row)
    source.version = None
    if len(schemas) > 1:
        expect(suite, "%s: the schema found by trying" % table, source, near(schemas, schema), compiler, 0, row,
               r"^the sources state no version; .* is .*atop-%s\.yaml" % re.escape(table.release))
    source = make()
    del source.constants["RRLAST"]
    run("a flag that is not defined", source, 0, r"not checked:\n +not defined: RRLAST", without="differ")
    source = make()
    source.noise = "struct broken { nothing here; };\n"
    run("a header that does not compile", source, 1, r"does not compile", r"headers do not compile:",
        without="differ")


def main():
    suite = harness.Suite(__doc__)
    compilers = [name for name in ("gcc", "clang") if shutil.which(name)]
    if not compilers:
        print("not tested: the audit (there is neither gcc nor clang here)")
        print("0 passed, 0 failed")
        return
    pairs = [(table, os.path.join(SCHEMAS, "atop-%s.yaml" % table.release)) for table in facts.load_tables()
             if table.model == "lp64"]
    pairs = [(table, schema) for table, schema in pairs if os.path.exists(schema)]
    suite.check(pairs, "releases with a schema and a table", "some", "none")
    for i, (table, schema) in enumerate(pairs[:1] + pairs[1:][-1:]):
        check_release(suite, table, schema, compilers[i % len(compilers)], i == 0 or suite.options.long)
    result = harness.run(["sh", RUN, suite.program("atopgen"), suite.path("work"), suite.path("nowhere")] +
                         [schema for _, schema in pairs[:1]])
    suite.check(result.status == 1 and b"is no folder" in result.err, "a folder that is not there", "exit 1",
                result)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
