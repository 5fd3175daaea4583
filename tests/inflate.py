"""Proves that libdeflate changes nothing but the time: atopdump and atopdump-zlib do the same with every log.

The second is the same program without libdeflate. Logs are the examples, what damage makes of them, and the inputs that
fuzzing keeps.
"""

import glob
import os
import sys

import harness
import jobs

MUTANTS = 400


def same(suite, words, path):
    """Both programs say and print the same."""
    old, new = (harness.run([suite.program(name)] + words + [path]) for name in ("atopdump-zlib", "atopdump"))
    return suite.check(old == new, "with and without libdeflate", "exit %d, %d bytes, %r" % (old.status, len(old.out), old.err),
                       "exit %d, %d bytes, %r" % (new.status, len(new.out), new.err),
                       harness.shell([suite.program("atopdump-zlib")] + words + [path]))


def main():
    suite = harness.Suite(__doc__, files=True)
    examples = suite.examples()
    corpus = [path for path in glob.glob(os.path.join(harness.HERE, "fuzz", "**"), recursive=True)
              if os.path.isfile(path) and not path.endswith((".c", ".h", ".sh", ".py", ".md"))]
    for path in examples + corpus:
        for words in ([], ["--format=csv", "--tables=tstat"]):
            same(suite, words, path)
    for seed in range(MUTANTS):
        path = suite.path("mutant%d" % seed, jobs.damaged(harness.read(examples[seed % len(examples)]), seed))
        if same(suite, [], path):
            os.remove(path)
    if "libdeflate" not in harness.run([suite.program(), "--version"]).out.decode():
        print("not tested: libdeflate, which this build has not")
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
