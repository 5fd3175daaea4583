"""Proves that atopdump gives for each log of tests/cases the status, messages and output stored with it (cases/README.md).

    python3 tests/cases.py [--build DIR] [NAME…]            runs all cases, or those that are named
    python3 tests/cases.py --accept NAME…                   makes their current output the expected one
"""

import json
import os
import re
import sys

from lib import edits, facts, harness, libraries

CASES = os.path.join(harness.TESTS, "cases")
FILES = ("args", "input", "expect.status", "expect.err", "expect.out", "expect.lines")
SHORT = 4096            # bytes of output that --accept keeps whole


class Case:
    """A folder of tests/cases, and what the program does with it."""

    def __init__(self, suite, name, tables):
        self.suite, self.name = suite, name
        self.folder = os.path.join(CASES, name)
        self.log = self.make_log(tables)
        words = (self.text("args") or "LOG").split()
        self.feed = "<LOG" in words         # LOG is given on standard input
        self.argv = [suite.program()] + [self.log if word == "LOG" else word for word in words if word != "<LOG"]
        more = {"data": harness.read(self.log)} if self.feed else {}
        self.result = harness.run(self.argv, notes=True, **more)
        self.again = harness.shell(self.argv + ([harness.Syntax("<"), self.log] if self.feed else []))

    def text(self, name):
        """A file of the case; None: it has none."""
        path = os.path.join(self.folder, name)
        return harness.read(path).decode("utf-8") if os.path.exists(path) else None

    def make_log(self, tables):
        """The path of LOG: made from `input`, or the one file of the folder that is no part of the case's text."""
        text = self.text("input")
        if text is None:
            others = sorted(set(os.listdir(self.folder)) - set(FILES))
            return os.path.join(self.folder, others[0]) if others else os.path.join(self.folder, "LOG")
        return self.suite.path(self.name + ".raw", edits.make(text, self.folder, tables))

    def printed(self, data):
        """Output or messages, with LOG for the log's path."""
        return data.decode("utf-8", "replace").replace(self.log, "LOG")

    def equal(self, name, got):
        expected = self.text(name)
        if expected is not None:
            expected = libraries.formats_listed(self.suite.program(), expected)
            self.suite.equal(expected, got, "%s: %s" % (self.name, name), self.again)

    def check(self):
        """Compares; what is expected must say the status, and something of the output or messages."""
        if self.text("expect.status") is None or not any(map(self.text, FILES[3:])):
            self.suite.check(False, self.name, "expect.status, and expect.err, expect.out or expect.lines that is not empty",
                             "no expectation", "python3 tests/cases.py --accept %s" % self.name)
        self.equal("expect.status", "%d\n" % self.result.status)
        self.equal("expect.err", self.printed(self.result.err))
        self.equal("expect.out", self.printed(self.result.out))
        conditions = (self.text("expect.lines") or "").splitlines()
        for condition in conditions:
            if condition.strip() and not condition.startswith("#"):
                self.check_condition(condition)

    def check_condition(self, condition):
        """A Python expression of `lines`, `of`, `out` and `err` that must be true."""
        names = {"out": self.printed(self.result.out), "err": self.printed(self.result.err)}
        try:
            lines = [json.loads(line) for line in names["out"].splitlines()] if re.search(r"\blines\b|\bof\(", condition) \
                else []
            names.update(lines=lines, of=lambda key: [line[key] for line in lines if key in line])
            got = eval(condition, names)        # cases are as trusted as this file
        except Exception as error:              # whatever is wrong with the output or the expression
            got = "%s: %s" % (type(error).__name__, error)
        shown = " == ".join(str(eval(side, names)) for side in condition.split(" == ")) \
            if got is False and condition.count(" == ") == 1 else got
        self.suite.check(got is True, "%s: %s" % (self.name, condition), "True", shown, self.again)

    def accept(self):
        """Writes the expectations; what is too long to be read as a whole needs conditions, which a person writes."""
        write = {"expect.status": "%d\n" % self.result.status, "expect.err": self.printed(self.result.err)}
        out = self.printed(self.result.out)
        if self.text("expect.out") is not None or self.text("expect.lines") is None and len(out) <= SHORT:
            write["expect.out"] = out
        elif self.text("expect.lines") is None:
            print("%s: %d bytes of output: say in expect.lines what must be true of them" % (self.name, len(out)))
        for name, text in write.items():
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.suite.check(True, self.name)


def main():
    suite = harness.Suite(__doc__, files=True, accept="write what is expected anew")
    tables = facts.load_tables()
    known = sorted(name for name in os.listdir(CASES) if os.path.isdir(os.path.join(CASES, name)))
    for name in suite.options.files or known:
        try:
            case = Case(suite, name, tables)
        except (edits.Mistake, OSError) as error:
            suite.check(False, name, "a case", error, "see tests/cases/README.md")
            continue
        case.accept() if suite.options.accept else case.check()
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
