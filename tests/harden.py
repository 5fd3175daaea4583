"""Proves that programs are hardened as the compiler can, that HARDEN=no and given flags decide, that no folder is in them, and that
little of atopdump is relocated when it starts.

Programs that are built are read. What is compiled here is two files, in two folders; make check-packaging compares all that is
packaged. Libraries are not probed.
"""

import os
import re
import shutil
import subprocess
import sys

from lib import harness

PROGRAMS = ("atopdump", "atopgen")
SETTINGS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CFLAGS", "CPPFLAGS", "LDFLAGS", "CC", "HARDEN")
COPIED = ("Makefile", "make", "tests/build.mk", "setup.sh", "expr", "runtime")
# Bytes of static data with pointers. Each page of it costs a page fault whenever the program starts.
RELOCATED_MAX = 200 << 10
OBJECTS = ("obj/expr/parse.o", "pic/runtime/rawlog/io/inflate.o")


def copy_sources(folder):
    """The sources that OBJECTS need. Make knows no library then, and probes none."""
    for copied in COPIED:
        source, copy = os.path.join(harness.ROOT, copied), os.path.join(folder, copied)
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, copy)
    with open(os.path.join(folder, "make", "libraries"), "w", encoding="utf-8"):
        pass


def probe(folder, **env):
    """{variable: value} of what make/probe.sh prints."""
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = harness.run(["sh", os.path.join(folder, "make", "probe.sh")], env={**clean, **env})
    return dict(re.findall(r"^(\w+) :?= *(.*?) *$", done.out.decode(), re.M))


def stated(suite):
    """{variable: value} of the build under test."""
    return dict(re.findall(r"^(\w+) :?= *(.*?) *$", harness.read(os.path.join(suite.build, "probed.mk")).decode(), re.M))


def check_program(suite, name):
    """What each flag that the build had shows in the program."""
    path, flags = suite.program(name), stated(suite)
    dynamic = harness.run(["readelf", "-dlhW", path]).out.decode()
    symbols = harness.run(["nm", "-D", "--undefined-only", path]).out.decode()
    shown = {
        "-Wl,-z,relro": "GNU_RELRO" in dynamic, "-Wl,-z,now": "BIND_NOW" in dynamic,
        "-pie": bool(re.search(r"Flags:.* PIE", dynamic)), "-fstack-protector-strong": "__stack_chk_fail" in symbols,
        "-D_FORTIFY_SOURCE=3": "_chk@" in symbols, "-D_FORTIFY_SOURCE=2": "_chk@" in symbols,
    }
    wanted = " ".join(flags[name] for name in ("HARDEN_CFLAGS", "HARDEN_LDFLAGS", "PIE_LDFLAGS")).split()
    for flag in wanted:
        suite.check(shown.get(flag, True), "%s, built with %s" % (name, flag), "to be seen in it", "it is not")
    suite.check(not re.search(r"GNU_STACK .* RWE", dynamic), "stack of %s" % name, "not executable", dynamic[-400:])
    if flags["MAPS_PATHS"]:
        suite.check(harness.ROOT.encode() not in harness.read(path), "folder of the sources in " + name, "not in it", "in it")


def check_relocated(suite):
    """Tables of text hold offsets instead of pointers: little is left to relocate."""
    sections = harness.run(["readelf", "-SW", suite.program("atopdump")]).out.decode()
    sizes = re.findall(r" \.data\.rel\.ro +PROGBITS +\w+ +\w+ +(\w+) ", sections)
    size = sum(int(size, 16) for size in sizes)
    suite.check(len(sizes) == 1 and size <= RELOCATED_MAX, "static data with pointers in atopdump",
                "at most %d bytes" % RELOCATED_MAX, size)


def check_given(suite, folder):
    """HARDEN=no, flags that are given, and sanitizers leave flags out; they stand before those given."""
    usual = probe(folder, CFLAGS="-O2")
    suite.check("-fstack-protector-strong" in usual["HARDEN_CFLAGS"] and "-Wl,-z,now" in usual["HARDEN_LDFLAGS"],
                "flags of an ordinary build", "stack protector, binding at the start", usual)
    for given in ({"HARDEN": "no"}, {"CFLAGS": "-O1 -fsanitize=address"}):
        found = probe(folder, **given)
        suite.equal(["", "", "", ""], [found[name] for name in ("HARDEN_CFLAGS", "HARDEN_LDFLAGS", "PIE_CFLAGS", "PIE_LDFLAGS")],
                    "flags with %s" % given)
    suite.check("_FORTIFY_SOURCE" not in probe(folder, CFLAGS="-O2 -D_FORTIFY_SOURCE=1")["HARDEN_CFLAGS"], "_FORTIFY_SOURCE that is given",
                "not defined again", "defined")
    suite.equal("", probe(folder, CFLAGS="-O2", LDFLAGS="-static")["PIE_LDFLAGS"], "-pie of a static program")
    commands = make(folder, ["-n", "V=1", "BUILD=given", "given/obj/expr/parse.o", "CFLAGS=-O1 -fno-stack-protector",
                             "LDFLAGS=-Wl,-z,lazy"])
    line = next((line for line in commands.splitlines() if "parse.c" in line and "-c" in line), "")
    suite.check(0 < line.find("-fstack-protector-strong") < line.find("-fno-stack-protector"), "order of flags",
                "those given stand last", line)


def make(folder, words):
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = subprocess.run(["make", "-C", folder, *words], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode("utf-8", "replace")


def check_folders(suite, folders):
    """The same sources give the same bytes in two folders."""
    objects = []
    for folder in folders:
        if os.path.exists(os.path.join(folders[0], "build")):       # what was probed is the same in each folder
            os.makedirs(os.path.join(folder, "build"))
            shutil.copy(os.path.join(folders[0], "build", "probed.mk"), os.path.join(folder, "build"))
        text = make(folder, ["CFLAGS=-O1 -g", "ZLIB=yes", *("build/" + name for name in OBJECTS)])
        paths = [os.path.join(folder, "build", name) for name in OBJECTS]
        if suite.check(all(map(os.path.exists, paths)), "objects in " + folder, "made", text[-400:]):
            objects.append([harness.read(path) for path in paths])
    suite.check(len(objects) == 2 and objects[0] == objects[1], "objects of two folders", "the same bytes", "others")


def main():
    suite = harness.Suite(__doc__)
    for name in PROGRAMS:
        check_program(suite, name)
    if stated(suite)["PIE_LDFLAGS"]:
        check_relocated(suite)
    folders = [suite.path(name) for name in ("one", "another/folder")]
    for folder in folders:
        copy_sources(folder)
    check_given(suite, folders[0])
    if stated(suite)["MAPS_PATHS"]:
        check_folders(suite, folders)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
