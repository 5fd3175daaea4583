"""Makes logs of a machine that works: processors, memory, disks, network and pressure that change, processes that come and go, a
gap, a reboot.

Not a test. What is in them is known by the rules here, so that tests can count.
"""

import math

from lib import facts

START = 1700006400          # 2023-11-15 00:00:00 UTC
PAGE = 4096
GIB = 2 ** 30
MONTHLY = 12345678          # seconds since the boot before the log


def wave(i, count, low, high):
    """A value between two, which rises and falls once in `count` samples."""
    return low + (high - low) * (0.5 - 0.5 * math.cos(2 * math.pi * i / max(count, 1)))


def system(i, count, seconds, disks, interfaces):
    """The system in sample `i`: four processors, 16 GiB."""
    ticks = seconds * 100 * 4
    user, wait = int(ticks * wave(i, count, 0.02, 0.6)), int(ticks * wave(3 * i, count, 0, 0.1))
    kernel = int(ticks * 0.05)
    percent = seconds * 10000
    return {
        "cpu": {"nrcpu": 4, "lavg1": wave(i, count, 0.2, 3.5), "lavg5": wave(i, count, 0.3, 3), "lavg15": 1.5,
                "all": {"stime": kernel, "utime": user, "wtime": wait, "Itime": ticks // 200, "itime": ticks - user - wait - kernel - ticks // 200}},
        "mem": {"physmem": 16 * GIB // PAGE, "freemem": int(wave(i, count, 9, 2) * GIB) // PAGE, "cachemem": 4 * GIB // PAGE, "buffermem": GIB // 4 // PAGE,
                "totswap": 2 * GIB // PAGE, "freeswap": int(wave(i, count, 2, 1.2) * GIB) // PAGE, "swins": 5 * i, "swouts": 9 * i,
                "availablemem": int(wave(i, count, 13, 5) * GIB) // PAGE},
        "dsk": {"ndsk": len(disks), "dsk": [{"name": name, "nread": 10, "nrsect": seconds * 20 * i, "nwrite": 10, "nwsect": seconds * (4000 // (k + 1)),
                                             "io_ms": int(seconds * 1000 * wave(i, count, 0.05, 0.9 / (k + 1)))} for k, name in enumerate(disks)]},
        "intf": {"nrintf": len(interfaces), "intf": [{"name": name, "rbyte": seconds * 1000 * (i + k), "sbyte": seconds * 50000, "speed": 1000, "duplex": 1}
                                                      for k, name in enumerate(interfaces)]},
        "psi": {"present": 1, "cpusome": {"total": int(percent * wave(i, count, 0, 20))}, "memsome": {"total": int(percent * 2)},
                "iosome": {"total": int(percent * wave(2 * i, count, 0, 9))}, "iofull": {"total": int(percent)}},
    }


def task(pid, start, state="S", **more):
    """A process."""
    gen = {"pid": pid, "tgid": pid, "ppid": 1, "isproc": 1, "state": ord(state), "name": b"worker%d" % (pid % 7), "btime": start, "nthr": 1,
           "ruid": 1000 if pid % 3 else 0, "cmdline": b"/usr/bin/worker --number %d" % pid}
    gen.update({name[4:]: value for name, value in more.items() if name.startswith("gen_")})
    if state == "E":
        gen["nthr"] = 0
    return {"gen": gen, "cpu": {"utime": more.get("utime", pid % 50), "stime": 1}, "mem": {"rmem": 1000 * (pid % 40), "vmem": 90000},
            "dsk": {"rsz": pid % 11, "wsz": pid % 5}}


def day(table, count=144, seconds=600, lasting=40, passing=20, gap=(60, 63), reboot=100, disks=(b"sda", b"nvme0n1"), interfaces=(b"eth0", b"lo"),
        host=b"web01", order="little", start=START, damaged=None):
    """
    A log of `count` samples, less those of the gap. In each of them are `lasting` processes, and `passing` that lived in its interval
    alone. With `reboot` the machine is booted in the interval of that sample. `damaged`: of that sample the tasks have a wrong byte.
    """
    parts = [facts.header_part(table, order, {"utsname": {"nodename": host, "machine": b"x86_64", "release": b"6.1.0"}, "osrel": 6, "osvers": 1,
                                              "pagesize": PAGE, "supportflags": 0x75})]
    boot, first = start - MONTHLY, True
    for i in range(count):
        time = start + seconds * (i + 1)
        if gap and gap[0] <= i < gap[1]:
            continue
        if reboot == i:
            boot, first = time - seconds // 2, True
        interval = time - boot if first else seconds
        tasks = [task(10 + k, boot + 60 + k, utime=interval * (k + 1)) for k in range(lasting)]
        tasks += [task(1000 + passing * i + k, time - seconds // 2 + k, "E", gen_excode=(0, 256, 9, 139)[k % 4], gen_elaps=100 * k) for k in range(passing)]
        sample = {"rawrecord": {"curtime": time, "interval": interval, "flags": 0x20 | first}, "sstat": system(i, count, interval, disks, interfaces),
                  "tstat": tasks}
        group = facts.sample_parts(table, order, sample, level=1, fill=0, first=first)
        if damaged == i:
            group[2].data = group[2].data[:-6] + bytes([group[2].data[-6] ^ 0x55]) + group[2].data[-5:]
        parts += group
        first = False
    return b"".join(part.data for part in parts)
