"""Proves that the list of releases in docs/releases.md is what the catalog says, that of columns in docs/fields.md what the
schemas say, and that of speed in BENCHMARKS.md what the kept run of make bench says (--accept writes all three); that each
file that a document names or links to exists, and that the README leads to every page of docs/.
"""

import glob
import os
import re
import sys
import textwrap

from lib import harness

RELEASES = os.path.join(harness.ROOT, "docs", "releases.md")
BENCHMARKS = os.path.join(harness.ROOT, "BENCHMARKS.md")
MAP = os.path.join(harness.ROOT, "docs", "map.md")
FIELDS = os.path.join(harness.ROOT, "docs", "fields.md")
BEGIN = "<!-- %s: written by tests/readme.py --accept -->\n"
END = "<!-- end of %s -->\n"
OF_UPSTREAM = {"atopdump.py", "rawlog.c", "version.c", "version.h"}     # files that documents name, and that are not here


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


def check_written(suite, path, name, wanted):
    """The part of a page that is written here; with --accept it is."""
    before, _, rest = read_text(path).partition(BEGIN % name)
    inside, _, after = rest.partition(END % name)
    if suite.options.accept and inside != wanted:
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + BEGIN % name + wanted + END % name + after)
        inside = wanted
    suite.equal(wanted, inside, "%s in %s" % (name, os.path.relpath(path, harness.ROOT)), "python3 tests/readme.py --accept")


def columns(suite):
    """The columns of all tables, as Markdown."""
    schemas = sorted(glob.glob(os.path.join(harness.ROOT, "schemas", "atop-*.yaml")))
    result = harness.run([suite.program("atopgen"), "fields", *schemas])
    suite.equal((0, b""), (result.status, result.err), "atopgen fields")
    return result.out.decode()


def table_of_run(suite):
    """The table of speed, of the kept run of make bench."""
    result = harness.run([sys.executable, os.path.join(harness.TESTS, "bench", "table.py")])
    suite.equal((0, b""), (result.status, result.err), "bench/table.py")
    suite.check(result.out.count(b"tasks to JSON") > 1, "the table of speed", "rows", result.out)
    return result.out.decode()


def main():
    suite = harness.Suite(__doc__, accept="write the parts of pages that are made")
    check_written(suite, RELEASES, "releases", table(harness.run([suite.program(), "list"]).out.decode()))
    check_written(suite, FIELDS, "columns", columns(suite))
    check_written(suite, BENCHMARKS, "speed", table_of_run(suite))
    check_paths(suite)
    check_links(suite)
    check_questions(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
