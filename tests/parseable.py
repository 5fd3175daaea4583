"""Proves that the JSON agrees with the listing of the recording atop: every line of `atop -r LOG -P ALL`, by columns.

The listings are labels/LOG.parseable.gz, each printed with TZ=UTC by the release that recorded the log, or
that a log of differing values was made for (labels/made-*.raw). Every label line of every sample is formed
again from the JSON alone and must be equal, and none may be left over on either side. Which columns a label
has in which release is said in labels/columns.txt; which lines a sample has, and how atop computes what is no
plain member, here. live.py calls compare() for new logs.

Two things are left out. Where the JSON says null because the log holds chance bytes (gpu of a task that uses
none), atop prints these bytes, and any word passes. And labels without a line on either side are not counted.
"""

import functools
import glob
import gzip
import json
import os
import re
import struct
import sys
import time

from lib import contract, harness

LISTINGS = os.path.join(harness.DATA, "labels")

# Bits of rawheader.supportflags; all of RECORDED set means that IOSTAT is a flag of each record.
PATCHED, IOSTAT, NETATOP, GPUSTAT, CGROUPS = 0x2, 0x4, 0x10, 0x80, 0x100
RECORDED = 0x35
# Bits of rawrecord.flags.
RECORD_BOOT, RECORD_NETATOP, RECORD_IOSTAT, RECORD_GPU, RECORD_CGROUPS = 0x1, 0x4, 0x20, 0x80, 0x100


# --- the lines ----------------------------------------------------------------------------------------------

def full(column, struct_):
    """A column with its members' full paths."""
    if struct_ == "." or column[0] in "\"$":
        return column
    if column[0] == "(":
        return "(%s.%s)" % (struct_, column[1:-1])
    return "+".join("%s.%s" % (struct_, part) for part in column.split("+"))


def release_of(name):
    """(major, minor); None for "-"."""
    return None if name == "-" else tuple(int(number) for number in name.split("."))


def load_columns():
    """[(kind, first release, last release, columns)] in the file's order."""
    rows = []
    with open(os.path.join(LISTINGS, "columns.txt"), encoding="ascii") as file:
        for words in (line.split() for line in file if line.strip() and line[0] != "#"):
            kind, first, last, struct_, *columns = words
            columns = [full(column, struct_) for column in columns]
            rows.append((kind, release_of(first), release_of(last), columns))
    return rows


COLUMNS = load_columns()


def tasks(sample):
    return [("", task) for task in sample.tasks]


def elements(path):
    """Rows for each element of an array in sstat; none where this release has no such array."""
    def rows(sample):
        array = sample.sstat
        for name in path.split("."):
            array = array.get(name, {})
        return [("", element) for element in array or []]
    return rows


def once(sample):
    return [("", sample.sstat)]


def cgroup_rows(sample):
    """A line for each cgroup, followed by one of its processes if it has any."""
    if not sample.supports & CGROUPS:
        return []
    return [("." + kind, cgroup) for cgroup in sample.cgroups
            for kind in ("C" + "P" * (cgroup["gen"]["nprocs"] > 0))]


def gpu_tasks(sample):
    return tasks(sample) if sample.release < (2, 13) or sample.supports & GPUSTAT else []


# Label: which lines a sample has, in order, each as (what follows the label in the kind, the struct shown).
ROWS = {
    "CPU": once, "cpu": elements("cpu.cpu"), "CPL": once, "GPU": elements("gpu.gpu"),
    "MEM": once, "SWP": once, "PAG": once, "PSI": once,
    "LVM": elements("dsk.lvm"), "MDD": elements("dsk.mdd"), "DSK": elements("dsk.dsk"),
    "NFM": elements("nfs.nfsmounts.nfsmnt"), "NFC": once, "NFS": once,
    "NET": lambda sample: [(".upper", sample.sstat)] + elements("intf.intf")(sample),
    "IFB": elements("ifb.ifb"), "NUM": elements("memnuma.numa"), "NUC": elements("cpunuma.numa"),
    "LLC": elements("llc.perllc"), "CGR": cgroup_rows,
    "PRG": tasks, "PRC": tasks, "PRM": tasks, "PRD": tasks, "PRN": tasks, "PRE": gpu_tasks,
}


def rows_of(label, sample):
    """The lines that a sample must have of a label."""
    return [row for row in ROWS[label](sample) if columns_of(label + row[0], sample.release)]


# --- computed columns ---------------------------------------------------------------------------------------

class Row:
    """What a line is made of."""

    def __init__(self, sample, struct_, index):
        self.sample = sample
        self.struct = struct_
        self.index = index      # among the label's lines

    def get(self, path):
        """A member by its dotted path; None where it, or a struct it is in, is null."""
        value = self.struct
        for name in path.split("."):
            if value is None:
                return None
            value = value[name]
        return value

    @property
    def cpus(self):
        return self.sample.sstat["cpu"]["cpu"]


def text(struct_, name):
    """A text member's exact bytes."""
    if name + "_hex" in struct_:
        return bytes.fromhex(struct_[name + "_hex"])
    return struct_[name].encode("utf-8")


def float32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def int32(value):
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


def quotient(one, other):
    """C's division of integers."""
    return abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1)


def letter(flag):
    return "y" if flag else "n"


def frequency(row, cpus):
    """(MHz, percent of the highest) of some processors taken together."""
    count = sum(cpu["freqcnt"]["cnt"] for cpu in cpus)
    ticks = sum(cpu["freqcnt"]["ticks"] for cpu in cpus)
    most = row.cpus[0]["freqcnt"]["maxfreq"]
    if not most:
        return count, 100
    if ticks:
        count //= ticks
    return count, 100 * count // most


def counted(row, name):
    """A counter of all processors; atop takes exactly one instruction for none counted."""
    instructions = row.get("cpu.all.instr")
    return 0 if instructions == 1 else row.get("cpu.all." + name)


def queue(row):
    busy = row.get("io_ms")
    return "%.2f" % (row.get("avque") / busy if busy > 0 else 0)


def exit_code(row):
    code = row.get("gen.excode")
    return (code & 0x7F) + 256 if code & 0xFF else code >> 8 & 0xFF


def container(row):
    gen = row.get("gen")
    return text(gen, "utsname" if "utsname" in gen else "container") or b"-"


def ended(row):
    if row.get("gen.state") != "E":
        return 0
    return row.get("gen.btime") + row.get("gen.elaps") // row.sample.header["hertz"]


def cgroup_path(row):
    cgroup = row.sample.cgroup_of(row.struct)
    return b"(%s)" % (text(cgroup, "path") if cgroup else b"-")


def limit_of_task(path):
    """A limit that 2.8 to 2.10 keep with the task."""
    def compute(row):
        if not row.sample.supports & CGROUPS:
            return -3
        value = row.get(path) if row.get("gen.isproc") else None
        return -2 if value is None else value
    return compute


def limit_of_cgroup(name, pages):
    """A limit of the task's cgroup; one in pages is shown in KiB, and in 32 bits."""
    def compute(row):
        if not row.sample.supports & CGROUPS:
            return -3
        cgroup = row.sample.cgroup_of(row.struct)
        value = int32(cgroup["conf"][name]) if cgroup and cgroup["conf"][name] is not None else -2
        return int32(value * (row.sample.header["pagesize"] // 1024)) if pages and value > 0 else value
    return compute


def gpu_number(path, per_sample=False):
    """A number of 2.13's gpu: threads have none, and of processes without a state it is left to chance."""
    def compute(row):
        if not row.get("gen.isproc"):
            return 0
        if row.get("gpu") is None:
            return None
        value = row.get(path)
        value = -1 if value is None else value
        return quotient(value, row.get("gpu.samples") or 1) if per_sample else value
    return compute


def gpu_list(row):
    if row.sample.release >= (2, 13) and not row.get("gen.isproc"):
        return "0"
    value = row.get("gpu.gpulist")
    return None if value is None else "%x" % (value % (1 << 32))


def gpu_letter(name, none):
    def compute(row):
        if row.get("gpu") is None or row.sample.release >= (2, 13) and not row.get("gen.isproc"):
            return none
        return text(row.get("gpu"), name) or none
    return compute


COMPUTED = {
    "hertz": lambda row: row.sample.header["hertz"],
    "pagesize": lambda row: row.sample.header["pagesize"],
    "index": lambda row: row.index,
    "allfreq": lambda row: frequency(row, row.cpus)[0],
    "allpercent": lambda row: frequency(row, row.cpus)[1],
    "freq": lambda row: frequency(row, [row.struct])[0],
    "percent": lambda row: frequency(row, [row.struct])[1],
    "instr": lambda row: counted(row, "instr"),
    "cycle": lambda row: counted(row, "cycle"),
    "queue": queue,
    "fragmented": lambda row: "%.0f" % (float32(row.get("frag")) * 100),
    "cache": lambda row: "LLC%03d" % row.get("id"),
    "occupancy": lambda row: "%3.1f%%" % float32(float32(row.get("occupancy")) * 100),
    "pids": lambda row: " ".join(map(str, row.struct["pids"])),
    "exitcode": exit_code,
    "container": container,
    "new": lambda row: "N" if row.get("gen.excode") < 0 else "-",
    "cgpath": cgroup_path,
    "ended": ended,
    "cgcpumax": limit_of_task("cpu.cgcpumax"),
    "cgcpumaxr": limit_of_task("cpu.cgcpumaxr"),
    "cgmemmax": limit_of_task("mem.cgmemmax"),
    "cgmemmaxr": limit_of_task("mem.cgmemmaxr"),
    "cgswpmax": limit_of_task("mem.cgswpmax"),
    "cgswpmaxr": limit_of_task("mem.cgswpmaxr"),
    "cpumax": limit_of_cgroup("cpumax", pages=False),
    "memmax": limit_of_cgroup("memmax", pages=True),
    "swpmax": limit_of_cgroup("swpmax", pages=True),
    "patched": lambda row: letter(row.sample.supports & PATCHED),
    "iostat": lambda row: letter(row.sample.supports & IOSTAT),
    "netatop": lambda row: letter(row.sample.supports & NETATOP),
    "tgidn": lambda row: "%dn" % row.get("gen.tgid"),
    "gpustate": gpu_letter("state", "N"),
    "gputype": gpu_letter("type", "U"),
    "gpulist": gpu_list,
    "gpunumber": gpu_number("gpu.nrgpus"),
    "gpubusy": gpu_number("gpu.gpubusycum", per_sample=True),
    "membusy": gpu_number("gpu.membusycum", per_sample=True),
    "gpumem": gpu_number("gpu.memnow"),
    "gpumemcum": gpu_number("gpu.memcum"),
    "gpusamples": gpu_number("gpu.samples"),
}

COLUMN = re.compile(r'^(?P<path>[\w.]+)(=(?P<null>[-.\w*]+))?(?P<form>%[.\d]+f)?(?P<flag>\?)?$')


def word(column, row):
    """The bytes of one column; None where any word will do."""
    if column[0] == '"':
        return column[1:].encode()
    if column[0] == "$":
        value = COMPUTED[column[1:]](row)
        return value if value is None or isinstance(value, bytes) else str(value).encode()
    if column[0] == "(":
        return b"(%s)" % member(column[1:-1], row)
    if "+" in column:
        return b"%d" % sum(row.get(path) for path in column.split("+"))
    return member(column, row)


def member(column, row):
    parts = COLUMN.match(column)
    value = row.get(parts["path"])
    if value is None:
        if parts["null"] is None:
            raise TypeError("%s is null" % parts["path"])
        return None if parts["null"] == "*" else parts["null"].encode()
    if parts["form"]:
        return (parts["form"] % float32(value)).encode()
    if parts["flag"]:
        return letter(value).encode()
    if isinstance(value, str):
        above, _, name = parts["path"].rpartition(".")
        return text(row.get(above) if above else row.struct, name)
    return b"%d" % value


# --- the two sides ------------------------------------------------------------------------------------------

class Sample:
    """One sample of the JSON."""

    def __init__(self, header, record):
        self.header = header
        self.record = record
        self.release = (header["aversion"] >> 8 & 0x7F, header["aversion"] & 0xFF)
        self.sstat = {}
        self.tasks = []
        self.cgroups = []
        self.owners = None

    @property
    def supports(self):
        """The flags as atop has them in hand while it prints the sample."""
        flags, own = self.header["supportflags"], self.record["flags"]
        moved = []
        if flags & RECORDED == RECORDED:
            moved.append((IOSTAT, RECORD_IOSTAT))
        if self.release >= (2, 0):
            moved.append((NETATOP, RECORD_NETATOP))
        if self.release >= (2, 4):
            moved.append((GPUSTAT, RECORD_GPU))
        if self.release >= (2, 8):
            moved.append((CGROUPS, RECORD_CGROUPS))
        for flag, mine in moved:
            flags = flags | flag if own & mine else flags & ~flag
        return flags

    def cgroup_of(self, task):
        """A process's cgroup, by the lists of processes; of two the later one. Threads have none."""
        if self.owners is None:
            self.owners = {pid: cgroup for cgroup in self.cgroups for pid in cgroup["pids"]}
        return self.owners.get(task["gen"]["pid"]) if task["gen"]["isproc"] else None

    def start(self, label):
        """What every line of a label begins with."""
        moment = time.strftime("%Y/%m/%d %H:%M:%S", time.gmtime(self.record["curtime"]))
        host = text(self.header["utsname"], "nodename")
        return b"%s %s %d %s %d" % (label.encode(), host, self.record["curtime"], moment.encode(),
                                    self.record["interval"])


def without_gpu(task):
    """Where a task has no GPU state, its other GPU members are garbage, and atop does not look at them."""
    if task.get("gpu") and task["gpu"]["state"] == "":
        task["gpu"] = None
    return task


def online(sstat):
    """From 2.13 on atop leaves out processors that are off."""
    cpu = sstat["cpu"]
    cpu["cpu"] = [one for one in cpu["cpu"] if one.get("online", True)]
    return sstat


def samples_of(output):
    """The samples of a program's output; a line of damage is an error, as is one that is no JSON."""
    header, samples = None, []
    for line in output.split(b"\n")[:-1]:
        parsed = json.loads(line)
        role = contract.role_of(parsed)
        if role == "rawheader":
            header = parsed[role]
        elif role == "rawrecord":
            samples.append(Sample(header, parsed[role]))
        elif role == "sstat":
            samples[-1].sstat = online(parsed[role])
        elif role == "tstat":
            samples[-1].tasks.append(without_gpu(parsed[role]))
        elif role == "cstat":
            samples[-1].cgroups.append(parsed[role])
        else:
            raise ValueError("a line of %s" % role)
    return samples


def listed(listing):
    """[(whether RESET stands before it, {label: [(line number, line)]})] of a listing, one a sample.

    A line that begins with no label goes on with the one before: a name can hold an end of line.
    """
    samples, labels, reset, last = [], {}, False, None
    for number, line in enumerate(listing.split(b"\n")[:-1], 1):
        if line == b"SEP":
            samples.append((reset, labels))
            labels, reset, last = {}, False, None
        elif line == b"RESET":
            reset = True
        elif last and not re.match(rb"[A-Za-z]{3} \S* ?\d+ \d{4}/\d\d/\d\d \d\d:\d\d:\d\d \d+ ", line):
            last[-1] = (last[-1][0], last[-1][1] + b"\n" + line)
        else:
            last = labels.setdefault(line.split(b" ")[0].decode("latin-1"), [])
            last.append((number, line))
    if labels or reset:
        raise ValueError("the listing is cut")
    return samples


# --- comparing ----------------------------------------------------------------------------------------------

@functools.lru_cache(maxsize=None)
def columns_of(kind, release):
    """The columns of one kind of line; none where the release has no such line."""
    return [column for name, first, last, columns in COLUMNS for column in columns
            if name == kind and first <= release and (last is None or release <= last)]


def first_wrong(line, start, columns, row):
    """(column, expected, got) of the first column of a line that is not what the JSON says, or None."""
    if not line.startswith(start + b" "):
        return "the line's start", line[:len(start) + 1], start
    rest = line[len(start) + 1:]
    for column in columns:
        try:
            want = word(column, row)
        except (KeyError, TypeError) as error:
            return column, rest[:40], "no such value: %s" % error
        if want is None:
            want = rest.split(b" ")[0] or b"any word"
        if not rest.startswith(want) or rest[len(want):len(want) + 1] not in (b"", b" "):
            return column, rest[:len(want) + 40], want
        rest = rest[len(want) + 1:]
    return ("the line's end", rest, b"") if rest else None


def compare_label(label, sample, lines):
    """(where, expected, got) of the first thing wrong with a label in a sample, or None."""
    rows = rows_of(label, sample)
    indices = {}
    for (kind, shown), (number, line) in zip(rows, lines):
        index = indices[kind] = indices.get(kind, -1) + 1
        wrong = first_wrong(line, sample.start(label), columns_of(label + kind, sample.release),
                            Row(sample, shown, index))
        if wrong:
            return ("line %d of the listing, %s" % (number, wrong[0]),) + wrong[1:]
    if len(rows) != len(lines):
        return "its lines at %d" % sample.record["curtime"], len(lines), len(rows)
    return None


def compare(program, path, listing):
    """(good, what, expected, got, command) for each label of a log; `listing`: the file that atop printed."""
    name = os.path.basename(path)
    argv = [program, "--reserved", path]        # atop prints what is stored, filled or not
    command = harness.shell(argv)
    result = harness.run(argv)
    made = name.startswith("made-")         # its records are what no atop writes
    if not made and (result.status or result.err):
        return [(False, name, "exit 0, nothing said", "exit %d, %r" % (result.status, result.err), command)]
    with gzip.open(listing) as file:
        printed = listed(file.read())
    try:
        samples = samples_of(contract.without_remarks(result.out) if made else result.out)
    except ValueError as error:
        return [(False, name, "whole samples in JSON", str(error), command)]
    stated = [bool(sample.record["flags"] & RECORD_BOOT) for sample in samples]
    marked = [reset for reset, _ in printed]
    cases = [(marked == stated, name + ": samples, and which begin at boot", marked, stated, command)]
    for label in sorted(set(ROWS).union(*(labels for _, labels in printed))):
        if label not in ROWS:
            cases.append((False, "%s: %s" % (name, label), "no unknown label", label, "zcat " + listing))
            continue
        pairs = [(sample, labels.get(label, [])) for sample, (_, labels) in zip(samples, printed)]
        if any(lines or rows_of(label, sample) for sample, lines in pairs):
            wrong = next(filter(None, (compare_label(label, *pair) for pair in pairs)), None)
            where, expected, got = wrong or ("", "", "")
            cases.append((not wrong, "%s: %s, %s" % (name, label, where), expected, got,
                          "zcat %s; %s" % (harness.shell([listing]), command)))
    return cases


def listing_path(path):
    """Where the listing of a log is: beside it, or among the tests'."""
    name = os.path.splitext(os.path.basename(path))[0] + ".parseable.gz"
    places = [os.path.join(os.path.dirname(path), name), os.path.join(LISTINGS, name)]
    return next((place for place in places if os.path.exists(place)), None)


def compare_one(job):
    return compare(*job)


def main():
    suite = harness.Suite(__doc__, files=True)
    program = suite.program("atopdump-static")
    logs = suite.examples() + sorted(glob.glob(os.path.join(LISTINGS, "*.raw")))
    suite.check(logs, "there are logs", "example_data/*.raw", "none")
    jobs = [(program, path, listing_path(path)) for path in logs]
    for _, path, listing in jobs:
        if not listing:
            print("not tested: %s: there is no listing of it" % path)
    for cases in harness.processes(compare_one, [job for job in jobs if job[2]]):
        for case in cases:
            suite.check(*case)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
