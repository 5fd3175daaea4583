"""Proves that the README's table of releases and machines is what the catalog says; --accept writes it there."""

import os
import sys

import harness

README = os.path.join(harness.ROOT, "README.md")
BEGIN = "<!-- releases: written by tests/readme.py --accept -->\n"
END = "<!-- end of releases -->\n"


def table(listing):
    """The releases and the machines of atopdump --list, as Markdown."""
    rows, models = listing.split("\n\n")[:2]
    releases, covers = {}, {}
    for line in rows.splitlines()[1:]:
        cells = line.split(None, 2)
        releases.setdefault(cells[0], []).append(cells[1])
        covers[cells[0]] = line.rsplit("  ", 1)[1]
    lines = ["| release | logs of atop | data models |", "|---|---|---|"]
    lines += ["| %s | %s | %s |" % (release, covers[release], ", ".join(found))
              for release, found in releases.items()]
    lines += ["", "| data model | machines |", "|---|---|"]
    lines += ["| %s | %s |" % (line.split()[0], ", ".join(line.split()[1:])) for line in models.splitlines()]
    return "\n".join(lines) + "\n"


def main():
    accept = "--accept" in sys.argv
    if accept:
        sys.argv.remove("--accept")
    suite = harness.Suite(__doc__)
    result = harness.run([suite.program(), "--list"])
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
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
