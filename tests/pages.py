"""Proves that the manual pages and completions are right: no complaint of mandoc, every option with an example that runs.

The pages are those of the build (make man). Options come from the programs' tables, so one that is added shows up here.
"""

import os
import re
import shutil
import sys

from lib import harness, libraries

PAGES = ("atopdump.1", "atopgen.1", "rawlog.3", "atop-rawlog.5", "atop-schema.5", "atop-fields.7")
PROGRAMS = ("atopdump", "atopgen")
LOG = os.path.join(harness.EXAMPLES, "atop-2.7.1.raw")
REPORTS = {"carve"}     # options whose use is to report something
SHELLS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}
COMPLETED = {   # words typed: what bash must offer, among others
    "atopdump --for": "--format=", "atopdump --format=c": "csv", "atopdump --tables tst": "tstat", "atopdump inf": "info",
    "atopdump info --format=te": "text", "atopdump schema --as post": "postgresql", "atopdump --tables=rawheader,sst": "rawheader,sstat",
    "atopdump --by gen_na": "gen_name", "atopdump --schema 2.1": "2.13", "atopgen gen": "generate", "atopgen tables --as spa": "spark",
}


def man(suite, name):
    return suite.program(os.path.join("man", name))


def options(suite, program):
    """(name, letter or None) of each option."""
    lines = harness.run([man(suite, program + "_page"), "list"]).out.decode().splitlines()
    return [(name, None if letter == "-" else letter) for name, letter in map(str.split, lines)]


def examples():
    """{(program, option): [command]}"""
    found = {}
    with open(os.path.join(harness.ROOT, "man", "examples"), encoding="utf-8") as file:
        for line in file:
            if line[0] != "#":
                program, option, command = line.rstrip("\n").split(" ", 2)
                found.setdefault((program, option), []).append(command)
    return found


def check_lint(suite):
    if not shutil.which("mandoc"):
        print("not tested: manual pages, since there is no mandoc")
        return
    for name in PAGES:
        result = harness.run(["mandoc", "-Tlint", "-Wstyle", man(suite, name)])
        lines = [line for line in result.out.decode().splitlines() if "referenced manual not found" not in line]
        suite.equal([], lines[:5], "what mandoc says of " + name)


def check_options(suite, program):
    """The page has each option; its help has it too, and it has an example."""
    page = harness.read(man(suite, program + ".1")).decode()
    known, given = options(suite, program), examples()
    suite.check(len(known) > 5, "options of " + program, "more than 5", known)
    for name, letter in known:
        item = r"^\.It (Fl %s , )?Fl \\-%s( |$)" % (re.escape(letter) if letter else "x", re.escape(name))
        suite.check(re.search(item, page, re.M), "--%s in %s(1)" % (name, program), "an item", "none")
        for command in given.get((program, name), [None]):
            word = command and re.search(r"(^| )(--%s\b|-%s\b)" % (name, letter or "-" + name), command)
            suite.check(word, "example of %s --%s" % (program, name), "one in man/examples that has it", command)
    suite.equal([], sorted(option for of, option in given if of == program and option not in dict(known)),
                "examples of options that %s does not have" % program)


def check_forms(suite):
    """The page explains the forms that verbs have for themselves."""
    page = harness.read(man(suite, "atopdump.1")).decode()
    for verb, forms in (("info", ["text", "json", "csv"]), ("describe", ["text", "json"]), ("gaps", ["text", "json", "csv"]), ("timeline", ["json", "csv", "sqlite", "bodyfile", "timesketch", "ecs", "tree"])):
        if not libraries.has(suite.program(), "SQLite"):
            forms = [form for form in forms if form != "sqlite"]
        text = re.search(r"^\.It Ic %s$.*?(?=^\.It Ic |^\.Sh )" % verb, page, re.M | re.S).group()
        suite.equal(forms, re.findall(r"^\.It Cm (\w+)$", text, re.M), "forms of the output of %s" % verb)


def check_examples(suite):
    """Each example runs, with status 0 and without a complaint."""
    folder = suite.path("examples")
    os.mkdir(folder)
    for name in ("schemas", "generated"):
        os.symlink(os.path.join(harness.ROOT, name), os.path.join(folder, name))
    shutil.copy(LOG, os.path.join(folder, "LOG"))
    for name, end in (("NAMES", b"\n"), ("NAMES0", b"\0")):
        suite.path("examples/" + name, b"LOG" + end)
    env = {**os.environ, "PATH": suite.build + ":" + os.environ["PATH"]}
    for (program, option), commands in examples().items():
        for command in commands:
            lacks = libraries.missing(suite.program(), command)
            if lacks:
                print("not tested: %s (this build is without %s)" % (command, ", ".join(lacks)))
                continue
            result = harness.run(["sh", "-c", command], cwd=folder, env=env)
            quiet = not result.err or option in REPORTS
            suite.check(result.status == 0 and quiet, command, "status 0, no message", (result.status, result.err[:300]))


def check_keys(suite):
    """atop-schema(5) has every key that the schema language has."""
    with open(os.path.join(harness.ROOT, "schemas", "README.md"), encoding="utf-8") as file:
        text = file.read()
    keys = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]*`) \|", text.split("### Checks")[0], re.M))))
    page = re.sub(r" [,.]", "", harness.read(man(suite, "atop-schema.5")).decode())
    named = set(re.findall(r"\w+", " ".join(re.findall(r"^\.(?:It )?Cm (.*)", page, re.M))))
    suite.check(len(keys) > 10, "keys in schemas/README.md", "more than 10", keys)
    suite.equal([], sorted(keys - named), "keys that atop-schema(5) does not have")
    unknown = harness.run([suite.program("atopgen"), "check", suite.path("atop-9.9.yaml", b"nosuchkey: 1\n")]).err.decode()
    known = re.search(r"\(known: (.*?)\)", unknown)
    suite.check(known, "keys that atopgen knows", "a list", unknown)
    suite.equal([], sorted(set(known.group(1).split(", ")) - named) if known else None, "keys of a schema missing in atop-schema(5)")


def check_columns(suite):
    """atop-fields(7) has every member in the lock of published columns."""
    page = harness.read(man(suite, "atop-fields.7")).decode().replace("\\&", "")
    words = set(re.findall(r"\w+", page))
    with open(os.path.join(harness.ROOT, "generated", "tables.lock"), encoding="utf-8") as file:
        columns = {line.split("\t")[2] for line in file if line[0].isdigit()}
    suite.equal([], sorted(name for name in columns if name not in words and not name.endswith("_bytes"))[:5],
                "columns that atop-fields(7) does not have")


def offered(suite, line):
    """What bash offers for a command line."""
    script = """
source %s; source %s; compopt() { :; }
line=$1; read -ra COMP_WORDS <<<"${line//=/ = }"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_${COMP_WORDS[0]}; printf '%%s\\n' "${COMPREPLY[@]}"
""" % (man(suite, "atopdump.bash"), man(suite, "atopgen.bash"))
    return harness.run(["bash", "-c", script, "bash", line]).out.decode().split()


def check_completions(suite):
    for program in PROGRAMS:
        for shell, command in SHELLS.items():
            path = man(suite, "%s.%s" % (program, shell))
            text = harness.read(path).decode()
            for name, _ in options(suite, program):
                suite.check(re.search(r"\b%s\b" % re.escape(name), text), "--%s in %s" % (name, os.path.basename(path)), "named", "not")
            if not shutil.which(shell):
                print("not tested: completions of %s, since there is no such shell" % shell)
                continue
            result = harness.run([*command, path])
            suite.equal((0, b""), (result.status, result.err), "what %s says of %s" % (shell, os.path.basename(path)))
    if shutil.which("bash"):
        for line, expected in COMPLETED.items():
            suite.check(expected in offered(suite, line), "bash, '%s'" % line, expected, offered(suite, line)[:20])


def main():
    suite = harness.Suite(__doc__)
    check_lint(suite)
    for program in PROGRAMS:
        check_options(suite, program)
    check_forms(suite)
    check_examples(suite)
    check_keys(suite)
    check_columns(suite)
    check_completions(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
