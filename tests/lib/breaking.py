"""Makes the broken logs of badinput.py, and checks what must hold for a log with any fault.

Not a test. It makes a faultless log and replaces parts of it; badinput.py defines the faults.
"""

import shutil

from lib import contract, facts, harness
from lib.harness import DAMAGED
from lib.reading import Reading
from lib.tables import Schema

MEMORY = 64 << 20
DAMAGE_KEYS = ["offset", "length", "sample", "kind", "reason"]
DAMAGE_KINDS = {"header", "lost-header", "record", "no-record", "overlap", "truncated", "gzip", "checksum", "corrupt", "size",
                "count", "cgroups", "limit", "untried", "range"}
FAULTY = ("scomplen", "pcomplen", *facts.TASK_COUNTS)       # members of a record that cases falsify


class Bench:
    """What all cases share: the program, a faultless log and its parts and output."""

    def __init__(self, suite, table):
        self.suite = suite
        self.program = suite.program("atopdump-static")
        self.memory = None if harness.is_sanitized(self.program) else MEMORY
        if self.memory is None:
            print("not tested: limits of memory (the program holds the address sanitizer, which needs more)")
        self.table = table
        self.schema = Schema(facts.load_tables())
        self.has_database = b", SQLite " in self.dump("--version").out
        source = facts.Values()
        self.samples = [self.sample(source, i) for i in range(3)]
        self.parts = self.make()
        self.data = join(self.parts)
        self.path = suite.path("good.raw", self.data)
        self.lines = self.dump(self.path).out.splitlines(keepends=True)

    def sample(self, source, i):
        """A sample that compresses well, so that a log of few bytes has everything."""
        tasks = [facts.distinct(self.table.structs[self.table.task_struct], source) for _ in range(3)]
        for k, task in enumerate(tasks):
            task["gen"].update(isproc=1, nthrrun=k, nthrslpu=i, nthridle=2)
        system = {"cpu": {"nrcpu": 1, "cpu": [{"stime": 10 + i}]},
                  "dsk": {"ndsk": 1, "dsk": [{"name": b"sda"}]}}
        return {"rawrecord": {"curtime": 1700000000 + 10 * i}, "sstat": system, "tstat": tasks}

    def make(self, samples=None):
        """The parts of a log, names like '1.rawrecord'."""
        parts = [facts.header_part(self.table, "little")]
        for i, sample in enumerate(samples or self.samples):
            for part in facts.sample_parts(self.table, "little", sample, 9, first=i == 0):
                parts.append(facts.Part("%d.%s" % (i, part.name), part.data))
        return parts

    def argv(self, *words):
        return [self.program] + list(words)

    def check_tables(self, path):
        """The tables of a damaged log agree with its JSON."""
        reading = Reading(self.program, self.schema, [], [path])
        for result in reading.checks(path + ".csv"):
            self.suite.check(*result)
        shutil.rmtree(path + ".csv", ignore_errors=True)
        if self.has_database:
            self.suite.check(*reading.check_database(path + ".db"))

    def dump(self, *words, **more):
        return harness.run(self.argv(*words), **more)

    def record(self, i, **values):
        """The bytes of a record as in the faultless log, some members changed."""
        data = next(part.data for part in self.parts if part.name == "%d.rawrecord" % i)
        node = self.table.structs["rawrecord"]
        return facts.encode(node, dict(facts.decode(node, data, "little"), **values), "little")

    def with_parts(self, **changed):
        """The log with some parts replaced: s1_rawrecord=bytes."""
        names = {"%s.%s" % (name[1], name[3:]): data for name, data in changed.items()}
        return b"".join(names.get(part.name, part.data) for part in self.parts)

    def block(self, i, name):
        return next(part.data for part in self.parts if part.name == "%d.%s" % (i, name))

    def check(self, good, what, expected, got, argv):
        return self.suite.check(good, what, expected, got, harness.shell(argv))


def join(parts):
    return b"".join(part.data for part in parts)


def told(result, path):
    """Every message is one line 'atopdump: FILE: text' in plain characters."""
    lines = result.err.decode("utf-8", "replace").splitlines()
    return lines and all(line.startswith("atopdump: %s: " % path) and line.isprintable() for line in lines)


def kept_lines(output):
    """An output without its damage lines."""
    return b"".join(line for line in output.splitlines(keepends=True) if b'"damage":{' not in line)


def is_beginning(output, full, whole):
    """
    Whether an output has the first of the lines `full` and no others: `whole` of them or more as they are, and behind
    them only lines that are marked as unverified.
    """
    lines = kept_lines(output).splitlines(keepends=True)
    marked = [line.replace(b',"unverified":true', b"", 1) if b',"unverified":true' in line else line + b"unmarked"
              for line in lines[whole:]]
    return len(lines) >= whole and lines[:whole] + marked == full[:len(lines)]


def json_lines(output):
    """The parsed lines; None if one is not JSON."""
    try:
        return [contract.parse(line) for line in output.decode("utf-8").splitlines()]
    except ValueError:
        return None


def check_damage(bench, what, data, lost=None, tables=True, **more):
    """
    One fault in sample 1 of three: exit 3, a damage line and a message, samples 0 and 2 whole. `lost`: the
    only lines of sample 1 that may be missing, by role; None: all may. Its rawrecord may be marked as unverified. `tables`:
    the tables of the log are checked as well.
    """
    name = "damage-" + "".join(c if c.isalnum() else "-" for c in what)
    path = bench.suite.path(name, data)
    argv = bench.argv(path)
    result = bench.dump(path, **more)
    parsed = json_lines(result.out)
    faults = []
    if result.status != DAMAGED:
        faults.append("exit %d" % result.status)
    if not told(result, path):
        faults.append("messages are not 'atopdump: FILE: …'")
    if parsed is None:
        faults.append("output is not JSON")
    else:
        faults += list(damage_faults(bench, parsed, result.err, lost))
    bench.check(not faults, what, "exit 3, damage reported, the rest whole",
                "%s; stderr %r" % ("; ".join(faults), result.err[:500]), argv)
    if tables:
        bench.check_tables(path)


def damage_faults(bench, parsed, err, lost):
    """What is wrong with the lines that came out of a damaged log."""
    damages = [line["damage"] for line in parsed if "damage" in line]
    if not damages:
        yield "no damage line"
    for damage in damages:
        if [key for key in damage if key != "block"] != DAMAGE_KEYS or damage["kind"] not in DAMAGE_KINDS or not damage["reason"]:
            yield "a damage line with %s" % list(damage)
        elif str(damage["offset"]).encode() not in err:
            yield "the message does not name offset %d" % damage["offset"]
    got = [body(line) for line in parsed if "damage" not in line and "unverified" not in line]
    marked = [body(line) for line in parsed if "unverified" in line and contract.role_of(line) == "rawrecord"]
    good = [body(contract.parse(line)) for line in bench.lines]
    for line, plain in zip(map(contract.parse, bench.lines), good):
        number, role = line.get("sample"), contract.role_of(line)
        if (number != 1 or lost is not None and role not in lost) and plain not in got + (marked if number == 1 else []):
            yield "sample %s: no %s as in the faultless log" % (number, role)
            break
    extra = [line for line in got if line not in good]
    if extra:
        yield "a line that the faultless log does not have: %s" % harness.clip(extra[0], 200)


def body(line):
    """A parsed line without what a fault may rightly change: the sample's number, and lengths and counts."""
    role = contract.role_of(line)
    rest = {key: value for key, value in line.items() if key not in ("sample", "unverified")}
    if role == "rawrecord":
        rest[role] = {key: value for key, value in line[role].items() if key not in FAULTY}
    return rest
