"""Proves that the percentages in docs/recipes.md are those that atop itself shows for the same log: the printed tables, which
documents.py compares with what the commands print, beside kept lines of atop's own screens (data/screens/).
"""

import os
import re
import sys

from lib import console, harness

RECIPES = os.path.join(harness.ROOT, "docs", "recipes.md")
SCREENS = os.path.join(harness.DATA, "screens", "atop-2.8.1.txt")   # atop -r of Debian's 2.8.1-1+deb12u1

ROUNDED = 0.551     # between a figure with one decimal and the same in whole percent


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def screens():
    """(time, its lines) of each sample that is not since boot."""
    for text in read_text(SCREENS).split("ATOP - ")[2:]:
        day, time = re.search(r"(\d+/\d\d/\d\d) +(\d\d:\d\d:\d\d)", text).groups()
        yield "%sT%sZ" % (day.replace("/", "-"), time), text


def shown(line, word):
    """The number behind a word in a line of labels: "user 160%"."""
    return float(re.search(r"\b%s +([\d.]+)" % word, line).group(1))


def recipe(heading):
    """The words of each line that the first command below a heading prints that begins with a time."""
    section = read_text(RECIPES).partition("\n## %s\n" % heading)[2].partition("\n## ")[0]
    for fence in console.fences(section):
        for step in console.steps(fence.text) if fence.kind == "console" else ():
            rows = [line.split() for line in step.shown if re.match(r"\d{4}-\d\d-\d\dT", line)]
            if rows:
                return rows
    return []


def check_near(suite, what, ours, theirs, within):
    suite.check(abs(ours - theirs) <= within, what, theirs, ours)


def check_machine(suite, screen):
    for time, sys_, user, irq, idle, wait in recipe("CPU percent of the machine"):
        line = re.search(r"^CPU .*", screen[time], re.M).group(0)
        for word, ours in zip(("sys", "user", "irq", "idle", "wait"), (sys_, user, irq, idle, wait)):
            check_near(suite, "%s at %s" % (word, time), float(ours), shown(line, word), ROUNDED)


def check_processes(suite, screen):
    rows = recipe("CPU percent of processes")
    for time, pid, name, percent in rows:
        theirs = re.search(r"^ +%s .* (\d+)%% " % pid, screen[time], re.M)
        what = "percent of %s (%s) at %s" % (name, pid, time)
        if suite.check(theirs, what, "a line of a screen", "none"):
            check_near(suite, what, float(percent), float(theirs.group(1)), ROUNDED)
    for time in {row[0] for row in rows}:
        busy = re.findall(r"^ +(\d+) .* (?:[2-9]|\d\d+)% ", screen[time], re.M)
        suite.equal(set(), set(busy) - {row[1] for row in rows if row[0] == time}, "processes with 2 percent left out at " + time)


def check_disk(suite, screen):
    for time, _, busy, requests, each, *_ in recipe("Disk: busy, rate, time for each request"):
        line = re.search(r"^DSK .*", screen[time], re.M).group(0)
        check_near(suite, "busy at " + time, float(busy), shown(line, "busy"), ROUNDED)
        check_near(suite, "requests at " + time, float(requests), shown(line, "read") + shown(line, "write"), 0)
        check_near(suite, "ms of a request at " + time, float(each), shown(line, "avio"), 0.011)


def check_rest(suite, screen):
    for row in recipe("Network: kilobits a second"):
        line = re.search(r"^NET \| lo .*", screen[row[0]], re.M).group(0)
        check_near(suite, "lo at " + row[0], float(row[5]), shown(line, "si"), 1)
    for time, *numbers in recipe("Pressure in percent"):
        line = re.search(r"^PSI .*", screen[time], re.M).group(0)
        for word, ours in zip(("cpusome", "memsome", "iosome", "iofull"), numbers):
            check_near(suite, "%s at %s" % (word, time), float(ours), shown(line, word), 0)


def main():
    suite = harness.Suite(__doc__)
    screen = dict(screens())
    suite.equal(5, len(screen), "samples on screens")
    for check in (check_machine, check_processes, check_disk, check_rest):
        before = suite.passed + suite.failed
        check(suite, screen)
        suite.check(suite.passed + suite.failed > before, check.__name__, "figures", "none")
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
