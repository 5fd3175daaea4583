"""Proves that logs are read out of compressed files and archives, and that broken or hostile ones cost no more than they may."""

import bz2
import contextlib
import gzip
import io
import json
import lzma
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile

from lib import harness
from lib.harness import DAMAGED, OK, REFUSED

sys.path.insert(0, os.path.join(harness.TESTS, "bench"))
import tools        # noqa: E402

BOTH = ("-j1", "-j3")
FEW = ["-t", "rawheader,rawrecord,sstat"]
FEWEST = ["-t", "rawheader,rawrecord"]
BOMB = 100 << 20        # bytes that bombs expand to
STREAMS = 10            # in which these bytes are
MEMORY = 90 << 20       # bytes of address space for hostile archives: less than a bomb needs


def tool(*argv):
    """A function that runs a program on bytes; None: there is no such program."""
    return (lambda data: subprocess.run(argv, input=data, stdout=subprocess.PIPE, check=True).stdout) if shutil.which(argv[0]) else None


def tar(members, kind=tarfile.PAX_FORMAT):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=kind) as archive:
        folder = tarfile.TarInfo("var")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


COMPRESSIONS = {"gzip": gzip.compress, "xz": lzma.compress, "bzip2": bz2.compress, "zstd": tool("zstd", "-qc"), "lz4": tool("lz4", "-qc")}
ARCHIVES = {"tar": tar, "gnu.tar": lambda members: tar(members, tarfile.GNU_FORMAT), "zip": zipped,
            "stored.zip": lambda members: zipped(members, zipfile.ZIP_STORED)}


class Bench:
    def __init__(self, suite):
        self.suite, self.program = suite, suite.program()
        self.memory = None if harness.is_sanitized(self.program) else MEMORY
        self.logs = suite.examples()[::6]
        self.lines = {log: harness.run([self.program, *FEW, log]).out for log in self.logs}
        self.members = [("var/log/atop/atop_%d" % i, harness.read(log)) for i, log in enumerate(self.logs)]

    def run(self, *argv, **more):
        return harness.run([self.program, *argv], **more)

    def named(self, path):
        """The lines of all logs, as those of the archive's members."""
        return b"".join(re.sub(rb"(?m)^\{", b'{"file":"%s:%s",' % (os.fsencode(path), name.encode()), self.lines[log])
                        for (name, _), log in zip(self.members, self.logs))


def check_compressions(bench):
    """Each compression of a log prints what the log does, from a file and from a pipe."""
    suite = bench.suite
    for name, compress in COMPRESSIONS.items():
        if compress is None:
            print("not tested: %s; there is no such program" % name)
            continue
        for log in bench.logs:
            packed = compress(harness.read(log))
            for jobs in BOTH:
                for what, argv, feed in (("file", [suite.path("log." + name, packed)], {}), ("pipe", ["-"], {"data": packed})):
                    result = bench.run(jobs, *FEW, *argv, **feed)
                    suite.check((OK, b"") == (result.status, result.err) and result.out == bench.lines[log],
                                "%s in %s, %s, %s" % (log, name, what, jobs), OK, result.err or result.out)
        two = suite.path("two." + name, compress(harness.read(bench.logs[0])) + compress(harness.read(bench.logs[1])))
        result = bench.run(*FEW, two)
        suite.equal((OK, sum(bench.lines[log].count(b"\n") for log in bench.logs[:2])), (result.status, result.out.count(b"\n")),
                    "two logs in two streams of %s" % name)


def check_archives(bench):
    """Each archive prints its logs in its order; strangers in it are passed over, archives in it not opened."""
    suite = bench.suite
    strangers = [("notes.txt", b"text\n"), ("empty", b""), ("/etc/passwd", b"root:x:0:0\n"), ("../../up", b"text\n")]
    for name, make in ARCHIVES.items():
        plain = make(strangers[:2] + bench.members + strangers[2:])
        forms = {name: plain}
        if name == "tar":
            forms.update({"tar." + kind: compress(plain) for kind, compress in COMPRESSIONS.items() if compress})
        for form, data in forms.items():
            path = suite.path("case." + form, data)
            for jobs in BOTH:
                result = bench.run(jobs, *FEW, path)
                suite.check((OK, b"") == (result.status, result.err) and result.out == bench.named(path), "%s, %s" % (form, jobs), OK,
                            result.err or result.out)
            piped = bench.run(*FEW, "-", data=data)
            suite.check((OK, b"") == (piped.status, piped.err) and piped.out == bench.named("-"), "%s from a pipe" % form, OK, piped.err)
            said = bench.run("-v", *FEW, path).err
            for member, _ in strangers:
                suite.check(b"%s:%s: passed over: " % (os.fsencode(path), member.encode()) in said, "%s says that it passes over %s" %
                            (form, member), member, said)
        path = suite.path("none." + name, make(strangers))
        for jobs in BOTH:
            result = bench.run(jobs, path)
            suite.equal((REFUSED, b"atopdump: %s: no atop log in it (4 files passed over)\n" % os.fsencode(path), b""),
                        (result.status, result.err, result.out), "strangers alone in %s" % name)
        path = suite.path("nested." + name, make([("inner.xz", lzma.compress(bench.members[0][1])), ("a.gz", gzip.compress(bench.members[0][1])),
                                                  ("inner.tar", tar(bench.members))]))
        result = bench.run(*FEW, path)
        suite.equal((OK, b"".join(b"atopdump: %s:inner.%s: passed over: not an atop log, but %s; inside an archive it is not opened\n" %
                                  (os.fsencode(path), kind, text) for kind, text in ((b"xz", b"xz-compressed data"), (b"tar", b"a tar archive"))),
                     bench.lines[bench.logs[0]].count(b"\n")),
                    (result.status, result.err, result.out.count(b"\n")), "archives in %s" % name)
        suite.equal((result.status, result.err), bench.run("info", path)[::2], "info of archives in %s" % name)
        suite.equal((OK, b""), bench.run("info", "-q", path)[::2], "info --quiet of archives in %s" % name)
        suite.check(b"a.gz: passed" not in bench.run("info", "-v", path).err and
                    b"notes.txt: passed over: " in bench.run("info", "-v", suite.path("case." + name)).err,
                    "info --verbose of archives in %s" % name, "strangers are named", "they are not")


def check_others(bench):
    """Folders, partition trees and tables take archives too."""
    suite = bench.suite
    folder = suite.path("folder")
    os.makedirs(folder, exist_ok=True)
    for name, data in (("a.tar.xz", lzma.compress(tar(bench.members))), ("b.xz", lzma.compress(bench.members[0][1])),
                       ("c.zip", zipped([("text", b"text\n")])), ("d", b"text\n")):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    result = bench.run(*FEW, folder)
    suite.equal((OK, b"", sum(lines.count(b"\n") for lines in bench.lines.values()) + bench.lines[bench.logs[0]].count(b"\n")),
                (result.status, result.err, result.out.count(b"\n")), "a folder of archives")
    if b"without nettle" not in bench.run("--partition", suite.path("probe"), "-f", "csv", bench.logs[0]).err:
        trees = []
        for what, argv in (("plain", bench.logs), ("packed", [os.path.join(folder, "a.tar.xz")])):
            tree = suite.path("tree-" + what)
            result = bench.run("-f", "csv", "--partition", tree, *argv)
            suite.equal((OK, b""), (result.status, result.err), "a partition tree, %s" % what)
            trees.append(sorted(os.path.relpath(os.path.join(path, name), tree) for path, _, names in os.walk(tree) for name in names))
        suite.check(len(trees[0]) > 5 and trees[0] == trees[1], "the same names of files", trees[0], trees[1])


def check_reports(bench):
    """info says of a log in a compressed file or an archive what it says of the log; repair takes it out of the compressed file."""
    suite, log = bench.suite, bench.logs[0]
    data = harness.read(log)
    known = facts(bench, log)
    for name, compress in COMPRESSIONS.items():
        if compress is None:
            continue
        path = suite.path("report." + name, compress(data))
        suite.equal([(os.path.getsize(path), name, *known[0][2:])], facts(bench, path), "info of %s" % name)
        repaired = bench.run("repair", path)
        suite.check((OK, b"") == (repaired.status, repaired.err) and repaired.out == data, "repair of %s" % name, "the log", repaired.err)
    path = suite.path("report.tar", tar([("text", b"text\n")] + bench.members))
    suite.equal([(None, None, *facts(bench, one)[0][2:]) for one in bench.logs], facts(bench, path), "info of a tar archive")
    path = suite.path("member.tar", tar(bench.members[:1]))
    suite.check(b"\n          a member of an archive\n" in bench.run("info", path).out, "info of a member says what it is", "a member",
                bench.run("info", path).out)
    path = suite.path("cut.xz", lzma.compress(data)[:-len(data) // 64 - 4])
    for verb in ["info"], ["repair"]:
        result = bench.run(*verb, path)
        suite.check(result.status == REFUSED and b"corrupt or ends early" in result.err, "%s of a file that is cut" % verb[0],
                    "exit 2, and why", (result.status, result.err))
    result = bench.run("repair", suite.path("report.zip", zipped(bench.members)))
    suite.check((REFUSED, b"") == (result.status, result.out) and b"repair takes no archive" in result.err, "repair of an archive", REFUSED,
                result.err)


def facts(bench, path):
    """(size, compression, the other facts) of each log."""
    lines = map(json.loads, bench.run("info", "--format=json", path).out.splitlines())
    return [(line.pop("size"), line.pop("compression"), {key: value for key, value in line.items() if key != "file"}) for line in lines]


def check_broken(bench):
    """Archives that are cut or changed anywhere: what comes before is printed, no crash, no silence where something is lost."""
    suite, dice = bench.suite, random.Random(1)
    forms = {"tar": tar(bench.members), "zip": zipped(bench.members), "tar.xz": lzma.compress(tar(bench.members))}
    several = b"".join(harness.read(log) for log in suite.examples()[:16])
    forms.update({kind: compress(several) for kind, compress in COMPRESSIONS.items() if compress})
    for form, data in forms.items():
        whole = bench.run(*FEWEST, suite.path("whole", data)).out
        end = len(data.rstrip(b"\0")) - 1100
        for cut in sorted(dice.sample(range(1, end), 12)) + [end]:
            path = suite.path("cut", data[:cut])
            result = bench.run("-j1", *FEWEST, path, timeout=60)
            suite.check(result.status in (REFUSED, DAMAGED) and result.err, "%s cut at %d of %d" % (form, cut, len(data)),
                        (REFUSED, DAMAGED), result)
        if form not in ("bzip2", "lz4"):        # their blocks are larger than the logs here
            suite.check(result.out, "%s that is almost whole prints something" % form, "lines", result.err)
        for _ in range(25):
            broken = bytearray(data)
            for _ in range(dice.choice((1, 1, 5))):
                broken[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            result = bench.run("-j2", *FEWEST, suite.path("flipped", bytes(broken)), timeout=60)
            suite.check(result.status in (OK, REFUSED, DAMAGED), "%s with changed bits" % form, "a status", result.status)
            if result.status == OK and form.endswith("xz"):
                suite.check(result.out.count(b"\n") == whole.count(b"\n"), "%s with changed bits and status 0 is whole" % form)


def check_summary(bench):
    """Each archive that breaks off counts as one that is damaged, with one loss."""
    data = tar(bench.members)
    data = data[:len(data.rstrip(b"\0")) - 1100]
    paths = [bench.suite.path("broken%d.tar" % i, data) for i in range(2)]
    for jobs in BOTH:
        result = bench.run(jobs, "-v", *FEWEST, *paths)
        bench.suite.equal((DAMAGED, True), (result.status, result.err.endswith(b", 2 damaged (2 losses)\n")),
                          "the summary of two broken archives, %s" % jobs)


def check_ends(bench):
    """What ends early between two members: the files before are read, and the damage is a message, a line of JSON and a row."""
    suite = bench.suite
    whole = tar(bench.members)
    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        last = archive.getmembers()[-1]
    bare = whole[:last.offset_data + (last.size + 511) // 512 * 512]
    lines = harness.run([bench.program, *FEW, suite.path("ends.tar", whole)]).out
    noted = {"the archive ends early: its end mark is missing; files behind that are not read": bare,
             "the archive or its compression is corrupt or ends early; files behind that are not read": bare + b"x" * 700}
    for text, data in noted.items():
        for form in "tar", "tar.xz", "tar.gz":
            packed = {"tar": bytes, "tar.xz": lzma.compress, "tar.gz": gzip.compress}[form](data)
            path = suite.path("early." + form, packed)
            reports = (DAMAGED, ("atopdump: %s: %s\n" % (path, text)).encode())
            for jobs in BOTH:
                result = bench.run(jobs, *FEW, path)
                damage = {"file": path, "host": None, "damage": {"offset": None, "length": None, "sample": None, "kind": "archive",
                                                                 "reason": text}}
                *before, last = result.out.splitlines()
                suite.equal((*reports, len(lines.splitlines()), damage), (result.status, result.err, len(before), json.loads(last)),
                            "%s that ends early, %s" % (form, jobs))
                result = bench.run(jobs, "-f", "rows", "-t", "damage", path)
                rows = [{key: value for key, value in json.loads(line).items() if value is not None} for line in result.out.splitlines()]
                suite.equal((*reports, [{"table": "damage", "file": path, "kind": "archive", "reason": text}]),
                            (result.status, result.err, rows), "rows of damage, %s, %s" % (form, jobs))
                result = bench.run(jobs, "-f", "csv", "-t", "damage", "-F", "file,offset,kind", path)
                suite.equal((*reports, ("file,offset,kind\r\n%s,,archive\r\n" % path).encode()), (result.status, result.err, result.out),
                            "csv of damage, %s, %s" % (form, jobs))
            suite.equal(reports, bench.run("info", path)[::2], "info of %s that ends early" % form)
    result = bench.run("--no-filename", *FEW, "-", data=bare)
    suite.check(result.status == DAMAGED and result.out.splitlines()[-1].startswith(b'{"host":null,"damage":{"offset":null,'),
                "without names of files", "no file", result.out[-200:])
    path = suite.path("strangers.tar", tar([("text", b"text\n")])[:1024 + 512])
    for words in ["-j1"], ["-j3"], ["-f", "csv", "-t", "damage"]:
        result = bench.run(*words, path)
        suite.check(result.status == DAMAGED and (b"archive," in result.out or b'"archive"' in result.out),
                    "a stranger, and then an early end, %s" % words, DAMAGED, result)
    database = suite.path("damage.db")
    result = bench.run("-f", "sqlite", "-o", database, path)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        suite.equal([(path, None, "archive")], connection.execute("select file, offset, kind from damage").fetchall(), "damage in a database")


def fast_xz(data):
    return lzma.compress(data, preset=0)


def bomb(compress, head, tail=b""):
    """head, BOMB zeros and tail. The zeros are in equal streams behind each other, of which one is made."""
    return compress(head) + compress(bytes(BOMB // STREAMS)) * STREAMS + compress(tail)


def check_hostile(bench):
    """Bombs, endless members, odd names."""
    suite = bench.suite
    header = bench.members[0][1]
    bombs = {"xz": bomb(fast_xz, header), "bzip2": bomb(bz2.compress, header)}
    if COMPRESSIONS["zstd"]:
        bombs["zstd"] = COMPRESSIONS["zstd"](header + bytes(BOMB))
    zeros = tarfile.TarInfo("zeros")
    zeros.size = BOMB
    bombs["tar"] = bomb(fast_xz, zeros.tobuf(), tar([("log", header)]))
    for name, data in bombs.items():
        suite.check(len(data) < 200000, "%s bomb is small" % name, 200000, len(data))
        result = bench.run("-j1", *FEW, suite.path("bomb", data), memory=bench.memory, timeout=60)
        suite.check(result.status in (REFUSED, DAMAGED) and b"expands to more than 1100 times its size" in result.err, "%s bomb" % name,
                    "it is refused", result)
    sparse = io.BytesIO()
    with tarfile.open(fileobj=sparse, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("hole")
        info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "hole", "GNU.sparse.realsize": str(1 << 50)}
        body = b"1\n%d\n0\n" % (1 << 50)
        info.size = 512
        archive.addfile(info, io.BytesIO(body.ljust(512, b"\0")))
    result = bench.run("-j1", suite.path("sparse", sparse.getvalue()), memory=bench.memory, timeout=60)
    suite.check(result.status in (REFUSED, DAMAGED), "a hole of 2^50 bytes", REFUSED, result)
    names = ["x" * 100000, "a\nb\x1b[31m", "caf\u00e9/\u65e5", "-", "a/" * 2000 + "b"]
    for name in names:
        result = bench.run("-j2", "-t", "rawheader", suite.path("odd", tar([(name, header)])))
        suite.check(result.status == OK and result.out.count(b"\n") == 1 and not result.err, "the name %.20r" % name, OK, result)
    one = tar([("m", b"x")])[512:1536]          # between the folder and the end
    many = one * 30000 + bytes(1024)
    result = bench.run("-j1", suite.path("many", many), memory=bench.memory, timeout=60)
    suite.equal((REFUSED, True), (result.status, b"(30000 files passed over)" in result.err), "30000 members")


def check_windows(bench):
    """zstd gets a window of 128 MiB, and no larger one; xz gets what it states, of which it touches what it needs."""
    suite, log = bench.suite, bench.logs[0]
    for bits, status in ((27, OK), (28, REFUSED)):
        compress = tool("zstd", "-qc1", "--long=%d" % bits)
        if compress is None:
            print("not tested: windows of zstd; there is no such program")
            break
        result = bench.run(*FEW, suite.path("window.zst", compress(harness.read(log))))
        suite.equal((status, bench.lines[log] if status == OK else b""), (result.status, result.out), "zstd with a window of 2^%d bytes" % bits)
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 256 << 20}]
    path = suite.path("window.xz", lzma.compress(harness.read(log), filters=filters))
    result = harness.run([tools.helper(suite, "peak"), bench.program, *FEW, path])
    most = int(result.err.split()[-1])
    suite.check(result.status == OK and most < 128 << 20, "xz with a window of 256 MiB", "exit 0, below 128 MiB",
                (result.status, most))


def check_without(suite, program):
    """Without the library: what to do."""
    log = harness.read(suite.examples()[0])
    for kind, data, how in (("xz-compressed data", lzma.compress(log), "xz -dc"), ("a zip archive", zipped([("a", log)]), "unzip -p"),
                            ("a tar archive", tar([("a", log)]), "tar -xOf")):
        path = suite.path("packed", data)
        result = harness.run([program, path])
        suite.equal((REFUSED, os.fsencode("atopdump: %s: not an atop log, but %s; try: %s %s | atopdump\n" % (path, kind, how, path))),
                    (result.status, result.err), "%s, without libarchive" % kind)


def main():
    suite = harness.Suite(__doc__)
    if b"no libarchive" in harness.run([suite.program(), "--version"]).out:
        check_without(suite, suite.program())
        suite.finish()
    bench = Bench(suite)
    check_compressions(bench)
    check_archives(bench)
    check_others(bench)
    check_reports(bench)
    check_broken(bench)
    check_summary(bench)
    check_ends(bench)
    check_hostile(bench)
    check_windows(bench)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
