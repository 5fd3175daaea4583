"""Makes logs for labels: every member that a label prints has a value of its own, texts have the bytes that are hard to print.

Not a test. The records are such as atop writes, so that the logs are intact.
"""

import struct

from lib import facts

FLAGS = 0x1 | 0x4 | 0x20 | 0x80 | 0x100       # a run begins; netatop, disk traffic, GPUs, cgroups
TEXTS = (b"plain", b"two words", b"", b" ", b"(pair) ", b'quote"d', b"back\\slash", b"caf\xc3\xa9", b"\xff\xfe", b"cut\xe2\x82",
         b"tab\there", b"line\nSEP", b"\x01\x7f", b"comma,semi;", b"0123456789abcdefghij", b"x\xc2\x80y", b"{}[]:", b"%s%d")
FLOATS = (0.0, -0.0, 1.0, 0.005, 0.125, 99.995, 3.4028234663852886e38, -2.5, 1e-45, float("inf"), float("-inf"), float("nan"),
          struct.unpack(">f", b"\xff\xc0\x00\x01")[0], 16777217.0, 0.333333343, 12345.678)
NUMBERS = (-1, -2, 0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 + 1, 2 ** 63 - 1, -2 ** 63, -2 ** 31, 1000, 255, 256)
STATES = b"SREDZTI"


class Distinct(facts.Values):
    """Values that differ; texts and floats are the awkward ones in turn."""

    def text(self, node):
        text = TEXTS[self.next() % len(TEXTS)]
        room = node.dims[-1] - 1
        if self.n % 7 == 0:
            text = (text + b"abcdefghij" * (room // 10 + 1))
        return text[:room]

    def float(self, node):
        return struct.unpack("f", struct.pack("f", FLOATS[self.next() % len(FLOATS)]))[0]


class Extremes(Distinct):
    """The same with numbers that are marks or limits."""

    def number(self, node):
        bits, value = node.bits, NUMBERS[self.next() % len(NUMBERS)]
        value &= (1 << bits) - 1
        return value - (1 << bits) if node.prim[0] == "i" and value >> bits - 1 else value


class Small(Distinct):
    """The same with small numbers, zeros among them."""

    def number(self, node):
        return self.next() % 5 % 3


def named(array, names):
    """Elements whose name is not empty, as many as there are names: an empty one ends the list."""
    return [dict(one, name=name) for one, name in zip(array, names)]


def sstat(table, source, elements, has_disks):
    """A system; without disks and interfaces nothing is left of those that the sample before has."""
    made = facts.distinct(table.structs["sstat"], source, elements)
    for kind in ("dsk", "mdd", "lvm"):
        names = (b"sda", b"dev \xff\"name\\", b"n" * 31)[:elements * has_disks]
        made["dsk"][kind] = named(made["dsk"][kind], names)
        made["dsk"]["n" + kind] = len(made["dsk"][kind])
    names = (b"eth0", b"odd \n\"if", b"fifteen-letters")[:elements * has_disks]
    made["intf"]["intf"] = named(made["intf"]["intf"], names)
    made["intf"]["nrintf"] = len(made["intf"]["intf"])
    if "psi" in made:
        made["psi"]["present"] = source.next() % 2
    for i, cpu in enumerate(made["cpu"]["cpu"]):
        if "online" in cpu:
            cpu["online"] = (source.n >> i) & 1
        if source.next() % 3 == 0:
            cpu["freqcnt"] = {"maxfreq": source.n % 2 * 1800, "cnt": source.n * 1000, "ticks": source.n % 4}
    made["cpu"]["all"]["instr"] = source.next() % 2 or 7654321
    return made


def task(table, source, n):
    """A process, one of its threads, or a process that ended: in turns."""
    made = facts.distinct(table.structs[table.task_struct], source)
    gen = made["gen"]
    gen["state"] = STATES[n % len(STATES)]
    gen["pid"] = 100 + n
    if "isproc" in gen:
        gen["isproc"] = n % 3 != 1
        gen["tgid"] = gen["pid"] if n % 3 != 2 else 100
    if "wasinactive" in gen:
        gen["wasinactive"] = n % 5 == 0
    for name in ("nthrrun", "nthrslpu", "nthridle"):
        if name in gen:
            gen[name] = abs(gen[name]) % 2 ** 24        # the record has their sums
    gen["elaps"] = abs(gen["elaps"]) % 2 ** 31        # 32-bit machines divide it unsigned
    if "gpu" in made:
        made["gpu"]["state"] = (0, ord("A"), ord("E"))[n % 3]
        if "type" in made["gpu"]:
            made["gpu"]["type"] = (ord("C"), 0, ord("G"))[n // 3 % 3]
        if "samples" in made["gpu"] and not made["gpu"]["samples"] % 2 ** 32:
            made["gpu"]["samples"] = n % 2          # what cannot be divided by is not printed by upstream
    return made


def cgroups(table, source, names):
    """A chain in which each is below the one before, or beside it, with lists that have a process twice."""
    made = []
    for i, name in enumerate(names):
        values = facts.distinct(table.structs["cstat"], source)
        parent = -1 if i == 0 else 0 if i % 3 == 1 else i - 1
        depth = 0 if i == 0 else 1 if parent == 0 else made[parent][0]["gen"]["depth"] + 1
        above = made[parent][0]["gen"]["fullnamelen"] if parent > 0 else 0
        values["gen"].update(sequence=i, parentseq=parent, depth=depth, fullnamelen=above + len(name), namelen=len(name),
                             procsbelow=i)
        made.append((values, name, [100 + i, 101, 103, 2 ** 31 - 1 - i][:i % 5]))
    return made


CGROUP_NAMES = (b"", b"system.slice", b"a b.scope", b"x\\x2dy", b"q\"uote\xff", b"user.slice", b"new\nline")


def sample(table, source, flags, elements=2, tasks=7, curtime=1700000000, interval=600, has_disks=True):
    made = {"rawrecord": {"curtime": curtime, "interval": interval, "flags": flags},
            "sstat": sstat(table, source, elements, has_disks),
            "tstat": [task(table, source, n) for n in range(tasks)]}
    if table.has_cgroups and flags & 0x100:
        made["cstat"] = cgroups(table, source, CGROUP_NAMES)
    return made


def samples(table):
    """Samples of all kinds of values, with all flags and without."""
    known = FLAGS
    if table.version < (2, 8):
        known &= 0xFF
    if table.version < (2, 4):
        known &= 0x7F
    if table.version < (2, 2, 3):
        known &= 0x1F
    if table.version < (2, 0):
        known &= 0x3
    return [sample(table, Distinct(3), known | 1), sample(table, Extremes(5), known & ~1, curtime=1700000600, interval=2 ** 31 + 5),
            sample(table, Small(2), 0, curtime=2 ** 31 - 1, has_disks=False)]


def header(table, supported):
    """A header's values; `supported`: whether each record has its own flags."""
    flags = (7 if supported else 0) if table.version < (2, 0) else 53 if supported and table.version >= (2, 2) else 4 * supported
    return {"hertz": 250, "pagesize": 16384, "supportflags": flags,
            "utsname": {"nodename": b"made-\xffhost", "release": b"5.4.0"}, "osrel": 5, "osvers": 4, "ossub": 0}
