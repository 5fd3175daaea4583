"""Owns what databases are asked about each column of a table, in figures that do not depend on the order of rows: how many
nulls, the sum of integers, of times and of the lengths of texts, and so on; and the same figures of rows in Python.

Not a test. It starts no program. A figure is None where there are no values.
"""

import calendar
import math
import struct
import time

# The figures of a column, by type, in the order in which they are asked for. `null` is one of each type.
FIGURES = {
    "integer": ("null", "sum", "least", "greatest"),
    "number": ("null", "sum", "least", "greatest"),
    "boolean": ("null", "true"),
    "text": ("null", "bytes", "empty", "different"),
    "time": ("null", "sum", "least", "greatest"),           # seconds since 1970
}
NEAR = 1e-6             # of the sum of the sizes: sums of numbers depend on their order, and on the width of each


def single(text):
    """The float32 that a decimal stands for."""
    return struct.unpack("f", struct.pack("f", float(text)))[0]


def seconds(text):
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


class Near:
    """A sum of numbers, of which some add more than others take away."""

    def __init__(self, total, size):
        self.total, self.size = total, size

    def __repr__(self):
        return "about %r" % self.total

    def is_met(self, number):
        return abs(number - self.total) <= NEAR * self.size


def of_values(kind, values):
    """{figure: value} of a column's cells, as lib/tables.py has them."""
    there = [value for value in values if value is not None]
    found = {"null": len(values) - len(there)}
    if kind == "boolean":
        found["true"] = sum(there)
    elif kind == "text":
        found.update(bytes=sum(len(value.encode()) for value in there) if there else None,
                     empty=sum(value == "" for value in there), different=len(set(there)))
    else:
        there = [{"integer": int, "number": single, "time": seconds}[kind](value) for value in there]
        total = Near(math.fsum(there), math.fsum(map(abs, there))) if kind == "number" else sum(there)
        found.update(sum=total if there else None, least=min(there, default=None), greatest=max(there, default=None))
    return found


def of_rows(tables, rows):
    """{table: (rows, {column: {figure: value}})} of (table, row) pairs; `tables` is that of lib/tables.Schema."""
    by_table = {name: [] for name in tables}
    for name, row in rows:
        by_table[name].append(row)
    return {name: (len(by_table[name]), {column: of_values(kind, [row.get(column) for row in by_table[name]])
                                         for column, kind in columns.items()})
            for name, columns in tables.items()}


def without_empty(kind, found):
    """The figures of a text column for a reader that takes empty texts for nulls."""
    if kind != "text" or not found["empty"]:
        return found
    different = found["different"] - 1
    return {"null": found["null"] + found["empty"], "empty": 0, "different": different, "bytes": found["bytes"] if different else None}


def is_equal(kind, figure, wanted, text):
    """Whether the text that an engine gives for a figure, or None, is the one wanted."""
    if text is None or wanted is None:
        return text is None and wanted is None
    if isinstance(wanted, Near):
        return wanted.is_met(float(text))
    if kind == "number" and figure != "null":
        return single(text) == wanted
    got = number_of(text)
    return math.isclose(got, wanted, rel_tol=NEAR) if isinstance(got, float) else got == wanted


def number_of(text):
    """A number as engines write it: an integer, maybe with zeros behind a point, or as two halves of 32 bits; or a float."""
    if ":" in text:
        high, low = map(int, text.split(":"))
        return (high << 32) + low
    whole, _, rest = text.partition(".")
    return int(whole) if not rest.strip("0") and "e" not in text.lower() else float(text)
