"""Proves decoding for every release, data model and byte order, logs of which nobody has.

For each fact table logs are made in both byte orders with a different value in every member and array
element, then with every number -1, -2 and 0 (upstream's markers), dumped, and compared as in members.py. One
log of each release has all arrays full.
"""

import os
import sys

import contract
import facts
import harness

CGROUPS = ((b"", [1]), (b"system.slice", []), (b"a\xff.scope", [-5, 2 ** 31 - 1]))    # names and members
TIMES = (1700000000, 0, 2 ** 31 - 1, 951782400)     # the last is a leap day


def sample(table, source, curtime, elements):
    """One sample with two tasks, and three cgroups where the release has them."""
    structs = table.structs
    made = {"rawrecord": facts.distinct_record(table, source, curtime),
            "sstat": facts.distinct(structs["sstat"], source, elements),
            "tstat": [facts.distinct(structs[table.task_struct], source) for _ in range(2)]}
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
    results = [(truthful(log, samples), what + ": facts.py reads what it wrote", "the same", "other values",
                None)]
    for reserved in (True, False):
        argv = [program] + ["--reserved"] * reserved + [path]
        results.append(compare(argv, log, reserved, what + (" --reserved" if reserved else "")))
    if all(result[0] for result in results):
        os.remove(path)
    return results


def compare(argv, log, reserved, what):
    result = harness.run(argv)
    again = harness.shell(argv)
    if result.status or result.err:
        return False, what, "exit 0, nothing said", "exit %d, %r" % (result.status, result.err), again
    wrong = contract.first_difference(contract.lines_of(log, reserved), result.out)
    if wrong:
        number, place, one, other = wrong
        return (False, "%s: line %d, %s" % (what, number, place), repr(one), repr(other),
                "%s | sed -n %dp" % (again, number))
    return True, what, "", "", ""


def jobs(program, tables, folder):
    """Every table in both byte orders; and for each release one full log, the models taking turns."""
    for table in tables:
        for order in facts.ORDERS:
            yield program, table, order, False, folder
    releases = sorted({table.release for table in tables}, key=[t.release for t in tables].index)
    for i, release in enumerate(releases):
        models = [table for table in tables if table.release == release]
        yield program, models[i % len(models)], list(facts.ORDERS)[i % 2], True, folder


def main():
    suite = harness.Suite(__doc__)
    program = suite.program()
    tables = facts.load_tables()
    for results in harness.processes(case, jobs(program, tables, suite.folder)):
        for result in results:
            suite.check(*result)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
