"""Owns what benchmarks measure with, and on: small C programs, found built or built here; logs made of example ones."""

import os
import shlex
import subprocess
import sys
import zlib

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(FOLDER))
from lib import facts, harness        # noqa: E402

CC = shlex.split(os.environ.get("CC", "cc"))       # of several words where it is called through another program


def helper(suite, name, *more):
    """A C program of this folder, out of the build folder or compiled here. None if it cannot be compiled."""
    path = os.path.join(suite.build, name)
    source = os.path.join(FOLDER, name + ".c")
    if os.path.exists(path) and os.path.getmtime(path) >= os.path.getmtime(source):
        return path
    argv = [*CC, "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O2", "-o", path, source, *more]
    return path if subprocess.run(argv, check=False, stderr=subprocess.DEVNULL).returncode == 0 else None


def totals(record, tasks):
    """The numbers of tasks that a record states, as far as it has them."""
    processes = [task["gen"] for task in tasks if task["gen"]["isproc"]]
    numbers = {"ntask": len(tasks), "nexit": sum(task["gen"]["state"] == ord("E") for task in tasks),
               "nactproc": sum(not one.get("wasinactive") for one in processes), "totproc": len(processes),
               "totrun": sum(one["nthrrun"] for one in processes), "totslpu": sum(one["nthrslpu"] for one in processes),
               "totzomb": sum(one["state"] == ord("Z") for one in processes)}
    return {name: number for name, number in numbers.items() if name in record}


class Pattern:
    """Samples of a real log, to be repeated: as they are, or each with as many tasks as wanted."""

    def __init__(self, path, tables, tasks=None):
        data = harness.read(path)
        self.name = os.path.basename(path)[:-len(".raw")] + (", %d tasks" % tasks if tasks else "")
        self.log = facts.Log(data, tables)
        self.table = table = self.log.table
        self.head = data[:table.size("rawheader")]
        self.body, self.blocks, self.tasks, self.samples = b"", [], 0, 0
        self.ends = [0]
        for sample in self.log.samples(tasks=bool(tasks), system=False):
            if tasks and not sample.tasks:
                continue
            self._add(*(self._grown(data, sample, tasks) if tasks else self._whole(data, sample)))
            if tasks and self.samples == 2:
                break

    def _whole(self, data, sample):
        return sample.record, data[sample.offset:sample.end], [length for _, length in sample.blocks]

    def _grown(self, data, sample, tasks):
        """The sample with the same tasks over and over."""
        table, order = self.table, self.log.order
        node = table.structs[table.task_struct]
        repeated = (sample.tasks * (tasks // len(sample.tasks) + 1))[:tasks]
        content = b"".join(facts.encode(node, task, order) for task in sample.tasks)
        content = (content * (tasks // len(sample.tasks) + 1))[:tasks * node.size]
        start, length = sample.blocks[0]
        system, packed = data[start:start + length], zlib.compress(content)
        record = dict(sample.record, scomplen=len(system), pcomplen=len(packed))
        record.update({table.task_count: tasks, **totals(record, repeated)})
        for member in ("ccomplen", "icomplen", "coriglen", "ncgroups", "ncgpids"):
            if member in record:
                record[member] = 0
        return (record, facts.encode(table.structs["rawrecord"], record, order) + system + packed,
                [len(system), len(packed)])

    def _add(self, record, content, lengths):
        table = self.table
        count = record[table.task_count]
        sizes = [table.size("sstat"), count * table.size(table.task_struct), record.get("coriglen", 0),
                 record.get("ncgpids", 0) * 4]
        at = len(self.body) + table.size("rawrecord")
        for which, (length, size) in enumerate(zip(lengths, sizes)):
            self.blocks.append((which, at, length, size))
            at += length
        self.body += content
        self.ends.append(len(self.body))
        self.samples += 1
        self.tasks += count
        self.largest = max(getattr(self, "largest", 0), sum(sizes))

    def write(self, path, size=None, samples=None):
        """Writes a log of about `size` bytes, or of so many samples; returns how often the whole pattern is in it."""
        times, rest = (max(1, size // len(self.body)), 0) if size else divmod(samples, self.samples)
        with open(path, "wb") as file:
            file.write(self.head)
            for _ in range(times):
                file.write(self.body)
            file.write(self.body[:self.ends[rest]])
        return times

    def write_long(self, path, size):
        """
        Writes a log of about `size` bytes, of one run of atop: the first sample, which counts since boot, is not repeated, and
        times go on from one repetition to the next. Returns the last time.
        """
        time = self.table.structs["rawrecord"].find("curtime")
        value = time.unpacker(self.log.order)
        starts = [end + time.at for end in self.ends[:-1]]
        times = [value.unpack_from(self.body, at)[0] for at in starts]
        with open(path, "wb") as file:
            file.write(self.head + self.body[:self.ends[1]])
            for i in range(max(1, size // len(self.body))):
                body = bytearray(self.body)
                for at, first in zip(starts, times):
                    value.pack_into(body, at, first + i * (times[-1] - times[0]))
                file.write(body[self.ends[1]:])
        return times[-1] + i * (times[-1] - times[0])

    def list_blocks(self, path, times, kinds):
        """Writes "offset length size" of the blocks of these kinds (0: system, 1: tasks, 2 and 3: cgroups)."""
        with open(path, "w", encoding="ascii") as file:
            for i in range(times):
                for which, at, length, size in self.blocks:
                    if which in kinds:
                        file.write("%d %d %d\n" % (len(self.head) + i * len(self.body) + at, length, size))
