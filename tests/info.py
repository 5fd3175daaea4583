"""Proves that `atopdump info` says what logs are: each fact is counted again from the nested JSON of the same log, whole,
gzipped, damaged, one of several in a file, or with samples missing. Optional data of every release, with each flag alone.
"""

import collections
import csv
import datetime
import gzip
import io
import json
import os
import re
import shutil
import sys

from lib import facts, harness
from lib.harness import DAMAGED, OK, REFUSED

# What flags of records and headers mean, from FORMAT: {feature: (record's bit, header's bits)}, by release.
NEW = {"accounting": (0x10, 0), "iostat": (0x20, 0), "netatop": (0x4, 0), "containers": (0x40, 0)}
OLDEST = {"accounting": (0, 0x1), "iostat": (0, 0x4 | 0x2), "netatop": (0, 0x2)}
WOBBLE = 2              # seconds between boot times that are one
LISTED = 32             # boots and gaps that are listed


def features_of(version):
    """{feature: (bit of a record, bits of the header)} of a release; True as a third: the header's count without NETATOP."""
    if version < (2, 0):
        return OLDEST
    if version < (2, 2, 3):
        return {"accounting": (0, 0x1), "iostat": (0, 0x4), "netatop": (0x4, 0)}
    if version < (2, 3):
        return {"accounting": (0x10, 0x1, True), "iostat": (0x20, 0x4, True), "netatop": (0x4, 0)}
    features = dict(NEW)
    if version >= (2, 4):
        features["gpu"] = (0x80, 0)
    if version >= (2, 8):
        features["cgroups"] = (0x100, 0)
    if version >= (2, 10):
        features["netatop"] = (0x4, 0x1000)
    return features


def version_of(release):
    main, _, build = release.partition("-")
    return tuple(int(word) for word in main.split(".")) + (int(build or 0),)


def count_features(header, records, release):
    """In how many samples each feature is."""
    counts = {}
    for name, (bit, header_bits, *dummies) in features_of(version_of(release)).items():
        head = header.get("supportflags", 0)
        by_header = bool(head & header_bits) and not (dummies and head & 0x10)
        counts[name] = sum(bool(record["flags"] & bit) or by_header for record in records)
    return counts


def seconds(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp())


def utc(number):
    return datetime.datetime.fromtimestamp(number, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def boots_of(records):
    boots = []
    for record in records:
        if record["flags"] & 1:
            time = record["curtime"] - record["interval"]
            if not any(abs(time - boot) <= WOBBLE for boot in boots):
                boots.append(time)
    return [utc(time) for time in boots]


def facts_of(lines, path, data, checked, packed=False):
    """The object for a log, from its lines of nested JSON."""
    head = next((line for line in lines if "rawheader" in line), {})
    header = head.get("rawheader", {})
    records = [line["rawrecord"] for line in lines if "rawrecord" in line]
    starts = [bool(line.get("since_boot")) for line in lines if "rawrecord" in line]
    intervals = [record["interval"] for record, start in zip(records, starts) if not start]
    times = [line["time"] for line in lines if "rawrecord" in line]
    common = collections.Counter(intervals).most_common(1)
    release = head.get("release")
    cgroups = version_of(release) >= (2, 11)
    return {
        "file": path, "part": head.get("part", 1), "host": head.get("host"), "release": release, "later_releases": [],
        "model": head.get("model"), "byteorder": head.get("byteorder"), "kernel": header["utsname"]["release"],
        "machine": header["utsname"]["machine"], "size": len(data), "compression": "gzip" if packed else None,
        "samples": len(records), "tasks": sum(record.get("ndeviat", record.get("nlist")) for record in records),
        "cgroups": sum("cstat" in line for line in lines) if cgroups else None,
        "first": times[0] if times else None, "last": times[-1] if times else None,
        "interval": common[0][0] if common else None, "interval_min": min(intervals, default=None),
        "interval_max": max(intervals, default=None),
        "runs": sum(starts) + (not starts[0] if starts else 0), "nboots": len(boots_of(records)),
        "boots": boots_of(records)[:LISTED], "gaps": sum("gap" in line for line in lines),
        "gap_list": [line["gap"] for line in lines if "gap" in line][:LISTED],
        "damage": sum("damage" in line for line in lines),
        "features": count_features(header, records, release) if records else {}, "checked": checked}


def nested(suite, path):
    """The lines of a log, those of each log in the file apart."""
    result = harness.run([suite.program("atopdump-static"), path], notes=True)
    parts = {}
    for line in result.out.decode().splitlines():
        line = json.loads(line)
        parts.setdefault(line.get("part", 1), []).append(line)
    return [parts[part] for part in sorted(parts)], result.status


def info(suite, *words, **more):
    return harness.run([suite.program("atopdump-static"), "info", *words], **more)


def objects(result):
    return [json.loads(line) for line in result.out.decode().splitlines()]


def check_log(suite, what, path, packed=False):
    """All facts of the logs in a file, with and without --check."""
    data = harness.read(path)
    lines, status = nested(suite, path)
    result = info(suite, "--format=json", "--check", path)
    expected = [facts_of(part, path, data, True, packed) for part in lines]
    suite.equal(expected, objects(result), "%s: the facts" % what, harness.shell([suite.program("atopdump-static"), "info", "--check", path]))
    suite.equal(status, result.status, "%s: exit status with --check" % what)
    return expected


def check_unchecked(suite, path, expected):
    """Without --check, of an intact log, the same; blocks are not inflated."""
    printed = [sum("tstat" in line for line in part) for part in nested(suite, path)[0]]
    suite.equal(printed, [one["tasks"] for one in expected], "%s: tasks, of which each is a line of JSON" % path)
    result = info(suite, "--format=json", path)
    suite.equal([dict(one, checked=False) for one in expected], objects(result), "%s: without --check" % path)
    suite.equal(OK, result.status, "%s: exit status without --check" % path)


def check_csv(suite, paths):
    """CSV says what JSON says."""
    rows = list(csv.DictReader(io.StringIO(info(suite, "--format=csv", *paths).out.decode())))
    expected = objects(info(suite, "--format=json", *paths))
    for row, one in zip(rows, expected):
        one["boots"] = " ".join(one["boots"])
        one.pop("gap_list")
        one["later_releases"] = " ".join(one["later_releases"])
        one["features"] = " ".join(name for name, count in one["features"].items() if count)
        told = {key: "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)
                for key, value in one.items()}
        suite.equal({key: value for key, value in told.items() if not key.endswith("_hex")}, row, "CSV of %s" % one["file"])
    suite.equal(len(paths), len(rows), "rows of CSV")


def span(seconds):
    """A number of seconds in few characters."""
    for unit, smaller, size, part in (("d", "h", 86400, 3600), ("h", "m", 3600, 60), ("m", "s", 60, 1)):
        if seconds >= size and not (unit == "m" and seconds < 100 and seconds % 60):
            rest = seconds % size // part
            return "%d%s" % (seconds // size, unit) + ("%02d%s" % (rest, smaller) if rest and seconds < 100 * 86400 else "")
    return "%ds" % seconds if seconds else "0m"


def check_spans(suite, table):
    """The span and the interval in the row of a log, from none to years."""
    now = 1600000000
    for seconds in (0, 1, 59, 60, 61, 99, 100, 119, 120, 3599, 3600, 3660, 86399, 86400, 90000, 99 * 86400 + 3600, 100 * 86400 + 3600):
        samples = [{"rawrecord": {"curtime": now + time, "interval": 7 if time == 0 else seconds, "flags": int(time == 0)}}
                   for time in (0, seconds)[:1 + (seconds > 0)]]
        name = suite.path("span.raw", facts.build(table, "little", samples))
        row = info(suite, name, name).out.decode().splitlines()[1].split()
        suite.equal([span(seconds), span(seconds) if seconds else "-"], row[4:6], "a span of %d seconds" % seconds)


def check_text(suite, paths):
    """A row for each log, the file last; of a single log, a line for each fact."""
    text = info(suite, *paths).out.decode()
    rows = text.split("\n\n")[0].splitlines()[1:]
    said = objects(info(suite, "--format=json", *paths))
    for row, one in zip(rows, said):
        words = row.split()
        at = row.index(one["file"])
        suite.equal([one["release"], one["host"], one["first"][:10], one["first"][11:16], str(one["samples"]), str(one["tasks"])],
                    words[:4] + words[6:8], "the row of %s" % one["file"])
        suite.check(at == 67, "the file begins in column 67", 67, at)
    suite.equal(len(paths), len(rows), "rows")
    suite.check("Blocks were not inflated" in text and "All blocks were" in info(suite, "--check", *paths).out.decode(),
                "it says whether blocks were inflated", "it does", text[-200:])
    lines = info(suite, paths[0]).out.decode().splitlines()
    one = said[0]
    for label, value in (("File", one["file"]), ("Release", one["release"] + ","), ("Host", one["host"]), ("Booted", one["boots"][0]),
                         ("Samples", "%d," % one["samples"]), ("Tasks", str(one["tasks"])), ("Gaps", "0"),
                         ("Runs", str(one["runs"]))):
        suite.check(any(line.split()[:2] == [label, value] for line in lines), "a line says %s" % label, value, lines)
    for label, some in (("With", True), ("Without", False)):
        names = [name for name, count in one["features"].items() if bool(count) == some]
        words = next((re.findall(r"(\w+)(?: \(in \d+ samples\))?(?:, |$)", line[10:]) for line in lines if line.split()[0] == label), [])
        suite.equal(names, words, "%s optional data" % label)
    suite.check(max(map(len, lines)) <= 80, "lines fit a terminal", 80, max(map(len, lines)))


def check_damage(suite, path, tables):
    """A flipped byte of a block is found with --check alone; a lost record without it too."""
    data = bytearray(harness.read(path))
    sample = list(facts.Log(bytes(data), tables).samples())[2]
    start, length = sample.blocks[1]
    block = bytearray(data)
    block[start + length - 1] ^= 0xFF
    name = suite.path("block.raw", bytes(block))
    plain, checked = info(suite, "--format=json", name), info(suite, "--format=json", "--check", name)
    suite.equal((OK, 0, b""), (plain.status, objects(plain)[0]["damage"], plain.err), "a damaged block without --check")
    suite.equal((DAMAGED, 1), (checked.status, objects(checked)[0]["damage"]), "a damaged block with --check")
    suite.check(b"damage at byte" in checked.err, "damage is reported", "a message", checked.err)
    suite.equal(OK, info(suite, "--check", "--accept-damage", name).status, "--accept-damage")
    data[sample.offset:sample.offset + 40] = b"\xff" * 40
    name = suite.path("record.raw", bytes(data))
    plain = info(suite, "--format=json", name)
    suite.check(plain.status == DAMAGED and objects(plain)[0]["damage"] > 0, "a lost record", "status 3", plain)


def check_gap(suite, path, tables):
    """Samples that are missing are a gap; without those since boot, the log begins in the middle of a run."""
    data = harness.read(path)
    samples = list(facts.Log(data, tables).samples())
    name = suite.path("gap.raw", data[:samples[2].offset] + data[samples[3].offset:])
    expected = check_log(suite, "a log without sample 2", name)
    suite.equal(1, expected[0]["gaps"], "a log without sample 2: gaps")
    gap = expected[0]["gap_list"][0]
    line = "          %s to %s, sample 2: %s\n" % (gap["from"], gap["to"], gap["reason"])
    suite.check("\nGaps      1\n" + line in info(suite, name).out.decode(), "a log without sample 2: its line", line, info(suite, name).out)
    name = suite.path("gaps.raw", data[:samples[0].offset] + b"".join(
        data[samples[i].offset:samples[i + 1].offset] for _ in range(LISTED) for i in (1, 3)))
    expected = check_log(suite, "a log with many gaps", name)
    suite.check(expected[0]["gaps"] > LISTED == len(expected[0]["gap_list"]), "many gaps", LISTED, expected[0]["gaps"])
    text = info(suite, name).out.decode()
    suite.check("          and %d more\n" % (expected[0]["gaps"] - LISTED) in text, "many gaps: those that are not listed", "and … more", text)
    name = suite.path("middle.raw", data[:samples[0].offset] + data[samples[1].offset:])
    expected = check_log(suite, "a log without sample 0", name)
    suite.equal((1, []), (expected[0]["runs"], expected[0]["boots"]), "a log without sample 0: runs and boots")


def check_boots(suite, table):
    """Boot times that differ by two seconds are of one boot; of many boots, the first are listed and all are counted."""
    now = 1700000000
    times = [now - 1000, now - 998, now - 1002, now - 997, now - 1003]
    samples = [{"rawrecord": {"curtime": now + i, "interval": now + i - time, "flags": 1}} for i, time in enumerate(times)]
    check_log(suite, "boot times that are close", suite.path("boots.raw", facts.build(table, "little", samples)))
    samples = [{"rawrecord": {"curtime": now + 60 * i, "interval": 5, "flags": 1}} for i in range(LISTED + 3)]
    expected = check_log(suite, "many boots", suite.path("boots.raw", facts.build(table, "little", samples)))
    suite.equal((LISTED + 3, LISTED), (expected[0]["nboots"], len(expected[0]["boots"])), "many boots: how many")


def check_missing(suite, table):
    """Structs that are missing are a gap that --check finds."""
    tasks = [{"gen": {"pid": i + 1, "state": ord("R"), "isproc": 1, "nthrrun": 1, "nthr": 1}} for i in range(6)]
    sums = {name: value for name, value in facts.task_sums(table, tasks).items() if name.startswith("tot")}
    name = suite.path("missing.raw", facts.build(table, "little", [{"tstat": tasks}, {"tstat": tasks[:4], "rawrecord": sums}]))
    expected = check_log(suite, "a log without two tasks", name)
    suite.equal(1, expected[0]["gaps"], "a log without two tasks: gaps")
    suite.equal([0], [one["gaps"] for one in objects(info(suite, "--format=json", name))], "its gaps without --check")


def check_releases(suite):
    """A log that another release continued: both are listed."""
    younger, older = (harness.read(os.path.join(harness.EXAMPLES, "atop-%s.raw" % name)) for name in ("2.9.0", "2.8.1"))
    name = suite.path("later.raw", younger + older[480:])
    suite.equal([("2.9", ["2.8"])], [(one["release"], one["later_releases"]) for one in objects(info(suite, "--format=json", name))],
                "releases of a log that another release continued")
    suite.check(b"later as 2.8" in info(suite, name, name).out, "the row of such a log", "later as 2.8", info(suite, name, name).out)


def check_features(suite, tables):
    """Each flag of a record and of a header alone, in every release."""
    for table in tables:
        if table.model != "lp64":
            continue
        known = features_of(table.version)
        for field, bits in (("record", range(2, 9)), ("header", (0, 1, 2, 4, 5, 12, 13))):
            for bit in bits:
                flags = 1 << bit
                record = {"flags": flags | 1} if field == "record" else {"flags": 1}
                header = {"supportflags": flags} if field == "header" else {}
                name = suite.path("features.raw", facts.build(table, "little", [{"rawrecord": dict(record, interval=60)}], header))
                said = objects(info(suite, "--format=json", "--schema=%s/lp64" % table.release, name, notes=True))
                expected = count_features(header, [record], table.release)
                suite.equal([expected], [one["features"] for one in said],
                            "%s: features with bit 0x%x of the %s" % (table.release, flags, field))
                suite.check(set(known) == set(expected), "known", known, expected)


def check_inputs(suite, path):
    """Standard input, a list of files, files that are none, output to a file."""
    data = harness.read(path)
    said = objects(info(suite, "--format=json", path))[0]
    piped = objects(info(suite, "--format=json", data=data))[0]
    suite.equal(dict(said, file="-", size=None), dict(piped, size=None), "standard input")
    text = suite.path("text", b"no log\n")
    result = info(suite, "--format=json", text, path)
    suite.equal((REFUSED, [said]), (result.status, objects(result)), "a file without a log is reported, the next one is read")
    suite.check(b"text: " in result.err, "a message", "text: …", result.err)
    suite.equal([said, said], objects(info(suite, "--format=json", "--files-from=-", data=("%s\n%s\n" % (path, path)).encode())),
                "a list of files")
    target = suite.path("facts.json")
    result = info(suite, "--format=json", "-o", target, path)
    suite.equal((OK, said), (result.status, json.loads(harness.read(target))), "--output")
    result = info(suite, "--format=xml", path)
    suite.equal((1, b"atopdump: there is no format 'xml' of info; there are text, json, csv\nTry 'atopdump --help'.\n"),
                (result.status, result.err), "a form that there is not")


def check_folder(suite, path):
    """Of a folder: the logs in it; other files are passed over, unless there is no log at all."""
    folder = os.path.join(suite.folder, "folder")
    os.mkdir(folder)
    note, log = os.path.join(folder, "README"), os.path.join(folder, "log.raw")
    with open(note, "w", encoding="utf-8") as file:
        file.write("about these logs\n")
    result = harness.run([suite.program("atopdump-static"), "info", folder])
    suite.equal((2, b""), (result.status, result.out), "a folder without logs")
    suite.check(b"no atop log in it (1 file passed over)" in result.err, "a folder without logs: the message", "says so", result.err)
    shutil.copy(path, log)
    result = harness.run([suite.program("atopdump-static"), "info", "--format=json", folder])
    suite.equal((0, b"", [log]), (result.status, result.err, [one["file"] for one in objects(result)]), "a folder with a log")
    result = harness.run([suite.program("atopdump-static"), "info", note, folder])
    suite.equal(2, result.status, "the same file, named")


def main():
    suite = harness.Suite(__doc__)
    tables = facts.load_tables()
    paths = suite.examples()
    for path in paths:
        check_unchecked(suite, path, check_log(suite, os.path.basename(path), path))
    first, last = harness.read(paths[0]), harness.read(paths[-1])
    check_log(suite, "gzip", suite.path("log.gz", gzip.compress(last)), packed=True)
    check_log(suite, "two logs in a file", suite.path("two.raw", first + last))
    check_log(suite, "a truncated log", suite.path("cut.raw", last[:-1000]))
    check_log(suite, "a log without samples", suite.path("none.raw", last[:480]))
    check_csv(suite, paths)
    check_text(suite, [path for path in paths if "append" not in path])
    check_damage(suite, paths[-1], tables)
    check_gap(suite, paths[-1], tables)
    latest = [table for table in tables if table.model == "lp64"][-1]
    check_boots(suite, latest)
    check_missing(suite, latest)
    check_spans(suite, latest)
    check_releases(suite)
    check_features(suite, tables)
    check_inputs(suite, paths[-1])
    check_folder(suite, paths[-1])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
