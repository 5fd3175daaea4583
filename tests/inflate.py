"""Proves that libdeflate affects only the time: atopdump and atopdump-zlib give the same output for every log.

The second is the same program without libdeflate. Logs are the examples, damaged examples, blocks in every form of zlib
stream for the same bytes, valid or broken, and the inputs that fuzzing keeps. Many logs are given at once; where the
programs differ, one at a time.

One difference is allowed: a stream that zlib refuses only for its Huffman codes, made by hand (streams.py), with the right
checksum. Then atopdump may print what it prints for the same bytes from a common encoder, and nothing else.
"""

import glob
import os
import random
import struct
import sys
import zlib

from lib import facts, harness
from lib.harness import DAMAGED
import jobs
from lib import streams

MUTANTS = 400
# Without --long each so many-th mutant and each so many-th stream made by hand is tried. Mutants of odd and even numbers differ, and
# streams come in eights: an odd number takes some of all.
THIRD = 3
OTHERS = 5              # each so many-th mutant is of another release than the one of the smallest structs; with --long each
AT_ONCE = 20            # logs of one run
HANDMADE_TASKS = 50     # more bytes than the largest distance
WAYS = ([], ["--format=csv", "--tables=tstat"], ["--carve", "--tables=rawrecord,tstat"])


# --- comparing ----------------------------------------------------------------------------------------------

def outcomes(suite, words, paths):
    """What each program does with the logs; as they are given, so that messages can be compared."""
    return [harness.run([suite.program(name)] + words + paths) for name in ("atopdump-zlib", "atopdump")]


def check(suite, words, paths, old, new):
    """Counts logs that the programs were given together; where they differ, finds out with which."""
    if old == new:
        suite.passed += len(paths)
    elif len(paths) > 1:
        for path in paths:
            check(suite, words, [path], *outcomes(suite, words, [path]))
    else:
        suite.check(False, "with and without libdeflate",
                    "exit %d, %d bytes, %r" % (old.status, len(old.out), old.err),
                    "exit %d, %d bytes, %r" % (new.status, len(new.out), new.err),
                    harness.shell([suite.program("atopdump-zlib")] + words + paths))


def compare(suite, words, paths):
    batches = [paths[i:i + AT_ONCE] for i in range(0, len(paths), AT_ONCE)]
    pairs = harness.threads(lambda batch: outcomes(suite, words, batch), batches)
    for batch, (old, new) in zip(batches, pairs):
        check(suite, words, batch, old, new)


# --- logs ---------------------------------------------------------------------------------------------------

def mutants(suite, examples):
    """Examples with a few bytes wrong, anywhere; and with one wrong in the compressed bytes of a block."""
    tables = facts.load_tables()
    for seed in suite.some(range(MUTANTS), THIRD):
        data = harness.read(examples[seed % len(examples) if seed % OTHERS == 0 or suite.options.long else 0])
        data = jobs.damaged(data, seed) if seed % 2 else flipped(facts.Log(data, tables), seed)
        yield suite.path("mutant%d" % seed, data)


def flipped(log, seed):
    """The log with one bit wrong in some block: at its start, at its end, or between."""
    dice = random.Random(seed)
    sample = dice.choice(list(log.samples(tasks=False, system=False)))
    start, length = dice.choice([block for block in sample.blocks if block[1] > 8])
    at = dice.choice((dice.randrange(8), length - 1 - dice.randrange(8), dice.randrange(length)))
    data = bytearray(log.data)
    data[start + at] ^= 1 << dice.randrange(8)
    return bytes(data)


def deflated(content, level=6, bits=15, strategy=zlib.Z_DEFAULT_STRATEGY, flush=None):
    """The content as a zlib stream; with a flush, in many blocks."""
    packer = zlib.compressobj(level, zlib.DEFLATED, bits, 9, strategy)
    if flush is None:
        return packer.compress(content) + packer.flush()
    pieces = [packer.compress(content[i:i + 4096]) + packer.flush(flush) for i in range(0, len(content), 4096)]
    return b"".join(pieces) + packer.flush()


def relabelled(stream, method):
    """The stream with another first byte, and the second such that both are a header."""
    flags = stream[1] & 0xe0
    return struct.pack(">H", (method << 8 | flags) + (31 - (method << 8 | flags) % 31) % 31) + stream[2:]


def forms(content):
    """Streams of the content: all that there are, then some that are wrong."""
    for level in range(10):
        yield deflated(content, level)
    for strategy in (zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED):
        yield deflated(content, strategy=strategy)
    for bits in range(9, 15):
        yield deflated(content, bits=bits)
    for flush in (zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH, zlib.Z_PARTIAL_FLUSH):
        yield deflated(content, flush=flush)
    good = deflated(content)
    for method in (0x08, 0x38, 0x88, 0x77, 0x79, 0x00):             # windows too small and too large, other methods
        yield relabelled(good, method)
    yield good[:1] + bytes([good[1] ^ 0x20]) + good[2:]             # a preset dictionary
    yield good[:1] + bytes([good[1] ^ 1]) + good[2:]
    yield good[:-1] + bytes([good[-1] ^ 1])
    yield good[:-4]
    yield good[:-4] + bytes(4)
    yield good + b"\0"
    yield good + good
    yield good[2:-4]
    yield b"\x78\x9c" + bytes([0x07]) + good[-4:]                   # a block of the type that there is not
    yield deflated(content + b"\0")
    yield deflated(content[:-1])


def formed(suite, table):
    """Logs of the release, each with its first block or its tasks in one of the forms."""
    system, task = (bytes(i * i % 251 for i in range(table.size(name))) for name in ("sstat", table.task_struct))
    header = facts.header_part(table, "little").data
    for number, stream in enumerate(forms(system)):
        yield suite.path("system%d" % number, header + sample(table, stream, deflated(task)) * 2)
    for number, stream in enumerate(forms(task)):
        yield suite.path("task%d" % number, header + sample(table, deflated(system), stream) * 2)


def handmade(suite, table):
    """(name, log, log) for each stream made by hand, as the tasks of a sample; in the second log zlib has packed the same."""
    header = facts.header_part(table, "little").data
    system = deflated(bytes(table.size("sstat")))
    for number, (name, stream, made) in enumerate(streams.handmade(table.size(table.task_struct) * HANDMADE_TASKS)):
        tasks = (b"\x78\x9c" + stream + struct.pack(">I", zlib.adler32(made)), deflated(made))
        yield name, *(suite.path("handmade%d.%d" % (number, i), header + sample(table, system, data, HANDMADE_TASKS))
                      for i, data in enumerate(tasks))


def sample(table, system, task, tasks=1):
    """The bytes of a sample of these blocks, which holds so many tasks."""
    record = {"curtime": 1700000000, "interval": 10, "scomplen": len(system), "pcomplen": len(task), table.task_count: tasks}
    return facts.encode(table.structs["rawrecord"], record, "little") + system + task


def verified_tasks(result):
    """The lines of tasks that a right checksum vouches for."""
    return [line for line in result.out.splitlines() if b'"tstat":' in line and b'"unverified":' not in line]


def judge_handmade(suite, name, odd, plain):
    """
    Checks a log with a stream made by hand: where zlib accepts the stream, both programs print its tasks; where it refuses,
    atopdump does as zlib does or prints the tasks. Returns which of these happened.
    """
    words = ["--tables=tstat"]
    alone, fast = outcomes(suite, words, [odd])
    good = verified_tasks(harness.run([suite.program("atopdump-static")] + words + [plain]))
    suite.equal(HANDMADE_TASKS, len(good), "%s, packed by zlib: tasks" % name)
    accepted, taken = verified_tasks(alone) == good, verified_tasks(fast) == good
    suite.check(accepted or alone.status == DAMAGED and not verified_tasks(alone), "%s, without libdeflate" % name,
                "the tasks, or damage", "exit %d, %r" % (alone.status, alone.err))
    suite.check(taken or not accepted and fast == alone, name, "the tasks, or if zlib refuses them the same damage",
                "exit %d, %r" % (fast.status, fast.err), harness.shell([suite.program("atopdump-static")] + words + [odd]))
    return "accepted" if accepted else "taken" if taken else "refused"


def check_handmade(suite, table):
    logs = suite.some(handmade(suite, table), THIRD)
    seen = list(harness.threads(lambda job: judge_handmade(suite, *job), logs))
    counts = {outcome: seen.count(outcome) for outcome in ("accepted", "taken", "refused")}
    print("streams made by hand: zlib accepts %(accepted)d, libdeflate alone %(taken)d, neither %(refused)d" % counts)
    suite.check(counts["accepted"] > 0 and counts["taken"] + counts["refused"] > 0, "streams made by hand",
                "some that zlib accepts and some that it refuses", counts)


def corpus():
    return [path for kind in ("crashes", "corpus")
            for path in sorted(glob.glob(os.path.join(harness.TESTS, "fuzz", kind, "file", "*")))]


def main():
    suite = harness.Suite(__doc__, files=True)
    examples = suite.examples()
    table = next(table for table in facts.load_tables() if table.model == "lp64")
    for words in WAYS:
        compare(suite, words, examples + corpus() + list(formed(suite, table)))
    compare(suite, [], list(mutants(suite, examples)))
    check_handmade(suite, table)
    if "libdeflate" not in harness.run([suite.program("atopdump-static"), "--version"]).out.decode():
        print("not tested: libdeflate, which this build has not")
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
