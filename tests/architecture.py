"""Proves that the parts of the program know only what they may: who includes whom, what no source may say.

Reads the sources; builds nothing. The order of the generator's stages is written here and nowhere else.
"""

import glob
import os
import re
import sys

import harness

# A stage may include what stands before it and itself; what is not of a stage is anybody's.
STAGES = ["document", "keys", "expr", "schema", "resolve", "check", "layout", "emit"]
NOT_FOR_EMITTERS = ["document.h", "schema.h", "yaml.h", "keys.h", "load.h", "check.h", "resolve.h"]
FOR_GENERATED = {"codegen.h", "abi.h"}
IN_OBJECTS = {"offset", "sample"}   # keys that objects in a line have as well
FOR_BOTH = {"line_keys.h"}      # the one header of the runtime that the generator reads


def sources(folder, *endings):
    return sorted(path for ending in endings
                  for path in glob.glob(os.path.join(harness.ROOT, folder, "*" + ending)))


def hand_written():
    """Every C file that no program wrote."""
    tests = [sources("tests/" + folder, ".c", ".h")
             for folder in ("bench", "damage", "deflate", "faults", "fuzz", "prove", "sandbox", "unit/*")]
    return sources("generator", ".c", ".h") + sources("runtime", ".c", ".h") + sum(tests, [])


def includes(path):
    """Names in a file's #include "…"; with <…> the names of system headers as '<name>'."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    own = re.findall(r'^\s*#\s*include\s+"([^"]+)"', text, re.M)
    return own + ["<%s>" % name for name in re.findall(r"^\s*#\s*include\s+<([^>]+)>", text, re.M)]


def without_comments(text):
    """C text, comments blanked with their line ends kept."""
    def blank(match):
        word = match.group(0)
        return word if word[0] in "\"'" else re.sub(r"[^\n]", " ", word)

    return re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|//[^\n]*|/\*.*?\*/', blank, text, flags=re.S)


def code(path):
    with open(path, encoding="utf-8") as file:
        return without_comments(file.read())


def name_of(path):
    return os.path.relpath(path, harness.ROOT)


def stage_of(name):
    """The stage that a file or header belongs to: schema_member.c is of schema. None: a helper."""
    stem = os.path.splitext(os.path.basename(name))[0]
    return next((stage for stage in STAGES if stem == stage or stem.startswith(stage + "_")), None)


def check_stages(suite):
    """A stage includes only earlier ones; emitters see no YAML."""
    for path in sources("generator", ".c", ".h"):
        stage = stage_of(path)
        names = includes(path)
        if stage:
            later = [name for name in names if stage_of(name)
                     and STAGES.index(stage_of(name)) > STAGES.index(stage)]
            suite.equal([], later, "%s includes stages after its own" % name_of(path))
        if stage == "emit":
            bad = [name for name in names if os.path.basename(name.strip("<>")) in NOT_FOR_EMITTERS]
            suite.equal([], bad, "%s includes what emitters must not see" % name_of(path))


def check_circles(suite, folder):
    """Headers include one another without circles."""
    graph = {os.path.basename(path): includes(path) for path in sources(folder, ".h")}

    def reaches(start, goal, seen):
        return any(name == goal or name in graph and name not in seen and reaches(name, goal, seen | {name})
                   for name in graph.get(start, ()))

    circles = [name for name in graph if reaches(name, name, set())]
    suite.equal([], circles, "headers of %s in a circle" % folder)


def foreign_to(path, own):
    """Included headers, the system's aside, that are not among `own`."""
    return [name for name in includes(path) if name[0] != "<" and os.path.basename(name) not in own]


def check_borders(suite):
    """Generator, runtime and generated code include of each other only what was made for that."""
    generator = {os.path.basename(path) for path in sources("generator", ".h")}
    runtime = {os.path.basename(path) for path in sources("runtime", ".h")}
    generated = {os.path.basename(path) for path in sources("generated", ".h")}
    for path in sources("generator", ".c", ".h"):
        foreign = foreign_to(path, generator | FOR_BOTH)
        suite.equal([], foreign, "%s includes what is not the generator's" % name_of(path))
    for path in sources("runtime", ".c", ".h"):
        foreign = foreign_to(path, runtime)
        suite.equal([], foreign, "%s includes what is not the runtime's" % name_of(path))
    for path in sources("generated", ".c", ".h"):
        foreign = [name for name in includes(path) if name not in FOR_GENERATED | generated]
        suite.equal([], foreign, "%s includes what was not made for it" % name_of(path))


def check_line_keys(suite):
    """Keys of lines are printed by the names of line_keys.h, so that the generator knows them all."""
    path = os.path.join(harness.ROOT, "runtime", "line_keys.h")
    stated = re.findall(r"^#define (LINE_\w+)\t+\"(\w+)\"", code(path), re.M)
    suite.check(len(stated) > 10, "there are keys", "more than 10", stated)
    listed = re.search(r"#define LINE_KEYS\t(.*?)\n#", code(path), re.S).group(1)
    suite.equal({name for name, _ in stated}, set(re.findall(r"LINE_\w+", listed)), "keys in LINE_KEYS")
    for path in sources("runtime", ".c"):
        literal = re.findall(r'\\"(%s)(?:_hex)?\\":' % "|".join(key for _, key in stated), code(path))
        suite.equal([], [key for key in literal if key not in IN_OBJECTS],
                    "%s: keys that are not written LINE_…" % name_of(path))


def check_versions(suite):
    """No hand-written code knows a release."""
    known = [os.path.basename(path)[len("atop-"):-len(".yaml")] for path in sources("schemas", ".yaml")
             if os.path.basename(path).startswith("atop-")]
    pattern = re.compile(r"0x8(?!000)[012][0-9a-fA-F]{2}\b|(?<![\w.])(?:%s)(?![\w.])" % "|".join(
        re.escape(version).replace(r"\.", "[._]") for version in known or ["2.7"]))
    for path in sources("generator", ".c", ".h") + sources("runtime", ".c", ".h"):
        text = code(path)
        found = ["line %d: %s" % (text.count("\n", 0, match.start()) + 1, match.group(0))
                 for match in pattern.finditer(text)]
        suite.equal([], found, "%s names a release" % name_of(path))


def check_definitions(suite):
    """A function's name starts its line, so that grep '^name(' finds it."""
    same_line = re.compile(r"^(?!\s|#|else\b|typedef\b|struct\s+\w+\s*\{)"
                           r"[A-Za-z_][\w\s*]*?[\s*](\w+)\([^;{}]*\)\s*\{", re.M)
    for path in hand_written():
        found = [match.group(1) for match in same_line.finditer(code(path))
                 if "\n" not in match.group(0).split("(")[0] and match.group(1) != "__attribute__"]
        suite.equal([], found, "%s: definitions that do not start their line" % name_of(path))


def check_openings(suite):
    """Every hand-written source file opens with a comment that says what it owns."""
    for path in hand_written():
        with open(path, encoding="utf-8") as file:
            start = file.read(3)
        suite.check(start in ("/*\n", "/* "), "%s opens with a comment" % name_of(path), "/*", start)


def main():
    suite = harness.Suite(__doc__)
    suite.check(sources("generator", ".c") and sources("runtime", ".c"), "there are sources", "some", "none")
    check_stages(suite)
    for folder in ("generator", "runtime", "generated"):
        check_circles(suite, folder)
    check_borders(suite)
    check_line_keys(suite)
    check_versions(suite)
    check_definitions(suite)
    check_openings(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
