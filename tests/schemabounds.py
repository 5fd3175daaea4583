"""Proves that no schema keeps atopgen busy or takes much memory: each limit, and one beyond it.

The limits are stated in generator/README.md. Every schema here is made by this script; tests/schema/bad has the
limits that a small file can pass.
"""

import os
import shutil
import sys

from lib import harness

ABI = os.path.join(harness.ROOT, "schemas", "abi.yaml")
MEMORY = 512 << 20      # address space of one run, beside sanitizers
PATIENCE = 600          # seconds: on a busy machine what takes one may take long; a hang takes for ever
FILE_MAX = 1 << 20
ITEMS = 1024
TEXT = 4096
NAME = 63
NESTING = 8
VALUES = 4096
FILES = 128
MESSAGES = 100

HEAD = """version: "1.%d"
releases: ["1.%d.0"]
aversion: 0x%04x
source: {tag: v1, files: [rawlog.h]}
"""
FRAME = """structs:
  rawheader: [{name: magic, type: unsigned int}, {name: aversion, type: unsigned short}, {name: rawheadlen,
    type: unsigned short}, {name: rawreclen, type: unsigned short}, {name: sstatlen, type: unsigned int}]
  rawrecord: [{name: curtime, type: time_t}, {name: scomplen, type: unsigned int}]
"""
BLOCKS = "blocks: [{struct: sstat, length: scomplen}]\n"


def member(name, kind="int", more=""):
    return "{name: %s, type: %s%s}" % (name, kind, more)


def members(n, kind="int", more=""):
    return ", ".join(member("m%d" % i, kind, more) for i in range(n))


def structs(texts, first=0):
    """Structs s0, s1, … with these members."""
    return "".join("  s%d: [%s]\n" % (i + first, text) for i, text in enumerate(texts))


def schema(sstat, more_structs="", constants="", more=""):
    """Release 1.0. Constants begin with a comma."""
    return (HEAD % (0, 0, 0x8100) + "constants: {MYMAGIC: 0xfeedbeef%s}\n" % constants + more + FRAME + more_structs +
            "  sstat: [%s]\n" % sstat + BLOCKS)


def further(minor, text=""):
    """Release 1.MINOR, which extends the one before."""
    return 'extends: "1.%d"\n' % (minor - 1) + HEAD % (minor, minor, 0x8100 + minor) + text


class Bounds(harness.Suite):
    def __init__(self):
        super().__init__(__doc__)
        self.atopgen = self.program("atopgen")
        self.memory = None if harness.is_sanitized(self.atopgen) else MEMORY
        self.ncases = 0

    def run(self, files, verb="check"):
        """Compiles releases 1.0, 1.1, …; the last one is named."""
        self.ncases += 1
        folder = self.path("case%d" % self.ncases)
        os.mkdir(folder)
        shutil.copy(ABI, folder)
        for minor, text in enumerate(files):
            with open(os.path.join(folder, "atop-1.%d.yaml" % minor), "w", encoding="utf-8") as file:
                file.write(text)
        words = ["-o", "made"] if verb == "generate" else []
        result = harness.run([self.atopgen, verb, *words, "atop-1.%d.yaml" % (len(files) - 1)], cwd=folder,
                             memory=self.memory, timeout=PATIENCE)
        shutil.rmtree(folder)
        return result

    def compiles(self, what, *files, verb="check"):
        result = self.run(files, verb)
        self.check(result.status == 0 and b": error: " not in result.err, what, "status 0", result.err[:300])

    def refused(self, what, message, *files):
        """Refused at a place, in a few words."""
        result = self.run(files)
        text = result.err.decode("utf-8", "replace")
        first = text.split("\n")[0]
        self.equal(1, result.status, "%s: status" % what)
        self.check(message in first and ".yaml:" in first, "%s: message with a place" % what, message, first)
        self.check(text.count(": error: ") <= MESSAGES and len(text) < 1 << 20, "%s: length of messages" % what,
                   "at most %d messages" % MESSAGES, len(text))

    def limit(self, what, message, make, most):
        """`make(n)` is the files with n of something; the most that is allowed, and one beyond."""
        self.compiles("%s: %d" % (what, most), *make(most))
        self.refused("%s: %d" % (what, most + 1), message, *make(most + 1))


# --- each limit ---------------------------------------------------------------------------------------------------


def check_lists(suite):
    message = "more than %d items in one list or mapping" % ITEMS
    suite.limit("members", message, lambda n: [schema(members(n))], ITEMS)
    suite.limit("keys", message,
                lambda n: [schema(member("m"), constants="".join(", C%d: 1" % i for i in range(n - 1)))], ITEMS)
    suite.limit("bits", message, lambda n: [schema(
        member("m", more=", show: bits, bits: t"),
        more="bits: {t: [%s]}\n" % ", ".join("{name: B%d, value: 1}" % i for i in range(n)))], ITEMS)


def check_names(suite):
    """What a release inherits counts beside what it names itself."""
    half = ITEMS // 2

    def constants(first, n):
        return "".join(", C%d: 1" % i for i in range(first, first + n))

    def tables(first, n):
        return "bits: {%s}\n" % ", ".join("t%d: [{name: B, value: 1}]" % i for i in range(first, first + n))

    suite.limit("inherited constants", "more than %d constants in one release" % ITEMS, lambda n: [
        schema(member("m"), constants=constants(0, half - 1)),
        further(1, "constants: {%s}\n" % constants(half, n - half)[2:])], ITEMS)
    suite.limit("inherited structs", "more than %d structs in one release" % ITEMS, lambda n: [
        schema(member("m"), structs([member("m")] * (half - 3))),
        further(1, "structs:\n" + structs([member("m")] * (n - half), half))], ITEMS)
    suite.limit("inherited tables of bits", "more than %d tables of bits in one release" % ITEMS, lambda n: [
        schema(member("m"), more=tables(0, half)), further(1, tables(half, n - half))], ITEMS)


def check_structs(suite):
    """Structs in structs: how deep, and how many values, in whatever order they are named."""
    def chain(n, order):
        texts = [member("m", "s%d" % (i + 1) if i + 1 < n else "int") for i in range(n)]
        lines = structs(texts).split("\n")[:-1]
        return [schema(member("m", "s0"), "\n".join(lines[::order]) + "\n")]

    deep = "structs are nested more than %d deep" % NESTING
    for order in 1, -1:
        suite.limit("nesting", deep, lambda n, order=order: chain(n - 1, order), NESTING)
        suite.refused("nesting: 10000", deep, *[text for text in chain(ITEMS - 10, order)])
    grows = "grows beyond %d values" % VALUES
    suite.limit("values of an array", grows, lambda n: [schema(member("m", "int", ", dims: [2, %d]" % (n // 2)) +
                                                              ", " + member("x") * (n % 2))], VALUES)
    for kind in "", ", dims: [2]", ", reserved: true":
        for wide in 2, 3, 30:
            texts = [members(wide, "s%d" % (i + 1) if i < NESTING - 2 else "s%d" % (NESTING + 1), kind)
                     for i in range(NESTING - 1)]
            suite.refused("%d of each struct in the next%s" % (wide, kind), "error", schema(
                member("m", "s0"), structs(texts) + structs([members(VALUES // 64)], NESTING + 1)))


def check_texts(suite):
    suite.limit("text", "a value of more than %d bytes" % TEXT,
                lambda n: [schema(member("m", more=', doc: "%s"' % ("a" * n)))], TEXT)
    suite.limit("name", "has a name of more than %d characters" % NAME, lambda n: [schema(member("a" * n))], NAME)
    suite.limit("name of a struct", "has a name of more than %d characters" % NAME,
                lambda n: [schema(member("m", "a" * n), "  %s: [%s]\n" % ("a" * n, member("m")))], NAME)


def check_files(suite):
    suite.limit("files", "is one more than the %d files that one run reads" % FILES,
                lambda n: [schema(member("m"))] + [further(i) for i in range(1, n - 1)], FILES)
    text = schema(member("m"))
    suite.compiles("file size: at the limit", text + "#" * (FILE_MAX - len(text)))
    result = suite.run([text + "#" * (FILE_MAX + 1 - len(text))])
    suite.check(result.status == 1 and b"atop-1.0.yaml: error: cannot read 'atop-1.0.yaml': File too large" in result.err,
                "file size: one more", "File too large", result)


def check_messages(suite):
    """Errors beyond the limit are counted; one is kept where all others are warnings."""
    for n in MESSAGES, MESSAGES + 1, ITEMS:
        text = suite.run([schema(members(n, "itn"))]).err.decode()
        suite.equal(min(n, MESSAGES), text.count(": error: unknown type 'itn'"), "%d errors: shown" % n)
        suite.equal(n > MESSAGES, "atopgen: %d more errors not shown\n" % (n - MESSAGES) in text,
                    "%d errors: counted" % n)
    result = suite.run([schema(member("m", more=", show: text"), structs([member("m")] * (ITEMS - 3)))])
    suite.check(result.status == 1 and b"more warnings not shown" in result.err and b": error: " in result.err,
                "an error behind many warnings", "the error", result.err[-300:])


# --- what is hostile without passing a limit -------------------------------------------------------------------------


def filled(make, size):
    """make(0), make(1), … as far as that many bytes and a mapping's items go."""
    parts, length = [], 0
    while length < size and len(parts) < ITEMS - 20:
        parts.append(make(len(parts)))
        length += len(parts[-1]) + len("  s1000: []\n")
    return parts[:-1]


def check_worst(suite):
    """The worst that files of the largest size can be is compiled, or refused, in bounded memory."""
    constants = "".join(", %s%d: 1" % ("C" * 20, i) for i in range(ITEMS - 1))
    last = "C" * 20 + "%d" % (ITEMS - 2)
    sums = ", dims: [%s]" % ", ".join([" + ".join([last] * 2)] * 4)
    suite.compiles("sums of constants", schema(member("m"), structs(
        filled(lambda i: members(64, "int", sums), FILE_MAX - (80 << 10))), constants))
    suite.refused("one long sum", "grows beyond",
                  schema(member("m", "int", ", dims: [%s]" % "+".join(["9"] * (TEXT // 2)))))
    room = FILE_MAX - (16 << 10)
    suite.refused("unknown types", "unknown type", schema(member("m"), structs(
        filled(lambda i: members(512, "x" * 60), room))))
    suite.refused("unknown keys", "unknown key", schema(member("m"), structs(
        filled(lambda i: "{%s}" % ", ".join("k%d: 1" % k for k in range(ITEMS)), room))))
    suite.refused("short values", "unknown key 'x'", schema(member("m"), more="x: [%s]\n" % ",\n".join(
        filled(lambda i: "[%s]" % ",".join("a" * ITEMS), room))))
    large = structs([members(ITEMS // 2), members(7, "s0"), member("m", "s1")])
    suite.compiles("arrays of a large struct", schema(member("m", "s2"), large + structs(
        filled(lambda i: member("m", "s2", ", dims: [2]"), FILE_MAX // 2), 3)))


def check_releases(suite):
    """As many releases as there may be, each of which means a large base anew; and the most text of one release."""
    base = schema(member("m"), structs(filled(lambda i: members(ITEMS, "int", ", dims: [N]"), FILE_MAX // 8)), ", N: 1")
    suite.compiles("a base for many", base, *[further(i, "constants: {N: %d}\n" % (i % 2 + 1)) for i in range(1, FILES - 1)])
    names = ["%s%d" % ("n" * (NAME - 2), i) for i in range(NESTING - 2)]
    deep = structs([member(name, "s%d" % (i + 1), ", column: d%d" % i) for i, name in enumerate(names)] +
                   [", ".join(member("m%d%s" % (i, "n" * 50), "char", ", dims: [9], column: t%d" % i) for i in range(ITEMS))])
    suite.compiles("long paths of texts", schema(", ".join(member("m%d" % i, "s0") for i in range(VALUES // ITEMS)), deep),
                   verb="generate")


def main():
    suite = Bounds()
    for check in (check_lists, check_names, check_structs, check_texts, check_files, check_messages, check_worst, check_releases):
        check(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
