"""Owns the fact tables, tests/data/layouts/RELEASE.MODEL.tsv: a reader of raw logs that shares nothing with the program under
test, and a writer that makes logs of any release, data model and byte order.

Not a test. It knows the layout of structs and files, not the output (contract.py).
"""

import functools
import glob
import os
import struct
import zlib

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LAYOUTS = os.path.join(TESTS, "data", "layouts")

MAGIC = 0xFEEDBEEF
ORDERS = {"little": "<", "big": ">"}

CODES = {"i8": "b", "u8": "B", "char": "B", "i16": "h", "u16": "H", "i32": "i", "u32": "I", "i64": "q",
         "u64": "Q",
         "f32": "f", "f64": "d"}

# What follows a record: struct, member with the compressed length, member with the number of instances (1.26
# has its own names).
TASK_STRUCTS = ("tstat", "pstat")
TASK_COUNTS = ("ndeviat", "nlist")

# Upstream is known to write one container more than fit; the reader is to take those that fit.
CLAMPED = {"cfs.cont"}


class Damage(Exception):
    """The log does not hold what its record says."""


class Unknown(Exception):
    """No table describes this file."""


class Node:
    """A member: where it lies in its parent's element 0, and how its elements repeat."""

    __slots__ = ("name", "path", "prim", "ctype", "offset", "at", "size", "dims", "strides", "unit",
                 "members",
                 "counter", "unpackers", "plans")

    def __init__(self, name, path, row):
        self.name = name
        self.path = path                    # without [], from the top-level struct
        self.prim = row["prim"] or None     # None: a struct
        self.ctype = row["ctype"]
        self.at = int(row["offset"])        # from the top-level struct's start
        self.offset = self.at               # from the parent's start; set when the tree is built
        self.size = int(row["elemsize"])
        self.dims = ()
        self.strides = ()
        self.unit = row["unit"]
        self.members = []
        self.counter = None                 # name of the sibling that counts the live elements
        self.unpackers = {}
        self.plans = {}

    @property
    def reserved(self):
        return self.unit == "reserved"

    @property
    def is_text(self):
        return self.prim == "char" and bool(self.dims)

    @property
    def is_integer(self):
        return self.prim is not None and self.prim[0] in "iu"

    @property
    def flexible(self):
        return 0 in self.dims

    @property
    def bits(self):
        return 8 * self.size

    def unpacker(self, order):
        """A struct.Struct of the innermost dimension (or the one value)."""
        if order not in self.unpackers:
            count = self.dims[-1] if self.dims else 1
            code = "%ds" % count if self.is_text else "%d%s" % (count, CODES[self.prim])
            self.unpackers[order] = struct.Struct(ORDERS[order] + code)
        return self.unpackers[order]

    def plan(self, order):
        """How a struct's members are decoded: (name, node, function that unpacks it or None, whether the value is a list)."""
        if order not in self.plans:
            self.plans[order] = [
                (member.name, member, member.unpacker(order).unpack_from if member.prim and len(member.dims) <= 1 else None,
                 bool(member.dims) and not member.is_text) for member in self.members if not member.flexible]
        return self.plans[order]

    def find(self, path):
        node = self
        for name in path.split("."):
            node = next(m for m in node.members if m.name == name)
        return node

    def has(self, path):
        try:
            self.find(path)
        except StopIteration:
            return False
        return True

    def walk(self):
        """Every node below this one, in declaration order."""
        for member in self.members:
            yield member
            yield from member.walk()


class Table:
    """All structs of one release in one data model."""

    def __init__(self, path):
        name = os.path.basename(path)[:-len(".tsv")]
        self.path = path
        self.release, self.model = name.rsplit(".", 1)

    @functools.cached_property
    def rows(self):
        with open(self.path, encoding="ascii") as file:
            keys = file.readline().rstrip("\n").split("\t")
            return [dict(zip(keys, line.rstrip("\n").split("\t"))) for line in file]

    @functools.cached_property
    def structs(self):
        """The tree of each struct. It is made when it is first asked for: few tests need all tables."""
        structs, nodes = {}, {}         # by name; by name and path with []
        for row in self.rows:
            key = row["struct"], row["path"]
            if row["kind"] == "total":
                structs[row["struct"]] = nodes[row["struct"], ""] = Node(row["struct"], "", row)
            else:
                nodes[key] = self._node(row, nodes[row["struct"], row["path"].rpartition(".")[0]])
        for node in nodes.values():
            self._count(node)
        return structs

    def __str__(self):
        return "%s %s" % (self.release, self.model)

    @staticmethod
    def _node(row, parent):
        """A new member of `parent`."""
        last = row["path"].rpartition(".")[2]
        node = Node(last.split("[")[0], row["path"].replace("[]", ""), row)
        own = last.count("[]")
        if own:
            node.dims = tuple(int(n) for n in row["dims"].split("x"))[-own:]
            node.strides = tuple(int(n) for n in row["strides"].split(","))[-own:]
        node.offset = node.at - parent.at
        parent.members.append(node)
        return node

    @staticmethod
    def _count(node):
        """The unit 'used-count:X' marks X's counter; where two members claim X, the later one counts."""
        for member in node.members:
            if member.unit.startswith("used-count:"):
                array = member.unit.split(":")[1]
                for other in node.members:
                    if other.name == array and other.dims:
                        other.counter = member.name

    @property
    def version(self):
        """(major, minor, build) as numbers, for comparisons: '2.2-3' is (2, 2, 3)."""
        main, _, build = self.release.partition("-")
        major, minor = main.split(".")
        return int(major), int(minor), int(build or 0)

    @property
    def aversion(self):
        major, minor, _ = self.version
        return 0x8000 | major << 8 | minor

    @property
    def task_struct(self):
        return next(name for name in TASK_STRUCTS if name in self.structs)

    @property
    def task_count(self):
        record = self.structs["rawrecord"]
        return next(name for name in TASK_COUNTS if record.has(name))

    @property
    def has_cgroups(self):
        return "cstat" in self.structs

    def size(self, name):
        return self.structs[name].size if name in self.structs else 0

    @property
    def tuple(self):
        """What a rawheader says about the layout."""
        return (self.aversion, self.size("rawheader"), self.size("rawrecord"), self.size("sstat"),
                self.size(self.task_struct), self.size("cstat"))

    def header_lengths(self):
        lengths = {"magic": MAGIC, "aversion": self.aversion, "rawheadlen": self.size("rawheader"),
                   "rawreclen": self.size("rawrecord"), "sstatlen": self.size("sstat"),
                   self.task_struct + "len": self.size(self.task_struct)}
        if self.has_cgroups:
            lengths["cstatlen"] = self.size("cstat")
        return lengths


def load_tables(folder=LAYOUTS):
    """Every RELEASE.MODEL.tsv in the folder, oldest release first."""
    paths = glob.glob(os.path.join(folder, "*.*.*.tsv"))
    return sorted((Table(p) for p in paths), key=lambda t: (t.version, t.model))


# --- reading ------------------------------------------------------------------------------------------------

def live(node, counter):
    """How many elements of a counted array are in use."""
    if node.path in CLAMPED and counter == node.dims[0] + 1:
        return node.dims[0]
    if not 0 <= counter <= node.dims[0]:
        raise Damage("%s: %d of %d" % (node.path, counter, node.dims[0]))
    return counter


def decode(node, data, order, base=0):
    """The struct at `base`: a dict by upstream's names of numbers, bytes (a text's whole room), lists,
    dicts."""
    values = {}
    for name, member, unpack, is_list in node.plan(order):
        count = live(member, values[member.counter]) if member.counter else None
        if unpack is None:
            values[name] = _decode_array(member, data, order, base + member.offset, 0, count)
        else:
            value = unpack(data, base + member.offset)
            values[name] = list(value[:count]) if is_list else value[0]
    return values


def _decode_array(node, data, order, at, level, count):
    deep = len(node.dims) - level
    if node.prim and deep <= 1:
        value = node.unpacker(order).unpack_from(data, at)
        return list(value[:count]) if deep and not node.is_text else value[0]
    if deep == 0:
        return decode(node, data, order, at)
    used = node.dims[level] if count is None else count
    places = [at + i * node.strides[level] for i in range(used)]
    return [_decode_array(node, data, order, place, level + 1, None) for place in places]


def leaves(values, path=""):
    """Every (path with indices, value) of a decoded struct."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from leaves(value, path + "." + name if path else name)
    elif isinstance(values, list):
        for i, value in enumerate(values):
            yield from leaves(value, "%s[%d]" % (path, i))
    else:
        yield path, values


class Sample:
    """A record and what follows it, decoded."""

    def __init__(self, offset, record):
        self.offset = offset        # of the record in the file
        self.end = offset           # of its last block
        self.record = record
        self.sstat = None
        self.tasks = []
        self.cgroups = []           # (fixed struct, name as bytes, pids)
        self.blocks = []            # (offset, compressed length) in file order


class Log:
    """A raw log, recognised by the tables alone."""

    def __init__(self, data, tables):
        self.data = data
        self.table, self.order = recognise(data, tables)
        self.header = decode(self.table.structs["rawheader"], data, self.order)
        self.kept = None

    def keep(self):
        """Decodes all samples now, for those who read them several times."""
        self.kept = list(self.samples())

    def samples(self, tasks=True, system=True):
        """Each sample in file order. Raises Damage, or zlib.error, where the file stops making sense."""
        if self.kept is not None:
            yield from self.kept
            return
        at = self.table.size("rawheader")
        while at < len(self.data):
            sample = self._sample(at, tasks, system)
            yield sample
            at = sample.end

    def _sample(self, at, tasks, system):
        table = self.table
        if at + table.size("rawrecord") > len(self.data):
            raise Damage("record cut at %d" % at)
        record = decode(table.structs["rawrecord"], self.data, self.order, at)
        sample = Sample(at, record)
        sample.end = at + table.size("rawrecord")
        system_block = self._block(sample, "scomplen")
        task_block = self._block(sample, "pcomplen")
        if system:
            content = inflate(system_block, table.size("sstat"))
            sample.sstat = decode(table.structs["sstat"], content, self.order)
        if tasks:
            node = table.structs[table.task_struct]
            count = record[table.task_count]
            block = inflate(task_block, count * node.size)
            sample.tasks = [decode(node, block, self.order, i * node.size) for i in range(count)]
        if table.has_cgroups and record["ccomplen"]:
            self._cgroups(sample)
        return sample

    def _block(self, sample, member):
        start, length = sample.end, sample.record[member]
        sample.end = start + length
        if sample.end > len(self.data):
            raise Damage("%s block cut at %d" % (member, start))
        sample.blocks.append((start, length))
        return self.data[start:sample.end]

    def _cgroups(self, sample):
        record = sample.record
        chain = inflate(self._block(sample, "ccomplen"), record["coriglen"])
        packed = inflate(self._block(sample, "icomplen"), record["ncgpids"] * 4)
        pids = struct.unpack("%s%di" % (ORDERS[self.order], record["ncgpids"]), packed)
        node = self.table.structs["cstat"]
        at = next_pid = 0
        for _ in range(record["ncgroups"]):
            values = decode(node, chain, self.order, at)
            name = chain[at + node.size:at + values["gen"]["structlen"]].split(b"\0")[0]
            members = pids[next_pid:next_pid + values["gen"]["nprocs"]]
            sample.cgroups.append((values, name, list(members)))
            next_pid += len(members)
            at += values["gen"]["structlen"]
        if at != len(chain) or next_pid != len(pids):
            used = (at, len(chain), next_pid, len(pids))
            raise Damage("cgroup chain: %d of %d bytes, %d of %d pids" % used)


def recognise(data, tables):
    """(table, byte order) of a log, by its magic and its lengths."""
    if len(data) < 4:
        raise Unknown("shorter than a magic")
    order = next((o for o in ORDERS if struct.unpack(ORDERS[o] + "I", data[:4])[0] == MAGIC), None)
    if order is None:
        raise Unknown("no magic")
    aversion = struct.unpack(ORDERS[order] + "H", data[4:6])[0] if len(data) >= 6 else None
    for table in tables:
        if aversion != table.aversion:      # of all releases at this offset; other tables need not be read
            continue
        head = table.structs["rawheader"]
        if len(data) < head.size:
            continue
        header = decode(head, data, order)
        stated = (header["aversion"], header["rawheadlen"], header["rawreclen"], header["sstatlen"],
                  header.get(table.task_struct + "len"), header.get("cstatlen", 0))
        if stated == table.tuple:
            return table, order
    raise Unknown("no table")


def inflate(block, size):
    """The block's content, exactly `size` bytes, and nothing behind the stream's end."""
    engine = zlib.decompressobj()
    content = engine.decompress(block) + engine.flush()
    if not engine.eof or len(content) != size or engine.unused_data:
        raise Damage("block holds %d bytes for %d" % (len(content), size))
    return content


# --- writing ------------------------------------------------------------------------------------------------

def encode(node, values, order, fill=0):
    """The struct's bytes. What `values` does not name is zero; holes hold the byte `fill`."""
    data = bytearray([fill]) * node.size if fill else bytearray(node.size)
    _encode(node, values, order, data, 0, not fill)
    return bytes(data)


def _encode(node, values, order, data, base, zeroed):
    """Writes a struct. `zeroed`: the data is all zeros, so that members without a value need no work."""
    for member in node.members:
        value = values.get(member.name)
        if not member.flexible and not (zeroed and value is None):
            _encode_array(member, value, order, data, base + member.offset, 0, zeroed)


def _encode_array(node, value, order, data, at, level, zeroed):
    deep = len(node.dims) - level
    if node.prim and deep <= 1:
        if node.is_text:
            data[at:at + node.dims[-1]] = (value or b"").ljust(node.dims[-1], b"\0")
            return
        given = list(value or ()) if deep else [value or 0]
        size = node.dims[-1] if deep else 1
        node.unpacker(order).pack_into(data, at, *(given + [0] * (size - len(given))))
        return
    if deep == 0:
        _encode(node, value or {}, order, data, at, zeroed)
        return
    given = value or ()
    if not given:
        extent = node.dims[level] * node.strides[level]
        data[at:at + extent] = bytes(extent)
        return
    for i in range(min(len(given), node.dims[level]) if zeroed else node.dims[level]):
        one = given[i] if i < len(given) else None
        _encode_array(node, one, order, data, at + i * node.strides[level], level + 1, zeroed)


def set_path(values, path, value):
    """Sets one leaf of nested dicts by its dotted path."""
    *parents, last = path.split(".")
    for name in parents:
        values = values.setdefault(name, {})
    values[last] = value


class Values:
    """A source of values that differ from leaf to leaf and use all bytes of each, negative ones included."""

    FLOATS = (0.1, -0.0, 1.0, 0.01, 99.99, 3.4028234663852886e38, 1.1754943508222875e-38, 1e-45, 2.0 ** -20,
              16777216.0,
              1e10, 123456.79, -2.5, 9.5367431640625e-7, 33554432.0, 8388609.0, 1e-4, 9999.995, 1e16, 3e-39)
    GOLDEN = {8: 0x9D, 16: 0x9E37, 32: 0x9E3779B1, 64: 0x9E3779B97F4A7C15}

    def __init__(self, seed=1):
        self.n = seed
        self.floats = 0

    def next(self):
        self.n += 1
        return self.n

    def number(self, node):
        bits = node.bits
        value = self.next() * self.GOLDEN[bits] & (1 << bits) - 1
        if node.prim[0] == "i" and value >> bits - 1:
            value -= 1 << bits
        return value

    def float(self, node):
        """First the awkward ones, then any."""
        n = self.next()
        self.floats += 1
        if self.floats <= len(self.FLOATS):
            value = self.FLOATS[self.floats - 1]
        else:
            value = (n * 0x9E3779B1 & 0xFFFFFF) * 2.0 ** (n % 97 - 64)
        return struct.unpack("f", struct.pack("f", value))[0]

    def text(self, node):
        """Mostly text with garbage behind its NUL; each fourth one fills its room and has no NUL."""
        room = node.dims[-1]
        text = b"%s%d" % (node.name.lstrip("_").encode(), self.next())
        if self.n % 4 == 0:
            return (text + b"abcdefghijklmnopqrstuvwxyz" * (room // 26 + 1))[:room]
        text = text[:room - 1] + b"\0"
        return text + b"\xa5" * (room - len(text))

    def leaf(self, node):
        """A value for one element of the member."""
        if node.is_text:
            return self.text(node)
        if node.prim == "f32":
            return self.float(node)
        if node.prim == "char":
            return 65 + self.next() % 26
        return self.number(node)


def distinct(node, source, elements=3):
    """Values for the whole struct: arrays with a counter get `elements` of them (None: all that fit)."""
    values = {}
    for member in node.members:
        if member.flexible:
            continue
        count = None
        if member.counter:
            count = member.dims[0] if elements is None else min(elements, member.dims[0])
            counter = next(m for m in node.members if m.name == member.counter)
            if counter.size == 1:
                count = min(count, 255)
            values[member.counter] = count
        values[member.name] = _distinct_array(member, source, elements, 0, count)
    return values


def _distinct_array(node, source, elements, level, count):
    deep = len(node.dims) - level
    if deep == 0 or node.is_text and deep == 1:
        return source.leaf(node) if node.prim else distinct(node, source, elements)
    used = node.dims[level] if count is None else count
    return [_distinct_array(node, source, elements, level + 1, None) for _ in range(used)]


class Constant(Values):
    """Every integer the same number (cut to its width), texts empty: for the markers -1 and -2, and for
    zero."""

    def __init__(self, number):
        super().__init__()
        self.constant = number

    def leaf(self, node):
        if node.is_text:
            return bytes(node.dims[-1])
        if node.prim[0] == "f":
            return float(self.constant)
        if node.prim[0] == "i":
            return self.constant
        return self.constant & (1 << node.bits) - 1


def distinct_record(table, source, curtime):
    """A record's values, less the lengths and counts that must be true."""
    record = distinct(table.structs["rawrecord"], source)
    for name in ("scomplen", "pcomplen", "ccomplen", "icomplen", "coriglen", "ncgpids", "ncgroups", "flags",
                 table.task_count):
        record.pop(name, None)
    record["curtime"] = curtime
    return record


class Part:
    """A piece of a log: what it is, its bytes."""

    __slots__ = ("name", "data")

    def __init__(self, name, data):
        self.name = name
        self.data = data


def header_part(table, order, values=None):
    merged = {"hertz": 100, "pagesize": 4096, "utsname": {"nodename": b"synthetic"}}
    merged.update(values or {})
    merged.update(table.header_lengths())
    return Part("rawheader", encode(table.structs["rawheader"], merged, order))


def task_sums(table, tasks):
    """What a record states of its tasks, from FORMAT.md: atop counts the same."""
    def number(task, name):
        value = task.get("gen", {}).get(name) or 0
        return value[0] if isinstance(value, bytes) else value

    alive = [task for task in tasks if number(task, "isproc")]
    states = [number(task, "state") for task in tasks]
    sums = {"nexit": states.count(ord("E"))}
    if table.version >= (2, 0) or table.version[:2] == (1, 27):
        sums["nactproc"] = sum(not number(task, "wasinactive") for task in alive)
    if table.version >= (2, 3):
        sums.update(ntask=len(tasks), totproc=len(alive), totrun=sum(number(task, "nthrrun") for task in alive),
                    totslpu=sum(number(task, "nthrslpu") for task in alive),
                    totzomb=sum(number(task, "state") == ord("Z") for task in alive))
    if table.version >= (2, 10):
        sums["totidle"] = sum(number(task, "nthridle") for task in alive)
    return sums


def sample_parts(table, order, sample, level=6, fill=0xA5, first=False):
    """The parts of one sample: {"rawrecord": {…}, "sstat": {…}, "tstat": [{…}…], "cstat": [(values, name,
    pids)…]}; the first of a run of atop says so."""
    tasks = sample.get("tstat", [])
    node = table.structs[table.task_struct]
    blocks = [("sstat", "scomplen", encode(table.structs["sstat"], sample.get("sstat", {}), order)),
              ("tstat", "pcomplen", b"".join(encode(node, task, order, fill) for task in tasks))]
    record = {"curtime": 1700000000, "interval": 10, "flags": int(first), table.task_count: len(tasks)}
    record.update((name, value % 2 ** 32) for name, value in task_sums(table, tasks).items())
    if table.has_cgroups and sample.get("cstat"):
        chain, pids = encode_cgroups(table, order, sample["cstat"])
        blocks += [("cstat", "ccomplen", chain), ("pids", "icomplen", pids)]
        record.update(flags=0x100 | first, ncgroups=len(sample["cstat"]), coriglen=len(chain), ncgpids=len(pids) // 4)
    record.update(sample.get("rawrecord", {}))
    parts = []
    for name, member, content in blocks:
        packed = zlib.compress(content, level)
        record.setdefault(member, len(packed))
        parts.append(Part(name, packed))
    return [Part("rawrecord", encode(table.structs["rawrecord"], record, order))] + parts


def encode_cgroups(table, order, cgroups):
    """The cgroup chain and the list of process ids behind it."""
    node = table.structs["cstat"]
    chain, pids = b"", []
    for values, name, members in cgroups:
        length = node.size + max(len(name), 1) + 1 + 7 & ~7
        gen = dict(values.get("gen", {}), structlen=length, nprocs=len(members), namelen=len(name))
        chain += (encode(node, dict(values, gen=gen), order) + name).ljust(length, b"\0")
        pids += members
    return chain, struct.pack("%s%di" % (ORDERS[order], len(pids)), *pids)


def build(table, order, samples, header=None, level=6):
    """A whole log."""
    parts = [header_part(table, order, header)]
    for i, sample in enumerate(samples):
        record = {"curtime": 1700000000 + 10 * i}
        record.update(sample.get("rawrecord", {}))
        parts += sample_parts(table, order, dict(sample, rawrecord=record), level, first=i == 0)
    return b"".join(part.data for part in parts)
