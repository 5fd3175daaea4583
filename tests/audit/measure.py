"""Measures the structs of upstream's headers: writes the fact table RELEASE.MODEL.tsv of each data model that a compiler here has.

    python3 tests/audit/measure.py [--output FOLDER] ATOP SCHEMA

ATOP is a folder with upstream's source, SCHEMA the file of the release, which only names it, upstream's headers and the structs
of its blocks. All else is read from the debug information of a file that includes these headers: no offset comes from atopgen.
The unit of a member is what people know of it: it is copied from the table of the release that the schema extends, and of
members that are new there it is '?', to be filled in by hand; they are listed.
"""

import argparse
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLES = os.path.join(TESTS, "data", "layouts")
COLUMNS = ("struct", "path", "kind", "ctype", "resolved", "prim", "offset", "elemsize", "dims", "strides", "unit")
TIME64 = " -D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64"
HEADERS = ("sys/types.h", "sys/utsname.h", "time.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "regex.h")
NAMES = {"short int": "short", "short unsigned int": "unsigned short", "long int": "long", "long unsigned int": "unsigned long",
         "long long int": "long long", "long long unsigned int": "unsigned long long", "signed char": "signed char"}
DIE = re.compile(r"^ *<([0-9a-f]+)><([0-9a-f]+)>: Abbrev Number: \d+(?: \((DW_TAG_\w+)\))?")
ATTRIBUTE = re.compile(r"^ +<[0-9a-f]+> +(DW_AT_\w+) *: (.*)$")
FORM = re.compile(r"^ *(\(\w+\) *)?(\([^()]*offset: [^()]*\): )?")       # before the value; newer readelfs print the form's name


class Fault(Exception):
    """What cannot be measured, and why."""


class Die:
    """One entry of debug information."""

    def __init__(self, tag):
        self.tag = tag
        self.attributes = {}
        self.children = []

    def number(self, name):
        """An attribute that is a number; None: there is none."""
        text = self.attributes.get("DW_AT_" + name)
        return None if text is None else int(text.split()[0], 0)

    def name(self):
        return self.attributes.get("DW_AT_name")


class Debug:
    """The debug information of an object."""

    def __init__(self, path):
        self.dies, parents = {}, {}
        text = subprocess.run(["readelf", "--debug-dump=info", "-W", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True).stdout.decode("utf-8", "replace")
        die = None
        for line in text.splitlines():
            match = DIE.match(line)
            if match:
                depth, place, tag = match.groups()
                die = parents[int(depth, 16)] = Die(tag)
                self.dies[int(place, 16)] = die
                if int(depth, 16) > 0 and tag:
                    parents[int(depth, 16) - 1].children.append(die)
                continue
            match = ATTRIBUTE.match(line)
            if match and die is not None:
                die.attributes[match.group(1)] = FORM.sub("", match.group(2)).strip()

    def type_of(self, die):
        text = die.attributes.get("DW_AT_type")
        return None if text is None else self.dies[int(text.split(">")[0].strip("<"), 16)]

    def base_of(self, die):
        """The type without typedefs and qualifiers."""
        while die is not None and die.tag in ("DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type"):
            die = self.type_of(die)
        return die

    def find(self, tag, name):
        """The definition of that name; None: there is none."""
        return next((die for die in self.dies.values()
                     if die.tag == tag and die.name() == name and "DW_AT_declaration" not in die.attributes), None)

    def size(self, die):
        die = self.base_of(die)
        if die.tag == "DW_TAG_pointer_type" or die.number("byte_size") is not None:
            return die.number("byte_size")
        count = 1
        for dim in dims_of(die):
            count *= dim
        return count * self.size(self.type_of(die))


def dims_of(array):
    """The dimensions of an array; 0: it states none."""
    dims = []
    for child in array.children:
        if child.tag == "DW_TAG_subrange_type":
            upper, count = child.number("upper_bound"), child.number("count")
            dims.append(upper + 1 if upper is not None else count or 0)
    return dims


# --- one struct -------------------------------------------------------------------------------------------------

def primitive(die):
    """What the tables call a base type: i64, u8, char, f32."""
    size, encoding = die.number("byte_size"), die.number("encoding")
    if encoding == 4:
        return "f%d" % (8 * size)
    if encoding in (6, 8) and die.name() == "char":
        return "char"
    if encoding in (5, 6, 7, 8, 2):
        return "%s%d" % ("i" if encoding in (5, 6) else "u", 8 * size)
    raise Fault("a base type '%s' of encoding %s" % (die.name(), encoding))


def rows_of(debug, name, top, outer="", base=0, dims=(), strides=()):
    """A row for each member of a struct, and of the structs in it."""
    for member in top.children:
        if member.tag != "DW_TAG_member":
            continue
        if "DW_AT_bit_size" in member.attributes:
            raise Fault("struct %s has the bit field %s" % (name, member.name()))
        kind, inner, steps = debug.type_of(member), [], []
        array = debug.base_of(kind)
        while array.tag == "DW_TAG_array_type":
            inner += dims_of(array)
            kind = debug.type_of(array)
            array = debug.base_of(kind)
        size = debug.size(kind)
        for i in range(len(inner)):
            step = size
            for dim in inner[i + 1:]:
                step *= dim
            steps.append(step)
        path = outer + member.name() + "[]" * len(inner)
        offset = base + (member.number("data_member_location") or 0)
        every, all_steps = dims + tuple(inner), strides + tuple(steps)
        is_struct = array.tag == "DW_TAG_structure_type"
        if not is_struct and array.tag != "DW_TAG_base_type":
            raise Fault("struct %s: %s is a %s" % (name, path, array.tag))
        resolved = "" if is_struct else NAMES.get(array.name(), array.name())
        if is_struct:
            ctype = kind.name() if kind.tag == "DW_TAG_typedef" else ("struct %s" % array.name() if array.name() else "struct")
        else:
            ctype = kind.name() if kind.tag == "DW_TAG_typedef" else resolved
        yield (name, path, "struct" if is_struct else "leaf", ctype, resolved, "" if is_struct else primitive(array), offset,
               size, "x".join(map(str, every)), ",".join(map(str, all_steps)))
        if is_struct:
            yield from rows_of(debug, name, array, path + ".", offset, every, all_steps)


def table(debug, structs):
    for name in structs:
        die = debug.find("DW_TAG_structure_type", name)
        if die is None:
            raise Fault("the headers have no struct %s" % name)
        yield (name, "", "total", "struct", "", "", 0, die.number("byte_size"), "", "")
        yield from rows_of(debug, name, die)


def model_of(debug):
    """The name of the data model."""
    sizes = {name: debug.size(debug.find("DW_TAG_structure_type", "measure_" + name)) for name in ("long", "time", "align")}
    if sizes["long"] == 8:
        return "lp64"
    return ("i386" if sizes["align"] == 12 else "ilp32") + ("-t64" if sizes["time"] == 8 else "")


# --- upstream's headers -----------------------------------------------------------------------------------------

def schema_facts(path):
    """(version, extends, files of the source, structs of the blocks) that a schema states or inherits."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    version = re.search(r'^version: *"(.*?)"', text, re.M).group(1)
    extends = re.search(r'^extends: *"(.*?)"', text, re.M)
    source = re.search(r"^source:.*files: *\[(.*?)\]", text, re.M | re.S)
    blocks = re.search(r"^blocks:.*\n((?:  .*\n|#.*\n|\n)+)", text, re.M)
    base = os.path.join(os.path.dirname(path), "atop-%s.yaml" % extends.group(1)) if extends else None
    # A list of numbers, a block with the key "of", has no struct in upstream's headers.
    structs = re.findall(r"\{struct: *(\w+)(?![^}]*\bof:)", blocks.group(1)) if blocks else schema_facts(base)[3]
    files = re.split(r", *", source.group(1)) if source else schema_facts(base)[2]
    return version, extends and extends.group(1), files, structs


def structs_of_c(text):
    """What a .c file keeps to itself of a log: its structs, and its macros without parameters."""
    found = re.findall(r"^#[ \t]*define[ \t]+\w+[ \t].*|^struct[ \t]+\w+[ \t]*\{.*?^\}.*?$", text, re.M | re.S)
    return "\n".join(line for line in found) + "\n"


def write_source(atop, files, structs, folder):
    """Copies the headers, safe to include twice, and writes the file that includes them all. Returns its path."""
    for header in glob.glob(os.path.join(atop, "*.h")):
        with open(header, encoding="utf-8", errors="replace") as file:
            text = file.read()
        with open(os.path.join(folder, os.path.basename(header)), "w", encoding="utf-8") as file:
            file.write("#pragma once\n" + text)
    for name in files:
        path = os.path.join(atop, name)
        if not os.path.exists(path):
            raise Fault("%s does not exist" % path)
        if name.endswith(".c"):
            with open(path, encoding="utf-8", errors="replace") as file:
                text = structs_of_c(file.read())
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
    order = sorted(files, key=lambda name: name.endswith(".c"))
    order = [name for name in order if name == "atop.h"] + [name for name in order if name != "atop.h"]
    if os.path.exists(os.path.join(atop, "atop.h")) and "atop.h" not in order:
        order.insert(0, "atop.h")
    lines = ["#include <%s>" % name for name in HEADERS] + ['#include "%s"' % name for name in order]
    lines += ["struct measure_long { long v; } measure_long;", "struct measure_time { time_t v; } measure_time;",
              "struct measure_align { char c; long long v; } measure_align;"]
    lines += ["struct %s measure_of_%s;" % (name, name) for name in structs]
    path = os.path.join(folder, "measure.c")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def compilers():
    """Commands that may be there; COMPILERS, if set, lists them, blanks in a command as commas."""
    if os.environ.get("COMPILERS"):
        return [word.replace(",", " ") for word in os.environ["COMPILERS"].split()]
    found = ["gcc", "gcc -m32", "clang", "clang -m32"]
    for folder in os.environ.get("PATH", "").split(":"):
        found += sorted(map(os.path.basename, glob.glob(os.path.join(folder, "*-linux-*-gcc"))))
    return list(dict.fromkeys(found))


def measure(compiler, source, structs, folder):
    """(data model, rows), or (None, what the compiler says)."""
    path = os.path.join(folder, "measure.o")
    argv = shlex.split(compiler) + ["-std=gnu11", "-w", "-g", "-gdwarf-4", "-fno-eliminate-unused-debug-types", "-c", "-iquote", folder,
                                    "-o", path, source]
    if not shutil.which(argv[0]):
        return None, "no such compiler"
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        return None, "\n".join(line for line in done.stdout.decode("utf-8", "replace").splitlines() if "error:" in line)
    debug = Debug(path)
    return model_of(debug), list(table(debug, structs))


# --- units ------------------------------------------------------------------------------------------------------

def units_of(release, model):
    """{(struct, path): unit} of a table that exists."""
    path = os.path.join(TABLES, "%s.%s.tsv" % (release, model))
    if not release or not os.path.exists(path):
        return {}
    with open(path, encoding="ascii") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return {(row[0], row[1]): row[10] for row in rows}


def unit_of(row, known):
    """The unit of a row; '?': nobody has said."""
    if row[2] == "total":
        return "bytes"
    if (row[0], row[1]) in known:
        return known[row[0], row[1]]
    return "" if row[2] == "struct" else "string" if row[5] == "char" and row[8] else "?"


def write_table(path, rows, known):
    """Writes a table. Returns the members whose unit nobody has said."""
    with open(path, "w", encoding="ascii") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for row in rows:
            file.write("\t".join(map(str, row + (unit_of(row, known),))) + "\n")
    return ["%s %s" % row[:2] for row in rows if unit_of(row, known) == "?"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", default=TABLES, help="folder of the tables")
    parser.add_argument("atop", help="folder with upstream's source")
    parser.add_argument("schema", help="the schema of the release")
    options = parser.parse_args()
    if not os.path.isdir(options.atop):
        sys.exit("measure: ATOP='%s' is not a folder: name one with the source of atop" % options.atop)
    version, extends, files, blocks = schema_facts(options.schema)
    structs = ["rawheader", "rawrecord", "utsname"] + blocks
    written, unknown, said = {}, [], []
    with tempfile.TemporaryDirectory() as folder:
        try:
            source = write_source(options.atop, files, blocks + ["rawheader", "rawrecord"], folder)
            for compiler in [each + more for each in compilers() for more in ("", TIME64)]:
                model, rows = measure(compiler, source, structs, folder)
                if model is None:
                    said.append("%s: %s" % (compiler, rows))
                elif model not in written:
                    path = os.path.join(options.output, "%s.%s.tsv" % (version, model))
                    unknown += write_table(path, rows, units_of(version, model) or units_of(extends, model))
                    written[model] = rows
                    print("wrote %s: %d rows, by %s" % (path, len(rows), compiler))
                elif written[model] != rows:
                    raise Fault("%s measures other offsets than another compiler of the model %s" % (compiler, model))
        except Fault as fault:
            sys.exit("measure: %s" % fault)
    missing = [model for model in ("lp64", "ilp32", "ilp32-t64", "i386", "i386-t64") if model not in written]
    if missing:
        print("not measured, since no compiler here has the model: %s" % " ".join(missing))
    if unknown:
        print("units to fill in instead of '?': %s" % ", ".join(dict.fromkeys(unknown)))
    if not written:
        sys.exit("measure: no compiler takes upstream's headers:\n%s" % "\n".join(said))


if __name__ == "__main__":
    main()
