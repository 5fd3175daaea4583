"""Proves that `atopdump gaps` lists what logs do not have, and nothing else: logs are made whose gaps are known, and the rows are
stated by hand. The order of the files never matters. Times count from T.
"""

import csv
import io
import itertools
import json

from lib import facts, harness, processlogs
from lib.harness import DAMAGED, OK, REFUSED, TROUBLE
from lib.processlogs import BOOT, T, sample, task

ONE = task(7, -50)


class Maker(processlogs.Maker):
    def run(self, *words):
        return harness.run([self.suite.program("atopdump-static"), "gaps", *words])

    def log_of(self, *times, boot=BOOT, interval=10, **more):
        """A log with samples at these times. A boot at first; (time, interval) states another interval."""
        samples = []
        for i, time in enumerate(times):
            time, length = time if isinstance(time, tuple) else (time, interval)
            samples.append(sample(time, ONE, boot=boot if i == 0 else None))
            if i > 0 or boot is None:
                samples[-1]["rawrecord"]["interval"] = length
        return self.log(*samples, **more)

    def check(self, what, logs, expected, words=(), status=OK):
        """`logs` are files in any order; `expected` lists (kind, from, to, interval, sample) of each row."""
        paths = [self.suite.path("%s-%d.raw" % (what.replace(" ", "-"), i), data) for i, data in enumerate(logs)]
        for order in itertools.permutations(paths):
            argv = ["--format=json", *words, *order]
            result = self.run(*argv)
            again = harness.shell([self.suite.program(), "gaps", *argv])
            self.suite.equal(status, result.status, "%s: status" % what, again)
            rows = [json.loads(line) for line in result.out.splitlines()]
            self.suite.equal(expected, [(row["kind"], since(row["from"]), since(row["to"]), row["interval"], row["sample"]) for row in rows],
                             what, again)
        return rows


def since(text):
    """Seconds from T."""
    return None if text is None else facts_time(text) - T


def facts_time(text):
    import calendar
    import time
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def check_runs(make):
    make.check("no gap", [make.log_of(0, 10, 20)], [])
    make.check("logs that follow each other", [make.log_of(0, 10, 20), make.log_of(25, 35, 45), make.log_of(45 + 10, 65)], [])
    make.check("one log twice", [make.log_of(0, 10, 20), make.log_of(0, 10, 20)], [])
    make.check("a pause between runs", [make.log_of(0, 10, 20), make.log_of(100, 110)], [("unrecorded", 20, 100, 10, 0)])
    make.check("as long as the interval", [make.log_of(0, 10, 20), make.log_of(32, 42)], [])
    make.check("a little longer", [make.log_of(0, 10, 20), make.log_of(33, 43)], [("unrecorded", 20, 33, 10, 0)])
    make.check("a pause in one file", [make.log(sample(0, ONE, boot=BOOT), sample(10, ONE), sample(90, ONE, boot=BOOT), sample(100, ONE))],
               [("unrecorded", 10, 90, 10, 2)])
    make.check("another log fills the pause", [make.log_of(0, 10, 20), make.log_of(100, 110), make.log_of(21, (61, 40), (101, 40))],
               [("unrecorded", 61, 100, 10, 0)])
    make.check("a head that is missing", [make.log_of(0, 10, 20), make.log_of((50, 10), 60, boot=None)], [("sequence", None, 50, 10, 0)])


def check_boots(make):
    later = T + 60
    make.check("a reboot", [make.log_of(0, 10, 20), make.log_of(100, 110, boot=later)], [("reboot", 20, 100, 100 - 60, 0)])
    make.check("a reboot in one file", [make.log(sample(0, ONE, boot=BOOT), sample(10, ONE), sample(90, ONE, boot=later), sample(100, ONE))],
               [("reboot", 10, 90, 30, 2)])
    make.check("another kernel", [make.log_of(0, 10), make.log_of(100, 110, boot=later, kernel=b"6.2.0")], [("reboot", 10, 100, 40, 0)])
    make.check("two hosts", [make.log_of(0, 10), make.log_of(100, 110, boot=later, host=b"web02")], [])
    make.check("two machines of one name", [make.log_of(0, 10, 20), make.log_of(5, 15, 25, boot=BOOT - 300)], [])
    make.check("boots joined", [make.log_of(0, 10, 20), make.log_of(100, 110, boot=later)], [("unrecorded", 20, 100, 10, 0)],
               words=["--host-by=name"])


def check_clock(make):
    make.check("a clock that was set back", [make.log_of(0, 10, (3, 1), 13, 23)], [("clock", 10, 3, 1, 2)])
    make.check("a clock that was set forward", [make.log_of(0, 10, (500, 490), 510)], [])


def check_losses(make):
    suite = make.suite
    whole = [make.fit(sample(10 * i, ONE, boot=BOOT if i == 0 else None)) for i in range(6)]
    parts = [[facts.header_part(make.table, "little", make.header())]]
    parts += [facts.sample_parts(make.table, "little", one, first=i == 0) for i, one in enumerate(whole)]
    join = lambda groups: b"".join(part.data for group in groups for part in group)     # noqa: E731
    rows = make.check("samples that were removed", [join(parts[:3] + parts[5:])], [("sequence", 10, 40, 10, 2)])
    suite.equal("20 s before the sample are in none", rows[0]["reason"], "its reason")
    make.check("removed from one log of two", [join(parts[:3] + parts[5:]), join(parts)], [("sequence", 10, 40, 10, 2)])
    data = join(parts)
    size = len(join(parts[3:4]))
    start = len(join(parts[:3]))
    bad = data[:start] + b"\xa5" * size + data[start + size:]
    rows = make.check("damage in the middle", [bad], [("damage", 10, 30, None, 2)], status=DAMAGED)
    suite.equal((start, size), (rows[0]["offset"], rows[0]["length"]), "its place")
    rows = make.check("a truncated end", [data[:-7]], [("truncated", 50, None, None, None)], status=DAMAGED)
    suite.equal(("web01", True), (rows[0]["host"], rows[0]["offset"] > 0), "its host and place")
    make.check("a truncated end, and a log behind it", [data[:-7], make.log_of(57, 67)], [("truncated", 50, None, None, None)], status=DAMAGED)
    make.check("a truncated end, and a later log", [data[:-7], make.log_of(80, 90)],
               [("unrecorded", 50, 80, 10, 0), ("truncated", 50, None, None, None)], status=DAMAGED)


def check_missing(make):
    """Samples that no log has, in one log and between two."""
    first = make.log(sample(0, ONE, boot=BOOT), sample(10, ONE))
    second = make.log(sample(20, ONE, boot=BOOT), *[sample(t, ONE) for t in (30, 40)])
    make.check("overlap", [first, second, make.log(sample(20, ONE, boot=BOOT), sample(30, ONE))], [])
    third = make.log(sample(0, ONE, boot=BOOT), sample(10, ONE), sample(50, ONE))
    make.check("removed, and only one log", [third], [("sequence", 10, 50, 10, 2)])
    tail = make.log_of((50, 10), 60, boot=None)
    make.check("removed between logs", [make.log_of(0, 10, 20), tail], [("sequence", None, 50, 10, 0), ("missing", 20, 50, 10, 0)],
               words=["--host-by=name"])
    make.check("in a log between", [make.log_of(0, 10, 20), tail, make.log_of(30, 40)], [("sequence", None, 50, 10, 0)],
               words=["--host-by=name"])


def check_forms(make):
    suite = make.suite
    logs = [suite.path("forms%d.raw" % i, data) for i, data in enumerate((make.log_of(0, 10, 20, host=b"h|\x1b[1m"),
                                                                          make.log_of(100, 110, host=b"h|\x1b[1m")))]
    rows = [json.loads(line) for line in make.run("--format=json", *logs).out.splitlines()]
    table = list(csv.DictReader(io.StringIO(make.run("--format=csv", *logs).out.decode("utf-8"), newline="")))
    suite.equal([{key: "" if value is None else str(value) for key, value in row.items()} for row in rows], table, "CSV and JSON")
    suite.equal((logs[1], 1, 0, logs[0], 2, 80, 10, "unrecorded"), tuple(rows[0][key] for key in
                ("file", "part", "sample", "file_before", "sample_before", "seconds", "interval", "kind")), "a row")
    suite.equal("h|\\x1b[1m (x86_64, kernel 6.1.0), booted at 2023-11-14T20:50:00Z\n"
                "  unrecorded: 2023-11-14T22:13:40Z to 2023-11-14T22:15:00Z, 80 s; %s, sample 0: "
                "a run of atop begins: before it atop did not run, or its log is not here\n" % logs[1],
                make.run(*logs).out.decode("utf-8"), "text")
    suite.equal(b"no gap\n", make.run(logs[0]).out, "text without a gap")
    suite.equal((OK, b"", 18), (make.run("-f", "json", logs[0]).status, make.run("-f", "json", logs[0]).out,
                                len(make.run("-f", "csv", logs[0]).out.split(b",")) + 1), "nothing")
    output = suite.path("gaps.json")
    suite.equal((OK, b""), make.run("-f", "json", "-o", output, *logs)[:2], "--output")
    suite.equal(make.run("-f", "json", *logs).out, harness.read(output), "its bytes")
    suite.equal(REFUSED, make.run(suite.path("text", b"no log\n" * 99)).status, "no log")
    suite.equal(TROUBLE, make.run(suite.path("text") + ".none").status, "no file")


def main():
    suite = harness.Suite(__doc__, files=True)
    tables = facts.load_tables()
    for release in ("1.26", "2.8", "2.13"):
        make = Maker(suite, next(one for one in tables if one.release == release and one.model == "lp64"))
        check_runs(make)
        check_boots(make)
        check_clock(make)
        check_losses(make)
        check_missing(make)
    check_forms(make)
    suite.finish()


if __name__ == "__main__":
    main()
