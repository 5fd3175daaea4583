"""Proves what the first word of the command line does: verbs, their old spellings as options, files with the name of a
verb, and the options that a verb refuses.
"""

import os
import re
import shutil
import sys

from lib import harness

VERBS = ("dump", "carve", "repair", "list", "schema", "info", "describe", "timeline", "gaps", "verify", "report")
READERS = ("dump", "carve", "repair", "info", "timeline", "gaps", "report")                     # verbs that read logs
OLD_SPELLINGS = ("carve", "list")                                  # options that the help does not show
USAGE = 1
OPTION = r"^  (?:-\w,|   ) --([\w-]+)(=?)"
VALUES = {"as": "duckdb", "host-by": "name", "flags": "names", "time": "iso", "format": "json", "schema": "2.7", "tables": "tstat"}     # of options that take no "1"


def run(suite, *words, **more):
    return harness.run([suite.program("atopdump-static"), *words], **more)


def same(suite, what, first, second, status=0, **more):
    """Two command lines give the same output, messages and status; there is output."""
    one, two = run(suite, *first, **more), run(suite, *second, **more)
    suite.equal((status, one.out, one.err), (two.status, two.out, two.err), what, harness.shell([suite.program("atopdump-static"), *second]))
    suite.check(one.status == status and one.out, what + ": there is output", "exit %d" % status,
                "exit %d, %d bytes" % (one.status, len(one.out)))


def check_spellings(suite, log):
    same(suite, "list", ["list"], ["--list"])
    same(suite, "carve", ["carve", log], ["--carve", log])
    same(suite, "carve, the option last", ["carve", "--tables=tstat", log], ["--tables=tstat", log, "--carve"])
    same(suite, "dump", [log], ["dump", log])
    same(suite, "dump of standard input", ["-j1"], ["dump", "-j1", "-"], data=harness.read(log))


def check_names(suite, log):
    """In a folder with logs that have the names of verbs."""
    folder = suite.path("names")
    os.mkdir(folder)
    wanted = run(suite, log).out
    for verb in VERBS:
        shutil.copy(log, os.path.join(folder, verb))
        for words in (["./" + verb], ["--", verb], ["dump", verb], ["-j1", verb]):
            got = run(suite, *words, cwd=folder)
            suite.equal((0, wanted), (got.status, got.out), "a log called %s: %s" % (verb, words))
    listing = run(suite, "list").out
    suite.equal(listing, run(suite, "list", cwd=folder).out, "the verb goes before a file of its name")


def check_refused(suite, log):
    for words, message in ((["list", log], b"list takes no FILE"), (["repair", log, log], b"repair takes one FILE at a time"),
                           (["schema", "2.7", "2.8"], b"schema takes one RELEASE at a time"),
                           (["repair", "--strict", log], b"--strict does not go with repair; it goes with dump, carve, timeline, report"),
                           (["--part=1", log], b"--part does not go with dump; it goes with repair"),
                           (["repare", log], b"no file 'repare'; did you mean the verb 'repair'?"),
                           (["carve", "--tbales=tstat", log], b"unknown option '--tbales'; did you mean '--tables'?")):
        got = run(suite, *words)
        suite.equal((USAGE, b"", b"atopdump: " + message + b"\nTry 'atopdump --help'.\n"), (got.status, got.out, got.err),
                    "refused: %s" % words[:2])


def check_help(suite):
    """The help of a verb has each option that it takes and no other. The short help has a line for each verb and fits a terminal."""
    text = run(suite, "--help").out.decode()
    own = {verb: run(suite, verb, "--help") for verb in VERBS}
    listed = {verb: re.findall(OPTION, own[verb].out.decode(), re.M) for verb in VERBS}
    every = sorted(set(sum(listed.values(), [(name, "") for name in OLD_SPELLINGS])))
    suite.check(len(every) > 30, "the help has options", "more than 30", every)
    for verb in VERBS:
        suite.check("\n  %-8s " % verb in text, "the help names %s" % verb, verb, text)
        taken = [name for name, value in every if name not in OLD_SPELLINGS and takes(suite, verb, name, value)]
        suite.equal((0, taken), (own[verb].status, sorted(name for name, _ in listed[verb])), "the options in the help of %s" % verb)
        check_width(suite, verb + " --help", own[verb].out.decode())
        suite.equal(verb in READERS, b"Exit status:" in own[verb].out, "the help of %s has the exit statuses of logs" % verb)
    check_width(suite, "--help", text)
    suite.check(text.count("\n") <= 50, "lines of the short help", "50 at most", text.count("\n"))
    brief = re.findall(OPTION, text, re.M)
    suite.check(len(brief) > 20 and set(brief) <= set(listed["dump"]), "options of the short help", "some of those of dump", brief)


def check_width(suite, what, text):
    suite.equal([], [line for line in text.splitlines() if len(line) > 80], what + ": lines of more than 80 columns")


def takes(suite, verb, name, value):
    word = "--" + name + value + (VALUES.get(name, "1") if value else "")
    return b"does not go with %s" % verb.encode() not in run(suite, verb, word, cwd=suite.path("names")).err


def main():
    suite = harness.Suite(__doc__)
    log = suite.examples()[0]
    check_spellings(suite, log)
    check_names(suite, log)
    check_refused(suite, log)
    check_help(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
