"""Proves that the parts of the program include only the headers that they may, and that no source has a forbidden word.

Reads the sources; builds nothing. The rules of inclusion are stated only here.
"""

import glob
import os
import re
import sys

from lib import harness

# Who may include whom. A room (or one file of it, named first) may include headers of its own room, the rooms and
# headers listed, and the system's. "room/*" is the room and the rooms in it.
MAY_INCLUDE = {
    "expr": [],
    "ddl": [],
    "runtime/load": [],
    "runtime/rawlog/base": [],
    "runtime/rawlog/io": ["runtime/rawlog/base"],
    "runtime/rawlog/catalog": ["runtime/rawlog/base"],
    "runtime/rawlog/log": ["runtime/rawlog/base", "runtime/rawlog/io", "runtime/rawlog/catalog", "runtime/rawlog/rawlog.h",
                           "runtime/rawlog/rawlog_pack.h", "runtime/rawlog/rawlog_source.h"],
    "runtime/rawlog": ["runtime/rawlog/base", "runtime/rawlog/io", "runtime/rawlog/catalog", "runtime/rawlog/log"],
    "runtime/rawlog/write": ["runtime/rawlog/*"],
    "runtime/print/text": ["runtime/rawlog/base", "runtime/rawlog/io/writer.h", "runtime/rawlog/catalog"],
    "runtime/print/label": ["runtime/rawlog/base", "runtime/print/text", "runtime/print/query/calendar.h", "runtime/print/query/zone.h",
                             "runtime/rawlog/io/writer.h", "runtime/rawlog/catalog", "runtime/rawlog/log/row.h"],
    # values.h has the values of compiled expressions, which views share with labels.
    "runtime/print/query": ["runtime/print/text/values.h", "runtime/print/label/label_choice.h", "runtime/rawlog/log/row.h",
                            "runtime/rawlog/log/damage.h", "runtime/rawlog/base", "runtime/rawlog/catalog", "expr"],
    "runtime/print/format": ["ddl", "runtime/load", "runtime/print/text", "runtime/print/query", "runtime/print/label", "runtime/rawlog/base",
                             "runtime/rawlog/io/writer.h", "runtime/rawlog/catalog", "runtime/rawlog/log/damage.h",
                             "runtime/rawlog/rawlog.h", "runtime/rawlog/log/row.h"],
    "runtime/atopdump/dump": ["runtime/load", "runtime/print/text/put.h", "runtime/print/query", "runtime/print/format", "runtime/rawlog/rawlog.h",
                              "runtime/rawlog/rawlog_rows.h", "runtime/rawlog/rawlog_pack.h", "runtime/rawlog/rawlog_source.h",
                              "runtime/rawlog/log/damage.h", "runtime/rawlog/log/row.h"],
    "runtime/atopdump/report": ["ddl", "runtime/print/*", "runtime/atopdump/dump", "runtime/rawlog/rawlog.h",
                                "runtime/rawlog/io/writer.h", "runtime/rawlog/io/watch.h",
                                "runtime/rawlog/catalog", "runtime/rawlog/log/damage.h", "runtime/rawlog/log/row.h"],
    "runtime/atopdump/page": ["runtime/print/*", "runtime/atopdump/report", "runtime/atopdump/dump", "runtime/rawlog/rawlog.h",
                              "runtime/rawlog/io/writer.h", "runtime/rawlog/catalog", "runtime/rawlog/log/damage.h", "runtime/rawlog/log/row.h"],
    "runtime/atopdump/cli": ["ddl", "runtime/atopdump/*", "runtime/print/*", "runtime/rawlog/rawlog.h", "runtime/rawlog/base",
                             "runtime/rawlog/catalog", "runtime/rawlog/write"],
    "duckdb": ["runtime/print/text", "runtime/print/query", "runtime/rawlog/rawlog.h", "runtime/rawlog/rawlog_rows.h", "runtime/rawlog/rawlog_pack.h",
               "runtime/rawlog/io/writer.h", "runtime/rawlog/catalog", "runtime/rawlog/log/damage.h"],
    "generator/base": [],
    # table_columns.h has the columns that are no members: one of the three headers of the runtime that the generator reads.
    "generator/model": ["generator/base", "expr", "runtime/rawlog/catalog/table_columns.h"],
    "generator/read": ["generator/base", "generator/model", "expr"],
    # line_keys.h has the keys of lines, process_columns.h the columns of a process: the other two.
    "generator/check": ["generator/base", "generator/model", "expr", "runtime/print/format/line_keys.h",
                        "runtime/atopdump/report/process_columns.h"],
    "generator/emit": ["generator/base", "generator/model", "expr"],
    "generator/verb": ["generator/base", "generator/model", "generator/emit", "ddl"],
    "generator": ["generator/*", "ddl"],
    "generated": ["runtime/rawlog/catalog/codegen.h", "runtime/rawlog/catalog/columns.h", "runtime/rawlog/catalog/reference.h"],
    "generated printers": ["runtime/print/text/codegen.h", "runtime/print/label/codegen.h", "generated"],
    "generated hints": ["runtime/atopdump/report/suspect.h"],
    "generated statements": ["runtime/print/format/view_sql.h"],
    "generated view printers": ["runtime/print/format/view_printer.h", "runtime/print/text/codegen.h", "generated", "generated views"],
    "generated views": ["runtime/print/query/view_codegen.h", "runtime/print/query/view.h", "generated"],
}
# The files that include a library's header.
USERS = {
    "<yaml.h>": ["generator/read/document.c"],
    "<zlib.h>": ["runtime/print/format/deflate.c", "runtime/rawlog/io/inflate.c", "runtime/rawlog/io/zstream.h"],
    "<libdeflate.h>": ["runtime/print/format/deflate.c", "runtime/rawlog/io/inflate.c"],
    "<archive.h>": ["runtime/atopdump/dump/archive_library.h"],
    "<archive_entry.h>": ["runtime/atopdump/dump/archive_library.h"],
    "<dlfcn.h>": ["runtime/load/library.c"],
    "<duckdb_extension.h>": ["duckdb/engine.h"],
    "<nettle/sha2.h>": ["runtime/atopdump/dump/digest.c"],
    "<sqlite3.h>": ["runtime/print/format/sqlite_library.h"],
}
MESSAGES_IN = "runtime/atopdump/cli/message.c"
FILE_LINES_MAX = 500        # of a C file that no program wrote
FUNCTION_LINES_MAX = 60     # of a function in it, from its opening brace to its closing one
IN_OBJECTS = {"offset", "sample"}   # keys that objects in a line have as well


def sources(folder, *endings):
    """The files below a folder with one of the endings."""
    return sorted(path for ending in endings
                  for path in glob.glob(os.path.join(harness.ROOT, folder, "**", "*" + ending), recursive=True))


def wings():
    """The C files of the programs that no program wrote."""
    return sum((sources(folder, ".c", ".h") for folder in ("ddl", "duckdb", "expr", "generator", "runtime")), [])


def hand_written():
    """Every C file that no program wrote."""
    tests = [sources("tests/" + folder, ".c", ".h")
             for folder in ("bench", "damage", "deflate", "faults", "fuzz", "meter", "progress", "prove", "sandbox", "unit")]
    return wings() + sources("man", ".c", ".h") + sum(tests, [])


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


def room_of(name):
    """The room of a file: its folder; of a generated file whether it prints."""
    room = os.path.dirname(name)
    if room.startswith("generated"):
        return "generated printers" if re.search(r"/(print\.h|json\.c|rows\.[ch]|printers\.c|labels\.[ch])$", name) else \
            "generated hints" if name == "generated/suspect.c" else "generated statements" if name == "generated/sql_views.c" else \
            "generated view printers" if re.search(r"/view_(rows|printers)\.[ch]$", name) else \
            "generated views" if re.search(r"/view(s|_names)\.[ch]$", name) else "generated"
    return room


def included_files(path):
    """The project's files that a file includes, as (name in the source, path from the root or None)."""
    wing = name_of(path).split("/")[0]
    roots = {"generated": ("runtime", "generated", os.path.dirname(name_of(path))), "duckdb": ("runtime", "")}.get(wing, (wing, ""))
    for name in includes(path):
        if name[0] == "<":
            continue
        tried = [os.path.normpath(os.path.join(root, name)) for root in (os.path.dirname(name_of(path)), *roots)]
        yield name, next((one for one in tried if os.path.exists(os.path.join(harness.ROOT, one))), None)


def may_include(room, header):
    """Whether the table lets a room include a header."""
    def covers(entry):
        return (header == entry or room_of(header) == entry
                or entry.endswith("/*") and (room_of(header) + "/").startswith(entry[:-1]))

    return room_of(header) == room or any(covers(entry) for entry in MAY_INCLUDE[room])


def check_rooms(suite):
    """A file includes only what the table lets its room include."""
    arrows = {}
    for path in wings() + sources("generated", ".c", ".h"):
        room = room_of(name_of(path))
        if not suite.check(room in MAY_INCLUDE, "%s is in a room" % name_of(path), "a room of MAY_INCLUDE", room):
            continue
        for name, header in included_files(path):
            if suite.check(header, "%s includes %s" % (name_of(path), name), "a file", "none"):
                if not may_include(room, header):
                    arrows.setdefault(name_of(path), []).append(header)
    suite.equal({}, {path: sorted(headers) for path, headers in arrows.items()}, "includes against the table")


def check_libraries(suite):
    """Each library is included by the few files that call it."""
    for header, expected in USERS.items():
        users = [name_of(path) for path in wings() if header in includes(path)]
        suite.equal(expected, sorted(users), "files that include %s" % header)


def check_circles(suite, folder):
    """Headers include one another without circles."""
    graph = {name_of(path): [header for _, header in included_files(path)] for path in sources(folder, ".h")}

    def reaches(start, goal, seen):
        return any(name == goal or name in graph and name not in seen and reaches(name, goal, seen | {name})
                   for name in graph.get(start, ()))

    circles = [name for name in graph if reaches(name, name, set())]
    suite.equal([], circles, "headers of %s in a circle" % folder)


def check_line_keys(suite):
    """Keys of lines are printed by the names of line_keys.h, so that the generator knows them all."""
    path = os.path.join(harness.ROOT, "runtime", "print", "format", "line_keys.h")
    stated = re.findall(r"^#define (LINE_\w+)\s+\"(\w+)\"", code(path), re.M)
    suite.check(len(stated) > 10, "there are keys", "more than 10", stated)
    listed = re.search(r"#define LINE_KEYS\s+(.*?)\n#", code(path), re.S).group(1)
    suite.equal({name for name, _ in stated}, set(re.findall(r"LINE_\w+", listed)), "keys in LINE_KEYS")
    for path in sources("runtime", ".c"):
        literal = re.findall(r'\\"(%s)(?:_hex)?\\":' % "|".join(key for _, key in stated), code(path))
        suite.equal([], [key for key in literal if key not in IN_OBJECTS],
                    "%s: keys that are not written LINE_…" % name_of(path))


def check_messages(suite):
    """One file of the runtime writes to standard error; the library and the printers write to no stream at all."""
    users = {name_of(path) for path in sources("runtime", ".c", ".h")
             if re.search(r"\bstderr\b|\bperror\(|\bwarnx?\(|\berrx?\(|\bpsignal\(", code(path))}
    suite.equal({MESSAGES_IN}, users, "files that write messages")
    for path in sources("runtime/rawlog", ".c", ".h") + sources("runtime/print", ".c", ".h") + sources("expr", ".c", ".h"):
        found = re.findall(r"\b(?:printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|exit|_exit|abort)\(", code(path))
        suite.equal([], found, "%s: prints or exits" % name_of(path))


def check_versions(suite):
    """No hand-written code knows a release."""
    known = [os.path.basename(path)[len("atop-"):-len(".yaml")] for path in sources("schemas", ".yaml")
             if os.path.basename(path).startswith("atop-")]
    pattern = re.compile(r"0x8(?!000)[012][0-9a-fA-F]{2}\b|(?<![\w.])(?:%s)(?![\w.])" % "|".join(
        re.escape(version).replace(r"\.", "[._]") for version in known or ["2.7"]))
    for path in wings():
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


def check_sizes(suite):
    """No hand-written file and no function in it is long."""
    nfunctions = 0
    for path in hand_written():
        with open(path, encoding="utf-8") as file:
            text = file.read()
        suite.check(text.count("\n") <= FILE_LINES_MAX, "%s: lines" % name_of(path),
                    "at most %d" % FILE_LINES_MAX, text.count("\n"))
        bodies = re.findall(r"^(\S[^\n]*)\n(\{\n.*?^\}\n)", text, re.M | re.S)
        nfunctions += len(bodies)
        suite.equal({}, {line: body.count("\n") for line, body in bodies if body.count("\n") > FUNCTION_LINES_MAX},
                    "%s: functions of more than %d lines" % (name_of(path), FUNCTION_LINES_MAX))
    suite.check(nfunctions > 1000, "functions were measured", "more than 1000", nfunctions)


def main():
    suite = harness.Suite(__doc__)
    suite.check(sources("expr", ".c") and sources("generator", ".c") and sources("runtime", ".c"), "there are sources", "some", "none")
    check_rooms(suite)
    check_libraries(suite)
    for folder in ("expr", "generator", "runtime", "generated"):
        check_circles(suite, folder)
    check_line_keys(suite)
    check_messages(suite)
    check_versions(suite)
    check_definitions(suite)
    check_openings(suite)
    check_sizes(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
