"""Proves that `atopdump describe` explains each member of each release, and that its trail leads to the line that declares the
member and to the line that decodes it, with the measured offsets.
"""

import glob
import json
import os
import re
import sys

from lib import facts, harness, measured, views

USAGE = 1


def describe(suite, *words):
    return harness.run([suite.program("atopdump-static"), "describe", *words])


def lines_of(name, cache={}):
    if name not in cache:
        with open(os.path.join(harness.ROOT, name), encoding="utf-8") as file:
            cache[name] = [""] + file.read().split("\n")
    return cache[name]


def function_of(lines, number):
    """The function whose body has the line."""
    while number > 0 and not re.match(r"(\w+)\(struct", lines[number]):
        number -= 1
    return re.match(r"(\w+)\(struct", lines[number]).group(1) if number else None


def check_trail(suite, entry, release):
    """The schema declares the member there, and the decoder stores it there."""
    name = entry["path"].replace("[]", "").split(".")[-1]
    what = "%s of %s" % (entry["path"], release["version"])
    declared = lines_of(release["schema"])[release["schema_line"]]
    suite.check(re.search(r"\{name: _*%s," % re.escape(name), declared), what + ": the line of the schema", name, declared)
    lines = lines_of(release["decoded_in"])
    decoded = lines[release["decode_line"]]
    suite.check(re.search(r"v->%s\b" % re.escape(name), decoded), what + ": the line of the decoder", "v->" + name, decoded)
    suite.equal(release["decoder"].replace("_decode", "_body"), function_of(lines, release["decode_line"]),
                what + ": the function of the line")


def members_of(table):
    """{path: measured offset} of every member of a release that is no struct."""
    for name, root in table.structs.items():
        role = "tstat" if name == "pstat" else name
        if name not in ("rawheader", "rawrecord", "sstat", table.task_struct, "cstat"):
            continue
        for node in root.walk():
            if node.prim is not None and not node.flexible:
                yield role + "." + ".".join(part.lstrip("_") for part in node.path.split(".")), node.at


def check_facts(suite, entries):
    """Every member of every release is there, with the offsets of the compilers."""
    offsets = {}
    for entry in entries:
        for release in entry["releases"]:
            for model, offset in release["offset"].items():
                offsets.setdefault((release["version"], model), {})[entry["path"].replace("[]", "")] = offset
    for table in facts.load_tables():
        suite.equal(dict(members_of(table)), offsets.get((table.release, table.model)), "members of %s and their offsets" % table)


def check_columns(suite, entries):
    """Every column that is a member, and each context column, is in the dictionary."""
    with open(os.path.join(harness.ROOT, "generated", "tables.lock"), encoding="utf-8") as file:
        lock = {tuple(line.split("\t")[1:3]) for line in file if "_bytes\t" not in line}
    told = {(entry["table"], entry["column"]) for entry in entries if entry["column"] and entry["releases"]}
    others = {entry["column"] for entry in entries if entry["column"] and not entry["releases"]}
    suite.equal(set(), {(table, column) for table, column in lock if (table, column) not in told and column not in others},
                "columns that are not in the dictionary")
    suite.equal(set(), told - lock, "columns that no table has")


def check_layout_files(suite, entries):
    """The layout table of a release names the file that decodes each member."""
    for release in {release["version"] for entry in entries for release in entry["releases"]}:
        files = {}
        for line in lines_of("generated/atop-%s/layout" % release):
            if line.startswith("struct "):
                role = line.split()[1]
            elif line and not line.startswith(("(", "#")) and "(hole)" not in line:
                path = ".".join(part.lstrip("_") for part in line.split()[0].split("."))
                files[("tstat" if role == "pstat" else role) + "." + path.replace("[]", "")] = line.split()[-1]
        for entry in entries:
            for one in entry["releases"]:
                if one["version"] == release:
                    suite.equal(one["decoded_in"], "generated/" + files.get(entry["path"].replace("[]", ""), "?"),
                                "layout of %s: file of %s" % (release, entry["path"]))


def check_search(suite):
    """What words find, and what is said."""
    for words, path in ((["tstat.cpu.utime"], "tstat.cpu.utime"), (["sstat.cpu.cpu.stime"], "sstat.cpu.cpu[].stime"),
                        (["sstat.cpu.cpu[].stime"], "sstat.cpu.cpu[].stime"), (["gen_name"], "tstat.gen.name"),
                        (["tstat.gen_name"], "tstat.gen.name"), (["t*cpu_utim?"], None), (["disk", "BUSY"], "sstat.dsk.dsk[].io_ms")):
        result = describe(suite, *words, "--format=json")
        paths = [json.loads(line)["path"] for line in result.out.decode().splitlines()]
        suite.check(result.status == 0 and (path in paths if path else paths), "describe %s" % words, path, result)
    text = describe(suite, "tstat.net.tcpsnd").out.decode()
    for word in ("tcpsnd", "difference over the interval", "net_tcpsnd of the table tstat", "schemas/atop-2.0.yaml:", "generated/atop-2.0/decode.c:",
                 "RRNETATOP"):
        suite.check(word in text, "tstat.net.tcpsnd: %s" % word, word, text)
    text = describe(suite, "rawrecord.flags").out.decode()
    suite.check("0x0001 RRBOOT" in text, "the bits of flags", "RRBOOT", text)
    suite.check("is stored" in describe(suite, "tstat.mem.pmem").out.decode(), "the value that means null", "-1", "none")


def check_nulls(suite):
    """JSON says what the text says of structs that are not filled, and of faults."""
    for path in ("sstat.cpu.all.freqcnt.cnt", "sstat.cpu.cpu[].cpunr", "sstat.net.icmpv4.OutMsgs", "sstat.net.icmpv4.InMsgs"):
        text = describe(suite, path).out.decode()
        [entry] = map(json.loads, describe(suite, path, "--format=json").out.decode().splitlines())
        for key, words in (("can_be_unfilled", "is said not to be filled"), ("null_by_faults", "Null by")):
            suite.equal(words in text, any(release[key] for release in entry["releases"]), "%s: %s" % (path, key))


def check_conditions(suite, entries):
    """JSON lists a condition for the member, and for each struct around it, if upstream fills it only at times."""
    rules = {table.release: measured.rules(table) for table in facts.load_tables() if table.model == "lp64"}
    for entry in entries:
        role, _, path = entry["path"].replace("[]", "").partition(".")
        above = [path[:i] for i, c in enumerate(path + ".") if c == "."]
        for release in entry["releases"]:
            wanted = sum((role, one) in rules[release["version"]] for one in above)
            got = len(release["null_unless"])
            suite.check(wanted in (got, got + release["can_be_unfilled"]), "conditions of %s in %s" % (entry["path"], release["version"]),
                        wanted, release["null_unless"])


def trail_text(release):
    """What the text says of a release that has the member."""
    offsets = release["offset"]
    numbers = set(offsets.values())
    return "Upstream %s Schema %s:%d Decoder %s:%d %s Offset %s" % (
        release["upstream"], release["schema"], release["schema_line"], release["decoded_in"], release["decode_line"],
        release["decoder"], numbers.pop() if len(numbers) == 1 else ", ".join("%s %d" % pair for pair in offsets.items()))


def check_text(suite, entries):
    """The text says what the JSON says: of one member in twenty, and of those whose offsets differ most."""
    for entry in entries[::20] + sorted(entries, key=lambda entry: -len({str(one["offset"]) for one in entry["releases"]}))[:10]:
        text = " ".join(describe(suite, entry["path"]).out.decode().split())
        versions, said = [one["version"] for one in entry["releases"]], []
        for first, last, trail in re.findall(r"In atop (\S+)(?: to (\S+))?: (Upstream .*?)(?= In atop |$)", text):
            said += [(version, trail) for version in versions[versions.index(first):versions.index(last or first) + 1]]
        wanted = [(one["version"], trail_text(one)) for one in entry["releases"]]
        suite.equal(versions, [version for version, _ in said], "releases of %s as text" % entry["path"])
        wrong = [pair for pair, (_, trail) in zip(wanted, said) if not (trail + " ").startswith(pair[1] + " ")]
        suite.equal([], wrong, "the trail of %s as text" % entry["path"])


def check_width(suite):
    """Lines fit 80 columns."""
    for word in ("*", "top", "top.cpu_percent", "tstat.net.tcpsnd", "rawrecord.flags", "sstat.dsk.dsk.io_ms", "tstat.gen.cgroupix", "cpu"):
        text = describe(suite, word).out.decode()
        wide = [line for line in text.splitlines() if len(line) > 80]
        suite.equal([], wide, "lines of describe %s" % word)


def named_members(path):
    """The table of a view, and {column: member} of its columns that are bare members."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    table = re.search(r"^table: (\w+)$", text, re.M).group(1)
    return table, dict(re.findall(r"\{name: (\w+), +value: ([a-z]+\.[\w.]+)[,}]", text))


def check_views(suite, entries):
    """Views and their columns are there with the members that they are computed of, and members with the views that use them."""
    paths = {entry["path"]: entry for entry in entries}
    members = {path for path, entry in paths.items() if entry["releases"]}
    columns = {path: entry for path, entry in paths.items() if entry["view"] and entry["column"]}
    suite.check(len(columns) > 100, "columns of views", "more than 100", len(columns))
    uses = {(member, path) for path, entry in paths.items() if entry["view"] for member in entry["computed_of"]}
    suite.equal(set(), {member for member, _ in uses} - members, "what views are computed of that is not a member")
    suite.equal(uses, {(path, use) for path in members for use in paths[path]["views"]}, "views that members name")
    found = 0
    for path in sorted(glob.glob(os.path.join(harness.ROOT, "schemas", "views", "*.yaml"))):
        view = os.path.basename(path)[:-len(".yaml")]
        suite.check(view in paths and paths[view]["doc"], "the view " + view, "an entry", paths.get(view))
        table, named = named_members(path)
        for column, member in named.items():
            wanted = "%s.%s" % (table, member)
            if wanted in members:
                found += 1
                suite.equal(wanted, columns["%s.%s" % (view, column)]["computed_of"][0],     # behind it its names in older releases
                            "%s.%s is computed of" % (view, column))
    suite.check(found > 20, "columns that are bare members", "more than 20", found)
    text = " ".join(describe(suite, "top").out.decode().split())
    for words in ("Rows tstat", "Chosen by tstat.gen.isproc", "Order by cpu_percent, the largest first", "Columns host, time, interval"):
        suite.check(words in text, "describe top: " + words, words, text[:400])
    text = " ".join(describe(suite, "top.rss").out.decode().split())
    suite.check("Column rss of the view top Computed of tstat.mem.rmem" in text, "describe top.rss", "its member", text)
    text = describe(suite, "tstat.gen.state").out.decode()
    suite.check(re.search(r"\nViews +exits \(its rows\),.*top\.state\n", text, re.S), "the views of a member", "exits, top.state", text[:400])
    text = describe(suite, "cpu").out.decode()
    suite.check(text.startswith("cpu\n") and "\nsstat.cpu.all.stime\n" in text and "\ncpu.interval\n" not in text,
                "a word that names a view finds what is described so, too", "both", text[:400])


def is_null(value, members, release, rows):
    """Whether the text of an expression is null in all rows of a release: for some values that the members it has could have."""
    tree = views.parse(value)

    def has(name):
        path = name.removesuffix("_hex").split(".")
        struct = [views.ROOTS[path[0]]] + path[1:] if path[0] in views.ROOTS and len(path) > 1 else rows.split(".") + path
        return any(release in members.get(".".join(struct[:-1] + [last]), ()) for last in {struct[-1]} | views.ALIASES.get(struct[-1], set()))

    def look_up(name, some):
        return None if not has(name) else "E" if name.endswith("state") else some

    return all(views.evaluate(tree, lambda name, some=some: look_up(name, some)) is None for some in (7, 4096))


def expected_releases(view, column, members, order, rows):
    """The first and the last release in which a column of a view is not always null. None: it is no matter of members."""
    values = [column["value"]] if isinstance(column["value"], str) else column["value"]
    if any(value in views.FIRST + ("idx", "cgroup", "path") for value in values):
        return None
    names = {name["name"]: name["value"] for name in view.names}
    for name in reversed(list(names)):
        values = [re.sub(r"\b%s\b" % name, "(%s)" % names[name], value) for value in values]
    found = [release for release in order if not all(is_null(value, members, release, rows) for value in values)]
    return (found[0], found[-1]) if found else (None, None)


def check_view_releases(suite, entries):
    """The releases of each column of a view follow from those of the members that it is computed of."""
    paths = {entry["path"]: entry for entry in entries}
    members = {path.replace("[]", ""): {release["version"] for release in entry["releases"]} for path, entry in paths.items() if entry["releases"]}
    order = [release["version"] for release in paths["rawheader.magic"]["releases"]]
    late = 0
    for view in views.load().values():
        rows = {path.rpartition(".")[0].replace("[]", "") for path, entry in paths.items() if entry["table"] == view.table and not entry["view"]
                and entry["releases"]}
        for column in view.columns:
            wanted = expected_releases(view, column, members, order, view.table if view.table in views.ROWS else min(rows, key=len))
            if wanted is not None:
                entry = paths["%s.%s" % (view.name, column["name"])]
                suite.equal(wanted, (entry["first_release"], entry["last_release"]), "releases of " + entry["path"])
                late += wanted[0] != paths[view.name]["first_release"]
        suite.check(paths[view.name]["sqlite_tables"][:1] == [view.table] and paths[view.name]["not_in_sqlite"] is None,
                    "the tables of %s in SQLite" % view.name, view.table, paths[view.name])
    suite.check(late > 10, "columns of views that old releases lack", "more than 10", late)
    for path, entry in paths.items():
        if entry["releases"]:
            suite.equal((entry["releases"][0]["version"], entry["releases"][-1]["version"]), (entry["first_release"], entry["last_release"]),
                        "releases of " + path)


def check_refused(suite):
    for words, message in ((["utmie"], b"no member and no column 'utmie'; did you mean 'utime'?"),
                           (["zzz", "qqq"], b"no member and no column has all of these words"), ([], b"describe needs a word")):
        result = describe(suite, *words)
        suite.check(result.status == USAGE and not result.out and message in result.err, "describe %s" % words, message, result)


def main():
    suite = harness.Suite(__doc__)
    result = describe(suite, "*", "--format=json")
    entries = [json.loads(line) for line in result.out.decode().splitlines()]
    suite.check(len(entries) > 500, "entries", "more than 500", len(entries))
    for entry in entries:
        for release in entry["releases"]:
            check_trail(suite, entry, release)
    check_facts(suite, entries)
    check_columns(suite, entries)
    check_layout_files(suite, entries)
    check_search(suite)
    check_nulls(suite)
    check_conditions(suite, entries)
    check_text(suite, entries)
    check_width(suite)
    check_views(suite, entries)
    check_view_releases(suite, entries)
    check_refused(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
