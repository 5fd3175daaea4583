"""Proves that the libraries of few runs are loaded when a run needs them, before the sandbox, and that no other run needs them."""

import lzma
import os
import re
import sys

from lib import harness, libraries
from lib.harness import OK, REFUSED, TROUBLE

NAMES = {"LIBARCHIVE": "libarchive", "SQLITE": "SQLite"}       # of the libraries in --version
FILES = {"libarchive": b"file=libarchive", "SQLite": b"file=libsqlite3"}  # in what the dynamic linker says of them


def sonames(suite):
    """{variable: soname} of the libraries that the build under test loads."""
    text = harness.read(os.path.join(suite.build, "probed.mk")).decode()
    return {variable: soname for variable, soname in re.findall(r"^(\w+)_SONAME := (\S+)$", text, re.M)
            if libraries.has(suite.program(), NAMES[variable])}


def loaded(argv, sonames_, **more):
    """Those of the libraries that a run loads, and its status; None: the dynamic linker does not say."""
    result = harness.run(argv, env=dict(os.environ, LD_DEBUG="files"), **more)
    said = set(re.findall(rb"file=(lib\S+?\.so[.\d]*)", result.err))
    return (said & {soname.encode() for soname in sonames_}, result.status) if said else None


def check_linked(suite, program):
    """A program that loads no library has those that --version names, and no other."""
    said = harness.run([program, "--version"], env=dict(os.environ, LD_DEBUG="files")).err
    for name, file in FILES.items():
        suite.equal(libraries.has(program, name), file in said, "%s is linked" % name)


def check_needed(suite, program, names):
    """Which runs load which library."""
    log = suite.examples()[0]
    packed = suite.path("packed.xz", lzma.compress(harness.read(log)))
    folder = suite.path("folder")
    os.makedirs(folder)
    for name, path in ("a", log), ("b.xz", packed), ("text", suite.path("text", b"text\n")):
        os.symlink(path, os.path.join(folder, name))
    archive, sqlite = names.get("LIBARCHIVE", ""), names.get("SQLITE", "")
    for what, words, want in (
            ("--help", ["--help"], ()), ("a log", [log], ()), ("two logs and text", [log, log, suite.path("text")], ()),
            ("info", ["info", log], ()), ("repair", ["repair", log], ()), ("carve", ["carve", log], ()), ("xz", [packed], (archive,)),
            ("info of xz", ["info", packed], (archive,)), ("xz in a folder", [folder], (archive,)), ("a pipe", ["-"], (archive,)),
            ("a database", ["--format=sqlite", "--output=" + suite.path("db"), log], (sqlite,)),
            ("--version", ["--version"], (archive, sqlite))):
        got = loaded([program, *words], names.values(), data=harness.read(log))
        if got is None:
            print("not tested: what is loaded; the dynamic linker does not say")
            return
        want = {name.encode() for name in want if name}
        suite.equal((want, REFUSED if "text" in what else OK), got, "libraries that %s loads" % what)


def check_missing(suite, program, names):
    """A library that is not installed: its place is taken by a file that is none."""
    folder, log = suite.path("libraries"), suite.examples()[0]
    os.makedirs(folder)
    for soname in names.values():
        with open(os.path.join(folder, soname), "wb") as file:
            file.write(b"no library" + bytes(4096))
    env = dict(os.environ, LD_LIBRARY_PATH=folder)
    packed = suite.path("packed", lzma.compress(harness.read(log)))
    version = harness.run([program, "--version"], env=env).out
    plain = harness.run([program, log], env=env)
    suite.equal((OK, b"", harness.run([program, log]).out), (plain.status, plain.err, plain.out), "a log, without the libraries")
    if "LIBARCHIVE" in names:
        suite.check(b"\narchives: no libarchive: it is not installed\n" in version, "--version without libarchive", "no libarchive", version)
        for words in [packed], ["info", packed], ["repair", packed]:
            result = harness.run([program, *words], env=env)
            suite.equal((REFUSED, b"atopdump: %s: not an atop log, but xz-compressed data; try: xz -dc %s | atopdump\n" %
                         (os.fsencode(packed), os.fsencode(packed))), (result.status, result.err), "%s of xz without libarchive" % words[0])
    if "SQLITE" in names:
        suite.check(b", no SQLite: it is not installed\n" in version, "--version without SQLite", "no SQLite", version)
        path = suite.path("none.db")
        result = harness.run([program, "--format=sqlite", "--output=" + path, log], env=env)
        suite.check(result.status == TROUBLE and not os.path.exists(path) and result.err.startswith(
            b"atopdump: --format=sqlite needs the library of SQLite, which is not installed\n"), "a database without SQLite",
            "a message, and no file", result)


def main():
    suite = harness.Suite(__doc__)
    program, names = suite.program(), sonames(suite)
    if not names:
        print("not tested: libraries that are loaded; this build links them, or is without them")
        check_linked(suite, program)
    else:
        check_needed(suite, program, names)
        check_missing(suite, program, names)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
