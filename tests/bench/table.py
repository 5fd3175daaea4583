"""The table that BENCHMARKS.md begins with, made of run.txt beside this file: what make bench printed.

Printed when this is run; tests/readme.py compares it with the page, and writes it there with --accept.
"""

import os
import re

RUN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "run.txt")
SECTION = re.compile(r"^(\S[^:\n]*): (\d+) samples, (\d+) tasks, ([\d.]+) MB, .*\n.*\n((?:  .*\n)+)", re.M)
ROW = re.compile(r"^  ([a-zA-Z ]+?) +1 +([\d.]+) +(\d+) +(\d+) +(\d+) +(\d+) +([\d.]+) ", re.M)
SHOWN = ("tasks to JSON", "tasks to CSV", "everything to JSON", "cgroups to JSON")
LOGS = {"a-working-machine": "a machine at work, atop 2.8.1", "atop-2.8.1": "atop 2.8.1", "atop-2.13.0": "atop 2.13"}
BESIDE = re.compile(r"^(\S+): tasks to JSON beside (atop -P .*), -j1 .* (\d+)x", re.M)
START = re.compile(r"^start to first line .* ([\d.]+) ms", re.M)


def short(number):
    """A large number in two figures: 3.1 million, 420,000."""
    digits = float("%.2g" % number)
    return "%.1f million" % (digits / 1e6) if digits >= 1e6 else "{:,.0f}".format(digits)


def rows(text):
    """A line of the table for each measurement with one thread, of the logs in LOGS."""
    for name, samples, tasks, size, measured in SECTION.findall(text):
        if name not in LOGS:
            continue
        log = "%s: %s samples, %s tasks in %s MB" % (LOGS[name], "{:,}".format(int(samples)), "{:,}".format(int(tasks)), size)
        for what, seconds, _, out, per_sample, per_task, memory in ROW.findall(measured):
            if what in SHOWN:
                rate = per_task if what.startswith("tasks") else per_sample
                yield (log, what, "%.2g s" % float(seconds), "%s %s" % (short(int(rate)), "tasks" if rate is per_task else "samples"),
                       "{:,} MB".format(int(out)), memory + " MB")
                log = ""


def table(text):
    """The table and the sentences below it, in Markdown."""
    lines = ["| log | what, with one thread | time | a second | output a second | memory |", "|---|---|---:|---:|---:|---:|"]
    lines += ["| %s |" % " | ".join(row) for row in rows(text)]
    lines += ["", "- The machine: %s." % text.partition("\n")[0]]
    lines += ["- Beside `%s`, which prints the same tasks: %s times as fast (%s)." % (command, times, LOGS.get(name, name))
              for name, command, times in BESIDE.findall(text)]
    lines += ["- From the start to the first line: %s ms." % ms for ms in START.findall(text)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with open(RUN, encoding="utf-8") as file:
        print(table(file.read()), end="")
