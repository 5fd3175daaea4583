"""Proves that a new log is read correctly: compares atop's own listing of it with the JSON, and what atop prints with -P and -J with
--format=parseable and --format=atop-json.

Three logs: one that atop records on this machine, one that is made so that all values differ and every label has
lines, and one whose values are extreme and whose texts are odd; the latter two atop only prints. Needs an atop; --install fetches Debian's package and unpacks it into a
scratch folder, so that nothing is installed, nothing is started and root is not needed.
"""

import glob
import gzip
import os
import shutil
import sys

from lib import contract, facts, harness, labels, madelogs
import parseable

PACKAGES = ("atop", "libncursesw6", "libtinfo6")
INTERVAL, SAMPLES = "1", "3"

# Flags of a made log and of its records: netatop, accounting, I/O, GPU, cgroups.
SUPPORT_FLAGS = 0x1B5
RECORD_FLAGS = 0x1B4


class Small(facts.Values):
    """Values that differ, and are such that atop's arithmetic on them does not overflow."""

    def number(self, node):
        return self.next() * 9973 % ((1 << min(node.bits - 1, 20)) - 1)

    def float(self, node):
        return self.next() % 1000 / 8

    def text(self, node):
        room = node.dims[-1] - 1
        name = node.name.lstrip("_").encode()[:max(room - 7, 0)]
        return (b"%s %d" % (name, self.next()))[:room]


def unpacked(suite):
    """The path of a freshly unpacked atop, or None; what it needs to run is put into os.environ."""
    folder = suite.path("packages")
    os.mkdir(folder)
    for package in PACKAGES:
        result = harness.run(["apt-get", "download", package], cwd=folder, timeout=300)
        if result.status:
            harness.run(["apt-get", "update"], timeout=300)
            result = harness.run(["apt-get", "download", package], cwd=folder, timeout=300)
        if result.status:
            return None
    for file in glob.glob(os.path.join(folder, "*.deb")):
        if harness.run(["dpkg", "-x", file, folder]).status:
            return None
    libraries = glob.glob(os.path.join(folder, "lib", "*-linux-*")) + glob.glob(
        os.path.join(folder, "usr", "lib", "*-linux-*"))
    os.environ["LD_LIBRARY_PATH"] = ":".join(libraries)
    return os.path.join(folder, "usr", "bin", "atop")


def find_atop(suite):
    """An atop to run, or None."""
    found = shutil.which("atop")
    if not found and suite.options.install and shutil.which("apt-get") and shutil.which("dpkg"):
        found = unpacked(suite)
    return found if found and harness.run([found, "-V"]).status == 0 else None


def record(atop, path):
    """What went wrong with recording a new log, or None."""
    result = harness.run([atop, "-w", path, INTERVAL, SAMPLES], env=environment())
    if result.status or not os.path.exists(path):
        return "exit %d, %r" % (result.status, result.err)
    return None


def environment():
    """For atop: no local time, no settings, and (ATOPACCT) no process accounting switched on."""
    return dict(os.environ, TZ="UTC", LC_ALL="C", ATOPACCT="", HOME="/nonexistent")


def print_labels(suite, atop, path):
    """The path of atop's listing of a log, and what went wrong or None."""
    result = harness.run([atop, "-r", path, "-P", "ALL"], env=environment())
    name = os.path.splitext(os.path.basename(path))[0] + ".parseable.gz"
    wrong = "exit %d, %r" % (result.status, result.err) if result.status or not result.out else None
    return suite.path(name, gzip.compress(result.out)), wrong


def cgroups(table, source, pids):
    """Three cgroups, one below the other, that hold the processes."""
    shares, found = [pids[:1], [], pids[1:]], []
    for depth, name in enumerate((b"", b"system.slice", b"some unit.service")):
        values = facts.distinct(table.structs["cstat"], source)
        values["gen"].update(sequence=depth, parentseq=depth - 1, depth=depth, namelen=len(name),
                             fullnamelen=len(name) + (12 if depth == 2 else 0))
        found.append((values, name, shares[depth]))
    return found


def put(values, path, value):
    """Sets a member, in every element of the arrays it lies in."""
    name, _, rest = path.partition(".")
    for one in values if isinstance(values, list) else [values]:
        if rest:
            put(one[name], rest, value)
        else:
            one[name] = value


def system(table, source):
    """What a machine has; the second of its processors is switched off where there is a member for that.

    What atop divides by is small, so that the quotients differ too.
    """
    values = facts.distinct(table.structs["sstat"], source)
    for i, interface in enumerate(values["intf"]["intf"]):
        interface["duplex"] = i % 2
    for i, cpu in enumerate(values["cpu"]["cpu"]):
        cpu["cpunr"] = i
        cpu["freqcnt"]["ticks"] = 3 + i
        if "online" in cpu:
            cpu["online"] = int(i != 1)
    for i, disk in enumerate(values["dsk"]["dsk"] + values["dsk"]["mdd"] + values["dsk"]["lvm"]):
        disk["io_ms"] = 7 + i
    return values


def tasks(table, source):
    """Processes and threads that ended in all kinds of ways; the fourth uses no GPU."""
    found = [facts.distinct(table.structs[table.task_struct], source) for _ in range(6)]
    for i, task in enumerate(found):
        task["gen"]["isproc"] = int(i % 3 != 2)
        task["gen"]["excode"] = (0, 256 * 7, 9, 1 - (1 << 31), 256 * 200, 139)[i]
        if "samples" in task.get("gpu", {}):
            task["gpu"]["samples"] = 3 + i
    found[1]["gen"]["state"] = ord("E")
    if "gpu" in found[3]:
        found[3]["gpu"]["state"] = 0
    return found


def made(table, order):
    """A log of three samples: all values differ; what can be unavailable is; flags say nothing is supported."""
    source = Small()
    samples = []
    for number, flags in enumerate((RECORD_FLAGS | parseable.RECORD_BOOT, RECORD_FLAGS, 0)):
        sample = {"sstat": system(table, source), "tstat": tasks(table, source)}
        if table.has_cgroups and flags:
            sample["cstat"] = cgroups(table, source, [task["gen"]["pid"] for task in sample["tstat"]])
        if number == 1:
            for (role, path), value in contract.absent_values(table).items():
                groups = [one[0] for one in sample.get(role, [])] if role == "cstat" else sample[role]
                put(groups, path, value)
        if not flags:
            sample["sstat"].pop("psi", None)
        count = len(sample["tstat"])
        sample["rawrecord"] = {"curtime": 1700000000 + 10 * number, "interval": 10 + number, "flags": flags,
                               "nactproc": count, "totproc": count, "ntask": count, "npresent": count}
        samples.append(sample)
    support = SUPPORT_FLAGS
    if table.version < (2, 3):      # its atop does not know that flags may be the record's
        support = support & ~parseable.RECORDED | parseable.IOSTAT
    header = {"hertz": 100, "pagesize": 4096, "supportflags": support, "pidwidth": 7,
              "utsname": {"sysname": b"Linux", "nodename": b"made", "release": b"6.1.0"}}
    return facts.build(table, order, samples, header)


def main():
    suite = harness.Suite(__doc__, install="fetch Debian's atop into a scratch folder if there is none")
    program = suite.program()
    atop = find_atop(suite)
    if not atop:
        print("not tested: there is no atop here" + "; --install fetches one" * (not suite.options.install))
        print("0 passed, 0 failed")
        shutil.rmtree(suite.folder)
        return 0
    log = suite.path("recorded.raw")
    wrong = record(atop, log)
    if suite.check(not wrong, "atop records a log", "exit 0", wrong):
        compare(suite, atop, program, log)
        try:
            known = facts.Log(harness.read(log), facts.load_tables())
        except facts.Unknown:
            print("not tested: a made log of this atop's release: there is no fact table for it")
        else:
            compare(suite, atop, program, suite.path("made-now.raw", made(known.table, known.order)))
            compare_labels(suite, atop, program, log, known.table.release)
            odd = facts.build(known.table, known.order, madelogs.samples(known.table), madelogs.header(known.table, True))
            compare_labels(suite, atop, program, suite.path("odd.raw", odd), known.table.release)
    return suite.finish()


def compare_labels(suite, atop, program, log, release):
    """All labels, byte for byte."""
    for words, first in ((["-P", "ALL"], "1.26"), (["-P", "ALL", "-Z"], "2.7"), (["-J", "ALL"], "2.8")):
        if labels.version(release) >= labels.version(first):
            expected = harness.run([atop, "-r", log, *words], env=environment())
            argv = [program, *words, "--compat", "--tz=UTC", log]
            got = harness.run(argv)
            suite.check(expected.status == harness.OK and expected.out, "atop prints " + " ".join(words), "exit 0", expected)
            suite.check(expected.out == got.out, " ".join(words), "%d bytes" % len(expected.out), "%d bytes" % len(got.out),
                        harness.shell(argv))


def compare(suite, atop, program, log):
    listing, wrong = print_labels(suite, atop, log)
    if suite.check(not wrong, "atop prints %s" % log, "exit 0", wrong):
        for case in parseable.compare(program, log, listing):
            suite.check(*case)


if __name__ == "__main__":
    sys.exit(main())
