"""Proves that each hint of schemas/suspect.yaml is given where it should be, and not where it should not: a process of each kind
in logs that are made for it. Hints of the example logs are counted.
"""

import collections
import json
import os

from lib import facts, harness, processlogs
from lib.harness import OK, TROUBLE
from lib.processlogs import BOOT, ended, sample, task

MEMORY = {"mem_vmem": 900, "mem_rmem": 100}

# Of each hint, tasks of one process in samples that follow each other: those that have it, and near ones that have not.
CASES = {
    "kernel-thread-with-memory": ([
        [dict(name=b"kworker/0:1", cmdline=b"", **MEMORY)], [dict(name=b"kthreadd", cmdline=b"", **MEMORY)],
        [dict(name=b"rcu_sched", cmdline=b"rcu_sched", **MEMORY)], [dict(name=b"x", cmdline=b"[x/0:1]", **MEMORY)],
        [dict(name=b"ls", cmdline=b"ls", **MEMORY), dict(name=b"kswapd0", cmdline=b"ls", **MEMORY)]], [
        [dict(name=b"kworker/0:1", cmdline=b"")], [dict(name=b"kworkers", cmdline=b"kworkers", **MEMORY)],
        [dict(name=b"kthreadd2", cmdline=b"kthreadd2", **MEMORY)], [dict(name=b"test", cmdline=b"[ -f x ]", **MEMORY)]]),
    "name-not-utf8": ([
        [dict(name=b"caf\xe9")], [dict(name=b"\xc3(")], [dict(name=b"abcdefghijklm\xe9a")], [dict(name=b"abcdefghijklmn\xff")],
        [dict(name=b"\xff"), dict(name=b"good")], [dict(name=b"abcdefghijk\xed\xa0")], [dict(name=b"ab\xc3")]], [
        [dict(name="café".encode())], [dict(name=b"abcdefghijklmn\xc3")], [dict(name=b"abcdefghijklm\xe2\x82")],
        [dict(name=b"abcdefghijkl\xf0\x9f\x92")], [dict(name=b"abcdefghijklmn\xe0")]]),
    "name-with-controls": ([
        [dict(name=b"a\tb")], [dict(name=b"\x1b[31m")], [dict(name="a\u202eb".encode())], [dict(name="\u2066x".encode())],
        [dict(name=b"a\x7f")], [dict(name="a\u0085".encode())], [dict(name=b"a\nb"), dict(name=b"ab")]], [
        [dict(name=b"a b")], [dict(name="日本".encode())], [dict(name="a\u200bb".encode())]]),
    "name-unlike-cmdline": ([
        [dict(name=b"sshd", cmdline=b"/usr/bin/miner -o x")], [dict(name=b"a", cmdline=b"b"), dict(name=b"a", cmdline=b"c")]], [
        [dict(name=b"sshd", cmdline=b"sshd: root@pts/0")], [dict(name=b"nginx", cmdline=b"nginx: worker process")], [dict(name=b"x", cmdline=b"")],
        [dict(name=b"abcdefghijklmno", cmdline=b"/opt/abcdefghijklmnopq -v")], [dict(name=b"bash", cmdline=b"-bash")],
        [dict(name=b"sh", cmdline=b"sh"), dict(name=b"ls", cmdline=b"ls")], [dict(state="E", name=b"x", cmdline=b"", gen_excode=-2 ** 31)]]),
    "run-from-temporary": ([
        [dict(cmdline=b"/tmp/prog")], [dict(cmdline=b"/dev/shm/.x/prog -d")], [dict(cmdline=b"/var/tmp/prog")],
        [dict(cmdline=b"/tmp/prog"), dict(cmdline=b"prog -x")]], [
        [dict(cmdline=b"cat /tmp/prog")], [dict(cmdline=b"/tmpfs/prog")], [dict(cmdline=b"/home/u/tmp/prog")]]),
    "run-from-deleted": ([
        [dict(cmdline=b"memfd:prog")], [dict(cmdline=b"/memfd:x prog")], [dict(cmdline=b"/proc/self/fd/3 prog")], [dict(cmdline=b"/opt/prog (deleted) -x")]], [
        [dict(cmdline=b"prog memfd:x")], [dict(cmdline=b"cat /proc/self/fd/0 prog")], [dict(cmdline=b"prog -m was (deleted)")]]),
    "shell-with-network": ([
        [dict(name=b"bash", cmdline=b"bash -c exec 3<>/dev/tcp/10.0.0.1/99")], [dict(name=b"sh", cmdline=b"sh -c nc 10.0.0.1 99")],
        [dict(name=b"prog", cmdline=b"prog /dev/udp/1.2.3.4/53")]], [
        [dict(name=b"nc", cmdline=b"nc 10.0.0.1 99")], [dict(name=b"bash", cmdline=b"bash -c sync now")], [dict(name=b"ls", cmdline=b"ls /dev/tcpx")]]),
    "uid-changed": ([
        [dict(uid=0), dict(uid=33)], [dict(uid=1000), dict(uid=1000, gen_euid=0)]], [
        [dict(uid=0), dict(uid=0)], [dict(uid=0), dict(uid=0, gen_rgid=7, gen_egid=7)]]),
}


def log_of(make, cases):
    """A log in which process 100 + i is case i."""
    count = max(map(len, cases))
    return make.log(*[sample(10 * k, *[task(100 + i, -50 + i, **steps[k]) for i, steps in enumerate(cases) if k < len(steps)],
                             boot=BOOT if k == 0 else None) for k in range(count)])


def hints_of(row):
    return row["suspect"].split(",") if row["suspect"] else []


def timeline(suite, *words):
    result = harness.run([suite.program(), "timeline", *words])
    suite.equal(OK, result.status, "timeline %s" % (words,))
    return [json.loads(line) for line in result.out.decode("utf-8").splitlines()]


def check_cases(suite, make, names):
    suite.equal(names, sorted(CASES), "hints with cases")
    for name, (given, not_given) in CASES.items():
        for kind, cases in (("given", given), ("not given", not_given)):
            path = suite.path("%s-%s.raw" % (name, kind.replace(" ", "-")), log_of(make, cases))
            rows = sorted(timeline(suite, "--suspect", path), key=lambda row: row["pid"])
            suite.equal([kind == "given"] * len(cases), [name in hints_of(row) for row in rows], "%s: %s" % (name, kind))


def check_end(suite, make):
    """The ids of an exit record, which are 0, are no change."""
    path = suite.path("end.raw", make.log(sample(0, task(7, -50, uid=33), boot=BOOT), sample(10, ended(7, -50, uid=33))))
    suite.equal([[]], [hints_of(row) for row in timeline(suite, "--suspect", path)], "an end")


def check_column(suite, make):
    path = suite.path("column.raw", log_of(make, [[dict(name=b"a\tb", cmdline=b"/tmp/x")], [dict()]]))
    rows = timeline(suite, path)
    suite.check("suspect" not in rows[0] and "name_utf8" not in rows[0], "without --suspect", "no column", rows[0])
    rows = timeline(suite, "--suspect", path)
    suite.equal("suspect", list(rows[0])[-1], "the last column")
    suite.equal(["name-with-controls,name-unlike-cmdline,run-from-temporary", None], [row["suspect"] for row in rows], "names of hints")
    suite.equal([{"pid": 100, "suspect": rows[0]["suspect"], "name_controls": True}],
                timeline(suite, "--where=suspect =~ \"temporary\"", "--fields=pid,suspect,name_controls", path), "hints in --where and --fields")
    suite.equal(["pid,suspect", "100,\"name-with-controls,name-unlike-cmdline,run-from-temporary\"", "101,"],
                harness.run([suite.program(), "timeline", "-f", "csv", "-F", "pid,suspect", path]).out.decode().split("\r\n")[:-1], "CSV")


def check_describe(suite, names):
    """Each hint is explained by its name, all of them by that of the column."""
    lines = [json.loads(line) for line in harness.run([suite.program(), "describe", "--format=json", "suspect"]).out.splitlines()]
    suite.equal(names, sorted(line["hint"] for line in lines), "describe suspect")
    for line in lines:
        text = harness.run([suite.program(), "describe", line["hint"]])
        shown = " ".join(text.out.decode().split())
        suite.check(text.status == OK and line["doc"] in shown and "Benign: " in line["doc"] and "Holds if" in shown, "describe " + line["hint"],
                    line["doc"], shown)
        suite.equal(json.dumps(line, separators=(",", ":")).encode() + b"\n",
                    harness.run([suite.program(), "describe", "-f", "json", line["hint"]]).out, "describe %s as JSON" % line["hint"])
    suite.equal(TROUBLE, harness.run([suite.program(), "describe", "no-such-hint"]).status, "no hint")


def check_real(suite):
    """The page says how many hints the example logs give; all are of processes that were made with odd names."""
    counted, processes = collections.Counter(), 0
    for path in suite.examples():
        rows = timeline(suite, "--quiet", "--suspect", "--fields=name,cmdline,suspect", path)
        processes += len(rows)
        counted.update(hint for row in rows for hint in hints_of(row))
    with open(os.path.join(harness.ROOT, "docs", "timeline.md"), encoding="utf-8") as file:
        page = " ".join(file.read().split())
    for name, count in counted.items():
        suite.check("`%s` %d" % (name, count) in page, "hints %s of the example logs" % name, "%d in docs/timeline.md" % count, "another number")
    suite.check("of %d processes," % processes in page, "processes of the example logs", processes, "another number")


def main():
    suite = harness.Suite(__doc__, files=True)
    make = processlogs.Maker(suite, next(one for one in facts.load_tables() if one.release == "2.8" and one.model == "lp64"))
    lines = harness.run([suite.program(), "describe", "--format=json", "suspect"]).out.splitlines()
    names = sorted(json.loads(line)["hint"] for line in lines)
    check_cases(suite, make, names)
    check_end(suite, make)
    check_column(suite, make)
    check_describe(suite, names)
    check_real(suite)
    suite.finish()


if __name__ == "__main__":
    main()
