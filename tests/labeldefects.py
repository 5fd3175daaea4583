"""Proves what --format=parseable and --format=atop-json print where atop itself prints something wrong: one input for each such case,
the bytes of upstream with --compat, and what is right without; and that by default every line is what it seems to be, whatever
a log holds: JSON is valid, texts of tasks forge no lines.
"""

import json
import math
import sys
from fractions import Fraction

from lib import contract, facts, harness, labels, madelogs

TABLES = facts.load_tables()
PREFIX = 6      # label, host, epoch, date, time, interval
CGROUPS, GPU = 0x100, 0x80


def table_of(release, model="lp64"):
    return next(table for table in TABLES if (table.release, table.model) == (release, model))


def one_task(**gen):
    return {"gen": dict({"pid": 7, "tgid": 7, "isproc": 1, "state": ord("S"), "name": b"job"}, **gen)}


def cgroup(name=b"", pids=(), parent=-1, sequence=0, **values):
    values["gen"] = {"sequence": sequence, "parentseq": parent, "depth": sequence, "namelen": len(name), "fullnamelen": len(name)}
    return values, name, list(pids)


def nested(path, value):
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


class Case:
    """One log, one label: what is in it, and what must come out by default and with --compat."""

    def __init__(self, name, release, words, default, compat, header=None, flags=0, model="lp64", **sample):
        self.name, self.words, self.default, self.compat = name, words, default, compat
        self.release, self.model, self.header = release, model, header
        self.sample = dict(sample, rawrecord={"flags": flags, "interval": 10})

    def data(self):
        header = {"utsname": {"nodename": b"host"}}
        header.update(self.header or {})
        return facts.build(table_of(self.release, self.model), "little", [self.sample], header)


def column(number):
    """A function that takes a column of the last line behind its prefix; negative: from the end."""
    def take(out):
        words = out.splitlines()[-2].split(b" ")[PREFIX:]
        return words[number] if number < 0 else words[number - 1]
    take.__name__ = "column %d" % number
    return take


def lines(out):
    """What stands behind the prefix of each line."""
    return [line.split(b" ", PREFIX)[PREFIX] if line.count(b" ") >= PREFIX else line for line in out.split(b"\n")[:-1]]


def value(*path):
    """A function that takes a value of the line of JSON."""
    def take(out):
        found = json.loads(out.decode())
        for step in path:
            found = found[step]
        return found
    return take


def has(fragment):
    """A function that says whether these bytes are in the output."""
    return lambda out: fragment in out


def is_json(out):
    try:
        json.loads(out.decode())
    except ValueError:
        return False
    return True


DISK = {"name": b"vg-root", "avque": 5, "inflight": 6}
NOT_MEASURED = {"gpupercnow": -1, "mempercnow": -1, "memtotnow": -1, "memusenow": -1, "gpuperccum": -1, "memperccum": -1,
                "memusecum": -1}
CGROUP_MEASURES = {"cpu": ("utime", "stime", "somepres", "fullpres"), "dsk": ("rbytes", "wbytes", "rios", "wios", "somepres", "fullpres"),
                   "mem": ("current", "anon", "file", "kernel", "shmem", "somepres", "fullpres")}
NO_CGROUP = dict({part: {name: -1 for name in names} for part, names in CGROUP_MEASURES.items()},
                 conf={name: -2 for name in ("cpuweight", "cpumax", "memmax", "swpmax", "dskweight")})
THREAD = {"isproc": 0, "pid": 7, "tgid": 7}
LONG = b"0123456789abcdefg\xe2\x82\xac-and-more"       # a character lies across the 19th byte


def all_null(keys):
    return {key: None for key in keys}


def members_of(label, keys):
    """A function that takes some members of the label's first element."""
    return lambda out: {key: json.loads(out.decode())[label][0][key] for key in keys}


CGROUP_KEYS = ("utime", "stime", "cpuweight", "cpumax", "cpupsisome", "cpupsitotal", "memcurrent", "memanon", "memfile", "memkernel",
               "memshmem", "memmax", "swpmax", "mempsisome", "mempsitotal", "diskrbytes", "diskwbytes", "diskrios", "diskwios",
               "diskweight", "diskpsisome", "diskpsitotal")

# (case, function of the output, its result by default, its result with --compat)
CASES = [
    # JSON
    (Case("host", "2.8", ["-J", "CPL"], value("host"), is_json, header={"utsname": {"nodename": b'h"\\\n\xff'}}),
     'h"\\\n\ufffd', False),
    (Case("quotes and backslashes of a task", "2.11", ["-J", "PRG"], value("PRG", 0, "cmd"), value("PRG", 0, "cmd"),
          tstat=[one_task(name=b'a"b\\c')]), 'a"b\\c', "a#b#c"),
    (Case("command line", "2.8", ["-J", "PRG"], value("PRG", 0, "cmdline"), value("PRG", 0, "cmdline"),
          tstat=[one_task(cmdline=b'say "\\n"')]), '(say "\\n")', "(say ##n#)"),
    (Case("cgroup of a task in 2.10", "2.10", ["-J", "PRG"], value("PRG", 0, "cgroup"), has(b'"cgroup": "/a\\x2db"'),
          tstat=[one_task(cgpath=b"/a\\x2db")]), "/a\\x2db", True),
    (Case("quote in a cgroup", "2.11", ["-J", "CGR"], value("CGR", 1, "path"), has(b'"path": "/a"b"'), flags=CGROUPS,
          cstat=[cgroup(), cgroup(b'a"b', (), 0, 1)]), '/a"b', True),
    (Case("many backslashes in a cgroup", "2.12", ["-J", "CGR"], value("CGR", 1, "path"), has(b'"path": "/' + b"\\" * 36 + b'"'),
          flags=CGROUPS, cstat=[cgroup(), cgroup(b"\\" * 20, (), 0, 1)]), "/" + "\\" * 20, True),
    (Case("long name of a disk", "2.9", ["-J", "DSK"], value("DSK", 0, "dskname"), has(b'"dskname": "' + LONG[:19] + b'"'),
          sstat={"dsk": {"ndsk": 1, "dsk": [{"name": LONG}]}}), LONG.decode(), True),
    (Case("long command line", "2.8", ["-J", "PRG"], value("PRG", 0, "cmdline"), has(b'"cmdline": "(' + b"x" * 130 + b')"'),
          tstat=[one_task(cmdline=b"x" * 200)]), "(%s)" % ("x" * 200), True),
    (Case("first task left out", "2.8", ["-J", "PRG"], value("PRG", 0, "pid"), has(b'"PRG": [, {"pid": 8'),
          tstat=[one_task(**THREAD), one_task(pid=8)]), 8, True),
    (Case("first processor offline", "2.13", ["-J", "cpu"], value("cpu", 0, "cpuid"), has(b'"cpu": [, {"cpuid": 1'),
          sstat={"cpu": {"nrcpu": 1, "maxcpu": 2, "cpu": [{"online": 0}, {"online": 1}]}}), 1, True),
    (Case("brace of a logical volume", "2.8", ["-J", "LVM"], value("LVM", 0, "inflight"), has(b'"avque": 5}, "inflight": 6}'),
          sstat={"dsk": {"nlvm": 1, "lvm": [DISK]}}), 6, True),
    (Case("a state that is no letter", "2.9", ["-J", "PRG"], value("PRG", 0, "state"), has(b'"state": "\0"'),
          tstat=[one_task(state=0)]), "", True),
    (Case("no balloon", "2.8", ["-J", "MEM"], value("MEM", "vmwballoon"), value("MEM", "vmwballoon"),
          sstat={"mem": {"vmwballoon": -1}}), None, -4096),
    (Case("memory that was not measured", "2.9", ["-J", "PRM"], value("PRM", 0, "pmem"), value("PRM", 0, "pmem"),
          tstat=[dict(one_task(), mem={"pmem": -1})]), None, 0),
    (Case("figures that a GPU has not", "2.12", ["-J", "GPU"], members_of("GPU", NOT_MEASURED), members_of("GPU", NOT_MEASURED),
          flags=GPU, sstat={"gpu": {"nrgpus": 1, "gpu": [NOT_MEASURED]}}), all_null(NOT_MEASURED), NOT_MEASURED),
    (Case("GPU use that was not measured", "2.12", ["-J", "PRE"], members_of("PRE", ("gpubusy", "membusy")),
          members_of("PRE", ("gpubusy", "membusy")), flags=GPU, tstat=[dict(one_task(), gpu={"gpubusy": -1, "membusy": -1})]),
     all_null(("gpubusy", "membusy")), {"gpubusy": -1, "membusy": -1}),
    (Case("figures that a cgroup has not", "2.11", ["-J", "CGR"], members_of("CGR", CGROUP_KEYS), members_of("CGR", CGROUP_KEYS),
          flags=CGROUPS, cstat=[cgroup(**NO_CGROUP)]), all_null(CGROUP_KEYS),
     {key: -2 if key in ("cpuweight", "cpumax", "memmax", "swpmax", "diskweight") else -1 for key in CGROUP_KEYS}),
    (Case("GPU use of 2.13 that was not measured, JSON", "2.13", ["-J", "PRE"], value("PRE", 0, "gpubusy"), value("PRE", 0, "gpubusy"),
          flags=GPU, tstat=[dict(one_task(), gpu={"gpubusycum": -1, "membusycum": -1, "samples": 2, "state": ord("A")})]), None, 0),
    (Case("processor of an exited process", "2.9", ["-J", "PRC"], value("PRC", 0, "curcpu"), value("PRC", 0, "curcpu"),
          tstat=[one_task(state=ord("E"))]), None, 0),
    (Case("a number that is none", "2.9", ["-J", "CPL"], value("CPL", "lavg1"), has(b'"lavg1": nan'),
          sstat={"cpu": {"lavg1": math.nan}}), None, True),

    # lines
    (Case("a name with an end of line", "2.0", ["-P", "PRC"], lambda out: out.count(b"\n"), lambda out: out.count(b"\n"),
          tstat=[one_task(name=b"x\nSEP")]), 2, 3),
    (Case("bytes that control a terminal", "2.7", ["-P", "PRG"], column(2), column(2), tstat=[one_task(name=b"\x1b[2J\x7f")]),
     b"(\\x1b[2J\\x7f)", b"(\x1b[2J\x7f)"),
    (Case("a state that is an end of line", "2.7", ["-P", "PRG"], column(3), lambda out: out.count(b"\n"), tstat=[one_task(state=10)]),
     b"\\x0a", 3),
    (Case("a cgroup with a blank", "2.11", ["-P", "CGR"], column(2), column(2), flags=CGROUPS,
          cstat=[cgroup(), cgroup(b"a b", (), 0, 1)]), b"/a\\x20b", b"/a"),
    (Case("bytes written to NFS", "2.2-3", ["-P", "NFM"], column(3), column(3),
          sstat={"nfs": {"nfsmounts": {"nrmounts": 1, "nfsmnt": [{"mountdev": b"srv:/", "bytestotread": 1, "bytestotwrite": 2}]}}}),
     b"2", b"1"),
    (Case("NFS server", "2.2", ["-P", "NFS"], lambda out: lines(out)[0].split()[1:3], lambda out: lines(out)[0].split()[1:3],
          sstat={"nfs": {"server": {"rpcread": 1, "rpcwrite": 2}, "client": {"rpcread": 3, "rpcwrite": 4}}}),
     [b"1", b"2"], [b"3", b"4"]),
    (Case("a blank that is missing", "2.0", ["-P", "PRD"], lambda out: lines(out)[0].split()[10:], lambda out: lines(out)[0].split()[10:],
          tstat=[one_task()]), [b"7", b"n", b"y"], [b"7n", b"y"]),
    (Case("a limit of 2 TiB", "2.11", ["-P", "PRM"], column(20), column(20), flags=CGROUPS, tstat=[one_task()],
          cstat=[cgroup(b"", [7], conf={"memmax": 2 ** 29})]), b"2147483648", b"-2147483648"),
    (Case("a limit of swap of 16 TiB", "2.13", ["-P", "PRM"], column(22), column(22), flags=CGROUPS, tstat=[one_task()],
          cstat=[cgroup(b"", [7], conf={"swpmax": 2 ** 32})]), b"17179869184", b"0"),
    (Case("a limit of 2.8", "2.8", ["-P", "PRM"], column(20), column(20), flags=CGROUPS,
          tstat=[dict(one_task(), mem={"cgmemmax": 2 ** 32 + 5})]), b"4294967301", b"5"),
    (Case("GPU use of 2.13 that was not measured", "2.13", ["-P", "PRE"], column(7), column(7), flags=GPU,
          tstat=[dict(one_task(), gpu={"gpubusycum": -1, "samples": 2, "state": ord("A")})]), b"-1", b"0"),
    (Case("a processor without maximum", "1.26", ["-P", "CPU"], column(12), column(12),
          sstat={"cpu": {"nrcpu": 1, "cpu": [{"freqcnt": {"cnt": 900, "ticks": 3}}]}}), b"300", b"300"),
    (Case("exited processes in lines", "2.9", ["-P", "PRC"], column(11), column(11), tstat=[one_task(state=ord("E"))]), b"0", b"0"),
    (Case("64-bit times of a 32-bit machine", "2.8", ["-P", "PRG"], column(9), column(9), model="i386-t64",
          tstat=[one_task(btime=2 ** 33)]), b"8589934592", b"8589934592"),
]

# Quotients that upstream does not survive.
UNDEFINED = [
    (Case("a number of samples whose low bits are 0", "2.13", ["-P", "PRE"], column(7), None, flags=GPU,
          tstat=[dict(one_task(), gpu={"gpubusycum": 2 ** 40, "samples": 2 ** 32, "state": ord("A")})]), b"256"),
]


def output(suite, path, words, *options):
    argv = [suite.program("atopdump-static"), *words, *options, "--tz=UTC", path]
    result = harness.run(argv)
    suite.check(result.status in (harness.OK, harness.DAMAGED), harness.shell(argv), "exit 0", "exit %d, %r" % (result.status, result.err))
    return result.out, harness.shell(argv)


def attempt(function, out):
    try:
        return function(out)
    except (ValueError, LookupError) as error:
        return "%s: %s, in %r" % (type(error).__name__, error, out[:300])


def check_cases(suite):
    for number, (case, default, compat) in enumerate(CASES):
        path = suite.path("defect-%d.raw" % number, case.data())
        out, command = output(suite, path, case.words)
        suite.equal(default, attempt(case.default, out), case.name, command)
        out, command = output(suite, path, case.words, "--compat")
        suite.equal(compat, attempt(case.compat, out), case.name + " --compat", command)
    for number, (case, default) in enumerate(UNDEFINED):
        out, command = output(suite, suite.path("undefined-%d.raw" % number, case.data()), case.words)
        suite.equal(default, attempt(case.default, out), case.name, command)


def check_since_boot(suite):
    """A sample whose figures are since boot is marked in JSON; upstream does not."""
    log = facts.build(table_of("2.9"), "little", [{}, {}])
    path = suite.path("boot.raw", log)
    out, command = output(suite, path, ["-J", "CPL"])
    suite.equal([True, False], [json.loads(line).get("reset", False) for line in out.splitlines()], "samples since boot", command)
    out, command = output(suite, path, ["-J", "CPL"], "--compat")
    suite.equal([False, False], ["reset" in json.loads(line) for line in out.splitlines()], "samples since boot --compat", command)


def check_ends(suite):
    """A log without samples, which upstream reads for ever; an array without an empty element, behind which it reads on; an array
    without elements, of which it reads the first."""
    path = suite.path("empty.raw", facts.build(table_of("2.9"), "little", []))
    for words in (["-P", "ALL"], ["-J", "ALL"]):
        out, command = output(suite, path, words)
        suite.equal(b"", out, "a log without samples", command)
    table = table_of("2.9")
    count = table.structs["sstat"].find("intf.intf").dims[0]
    names = [b"if%d" % i for i in range(count)]
    path = suite.path("full.raw", facts.build(table, "little", [{"sstat": {"intf": {"nrintf": count, "intf": [
        {"name": name} for name in names]}}}]))
    out, command = output(suite, path, ["-P", "NET"])
    suite.equal(names, [line.split()[0] for line in lines(out)[2:-1]], "interfaces that fill their array", command)
    queues = ((2 ** 53 + 1, 3), (2 ** 63 - 1, 7), (2 ** 63 - 1, 2 ** 62 + 1), (1, 2 ** 63 - 1), (1 << 62, 1), (2 ** 53 + 1, -3), (0, 5))
    for model, quotient in (("lp64", lambda a, b: float(a) / float(b)), ("i386", lambda a, b: float(labels.extended(Fraction(a, b))))):
        path = suite.path("queue.raw", facts.build(table_of("2.8", model), "little", [{"sstat": {"dsk": {"ndsk": len(queues), "dsk": [
            {"name": b"d", "avque": a, "io_ms": b} for a, b in queues]}}}]))
        out, command = output(suite, path, ["-P", "DSK"], "--compat")
        wanted = [b"%.2f" % (quotient(a, b) if b > 0 else 0.0) for a, b in queues]
        suite.equal(wanted, [line.split()[-1] for line in lines(out)[1:-1]], "mean lengths of queues, %s" % model, command)
    processor = {"cpu": {"nrcpu": 1, "cpu": [{"freqcnt": {"maxfreq": 2000}}]}}
    for samples in ([{}, {}], [{"sstat": processor}, {}]):
        path = suite.path("none.raw", facts.build(table, "little", samples))
        out, command = output(suite, path, ["-P", "CPU"])
        suite.equal(b"100", column(13)(out), "a sample without processors does not show those of the sample before", command)


def check_headerless(suite):
    """Nothing that only the header says is made up: the host, and what is computed with hertz or the size of a page."""
    table = table_of("2.8")
    log = facts.build(table, "little", [{"sstat": {"cpu": {"nrcpu": 2}, "mem": {"physmem": 5}}, "tstat": [one_task()]}])
    path = suite.path("headerless.raw", bytes(table.size("rawheader")) + log[table.size("rawheader"):])
    for options in ((), ("--compat",)):
        out, command = output(suite, path, ["--schema=2.8/lp64", "-P", "CPU,MEM,PRC"], *options)
        found = [line.split(b" ") for line in out.splitlines() if line.count(b" ") > PREFIX]
        suite.equal([[b"CPU", b"-", b"-"], [b"MEM", b"-", b"-"], [b"PRC", b"-", b"7"]],
                    [[words[0], words[1], words[PREFIX]] for words in found], "a log without its header", command)
        out, command = output(suite, path, ["--schema=2.8/lp64", "-J", "CPU,MEM"], *options)
        suite.equal([None, None, 2, None], [attempt(value(*keys), out) for keys in (
            ("host",), ("CPU", "hertz"), ("CPU", "nrcpu"), ("MEM", "physmem"))], "a log without its header, JSON", command)


# --- made logs with the worst texts -------------------------------------------------------------------------

def as_printed(found):
    """What JSON can say of a value: texts are valid, and NaN and infinities are null."""
    if isinstance(found, bytes):
        return contract.text_of(found.split(b"\0")[0])[0]
    if isinstance(found, float):
        return found if math.isfinite(found) else None
    if isinstance(found, dict):
        return {key: as_printed(inner) for key, inner in found.items()}
    if isinstance(found, list):
        return [as_printed(inner) for inner in found]
    return found


def first_wrong(expected, got, path=""):
    """(where, expected, got) of the first difference of two values, or None."""
    if isinstance(expected, dict) and isinstance(got, dict) and list(expected) == list(got):
        pairs = [(path + "." + key, expected[key], got[key]) for key in expected]
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = [("%s[%d]" % (path, i), *pair) for i, pair in enumerate(zip(expected, got))]
    else:
        same = expected == got and isinstance(expected, bool) == isinstance(got, bool)
        return None if same else (path, expected, got)
    return next(filter(None, (first_wrong(one, other, where) for where, one, other in pairs)), None)


def check_bytes(suite):
    """Each byte that is special, or is near one that is, at each place of a text, alone and beside others."""
    special = [*range(1, 0x24), 0x5B, 0x5C, 0x5D, 0x7E, 0x7F, 0x80, 0x81, 0xA0, 0xC2, 0xFE, 0xFF]
    texts = [fill * place + bytes([byte]) + fill * (19 - place) for fill in (b"x", b"!", b"\x80") for byte in special
             for place in range(20)]
    table = table_of("2.10")
    data = facts.build(table, "little", [{"tstat": [dict(one_task(name=text[:15], cmdline=text, cgpath=text)) for text in texts]}])
    path, printed = suite.path("bytes.raw", data), labels.Labels(facts.Log(data, [table]))
    for spaces, compat in ((False, False), (True, False), (False, True), (True, True)):
        out, command = output(suite, path, ["-P", "PRG"], *["-Z"] * spaces, *["--compat"] * compat)
        suite.check(printed.parseable(["PRG"], spaces, compat) == out, "each byte at each place", "what Python prints", "other text", command)
    out, command = output(suite, path, ["-J", "PRG"])
    wrong = first_wrong(as_printed(printed.objects(["PRG"])), attempt(lambda text: [json.loads(text.decode())], out))
    suite.equal(None, wrong, "each byte at each place, JSON", command)
    out, command = output(suite, path, ["-J", "PRG"], "--compat")
    suite.check(printed.json(["PRG"]) == out, "each byte at each place, JSON", "what Python prints", "other text", command)


def check_made(suite, table):
    """All labels of a log whose texts are hostile, by default."""
    data = facts.build(table, "little", madelogs.samples(table), madelogs.header(table, True))
    path, printed = suite.path("made-%s.raw" % table.release, data), labels.Labels(facts.Log(data, [table]))
    for words, spaces in ((["-P", "ALL"], False), (["-P", "ALL", "-Z"], True))[:1 + (table.version >= (2, 7))]:
        out, command = output(suite, path, words)
        expected = printed.parseable(no_spaces=spaces, compat=False)
        pairs = zip(expected.splitlines() + [None], out.splitlines() + [None])
        wrong = next(((one, other) for one, other in pairs if one != other), (None, None))
        suite.equal(*wrong, "%s of a made log of %s" % (" ".join(words), table.release), command)
    if table.version >= (2, 8):
        out, command = output(suite, path, ["-J", "ALL"])
        try:
            got = [json.loads(line, parse_constant=lambda name: "no JSON: " + name) for line in out.decode().splitlines()]
        except ValueError as error:
            got = str(error)
        wrong = first_wrong(as_printed(printed.objects()), got) or ("", None, None)
        suite.equal(*wrong[1:], "-J ALL of a made log of %s%s" % (table.release, wrong[0]), command)


def main():
    suite = harness.Suite(__doc__)
    check_cases(suite)
    check_since_boot(suite)
    check_ends(suite)
    check_headerless(suite)
    check_bytes(suite)
    for table in TABLES:
        if table.model == "lp64":
            check_made(suite, table)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
