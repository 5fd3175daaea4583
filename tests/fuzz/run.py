"""Fuzzes: runs every target under libFuzzer for a number of executions, two at once, and says what came of it.

    make fuzz [FUZZ_RUNS=1000000] [SEED=1]

    python3 tests/fuzz/run.py --build BUILD --keep      takes what was reached into the corpus, as few inputs as do

Findings are left in BUILD/TARGET; what is kept of a run in BUILD/corpus/TARGET, where the next one goes on; what is
said on the way in BUILD/TARGET.log. Fails if there is a finding, or a target made fewer executions than asked for.
"""

import argparse
import collections
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import seeds

HERE = os.path.dirname(os.path.abspath(__file__))
AT_ONCE = 2
SECONDS = 10            # that one input may take
MEMORY = 512            # MB of a process

# Bytes of an input, and MB of one allocation: more than inputs of that size can fill, less than they can claim.
Limits = collections.namedtuple("Limits", "length allocation")
TARGETS = {"file": Limits(8192, 96), "inflate": Limits(4096, 8), "frame": Limits(264, 8), "chain": Limits(16384, 16),
           "schema": Limits(6144, 32), "where": Limits(512, 8), "manifest": Limits(2048, 8)}

PROGRESS = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)/(\S+)", re.M)
FINDINGS = ("crash-*", "leak-*", "timeout-*", "oom-*")
SANITIZERS = {
    "ASAN_OPTIONS": "quarantine_size_mb=16:malloc_context_size=8:check_printf=0:detect_leaks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}

Campaign = collections.namedtuple("Campaign", "target runs seconds corpus size coverage features findings status")


def findings(folder):
    return {path for pattern in FINDINGS for path in glob.glob(os.path.join(folder, pattern))}


def folders(build, target):
    """Where inputs come from; new ones are written to the first."""
    made = os.path.join(build, "corpus", target)
    os.makedirs(made, exist_ok=True)
    given = [os.path.join(HERE, kind, target) for kind in ("corpus", "crashes")]
    return [made] + [path for path in given if os.path.isdir(path)] + [os.path.join(build, "seeds", target)]


def command(options, target):
    limits = TARGETS[target]
    words = [os.path.join(options.build, "fuzz-" + target), "-runs=%d" % options.runs, "-seed=%d" % options.seed,
             "-max_len=%d" % limits.length, "-timeout=%d" % SECONDS, "-rss_limit_mb=%d" % MEMORY,
             "-malloc_limit_mb=%d" % limits.allocation, "-entropic_scale_per_exec_time=1", "-print_final_stats=1",
             "-artifact_prefix=%s/" % os.path.join(options.build, target)]
    words_of = os.path.join(HERE, target + ".dict")
    if os.path.exists(words_of):
        words.append("-dict=" + words_of)
    return words + folders(options.build, target)


def run(options, target):
    """One campaign to its end."""
    place, log = os.path.join(options.build, target), os.path.join(options.build, target + ".log")
    os.makedirs(place, exist_ok=True)
    before = findings(place)
    start = time.monotonic()
    with open(log, "wb") as out:
        status = subprocess.run(command(options, target), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                env=dict(os.environ, **SANITIZERS), check=False).returncode
    with open(log, encoding="utf-8", errors="replace") as file:
        text = file.read()
    last = (PROGRESS.findall(text) or [("0", "0", "0", "0", "0b")])[-1]
    executed = re.search(r"^stat::number_of_executed_units:\s*(\d+)", text, re.M)
    campaign = Campaign(target, int(executed.group(1) if executed else last[0]), time.monotonic() - start, int(last[3]),
                        last[4], int(last[1]), int(last[2]), sorted(findings(place) - before), status)
    print("%s: %d executions in %.0f s, %d findings" % (target, campaign.runs, campaign.seconds,
                                                         len(campaign.findings)), flush=True)
    return campaign


def table(campaigns):
    rows = [("target", "executions", "seconds", "corpus", "bytes", "cov", "ft", "findings")]
    rows += [(c.target, c.runs, "%.0f" % c.seconds, c.corpus, c.size, c.coverage, c.features, len(c.findings))
             for c in campaigns]
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))))


def complain(options, campaign):
    """What is wrong with a campaign, and how to see it again; nothing if all is well."""
    program = os.path.join(options.build, "fuzz-" + campaign.target)
    log = os.path.join(options.build, campaign.target + ".log")
    for path in campaign.findings:
        yield "%s: again: %s %s" % (campaign.target, program, path)
    if not campaign.findings and campaign.status != 0:
        yield "%s: ended with status %d; see %s" % (campaign.target, campaign.status, log)
    if campaign.runs < options.runs:
        yield "%s: %d executions of %d; see %s" % (campaign.target, campaign.runs, options.runs, log)


def keep(options, target):
    """Makes the corpus the few small inputs that, with the seeds, reach what those that there are reach."""
    place = os.path.join(HERE, "corpus", target)
    os.makedirs(place, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        seeds.make(folder)
        folder = os.path.join(folder, target)
        begun = set(os.listdir(folder))
        subprocess.run([os.path.join(options.build, "fuzz-" + target), "-merge=1", "-use_counters=0", folder,
                        place, os.path.join(options.build, "corpus", target)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, **SANITIZERS))
        inputs = [seeds.harness.read(path) for path in glob.glob(os.path.join(folder, "*"))
                  if os.path.basename(path) not in begun]
    shutil.rmtree(place, ignore_errors=True)
    seeds.write(os.path.join(HERE, "corpus"), target, inputs)
    print("%s: %d inputs, %d bytes" % (target, len(inputs), sum(map(len, inputs))))


def fuzz(options):
    """All campaigns. Whether there is nothing to complain of."""
    seeds.make(os.path.join(options.build, "seeds"))
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        campaigns = list(pool.map(lambda target: run(options, target), options.targets))
    table(campaigns)
    wrong = [text for campaign in campaigns for text in complain(options, campaign)]
    print("\n".join(wrong) if wrong else "no findings")
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", required=True, help="folder with the targets")
    parser.add_argument("--runs", type=int, default=1000000, help="executions of each")
    parser.add_argument("--seed", type=int, default=1, help="of libFuzzer's dice")
    parser.add_argument("--keep", action="store_true", help="take the corpora of earlier runs into the repository")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="%s; all unless named" % ", ".join(TARGETS))
    options = parser.parse_args()
    if not set(options.targets) <= set(TARGETS):
        parser.error("there is no such target")
    options.targets = options.targets or list(TARGETS)
    options.build = os.path.abspath(options.build)
    if not options.keep:
        sys.exit(0 if fuzz(options) else 1)
    for target in options.targets:
        keep(options, target)


if __name__ == "__main__":
    main()
