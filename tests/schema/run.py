"""Proves that atopgen refuses wrong schemas with the right message, and compiles the others to the expected files.

bad/: one fault a case, a file or a folder of files, which can have a tables.lock. The first line of the (first) file is the first diagnostic, the
second names the rule at fault. ok/: one construct a case; beside NAME.yaml, or a folder NAME of releases, stand
NAME.expected, the files generated for it, NAME.show, and for a folder NAME.diff, first release against last.
abi.yaml comes from schemas/ where a case has none of its own. --accept rewrites the expected files in ok/.
"""

import difflib
import glob
import os
import re
import shlex
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from lib import harness  # noqa: E402

ABI = os.path.join(harness.ROOT, "schemas", "abi.yaml")
LOCK = "tables.lock"
OTHERS = {"labels": ("labels.c",), "views": ("sql_views.c", "view_names.h", "view_printers.c", "views.c"), "hints": ("suspect.c",)}     # files of a case with them
ALONE = "extends"           # the case whose files are compiled one by one
GENERATOR = os.path.join(harness.ROOT, "generator")
EXPR = os.path.join(harness.ROOT, "expr")
RUNTIME = os.path.join(harness.ROOT, "runtime")
CC = shlex.split(os.environ.get("CC", "cc"))       # of several words where it is called through another program

# Functions called check_* that call rules, and are none.
NOT_RULES = {"check_model", "check_layouts", "check_release", "check_members", "check_checks", "check_features", "check_file",
             "check_lock", "check_labels", "check_views", "check_suspects"}


class Schemas(harness.Suite):
    """The suite with its program, and scratch folders to run it in."""

    def __init__(self):
        super().__init__(__doc__, folder=harness.folder_in_memory(), accept="rewrite expected outputs")
        self.atopgen = self.program("atopgen")
        self.nfolders = 0

    def folder_of(self, path):
        """A new scratch folder with the case's files; and the names of its schemas, in order."""
        self.nfolders += 1
        folder = self.path("case%d" % self.nfolders)
        os.mkdir(folder)
        shutil.copy(ABI, folder)
        files = glob.glob(os.path.join(path, "*.*")) if os.path.isdir(path) else [path]
        for name in files:
            shutil.copy(name, folder)
        return folder, sorted(set(os.path.basename(name) for name in files) - {"abi.yaml", LOCK}, key=release_key)

    def run(self, folder, *words, **more):
        return harness.run([self.atopgen, *words], cwd=folder, **more)

    def accept(self, path, text, what):
        """Compares with a file of the repository, or rewrites it."""
        if self.options.accept:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        expected = read_text(path) if os.path.exists(path) else ""
        if expected != text:
            sys.stdout.writelines(list(difflib.unified_diff(expected.splitlines(True), text.splitlines(True), what,
                                                            "now"))[:40])
        self.check(expected == text, what, "as in %s" % os.path.relpath(path, harness.ROOT), "see above",
                   "python3 tests/schema/run.py --accept")


def release_key(name):
    """Sorts atop-1.9.yaml before atop-1.10.yaml."""
    return [int(word) if word.isdigit() else word for word in re.split(r"(\d+)", name)]


def read_text(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def text_of(data):
    return data.decode("utf-8", "surrogateescape")


def first_line(data):
    return text_of(data).split("\n")[0]


def cases(folder):
    """Names of cases, without the ending of those that are files."""
    return sorted({name[:-len(".yaml")] if name.endswith(".yaml") else name
                   for name in os.listdir(os.path.join(HERE, folder))
                   if name.endswith(".yaml") or os.path.isdir(os.path.join(HERE, folder, name))})


def path_of(folder, case):
    path = os.path.join(HERE, folder, case)
    return path if os.path.isdir(path) else path + ".yaml"


def names_below(folder):
    """Names of the files below a folder, from there, in order."""
    return sorted(os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder)
                  for name in names)


def contents(folder):
    """{name: bytes} of the files below a folder."""
    return {name: harness.read(os.path.join(folder, name)) for name in names_below(folder)}


# --- bad ----------------------------------------------------------------------------------------------------------


def bad_head(path):
    """The two comment lines that open a bad case: the message and the rule."""
    if os.path.isdir(path):
        path = min((name for name in glob.glob(os.path.join(path, "*.yaml")) if not name.endswith("abi.yaml")),
                   key=release_key)
    lines = read_text(path).split("\n")
    return lines[0][len("# "):], lines[1][len("# rule: "):]


def check_bad(suite, case):
    """The message is the one expected, below it the line at fault; a fault in nothing but taste is a warning."""
    path = path_of("bad", case)
    message, _ = bad_head(path)
    folder, names = suite.folder_of(path)
    words = ["--lock=" + LOCK] * os.path.exists(os.path.join(folder, LOCK)) + names
    command = "cd %s && atopgen check %s" % (os.path.relpath(path, harness.ROOT), " ".join(words))
    warned = ": warning: " in message
    result = suite.run(folder, *(["check"] if warned else ["generate", "-o", "made"]), *words)
    suite.equal(message, first_line(result.err), "bad/%s: message" % case, command)
    suite.equal((0 if warned else 1, b""), (result.status, result.out), "bad/%s: status and output" % case, command)
    suite.check(b"Sanitizer" not in result.err, "bad/%s: sanitizers" % case, "silence", result.err, command)
    if not warned:
        suite.check(not os.path.exists(os.path.join(folder, "made")), "bad/%s: writes nothing" % case, "no folder",
                    "a folder", command)


def check_rules(suite):
    """Every rule function of check, and every message of the generator and of expressions, has a case in bad/."""
    heads = [bad_head(path_of("bad", case)) for case in cases("bad")]
    sources = {os.path.basename(path): read_text(path) for folder in (GENERATOR, EXPR)
               for path in glob.glob(os.path.join(folder, "**", "*.c"), recursive=True)}
    rules = {name for file, text in sources.items() if file.startswith("check")
             for name in re.findall(r"^(check_\w+)\(", text, re.M)} - NOT_RULES
    suite.check(len(rules) > 20, "there are rules", "more than 20", len(rules))
    suite.equal(set(), rules - {rule for _, rule in heads}, "rules without a case in bad/")
    for file, text in sorted(sources.items()):
        for literal in re.findall(r'\b(?:diag_(?:error|warning)|expr_error_set|type_report)\([^;]*?("(?:[^"\\]|\\.)*")', text):
            pattern = re.sub(r"%(?:[-0-9]|\\\.|\\\*)*(?:ll|z)?[a-zA-Z]", ".*", re.escape(literal[1:-1]).replace("\\%", "%"))
            if literal not in NOT_IN_BAD:
                suite.check(any(re.search("(error|warning): %s" % pattern, message) for message, _ in heads),
                            "%s: message %s has a case in bad/" % (file, literal), "a case", "none")


# Messages that no case in bad/ can cause: out of memory, what check_folders tests, what schemabounds.py does, and what only
# conditions of the command line can.
NOT_IN_BAD = {'"more than %d items in one list or mapping"', '"more than %d %s in one release"',
              '"\'%s\' is one more than the %d files that one run reads"',
              r'''"not a time: write \"2022-11-11T19:51:50Z\", \"2022-11-11\" or seconds since 1970"''',
              '"more than %d labels"', '"out of memory"', r'''"'\\%.*s' is not an escape: write '\\\\%.*s' for a backslash and '%.*s'"''',
              '"not enough memory for libyaml"', '"one run has one abi.yaml: this file\'s is \'%s\', an earlier one\'s \'%s\'"'}


# --- ok -----------------------------------------------------------------------------------------------------------


def generated_text(folder, several, others):
    """Generated files one after the other: of a release, and of several also those with the tables of all of them; those of `others`."""
    return "".join("==> %s <==\n%s\n" % (name, text_of(data)) for name, data in contents(folder).items()
                   if name.startswith("atop-") or (several and name in ("columns.c", LOCK)) or name in others)


def kind_of(path):
    """OTHERS has the kinds of files that are no schemas; their first key tells."""
    first = re.search(r"^(\w+):", read_text(path), re.M)
    return {"view": "views", "hints": "hints", "label": "labels", "arrays": "labels", "names": "labels", "frame": "labels"}.get(first and first.group(1))


def check_ok(suite, case):
    """Compiles without a word, to what is expected, and its C compiles."""
    folder, names = suite.folder_of(path_of("ok", case))
    result = suite.run(folder, "generate", "-o", "made", *names)
    suite.equal((0, b"", b""), result, "ok/%s: generate" % case)
    if result.status != 0:
        return
    made = os.path.join(folder, "made")
    stem = os.path.join(HERE, "ok", case)
    kinds = {name: kind_of(os.path.join(folder, name)) for name in names}
    others = {file for kind in kinds.values() if kind for file in OTHERS[kind]}
    names = [name for name in names if not kinds[name]]
    suite.accept(stem + ".expected", generated_text(made, len(names) > 1, others), "ok/%s: generated files" % case)
    check_compiles(suite, case, made)
    shown = "".join(text_of(suite.run(folder, "show", name).out) for name in names)
    suite.accept(stem + ".show", shown, "ok/%s: show" % case)
    for name in names:
        check_round_trip(suite, case, folder, name)
    if len(names) > 1:
        result = suite.run(folder, "diff", names[0], names[-1])
        suite.accept(stem + ".diff", text_of(result.out), "ok/%s: diff" % case)
    result = suite.run(folder, "diff", names[0], names[0])
    suite.equal(1, result.out.count(b"\n"), "ok/%s: no difference to itself" % case)


def check_compiles(suite, case, made):
    """All generated C of a case compiles as one file, which takes as long as one of its files; of one case each file alone."""
    sources = [name for name in names_below(made) if name.endswith(".c")]
    suite.check(len(sources) > 5, "ok/%s: C that is generated" % case, "over 5 files", sources)
    with open(os.path.join(made, "all.c"), "w", encoding="ascii") as file:
        file.writelines('#include "%s"\n' % name for name in sources)
    for name in ["all.c"] + sources * (case == ALONE):
        done = harness.run([*CC, "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra",
                            "-Werror", "-fsyntax-only", "-iquote", RUNTIME, "-I", made, os.path.join(made, name)])
        suite.equal((0, b""), (done.status, done.err), "ok/%s: %s compiles" % (case, name))


def check_round_trip(suite, case, folder, name):
    """What show prints stands alone, shows the same, and means the same."""
    alone = os.path.join(folder, "alone")
    os.makedirs(alone, exist_ok=True)
    shutil.copy(os.path.join(folder, "abi.yaml"), alone)
    shown = suite.run(folder, "show", name).out
    with open(os.path.join(alone, name), "wb") as file:
        file.write(shown)
    suite.check(b"extends:" not in shown, "ok/%s: show needs no base" % case, "no extends", "extends")
    suite.equal(shown, suite.run(alone, "show", name).out, "ok/%s: show of show of %s" % (case, name))
    suite.equal(suite.run(folder, "layout", name).out, suite.run(alone, "layout", name).out,
                "ok/%s: layout of show of %s" % (case, name))


# --- the command --------------------------------------------------------------------------------------------------


def check_reproducible(suite):
    """The same bytes whatever the locale, time zone, umask, path and order of schemas."""
    folder, names = suite.folder_of(path_of("ok", "extends"))
    deep = os.path.join(folder, "some", "other", "place")
    os.makedirs(deep)
    for name in names + ["abi.yaml"]:
        shutil.copy(os.path.join(folder, name), deep)
    suite.run(folder, "generate", "-o", "made", *names)
    environment = dict(os.environ, LANG="de_DE.UTF-8", LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo")
    mask = os.umask(0o077)
    suite.run(harness.ROOT, "generate", "-o", os.path.join(folder, "again"),
              *[os.path.join(deep, name) for name in reversed(names)], env=environment)
    os.umask(mask)
    suite.equal(contents(os.path.join(folder, "made")), contents(os.path.join(folder, "again")),
                "generated files are the same in another environment")


def check_untouched(suite):
    """Files that need no change are not touched; a failed run changes none, also if it fails on writing."""
    folder, names = suite.folder_of(path_of("ok", "extends"))
    made = os.path.join(folder, "made")
    suite.run(folder, "generate", "-o", "made", *names)
    before = {name: os.stat(os.path.join(made, name)).st_mtime_ns for name in names_below(made)}
    texts = contents(made)
    suite.check(suite.run(folder, "generate", "-o", "made", *names).status == 0, "generate twice", 0, "failure")
    suite.equal(before, {name: os.stat(os.path.join(made, name)).st_mtime_ns for name in names_below(made)},
                "a second run touches no file")

    last = os.path.join(folder, names[-1])
    text = read_text(last)
    with open(last, "w", encoding="utf-8") as file:
        file.write(text.replace("type: disksize", "type: disksiez"))
    suite.equal(1, suite.run(folder, "generate", "-o", "made", *names).status, "a faulty schema fails")
    suite.equal(texts, contents(made), "a faulty schema changes no file")

    with open(last, "w", encoding="utf-8") as file:
        file.write(text.replace("dims: [12]", "dims: [16]"))
    victim = sorted(name for name in texts if name.startswith("atop-1.2/"))[-1]
    os.remove(os.path.join(made, victim))
    os.mkdir(os.path.join(made, victim))
    result = suite.run(folder, "generate", "-o", "made", *names)
    suite.equal((1, "atopgen: cannot write 'made/%s': Is a directory" % victim),
                (result.status, first_line(result.err)), "a folder in a file's place fails")
    os.rmdir(os.path.join(made, victim))
    del texts[victim]
    suite.equal(texts, contents(made), "a folder in a file's place: nothing changed, nothing left behind")

    result = suite.run(folder, "generate", "-o", names[0], *names)
    suite.equal((1, "atopgen: cannot write '%s/abi.h': Not a directory" % names[0]),
                (result.status, first_line(result.err)), "a file in the folder's place fails")


def check_new(suite):
    """A skeleton is a schema; a file that exists is never overwritten."""
    folder, names = suite.folder_of(path_of("ok", "same"))
    result = suite.run(folder, "new", "1.2", "--from", names[-1], "-o", "atop-1.2.yaml")
    suite.equal((0, b"", b""), result, "new into a file")
    result = suite.run(folder, "check", "atop-1.2.yaml")
    suite.equal((0, b"", ["atop-1.2.yaml:2:10"]), (*result[:2], without_lengths(result.err)),
                "what new writes is a schema, whose lengths must be filled in")
    suite.equal(harness.read(os.path.join(folder, "atop-1.2.yaml")), suite.run(folder, "new", "1.2", "--from",
                names[-1]).out, "new to standard output")
    result = suite.run(folder, "new", "1.2", "--from", names[0], "-o", "atop-1.2.yaml")
    suite.equal((1, "atopgen: cannot write 'atop-1.2.yaml': File exists"), (result.status, first_line(result.err)),
                "new overwrites nothing")
    os.mkdir(os.path.join(folder, "schemas"))
    for name in ["abi.yaml", "atop-1.0.yaml"]:
        shutil.copy(os.path.join(folder, name), os.path.join(folder, "schemas"))
    result = suite.run(folder, "new", "1.2", "--from", "1.0")
    suite.check(b'extends: "1.0"\n' in result.out, "new from a version", 'extends: "1.0"', result)


def check_layout(suite):
    """Rows can be told apart by a script: as many columns in every row, two spaces or more between them."""
    folder, names = suite.folder_of(path_of("ok", "nested"))
    for words, columns in (["--model", "lp64"], 8), ([], 11):
        text = text_of(suite.run(folder, "layout", *words, *names).out)
        rows = [re.split(r"  +", line) for line in text.split("\n") if line and not line.startswith("#")]
        suite.equal({columns}, {len(row) for row in rows}, "layout %s: columns" % " ".join(words))
    suite.check("cpu.cpu[].(hole)" in text, "holes are rows of their own", "cpu.cpu[].(hole)", text)


def check_show(suite):
    """Several structs are shown in the order of the schema; each is shown as alone."""
    folder, names = suite.folder_of(path_of("ok", "nested"))
    structs = re.findall(r"^  (\w+):$", text_of(suite.run(folder, "show", *names).out).split("structs:")[1].split("blocks:")[0], re.M)
    alone = [text_of(suite.run(folder, "show", *names, name).out) for name in structs]
    suite.check(len(structs) > 2, "structs of a case", "several", structs)
    for some in (structs[:2], structs[1:], structs):
        wanted = "structs:\n" + "".join(alone[structs.index(name)][len("structs:\n"):] for name in some)
        suite.equal(wanted, text_of(suite.run(folder, "show", *names, *reversed(some)).out), "show %s" % some)


def check_where(suite):
    """The places of each member, which later releases share or have anew, are where the schema and the code name it."""
    folder, names = suite.folder_of(path_of("ok", ALONE))
    suite.run(folder, "generate", "-o", "made", *names)
    found = set()
    for name in names:
        parts = re.split(r"^struct (\w+)", text_of(suite.run(folder, "layout", "--model", "lp64", name).out), flags=re.M)
        paths = [struct + "." + path for struct, text in zip(parts[1::2], parts[2::2])
                 for path in re.findall(r"^(\w[\w.\[\]]*)  ", text, re.M)]
        suite.check(paths, "members of " + name, "some", paths)
        for path in paths:
            shown = text_of(suite.run(folder, "where", "-o", "made", name, path).out)
            places = re.findall(r"^\w+ +(\S+):(\d+)  ", shown, re.M)
            member = re.split(r"[.]", path)[-1].rstrip("[]")
            lines = [read_text(os.path.join(folder, file)).split("\n")[int(line) - 1] for file, line in places]
            suite.check(len(lines) == 2 and all(re.search(r"\b%s\b" % member.lstrip("_"), line) for line in lines),
                        "where %s %s" % (name, path), member, (shown, lines))
            found.add((name, places[-1][0]) if places else None)
    suite.check(len({file for _, file in found}) > 1 and len(found) > len(names), "shared code", "files of several releases", found)


def check_usage(suite):
    """Errors of use: status 1, one line, nothing on standard output."""
    folder, names = suite.folder_of(path_of("ok", "minimal"))
    name = names[0]
    for words, message in (
            (["check"], "usage: atopgen check [--lock FILE] SCHEMA..."),
            (["show"], "usage: atopgen show SCHEMA [STRUCT...]"), (["show", name, "rawheader", "b"], "atop 1.0 has no struct 'b'"),
            (["where", name], "usage: atopgen where [-o DIR] VERSION|SCHEMA MEMBER"),
            (["where", name, "a.b"], "atop 1.0 has no struct 'a'"),
            (["where", name, "rawheader.b[1].c"], "struct 'rawheader' of atop 1.0 has no member 'b'"),
            (["where", name, "rawheader"], "'rawheader' is a struct; name a member of it"),
            (["where", name, "rawheader.magic.c"], "struct 'rawheader' of atop 1.0 has no member 'magic.c'"),
            (["show", name, "percpu"], "atop 1.0 has no struct 'percpu'"), (["generate"], "usage: atopgen generate"),
            (["layout", "--model", "lp46", name], "'abi.yaml' has no data model 'lp46'"),
            (["diff", name], "usage: atopgen diff"),
            (["new", "1.1"], "new needs --from"), (["new", "--from", name, "next"], "new needs a version")):
        result = suite.run(folder, *words)
        suite.equal((1, b"", 1), (result.status, result.out, result.err.count(b"\n")), "usage: %s" % words)
        suite.check(text_of(result.err).startswith("atopgen: " + message), "usage: %s: message" % words, message,
                    result.err)
    for words, message in (
            ([], "usage: atopgen VERB [OPTION]... ARGUMENT..."), (["chek", name], "unknown verb 'chek'; did you mean 'check'?"),
            (["--hlep"], "unknown option '--hlep'; did you mean '--help'?"), (["-x"], "unknown option '-x'"),
            (["check", "-o", "x", name], "--output does not go with check; it goes with generate, where, new"),
            (["layout", "--modle", "lp64", name], "unknown option '--modle'; did you mean '--model'?"),
            (["layout", "--=lp64", name],
             "ambiguous option '--': --output, --model, --from, --lock, --as, --view, --help, --version"),
            (["layout", name, "--model"], "--model needs a value"), (["layout", "--help=1"], "--help takes no value"),
            (["layout", "-x", name], "unknown option '-x'"), (["layout", "-m"], "--model needs a value"),
            (["layout", "-ma", "--model=b", name], "--model is given twice")):
        result = suite.run(folder, *words)
        suite.equal((1, b"", "atopgen: %s\nTry 'atopgen --help'.\n" % message), (result.status, result.out, text_of(result.err)),
                    "usage: %s" % words)
    for words in ["-h"], ["--help"], ["-V"], ["--version"], ["check", "--help"], ["new", "-h"], ["check", "-V"]:
        result = suite.run(folder, *words)
        suite.check(result.status == 0 and result.out and not result.err, "%s prints" % words, "text", result)
    result = suite.run(folder, "check", "nothing.yaml")
    suite.equal((1, "nothing.yaml: error: cannot read 'nothing.yaml': No such file or directory"),
                (result.status, first_line(result.err)), "a schema that is not there")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            result = suite.run(folder, "show", name, stdout=full)
        suite.equal((1, "atopgen: cannot write to standard output: No space left on device"), (result.status, first_line(result.err)),
                    "a full disk")
    os.remove(os.path.join(folder, "abi.yaml"))
    result = suite.run(folder, "check", name)
    suite.equal((1, "abi.yaml: error: cannot read 'abi.yaml': No such file or directory"),
                (result.status, first_line(result.err)), "abi.yaml is not there")


def check_roles(suite):
    """No role is a key that lines have of their own, or the exact bytes of one; runtime/print/format/line_keys.h has them all."""
    folder, names = suite.folder_of(path_of("ok", "minimal"))
    path = os.path.join(folder, names[0])
    text = read_text(path)
    keys = re.findall(r'^#define LINE_\w+\t+"(\w+)"', read_text(os.path.join(RUNTIME, "print", "format", "line_keys.h")), re.M)
    for role in keys + ["rawheader", "rawrecord", "file_hex", "host_hex", "cgroup_hex"]:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("length: scomplen", "length: scomplen, role: " + role))
        result = suite.run(folder, "check", *names)
        suite.check(result.status == 1 and b"role '%s' is taken" % role.encode() in result.err, "role: %s" % role,
                    "it is refused", result)


def check_folders(suite):
    """One file counts once, however it is named; schemas of one run have one abi.yaml."""
    folder, names = suite.folder_of(path_of("ok", "same"))
    other, _ = suite.folder_of(path_of("ok", "minimal"))
    result = suite.run(folder, "check", *names, *["./" + name for name in names], os.path.join(folder, names[0]))
    suite.equal((0, b"", [name + ":2:10" for name in names]), (*result[:2], without_lengths(result.err)), "files named twice")
    os.rename(os.path.join(other, "minimal.yaml"), os.path.join(other, "atop-1.3.yaml"))
    result = suite.run(folder, "check", names[0], os.path.join(other, "atop-1.3.yaml"))
    suite.equal((1, "%s/atop-1.3.yaml: error: one run has one abi.yaml: this file's is '%s/abi.yaml', an earlier one's "
                 "'abi.yaml'" % (other, other)), (result.status, first_line(result.err)), "two folders")


def without_lengths(err):
    """Where schemas are said to have no lengths; the whole text if there is anything else."""
    places = re.findall(r"^(\S+): warning: no 'lengths' .*$", text_of(err), re.M)
    return places if err.count(b": warning: ") + err.count(b": error: ") == len(places) else text_of(err)


def check_lengths(suite):
    """There is no warning of a schema that has lengths, nor of a base that is not named."""
    for case, chosen, wanted in (("lengths", slice(None), []), ("extends", slice(2, None), ["atop-1.2.yaml:2:10"])):
        folder, names = suite.folder_of(path_of("ok", case))
        result = suite.run(folder, "check", *names[chosen])
        suite.equal((0, b"", wanted), (*result[:2], without_lengths(result.err)), "ok/%s: lengths that are missing" % case)


LABELS = 64         # the most of one run
LABEL = """label: L%03d
order: %d
doc: "each sample"
lines:
  - as: parseable
    columns:
      - {name: nrcpu, format: "%%lld", value: sstat.nrcpu}
"""


def check_labels(suite):
    """As many labels as there may be, and one more."""
    folder, names = suite.folder_of(path_of("ok", "minimal"))
    labels = []
    for i in range(1, LABELS + 2):
        labels.append("L%03d.yaml" % i)
        with open(os.path.join(folder, labels[-1]), "w", encoding="ascii") as file:
            file.write(LABEL % (i, i))
    result = suite.run(folder, "generate", "-o", "made", *names, *labels[:-1])
    suite.equal((0, b"", b""), result, "%d labels" % LABELS)
    result = suite.run(folder, "generate", "-o", "more", *names, *labels)
    suite.equal((1, "%s:1:1: error: more than %d labels" % (labels[-1], LABELS)), (result.status, first_line(result.err)),
                "%d labels" % (LABELS + 1))


def check_several(suite):
    """All errors of a stage are reported in one run, in the order of the file; the next stage does not run."""
    folder, names = suite.folder_of(path_of("ok", "minimal"))
    path = os.path.join(folder, names[0])
    text = read_text(path)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("type: count_t}", "type: count}\n    - {name: x, type: it}\n    - {name: nrcpu, type: int}"))
    result = suite.run(folder, "check", *names)
    lines = re.findall(r"^\S+:(\d+):\d+: error: (.*)$", text_of(result.err), re.M)
    suite.equal(["unknown type 'count'", "unknown type 'it'; did you mean 'int'?"], [message for _, message in lines],
                "several errors of one stage")
    suite.equal(sorted(lines, key=lambda line: int(line[0])), lines, "errors in the order of the file")


def main():
    suite = Schemas()
    for case in cases("bad"):
        check_bad(suite, case)
    check_rules(suite)
    for case in cases("ok"):
        check_ok(suite, case)
    for check in (check_reproducible, check_untouched, check_new, check_layout, check_show, check_where, check_roles, check_folders, check_labels, check_lengths, check_usage,
                  check_several):
        check(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
