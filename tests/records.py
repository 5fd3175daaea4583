"""Proves that records are compared with what atop writes: damage in them and gaps between them are reported, and intact
logs raise no alarm.

The rules of what atop writes are stated here again, from measurements and upstream's sources, and a reader that shares
nothing with the program applies them to the real logs. Then bytes of record headers are changed, at random offsets with
fixed seeds, and samples are removed, duplicated and moved.
"""

import gzip
import os
import random
import subprocess
import sys

from lib import contract, facts, harness
from lib.harness import DAMAGED, OK

TRIALS = 24                 # of each kind, a log
UNSEEN = {"16 bytes": 0.03, "one bit": 0.16}    # share of the trials that may pass without a word
FLAGS = 0x1FD               # of a record in a file, in any release
STATES = b"RSDZTtIXxPKWE"
GAP_KEYS = ["offset", "sample", "from", "to", "interval", "reason"]


# --- what atop writes ---------------------------------------------------------------------------------------

def unused(node, data):
    """The bytes of a struct's reserved members and of its padding."""
    used = bytearray(len(data))
    for child in node.members:
        size = child.size
        for dim in child.dims:
            size *= dim
        if not child.reserved:
            used[child.offset:child.offset + size] = b"\1" * size
    return bytes(byte for byte, mark in zip(data, used) if not mark)


def number(task, path):
    value = contract.leaf(task, path)
    return value[0] if isinstance(value, bytes) else value


def processes(tasks):
    return [task for task in tasks if number(task, "gen.isproc")]


def wrong_sums(sample, version):
    """The members of a record that its tasks do not add up to."""
    tasks, record = sample.tasks, sample.record
    expected = {"nexit": sum(number(task, "gen.state") == ord("E") for task in tasks)}
    if version >= (2, 0):
        active = processes(tasks)
        if version >= (2, 3):
            active = [task for task in active if not number(task, "gen.wasinactive")]
        expected["nactproc"] = len(active)
    if version >= (2, 3):
        expected.update(
            ntask=len(tasks), totproc=len(processes(tasks)),
            totrun=sum(number(task, "gen.nthrrun") for task in processes(tasks)),
            totslpu=sum(number(task, "gen.nthrslpu") for task in processes(tasks)),
            totzomb=sum(number(task, "gen.state") == ord("Z") for task in processes(tasks)))
    if version >= (2, 10):
        expected["totidle"] = sum(number(task, "gen.nthridle") for task in processes(tasks))
    return [name for name, value in expected.items() if record[name] != value]


def check_facts(suite, path, tables):
    """Everything that the schemas check is true of a real log."""
    data = harness.read(path)
    log = facts.Log(data, tables)
    table, header = log.table, log.header
    version, what = table.version[:2], os.path.basename(path)
    release = [int(word) for word in header["utsname"]["release"].split(b"\0")[0].split(b"-")[0].split(b".")]
    suite.check(header["pagesize"] & (header["pagesize"] - 1) == 0 and header["hertz"] == 100 and
                release[:3] == [header["osrel"], header["osvers"], header["ossub"]] and
                not any(unused(table.structs["rawheader"], data[:table.size("rawheader")])), what,
                "a header as atop writes it", header)
    before = None
    for i, sample in enumerate(log.samples()):
        record = sample.record
        flags, curtime = record["flags"], record["curtime"]
        place = "%s, sample %d" % (what, i)
        suite.check(not flags & ~FLAGS and not any(unused(
            table.structs["rawrecord"], data[sample.offset:sample.offset + table.size("rawrecord")])), place,
            "known flags, and 0 where nothing is", record)
        suite.check(bool(flags & 1) if before is None else flags & 1 or
                    record["interval"] == max(1, curtime - before), place, "the interval since the record before",
                    record)
        suite.equal([], wrong_sums(sample, version), "%s: sums over the tasks" % place)
        suite.check(all(number(task, "gen.state") in STATES for task in sample.tasks), place, "known states", "others")
        before = curtime


# --- what comes out -----------------------------------------------------------------------------------------

class Outcome:
    """What the program makes of a log."""

    def __init__(self, suite, data, *words, name="log.raw"):
        self.path = suite.path(name, data)
        self.argv = [suite.program("atopdump-static"), *words, self.path]
        self.result = harness.run(self.argv)
        self.again = harness.shell(self.argv)

    def lines(self, key):
        parsed = [contract.parse(line) for line in self.result.out.decode("utf-8").splitlines()]
        return [line[key] for line in parsed if key in line]

    @property
    def is_silent(self):
        return self.result.status == OK and not self.result.err


def check_silence(suite, path):
    outcome = Outcome(suite, harness.read(path))
    suite.check(outcome.is_silent, os.path.basename(path), "no message, exit 0",
                "exit %d, %r" % (outcome.result.status, outcome.result.err[:300]), outcome.again)


# --- dice ---------------------------------------------------------------------------------------------------

def change(kind, dice, data, offsets, size):
    """The log with something wrong in one of its record headers."""
    broken = bytearray(data)
    start = dice.choice(offsets)
    if kind == "one bit":
        broken[start + dice.randrange(size)] ^= 1 << dice.randrange(8)
    else:
        at = start + dice.randrange(size - 15)
        broken[at:at + 16] = dice.randbytes(16)
    return bytes(broken)


def batches(trials):
    """The trials in lists, each for one run of the program."""
    return [trials[i:i + TRIALS] for i in range(0, len(trials), TRIALS)]


def count_silent(suite, kind, trials):
    """How many of the logs pass without a message. One run reads them all; each message names its log."""
    paths = [suite.path(name, data) for data, name in trials]
    argv = [suite.program("atopdump-static"), *paths]
    result = harness.run(argv, stdout=subprocess.DEVNULL)
    silent = sum(b"atopdump: %s: " % path.encode() not in result.err for path in paths)
    suite.check(result.status == (OK if silent == len(paths) else DAMAGED), kind, "exit 3, or 0 if there are no messages",
                "exit %d, %r" % (result.status, result.err[:300]), harness.shell(argv))
    for path in paths:
        os.unlink(path)
    return silent


def check_dice(suite, tables):
    for kind, most in sorted(UNSEEN.items()):
        trials = []
        for path in suite.examples():
            data = harness.read(path)
            log = facts.Log(data, tables)
            offsets = [sample.offset for sample in log.samples(tasks=False, system=False)]
            dice = random.Random("%s %s" % (kind, os.path.basename(path)))
            trials += [(change(kind, dice, data, offsets, log.table.size("rawrecord")), "%s.%d" % (os.path.basename(path), i))
                       for i in range(TRIALS)]
        unseen = sum(harness.threads(lambda some: count_silent(suite, kind, some), batches(trials)))
        print("%s of a record header wrong: %d of %d pass without a word" % (kind, unseen, len(trials)))
        suite.check(unseen <= most * len(trials), kind, "at most %.0f %% pass" % (100 * most),
                    "%d of %d" % (unseen, len(trials)))


# --- samples out of order -----------------------------------------------------------------------------------

def pieces(data, tables):
    """A log's header, and its samples."""
    log = facts.Log(data, tables)
    samples = list(log.samples(tasks=False, system=False))
    return data[:samples[0].offset], [data[sample.offset:sample.end] for sample in samples]


def check_gap(suite, what, data, samples, status=OK):
    """Gaps before exactly these samples, told and shown; by threads too; in CSV told only."""
    outcome = Outcome(suite, data)
    gaps = outcome.lines("gap")
    suite.check(outcome.result.status == status and [gap["sample"] for gap in gaps] == samples and
                all(list(gap) == GAP_KEYS for gap in gaps) and outcome.result.err.count(b": gap before byte ") == len(samples),
                what, "exit %d, gaps before samples %s" % (status, samples),
                "exit %d, %s, %r" % (outcome.result.status, gaps, outcome.result.err[:400]), outcome.again)
    records = outcome.lines("rawrecord")
    for gap in (gap for gap in gaps if "structs" not in gap["reason"] and status == OK):
        here, times = gap["sample"], [contract.time_text(record["curtime"]) for record in records]
        suite.equal((times[here - 1] if here else None, times[here], records[here]["interval"]),
                    (gap["from"], gap["to"], gap["interval"]), "%s: the times around the gap before sample %d" % (what, here),
                    outcome.again)
    threads, rows = Outcome(suite, data, "-j3"), Outcome(suite, data, "--format=csv", "--tables=rawrecord")
    suite.check(threads.result == outcome.result, what + ", with -j3", "the same", "something else", threads.again)
    suite.check(rows.result.err.count(b": gap before byte ") == len([g for g in gaps if "structs" not in g["reason"]]) and
                b"gap" not in rows.result.out, what + ", as CSV", "the messages only", rows.result.err[:300], rows.again)


def expected_gaps(records):
    """The places where records do not follow each other."""
    for i, record in enumerate(records):
        before = records[i - 1] if i > 0 else None
        first = record["flags"] & 1
        if record == before or (not first and (before is None or record["interval"] != max(
                1, record["curtime"] - before["curtime"]))):
            yield i


def check_order(suite, path, tables):
    data = harness.read(path)
    header, s = pieces(data, tables)
    records = [sample.record for sample in facts.Log(data, tables).samples(tasks=False, system=False)]
    name = os.path.basename(path)
    for what, order, some in (("without sample 2", (0, 1, 3, 4, 5), 1), ("without the first", (1, 2, 3, 4, 5), 1),
                              ("without the last", (0, 1, 2, 3, 4), 0), ("without 3 and 4", (0, 1, 2, 5), 1),
                              ("sample 2 twice", (0, 1, 2, 2, 3, 4, 5), 1), ("the first twice", (0, 0, 1, 2), 1),
                              ("2 and 3 swapped", (0, 1, 3, 2, 4, 5), 2), ("a run in another", (0, 1, 0, 1, 2), 0)):
        gaps = list(expected_gaps([records[i] for i in order]))
        suite.check(len(gaps) >= some, "%s, %s" % (name, what), "gaps by the rule", gaps)
        check_gap(suite, "%s, %s" % (name, what), header + b"".join(s[i] for i in order), gaps)


def with_record(table, order, sample, **values):
    node = table.structs["rawrecord"]
    record = facts.decode(node, sample, order)
    return facts.encode(node, dict(record, **values), order) + sample[node.size:]


def check_times(suite, path, tables):
    """A single wrong time is damage; next to damage no gap is reported."""
    data = harness.read(path)
    log = facts.Log(data, tables)
    header, s = pieces(data, tables)
    name = os.path.basename(path)
    records = [sample.record for sample in log.samples(tasks=False, system=False)]

    def broken(number, **values):
        changed = [with_record(log.table, log.order, x, **values) if i == number else x for i, x in enumerate(s)]
        return header + b"".join(changed)

    at = records[2]["curtime"]
    for what, data, reason in (
            ("time of 1970", broken(2, curtime=0), "curtime is no time of a sample"),
            ("a first record in between", broken(3, flags=records[3]["flags"] | 1), "it is no first of a run of atop"),
            ("an unknown flag", broken(1, flags=records[1]["flags"] | 0x8000), "flags has flags that no atop sets")):
        outcome = Outcome(suite, data)
        damages, gaps = outcome.lines("damage"), outcome.lines("gap")
        suite.check(outcome.result.status == DAMAGED and len(damages) == 1 and reason in damages[0]["reason"] and not gaps,
                    "%s, %s" % (name, what), "exit 3, damage: %s" % reason,
                    "exit %d, %s, %s" % (outcome.result.status, damages, gaps), outcome.again)
        if "first" in what:
            continue
        marked = [line for line in outcome.result.out.splitlines() if b'"unverified":true,"rawrecord"' in line]
        suite.equal(1, len(marked), "%s, %s: the record is marked" % (name, what), outcome.again)
    for member in ("nexit", "totrun", "totzomb"):
        if member == "nexit" or (member in records[1] and log.table.version >= (2, 3)):
            right = records[1][member]
            outcome = Outcome(suite, broken(1, **{member: right + 1}), "--tables=tstat")
            reason = "the record header is wrong: it states %d for %s, and the structs make it %d" % (right + 1, member, right)
            # Where a record states only this one, it may as well count a task that is not there.
            alone = member == "nexit" and "nactproc" not in records[1]
            found = outcome.lines("gap" if alone else "damage")
            suite.check(outcome.result.status == (OK if alone else DAMAGED) and len(found) == 1 and
                        (alone or found[0]["reason"] == reason), "%s, one more %s" % (name, member), reason,
                        "exit %d, %s" % (outcome.result.status, found), outcome.again)
            suite.check(Outcome(suite, broken(1, **{member: right + 1}), "--tables=sstat").is_silent,
                        "%s, one more %s, without the tasks" % (name, member), "nothing", "a message")
    check_gap(suite, "%s, a time a day late" % name, broken(2, curtime=at + 86400), [2])
    check_gap(suite, "%s, another interval" % name, broken(3, interval=records[3]["interval"] + 5), [3])


def check_clocks(suite, tables):
    """Clocks that are set, and machines that sleep: upstream's own rule gives these records, and there is no report."""
    for table in (t for t in tables if t.model == "lp64" and t.version >= (2, 3)):
        steps = (0, 10, -3600, 10, 86400, 0, 1, -1, 36000, 10)
        now, samples = 1700000000, []
        for i, step in enumerate(steps):
            now += step
            samples.append({"rawrecord": {"curtime": now, "flags": int(i == 0), "interval": max(1, step) if i else 500},
                            "sstat": {"cpu": {"nrcpu": 1, "cpu": [{"stime": 10 + i}]}}, "tstat": []})
        outcome = Outcome(suite, make(table, samples))
        suite.check(outcome.is_silent, "%s: a clock that is set" % table, "no message, exit 0",
                    "exit %d, %r" % (outcome.result.status, outcome.result.err[:300]), outcome.again)


def make(table, samples):
    """A log with zeros in all unspecified members, as atop writes it."""
    parts = [facts.header_part(table, "little").data]
    for sample in samples:
        parts += [part.data for part in facts.sample_parts(table, "little", sample, fill=0)]
    return b"".join(parts)


def check_kernels(suite, tables):
    """The header's three numbers of the kernel are those of its name."""
    table = next(t for t in tables if t.release == "2.8" and t.model == "lp64")
    samples = [{"rawrecord": {"flags": 1, "interval": 500}}]
    for name, numbers in ((b"5.15.0-52-generic", (5, 15, 0)), (b"6.12", (6, 12, 0)), (b"4.4.302+", (4, 4, 302)), (b"", (0, 0, 0)),
                          (b"5.15-rc1", (5, 15, 0)), (b"10.200.3000.4", (10, 200, 3000)), (b"v6.1.2", (0, 0, 0)),
                          (b"6..2", (6, 0, 0)), (b"6.1.2" + 59 * b"x", (6, 1, 2))):
        for wrong in (None, 0, 1, 2):
            stated = [number + (i == wrong) for i, number in enumerate(numbers)]
            header = dict(zip(("osrel", "osvers", "ossub"), stated), utsname={"release": name})
            outcome = Outcome(suite, facts.build(table, "little", samples, header))
            found = [damage["reason"] for damage in outcome.lines("damage")]
            expected = [] if wrong is None else [
                "the header is wrong: osrel, osvers and ossub are not the numbers of utsname.release"]
            suite.equal((expected, DAMAGED if expected else OK), (found, outcome.result.status),
                        "kernel %r, stated as %s" % (name, stated), outcome.again)


def check_constants(suite, tables):
    """Of a block of the system's that is cut before its checksum, the kernel's constants must be there."""
    for table in (t for t in tables if t.model == "lp64"):
        converted = (2, 8) <= table.version
        for tcp, good in (((1, 200), True), ((0, 0), True), ((1, 201), False), ((3, 200), False), ((200, 120000), converted)):
            system = {"net": {"tcp": {"RtoAlgorithm": tcp[0], "RtoMin": tcp[1]}}}
            parts = facts.sample_parts(table, "little", {"rawrecord": {"flags": 1, "interval": 500}, "sstat": system})
            data = facts.header_part(table, "little").data + b"".join(part.data for part in parts[:2])
            outcome = Outcome(suite, data[:-2])
            shown = len(outcome.lines("sstat"))
            reasons = [damage["reason"] for damage in outcome.lines("damage")]
            suite.check(shown == good and any("the next cannot be one: net.tcp" in reason for reason in reasons) != good,
                        "%s: RtoAlgorithm %d, RtoMin %d" % (table, *tcp), "shown" if good else "damage", reasons,
                        outcome.again)


def check_kinds(suite, tables):
    """What kind each damage is."""
    data = harness.read(os.path.join(harness.EXAMPLES, "atop-2.8.1.raw"))
    log = facts.Log(data, tables)
    s = list(log.samples(tasks=False, system=False))
    at, size = s[2].offset, log.table.size("rawrecord")
    system, tasks = at + size, at + size + s[2].record["scomplen"]
    node = log.table.structs["rawrecord"]
    packed = gzip.compress(data)

    def put(offset, *values):
        return data[:offset] + bytes(values) + data[offset + len(values):]

    def stated(**values):
        return data[:at] + facts.encode(node, dict(s[2].record, **values), "little") + data[at + size:]

    header = facts.header_part(log.table, "little", {"osrel": 7}).data
    for kind, broken in (
            ("header", header + data[len(header):]), ("record", stated(totrun=s[2].record["totrun"] + 1)),
            ("record", stated(curtime=0)), ("no-record", put(at, *bytes(size + 2))), ("lost-header", data + put(4, 1, 1)),
            ("truncated", data[:-9]), ("truncated", data[:at + 40]), ("checksum", put(tasks - 1, data[tasks - 1] ^ 1)),
            ("corrupt", put(tasks + 200, *bytes(40))), ("gzip", packed[:-2000]),
            ("size", stated(**{"ndeviat": s[2].record["ndeviat"] + 1})),
            ("count", counted(log.table, 99999)), ("overlap", data[:tasks + 100] + data[tasks + 300:])):
        outcome = Outcome(suite, broken)
        damages = outcome.lines("damage")
        suite.check(kind in [damage["kind"] for damage in damages], "damage of the kind %s" % kind, kind, damages,
                    outcome.again)


def counted(table, n):
    """A log whose system has so many disks, more than fit."""
    return facts.build(table, "little", [{"rawrecord": {"interval": 500}, "sstat": {"dsk": {"ndsk": n}}}])


def main():
    suite = harness.Suite(__doc__, files=True)
    tables = facts.load_tables()
    for path in suite.examples():
        check_facts(suite, path, tables)
        check_silence(suite, path)
    check_kernels(suite, tables)
    check_constants(suite, tables)
    check_kinds(suite, tables)
    for name in ("atop-1.26.raw", "atop-2.0.1.raw", "atop-2.8.1-s390x.raw", "atop-2.13.0.raw"):
        check_order(suite, os.path.join(harness.EXAMPLES, name), tables)
        check_times(suite, os.path.join(harness.EXAMPLES, name), tables)
    check_clocks(suite, tables)
    check_dice(suite, tables)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
