"""The views in schemas/views, read and computed without the project's programs: a reader of their lines, and an evaluator of their
expressions over nested JSON.

Null is None. A missing member is null: a name that no schema knows is refused elsewhere. So is an integer, of a member or a result,
that does not fit into 64 bits with a sign.
"""

import glob
import math
import os
import re

from lib import harness

FOLDER = os.path.join(harness.ROOT, "schemas", "views")
ITEM = re.compile(r'\{(.*)\}\s*(?:#.*)?$')
KEY = re.compile(r'''(\w+):\s*("(?:[^"\\]|\\.)*"|'[^']*'|\[[^\]]*\]|[^,]+?)\s*(?:,\s*|$)''')
TOKEN = re.compile(r'''\s*(?:(\d+\.\d+|\d+)|"([^"]*)"|'(.)'|([A-Za-z_]\w*(?:\.\w+)*)|(\|\||&&|[=!<>]=|[-<>&+*/%!?:(),]))''')
LEVELS = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["&"], ["+", "-"], ["*", "/", "%"]]
BYTES_DOC = "the bytes of that text in hex; null if they are the text"
FIRST = ("file", "host", "time", "interval", "since_boot", "sample", "run")
ROWS = ("sstat", "tstat", "cstat")      # tables whose rows are structs; those of other views are elements of an array
ROOTS = {"header": "rawheader", "rawheader": "rawheader", "record": "rawrecord", "rawrecord": "rawrecord", "sstat": "sstat"}


# --- files --------------------------------------------------------------------------------------------------------


def scalar(text):
    if text[:1] == '"':
        return text[1:-1].replace('\\"', '"')
    return text[1:-1] if text[:1] == "'" else text


def read_item(text):
    """{key: value} of a mapping in one line; a list stays a list."""
    item = {}
    for key, value in KEY.findall(ITEM.search(text).group(1)):
        item[key] = [scalar(part.strip()) for part in value[1:-1].split(",")] if value[:1] == "[" else scalar(value)
    return item


def listed(value):
    return [value] if isinstance(value, str) else value


class View:
    """A view as its file says."""

    def __init__(self, path):
        self.names, self.columns, self.order, self.where = [], [], None, None
        part = None
        with open(path, encoding="utf-8") as file:
            for line in file:
                head = re.match(r"(\w+):\s*(.*)$", line)
                if head:
                    part, value = head.group(1), head.group(2)
                    if part in ("view", "doc", "table", "where"):
                        setattr(self, {"view": "name"}.get(part, part), scalar(value))
                    elif part == "order":
                        self.order = read_item(value)
                elif line.startswith("  - "):
                    item = read_item(line)
                    getattr(self, part).append(item)
                    if item.get("bytes") == "true":
                        self.columns.append({"name": item["name"] + "_bytes", "value": [path + "_hex" for path in listed(item["value"])],
                                             "doc": BYTES_DOC})


def load():
    """{name: view}."""
    views = [View(path) for path in sorted(glob.glob(os.path.join(FOLDER, "*.yaml")))]
    return {view.name: view for view in views}


def aliases():
    """{name of a member of memstat or gen, the structs with renamed ones that views read: names that it has in other releases}."""
    found, struct = {}, None
    for path in glob.glob(os.path.join(harness.ROOT, "schemas", "atop-*.yaml")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                struct = (re.match(r"  (\w+):$", line) or [None, struct])[1]
                item = re.search(r"- \{name: (\w+),", line) if struct in ("memstat", "gen") else None
                for other in re.findall(r"\b(?:was|column): (\w+)", line) if item else ():
                    found.setdefault(item.group(1), set()).add(other)
                    found.setdefault(other, set()).add(item.group(1))
    return found


ALIASES = aliases()


# --- expressions --------------------------------------------------------------------------------------------------


def tokens_of(text):
    at, out = 0, []
    while text[at:].strip():
        match = TOKEN.match(text, at)
        number, string, letter, name, sign = match.groups()
        out.append(("number", float(number) if "." in number else int(number)) if number else
                   ("text", string) if string is not None else ("text", letter) if letter else
                   ("name", name) if name else ("sign", sign))
        at = match.end()
    return out + [("end", None)]


class Parser:
    """Trees of tuples: ("number", 1), ("name", "gen.pid"), ("call", "max", args), (operator, left, right), …"""

    def __init__(self, text):
        self.tokens, self.at = tokens_of(text), 0

    def sign(self, *wanted):
        kind, value = self.tokens[self.at]
        if kind == "sign" and value in wanted:
            self.at += 1
            return value
        return None

    def choice(self):
        test = self.level(0)
        if not self.sign("?"):
            return test
        yes = self.choice()
        assert self.sign(":")
        return ("?", test, yes, self.choice())

    def level(self, n):
        if n == len(LEVELS):
            return self.unary()
        left = self.level(n + 1)
        while True:
            sign = self.sign(*LEVELS[n])
            if not sign:
                return left
            left = (sign, left, self.level(n + 1))

    def unary(self):
        sign = self.sign("-", "!")
        return ("neg" if sign == "-" else "not", self.unary()) if sign else self.primary()

    def primary(self):
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind == "sign":
            assert value == "("
            inner = self.choice()
            assert self.sign(")")
            return inner
        if kind == "name" and self.sign("("):
            args = [self.choice()]
            while self.sign(","):
                args.append(self.choice())
            assert self.sign(")")
            return ("call", value, args)
        return (kind, value)


def parse(text):
    parser = Parser(text)
    tree = parser.choice()
    assert parser.tokens[parser.at][0] == "end", text
    return tree


def cut(a, b):
    """a / b, cut towards zero."""
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def fitting(value):
    return None if isinstance(value, int) and not -2 ** 63 <= value < 2 ** 63 else value


def arithmetic(op, a, b):
    if op == "/":
        if b == 0:
            return None
        return a / b if isinstance(a, float) or isinstance(b, float) else cut(a, b)
    if op == "%":
        return None if b == 0 else a - cut(a, b) * b
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "&": lambda: a & b}[op]()


def compare(op, a, b):
    return {"==": a == b, "!=": a != b}[op] if op in ("==", "!=") else \
        {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]


FUNCTIONS = {"max": max, "min": min, "double": float, "floor": math.floor, "length": lambda t: len(t.encode()),
             "lower": str.lower, "contains": lambda t, u: u in t, "starts_with": str.startswith}


def evaluate(tree, look_up):
    """The value of a tree; look_up(name) has those of names."""
    kind = tree[0]
    if kind in ("number", "text"):
        return tree[1]
    if kind == "name":
        return None if tree[1] == "null" else {"true": True, "false": False}.get(tree[1]) \
            if tree[1] in ("true", "false") else fitting(look_up(tree[1]))
    if kind == "?":
        return evaluate(tree[2] if evaluate(tree[1], look_up) else tree[3], look_up)
    if kind == "not":
        return not evaluate(tree[1], look_up)
    if kind == "call":
        args = [evaluate(arg, look_up) for arg in tree[2]]
        if None in args:
            return None
        if any(isinstance(arg, float) for arg in args):
            args = [float(arg) for arg in args]
        return FUNCTIONS[tree[1]](*args)
    if kind in ("||", "&&"):
        left = evaluate(tree[1], look_up)
        return bool(left or evaluate(tree[2], look_up)) if kind == "||" else bool(left and evaluate(tree[2], look_up))
    args = [evaluate(arg, look_up) for arg in tree[1:]]
    if kind in ("==", "!=") and ("name", "null") in tree[1:]:
        return (args[0] is None and args[1] is None) == (kind == "==")
    if None in args:
        return False if kind in LEVELS[2] else None
    if kind in LEVELS[2]:
        return compare(kind, *args)
    return fitting(-args[0] if kind == "neg" else arithmetic(kind, *args))


# --- rows ---------------------------------------------------------------------------------------------------------


def walk(values, path):
    """The member at a path of nested JSON; None if it is not there."""
    for name in path:
        if not isinstance(values, dict):
            return None
        if name not in values:
            name = next((other for other in ALIASES.get(name, ()) if other in values), None)
        values = values.get(name)
    return values


def typed(value, column):
    """As the column has it: a float32 stays what it is."""
    return value


class Sample:
    """The structs of a sample in nested JSON: {role: members}."""

    def __init__(self, file, line, header):
        self.first = {"file": file, "host": line["host"], "time": line["time"], "since_boot": line.get("since_boot", False),
                      "sample": line["sample"]}
        self.structs = {"rawheader": header}
        self.rows = {"tstat": [], "cstat": []}

    def add(self, line):
        for role in ("rawrecord", "sstat"):
            if role in line:
                self.structs[role] = line[role]
        for role in ("tstat", "cstat"):
            if role in line:
                self.rows[role].append((line[role], {key: line.get(key) for key in ("cgroup", "cgroup_hex")}))


def samples_of(file, lines):
    """The samples in lines of JSON, in order."""
    header, out = None, {}
    for line in lines:
        header = line.get("rawheader", header)
        if "sample" in line:
            out.setdefault(line["sample"], Sample(file, line, header)).add(line)
    samples, starts = [out[number] for number in sorted(out)], 0
    for i, sample in enumerate(samples):
        starts += sample.first["since_boot"] and i > 0
        sample.first["run"] = starts
    return samples


def rows_of(view, sample):
    """(members, the cgroup and its bytes, index) of each row of the view's table."""
    if view.table in ("tstat", "cstat"):
        return [(values, cgroup, None) for values, cgroup in sample.rows[view.table]]
    if view.table == "sstat":
        return [(sample.structs["sstat"], {}, None)] if "sstat" in sample.structs else []
    path = {"sstat_cpu_cpu": "cpu cpu", "sstat_dsk_dsk": "dsk dsk", "sstat_dsk_lvm": "dsk lvm", "sstat_dsk_mdd": "dsk mdd",
            "sstat_intf_intf": "intf intf", "sstat_memnuma_numa": "memnuma numa", "sstat_cpunuma_numa": "cpunuma numa"}[view.table]
    elements = walk(sample.structs.get("sstat", {}), path.split())
    return [(values, {}, i) for i, values in enumerate(elements or [])]


def compute(view, sample, time_text):
    """The rows of the view in a sample: a list of {column: value}."""
    trees = {name["name"]: parse(name["value"]) for name in view.names}
    columns = [(column, [parse(value) for value in listed(column["value"])])
               for column in view.columns]
    where = parse(view.where) if view.where else None
    out = []
    for values, cgroup, index in rows_of(view, sample):
        context = dict(sample.first, interval=sample.structs["rawrecord"]["interval"], idx=index, **cgroup)

        def look_up(name):
            first, *rest = name.split(".")
            if name in trees:
                return evaluate(trees[name], look_up)
            if first in ROOTS and rest and first not in values:
                return walk(sample.structs.get(ROOTS[first]), rest)
            return walk(values, [first] + rest)

        if where is not None and not evaluate(where, look_up):
            continue
        row = {}
        for column, alternatives in columns:
            value = None
            for tree in alternatives:
                if tree[0] == "name" and tree[1] in context and value is None:
                    value = context[tree[1]]
                elif value is None:
                    value = evaluate(tree, look_up)
            if column.get("type") == "time" or (alternatives[0] == ("name", "gen.btime") and value is not None):
                value = None if value is None else time_text(value)
            row[column["name"]] = value
        out.append(row)
    if view.order:
        by, sign = view.order["by"], -1 if view.order.get("descending") == "true" else 1
        out.sort(key=lambda row: (row[by] is None, sign * (row[by] or 0)))
    return out
