"""Proves that bad input is refused or survived: readable data is printed, the rest is reported.

Logs are made by facts.py and then broken, one fault each. The expected output is that of the faultless log: lines before
the fault are the same bytes, lines of later samples differ at most in their number.
"""

import copy
import gzip
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import zlib

from lib import contract, facts, harness
from lib.breaking import Bench, check_damage, is_beginning, join, json_lines, kept_lines, told
from lib.harness import DAMAGED, OK, REFUSED, TROUBLE, Syntax

NOBODY = 65534
MUTANTS, FEWER = 100, 40 # with --long and without; damage.py makes thousands in one process
STEP, WIDER = 16, 64     # bytes from cut to cut, the same
FOURTH = 4               # each so many-th wrong count is looked for in tables too; with --long each


# --- refused ------------------------------------------------------------------------------------------------

def check_refused(bench, what, path, status, *needles, **more):
    """A file from which nothing comes out, with a message that has the needles in it."""
    argv = bench.argv(path)
    result = bench.dump(path, **more)
    text = result.err.decode("utf-8", "replace")
    missing = [needle for needle in needles if needle.lower() not in text.lower()]
    good = result.status == status and not result.out and told(result, path) and not missing
    bench.check(good, what, "exit %d, no output, 'atopdump: %s: …' with %s" % (status, path, list(needles)),
                "exit %d, %d bytes of output, %r" % (result.status, len(result.out), text), argv)


def refused(bench):
    forbidden(bench)
    unknown(bench)


def unknown(bench):
    """A header whose tuple no schema has: the message prints it and the nearest schema."""
    node = bench.table.structs["rawheader"]
    header = facts.decode(node, bench.data, "little")
    names = [name for name in bench.table.header_lengths() if name != "magic"]
    for name in names:
        changed = dict(header, **{name: header[name] + 16})
        data = facts.encode(node, changed, "little") + bench.data[node.size:]
        shown = ["0x%04x" % changed[n] if n == "aversion" else str(changed[n]) for n in names]
        check_refused(bench, "unknown %s" % name, bench.suite.path("unknown-" + name, data), REFUSED,
                      bench.table.release, *shown)


def forbidden(bench):
    """A file that may not be read. Root may read everything, so then another user tries."""
    path = bench.suite.path("forbidden", bench.data)
    os.chmod(path, 0)
    argv = bench.argv(path)
    if os.geteuid() == 0:
        os.chmod(bench.suite.folder, 0o755)
        tool = shutil.which("setpriv")
        if not tool:
            print("not tested: a file without permission (root, and no setpriv)")
            return
        argv = [tool, "--reuid=%d" % NOBODY, "--regid=%d" % NOBODY, "--clear-groups"] + argv
    result = harness.run(argv)
    good = result.status == TROUBLE and b"ermission denied" in result.err and not result.out
    bench.check(good, "no permission", "exit 1, 'Permission denied'",
                "exit %d, %r" % (result.status, result.err), argv)


# --- cut ----------------------------------------------------------------------------------------------------

def boundaries(bench, parts):
    """[(offset, lines that must be there)] of each part's end; and the ends of whole samples."""
    at, lines, edges, ends = 0, 0, [], set()
    for part in parts:
        at += len(part.data)
        lines += len(bench.samples[int(part.name[0])]["tstat"]) if part.name.endswith("tstat") else 1
        edges.append((at, lines))
        if part.name.endswith("tstat") or part.name == "rawheader":
            ends.add(at)
    return edges, ends


def cut(bench):
    """The log's first two samples cut around the end of each part and at each STEP-th byte (damage.py cuts at each): all
    before the cut as uncut, exit 3; what is of a block that is cut is marked."""
    parts = bench.parts[:7]
    data = join(parts)
    edges, ends = boundaries(bench, parts)
    head = len(parts[0].data)

    def one(size):
        path = bench.suite.path("cut%d" % size, data[:size])
        result = bench.dump(path)
        os.remove(path)
        return size, result

    wrong = []
    sizes = {at + i for at, _ in edges for i in range(-4, 5)} | set(bench.suite.some(range(0, len(data) + 1, STEP), WIDER // STEP))
    for size, result in harness.threads(one, sorted(size for size in sizes if size <= len(data))):
        status = REFUSED if size < head else OK if size in ends else DAMAGED
        kept = kept_lines(result.out)
        needed = max([lines for at, lines in edges if at <= size], default=0)
        good = is_beginning(result.out, bench.lines, needed)
        if (result.status != status or not good or (status == DAMAGED) != (len(kept) < len(result.out))
                or json_lines(result.out) is None):
            wrong.append((size, "exit %d for %d, %d lines for %d, %s" % (
                result.status, status, kept.count(b"\n"), needed,
                "as uncut" if good else "not as uncut")))
    first = wrong[0][0] if wrong else 0
    places = [at for at, _ in edges]
    bench.check(not wrong, "a log cut at %d of %d bytes (parts end at %s)" % (len(sizes), len(data), places),
                "the lines before the cut", "%d wrong, such as %s" % (len(wrong), wrong[:3]),
                ["head", "-c", first, bench.path, Syntax("|"), bench.program])


# --- damaged ------------------------------------------------------------------------------------------------

def damaged(bench):
    most, count = 2 ** 32 - 1, bench.table.task_count
    for values in ([{member: value} for member in ("scomplen", "pcomplen") for value in (0, 1, most, 2 ** 31)]
                   + [{"scomplen": value, "pcomplen": value} for value in (0, most)]
                   + [{count: value} for value in (most, 2 ** 31, 10 ** 6)]):
        what = ", ".join("%s %d" % pair for pair in values.items())
        check_damage(bench, what, bench.with_parts(s1_rawrecord=bench.record(1, **values)))
    for value in (2, 4):
        data = bench.with_parts(s1_rawrecord=bench.record(1, **{count: value}))
        check_damage(bench, "%s %d for 3" % (count, value), data, {"tstat"})
    counts(bench)
    blocks(bench)


def wrong_counts(bench):
    """(path of the counter, a count beyond its array or negative) for each counted array of sstat."""
    node = bench.table.structs["sstat"]
    for array in [n for n in node.walk() if n.counter]:
        parent = array.path.rpartition(".")[0]
        counter = node.find((parent + "." if parent else "") + array.counter)
        limit = 2 ** (counter.bits - (counter.prim[0] == "i")) - 1
        for value in (array.dims[0] + 1, 5000, limit, -1):
            if value > limit or 0 <= value <= array.dims[0] or value < 0 and counter.prim[0] == "u":
                continue
            if array.path in facts.CLAMPED and value == array.dims[0] + 1:
                continue
            yield counter.path, value


def counts(bench):
    """The sstat of a sample with each wrong count."""
    cases = list(wrong_counts(bench))
    for path, value in cases:
        system = copy.deepcopy(bench.samples[1]["sstat"])
        facts.set_path(system, path, value)
        block = zlib.compress(facts.encode(bench.table.structs["sstat"], system, "little"), 1)
        data = bench.with_parts(s1_rawrecord=bench.record(1, scomplen=len(block)), s1_sstat=block)
        check_damage(bench, "%s %d" % (path, value), data, {"sstat"}, (path, value) in bench.suite.some(cases, FOURTH))
    clamped(bench)


def clamped(bench):
    """Upstream may write one container too many: those that fit are printed, and nothing is wrong."""
    node = bench.table.structs["sstat"]
    for path in sorted(facts.CLAMPED):
        if not node.has(path):
            continue
        array = node.find(path)
        parent = path.rpartition(".")[0]
        system = {parent: {array.counter: array.dims[0] + 1}}
        file = bench.suite.path("clamped.raw", join(bench.make([{"sstat": system}])))
        result = bench.dump(file)
        parsed = json_lines(result.out) or [{}]
        shown = [len(line["sstat"][parent][array.name]) for line in parsed if "sstat" in line]
        bench.check(result.status == OK and shown == [array.dims[0]],
                    "%s.%s one too many" % (parent, array.counter),
                    "exit 0, %d elements" % array.dims[0], "exit %d, %s" % (result.status, shown),
                    bench.argv(file))


def blocks(bench):
    """Blocks that hold more, less or something else than they should. Tables are checked for one of the two blocks, by turns."""
    for first, (name, member) in enumerate((("sstat", "scomplen"), ("tstat", "pcomplen"))):
        good = bench.block(1, name)
        content = zlib.decompress(good)
        middle = len(good) // 2
        checksum = good[:-1] + bytes([good[-1] ^ 1])
        cases = (("one byte less", zlib.compress(content[:-1], 9)),
                 ("one byte more", zlib.compress(content + b"x", 9)),
                 ("nothing", zlib.compress(b"")),
                 ("twice as much", zlib.compress(content * 2, 9)),
                 ("a wrong checksum", checksum),
                 ("a broken middle", good[:middle] + b"\xff" * 8 + good[middle + 8:]),
                 ("no zlib header", b"\0\0" + good[2:]),
                 ("bytes behind its end", good + b"surplus"))
        for what, block in cases:
            data = bench.with_parts(**{"s1_rawrecord": bench.record(1, **{member: len(block)}),
                                       "s1_" + name: block})
            check_damage(bench, "%s block with %s" % (name, what), data, {name}, (what, block) in bench.suite.some(cases, 2, first))


# --- odd but right ------------------------------------------------------------------------------------------

def texts(bench):
    """Names that are not UTF-8 or hold control characters: valid JSON, the exact bytes in hex."""
    names = [b"\xff", b"a\xffb", b"\xc3\x28", b"\xe2\x82", b"\xf0\x9f\x9a", b"\xed\xa0\x80", b"\xc0\xaf",
             b"\xf4\x90\x80\x80", b"\xc3\xa9", b"\xe2\x82\xac", b"\xf0\x9f\x9a\x80", b"\xef\xbf\xbd",
             b"\xef\xbb\xbf", b"\x01\x1f\x7f", b"\xc2\x80\xc2\x9f", b"\"\\/", b"\b\f\n\r\t", b"a\0b",
             b"fifteen letter\xc3", b"\xf8\x88\x80\x80\x80", b"\xe2\x80\xa8", b"\xf4\x8f\xbf\xbf",
             b"\x80\x80\x80", b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf", b""]
    names += [bytes([i]) for i in range(1, 256)]
    tasks = [{"gen": {"name": name, "cmdline": name * 7, "state": name[0] if name else 0}} for name in names]
    header = {"utsname": {"nodename": b"h\xc3\xb6st", "release": b"\xfe" * 64}}
    data = facts.build(bench.table, "little", [{"tstat": tasks}], header)
    path = bench.suite.path("texts.raw", data)
    result = bench.dump(path)
    wrong = contract.first_difference(contract.lines_of(facts.Log(data, [bench.table])), result.out)
    bench.check(result.status == OK and wrong is None, "names of all kinds", "exit 0, text and _hex",
                "exit %d, %s" % (result.status, wrong), bench.argv(path))
    text = result.out.decode("utf-8", "replace").replace("\n", "")
    raw = sorted({hex(ord(c)) for c in text if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0})
    bench.check(not raw, "no control character reaches a terminal", "none", raw, bench.argv(path))


def times(bench):
    """Records of any time: the output stays valid, nothing crashes."""
    for curtime in (-1, -2 ** 63, 2 ** 63 - 1, 253402300800, 2 ** 40):
        data = join(bench.make([{"rawrecord": {"curtime": curtime}}]))
        path = bench.suite.path("time.raw", data)
        result = bench.dump(path)
        parsed = json_lines(result.out)
        shown = [line["rawrecord"]["curtime"] for line in parsed or [] if "rawrecord" in line]
        bench.check(result.status in (OK, DAMAGED) and shown == [curtime], "curtime %d" % curtime, [curtime],
                    "exit %d, %s" % (result.status, shown), bench.argv(path))


def ways_in(bench):
    """The same log from a pipe, compressed, and from both; with a name that says nothing."""
    full = b"".join(bench.lines)
    packed = gzip.compress(bench.data, mtime=0)
    parts = gzip.compress(bench.data[:700], mtime=0) + gzip.compress(bench.data[700:], mtime=0)
    for what, data in (("plain", bench.data), ("gzip", packed), ("gzip in two members", parts)):
        path = bench.suite.path("way", data)
        for words, fed in (([path], None), (["-"], data), ([], data)):
            result = bench.dump(*words, data=fed)
            argv = bench.argv(*words) + ([Syntax("<"), path] if fed else [])
            got = "exit %d, %d bytes for %d, %r" % (result.status, len(result.out), len(full), result.err)
            bench.check(result.status == OK and result.out == full, "%s, %s" % (what, words or "no FILE"),
                        "as from a file", got, argv)
    path = bench.suite.path("cut.gz", packed[:len(packed) * 2 // 3])
    result = bench.dump(path)
    kept = kept_lines(result.out)
    whole = kept_lines(result.out).count(b"\n") - result.out.count(b'"unverified":true')
    bench.check(result.status == DAMAGED and kept and is_beginning(result.out, bench.lines, whole), "gzip cut short",
                "exit 3, the lines before the cut",
                "exit %d, %d bytes, %r" % (result.status, len(kept), result.err), bench.argv(path))


def several(bench):
    """Several files of which one is bad: the good one is complete, the status reports the other."""
    bad = bench.suite.path("bad.raw", b"no log")
    tail = bench.suite.path("tail.raw", bench.data[:-10])
    start = ('{"file":"%s",' % bench.path).encode()
    full = b"".join(start + line[1:] for line in bench.lines)
    for what, words, status in (("bad first", (bad, bench.path), REFUSED),
                                ("bad last", (bench.path, bad), REFUSED),
                                ("missing", (bench.path + "x", bench.path), TROUBLE),
                                ("cut first", (tail, bench.path), DAMAGED)):
        result = bench.dump(*words)
        got = b"".join(line for line in result.out.splitlines(keepends=True) if line.startswith(start))
        bench.check(result.status == status and got == full, "two files, %s" % what,
                    "exit %d, the good one whole" % status,
                    "exit %d, %d bytes for %d, %r" % (result.status, len(got), len(full), result.err),
                    bench.argv(*words))


# --- output and usage ---------------------------------------------------------------------------------------

def big_log(bench):
    """A log whose output does not fit in a pipe."""
    samples = [dict(bench.samples[0], tstat=bench.samples[0]["tstat"] * 200)] * 5
    return bench.suite.path("big.raw", join(bench.make(samples)))


def outputs(bench):
    big = big_log(bench)
    for path in (bench.path, big):
        with open("/dev/full", "wb") as full:
            argv = bench.argv(path)
            result = harness.run(argv, stdout=full)
        bench.check(result.status == TROUBLE and b"No space left" in result.err, "output to a full disk",
                    "exit 1, 'No space left on device'", "exit %d, %r" % (result.status, result.err),
                    argv + [Syntax(">/dev/full")])
    closed_pipe(bench, big)
    folders(bench, big)


def closed_pipe(bench, path):
    """The reader goes away after one line: no message, and no waiting, whatever thread writes."""
    for words in (["-j1"], ["-j2"]):
        closed_after_one_line(bench, bench.argv(*words, path))


def closed_after_one_line(bench, argv):
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL)) as process:
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        status = process.wait(10)
    bench.check(not err and status == OK, "a closed pipe", "exit 0, nothing said",
                "exit %d, %r" % (status, err), argv + [Syntax("| head -n1")])


def left_in(path):
    """What there is at a path: the path itself, and a folder's files."""
    return [path] + (os.listdir(path) if os.path.isdir(path) else []) if os.path.lexists(path) else []


def folders(bench, big):
    """--output: a whole file, or after a failure nothing at all."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    file = bench.suite.path("written")
    argv = bench.argv("--output=" + file, bench.path)
    result = harness.run(argv)
    same = tuple(result) == (OK, b"", b"") and harness.read(file) == b"".join(bench.lines)
    bench.check(same, "--output=FILE", "exit 0, what standard output would get",
                "exit %d, %r" % (result.status, result.err), argv)
    for form in ("csv", "json"):
        path = bench.suite.path("limited-" + form)
        argv = bench.argv("--format=" + form, "--output=" + path, big)
        result = harness.run(argv, preexec_fn=limit)
        left = left_in(path)
        bench.check(result.status == TROUBLE and result.err and not left, "--output to a full disk, " + form,
                    "exit 1, a message, nothing left", "exit %d, %r, %s" % (result.status, result.err, left),
                    [Syntax("(ulimit -f 20; trap '' XFSZ;")] + argv + [Syntax(")")])
        path = bench.suite.path("refused-" + form)
        argv = bench.argv("--format=" + form, "--output=" + path, bench.suite.path("no.raw", b"no log"))
        result = harness.run(argv)
        left = left_in(path)
        bench.check(result.status == REFUSED and not left, "--output of a file that is not a log, " + form,
                    "exit 2, nothing left", "exit %d, %r, %s" % (result.status, result.err, left), argv)
    argv = bench.argv("--format=csv", "--output=" + os.path.join(bench.path, "x"), bench.path)
    result = harness.run(argv)
    bench.check(result.status == TROUBLE and result.err, "--output where there can be no folder",
                "exit 1, a message", "exit %d, %r" % (result.status, result.err), argv)


# --- hostile ------------------------------------------------------------------------------------------------

def hostile(bench):
    """Few bytes that ask for much memory, under a limit of 64 MB."""
    most = 2 ** 32 - 1
    head = bench.parts[0].data
    bomb = zlib.compress(bytes(300 << 20), 1)
    size, count = bench.table.size(bench.table.task_struct), bench.table.task_count
    cases = [("header of 200 bytes", head[:200], REFUSED)]
    for what, values, tail in (
            ("everything at its largest", {"scomplen": most, "pcomplen": most, count: most}, b""),
            ("most tasks that 4 GiB may hold", {"scomplen": 1000, "pcomplen": most, count: 10 ** 9}, b""),
            ("tasks that inflate to 300 MB", {"pcomplen": len(bomb), count: (300 << 20) // size},
             bench.block(1, "sstat") + bomb),
            ("300 MB for an sstat", {"scomplen": len(bomb)}, bomb + bench.block(1, "tstat"))):
        cases.append((what, head + bench.record(1, **values) + tail, DAMAGED))
    for what, data, status in cases:
        path = bench.suite.path("hostile.raw", data)
        result = bench.dump(path, memory=bench.memory)
        bench.check(result.status == status, "%s in 64 MB" % what, "exit %d" % status,
                    "exit %d, %r" % (result.status, result.err),
                    [Syntax("(ulimit -v 65536;")] + bench.argv(path) + [Syntax(")")])


def mutants(bench):
    """Logs with a few random bytes changed: any status but a crash, and valid output."""
    def one(seed):
        dice = random.Random(seed)
        data = bytearray(bench.data)
        for _ in range(dice.choice((1, 2, 8, 64))):
            start = dice.choice((0, 480, 480, len(data) // 2))
            data[dice.randrange(start, len(data))] = dice.randrange(256)
        if dice.random() < 0.2:
            at = dice.randrange(len(data))
            del data[at:at + dice.randrange(500)]
        path = bench.suite.path("mutant%d" % seed, bytes(data))
        result = bench.dump(path, memory=bench.memory)
        good = result.status in (OK, REFUSED, DAMAGED) and json_lines(result.out) is not None
        if good:
            os.remove(path)
        return good, path, result

    for good, path, result in harness.threads(one, range(MUTANTS if bench.suite.options.long else FEWER)):
        if not good:
            bench.check(False, "a mutant", "exit 0, 2 or 3, and JSON",
                        "exit %d, %r" % (result.status, result.err), bench.argv(path))
            return
    bench.check(True, "mutants", "", "", [])


def main():
    suite = harness.Suite(__doc__)
    tables = [table for table in facts.load_tables() if table.model == "lp64"]
    bench = Bench(suite, tables[-1])
    for group in (refused, damaged, texts, times, ways_in, several, outputs, hostile):
        group(bench)
    oldest = Bench(suite, tables[0])            # of small structs: many logs are read in little time
    for group in (cut, mutants):
        group(oldest)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
