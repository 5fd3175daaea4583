"""Proves that a run that the header's release did not write is detected, reported, and shown with only the members that both
releases have; and that there are no false reports.

The logs are made of real ones with equal lengths, as upstream's atop appends them: behind the first one's header. A header
is also changed to state the other release, as one wrong bit can do.
"""

import glob
import json
import os
import sys

from lib import facts, harness
from lib.harness import OK

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
        argv = [suite.program("atopdump-static"), jobs, path]
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
    seed = harness.run([suite.program("atopdump-static"), "--format=atopdump", path])
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
    argv = [suite.program("atopdump-static"), "--schema=2.9", suite.path("chosen.raw", head + body + other_body)]
    result = harness.run(argv)
    suite.equal((OK, b""), (result.status, result.err), "--schema of a log that two releases wrote", harness.shell(argv))


def check_pipe(suite, tables):
    """Of a pipe only the first sample of a run is looked at: as much as is enough for most."""
    (head, body, _), (_, other_body, _) = load("2.8.1", tables), load("2.9.0", tables)
    data = head + body + other_body
    result = harness.run([suite.program("atopdump-static"), "-"], data=data)
    whole = harness.run([suite.program("atopdump-static"), suite.path("pipe.raw", data)])
    suite.equal((whole.out, 1), (result.out, result.err.count(NOTE)), "a log that two releases wrote, from a pipe")


def check_few(suite, tables):
    """There is no report about few tasks."""
    table = next(t for t in tables if t.release == "2.9" and t.model == "lp64")
    samples = [{"rawrecord": {"curtime": 1700000000 + i, "flags": 0 if i else 1},
                "tstat": [{"gen": {"pid": k + 1, "tgid": k + 1, "isproc": 1, "state": ord("S")}} for k in range(2)]}
               for i in range(3)]
    argv = [suite.program("atopdump-static"), suite.path("few.raw", facts.build(table, "little", samples))]
    result = harness.run(argv)
    suite.equal((OK, 0), (result.status, result.err.count(NOTE)), "a log of two tasks", harness.shell(argv))


def reasons(suite, data, *words):
    """What is damaged in a log, and the numbers of the samples; what is said to be missing; how to run it again."""
    argv = [suite.program("atopdump-static"), *words, suite.path("judged.raw", data)]
    result = harness.run(argv)
    lines = [json.loads(line) for line in result.out.splitlines()]
    found = [(line[key]["sample"], line[key]["reason"]) for line in lines for key in ("damage", "gap") if key in line]
    return found, harness.shell(argv)


def few_tasks(inactive):
    """Tasks of a sample, too few to tell a run by."""
    return [{"gen": {"pid": k + 1, "tgid": k + 1, "isproc": 1, "state": ord("S"), "nthrslpi": 1,
                     "wasinactive": int(k == 0 and inactive)}} for k in range(3)]


def check_unknown(suite, tables):
    """A run of unknown release is compared with what all releases of its lengths write, and with nothing else."""
    older, younger = (next(t for t in tables if t.release == name and t.model == "lp64") for name in ("2.2-3", "2.3"))
    for head, writer in ((older, younger), (younger, older), (older, older), (younger, younger)):
        for wrong, expected in (({}, False), ({"nexit": 1}, True)):
            record = dict(wrong, flags=1, interval=500, **({"ntask": 9} if writer is older else {}))
            data = facts.header_part(head, "little").data + b"".join(part.data for part in facts.sample_parts(
                writer, "little", {"rawrecord": record, "tstat": few_tasks(writer is younger)}))
            found, again = reasons(suite, data)
            suite.equal(expected, any("for nexit" in reason for _, reason in found),
                        "%s under a header of %s, %s" % (writer, head, wrong), again)
            suite.equal(int(expected), len(found), "%s under a header of %s, %s: messages" % (writer, head, wrong), again)


def change(table, data, number, **values):
    """The log with other values in a record, each the old one and so much."""
    sample = list(facts.Log(data, [table]).samples(tasks=False, system=False))[number]
    node = table.structs["rawrecord"]
    record = dict(sample.record, **{name: sample.record[name] + value for name, value in values.items()})
    return data[:sample.offset] + facts.encode(node, record, "little") + data[sample.offset + node.size:]


def check_known(suite, tables):
    """A run of known release is compared with what that release writes, from its first record on, with any header."""
    (head, body, n), (other_head, other_body, _) = load("2.2-3", tables), load("2.3.0", tables)
    table = next(t for t in tables if t.release == "2.2-3" and t.model == "lp64")
    younger = next(t for t in tables if t.release == "2.3" and t.model == "lp64")
    data = head + body + other_body
    for number, member, reason in (
            (n + 1, "totproc", "for totproc"), (n + 1, "nactproc", "for nactproc"), (n + 2, "ntask", "'ntask == ndeviat'"),
            (n, "ntask", "the record header is wrong"), (n, "totproc", "for totproc"), (1, "nactproc", "for nactproc"),
            (1, "totproc", None)):
        for words in ((), ("-j3",)):
            found, again = reasons(suite, change(table, data, number, **{member: 1}), *words)
            suite.check([sample for sample, _ in found] == [number] * bool(reason) and
                        all(reason in text for _, text in found), "%s of sample %d is one more %s" % (member, number, words),
                        reason or "nothing", found, again)
    for number, member, reason in ((1, "ntask", "'ntask == ndeviat'"), (2, "totproc", "for totproc")):
        found, again = reasons(suite, change(younger, other_head + other_body, number, **{member: 1}))
        suite.check([sample for sample, _ in found] == [number] and reason in found[0][1],
                    "2.3 alone, %s of sample %d is one more" % (member, number), reason, found, again)


def check_lost(suite, tables):
    """Where the first record of a run was lost, those behind it are not held against the run before."""
    (head, body, n), (_, other_body, _) = load("2.2-3", tables), load("2.3.0", tables)
    at = len(head + body)
    found, again = reasons(suite, head + body + bytes(96) + other_body[96:])
    suite.check(found and not any("the record header is wrong" in reason for _, reason in found),
                "the first record of a run is lost, at byte %d" % at, "no record is wrong", found, again)


def check_none_accused(suite):
    for path in suite.examples() + sorted(glob.glob(os.path.join(harness.TESTS, "cases", "*", "*.raw"))):
        argv = [suite.program("atopdump-static"), "--tables=rawrecord", path]
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
    check_unknown(suite, tables)
    check_known(suite, tables)
    check_lost(suite, tables)
    check_none_accused(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
