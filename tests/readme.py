"""Proves that the list of releases and machines in docs/releases.md is what the catalog says (--accept writes it there), that
each file that a document names or links to exists, and that the README and docs/ reach each other.
"""

import os
import re
import sys
import textwrap

from lib import harness

RELEASES = os.path.join(harness.ROOT, "docs", "releases.md")
MAP = os.path.join(harness.ROOT, "docs", "map.md")
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


def anchors(text):
    """The places in a page that a link can name, as GitHub makes them of headings."""
    for heading in re.findall(r"^#+ (.*)$", text, re.M):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_links(suite):
    """Each link of a page leads to a file, and to a heading in it; each page of docs/ is reached from the README."""
    reached = set()
    for name in sorted(name for name in harness.project_files() if name.endswith(".md")):
        path = os.path.join(harness.ROOT, name)
        for target in re.findall(r"\]\(([^)\s]+)\)", read_text(path)):
            place, _, anchor = target.partition("#")
            if "://" in target:
                continue
            to = os.path.normpath(os.path.join(os.path.dirname(path), place)) if place else path
            good = os.path.exists(to) and (not anchor or anchor in anchors(read_text(to)))
            suite.check(good, "%s links to %s" % (name, target), "a file and a heading in it", "none")
            if name == "README.md":
                reached.add(os.path.relpath(to, harness.ROOT))
    pages = {"docs/" + name for name in os.listdir(os.path.join(harness.ROOT, "docs")) if name.endswith(".md")}
    suite.equal(set(), pages - reached, "pages of docs/ that the README does not link to")


def check_questions(suite):
    """The questions of the map have answers, each with a file."""
    rows = re.findall(r"^\| ([^|]*\?) \| (.*) \|$", read_text(MAP), re.M)
    suite.check(len(rows) >= 10, "there are questions", "ten or more", len(rows))
    for question, answer in rows:
        suite.check(list(named_files(answer)), question, "a file", answer)


def main():
    accept = "--accept" in sys.argv
    if accept:
        sys.argv.remove("--accept")
    suite = harness.Suite(__doc__)
    result = harness.run([suite.program(), "list"])
    before, _, rest = read_text(RELEASES).partition(BEGIN)
    inside, _, after = rest.partition(END)
    wanted = table(result.out.decode())
    if accept and inside != wanted:
        with open(RELEASES, "w", encoding="utf-8") as file:
            file.write(before + BEGIN + wanted + END + after)
        inside = wanted
    suite.equal(wanted, inside, "the table in docs/releases.md", "python3 tests/readme.py --accept")
    check_paths(suite)
    check_links(suite)
    check_questions(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
