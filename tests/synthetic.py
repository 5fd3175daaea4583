"""Proves decoding for every release, data model and byte order, also those without real logs, and that counts are compared
with the size of their arrays.

With --long a log is made for each fact table in both byte orders; without, for all models of the oldest release in both, and for one
model of each other release in one, by turns. It has a different value in every member and array element, then every number -1, -2
and 0 (upstream's markers). It is dumped, and compared as in members.py and tables.py. Another log of each release, or without
--long of the last one with the same arrays, has all arrays full, for another model. In another each counter of an array says one
more than fit, and then -1: none of these structs is shown, and each is reported by the counter's name.
"""

import os
import shutil
import sys

from lib import contract, facts, harness
from lib.reading import Reading
from lib.tables import LARGEST, Schema, live_indices
from lib.harness import DAMAGED

CGROUPS = ((b"", [1]), (b"system.slice", []), (b"a\xff.scope", [-5, 2 ** 31 - 1]))    # names and members
SCHEMA = Schema(facts.load_tables())
OTHER = 2           # models between the one of a release's full log and the one of its other log
TIMES = (1700000000, 0, 2 ** 31 - 1, 951782400)     # the last is a leap day

# What a record must say so that its run is not taken for one of a release with the same lengths: 2.3 stores all tasks.
TOLD_BY = {"2.3": {"ntask": 2}}


def sample(table, source, curtime, elements):
    """One sample with two tasks, and three cgroups where the release has them. No container has a number that tables cannot
    hold, which would be damage of the tables alone: see overflow.py."""
    structs = table.structs
    made = {"rawrecord": dict(facts.distinct_record(table, source, curtime), **TOLD_BY.get(table.release, {})),
            "sstat": facts.distinct(structs["sstat"], source, elements),
            "tstat": [facts.distinct(structs[table.task_struct], source) for _ in range(2)]}
    for container in made["sstat"].get("cfs", {}).get("cont", []):
        container.update((name, value & LARGEST) for name, value in container.items())
    if table.has_cgroups:
        made["cstat"] = []
        for i, (name, pids) in enumerate(CGROUPS):
            values = facts.distinct(structs["cstat"], source)
            values["gen"].update(sequence=i, parentseq=i - 1)
            made["cstat"].append((values, name, pids))
    return made


def make(table, order, full):
    """A log, its header's values and its samples' values."""
    source = facts.Values()
    header = facts.distinct(table.structs["rawheader"], source)
    if full:
        samples = [sample(table, source, TIMES[0], None)]
    else:
        sources = [source] + [facts.Constant(number) for number in (-1, -2, 0)]
        samples = [sample(table, one, curtime, 3) for one, curtime in zip(sources, TIMES)]
    return facts.build(table, order, samples, header, level=1), samples


def truthful(log, samples):
    """Whether facts.py reads back what it wrote: else the fault is in the test."""
    return all(made["sstat"] == read.sstat and made["tstat"] == read.tasks
               and all(read.record[name] == value for name, value in made["rawrecord"].items())
               for made, read in zip(samples, log.samples()))


def case(job):
    """Results of one log: a list of (good, what, expected, got, command)."""
    program, table, order, full, folder = job
    what = "%s %s-endian%s" % (table, order, ", arrays full" if full else "")
    data, samples = make(table, order, full)
    path = os.path.join(folder, "%s.%s.%s%s.raw" % (table.release, table.model, order,
                                                    ".full" if full else ""))
    with open(path, "wb") as file:
        file.write(data)
    log = facts.Log(data, [table])
    log.keep()
    results = [(truthful(log, samples), what + ": facts.py reads what it wrote", "the same", "other values",
                None)]
    for reserved in (True, False):
        argv = [program] + ["--reserved"] * reserved + [path]
        results.append(compare(argv, log, reserved, what + (" --reserved" if reserved else "")))
    reading = Reading(program, SCHEMA, [], [path], live_indices(log))
    results += reading.checks(path + ".csv")
    if all(result[0] for result in results):
        os.remove(path)
        shutil.rmtree(path + ".csv")
    return results


def compare(argv, log, reserved, what):
    result = harness.run(argv)
    again = harness.shell(argv)
    if result.status != DAMAGED:
        return False, what, "exit 3: no atop writes such records", "exit %d, %r" % (result.status, result.err), again
    wrong = contract.first_difference(contract.lines_of(log, reserved), contract.without_remarks(result.out))
    if wrong:
        number, place, one, other = wrong
        return (False, "%s: line %d, %s" % (what, number, place), repr(one), repr(other),
                "%s | sed -n %dp" % (again, number))
    return True, what, "", "", ""


def nested(path, value):
    """{"cpu": {"nrcpu": value}} for "cpu.nrcpu"."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


def fits(table, path, count):
    """Whether the counter can say so much."""
    node = next(node for node in table.structs["sstat"].walk() if node.path == path)
    return count < 1 << (8 * node.size - node.prim.startswith("i"))


def wrong_counts(table):
    """(path of the counter, a count that its array cannot hold) for each counted array of the release's sstat."""
    top = table.structs["sstat"]
    counters = {node.path: node for node in top.walk()}
    for node in top.walk():
        if not node.counter or node.path in facts.CLAMPED:
            continue
        counter = counters[".".join(node.path.split(".")[:-1] + [node.counter])]
        yield counter.path, node.dims[0] + 1
        if counter.prim.startswith("i"):
            yield counter.path, -1


def check_counts(suite, table, order):
    """Each sample has one wrong count, and nothing of its sstat is printed."""
    wrong = [(path, count) for path, count in wrong_counts(table) if fits(table, path, count)]
    data = facts.build(table, order, [{"sstat": nested(path, count)} for path, count in wrong])
    argv = [suite.program("atopdump-static"), suite.path("counts.raw", data)]
    result = harness.run(argv)
    lines = [contract.parse(line) for line in result.out.decode().splitlines()]
    told = [line["damage"]["reason"] for line in lines if "damage" in line]
    what = "%s %s-endian: counts that arrays cannot hold" % (table, order)
    suite.equal((3, len(wrong), 0), (result.status, len(told), sum("sstat" in line for line in lines)),
                what + ": status, reports, structs shown", harness.shell(argv))
    for (path, count), reason in zip(wrong, told):
        name = path.split(".")[-1]
        suite.check(".%s" % name in reason and str(count) in reason, "%s: %s" % (what, path), "%s, %d" % (name, count),
                    reason, harness.shell(argv))
    suite.check(len(wrong) >= 8, what, "8 and more", wrong)


def in_turns(tables, first=0):
    """One table of each release, the models taking turns from the one of number `first` on."""
    releases = sorted({table.release for table in tables}, key=[t.release for t in tables].index)
    for i, release in enumerate(releases):
        models = [table for table in tables if table.release == release]
        yield models[(i + first) % len(models)]


def pairs(tables, every):
    """(table, byte order): all, or all of the oldest release, whose structs are the smallest, and one of each other, models and
    orders taking turns."""
    if every:
        yield from ((table, order) for table in tables for order in facts.ORDERS)
        return
    oldest = tables[0].release
    yield from ((table, order) for table in tables if table.release == oldest for order in facts.ORDERS)
    for i, table in enumerate(in_turns(tables, OTHER)):
        if table.release != oldest:
            yield table, list(facts.ORDERS)[(i + 1) % 2]


def arrays(table):
    """Which arrays a release counts, and how long they are."""
    return tuple((node.path, node.dims) for node in table.structs["sstat"].walk() if node.counter)


def jobs(program, tables, folder, every):
    """The pairs; and a full log for one model, by turns, of each release, or of the last one with the same arrays."""
    last = {arrays(table): table.release for table in tables}
    for table, order in pairs(tables, every):
        yield program, table, order, False, folder
    for i, table in enumerate(in_turns(tables)):
        if every or last[arrays(table)] == table.release:
            yield program, table, list(facts.ORDERS)[i % 2], True, folder


def main():
    suite = harness.Suite(__doc__)
    program = suite.program("atopdump-static")
    tables = facts.load_tables()
    for results in harness.processes(case, jobs(program, tables, suite.folder, suite.options.long)):
        for result in results:
            suite.check(*result)
    for i, table in enumerate(in_turns(tables)):
        check_counts(suite, table, list(facts.ORDERS)[i % 2])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
