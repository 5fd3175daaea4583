"""Proves that schemas describe members correctly: unit, kind, flags, times, source, text.

Other tests compare layout and output with facts. These words reach only people, the field dictionary and `describe`, so no
log shows a wrong one. The expected words come from layouts/kinds.tsv and the unit column of the fact tables, and from
meanings/: flags.tsv (values of upstream's flags, with the place that defines them), sources.tsv (upstream's tags). Texts
are in meanings/docs.txt, one line each with the releases that have it, so that every change is seen: --accept rewrites it.
"""

import collections
import os
import re
import sys

from lib import facts, harness

HERE = os.path.join(harness.DATA, "meanings")
KINDS = os.path.join(harness.DATA, "layouts", "kinds.tsv")
DOCS = os.path.join(HERE, "docs.txt")

# What the facts call a unit, and what the language calls it; "-": none.
UNITS = {
    "bytes(header);4B-words(code)": "words", "ms(header);us(kernel)": "us", "ms-weighted": "ms", "pages-count": "pages",
    "percent-sum": "percent", "fraction": "ratio", "factor": "count", "digits": "count",
}
UNITS.update(dict.fromkeys(
    ("bitmap", "bool", "enum", "hash", "hops", "id", "index", "jiffies", "letter", "prio", "score", "string",
     "ticks*state|MHz", "version", "waitstatus", "weight", ""), "-"))
KIND = {"delta": "delta", "gauge": "gauge", "delta-or-gauge": "gauge", "not-written": "gauge"}

# 1.27 was never tagged, and kinds.tsv has only tags: its members mean what those of 2.0 do.
AS = {"1.27": "2.0"}

# Where the schema knows better than the table: upstream copies rsz to rio (2.1 photoproc.c:663); the kernel's
# ReasmTimeout counts (net/ipv4/proc.c); cgroupix is filled in a reader's memory alone (2.13 cgroups.c:1752).
EXCEPTIONS = {
    ("dsk.rio", "unit"): "sectors", ("dsk.wio", "unit"): "sectors", ("net.ipv4.ReasmTimeout", "unit"): "count",
    ("gen.cgroupix", "kind"): "reserved",
}


def release_key(text):
    """2.2 < 2.2-3 < 2.2.6 < 2.3; a missing number is 0."""
    numbers = [int(word) for word in re.findall(r"\d+", text)]
    return numbers + [0] * (3 - len(numbers))


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


class Schema:
    """What atopgen says of one release."""

    def __init__(self, suite, release):
        path = os.path.join(harness.ROOT, "schemas", "atop-%s.yaml" % release)
        run = lambda *words: harness.run([suite.program("atopgen"), *words, path]).out.decode()
        self.release = release
        self.text = run("show")
        self.members = self._layout(run("layout", "--model", "lp64"))

    @staticmethod
    def _layout(text):
        """{(struct, path): (unit, kind)} of members that are no structs."""
        members, struct = {}, None
        for line in text.splitlines():
            cells = re.split(r"  +", line)
            if line.startswith("struct "):
                struct = line.split()[1]
            elif len(cells) == 8 and cells[2] != "hole" and not cells[2].startswith("struct ") and cells[0] != "(total)":
                members[struct, cells[0].replace("[]", "")] = cells[4], cells[5]
        return members

    def bits(self):
        """{(table, flag): value}"""
        found, table = {}, None
        part = self.text.split("\nbits:\n")[-1].split("\nstructs:\n")[0] if "\nbits:\n" in self.text else ""
        for line in part.splitlines():
            flag = re.match(r"    - \{name: (\w+), value: (0x[0-9a-f]+)", line)
            if flag:
                found[table, flag.group(1)] = int(flag.group(2), 16)
            else:
                table = line.strip(" :")
        return found

    def lines(self):
        """(struct, member, its line) of every struct."""
        struct = None
        for line in self.text.split("\nstructs:\n")[1].split("\nblocks:\n")[0].splitlines():
            named = re.match(r"    - \{name: (\w+),", line)
            if named:
                yield struct, named.group(1), line
            elif re.match(r"  \w+:$", line):
                struct = line.strip(" :")

    def docs(self):
        """(what, text) of every member and flag that has one."""
        for struct, member, line in self.lines():
            doc = re.search(r', doc: "(.*)"\}$', line)
            if doc:
                yield "%s.%s" % (struct, member), doc.group(1)
        for flag in re.finditer(r'^    - \{name: (\w+), value: \w+, doc: "(.*)"\}$', self.text, re.M):
            yield flag.groups()


# --- unit and kind ------------------------------------------------------------------------------------------------


def facts_of(release, table):
    """{(struct, path): (unit, kind)}; kind None: the facts do not say."""
    key, found = release_key(AS.get(release, release)), {("cgpid", "pid"): ("id", "gauge")}     # an int upstream, and no struct
    for row in table.rows:
        if row["kind"] == "leaf" and row["struct"] in ("rawheader", "rawrecord"):
            found[row["struct"], row["path"].replace("[]", "")] = row["unit"], None
    for row in rows_of(KINDS):
        if release_key(row["first"]) <= key <= release_key(row["last"]):
            struct = table.task_struct if row["struct"] == "tstat" else row["struct"]
            found[struct, row["member"].replace("[]", "")] = row["unit"], row["kind"]
    return found


def check_units(suite, schema, table):
    known, judged = facts_of(schema.release, table), 0
    for (struct, path), (unit, kind) in schema.members.items():
        what = "%s: %s.%s: " % (schema.release, struct, path)
        fact = known.get((struct, path))
        if fact is None:
            suite.check(kind == "reserved", what + "the facts know it", "a row in kinds.tsv", (unit, kind))
            continue
        expected = EXCEPTIONS.get((path, "kind"), KIND.get(fact[1]))
        if kind == "reserved" and expected is None:
            continue
        judged += 1
        wanted = "count" if fact[0].startswith("used-count:") else UNITS.get(fact[0], fact[0])
        suite.equal(EXCEPTIONS.get((path, "unit"), wanted), unit, what + "unit")
        if expected is not None:
            suite.equal(expected, kind, what + "kind")
    suite.check(judged > 200, "%s: members judged" % schema.release, "more than 200", judged)


def check_times(suite, schema):
    """What is a time since 1970 is shown as one, and nothing else is; flags are shown as their names."""
    for struct, member, line in schema.lines():
        what = "%s: %s.%s: " % (schema.release, struct, member)
        suite.equal("unit: epoch-s" in line, "show: time" in line, what + "show: time")
        suite.equal((struct, member) in (("rawheader", "supportflags"), ("rawrecord", "flags")), "show: bits" in line,
                    what + "show: bits")


# --- flags, sources, texts ----------------------------------------------------------------------------------------


def check_flags(suite, schema):
    key = release_key(schema.release)
    expected = {(row["table"], row["name"]): int(row["value"], 16) for row in rows_of(os.path.join(HERE, "flags.tsv"))
                if release_key(row["first"]) <= key <= release_key(row["last"])}
    got = schema.bits()
    for flag in sorted(set(expected) | set(got)):
        suite.equal(expected.get(flag), got.get(flag), "%s: %s %s" % (schema.release, *flag))


def check_source(suite, schema, rows):
    row = rows.get(schema.release, {"tag": None, "releases": ""})
    tag = re.search(r'^source: \{tag: "([^"]+)"', schema.text, re.M).group(1)
    covers = re.findall(r'"([^"]+)"', re.search(r"^releases: (.*)$", schema.text, re.M).group(1))
    suite.equal((row["tag"], row["releases"].split()), (tag, covers), "%s: upstream's tag, and releases" % schema.release)


def check_docs(suite, schemas):
    """No text differs from what was read and accepted."""
    texts = collections.OrderedDict()
    for schema in schemas:
        for what, text in schema.docs():
            texts.setdefault((what, text), []).append(schema.release)
    got = "".join("%s: %s [%s]\n" % (what, text, releases[0] if len(releases) == 1 else "%s to %s, %d releases" % (
        releases[0], releases[-1], len(releases))) for (what, text), releases in sorted(texts.items()))
    if suite.options.accept:
        with open(DOCS, "w", encoding="utf-8") as file:
            file.write(got)
    with open(DOCS, encoding="utf-8") as file:
        expected = file.read().splitlines()
    for line in sorted(set(got.splitlines()) ^ set(expected)):
        suite.check(False, "a text", "as in tests/data/meanings/docs.txt", line, "python3 tests/meanings.py --accept")
    suite.check(len(expected) > 500, "there are texts", "more than 500", len(expected))


def main():
    suite = harness.Suite(__doc__, accept="rewrite the texts")
    tables = {table.release: table for table in facts.load_tables() if table.model == "lp64"}
    sources = {row["version"]: row for row in rows_of(os.path.join(HERE, "sources.tsv"))}
    names = [name[len("atop-"):-len(".yaml")] for name in os.listdir(os.path.join(harness.ROOT, "schemas"))
             if name.startswith("atop-")]
    schemas = [Schema(suite, release) for release in sorted(names, key=release_key)]
    suite.equal(sorted(sources), sorted(names), "the releases in meanings/sources.tsv")
    for schema in schemas:
        if schema.release in tables:
            check_units(suite, schema, tables[schema.release])
        check_times(suite, schema)
        check_flags(suite, schema)
        check_source(suite, schema, sources)
    check_docs(suite, schemas)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
