"""Proves that no output changes unnoticed: compares the output of the example logs with tests/data/golden/LOG/.

A small output is stored completely. Of a large one each line's checksum is stored, and every few lines the line itself, so
that a change names the lines concerned. `--accept` rewrites the files; read the diff before committing it.
"""

import difflib
import hashlib
import os
import sys
import zlib

from lib import contract, harness

GOLDEN = os.path.join(harness.DATA, "golden")
WHOLE = 64 << 10        # bytes up to which an output is kept as it is
SAMPLED = 40            # lines kept of a larger one, about
SHOWN = 40              # lines of a diff


def outputs(program, path):
    """(file name, command) of everything that is kept of a log."""
    yield "json", [program, path]
    yield "json-reserved", [program, "--reserved", path]
    yield "atopdump", [program, "--format=atopdump", path]
    yield "rows", [program, "--format=rows", os.path.relpath(path, harness.ROOT)]
    listed = [contract.parse(line) for line in harness.run([program, "--format=rows", path]).out.splitlines()]
    for table in dict.fromkeys(line["table"] for line in listed):
        yield table + ".csv", [program, "--format=csv", "--tables=" + table, os.path.relpath(path, harness.ROOT)]


def from_root(command):
    """Tables have the name of the file, which must not depend on where the project is."""
    return harness.run(command, cwd=harness.ROOT)


def render(output):
    """What is kept of an output."""
    if len(output) <= WHOLE:
        return output
    lines = output.split(b"\n")[:-1]
    step = max(1, len(lines) // SAMPLED)
    kept = [b"sha256 %s, %d bytes, %d lines" % (hashlib.sha256(output).hexdigest().encode(), len(output),
                                                len(lines))]
    for i, line in enumerate(lines):
        kept.append(b"%08x%s" % (zlib.crc32(line), b" " + line if i % step == 0 else b""))
    return b"\n".join(kept) + b"\n"


def diff(old, new, name):
    """The first lines of a unified diff."""
    def text(data):
        return data.decode("utf-8", "backslashreplace").split("\n")

    lines = list(difflib.unified_diff(text(old), text(new), "golden/" + name, "now", lineterm="", n=1))
    shown = [harness.clip(line, 300) for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        shown.append("… %d more lines" % (len(lines) - SHOWN))
    return "\n".join(shown)


def accept(folder, wanted):
    os.makedirs(folder, exist_ok=True)
    for name in set(os.listdir(folder)) - set(wanted):
        os.remove(os.path.join(folder, name))
    for name, data in wanted.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


def main():
    suite = harness.Suite(__doc__, accept="rewrite the golden files")
    program = suite.program()
    for path in suite.examples():
        log = os.path.splitext(os.path.basename(path))[0]
        folder = os.path.join(GOLDEN, log)
        commands = dict(outputs(program, path))
        results = dict(zip(commands, harness.threads(from_root, commands.values())))
        now = {name: render(result.out) for name, result in results.items()}
        if suite.options.accept:
            accept(folder, now)
        kept = set(os.listdir(folder)) if os.path.isdir(folder) else set()
        again = "python3 tests/golden.py --accept   (then read the diff)"
        suite.equal(kept, set(now), "the golden files of " + log, again)
        for name, command in commands.items():
            old = harness.read(os.path.join(folder, name)) if name in kept else b""
            good = old == now[name] and results[name].status == 0
            suite.check(good, "golden/%s/%s" % (log, name), "as kept, exit 0",
                        "exit %d\n%s" % (results[name].status,
                                         "" if good else diff(old, now[name], log + "/" + name)),
                        "%s   (accept: %s)" % (harness.shell(command), again))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
