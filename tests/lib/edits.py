"""Makes the log of a case from the name of a log and a list of edits (cases/README.md).

Not a test. It uses the layout of logs from facts.py; it does not know the program's output.
"""

import gzip
import os
import re
import struct

from lib import facts, harness

POSITION = re.compile(r"^(?:(-?\d+)|(?:(header|record|sstat|tstat|cstat|pids)(?::(\d+))?(?:\.(\w+))?([+-]\d+)?))$")
PART = re.compile(r"^(header|record|sstat|tstat|cstat|pids)(?::(\d+))?$")
DATA = re.compile(r"^(?:(\d+)\*)?((?:[0-9a-fA-F]{2})+)$")
BLOCKS = ("sstat", "tstat", "cstat", "pids")


class Mistake(Exception):
    """A line that is no edit, or a place that the log does not have."""


class Log:
    """The bytes of a log while they are edited. Places with names are those of the log before the first edit."""

    def __init__(self, name, folder, tables):
        self.folder = folder
        self.data = bytearray() if name == "empty" else bytearray(self.file(name))
        self.facts = None
        try:
            self.facts = facts.Log(bytes(self.data), tables)
            self.samples = list(self.facts.samples(tasks=False, system=False))
        except (facts.Damage, facts.Unknown, struct.error):
            self.samples = []

    def file(self, name):
        for folder in (self.folder, harness.EXAMPLES):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return harness.read(path)
        raise Mistake("no file '%s' here or in example_data" % name)

    def place(self, struct_name, number):
        """(offset, length, struct) of a part of the log; the struct is None for a compressed block."""
        if not self.facts:
            raise Mistake("the log is none that can be read, so its places have no names")
        structs = self.facts.table.structs
        if struct_name == "header":
            return 0, structs["rawheader"].size, structs["rawheader"]
        if number >= len(self.samples):
            raise Mistake("the log has no sample %d" % number)
        sample = self.samples[number]
        if struct_name == "record":
            return sample.offset, structs["rawrecord"].size, structs["rawrecord"]
        return (*sample.blocks[BLOCKS.index(struct_name)], None)

    def locate(self, word):
        """(offset, integer member at it or None) of a position."""
        found = POSITION.match(word)
        if not found:
            raise Mistake("'%s' is no position" % word)
        plain, name, number, member, more = found.groups()
        if plain:
            return int(plain) + (len(self.data) if plain.startswith("-") else 0), None
        start, length, node = self.place(name, int(number or 0))
        if member == "end":
            return start + length + int(more or 0), None
        if member and not (node and node.has(member)):
            raise Mistake("%s has no member '%s'" % (name, member))
        leaf = node.find(member) if member else None
        return start + (leaf.offset if leaf else 0) + int(more or 0), leaf

    def content(self, words):
        """Bytes of the rest of a line: hexadecimal digits, a count of them (100*00), a part of the log, or a file."""
        content = b""
        for word in words:
            digits, part = DATA.match(word), PART.match(word)
            if digits:
                content += bytes.fromhex(digits.group(2)) * int(digits.group(1) or 1)
            elif part:
                start, length, _ = self.place(part.group(1), int(part.group(2) or 0))
                content += self.facts.data[start:start + length]
            else:
                content += self.file(word)
        return content

    # --- edits, by the word that a line begins with -----------------------------------------------------------

    def flip(self, position, mask="ff"):
        self.data[self.locate(position)[0]] ^= int(mask, 16)

    def set(self, position, *words):
        at, new = self.locate(position)[0], self.content(words)
        self.data[at:at + len(new)] = new

    def number(self, position, value):
        at, node = self.locate(position)
        if not node or not node.is_integer:
            raise Mistake("'%s' names no integer member" % position)
        node.unpacker(self.facts.order).pack_into(self.data, at, int(value, 0))

    def zero(self, position, length):
        at = self.locate(position)[0]
        self.data[at:at + int(length)] = bytes(int(length))

    def cut(self, position):
        del self.data[self.locate(position)[0]:]

    def remove(self, start, end):
        del self.data[self.locate(start)[0]:self.locate(end)[0]]

    def insert(self, position, *words):
        at = self.locate(position)[0]
        self.data[at:at] = self.content(words)

    def append(self, *words):
        self.data += self.content(words)

    def gzip(self):
        self.data[:] = gzip.compress(bytes(self.data), mtime=0)

    EDITS = {"flip": flip, "set": set, "number": number, "zero": zero, "cut": cut, "remove": remove, "insert": insert,
             "append": append, "gzip": gzip}


def make(text, folder, tables):
    """The bytes that a file `input` describes: a log's name, and an edit a line. '#' begins a comment."""
    lines = [line.split("#")[0].split() for line in text.splitlines()]
    lines = [line for line in lines if line]
    log = Log(" ".join(lines[0]), folder, tables)
    for words in lines[1:]:
        edit = Log.EDITS.get(words[0])
        if not edit:
            raise Mistake("'%s' is no edit; there are %s" % (words[0], " ".join(Log.EDITS)))
        try:
            edit(log, *words[1:])
        except (TypeError, ValueError, IndexError, struct.error) as error:
            raise Mistake("%s: %s" % (" ".join(words), error)) from error
    return bytes(log.data)
