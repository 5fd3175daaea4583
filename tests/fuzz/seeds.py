"""Makes the inputs that fuzzing begins with: logs, streams, records, chains, schemas, conditions cut out of the repository's own, manifests.

    python3 tests/fuzz/seeds.py FOLDER      writes FOLDER/file, inflate, frame, chain, schema, where, manifest

Not a test. It reads logs by the fact tables, and knows the form of each target's inputs as their C files state it.
"""

import glob
import gzip
import hashlib
import os
import re
import struct
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from lib import facts, harness, manifests, streams        # noqa: E402

SCHEMAS = os.path.join(harness.TESTS, "schema")
MODELS = ("lp64", "ilp32", "ilp32-t64", "i386", "i386-t64")     # in the catalog's order
FRAME = ("utsname", "rawheader", "rawrecord")                   # structs that are kept whole
MEMBERS = 3             # kept of other structs
TASKS = 3               # kept of a sample
GROUPS = 5              # cgroups kept, the first ones, so that each one's parent is there
SAMPLES = 3
SMALL = 6 << 10         # bytes of a log
STREAM = 4 << 10        # bytes of a deflate stream
# The logs that whole logs are made of: of a release that has cgroups; and of the oldest, which take least time to
# inflate, also as other machines write it.
KINDS = ("1.26", "2.11.1")
MACHINES = (("lp64", "big"), ("ilp32", "little"), ("i386-t64", "little"), ("i386", "big"))


# --- logs ---------------------------------------------------------------------------------------------------

def blocks(log, sample):
    """The inflated blocks of a sample."""
    return [zlib.decompressobj().decompress(log.data[at:at + length]) for at, length in sample.blocks]


def cut_chain(log, chain, pids):
    """The first cgroups of a chain, and what the list has of them: (chain, list, number)."""
    node = log.table.structs["cstat"]
    at = members = number = 0
    while number < GROUPS and at < len(chain):
        values = facts.decode(node, chain, log.order, at)
        members += values["gen"]["nprocs"]
        at += values["gen"]["structlen"]
        number += 1
    return chain[:at], pids[:4 * members], number


def cut_sample(log, sample):
    """The bytes of the sample with few tasks and cgroups."""
    table, inflated = log.table, blocks(log, sample)
    size = table.size(table.task_struct)
    record = dict(sample.record)
    inflated[1] = inflated[1][:TASKS * size]
    record[table.task_count] = len(inflated[1]) // size
    if len(inflated) == 4:
        inflated[2], inflated[3], record["ncgroups"] = cut_chain(log, inflated[2], inflated[3])
        record["coriglen"], record["ncgpids"] = len(inflated[2]), len(inflated[3]) // 4
    packed = [zlib.compress(block, 9) for block in inflated]
    for name, block in zip(("scomplen", "pcomplen", "ccomplen", "icomplen"), packed):
        record[name] = len(block)
    return facts.encode(table.structs["rawrecord"], record, log.order) + b"".join(packed)


def small_logs(log):
    """Logs of the first sample, and of up to three."""
    header = log.data[:log.table.size("rawheader")]
    samples = [cut_sample(log, sample) for sample, _ in zip(log.samples(tasks=False, system=False), range(SAMPLES))]
    yield header + samples[0]
    if len(header) + sum(map(len, samples)) <= SMALL:
        yield header + b"".join(samples)


def foreign_logs(log, tables):
    """The log's first sample as other machines would write it."""
    sample = next(log.samples())
    record = {name: value for name, value in sample.record.items() if not name.endswith("complen")}
    record[log.table.task_count] = TASKS
    values = {"rawrecord": record, "sstat": sample.sstat, "tstat": sample.tasks[:TASKS]}
    for table in tables:
        for model, order in MACHINES:
            if table.release == log.table.release and table.model == model:
                yield facts.build(table, order, [values, values], level=9)


def odd_logs(small):
    """Forms that a log has besides the plain one, made of one."""
    yield small[:480]
    yield small[:-7]
    yield small[480:]
    yield small + small
    yield gzip.compress(small, mtime=0)


# --- the targets --------------------------------------------------------------------------------------------

def file_seeds(logs):
    for kind in KINDS:
        yield from small_logs(logs[kind])
    yield from foreign_logs(logs[KINDS[0]], facts.load_tables())
    yield from odd_logs(next(small_logs(logs[KINDS[0]])))


def inflate_seeds(logs):
    """Blocks of logs, without header and checksum; the same in many small deflate blocks; and streams made by hand."""
    found = [stream for _, stream, _ in streams.handmade()]
    for log in logs.values():
        sample = next(log.samples(tasks=False, system=False))
        for (at, length), block in zip(sample.blocks, blocks(log, sample)):
            packer = zlib.compressobj(wbits=-15, memLevel=1)
            found += [log.data[at + 2:at + length - 4], packer.compress(block) + packer.flush()]
    return (stream for stream in found if len(stream) <= STREAM)


def frame_seeds(logs):
    for log in logs.values():
        for sample, _ in zip(log.samples(tasks=False, system=False), range(SAMPLES)):
            yield struct.pack("<Q", sample.offset) + log.data[sample.offset:][:log.table.size("rawrecord")]


def chain_seeds(logs):
    releases = sorted({log.table.version for log in logs.values() if log.table.has_cgroups})
    for log in logs.values():
        sample = next(log.samples(tasks=False, system=False))
        if len(sample.blocks) < 4:
            continue
        _, _, chain, pids = blocks(log, sample)
        chain, pids, number = cut_chain(log, chain, pids)
        layout = (releases.index(log.table.version) * len(MODELS) + MODELS.index(log.table.model)) * 2
        yield struct.pack("<BBH", layout + (log.order == "big"), number, len(chain)) + chain + pids
    yield from made_chains([table for table in facts.load_tables() if table.version in releases], releases)


def made_chains(tables, releases):
    """A deep and a wide tree in every layout; and in one, paths longer than any."""
    trees = [[({"gen": {"sequence": i, "parentseq": i - 1}}, b"group"[:i], [100 + i]) for i in range(4)],
             [({"gen": {"sequence": i, "parentseq": 0 if i else -1}}, b"g%d" % i if i else b"", [7] * i)
              for i in range(3)],
             [({"gen": {"sequence": i, "parentseq": i - 1}}, b"n" * 250 * i, []) for i in range(7)]]
    for table in tables:
        layout = (releases.index(table.version) * len(MODELS) + MODELS.index(table.model)) * 2
        for order in facts.ORDERS:
            for groups in trees:
                chain, pids = facts.encode_cgroups(table, order, groups)
                yield struct.pack("<BBH", layout + (order == "big"), len(groups), len(chain)) + chain + pids
        trees = trees[:2]


def schema_key(path):
    """Sorts atop-1.9.yaml before atop-1.10.yaml, and abi.yaml before both."""
    return [(word.isdigit(), int(word) if word.isdigit() else 0, word) for word in re.findall(r"\d+|\D", os.path.basename(path))]


def cut_schema(text):
    """A release's schema with few members of each struct, and the structs that these are made of."""
    text = re.sub(r'(?m)^ *#.*\n|^\n|^lengths:\n(?:  .*\n)*|, *doc: "[^"]*"', "", text)
    text = re.sub(", +", ", ", text)
    before, structs, after = re.split(r"(?m)^structs:\n|^(?=blocks:)", text)
    bodies = {name: lines.splitlines(True)[:None if name in FRAME else MEMBERS]
              for name, lines in re.findall(r"(?m)^  (\w+):\n((?:    .*\n)+)", structs)}
    wanted, found = set(), set(FRAME) | set(re.findall(r"struct: (\w+)", after))
    while found - wanted:
        wanted |= found
        found = {word for name in wanted for word in re.findall(r"type: (\w+)", "".join(bodies[name]))} & set(bodies)
    return before + "structs:\n" + "".join("  %s:\n%s" % (name, "".join(lines)) for name, lines in bodies.items()
                                           if name in wanted) + after


def schema_seeds(_):
    """
    The cases of tests/schema, those of several files parted by form feeds; the real abi.yaml with one of them; and the
    oldest release, cut down.
    """
    for path in sorted(glob.glob(os.path.join(SCHEMAS, "*", "*"))):
        files = [path] if path.endswith(".yaml") else sorted(glob.glob(os.path.join(path, "*.yaml")), key=schema_key)
        if files:
            yield b"\f".join(without_comments(harness.read(name)) for name in files)
    yield b"\f".join(without_comments(harness.read(os.path.join(harness.ROOT, name))) for name in (
        "schemas/abi.yaml", "tests/schema/ok/nested.yaml"))
    yield cut_schema(harness.read(os.path.join(harness.ROOT, "schemas", "atop-1.26.yaml")).decode()).encode()


def without_comments(text):
    """A schema without the comments that fill whole lines, so that abi.yaml begins as the target expects."""
    return b"".join(line for line in text.splitlines(True) if line.strip() and not line.startswith(b"#"))


def where_seeds(_):
    """The conditions of the unit test, as strings of C, with the columns of the target; and values for these."""
    text = harness.read(os.path.join(harness.TESTS, "unit", "runtime", "test_where.c")).decode("latin-1")
    names = {"gen_pid": "i", "gen_name": "s", "gen.name": "r.s[0]", "utime": "j", "rss": "k", "half": "x", "tenth": "x",
             "yes": "b", "no": "b", "time": "t", "big": "i", "most": "i", "zero": "i", "n": "i", "nt": "s", "nb": "b"}
    for literal in re.findall(r'^\t(?:\{ )?"((?:[^"\\\n]|\\.)*)",', text, re.M):
        condition = literal.encode("latin-1").decode("unicode_escape")
        condition = re.sub(r"[a-z_]\w*(?:\.name)?", lambda m: names.get(m.group(0), m.group(0)), condition)
        yield condition.encode("latin-1") + b"\0" + bytes(range(64))


def manifest_seeds(_):
    """A small manifest, and what is none."""
    yield manifests.SMALL
    yield from (data for data in manifests.NOT if len(data) < 1000)


TARGETS = {"file": file_seeds, "inflate": inflate_seeds, "frame": frame_seeds, "chain": chain_seeds,
           "schema": schema_seeds, "where": where_seeds, "manifest": manifest_seeds}


def write(folder, target, inputs):
    """Each input in a file named by its content. Returns how many differ."""
    place = os.path.join(folder, target)
    os.makedirs(place, exist_ok=True)
    names = set()
    for data in inputs:
        names.add(hashlib.sha256(data).hexdigest()[:12])
        with open(os.path.join(place, hashlib.sha256(data).hexdigest()[:12]), "wb") as file:
            file.write(data)
    return len(names)


def make(folder):
    """All seeds into FOLDER/TARGET."""
    tables = facts.load_tables()
    logs = {os.path.basename(path)[len("atop-"):-len(".raw")]: facts.Log(harness.read(path), tables)
            for path in sorted(glob.glob(os.path.join(harness.EXAMPLES, "*.raw")))}
    return {target: write(folder, target, seeds(logs)) for target, seeds in TARGETS.items()}


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: seeds.py FOLDER")
    for target, number in make(sys.argv[1]).items():
        print("%s: %d seeds" % (target, number))


if __name__ == "__main__":
    main()
