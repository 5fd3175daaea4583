"""Proves that a run of a log that another release wrote than its header says is seen, told, and shown without what not
both releases have; and that no log is accused wrongly.

The logs are made of real ones whose lengths are equal, as upstream's atop appends them: under the first one's header. A
header is also changed to state the other release, as one wrong bit can.
"""

import glob
import json
import os
import sys

import facts
import harness

OK = 0
NOTE = b"the header says atop "

# Logs of releases that have equal lengths; of the younger one, members that the older one lacks.
PAIRS = [
    ("2.8.1", "2.9.0", ("nvcsw", "nivcsw")),
    ("2.8.0", "2.9.0", ("nvcsw", "nivcsw")),
    ("2.5.0", "2.6.0", ("rundelay", "wchan")),
    ("2.4.0", "2.6.0", ("rundelay", "wchan")),
    ("2.2-3", "2.3.0", ("wasinactive", "container")),
    ("2.2.6", "2.3.0", ("wasinactive", "container")),
]


def load(name, tables):
    data = harness.read(os.path.join(harness.EXAMPLES, "atop-%s.raw" % name))
    log = facts.Log(data, tables)
    size = log.table.size("rawheader")
    return data[:size], data[size:], len(list(log.samples(tasks=False, system=False)))


def shown(result):
    """Whether each sample's tasks have members that only the younger release has, by (part, sample); and notes."""
    found, notes = {}, []
    for line in result.out.splitlines():
        line = json.loads(line)
        if "tstat" in line:
            found.setdefault(line["sample"], []).append(line["tstat"])
        if "note" in line:
            notes.append(line["note"])
    return found, notes


def has(task, member):
    return any(part.get(member) is not None for part in task.values() if isinstance(part, dict))


def check(suite, what, data, denied, members, younger):
    """`denied`: the samples at which runs begin that deny the header; `younger`: samples that show what only the younger
    release has."""
    path = suite.path("runs.raw", data)
    outputs = set()
    for jobs in ("-j1", "-j2", "-j5"):
        argv = [suite.program(), jobs, path]
        result = harness.run(argv)
        outputs.add((result.out, result.err, result.status))
        found, notes = shown(result)
        suite.equal((OK, denied, denied),
                    (result.status, [note["sample"] for note in notes if note["fault"] == "release"],
                     [int(line.split(b"from sample ")[1].split()[0]) for line in result.err.splitlines() if NOTE in line]),
                    "%s %s: runs that deny the header" % (what, jobs), harness.shell(argv))
        wrong = [number for number, tasks in found.items()
                 if any(any(has(task, member) for member in members) for task in tasks) != (number in younger)]
        suite.equal([], wrong, "%s %s: samples with members that they should not show, or without some" % (what, jobs),
                    harness.shell(argv))
    suite.equal(1, len(outputs), "%s: the same for every -j" % what)
    seed = harness.run([suite.program(), "--format=atopdump", path])
    suite.equal(OK, seed.status, "%s: --format=atopdump" % what)


def check_pair(suite, tables, older, younger, members):
    (head, body, n), (other_head, other_body, other_n) = load(older, tables), load(younger, tables)
    what = "%s, %s" % (older, younger)
    check(suite, "%s appended" % what, head + body + other_body, [n], members, set())
    check(suite, "%s appended the other way round" % what, other_head + other_body + body, [other_n], members,
          set(range(other_n)))
    check(suite, "%s appended, and the first again" % what, head + body + other_body + body, [n], members, set())
    check(suite, "%s, the younger one twice around" % what, other_head + other_body + body + other_body, [other_n], members,
          set(range(other_n)) | {number + other_n for number in range(n, n + other_n)})
    check(suite, "%s: the header of the younger one" % what, other_head + body, [0], members, set())
    check(suite, "%s: the header of the older one" % what, head + other_body, [0], members, set())
    check(suite, "%s alone" % older, head + body, [], members, set())
    check(suite, "%s alone" % younger, other_head + other_body, [], members, set(range(other_n)))


def check_chosen(suite, tables):
    """Who names a release gets it, without a word."""
    (head, body, _), (_, other_body, _) = load("2.8.1", tables), load("2.9.0", tables)
    argv = [suite.program(), "--schema=2.9", suite.path("chosen.raw", head + body + other_body)]
    result = harness.run(argv)
    suite.equal((OK, b""), (result.status, result.err), "--schema of a log that two releases wrote", harness.shell(argv))


def check_pipe(suite, tables):
    """Of a pipe only the first sample of a run is looked at: as much as is enough for most."""
    (head, body, _), (_, other_body, _) = load("2.8.1", tables), load("2.9.0", tables)
    data = head + body + other_body
    result = harness.run([suite.program(), "-"], data=data)
    whole = harness.run([suite.program(), suite.path("pipe.raw", data)])
    suite.equal((whole.out, 1), (result.out, result.err.count(NOTE)), "a log that two releases wrote, from a pipe")


def check_few(suite, tables):
    """Of few tasks nothing is said."""
    table = next(t for t in tables if t.release == "2.9" and t.model == "lp64")
    samples = [{"rawrecord": {"curtime": 1700000000 + i, "flags": 0 if i else 1},
                "tstat": [{"gen": {"pid": k + 1, "tgid": k + 1, "isproc": 1, "state": ord("S")}} for k in range(2)]}
               for i in range(3)]
    argv = [suite.program(), suite.path("few.raw", facts.build(table, "little", samples))]
    result = harness.run(argv)
    suite.equal((OK, 0), (result.status, result.err.count(NOTE)), "a log of two tasks", harness.shell(argv))


def check_none_accused(suite):
    for path in suite.examples() + sorted(glob.glob(os.path.join(harness.HERE, "cases", "*.raw"))):
        argv = [suite.program(), "--tables=rawrecord", path]
        suite.equal(0, harness.run(argv).err.count(NOTE), "%s is what its header says" % os.path.basename(path),
                    harness.shell(argv))


def main():
    suite = harness.Suite(__doc__, files=True)
    tables = facts.load_tables()
    for pair in PAIRS:
        check_pair(suite, tables, *pair)
    check_chosen(suite, tables)
    check_pipe(suite, tables)
    check_few(suite, tables)
    check_none_accused(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
