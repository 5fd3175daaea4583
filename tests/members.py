"""Proves that every member of every struct of real logs is printed correctly: compares facts.py's values with the JSON.

Each line is compared as a whole, keys and their order included, with and without --reserved, and must parse
with the json module and with jq where there is one.
"""

import os
import shutil
import sys

from lib import contract, facts, harness


def compare(program, path, tables, reserved):
    """(good, what, expected, got, command) of one log printed one way."""
    argv = [program] + ["--reserved"] * reserved + [path]
    what = "%s%s" % (os.path.basename(path), " --reserved" if reserved else "")
    result = harness.run(argv)
    if result.status or result.err:
        return False, what, "exit 0, nothing said", "exit %d, %r" % (result.status,
                                                                     result.err), harness.shell(argv)
    expected = contract.lines_of(facts.Log(harness.read(path), tables), reserved)
    wrong = contract.first_difference(expected, result.out)
    if wrong:
        number, place, one, other = wrong
        return (False, "%s: line %d, %s" % (what, number, place), repr(one), repr(other),
                "%s | sed -n %dp" % (harness.shell(argv), number))
    return True, what, "", "", ""


def compare_jq(program, path):
    """jq reads every line and finds an object on each."""
    argv = [program, path]
    result = harness.run(argv)
    command = ["jq", "-c", "type"]
    read = harness.run(command, data=result.out)
    expected = b'"object"\n' * result.out.count(b"\n")
    return (read.status == 0 and read.out == expected, "jq reads " + os.path.basename(path),
            "%d objects" % result.out.count(b"\n"), "exit %d, %d objects, %r" %
            (read.status, read.out.count(b'"object"'), read.err),
            "%s | %s" % (harness.shell(argv), harness.shell(command)))


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program()
    tables = facts.load_tables()
    logs = suite.examples()
    suite.check(logs, "there are logs", "example_data/*.raw", "none")
    for path in logs:
        for reserved in (False, True):
            suite.check(*compare(program, path, tables, reserved))
        if shutil.which("jq"):
            suite.check(*compare_jq(program, path))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
