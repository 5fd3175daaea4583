"""Proves that `atopdump schema RELEASE` describes the lines of JSON: every line of every example log is valid, with options
that add to lines too, and no line that was changed is.

Needs python3-jsonschema. It sees the lines that have the least and the greatest value of each place; with --long, each line.
"""

import copy
import gzip
import json
import os
import re
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

from lib import facts, harness

ENVELOPE = 3            # lines of each kind that are compared with the whole schema; the others with their kind's part


def schema_of(program, release):
    result = harness.run([program, "schema", release])
    return json.loads(result.out) if result.status == 0 else None


def kinds_of(schema):
    """{key of a struct or report: a validator of its lines}; and one of the whole schema."""
    validator = jsonschema.Draft202012Validator
    parts = {}
    for part in schema["oneOf"]:
        parts[part["title"]] = validator({"$schema": schema["$schema"], "allOf": [part], "$defs": schema["$defs"]})
    return validator(schema), parts


def kind_of(line, parts):
    return next(kind for kind in parts if kind in line)


def first_error(validator, line):
    error = next(validator.iter_errors(line), None)
    return None if error is None else "%s: %s" % (list(error.absolute_path), error.message[:300])


CLASSES = {**dict.fromkeys("0123456789", "digit"), **dict.fromkeys("abcdef", "hexadecimal"), **dict.fromkeys("-:TZ", "time")}


class Extent:
    """What lines have at each place: keys and types, the least and the greatest number, the shortest and the longest array, and of
    texts the lengths and the classes of characters; and which lines have these."""

    def __init__(self):
        self.seen = {}          # place: (least, its line, greatest, its line)

    def take(self, value, number, path=()):
        kind = type(value)
        if kind is dict:
            self._take((path, tuple(value)), 0, number)
            for key, inner in value.items():
                self.take(inner, number, (*path, key))
        elif kind is list:
            self._take((path, kind), len(value), number)
            for inner in value:
                self.take(inner, number, (*path, None))
        elif kind in (int, float):
            self._take((path, kind), value, number)
        elif kind is str:
            self._take((path, frozenset(map(CLASSES.get, value))), len(value), number)
        else:
            self._take((path, value), 0, number)

    def _take(self, place, size, number):
        low, first, high, last = self.seen.get(place, (size, number, size, number))
        self.seen[place] = (low, first, high, last) if low <= size <= high else \
            (size, number, high, last) if size < low else (low, first, size, number)

    def lines(self):
        """The numbers of lines that together have all there is."""
        return {number for _, first, _, last in self.seen.values() for number in (first, last)}


def check_lines(job):
    """What is wrong first with the lines that a command prints; and how many of each kind there are.

    The schema bounds types, keys, numbers, lengths and classes of characters. If the lines at the bounds are valid, those between
    them are, and jsonschema, which is slow, need not see them.
    """
    program, words, release, every = job
    whole, parts = kinds_of(schema_of(program, release))
    lines = [json.loads(text) for text in harness.run([program, *words]).out.decode().splitlines()]
    counts, extent, chosen = {}, Extent(), set()
    for number, line in enumerate(lines):
        kind = kind_of(line, parts)
        counts[kind] = counts.get(kind, 0) + 1
        extent.take(line, number)
        if every or counts[kind] <= ENVELOPE:
            chosen.add(number)
            error = first_error(whole if counts[kind] <= ENVELOPE else parts[kind], line)
            if error:
                return error, counts
    errors = (first_error(parts[kind_of(lines[number], parts)], lines[number]) for number in sorted(extent.lines() - chosen))
    return next(filter(None, errors), None), counts


def check_schemas(suite):
    """The schemas are ones of draft 2020-12: that of the newest release, with --long those of all."""
    releases = [line.split()[0] for line in harness.run([suite.program(), "list"]).out.decode().splitlines() if re.match(r"[0-9]", line)]
    suite.check(len(releases) > 10, "there are releases", "more than 10", releases)
    for release in dict.fromkeys(releases if suite.options.long else releases[-1:]):
        try:
            jsonschema.Draft202012Validator.check_schema(schema_of(suite.program(), release))
            error = None
        except jsonschema.SchemaError as wrong:
            error = wrong.message
        suite.equal(None, error, "the schema of " + release)


def release_of(suite, path):
    line = json.loads(harness.run([suite.program(), "--tables=rawheader", path]).out.splitlines()[0])
    return line["release"], line["model"]


def check_examples(suite):
    jobs = []
    for path in suite.examples():
        release, model = release_of(suite, path)
        jobs.append((suite.program(), [path], "%s/%s" % (release, model), suite.options.long))
    for job, (error, counts) in zip(jobs, harness.processes(check_lines, jobs)):
        suite.equal(None, error, "lines of %s" % os.path.basename(job[1][0]), harness.shell([job[0], *job[1]]))
        suite.check(counts.get("tstat", 0) > 100 and counts["rawheader"] == 1, "there are lines", "of all kinds", counts)


def check_options(suite, path, tables):
    """Options that change lines; damage, gaps and carved records."""
    release = release_of(suite, path)[0]
    data = harness.read(path)
    samples = list(facts.Log(data, tables).samples())
    cut = suite.path("gap.raw", data[:samples[2].offset] + data[samples[3].offset:-1000])
    packed = suite.path("two.gz", gzip.compress(data + data))
    for words, kind in ((["--reserved", path], "tstat"), (["--time=epoch", cut], "gap"), ([cut], "damage"), ([path, cut], "tstat"),
                        ([packed], "rawheader"), (["carve", path], "tstat"),
                        (["carve", "--schema=" + release, suite.path("piece", data[samples[1].offset:])], "tstat")):
        error, counts = check_lines((suite.program(), words, release, suite.options.long))
        suite.equal(None, error, "lines with %s" % words[0])
        suite.check(counts.get(kind, 0) > 0, "there is a line with %s: %s" % (kind, words), kind, counts)


def changed(line, kind):
    """Lines that no log gives: a key more or less, a value of another type, in each object."""
    def objects(value, path=()):
        if isinstance(value, dict):
            yield path
            for key, inner in value.items():
                yield from objects(inner, path + (key,))
        elif isinstance(value, list) and value:
            yield from objects(value[0], path + (0,))

    def at(root, path):
        for key in path:
            root = root[key]
        return root

    for path in objects(line):
        if at(line, path):
            other = copy.deepcopy(line)
            at(other, path)["no_such_key"] = 1
            yield "a key more in %s" % list(path), other
            other = copy.deepcopy(line)
            key = kind if not path else next((key for key in at(other, path) if not key.endswith("_hex")), None)
            if key is not None:
                del at(other, path)[key]
                yield "no %s in %s" % (key, list(path)), other
            other = copy.deepcopy(line)
            if key is not None:
                at(other, path)[key] = {"a": []}
                yield "an object for %s in %s" % (key, list(path)), other


def mistaken(line):
    """Lines with a value that its member cannot have: numbers beyond its type, arrays longer than upstream's."""
    def places(value, path=()):
        yield path, value
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ():
            yield from places(inner, path + (key,))

    for path, value in places(line):
        wrong = [2 ** 64, -2 ** 63 - 1] if isinstance(value, int) and not isinstance(value, bool) else \
            [value * 10000] if isinstance(value, list) and value else []
        for one in wrong:
            other = copy.deepcopy(line)
            inner = other
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = one
            yield "%.30s for %s" % (one, list(path)), other


NEVER_NULL = ("rawheader.magic", "rawrecord.curtime", "sstat.cpu.nrcpu", "tstat.gen.name", "tstat.gen", "cstat.gen.depth")


def trimmed(value):
    """A line whose arrays of structs have one element: the schema says the same of each."""
    if isinstance(value, dict):
        return {key: trimmed(inner) for key, inner in value.items()}
    return [trimmed(value[0])] if isinstance(value, list) and value and isinstance(value[0], dict) else value


def check_values(suite, line, kind, part):
    """Values that a line cannot have. The schema has no limits for notes, pids and the keys of the line itself."""
    if kind == "note":
        return
    line = {**line, kind: {key: value for key, value in line[kind].items() if key != "pids"}} if kind == "cstat" else line
    for what, other in mistaken({kind: line[kind]}):
        suite.check(first_error(part, {**line, **other}) is not None, "a changed line of %s: %s" % (kind, what), "not valid", "valid")
    for name in NEVER_NULL:
        if name.split(".")[0] == kind:
            other = copy.deepcopy(line)
            *above, last = name.split(".")
            inner = other
            for key in above:
                inner = inner[key]
            suite.check(last in inner, name, "a member", sorted(inner))
            inner[last] = None
            suite.check(first_error(part, other) is not None, "null for " + name, "not valid", "valid")


def check_strict(suite, path):
    release, model = release_of(suite, path)
    whole, parts = kinds_of(schema_of(suite.program(), release))
    seen = set()
    for text in harness.run([suite.program(), path]).out.decode().splitlines():
        line = trimmed(json.loads(text))
        kind = kind_of(line, parts)
        if kind in seen:
            continue
        seen.add(kind)
        suite.equal(None, first_error(whole, line), "the line of %s before it is changed" % kind)
        for what, other in changed(line, kind):     # if its struct is there, the line can be valid only as one of its kind
            suite.check(first_error(parts[kind] if kind in other else whole, other) is not None,
                        "a changed line of %s: %s" % (kind, what), "not valid", "valid")
        check_values(suite, line, kind, parts[kind])
    header = json.loads(harness.run([suite.program(), "--tables=rawheader", path]).out)
    for key, value in (("release", "0.1"), ("model", "lp32"), ("byteorder", "middle")):
        suite.check(first_error(whole, dict(header, **{key: value})) is not None, "another %s" % key, "not valid", "valid")
    other = next(name for name in ("ilp32", "lp64") if name != model)
    whole = kinds_of(schema_of(suite.program(), "%s/%s" % (release, other)))[0]
    suite.check(first_error(whole, header) is not None, "a header of another model", "not valid", "valid")


def check_views(suite):
    """Lines of all views of some releases are valid, also with epochs, and no changed line is."""
    listed = harness.run([suite.program(), "--list-views"]).out.decode()
    views = [line.split(":")[0] for line in listed.splitlines() if line[:1] != " "]
    seen = set()
    logs = r"atop-(1[.]26|2[.]4[.]0|2[.]8[.]1|2[.]13[.]0)[.]raw$" if suite.options.long else r"atop-2[.](4|13)[.]0[.]raw$"
    for path in (path for path in suite.examples() if re.search(logs, path)):
        release = release_of(suite, path)[0]
        whole, parts = kinds_of(schema_of(suite.program(), release))
        for more in ([], ["--time=epoch"]) if suite.options.long or not seen else ([],):
            error, counts = check_lines((suite.program(), ["--view=" + ",".join(views), *more, path], release, suite.options.long))
            suite.equal(None, error, "lines of views of %s %s" % (os.path.basename(path), more))
            seen |= {kind for kind, count in counts.items() if count > 0}
        for text in harness.run([suite.program(), "--view=top,cpu", path]).out.decode().splitlines()[-2:]:
            line = json.loads(text)
            kind = kind_of(line, parts)
            for what, other in changed(line, kind):
                suite.check(first_error(parts[kind] if kind in other else whole, other) is not None,
                            "a changed line of the view %s: %s" % (kind, what), "not valid", "valid")
            for key, value in (("cpu_percent", "1"), ("interval", 1.5), ("time", "now"), ("host", 1)):
                if key in line[kind]:
                    suite.check(first_error(parts[kind], {**line, kind: {**line[kind], key: value}}) is not None,
                                "%s: %r for %s" % (kind, value, key), "not valid", "valid")
    suite.check(len(seen & set(views)) > len(views) // 2, "views have lines", "more than half of %s" % views, sorted(seen))


def check_refused(suite):
    for words, message in ((["0.1"], b"there is no release '0.1'"), (["2.7", "--as=avro"], b"schema takes RELEASE or --as=ENGINE")):
        result = harness.run([suite.program(), "schema", *words])
        suite.check(result.status == 1 and message in result.err and not result.out, "schema %s" % words, message, result)


def main():
    suite = harness.Suite(__doc__)
    check_refused(suite)
    if jsonschema is None:
        print("not tested: there is no python3-jsonschema")
        suite.finish()
    check_examples(suite)
    check_options(suite, suite.examples()[-1], facts.load_tables())
    check_schemas(suite)
    check_views(suite)
    check_strict(suite, next(path for path in suite.examples() if "2.13.0.raw" in path))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
