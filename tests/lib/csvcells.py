"""Reads CSV so that null and an empty text differ, and its cells as the values that a database has."""

import re

CELL = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')


def read_csv(text):
    """The rows of a CSV document: an empty cell is None, "" an empty text."""
    rows, row, at = [], [], 0
    while at < len(text):
        match = CELL.match(text, at)
        quoted, plain = match.groups()
        row.append(quoted.replace('""', '"') if quoted is not None else plain or None)
        at = match.end()
        if text[at] == ",":
            at += 1
        else:
            assert text[at:at + 2] == "\r\n"
            at += 2
            rows.append(row)
            row = []
    return rows


def value_of(cell, kind):
    """A cell of CSV as the value that a database has of it."""
    if cell is None or kind == "text" or kind == "time":
        return cell
    return {"true": 1, "false": 0}[cell] if kind == "boolean" else (float if kind == "number" else int)(cell)
