"""Reads schemas/labels/*.yaml, and the tables of tests/data/labels/tables that say the same of upstream's source.

Not a test. It reads the YAML of those files only: keys with one value, lists of mappings, one column in braces a line.
"""

import functools
import glob
import os
import re

from lib import harness

FOLDER = os.path.join(harness.ROOT, "schemas", "labels")
TABLES = os.path.join(harness.DATA, "labels", "tables")

WORD = re.compile(r"""\s*(?:"([^"]*)"|'((?:[^']|'')*)'|([^\s,:\[\]{}"'][^,:\[\]{}]*(?::(?! )[^,:\[\]{}]*)*))\s*""")


def scalar(text, at=0):
    """(the scalar at `at`, where it ends)."""
    found = WORD.match(text, at)
    if not found:
        raise ValueError("no scalar in %r at %d" % (text, at))
    double, single, plain = found.groups()
    value = double if double is not None else single.replace("''", "'") if single is not None else plain.strip()
    return value, found.end()


def flow(text, at=0):
    """(the scalar, list or mapping at `at`, where it ends)."""
    if text[at] not in "[{":
        return scalar(text, at)
    close, made = ("]", []) if text[at] == "[" else ("}", {})
    at += 1
    while text[at] != close:
        key = None
        if close == "}":
            key, at = scalar(text, at)
            if text[at] != ":":
                raise ValueError("no ':' behind %r in %r" % (key, text))
            at = re.compile(r"\s*").match(text, at + 1).end()
        value, at = flow(text, at)
        if key is None:
            made.append(value)
        elif key in made:
            raise ValueError("two %r in %r" % (key, text))
        else:
            made[key] = value
        at = re.compile(r"\s*,?\s*").match(text, at).end()
    return made, at + 1


def logical_lines(path):
    """(indentation, text) of each line that is no comment; what is in braces is one line."""
    held = ""
    with open(path, encoding="utf-8") as file:
        for line in file:
            text = re.sub(r"^\s*#.*|(?<=\})\s+#.*", "", line.rstrip("\n"))
            if held:
                held += " " + text.strip()
            else:
                held = text
            if held.count("{") > held.count("}") and held.rstrip().endswith((",", "{")):
                continue
            if held.strip():
                yield len(held) - len(held.lstrip()), held.strip()
            held = ""


def block(lines):
    """The mapping or list that begins with the first of the lines."""
    indent, first = lines[0]
    if first.startswith("- "):
        made = []
        while lines and lines[0][0] == indent and lines[0][1].startswith("- "):
            text = lines[0][1][2:]
            if text.startswith("{"):
                lines.pop(0)
                made.append(flow(text)[0])
            else:
                lines[0] = (indent + 2, text)
                made.append(block(lines))
        return made
    made = {}
    while lines and lines[0][0] == indent:
        key, _, text = lines.pop(0)[1].partition(":")
        if key in made:
            raise ValueError("two %r" % key)
        text = text.strip()
        if text:
            made[key] = flow(text)[0] if text[0] in "[{\"'" else text
        else:
            made[key] = block(lines)
    return made


def load(path):
    lines = list(logical_lines(path))
    made = block(lines)
    if lines:
        raise ValueError("%s: not read from %r on" % (path, lines[0]))
    return made


def load_labels(folder=FOLDER):
    """The files of labels by their order, and common.yaml."""
    paths = glob.glob(os.path.join(folder, "*.yaml"))
    labels = [load(path) for path in paths if os.path.basename(path) != "common.yaml"]
    return sorted(labels, key=lambda label: int(label["order"])), load(os.path.join(folder, "common.yaml"))


@functools.lru_cache(maxsize=None)
def table(name):
    """The rows of a table as mappings; for all who ask."""
    with open(os.path.join(TABLES, name), encoding="ascii") as file:
        keys = file.readline().rstrip("\n").split("\t")
        return [dict(zip(keys, line.rstrip("\n").split("\t"))) for line in file]
