"""Makes hostile logs, which are as expensive as possible to read, search and repair. Seeds are fixed.

Not a test. bounds.py states the bounds.
"""

import functools
import random
import struct
import zlib

from lib import facts

ORDER = "little"
TIME = 1700000000


@functools.lru_cache(maxsize=4)     # samples of a log mostly have the same blocks
def packed(content):
    """A zlib stream of much content that repeats."""
    return zlib.compress(content, 9)


def sample(table, chain=b"", count=0, pids=b"", npids=None, tasks=b"", ntasks=0, system=None, **record):
    """A record and its blocks; contents are given inflated."""
    blocks = [packed(bytes(table.size("sstat")) if system is None else system), packed(tasks)]
    values = {"curtime": TIME, "interval": 10, table.task_count: ntasks, "ntask": ntasks,
              "scomplen": len(blocks[0]), "pcomplen": len(blocks[1])}
    if chain:
        blocks += [packed(chain), packed(pids)]
        values.update(flags=0x100, ncgroups=count % 65536, coriglen=len(chain), ccomplen=len(blocks[2]),
                      icomplen=len(blocks[3]), ncgpids=len(pids) // 4 if npids is None else npids)
    values.update(record)
    return facts.encode(table.structs["rawrecord"], values, ORDER) + b"".join(blocks)


def log(table, *samples):
    return facts.header_part(table, ORDER).data + b"".join(samples)


def group(table, parent, name=b"", nprocs=0):
    """One cgroup's bytes."""
    node = table.structs["cstat"]
    length = node.size + max(len(name), 1) + 1 + 7 & ~7
    gen = {"structlen": length, "parentseq": parent, "nprocs": nprocs, "namelen": len(name)}
    return (facts.encode(node, {"gen": gen}, ORDER) + name).ljust(length, b"\0")


def nested(table, levels, name):
    """Cgroups that are each inside the one before."""
    return b"".join(group(table, i - 1, name if i else b"") for i in range(levels))


def task(table, tgid):
    return facts.encode(table.structs[table.task_struct], {"gen": {"tgid": tgid, "pid": tgid}}, ORDER)


def pid_list(*pids):
    return struct.pack("<%di" % len(pids), *pids)


# --- what looks like records and is none -------------------------------------------------------------------------

def fake(table, block, length=None, following=b"", **record):
    """A record with a first block of these bytes."""
    values = dict({"curtime": TIME, "interval": 10, "scomplen": len(block) if length is None else length,
                   "pcomplen": 8}, **record)
    return facts.encode(table.structs["rawrecord"], values, ORDER) + block + following


def small_blocks(size):
    """The beginning of a zlib stream of deflate blocks that have codes of their own, and are as small as can be."""
    block = bytes.fromhex("04c0810800000000207feb47001c880000000000f2b77e")
    return (b"\x78\x9c" + block * (size // len(block) + 1))[:size]


def bad_bomb(table):
    """A block of the right size with a wrong checksum."""
    good = packed(bytes(table.size("sstat")))
    return good[:-1] + bytes([good[-1] ^ 1])


def fillers(table, size):
    """(name, bytes, are they read) of what is made to be searched for long, or seems to be records throughout."""
    dice = random.Random(5)
    bomb, empty = bad_bomb(table), packed(b"")
    blocks = small_blocks(size)
    yield "headers of blocks", (b"\x78\x9c" * size)[:size], False
    yield "headers in words", (b"\x78\x9c" + bytes(6)) * (size // 8), False
    yield "magic numbers", b"\xef\xbe\xed\xfe" * (size // 4), False
    yield "magic numbers, the other way", b"\xfe\xed\xbe\xef" * (size // 4), False
    yield "bombs", fake(table, bomb) * (size // (len(bomb) + 96)), False
    yield "bombs with second blocks", fake(table, bomb, following=empty) * (size // (len(bomb) + 104)), True
    yield "small blocks", blocks, False
    step = fake(table, b"", 100000)
    yield "records over small blocks", b"".join(step + blocks[:466] for _ in range(size // 562)), False
    yield "noise with headers", b"".join(dice.randbytes(30) + b"\x78\x9c" for _ in range(size // 32)), False
    stored = b"\x78\x01" + (b"\0\xff\xff\0\0" + bytes(0xffff)) * 22
    yield "stored blocks", (fake(table, stored[:4000], len(stored)) * (size // 4096 + 1))[:size], False
    yield "empty blocks", (fake(table, b"\x78\x9c" + b"\x02\x03\x08\x0c\x20" * 80, 100000) * (size // 498))[:size], False
