"""Owns which members of a struct upstream fills, and when: the others are null in the output.

Not a test. Facts of upstream's sources (files in parentheses), written independently of the schemas.
"""

# Flags of rawheader.supportflags and rawrecord.flags, by upstream's atop.h.
PATCHSTAT, IOSTAT, PATCHACCT, NETATOP, NETATOPBPF = 0x2, 0x4, 0x8, 0x10, 0x1000
RRBOOT, RRNETATOP, RRNETATOPD, RRIOSTAT, RRGPUSTAT, RRCGRSTAT = 0x1, 0x4, 0x8, 0x20, 0x80, 0x100


class Place:
    """What is known around a struct: its release, header and record, and the outermost struct that it is in."""

    __slots__ = ("release", "header", "record", "top", "exited")

    def __init__(self, table, header, record, top):
        self.release = table.version
        self.header = header["supportflags"]
        self.record = record["flags"]
        self.top = top
        self.exited = top.get("gen", {}).get("state") == ord("E")


def disk_measured(own, at):
    """Per task: living ones only, unless a patched kernel wrote it into the accounting record (deviate.c)."""
    if at.release < (2, 0):
        return at.header & (PATCHACCT if at.exited else IOSTAT | PATCHSTAT)
    if at.release < (2, 2, 3):
        flag = at.header & IOSTAT
    elif at.release < (2, 3):
        flag = at.record & RRIOSTAT or at.header & IOSTAT and not at.header & NETATOP
    else:
        flag = at.record & RRIOSTAT
    return flag and not at.exited


def net_measured(own, at):
    """By netatop's module, of exited ones by its daemon; netatop-bpf fills processes only (photoproc.c)."""
    if at.release < (2, 0):
        return at.header & (PATCHACCT if at.exited else PATCHSTAT)
    by_module = at.record & RRNETATOP and (not at.exited or at.record & RRNETATOPD)
    return by_module or at.release >= (2, 10) and at.header & NETATOPBPF and own["gen"]["isproc"]


def limit_known(own, at):
    return at.record & RRCGRSTAT and at.top["gen"]["isproc"] and not at.exited


def alive(own, at):
    return not at.exited


def grown(own, at):
    """1.26 has the growth of exited ones from a patched kernel's accounting record."""
    return not at.exited or at.release < (2, 0) and at.header & PATCHACCT


def command_known(own, at):
    """Of threads none is read; of exited ones it is that of the sample before, and bit 31 says there was none."""
    return own.get("isproc", 1) and (not at.exited or own["excode"] >= 0)


def known_or_alive(name):
    """What the oldest accounting records lack is 0."""
    return lambda own, at: not at.exited or own[name]


def counted(name):
    """0 where not counted, 1 in the first sample of a run (photosyst.c, getperfevents)."""
    return lambda own, at: own[name] not in (0, 1)


def never(own, at):
    return False


def beside(name):
    return lambda own, at: own[name]


# (struct, member, whether it is measured: by the struct that has the member and what is around it, first release, last
# release). What an exited process has not of its accounting record is 0 (acctproc.c, deviate.c).
MEASURED = [
    ("tstat", "dsk", disk_measured, None, None),
    ("tstat", "net", net_measured, None, None),
    ("tstat", "gpu", lambda own, at: at.record & RRGPUSTAT and own["gpu"]["state"], (2, 4), None),
    ("tstat", "gen.pid", known_or_alive("pid"), None, None),
    ("tstat", "gen.tgid", known_or_alive("tgid"), None, None),
    ("tstat", "gen.ppid", known_or_alive("ppid"), None, None),
    ("tstat", "gen.elaps", lambda own, at: at.exited, None, None),
    ("tstat", "gen.cmdline", command_known, None, None),
    ("tstat", "gen.utsname", lambda own, at: not at.exited or own["excode"] >= 0, (2, 10), None),
    ("tstat", "gen.cgpath", limit_known, (2, 8), (2, 10)),
    ("tstat", "cpu.curcpu", alive, None, (2, 7)),
    ("tstat", "mem.vgrow", grown, None, None),
    ("tstat", "mem.rgrow", grown, None, None),
    ("tstat", "mem.pmem", lambda own, at: not at.exited and (own["pmem"] or not own["rmem"]), (2, 1), None),
    ("sstat", "gpu", lambda own, at: at.record & RRGPUSTAT, (2, 4), None),
    ("sstat", "gpu.gpu.taskstats", never, (2, 4), None),
    ("sstat", "www", lambda own, at: any(own["www"][name] for name in ("accesses", "totkbytes", "bworkers", "iworkers")),
     None, None),
    ("sstat", "www.uptime", never, None, None),
    ("sstat", "cpu.all.cpunr", never, None, None),
    ("sstat", "cpu.all.online", never, (2, 13), None),
    ("sstat", "cpu.all.freqcnt", never, None, None),
    ("sstat", "cpu.cpu.freqcnt", lambda own, at: any(own["freqcnt"].values()), None, None),
    ("sstat", "dsk.mdd.inflight", never, (2, 8), None),
    ("sstat", "dsk.lvm.inflight", never, (2, 8), None),
    ("sstat", "intf.intf.duplex", beside("speed"), None, None),
]
MEASURED += [("tstat", "gen." + name, alive, None, None) for name in
             ("euid", "suid", "fsuid", "egid", "sgid", "fsgid", "nthr", "nthrslpi", "nthrslpu", "nthrrun", "nthridle", "ctid",
              "vpid", "container")]
MEASURED += [("tstat", "cpu." + name, alive, None, None) for name in
             ("nice", "prio", "rtprio", "policy", "sleepavg", "wchan", "rundelay", "blkdelay", "nvcsw", "nivcsw")]
MEASURED += [("tstat", "mem." + name, alive, None, None) for name in
             ("shtext", "vexec", "vmem", "rmem", "vdata", "vstack", "vlibs", "vswap", "vlock", "oomscore", "oomscoreadj")]
MEASURED += [("tstat", name, limit_known, (2, 8), (2, 10)) for name in
             ("cpu.cgcpuweight", "cpu.cgcpumax", "cpu.cgcpumaxr", "mem.cgmemmax", "mem.cgmemmaxr", "mem.cgswpmax",
              "mem.cgswpmaxr")]
MEASURED += [("sstat", "psi." + name, beside("present"), (2, 4), None) for name in
             ("cpusome", "memsome", "memfull", "iosome", "iofull")]
MEASURED += [("sstat", "cpu.%s.%s" % (which, name), counted(name), (2, 4), None)
             for which in ("all", "cpu") for name in ("instr", "cycle")]
MEASURED += [("sstat", "dsk.%s.ndsect" % which, lambda own, at: own["ndisc"] != -1, (2, 7), None)
             for which in ("dsk", "mdd", "lvm")]


def rules(table):
    """{(role, path): rule} for one release."""
    release = table.version[:2]
    return {(name, path): rule for name, path, rule, first, last in MEASURED
            if (first is None or first <= release) and (last is None or release <= last)}
