"""Proves that faults found by fuzzing stay fixed: every target runs every stored input, and the seeds.

The targets are those of fuzz/, without libFuzzer; inputs are the corpora, the crashes, and new seeds. A target aborts if
a requirement does not hold.
"""

import glob
import os
import sys

from lib import harness

sys.path.insert(0, os.path.join(harness.TESTS, "fuzz"))
import seeds        # noqa: E402

KINDS = ("crashes", "corpus")
AT_ONCE = 64            # inputs that one process runs
PATIENCE = 600          # seconds for them on a busy machine; a target that hangs ends itself much sooner


def inputs(suite, target):
    """Every input of a target, those that crashed it once first."""
    folders = [os.path.join(harness.TESTS, "fuzz", kind, target) for kind in KINDS]
    folders.append(os.path.join(suite.path("seeds"), target))
    return [path for folder in folders for path in sorted(glob.glob(os.path.join(folder, "*")))]


def replay(words):
    """(paths, result) of a target's run on some inputs."""
    return words[1:], harness.run(words, timeout=PATIENCE)


def judge(suite, program, paths, result):
    """Counts the inputs of one run. Returns those that it did not come to."""
    text = result.err.decode("utf-8", "replace")
    begun = [line[len("run "):] for line in text.splitlines() if line.startswith("run ")]
    if result.status == 0 and begun == paths:
        suite.passed += len(paths)
        return []
    last = begun[-1] if begun else paths[0]
    suite.passed += paths.index(last)
    told = text.rpartition("run %s\n" % last)[2]
    suite.check(False, "%s with %s" % (os.path.basename(program), os.path.basename(last)), "it ends well",
                "status %d: %s" % (result.status, harness.clip(told, 3000)), harness.shell([program, last]))
    return paths[paths.index(last) + 1:]


def main():
    suite = harness.Suite(__doc__)
    seeds.make(suite.path("seeds"))
    for target in seeds.TARGETS:
        program, paths = suite.program("fuzz-" + target), inputs(suite, target)
        while paths:
            runs = [[program] + paths[i:i + AT_ONCE] for i in range(0, len(paths), AT_ONCE)]
            paths = [path for done, result in harness.threads(replay, runs)
                     for path in judge(suite, program, done, result)]
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
