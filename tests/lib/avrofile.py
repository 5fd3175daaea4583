"""A reader of Avro object container files, of what Apache's specification 1.11 says of records of unions with null."""

import json
import struct
import zlib


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        assert self.at + size <= len(self.data), "the file ends early"
        self.at += size
        return self.data[self.at - size:self.at]

    def long(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                assert shift <= 70 and value < 1 << 64
                return (value >> 1) ^ -(value & 1)

    def text(self):
        return self.take(self.long())

    def boolean(self):
        return {b"\0": False, b"\1": True}[self.take(1)]

    def float(self):
        return struct.unpack("<f", self.take(4))[0]


READ = {"long": Bytes.long, "boolean": Bytes.boolean, "float": Bytes.float, "string": lambda b: b.text().decode("utf-8")}


class AvroFile:
    """The schema of a file, its fields as (name, type, logical type), its rows as lists, and how many rows each block has."""

    def __init__(self, data):
        source = Bytes(data)
        assert source.take(4) == b"Obj\x01", "the magic"
        self.meta = {}
        while True:
            count = source.long()
            if count == 0:
                break
            for _ in range(count):
                key = source.text().decode()
                self.meta[key] = source.text()
        self.marker = source.take(16)
        self.schema = json.loads(self.meta["avro.schema"])
        self.fields = [(field["name"],) + kind_of(field["type"]) for field in self.schema["fields"]]
        assert self.meta["avro.codec"] == b"deflate"
        self.rows, self.blocks = [], []
        while source.at < len(data):
            count, packed = source.long(), source.text()
            self.read_block(count, zlib.decompress(packed, -15))
            assert source.take(16) == self.marker, "the marker behind a block"

    def read_block(self, count, data):
        source = Bytes(data)
        self.blocks.append(count)
        for _ in range(count):
            row = []
            for _, kind, _ in self.fields:
                branch = source.long()
                assert branch in (0, 1)
                row.append(READ[kind](source) if branch else None)
            self.rows.append(row)
        assert source.at == len(data), "a block has as many rows as it says"


def kind_of(union):
    """The type beside null, and its logical type."""
    null, kind = union
    assert null == "null"
    return (kind["type"], kind["logicalType"]) if isinstance(kind, dict) else (kind, None)
