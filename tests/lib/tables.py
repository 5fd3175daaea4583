"""Owns the tables of CSV and rows: their columns, derived from the fact tables, and their rows, derived from lines of nested
JSON; and readers of all forms, of which the one of CSV tells an empty cell from an empty text.

Not a test. It starts no program.
"""

import functools
import os
import re
import sqlite3
import urllib.parse

from lib import contract, facts

RENAMES = os.path.join(facts.TESTS, "data", "tables", "renames.tsv")
LONGEST = 63                    # bytes of a name, as PostgreSQL has it
LARGEST = 2 ** 63 - 1

# Columns that are no members, with their types.
FIRST = [("file", "text"), ("log", "text"), ("host", "text"), ("release", "text"), ("time", "time"), ("sample", "integer"),
         ("interval", "integer"), ("since_boot", "boolean"), ("run", "integer"), ("unverified", "boolean")]
GROUP = [("cgname", "text"), ("cgname_bytes", "text"), ("path", "text"), ("path_bytes", "text")]
MORE = {"tstat": [("cgroup", "text"), ("cgroup_bytes", "text")], "cstat": GROUP, "cstat_pids": GROUP + [("pid", "integer")],
        "damage": [("offset", "integer"), ("length", "integer"), ("block", "text"), ("kind", "text"), ("reason", "text")]}
ROLES = ("rawheader", "rawrecord", "sstat", "tstat", "cstat")

REMARKS = ("note", "gap")       # lines that are no rows
KEYS = (*ROLES, "damage", *REMARKS)


def renames():
    """{(role, path of a member): its column}, where that is not the path's own."""
    with open(RENAMES, encoding="ascii") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return {(role, path): column for role, path, column, _ in rows}


@functools.lru_cache(maxsize=None)
def plain_name(path):
    """A path as the name of a column."""
    return "_".join(part.lstrip("_") for part in path.split(".")).lower()


class Schema:
    """The columns of all tables, from the fact tables of all releases."""

    def __init__(self, layouts):
        self.renamed = renames()
        self.tables = {}            # name: {column: type}, in order
        self.hidden = set()         # (role, path) of members that are no columns
        for layout in layouts:
            if layout.model != "lp64":
                continue
            for role in ROLES:
                node = layout.structs.get(layout.task_struct if role == "tstat" else role)
                if node is not None:
                    self._table(role, node, role, "")
            if layout.has_cgroups:
                self._begin("cstat_pids")
        self._begin("damage")

    def _begin(self, name, array=False):
        if name not in self.tables:
            self.tables[name] = dict(FIRST + [("idx", "integer")] * array + MORE.get(name, []))

    def _table(self, name, node, role, above):
        """Adds the members of a row's struct; `above` is the path of the array that it is an element of."""
        self._begin(name, bool(above))
        for member in node.members:
            self._member(name, member, role, above)

    def _member(self, name, node, role, above):
        hidden = node.reserved or (role, node.path) in contract.UNWRITTEN
        if node.flexible:
            return                  # the name of a cgroup: MORE has it
        if hidden:
            self.hidden.add((role, key_path(node.path)))
        elif node.prim is None and node.dims:
            self._table(plain_name(role + "." + node.path), node, role, node.path)
        elif node.prim is None:
            for member in node.members:
                self._member(name, member, role, above)
        else:
            self._leaf(name, node, self.column(role, node.path, above))

    def _leaf(self, name, node, column):
        columns, kind = self.tables[name], type_of(node)
        values = node.dims[:-1] if node.is_text else node.dims
        for one in ["%s_%d" % (column, i) for i in range(values[0])] if values else [column]:
            columns.setdefault(one, kind)
            if kind == "text":
                columns.setdefault(one + "_bytes", kind)

    def place(self, path):
        """The place of an array's table among the tables."""
        return list(self.tables).index(plain_name(path))

    def column(self, role, path, above=""):
        """The column of a member of a row's struct."""
        return self.renamed.get((role, path)) or plain_name(path[len(above) + 1:] if above else path)


def type_of(node):
    """The type of a member's column."""
    if node.is_text or node.prim == "char" and node.unit == contract.LETTER:
        return "text"
    if node.prim[0] == "f":
        return "number"
    return {contract.FLAG: "boolean", "epoch-s": "time"}.get(node.unit, "integer")


def key_path(path):
    """The path of a member in JSON."""
    return ".".join(part.lstrip("_") for part in path.split("."))


# --- the rows that lines of JSON stand for ------------------------------------------------------------------------

class Rows:
    """Derives rows from the parsed lines of one or more logs, in order: (table, {column: value}). A value is None, a bool, an
    int, a contract.Number or a text."""

    def __init__(self, schema, path=None, indices=None, epoch=False):
        self.schema = schema
        self.path = path            # None: the lines name their files
        self.indices = indices      # (sample, path of an array in which elements are skipped) -> their indices; None: cpunr
        self.epoch = epoch          # times are seconds
        self.release = self.host = None
        self.file, self.restarts, self.interval = path, 0, None

    def of(self, lines):
        for line in lines:
            yield from self.of_line(line)

    def of_line(self, line):
        role = next(key for key in KEYS if key in line)
        if "releases" in line:
            self.release = line["releases"][0] if len(line["releases"]) == 1 else None
        elif role == "rawheader":
            self.release = line["release"]
        if role == "rawrecord":
            self.restarts = 0 if line["sample"] == 0 else self.restarts + line.get("since_boot", False)
            self.interval = line[role].get("interval")
        if role in REMARKS:
            return
        self.host, self.file = line.get("host"), line.get("file", self.path)
        first = {"file": self.file, "log": None, "host": self.host, "release": self.release}
        if role == "damage":
            yield role, dict(first, **line[role])
            return
        first.update(self._sample(line))
        yield from self._rows(line, role, first)

    def _sample(self, line):
        """The cells that say which sample a row is of."""
        cells = {"unverified": line.get("unverified", False)}
        if "sample" not in line:
            return cells
        time = line["time"]
        return dict(cells, time=time, sample=line["sample"], interval=self.interval or None,
                    since_boot=line.get("since_boot", False), run=self.restarts)

    def _rows(self, line, role, first):
        cells = dict(first)
        arrays = []
        self._members(role, line[role], "", "", cells, arrays)
        if role == "tstat":
            self._text(cells, "cgroup", line, "cgroup")
        yield role, cells
        for path, elements in sorted(arrays, key=lambda one: self.schema.place(role + "." + one[0])):
            for i, element in enumerate(elements):
                row = dict(first, idx=self._index(line, role, path, i, element))
                self._members(role, element, path, path, row, [])
                yield plain_name(role + "." + path), row
        if role == "cstat" and line[role]["pids"] is not None:
            group = {name: cells[name] for name, _ in GROUP}
            for pid in line[role]["pids"]:
                yield "cstat_pids", dict(first, **group, pid=pid)

    def _index(self, line, role, path, i, element):
        if (role, path) not in contract.LIVE:
            return i
        return self.indices(line["sample"], path)[i] if self.indices else element["cpunr"]

    @staticmethod
    def _text(cells, column, members, key):
        cells[column] = members.get(key)
        cells[column + "_bytes"] = members.get(key + "_hex")

    def _members(self, role, members, path, above, cells, arrays):
        """Adds the cells of a struct's members, and the arrays of structs in it."""
        for key, value in members.items():
            inner = path + "." + key if path else key
            if (role, inner) in self.schema.hidden or role == "cstat" and inner == "pids":
                continue
            if key.endswith("_hex") and key[:-len("_hex")] in members:
                continue
            if isinstance(value, dict):
                self._members(role, value, inner, above, cells, arrays)
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                arrays.append((inner, value))
            elif isinstance(value, list):
                for i, one in enumerate(value):
                    cells["%s_%d" % (self.schema.column(role, inner, above), i)] = one
            else:
                self._leaf(role, members, key, inner, above, cells)

    def _leaf(self, role, members, key, inner, above, cells):
        column, value = self.schema.column(role, inner, above), members[key]
        table = plain_name(role + "." + above) if above else role
        kind = self.schema.tables[table].get(column)
        if value is None and kind is None:
            return                      # a struct, or an array, that means nothing
        if kind == "text":
            self._text(cells, column, members, key)
        elif kind == "time" and value is not None and not self.epoch:
            cells[column] = contract.time_text(value)
        else:
            cells[column] = None if type(value) is int and value > LARGEST else value


def live_indices(log):
    """For a whole log (facts.Log), which is read when it is first asked: the indices of the elements that are shown, in an array
    of which elements are skipped."""
    samples = []

    @functools.lru_cache(maxsize=None)
    def indices(sample, path):
        if not samples:
            samples.extend(one.sstat for one in log.samples(tasks=False))
        return [i for i, one in enumerate(contract.leaf(samples[sample], path)) if contract.LIVE["sstat", path](one, i)]

    return indices


# --- the forms ----------------------------------------------------------------------------------------------------

def csv_text(value):
    """A value as its cell must read; None: an empty cell without quotes."""
    if value is True or value is False:
        return "true" if value else "false"
    return None if value is None else str(value)


class Malformed(Exception):
    """What is read is not what its form allows."""


CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)')      # and what ends it


def read_csv(data):
    """The rows of an RFC 4180 document, cells as text; None: an empty cell that is not quoted."""
    text, at, rows, row = data.decode("utf-8"), 0, [], []
    while at < len(text):
        cell = CELL.match(text, at)
        if not cell:
            raise Malformed("row %d: no cell at %r" % (len(rows), text[at:at + 40]))
        quoted, plain, end = cell.groups()
        row.append(plain or None if quoted is None else quoted.replace('""', '"'))
        at = cell.end()
        if end != ",":
            rows.append(row)
            row = []
    if row:
        raise Malformed("the last row does not end with CR LF")
    return rows


def difference_csv(columns, expected, data):
    """What is wrong with the CSV of a table that has these rows, or None."""
    try:
        rows = read_csv(data)
    except (Malformed, UnicodeDecodeError) as error:
        return str(error)
    if not rows or rows[0] != list(columns):
        return "the header is %r" % (rows[:1],)
    if len(rows) - 1 != len(expected):
        return "%d rows, not %d" % (len(rows) - 1, len(expected))
    for number, (row, want) in enumerate(zip(rows[1:], expected)):
        wanted = [csv_text(want.get(name)) for name in columns]
        if row != wanted:
            return "row %d: %s" % (number, first_unequal(columns, wanted, row))
    return None


def difference_rows(schema, expected, output):
    """What is wrong with flat JSON lines, given the (table, row) of each in order, or None."""
    lines = output.decode("utf-8").split("\n")
    if lines.pop() != "":
        return "the last line does not end"
    for number, ((table, want), line) in enumerate(zip(expected, lines)):
        try:
            got = contract.parse(line)
        except ValueError as error:
            return "line %d: %s" % (number + 1, error)
        columns = ["table"] + list(schema.tables[table])
        if list(got) != columns:
            return "line %d: the keys are %s" % (number + 1, list(got))
        wanted = [table] + [want.get(name) for name in columns[1:]]
        have = list(got.values())
        if wanted != have or list(map(type, wanted)) != list(map(type, have)):
            return "line %d, %s: %s" % (number + 1, table, first_unequal(columns, wanted, have))
    return None if len(lines) == len(expected) else "%d lines, not %d" % (len(lines), len(expected))


def stored(value):
    """A value as SQLite has it."""
    if isinstance(value, contract.Number):
        return float(value)
    return int(value) if isinstance(value, bool) else value


def difference_database(schema, expected, path):
    """What is wrong with a database that must have the (table, row) of each, in order, or None."""
    wanted = {name: [] for name in schema.tables}
    for table, row in expected:
        wanted[table].append(tuple(stored(row.get(name)) for name in schema.tables[table]))
    base = sqlite3.connect("file:%s?mode=ro" % urllib.parse.quote(path), uri=True)
    try:
        for table, columns in schema.tables.items():
            cursor = base.execute('SELECT * FROM "%s" ORDER BY rowid' % table)
            names, rows = [one[0] for one in cursor.description], cursor.fetchall()
            if names != list(columns):
                return "%s: the columns are %s" % (table, names)
            if len(rows) != len(wanted[table]):
                return "%s: %d rows, not %d" % (table, len(rows), len(wanted[table]))
            for number, (want, row) in enumerate(zip(wanted[table], rows)):
                if want != row or list(map(type, want)) != list(map(type, row)):
                    return "%s, row %d: %s" % (table, number + 1, first_unequal(columns, want, row))
    finally:
        base.close()
    return None


def first_unequal(columns, wanted, got):
    for name, one, other in zip(columns, wanted, got):
        if one != other or type(one) is not type(other):
            return "%s: %r, not %r" % (name, other, one)
    return "%d cells, not %d" % (len(got), len(wanted))
