"""Owns what atopdump must print for a struct that facts.py decoded: text, null, flag, float and key rules.

Not a test. The tables below state facts of upstream's sources independently of the schemas; where the two differ, one of
them is wrong. Nothing here reads a log or runs a program.
"""

import datetime
import fractions
import json
import struct

from lib import measured, recorder

# (struct, member, what upstream writes for "not available", first release, last release)
ABSENT = [
    ("sstat", "mem.vmwballoon", -1, (2, 7), None),
    ("sstat", "mem.zfsarcsize", -1, (2, 7), None),
    ("sstat", "mem.ksmsharing", -1, (2, 7), None),
    ("sstat", "mem.ksmshared", -1, (2, 7), None),
    ("sstat", "mem.oomkills", -1, (2, 7), None),
    ("sstat", "mem.zswtotpool", -1, (2, 7), (2, 9)),
    ("sstat", "mem.zswstored", -1, (2, 7), (2, 9)),
    ("sstat", "dsk.dsk.ndisc", -1, (2, 7), None),
    ("sstat", "dsk.mdd.ndisc", -1, (2, 7), None),
    ("sstat", "dsk.lvm.ndisc", -1, (2, 7), None),
    ("sstat", "intf.intf.speed", 0, (1, 26), None),
    ("sstat", "intf.intf.speedp", 0, (2, 2), None),
    ("sstat", "gpu.gpu.gpupercnow", -1, (2, 4), None),
    ("sstat", "gpu.gpu.mempercnow", -1, (2, 4), None),
    ("sstat", "gpu.gpu.gpuperccum", -1, (2, 4), None),
    ("sstat", "gpu.gpu.memperccum", -1, (2, 4), None),
    ("sstat", "gpu.gpu.memusecum", -1, (2, 4), None),
    ("tstat", "mem.pmem", -1, (2, 1), None),
    ("tstat", "gpu.gpubusy", -1, (2, 4), None),
    ("tstat", "gpu.membusy", -1, (2, 4), None),
    ("tstat", "gpu.timems", -1, (2, 4), None),
    ("tstat", "gpu.gpubusycum", -1, (2, 13), None),
    ("tstat", "gpu.membusycum", -1, (2, 13), None),
    ("tstat", "cpu.curcpu", -1, (2, 8), None),
    ("tstat", "cpu.cgcpuweight", -2, (2, 8), (2, 10)),
    ("tstat", "cpu.cgcpumax", -2, (2, 8), (2, 10)),
    ("tstat", "cpu.cgcpumaxr", -2, (2, 8), (2, 10)),
    ("tstat", "mem.cgmemmax", -2, (2, 8), (2, 10)),
    ("tstat", "mem.cgmemmaxr", -2, (2, 8), (2, 10)),
    ("tstat", "mem.cgswpmax", -2, (2, 8), (2, 10)),
    ("tstat", "mem.cgswpmaxr", -2, (2, 8), (2, 10)),
    ("cstat", "conf.cpuweight", -2, (2, 11), None),
    ("cstat", "conf.cpumax", -2, (2, 11), None),
    ("cstat", "conf.memmax", -2, (2, 11), None),
    ("cstat", "conf.swpmax", -2, (2, 11), None),
    ("cstat", "conf.dskweight", -2, (2, 11), None),
    ("cstat", "cpu.utime", -1, (2, 11), None),
    ("cstat", "cpu.stime", -1, (2, 11), None),
    ("cstat", "mem.current", -1, (2, 11), None),
    ("cstat", "mem.anon", -1, (2, 11), None),
    ("cstat", "mem.file", -1, (2, 11), None),
    ("cstat", "mem.kernel", -1, (2, 11), None),
    ("cstat", "mem.shmem", -1, (2, 11), None),
    ("cstat", "cpu.somepres", -1, (2, 11), None),
    ("cstat", "cpu.fullpres", -1, (2, 11), None),
    ("cstat", "mem.somepres", -1, (2, 11), None),
    ("cstat", "mem.fullpres", -1, (2, 11), None),
    ("cstat", "dsk.somepres", -1, (2, 11), None),
    ("cstat", "dsk.fullpres", -1, (2, 11), None),
    ("cstat", "dsk.rbytes", -1, (2, 11), None),
    ("cstat", "dsk.wbytes", -1, (2, 11), None),
    ("cstat", "dsk.rios", -1, (2, 11), None),
    ("cstat", "dsk.wios", -1, (2, 11), None),
]

# An element that is switched off: what else is in it is stale, or was never filled.
LIVE = {("sstat", "cpu.cpu"): lambda one, index: one["online"] if "online" in one else one["cpunr"] == index}

LAST_SECOND = 253402300799      # of the year 9999

# What a raw log never holds although it has room for it: a reader fills it in while it prints (2.11 cgroups.c).
UNWRITTEN = {("tstat", "gen.cgroupix")}

# What upstream's comments and code call a boolean or a letter, the fact tables say as a unit.
FLAG, LETTER = "bool", "letter"


def role(name):
    """The key of a struct's lines in the output."""
    return "tstat" if name == "pstat" else name


def absent_values(table):
    """{(role, path): value} for one release."""
    release = table.version[:2]
    return {(name, path): value for name, path, value, first, last in ABSENT
            if first <= release and (last is None or release <= last)}


class Float:
    """A float32 to be printed: compared by value and by shortness."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return "float %s" % shortest(self.value)


class Number(str):
    """A JSON number with a point or an exponent, as it was written."""


def text_of(raw):
    """(text up to the first NUL, whether it was valid UTF-8): each bad byte becomes one U+FFFD."""
    raw = raw.split(b"\0")[0]
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    out, at = [], 0
    while at < len(raw):
        for size in range(1, 5):
            try:
                out.append(raw[at:at + size].decode("utf-8"))
                break
            except UnicodeDecodeError:
                continue
        else:
            out.append("\ufffd")
            size = 1
        at += size
    return "".join(out), False


def put_text(members, key, raw):
    members[key], valid = text_of(raw)
    if not valid:
        members[key + "_hex"] = raw.split(b"\0")[0].hex()


def leaf(values, path):
    """A member of nested dicts by its dotted path."""
    for name in path.split("."):
        values = values[name]
    return values


STRUCTS, BYTES, TEXT, ONE_LETTER, AS_IS, NUMBERS = range(6)     # how a member's value is made


def _way(member, absent):
    if member.prim is None:
        return STRUCTS
    if member.is_text:
        return BYTES if member.reserved else TEXT
    if member.unit == LETTER and member.prim == "char":
        return ONE_LETTER
    return AS_IS if absent is None and member.unit != FLAG and member.prim[0] != "f" else NUMBERS


def _plan(node, name, rules, reserved):
    """How the members of a struct are made, kept with the node: (member, key, way, when it is measured, absent value)."""
    plan = node.plans.get((name, reserved))
    if plan is None:
        plan = node.plans[name, reserved] = []
        for member in node.members:
            if not member.flexible and (reserved or not (member.reserved or (name, member.path) in UNWRITTEN)):
                place = name, member.path
                absent = rules.absent.get(place)
                plan.append((member, member.name.lstrip("_"), _way(member, absent), rules.measured.get(place), absent))
    return plan


def members_of(node, values, name, rules, reserved, at):
    """A decoded struct as the JSON object that must come out. `name` is the role of the top-level struct; `at` is None
    where nothing is null for what it means. `rules` are those of the node's table."""
    members = {}
    for member, key, way, measured_when, absent in _plan(node, name, rules, reserved):
        value = values[member.name]
        if measured_when and at and not measured_when(values, at):
            members[key] = None
        elif way == AS_IS:
            members[key] = value
        elif way == STRUCTS:
            members[key] = _structs(member, value, name, rules, reserved, at)
        elif way == TEXT:
            put_text(members, key, value)
        elif way == BYTES:
            members[key] = value.hex()
        elif way == ONE_LETTER:
            put_text(members, key, bytes([value]))
        else:
            members[key] = _numbers(member, value, absent)
    return members


def _structs(node, value, name, rules, reserved, at):
    if not node.dims:
        return members_of(node, value, name, rules, reserved, at)
    live = LIVE.get((name, node.path)) if at else None
    return [members_of(node, one, name, rules, reserved, at) for i, one in enumerate(value) if not live or live(one, i)]


def _numbers(node, value, absent):
    if isinstance(value, list):
        return [_numbers(node, one, absent) for one in value]
    if node.prim[0] == "f":
        return Float(value) if value - value == 0 else None
    if node.unit == FLAG:
        return value != 0
    return None if absent is not None and value == absent else value


def time_text(seconds):
    """ISO 8601 in UTC; None where there is no such year."""
    if not 0 <= seconds <= LAST_SECOND:
        return None
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Rules:
    """What is null in one release."""

    def __init__(self, table):
        self.absent = absent_values(table)
        self.measured = measured.rules(table)


def lines_of(log, reserved=False, tables=None):
    """Every line that must come out for a whole log, as dicts, in order."""
    structs, table = log.table.structs, log.table
    rules = Rules(table)
    host = {}
    put_text(host, "host", log.header["utsname"]["nodename"])

    def line(start, key, values, record=None):
        node = structs[table.task_struct if key == "tstat" else key]
        at = None if reserved or record is None else measured.Place(table, log.header, record, values)
        return dict(start, **{key: members_of(node, values, key, rules, reserved, at)})

    def wanted(key):
        return tables is None or key in tables

    if wanted("rawheader"):
        told = dict(host, release=table.release, model=table.model, byteorder=log.order)
        yield line(told, "rawheader", log.header)
    for i, sample in enumerate(log.samples()):
        start = dict(host, time=time_text(sample.record["curtime"]), sample=i)
        if sample.record["flags"] & measured.RRBOOT:
            start["since_boot"] = True
        if wanted("rawrecord"):
            yield line(start, "rawrecord", sample.record)
        if wanted("sstat"):
            values = sample.sstat if reserved else recorder.mended(sample.sstat, log.header, table.version)
            yield line(start, "sstat", values, sample.record)
        if wanted("tstat"):
            groups = _group_of(sample)
            for task in sample.tasks:
                out = line(start, "tstat", task, sample.record)
                if table.has_cgroups:
                    path = groups.get(task["gen"]["tgid"])
                    if path is None:
                        out["cgroup"] = None
                    else:
                        put_text(out, "cgroup", path)
                yield out
        if wanted("cstat"):
            for cgroup in _cgroups(sample, table, reserved, rules):
                yield dict(start, cstat=cgroup)


def _paths(sample):
    """The path of each cgroup of a sample, in the order of the chain."""
    paths = []
    for values, name, _ in sample.cgroups:
        parent = values["gen"]["parentseq"]
        above = paths[parent] if 0 <= parent < len(paths) else b""
        paths.append(above.rstrip(b"/") + b"/" + name)
    return paths


def _group_of(sample):
    """{process: path of its cgroup}; of several the last."""
    return {pid: path for (_, _, pids), path in zip(sample.cgroups, _paths(sample)) for pid in pids}


def _cgroups(sample, table, reserved, rules):
    for (values, name, pids), path in zip(sample.cgroups, _paths(sample)):
        members = members_of(table.structs["cstat"], values, "cstat", rules, reserved, None)
        put_text(members, "cgname", name)
        put_text(members, "path", path)
        members["pids"] = pids
        yield members


# --- comparing ----------------------------------------------------------------------------------------------

def without_remarks(output):
    """An output without reports of damage and gaps, for logs with values that atop does not write."""
    return b"".join(line.replace(b'"unverified":true,', b"", 1) for line in output.splitlines(keepends=True)
                    if b',"damage":{' not in line and b',"gap":{' not in line)


def parse(line):
    """A line as the json module reads it; floats stay text, duplicate keys and NaN are errors."""
    def pairs(items):
        members = dict(items)
        if len(members) != len(items):
            raise ValueError("duplicate key")
        return members

    def refuse(constant):
        raise ValueError("%s is not JSON" % constant)

    return json.loads(line, parse_float=Number, parse_constant=refuse, object_pairs_hook=pairs)


def differences(expected, got, path=""):
    """(path, expected, got) wherever a parsed line differs from what must come out; key order counts."""
    if isinstance(expected, Float):
        if not isinstance(got, Number) or not is_shortest(got, expected.value):
            yield path, expected, got
    elif isinstance(expected, dict) and isinstance(got, dict):
        if list(expected) != list(got):
            yield path + " (keys)", list(expected), list(got)
        for key, one in expected.items():
            if key in got and not is_same(one, got[key]):
                yield from differences(one, got[key], path + "." + key if path else key)
    elif isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            yield path + " (length)", len(expected), len(got)
        for i, (one, other) in enumerate(zip(expected, got)):
            if not is_same(one, other):
                yield from differences(one, other, "%s[%d]" % (path, i))
    elif type(expected) is not type(got) or expected != got:
        yield path, expected, got


PLAIN = (int, str, bool, type(None))


def is_same(expected, got):
    """Whether two values are plain and the same, or lists of the same integers. False: they must be looked at closely."""
    kind = type(expected)
    if kind in PLAIN:
        return kind is type(got) and expected == got
    return kind is list and expected == got and set(map(type, expected)) == set(map(type, got)) == {int}


def first_difference(expected, output):
    """What is wrong first with a whole output: (line number, place, expected, got), or None."""
    got = [line for line in output.decode("utf-8").split("\n") if ',"note":{"fault":' not in line]
    if got.pop() != "":
        return len(got) + 1, "last line", "an end of line", "none"
    expected = list(expected)
    for number, (want, line) in enumerate(zip(expected, got), 1):
        try:
            found = next(differences(want, parse(line)), None)
        except ValueError as error:
            return number, "not JSON", str(error), line
        if found:
            return (number,) + found
    if len(expected) != len(got):
        return min(len(expected), len(got)) + 1, "number of lines", len(expected), len(got)
    return None


def _bounds(value):
    """The closed interval of decimals that read back to this positive float32, and whether its ends count."""
    bits = struct.unpack("I", struct.pack("f", value))[0]
    here = fractions.Fraction(value)
    below = fractions.Fraction(struct.unpack("f", struct.pack("I", bits - 1))[0]) if bits else -here
    above = (fractions.Fraction(struct.unpack("f", struct.pack("I", bits + 1))[0]) if bits < 0x7F7FFFFF
             else here + (here - below))
    return (here + below) / 2, (here + above) / 2, bits % 2 == 0


def _reads_back(decimal, value):
    low, high, ends = _bounds(value)
    return low <= decimal <= high if ends else low < decimal < high


def shortest(value):
    """The shortest decimal that reads back to the float32, by trying each number of digits."""
    if value == 0:
        return "-0.0" if struct.pack("f", value)[3] & 0x80 else "0.0"
    for digits in range(1, 10):
        text = "%.*e" % (digits - 1, abs(value))
        if _reads_back(fractions.Fraction(text), abs(value)):
            break
    return ("-" if value < 0 else "") + text


def significant(text):
    """The significant digits of a decimal."""
    mantissa = text.lstrip("-").lower().split("e")[0]
    return mantissa.replace(".", "").strip("0")


SHORTEST = {}


def is_shortest(text, value):
    """Whether `text` has a point, reads back to the float32 `value`, and no shorter decimal does."""
    key = struct.pack("f", value)
    if key not in SHORTEST:
        SHORTEST[key] = shortest(value)
    best = SHORTEST[key]
    if "." not in text or text.startswith("-") != best.startswith("-"):
        return False
    if value == 0:
        return not significant(text)
    return (_reads_back(abs(fractions.Fraction(text)), abs(value))
            and len(significant(text)) <= len(significant(best)))


# --- lines --------------------------------------------------------------------------------------------------

ENVELOPE = ("file", "file_hex", "host", "host_hex", "release", "model", "byteorder", "time", "sample", "since_boot",
            "unverified")


def role_of(line):
    """The key of a parsed line that is not part of its envelope."""
    return next(key for key in line if key not in ENVELOPE)
