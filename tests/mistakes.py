"""Proves that each mistake of data/mistakes.txt gives its message and status, and writes no output."""

import os
import shlex
import sys

from lib import harness, libraries

LOG, OTHER = "atop-2.7.1.raw", "atop-2.10.0.raw"     # of example_data
TABLE = os.path.join(harness.ROOT, "tests", "data", "mistakes.txt")
PROGRAMS = {"atopdump": "atopdump-static", "atopgen": "atopgen"}
LEAST = 40


def mistakes():
    """(status, command, lines of the message) of each entry: '1 $ atopdump --fomat', and the message below it."""
    found = []
    with open(TABLE, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            if line[1:4] == " $ ":
                found.append((int(line[0]), line[4:].rstrip("\n"), []))
            else:
                found[-1][2].append(line)
    return found


def make_folder(suite):
    """A folder with what the commands name."""
    folder = suite.path("folder")
    os.makedirs(os.path.join(folder, "logs"))
    data = harness.read(os.path.join(harness.EXAMPLES, LOG))
    unknown = bytearray(data)
    unknown[12:14] = b"\xff\x7f"    # rawreclen
    for name, bytes_ in (("LOG", data), ("OTHER", harness.read(os.path.join(harness.EXAMPLES, OTHER))), ("text", b"some text\n"),
                         ("empty", b""), ("cut", data[:200]), ("logs/good", data), ("logs/unknown", bytes(unknown)),
                         ("noise", bytes(range(1, 250)) * 20), ("db", b"SQLite format 3\0" + bytes(4096))):
        suite.path("folder/" + name, bytes_)
    for name in ("schemas", "generated"):
        os.symlink(os.path.join(harness.ROOT, name), os.path.join(folder, name))
    return folder


def main():
    suite = harness.Suite(__doc__)
    folder, table = make_folder(suite), mistakes()
    before = sorted(os.listdir(folder))
    atopdump = suite.program(PROGRAMS["atopdump"])
    suite.check(len(table) >= LEAST, "mistakes in the table", LEAST, len(table))
    for status, command, lines in table:
        lacks = libraries.missing(atopdump, command)
        if lacks:
            print("not tested: %s (this build is without %s)" % (command, ", ".join(lacks)))
            continue
        program, *words = shlex.split(command)
        result = harness.run([suite.program(PROGRAMS[program]), *words], cwd=folder)
        wanted = libraries.formats_listed(atopdump, "".join(lines))
        suite.equal((status, b"", wanted), (result.status, result.out, result.err.decode()), command)
        suite.equal(before, sorted(os.listdir(folder)), command + ": files")
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
