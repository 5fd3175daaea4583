"""Makes logs whose processes are known: samples, tasks and exit records, for every release.

Times count from T, which is when the first sample is taken.
"""

from lib import facts

T = 1700000000          # the first sample's time
BOOT = T - 5000


def task(pid, start, state="S", name=b"prog", cmdline=b"prog -x", ppid=1, uid=0, **more):
    """A process in a sample; a start counts from T."""
    gen = {"pid": pid, "tgid": pid, "ppid": ppid, "isproc": 1, "state": ord(state), "name": name, "btime": T + start, "nthr": 1,
           "nthrrun": 0, "cmdline": cmdline, "ruid": uid, "euid": uid, "suid": uid, "fsuid": uid, "rgid": uid, "egid": uid,
           "sgid": uid, "fsgid": uid}
    groups = {}
    for path, value in more.items():
        group, _, member = path.partition("_")
        if group == "gen":
            gen[member] = value
        else:
            groups.setdefault(group, {})[member] = value
    if state == "E":
        gen.update(nthr=0, euid=0, suid=0, fsuid=0, egid=0, sgid=0, fsgid=0)
    return dict(groups, gen=gen)


def ended(pid, start, code=0, ran=1, seen=True, **more):
    """An exit record: wait status, ticks from start to end, whether it was in the sample before."""
    status = code if seen else code - 2 ** 31
    more.setdefault("cmdline", b"prog -x" if seen else b"")
    return task(pid, start, "E", gen_excode=status, gen_elaps=ran, **more)


def sample(time, *tasks, boot=None):
    """A sample `time` seconds after T; with `boot`, the first of a run of atop since that boot."""
    record = {"curtime": T + time, "interval": 10, "flags": 0}
    if boot is not None:
        record.update(interval=T + time - boot, flags=1)
    return {"rawrecord": record, "tstat": list(tasks)}


class Maker:
    """Makes the logs of one release. `all`: samples have all tasks, not only those that were active."""

    def __init__(self, suite, table):
        self.suite = suite
        self.table = table
        self.all = table.version >= (2, 3)

    def log(self, *samples, host=b"web01", machine=b"x86_64", kernel=b"6.1.0"):
        return facts.build(self.table, "little", [self.fit(one) for one in samples], self.header(host, machine, kernel))

    def header(self, host=b"web01", machine=b"x86_64", kernel=b"6.1.0"):
        numbers = dict(zip(("osrel", "osvers", "ossub"), map(int, kernel.split(b"."))))
        return dict(numbers, supportflags=self.old_flags(), utsname={"nodename": host, "machine": machine, "release": kernel})

    def old_flags(self):
        """The flags of a header that say that I/O of processes was measured, of releases whose records do not."""
        return 0 if self.table.version >= (2, 2, 3) else 4 if self.table.version >= (2,) else 6

    def fit(self, one):
        """A sample without the members that the release lacks."""
        node = self.table.structs[self.table.task_struct]
        record = dict(one["rawrecord"])
        if self.table.version >= (2, 2, 3):
            record["flags"] |= 0x20         # I/O of processes was measured
        return dict(one, rawrecord=record, tstat=[{group: {member: value for member, value in members.items() if node.has(group + "." + member)}
                                 for group, members in values.items() if node.has(group)} for values in one["tstat"]])
