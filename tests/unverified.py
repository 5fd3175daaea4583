"""Proves that a block without a valid checksum gives the structs before its fault, and that all of them are marked.

In each real log one byte of a task block is changed, at random offsets with a fixed seed. A task is intact if its
bytes can be inflated from the compressed bytes before that offset alone; this test uses zlib to find these tasks.
"""

import collections
import os
import random
import sys
import zlib

from lib import contract, facts, harness
from lib.harness import DAMAGED
from lib.tables import read_csv

TRIALS = 40                 # a log
SHARE = 0.9                 # of the intact tasks that each log must give
MARK = b'"unverified":true,'

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


def task_lines(output):
    """The lines of tasks by the number of their sample: (without the mark, marked)."""
    lines = collections.defaultdict(list)
    for line in output.splitlines():
        parsed = contract.parse(line.decode("utf-8"))
        if "sample" in parsed:
            lines[parsed["sample"]].append((line.replace(MARK, b"", 1), parsed.get("unverified") is True))
    return lines


class Trials:
    """Changes of one byte in the task blocks of one log."""

    def __init__(self, suite, path, tables):
        self.suite = suite
        self.name = os.path.basename(path)
        self.program = suite.program()
        self.data = harness.read(path)
        self.blocks = list(blocks_of(self.data, tables))
        self.good = task_lines(self.dump(path).out)
        self.intact = self.shown = 0

    def dump(self, path, *words, program=None):
        return harness.run([program or self.program, "--tables=tstat", *words, path])

    def change(self, dice):
        """A block, the place of a byte in it, and the log with another byte there."""
        block = self.blocks[dice.randrange(len(self.blocks))]
        at = block.start + dice.randrange(block.length)
        broken = bytearray(self.data)
        broken[at] ^= dice.randrange(1, 256)
        return block, at, bytes(broken)

    def run(self, number, block, at, broken):
        path = self.suite.path("%s.%d" % (self.name, number), broken)
        result = self.dump(path)
        lines = task_lines(result.out)
        what = "%s, byte %d" % (self.name, at)
        again = harness.shell([self.program, "--tables=tstat", path])
        intact = intact_tasks(self.data, block, at)
        shown = sum(got == good for (got, _), (good, _) in zip(lines[block.sample][:intact],
                                                               self.good[block.sample]))
        self.intact += intact
        self.shown += shown
        self.suite.check(result.status == DAMAGED and result.out.count(b'"damage":{') == 1, what, "exit 3 and one damage line",
                         "exit %d, %r" % (result.status, result.err), again)
        self.suite.check(all(marked for _, marked in lines[block.sample]), what,
                         "every task of the block is marked", "one is not", again)
        others = {k: v for k, v in lines.items() if k != block.sample and v}
        self.suite.check(others == {k: v for k, v in self.good.items() if k != block.sample and v}, what,
                         "the tasks of other samples as they were, unmarked", "they are not", again)
        if number % 8 == 0:
            self.compare(path, result, again)
        os.unlink(path)

    def compare(self, path, result, again):
        """The same by threads and by zlib alone; and CSV has as many rows of each sample, marked as in JSON."""
        threads = self.dump(path, "-j3")
        alone = self.dump(path, program=self.suite.program("atopdump-zlib"))
        self.suite.check(threads == result and alone == result, "%s, with -j3 and without libdeflate" % again,
                         "the same", "something else", again)
        shown = [(str(line["sample"]), "true" if line.get("unverified") else "false")
                 for line in map(contract.parse, result.out.decode().splitlines()) if "tstat" in line]
        rows = read_csv(self.dump(path, "--format=csv", "--fields=sample,unverified").out)[1:]
        self.suite.equal(shown, list(map(tuple, rows)), "%s, as CSV" % again)


def check_trials(suite, tables):
    for path in suite.examples():
        trials = Trials(suite, path, tables)
        dice = random.Random(trials.name)
        jobs = [(i, *trials.change(dice)) for i in range(TRIALS)]
        for _ in harness.threads(lambda job, t=trials: t.run(*job), jobs):
            pass
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
