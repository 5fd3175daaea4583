"""Proves that the README's list of releases and machines is what the catalog says (--accept writes it there), and that
each file that a document names exists. Where jq is installed, the README's command that lists tasks by CPU time lists
those that the rule in words means.
"""

import json
import os
import re
import shutil
import sys
import textwrap

from lib import harness

README = os.path.join(harness.ROOT, "README.md")
BEGIN = "<!-- releases: written by tests/readme.py --accept -->\n"
OF_UPSTREAM = {"atopdump.py", "rawlog.c", "version.c", "version.h"}     # files that documents name, and that are not here
END = "<!-- end of releases -->\n"


def table(listing):
    """The releases and the machines of atopdump list, as Markdown."""
    rows, models = listing.split("\n\n")[:2]
    known = [line.split()[0] for line in models.splitlines()]
    releases, covers = {}, []
    for line in rows.splitlines()[1:]:
        cells = line.split(None, 2)
        if cells[0] not in releases:
            covers.append(line.rsplit("  ", 1)[1])
        releases.setdefault(cells[0], []).append(cells[1])
    lines = textwrap.wrap("atop " + ", ".join(covers) + "; each in little- and big-endian, of every data model:", 120)
    lines += ["", "| data model | machines |", "|---|---|"]
    lines += ["| %s | %s |" % (line.split()[0], ", ".join(line.split()[1:])) for line in models.splitlines()]
    lines += ["\n%s: only %s." % (release, ", ".join(found)) for release, found in releases.items() if found != known]
    return "\n".join(lines) + "\n"


def busy_tasks(lines):
    """Tasks that used more than a second of CPU time since the sample before, as the command prints them."""
    hertz, found = None, []
    for line in map(json.loads, lines):
        hertz = line.get("rawheader", {}).get("hertz", hertz)
        task = line.get("tstat")
        if task and not line.get("since_boot") and task["cpu"]["utime"] + task["cpu"]["stime"] > hertz:
            found.append("%s\t%d\t%s" % (line["time"], task["gen"]["pid"], task["gen"]["name"]))
    return found


def check_example(suite, text):
    """The command as it stands in the README, over every log that it is meant for, and over all of them at once."""
    if shutil.which("jq") is None:
        print("jq is not installed: the README's command is not run")
        return
    command = re.search(r"^(build/atopdump[^\n]*foreach.*?)\n```", text, re.M | re.S).group(1)
    command = command.replace("build/atopdump", suite.program(), 1)
    everything = 0
    for path in suite.examples():
        lines = harness.run([suite.program(), "--tables=rawheader,tstat", path]).out.splitlines()
        shown = harness.run(["sh", "-c", command.replace(" LOG ", " '%s' " % path)])
        expected = busy_tasks(lines)
        everything += len(expected)
        suite.equal((0, expected), (shown.status, shown.out.decode().splitlines()),
                    "%s: tasks above a second of CPU time" % os.path.basename(path))
    suite.check(everything > 0, "the logs have such tasks", "some", everything)


def named_files(text):
    """The words in backquotes that look like files or folders of the project."""
    for word in re.findall(r"`([^`\s]+)`", text):
        if re.fullmatch(r"[a-z_0-9-]+(/[a-z_0-9.-]+)+/?|[a-z_0-9-]+\.(?:c|h|py|sh)", word) and not word.startswith("build/"):
            yield word


def check_paths(suite):
    """Each file that a document names exists: from the root, the document's folder, or a wing of the runtime."""
    files = list(harness.project_files())
    known = set(map(os.path.basename, files)) | OF_UPSTREAM
    found = 0
    for name in files:
        if not name.endswith(".md") or name == "CHANGELOG.md":
            continue
        with open(os.path.join(harness.ROOT, name), encoding="utf-8") as file:
            words = sorted(set(named_files(file.read())))
        roots = ("", os.path.dirname(name), "runtime", "runtime/rawlog", "generator", "tests")
        missing = [word for word in words if word not in known and not any(
            os.path.exists(os.path.join(harness.ROOT, root, word + ending))
            for root in roots for ending in ("", ".c", ".h", ".py"))]
        suite.equal([], missing, "%s names files that exist" % name)
        found += len(words)
    suite.check(found > 100, "documents name files", "more than 100", found)


def check_questions(suite, text):
    """The README's questions have answers, each with a file."""
    rows = re.findall(r"^\| ([^|]*\?) \| (.*) \|$", text, re.M)
    suite.check(len(rows) >= 10, "there are questions", "ten or more", len(rows))
    for question, answer in rows:
        suite.check(list(named_files(answer)), question, "a file", answer)


def main():
    accept = "--accept" in sys.argv
    if accept:
        sys.argv.remove("--accept")
    suite = harness.Suite(__doc__)
    result = harness.run([suite.program(), "list"])
    with open(README, encoding="utf-8") as file:
        text = file.read()
    before, _, rest = text.partition(BEGIN)
    inside, _, after = rest.partition(END)
    wanted = table(result.out.decode())
    if accept and inside != wanted:
        with open(README, "w", encoding="utf-8") as file:
            file.write(before + BEGIN + wanted + END + after)
        inside = wanted
    suite.equal(wanted, inside, "the table in README.md", "python3 tests/readme.py --accept")
    check_example(suite, text)
    check_paths(suite)
    check_questions(suite, text)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
