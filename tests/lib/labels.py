"""What `atop -P` and `-J` print for a log, computed from tests/data/labels/tables and the fact tables alone: the tests' own
reading of the language in which those tables are written.

Not a test. It knows no file of schemas/, and nothing of the program.
"""

import functools
import math
import re
import struct
import time
from fractions import Fraction

from lib import facts, labelfiles

# Members with other names in other releases.
RENAMED = (("hugepagesz", "shugepagesz"), ("tothugepage", "stothugepage"), ("freehugepage", "sfreehugepage"),
           ("zswstored", "zswapped"), ("zswtotpool", "zswap"), ("shtext", "vexec"), ("sample", "samples"), ("envid", "ctid"))

TOKEN = re.compile(r"""\s*(?:(\d+\.\d+)|(\d+)|'(.)'|"([^"]*)"|([A-Za-z_][\w]*(?:\.\w+|\[\d+\])*)|"""
                   r"""(\|\||&&|==|!=|<=|>=|[-+*/%<>!&?:(),]))""")
LEVELS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/", "%"))
FORMAT = re.compile(r"%(\d*)(?:\.(\d+))?(lld|llu|ld|hd|[dufxcs])|%%")


class Missing(Exception):
    """The log's release has no such member."""


# --- numbers ------------------------------------------------------------------------------------------------

def wrap(value, bits=64, signed=True):
    """What a register of so many bits holds of it."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if signed and value >> bits - 1 else value


def quotient(one, other):
    """C's division of integers; by 0 it is 0."""
    if other == 0:
        return 0
    size = abs(one) // abs(other)
    return wrap(size if (one < 0) == (other < 0) else -size)


def extended(value):
    """The nearest number with a mantissa of 64 bits, as the x87 computes."""
    if not value:
        return value
    shift = 64 - (abs(value.numerator).bit_length() - value.denominator.bit_length())
    for by in (shift - 1, shift, shift + 1):
        scaled = abs(value) * Fraction(2) ** by
        if 1 << 63 <= round(scaled) < 1 << 64:
            break
    return Fraction(round(scaled)) / Fraction(2) ** by * (1 if value > 0 else -1)


def as_float32(value):
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


# --- expressions --------------------------------------------------------------------------------------------

class Parser:
    """Text to a tree of tuples: ("int", 3), ("path", "it.name"), ("call", name, [args]), (operator, operands…)."""

    def __init__(self, text):
        self.tokens, at = [], 0
        text = text.rstrip()
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise ValueError("no token in %r at %d" % (text, at))
            self.tokens.append(found.groups())
            at = found.end()
        self.at = 0

    def sign(self, *signs):
        """The next token if it is one of these operators; it is passed."""
        if self.at < len(self.tokens) and self.tokens[self.at][5] in signs:
            self.at += 1
            return self.tokens[self.at - 1][5]
        return None

    def need(self, sign):
        if not self.sign(sign):
            raise ValueError("no %r at token %d of %r" % (sign, self.at, self.tokens))

    def whole(self):
        tree = self.expr()
        if self.at != len(self.tokens):
            raise ValueError("something behind %r" % (tree,))
        return tree

    def expr(self):
        condition = self.level(0)
        if not self.sign("?"):
            return condition
        one = self.expr()
        self.need(":")
        return ("?", condition, one, self.expr())

    def level(self, n):
        if n == len(LEVELS):
            return self.unary()
        left = self.level(n + 1)
        while True:
            operator = self.sign(*LEVELS[n])
            if not operator:
                return left
            left = (operator, left, self.level(n + 1))

    def unary(self):
        operator = self.sign("-", "!")
        if operator:
            return ("minus" if operator == "-" else "!", self.unary())
        if self.sign("("):
            inner = self.expr()
            self.need(")")
            return inner
        real, integer, letter, text, path, _ = self.tokens[self.at]
        self.at += 1
        if real:
            return ("real", float(real))
        if integer:
            return ("int", int(integer))
        if letter:
            return ("int", ord(letter))
        if text is not None:
            return ("text", text.encode())
        if not path:
            raise ValueError("an operand, not %r" % (self.tokens[self.at - 1],))
        if self.sign("("):
            args = (self.expr(),)
            while self.sign(","):
                args += (self.expr(),)
            self.need(")")
            return ("call", path, args)
        return ("null",) if path == "null" else ("path", path)


@functools.lru_cache(maxsize=None)
def parse(text):
    return Parser(text).whole()


# --- tables -------------------------------------------------------------------------------------------------

@functools.lru_cache(maxsize=None)
def version(release):
    main, _, build = release.partition("-")
    return tuple(int(part) for part in main.split(".")) + (int(build or 0),)


def holds(row, release):
    return version(row["from"]) <= version(release) <= version(row["to"])


@functools.lru_cache(maxsize=None)
def rows_of(release, compat=True):
    """[(row of labels.tsv, its columns in order)] of a release, as upstream prints them, or as they are printed by default."""
    made = []
    for row in labelfiles.table("labels.tsv"):
        if holds(row, release):
            columns = [column if compat else default(column, row, release) for column in labelfiles.table(row["file"])
                       if (column["mode"], column["row"]) == (row["mode"], row["row"]) and holds(column, release)]
            made.append((row, sorted(columns, key=lambda column: int(column["col"]))))
    return made


def default(column, row, release):
    """The column as defects.tsv has it, where it has it."""
    for other in labelfiles.table("defects.tsv"):
        if all(other[key] == value for key, value in (("label", row["label"]), ("mode", row["mode"]), ("row", row["row"]),
                                                      ("key", column["key"]))) and holds(other, release):
            return dict(column, format=other["format"], expr=other["expr"])
    return column


@functools.lru_cache(maxsize=None)
def names_of(release):
    return {row["name"]: parse(row["expr"]) for row in labelfiles.table("names.tsv") if holds(row, release)}


@functools.lru_cache(maxsize=None)
def arrays_of(release):
    return {row["name"]: row for row in labelfiles.table("arrays.tsv") if holds(row, release)}


# --- a sample in memory -------------------------------------------------------------------------------------

class Place:
    """A struct in bytes."""

    __slots__ = ("data", "at", "extra")

    def __init__(self, data, at=0, extra=None):
        self.data = data
        self.at = at
        self.extra = extra      # of a cgroup: (path, pids)


class Sample:
    """The bytes of what a record and its blocks hold."""

    def __init__(self, log, sample):
        table, order = log.table, log.order
        blocks = [log.data[start:start + length] for start, length in sample.blocks]
        task = table.structs[table.task_struct]
        count = sample.record[table.task_count]
        self.record = sample.record
        self.places = {"header": Place(log.data), "record": Place(log.data, sample.offset),
                       "sstat": Place(facts.inflate(blocks[0], table.size("sstat")))}
        tasks = facts.inflate(blocks[1], count * task.size)
        self.tasks = [Place(tasks, i * task.size) for i in range(count)]
        self.cgroups = []
        if sample.cgroups:
            self._cgroups(table, order, sample, facts.inflate(blocks[2], sample.record["coriglen"]))
        self.owner = {pid: cgroup for cgroup in self.cgroups for pid in cgroup.extra[1]}

    def _cgroups(self, table, order, sample, chain):
        at, paths = 0, []
        for values, name, pids in sample.cgroups:
            gen = values["gen"]
            above = paths[gen["parentseq"]] if gen["parentseq"] >= 0 else None
            path = b"/" if above is None else (b"" if above == b"/" else above) + b"/" + name
            paths.append(path)
            self.cgroups.append(Place(chain, at, (path, pids)))
            at += gen["structlen"]


class Compiler:
    """Trees to functions of an environment, for logs of one table; columns are those of release `as_release`."""

    def __init__(self, table, order, as_release):
        self.table = table
        self.order = order
        self.release = as_release
        self.x87 = table.model.startswith("i386")
        self.long = 64 if table.model == "lp64" else 32
        self.time = 64 if table.model == "lp64" or table.model.endswith("-t64") else 32
        self.structs = {"header": table.structs["rawheader"], "record": table.structs["rawrecord"],
                        "sstat": table.structs["sstat"]}
        self.names = names_of(as_release)
        self.cache = {}

    def task_node(self):
        return self.table.structs[self.table.task_struct]

    def compile(self, tree, it=None):
        """A function of (sample, element, index); `it`: the node of the element."""
        key = tree, it
        if key not in self.cache:
            self.cache[key] = self._compile(tree, it)
        return self.cache[key]

    def _compile(self, tree, it):
        kind = tree[0]
        if kind in ("int", "real", "text"):
            return lambda sample, one, i, value=tree[1]: value
        if kind == "null":
            return lambda sample, one, i: None
        if kind == "path":
            return self.path(tree[1], it)
        if kind == "call":
            return self.call(tree[1], tree[2], it)
        args = [self.compile(arg, it) for arg in tree[1:]]
        if kind == "?":
            return lambda s, o, i: args[1](s, o, i) if args[0](s, o, i) else args[2](s, o, i)
        if kind == "||":
            return lambda s, o, i: int(bool(args[0](s, o, i) or args[1](s, o, i)))
        if kind == "&&":
            return lambda s, o, i: int(bool(args[0](s, o, i) and args[1](s, o, i)))
        if kind == "!":
            return lambda s, o, i: int(not args[0](s, o, i))
        if kind == "minus":
            return lambda s, o, i: self.number(-args[0](s, o, i))
        operate = self.operators()[kind]
        return lambda s, o, i: operate(args[0](s, o, i), args[1](s, o, i))

    @staticmethod
    def number(value):
        return wrap(value) if isinstance(value, int) else value

    def operators(self):
        def divide(a, b):
            if isinstance(a, int) and isinstance(b, int):
                return quotient(a, b)
            if isinstance(a, Fraction):
                return extended(a / b)
            return a / b if b else math.nan
        return {"==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b), "<": lambda a, b: int(a < b),
                "<=": lambda a, b: int(a <= b), ">": lambda a, b: int(a > b), ">=": lambda a, b: int(a >= b),
                "&": lambda a, b: wrap(a & b), "+": lambda a, b: self.number(a + b), "-": lambda a, b: self.number(a - b),
                "*": lambda a, b: self.number(a * b), "/": divide,
                "%": lambda a, b: wrap(a - b * quotient(a, b)) if b else 0}

    def path(self, path, it):
        first, _, rest = path.partition(".")
        if first in self.names and not rest:
            return self.compile(self.names[first], it)
        if path == "i":
            return lambda sample, one, i: i
        if path == "cg":
            self.cgroup_node()
            return lambda sample, one, i: int(self.cgroup(sample, one) is not None)
        if first == "it":
            return self.getter(it, rest, lambda sample, one: one)
        if first == "cg":
            return self.getter(self.cgroup_node(), rest, self.cgroup)
        return self.getter(self.structs[first], rest, lambda sample, one: sample.places[first])

    def cgroup_node(self):
        if "cstat" not in self.table.structs:
            raise Missing("cgroups")
        return self.table.structs["cstat"]

    def cgroup(self, sample, one):
        """The cgroup of a process; threads have none."""
        gen = self.task_node().find("gen")
        def value(name):
            node = gen.find(name)
            return node.unpacker(self.order).unpack_from(one.data, one.at + node.at)[0]
        return sample.owner.get(value("pid")) if value("isproc") else None

    def member(self, node, path):
        """(node, offset in its top-level struct) of a dotted path with indices."""
        offset = 0
        for part in path.split("."):
            name, _, index = part.partition("[")
            others = [new for old, new in RENAMED if old == name] + [old for old, new in RENAMED if new == name]
            found = next((member for wanted in [name] + others for member in node.members if member.name == wanted), None)
            if found is None:
                raise Missing(path)
            node = found
            offset += node.offset + (int(index[:-1]) * node.strides[0] if index else 0)
        return node, offset

    def getter(self, node, path, place):
        node, offset = self.member(node, path)
        unpack = node.unpacker(self.order).unpack_from
        if node.is_text:
            def read(sample, one, i):
                where = place(sample, one)
                return unpack(where.data, where.at + offset)[0].split(b"\0")[0]
            return read
        signed = {"char": 8, "u64": 64}.get(node.prim)
        def read_number(sample, one, i):
            where = place(sample, one)
            value = unpack(where.data, where.at + offset)[0]
            return wrap(value, signed) if signed else value
        return read_number

    def call(self, name, args, it):
        if name == "sum":
            array, tree = self.array(args[0][1]), args[1]
            inner = self.compile(tree, array[0])
            return lambda s, o, i: wrap(sum(inner(s, one, k) for k, one in self.elements(array, s)))
        if name in ("path", "pids"):
            which = self.cgroup if args[0][1] == "cg" else lambda sample, one: one
            return lambda s, o, i: which(s, o).extra[name == "pids"]
        value = self.compile(args[0], it)
        plain = {"int": lambda v: wrap(v, 32), "hash": lambda v: Text(v, "hash"), "escape": lambda v: Text(v, "escape"),
                 "word": lambda v: Text(v, "word"), "double": Fraction if self.x87 else float,
                 "float": (lambda v: v) if self.x87 else as_float32}[name]
        return lambda s, o, i: plain(value(s, o, i))

    def array(self, name):
        """(node of an element, row of arrays.tsv, functions); an array is that of the log's own release."""
        row = arrays_of(self.table.release).get(name)
        if row is None:
            raise Missing(name)
        if row["path"] in ("tstat", "cstat"):
            return (self.task_node() if row["path"] == "tstat" else self.cgroup_node()), row, None
        node, offset = self.member(self.structs["sstat"], row["path"].partition(".")[2])
        elem = Element(node)
        conditions = [self.compile(parse(row[key]), elem) if row[key] else None for key in ("count", "until", "if")]
        return elem, row, (node, offset, conditions)

    def elements(self, array, sample):
        """(index, place) of the elements of an array."""
        _, row, found = array
        if found is None:
            yield from enumerate(sample.tasks if row["path"] == "tstat" else sample.cgroups)
            return
        node, offset, (count, until, keep) = found
        sstat = sample.places["sstat"]
        for i in range(count(sample, None, 0) if count else node.dims[0]):
            one = Place(sstat.data, sstat.at + offset + i * node.strides[0])
            if until and until(sample, one, i):
                return
            if not keep or keep(sample, one, i):
                yield i, one


class Element:
    """A member of an array as the root of paths."""

    def __init__(self, node):
        self.members = node.members if node else []     # None: the log has no such array


class Text:
    """A text, and the function through which it is printed."""

    def __init__(self, value, how):
        self.value = value
        self.how = how


# --- printing -----------------------------------------------------------------------------------------------

def doubled(text):
    """Each backslash doubled, until the result is 16 bytes longer."""
    made = b""
    if b"\\" not in text:
        return text
    for byte in text:
        made += b"\\\\" if byte == 92 else bytes([byte])
        if len(made) >= len(text) + 16:
            break
    return made


def real_text(value, digits):
    """As printf prints a double, with the sign of a NaN."""
    value = float(value)
    if math.isnan(value):
        return b"-nan" if math.copysign(1, value) < 0 else b"nan"
    return ("%.*f" % (digits, value)).encode()


def visible(text):
    """Bytes that could forge a line, escaped."""
    return b"".join(b"\\x%02x" % byte if byte < 0x20 or byte == 0x7F else bytes([byte]) for byte in text)


def pieces(form):
    """[(text before, the conversion or None for a percent sign)] of a format, and the text behind the last."""
    made, at = [], 0
    for found in FORMAT.finditer(form):
        made.append((form[at:found.start()].encode(), None if found.group() == "%%" else found.groups()))
        at = found.end()
    return made, form[at:].encode()


class Style:
    """How values are printed: lines (P) or JSON (J), as upstream or by default, with -Z or without."""

    def __init__(self, compiler, mode, compat=True, no_spaces=False):
        self.compiler, self.mode, self.compat, self.no_spaces = compiler, mode, compat, no_spaces

    def text(self, value, cut):
        """A text of a line, or of JSON as upstream prints it."""
        how, value = (value.how, value.value) if isinstance(value, Text) else (None, value)
        if self.mode == "J":
            value = re.sub(rb'["\\]', b"#", value) if how == "hash" else doubled(value) if how == "escape" else value
        elif not self.compat:
            value = visible(value)
        if how == "word":
            return (value.replace(b" ", b"_") or b"_") if self.no_spaces else b"(%s)" % value
        return value[:int(cut)] if cut else value

    def number(self, conversion, key):
        """A function that prints an integer."""
        of_time = key in ("btime", "elaps", "exittime")
        bits = {"lld": 64, "llu": 64, "ld": self.compiler.time if of_time else self.compiler.long, "hd": 16}.get(conversion, 32)
        base = b"%x" if conversion == "x" else b"%d"
        if conversion[-1] != "d":
            return lambda value: base % (value & (1 << bits) - 1)
        low, high = -1 << bits - 1, 1 << bits - 1
        return lambda value: base % (value if low <= value < high else wrap(value, bits))

    def convert(self, spec, key):
        """A function that prints a value."""
        width, precision, conversion = spec
        if conversion == "s":
            return lambda value: self.text(value, precision)
        if conversion == "c":
            shown = visible if not self.compat and self.mode == "P" else bytes
            return lambda value: shown(bytes([value & 255]))
        inner = (lambda value: real_text(value, int(precision or 6))) if conversion == "f" else self.number(conversion, key)
        if not width:
            return inner
        return lambda value: inner(value).rjust(int(width), b"0" if width[0] == "0" else b" ")

    def column(self, column, functions):
        """A function of (sample, element, index) that prints a column. `functions`: its values; None: they are missing."""
        if functions is None:
            return lambda sample, one, i: b"-" if self.mode == "P" else b"null"
        if column["expr"].startswith("pids("):
            between = b" " if self.mode == "P" else b", "
            listed = b"%s" if self.mode == "P" else b"[%s]"
            return lambda sample, one, i: listed % between.join(b"%d" % pid for pid in functions[0](sample, one, i))
        parts, end = pieces(column["format"])
        if len(parts) == 1 and parts[0] == (b"", parts[0][1]) and parts[0][1] and not end:
            value, convert = functions[0], self.convert(parts[0][1], column["key"])
            if self.mode == "P" and not self.compat and column["expr"] == "path(it)":
                return lambda sample, one, i: convert(value(sample, one, i)).replace(b" ", b"\\x20")
            return lambda sample, one, i: convert(value(sample, one, i))
        left = list(functions)
        steps = [(before, self.convert(spec, column["key"]), left.pop(0)) if spec else (before + b"%", None, None)
                 for before, spec in parts]
        return lambda sample, one, i: b"".join(
            before + convert(value(sample, one, i)) if convert else before for before, convert, value in steps) + end


class Row:
    """A row of labels.tsv for logs of one table."""

    def __init__(self, compiler, row, columns, style):
        self.row = row
        self.array, self.is_list, element = None, bool(row["each"]), None
        try:
            if row["each"]:
                self.array = compiler.array(row["each"])
                element = self.array[0]
        except Missing:
            if row["when"]:
                raise           # a condition over what the log has not
            element = Element(None)
        self.when = compiler.compile(parse(row["when"])) if row["when"] else None
        self.keep = self.condition(compiler, row["if"], element)
        self.compiler, self.columns = compiler, []
        for column in columns:
            trees = [parse(part) for part in column["expr"].split(" ; ")] if column["expr"] else []
            try:
                functions = [compiler.compile(tree, element) for tree in trees]
            except Missing:
                functions = None
            self.columns.append((column, functions, style.column(column, functions)))

    @staticmethod
    def condition(compiler, text, element):
        """Without its members every element is printed."""
        try:
            return compiler.compile(parse(text), element) if text else None
        except Missing:
            return None

    def elements(self, sample):
        """(index, element) of what is printed for a sample."""
        if not self.is_list:
            return [(0, None)]
        found = self.compiler.elements(self.array, sample) if self.array else ()
        return [(i, one) for i, one in found if not self.keep or self.keep(sample, one, i)]

    def is_printed(self, sample):
        return not self.when or self.when(sample, None, 0)


class Labels:
    """A log's labels as release `as_release` prints them; that is the log's own if none is named."""

    def __init__(self, log, as_release=None):
        self.release = as_release or log.table.release
        self.compiler = Compiler(log.table, log.order, self.release)
        self.samples = [Sample(log, sample) for sample in log.samples(tasks=False, system=False)]
        self.host = log.header["utsname"]["nodename"].split(b"\0")[0]

    def rows(self, style, selected):
        """The rows that can be printed."""
        made = []
        for row, columns in rows_of(self.release, style.compat):
            if row["mode"] == style.mode and (selected is None or row["label"] in selected):
                try:
                    made.append(Row(self.compiler, row, columns, style))
                except Missing:
                    pass        # its condition is over what the log has not
        return made

    def parseable(self, selected=None, no_spaces=False, compat=True):
        style, made = Style(self.compiler, "P", compat, no_spaces), []
        rows = self.rows(style, selected)
        for sample in self.samples:
            if sample.record["flags"] & 1:
                made.append(b"RESET")
            for n, row in enumerate(rows):
                if row.row["row"] != "pids" and row.is_printed(sample):
                    below = rows[n + 1] if row.row["row"] == "group" else None
                    self.lines(made, sample, row, below, style)
            made.append(b"SEP")
        return b"".join(line + b"\n" for line in made)

    def lines(self, made, sample, row, below, style):
        """The lines of a row; behind that of each cgroup the line of its processes."""
        start = self.prefix(row.row["label"], sample, style)
        columns = [column for _, _, column in row.columns]
        for i, one in row.elements(sample):
            made.append(b" ".join([start] + [column(sample, one, i) for column in columns]))
            if below and below.keep(sample, one, i):
                made.append(b" ".join([start] + [column(sample, one, i) for _, _, column in below.columns]))

    def prefix(self, label, sample, style):
        seconds = sample.record["curtime"]
        moment = time.gmtime(seconds)
        year = moment.tm_year % 10000 if version(self.release) >= (2, 9, 0) else moment.tm_year
        date = "%04d/%s" % (year, time.strftime("%m/%d %H:%M:%S", moment))
        return b"%s %s %d %s %d" % (label.encode(), self.host if style.compat else visible(self.host), seconds, date.encode(),
                                    wrap(sample.record["interval"], 32))

    def json(self, selected=None):
        """With --compat."""
        style, made = Style(self.compiler, "J"), []
        rows = self.rows(style, selected)
        for sample in self.samples:
            made.append(b'{"host": "%s", "timestamp": %d, "elapsed": %d' % (
                self.host, sample.record["curtime"], wrap(sample.record["interval"], 32)))
            for row in rows:
                if row.is_printed(sample):
                    made += [b', "%s": ' % self.key(row), self.value(sample, row)]
            made.append(b"}\n")
        return b"".join(made)

    @staticmethod
    def key(row):
        return (row.row["json"].partition(":")[2] or row.row["label"]).encode()

    @staticmethod
    def value(sample, row):
        """A label's value in JSON. Upstream writes a comma before each element but the array's first one, printed or not."""
        def members(one, i):
            return b"{" + b", ".join(b'"%s"%s%s' % (column["key"].encode(), (column["sep"] or ": ").encode(), printed(sample, one, i))
                                     for column, _, printed in row.columns) + b"}"
        if not row.is_list:
            return members(None, 0)
        return b"[" + b"".join((b", " if i else b"") + members(one, i) for i, one in row.elements(sample)) + b"]"

    def objects(self, selected=None):
        """What each line of JSON says without --compat; a text is its bytes."""
        style, made = Style(self.compiler, "J", compat=False), []
        rows = self.rows(style, selected)
        for sample in self.samples:
            line = {"host": self.host, "timestamp": sample.record["curtime"], "elapsed": wrap(sample.record["interval"], 32)}
            if sample.record["flags"] & 1:
                line["reset"] = True
            for row in rows:
                if row.is_printed(sample):
                    found = [self.object(sample, row, one, i) for i, one in row.elements(sample)]
                    line[self.key(row).decode()] = found if row.is_list else found[0]
            made.append(line)
        return made

    @staticmethod
    def object(sample, row, one, i):
        made = {}
        for column, functions, printed in row.columns:
            values = [function(sample, one, i) for function in functions or ()]
            if functions is None or None in values:
                made[column["key"]] = None
            elif column["expr"].startswith("pids("):
                made[column["key"]] = values[0]
            elif "s" in column["format"]:
                text = values[0].value if isinstance(values[0], Text) else values[0]
                before, _, behind = re.sub(r"%[.\d]*s", "\0", column["format"].strip('"')).partition("\0")
                made[column["key"]] = before.encode() + text + behind.encode()
            elif column["format"][0] == '"':
                made[column["key"]] = printed(sample, one, i)[1:-1]
            else:
                made[column["key"]] = int(printed(sample, one, i)) if "f" not in column["format"] else float(printed(sample, one, i))
        return made
