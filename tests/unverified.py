"""Proves that a block without a valid checksum gives the structs before its fault, and that all of them are marked.

In each real log one byte of a task block is changed, at random offsets with a fixed seed. One process dumps all such copies of a
log, and each eighth copy is dumped alone too. A task is intact if its bytes can be inflated from the compressed bytes before
that offset alone; this test uses zlib to find these tasks.
"""

import collections
import os
import random
import re
import sys
import zlib

from lib import contract, facts, harness
from lib.harness import DAMAGED
from lib.tables import read_csv

TRIALS = 40                 # a log
SHARE = 0.9                 # of the intact tasks that each log must give
MARK = b'"unverified":true,'
FILE = b'{"file":"'
TASK = re.compile(rb'\{"host":"[^"]*","time":"[^"]*","sample":(\d+),(?:"since_boot":true,)?("unverified":true,)?"tstat":')

Block = collections.namedtuple("Block", "sample start length count size")


# --- one byte of a task block -------------------------------------------------------------------------------

def blocks_of(data, tables):
    """Each task block of a whole log that holds at least two tasks."""
    log = facts.Log(data, tables)
    for number, sample in enumerate(log.samples(tasks=False, system=False)):
        start, length = sample.blocks[1]
        count = sample.record[log.table.task_count]
        if count > 1:
            yield Block(number, start, length, count, log.table.size(log.table.task_struct))


def intact_tasks(data, block, at):
    """How many tasks come out of the block's bytes before `at`."""
    return min(block.count, len(zlib.decompressobj().decompress(data[block.start:at])) // block.size)


def task_lines(lines):
    """Lines of tasks by the number of their sample, each as (the line without the mark, marked); and how many state damage."""
    tasks, damages = collections.defaultdict(list), 0
    for line in lines:
        head = TASK.match(line)
        if head:
            tasks[int(head.group(1))].append((line.replace(MARK, b"", 1), head.group(2) is not None))
        else:
            damages += b'"damage":{' in line
    return tasks, damages


class Trials:
    """Changes of one byte in the task blocks of one log."""

    def __init__(self, suite, path, tables):
        self.suite = suite
        self.name = os.path.basename(path)
        self.program = suite.program("atopdump-static")
        self.data = harness.read(path)
        self.blocks = list(blocks_of(self.data, tables))
        lines = self.dump([path]).out.splitlines()
        self.good, _ = task_lines(lines)
        self.known = set(lines)                 # lines that need not be parsed again
        self.intact = self.shown = 0

    def dump(self, paths, *words, program=None):
        return harness.run([program or self.program, "--tables=tstat", *words, *paths])

    def change(self, dice):
        """A block, the place of a byte in it, and the log with another byte there."""
        block = self.blocks[dice.randrange(len(self.blocks))]
        at = block.start + dice.randrange(block.length)
        broken = bytearray(self.data)
        broken[at] ^= dice.randrange(1, 256)
        return block, at, bytes(broken)

    def run(self, changes):
        """Dumps all broken logs at once, and some of them alone."""
        paths = [self.suite.path("%s.%d" % (self.name, i), broken) for i, (_, _, broken) in enumerate(changes)]
        result = self.dump(paths)
        self.suite.equal(DAMAGED, result.status, "%s, broken in %d ways: status" % (self.name, len(paths)),
                         harness.shell([self.program, "--tables=tstat", *paths]))
        lines = {path: [] for path in paths}
        for line in result.out.splitlines():
            path, _, rest = line[len(FILE):].partition(b'",')
            lines[path.decode()].append(b"{" + rest)
        messages = collections.Counter(re.findall(r"^atopdump: (\S+): damage at ", result.err.decode(), re.M))
        for number, (path, (block, at, _)) in enumerate(zip(paths, changes)):
            self.judge(path, block, at, lines[path], messages[path])
            if number % 8 == 0:
                self.compare(path, lines[path])
            os.unlink(path)

    def judge(self, path, block, at, output, messages):
        """What a log gives whose byte `at` is changed, in that block."""
        lines, damages = task_lines(output)
        what = "%s, byte %d" % (self.name, at)
        again = harness.shell([self.program, "--tables=tstat", path])
        intact = intact_tasks(self.data, block, at)
        shown = sum(got == good for (got, _), (good, _) in zip(lines[block.sample][:intact],
                                                               self.good[block.sample]))
        self.intact += intact
        self.shown += shown
        for line in output:
            if line.replace(MARK, b"", 1) not in self.known:
                contract.parse(line.decode("utf-8"))
        self.suite.equal((1, 1), (damages, messages), what + ": damage lines and messages", again)
        self.suite.check(all(marked for _, marked in lines[block.sample]), what,
                         "every task of the block is marked", "one is not", again)
        others = {k: v for k, v in lines.items() if k != block.sample and v}
        self.suite.check(others == {k: v for k, v in self.good.items() if k != block.sample and v}, what,
                         "the tasks of other samples as they were, unmarked", "they are not", again)

    def compare(self, path, lines):
        """Alone it gives the same, by threads and by zlib as well; and CSV has as many rows of each sample, marked as in JSON."""
        alone = self.dump([path])
        again = harness.shell([self.program, "--tables=tstat", path])
        self.suite.equal((DAMAGED, lines), (alone.status, alone.out.splitlines()), "%s, alone" % again)
        threads = self.dump([path], "-j3")
        engine = self.dump([path], program=self.suite.program("atopdump-zlib"))
        self.suite.check(threads == alone and engine == alone, "%s, with -j3 and without libdeflate" % again,
                         "the same", "something else", again)
        shown = [(str(line["sample"]), "true" if line.get("unverified") else "false")
                 for line in map(contract.parse, alone.out.decode().splitlines()) if "tstat" in line]
        rows = read_csv(self.dump([path], "--format=csv", "--fields=sample,unverified").out)[1:]
        self.suite.equal(shown, list(map(tuple, rows)), "%s, as CSV" % again)


def check_trials(suite, tables):
    for path in suite.examples():
        trials = Trials(suite, path, tables)
        dice = random.Random(trials.name)
        trials.run([trials.change(dice) for _ in range(TRIALS)])
        share = trials.shown / max(1, trials.intact)
        print("%s: %d of %d intact tasks come out of broken blocks" % (trials.name, trials.shown, trials.intact))
        suite.check(share >= SHARE, trials.name, "%.0f %% of the intact tasks" % (100 * SHARE),
                    "%.1f %%" % (100 * share))


def main():
    suite = harness.Suite(__doc__, files=True)
    tables = facts.load_tables()
    check_trials(suite, tables)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
