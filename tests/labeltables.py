"""Proves that schemas/labels says of each release what tests/data/labels/tables says of upstream's source: labels, their order and
lines, and the name, separator, format and expression of each column, as upstream prints it; and that exactly the columns of
defects.tsv are printed in another way by default.
"""

import os
import sys

from lib import facts, harness, labelfiles

MODES = {"parseable": "P", "json": "J"}


def releases():
    """The releases of schemas, oldest first."""
    tables = facts.load_tables()
    return sorted({table.release for table in tables}, key=lambda name: next(t.version for t in tables if t.release == name))


class Ranges:
    """Whether something with `from` and `to` is in a release."""

    def __init__(self, names):
        self.place = {name: place for place, name in enumerate(names)}

    def holds(self, row, release):
        first, last = row.get("from") or "", row.get("to") or ""
        return (not first or self.place[first] <= self.place[release]) and \
            (not last or self.place[release] <= self.place[last])


def squeezed(expression):
    return (expression or "").replace(" ", "")


def column_of_file(column):
    """(name, separator, format, expression) as upstream prints the column."""
    values = column.get("values")
    value = " ; ".join(values) if values else column.get("value")
    return (column["name"], column.get("separator", ""), column.get("compat_format", column["format"]),
            squeezed(column.get("compat", value)))


def lines_of_file(label, ranges, release):
    """[(mode, JSON key, form, array, when, if, columns)] of a label's file."""
    return [(MODES[line["as"]], line.get("key", ""), line.get("form", ""), line.get("each", ""), line.get("when", ""),
             squeezed(line.get("if")), [column_of_file(column) for column in line["columns"] if ranges.holds(column, release)])
            for line in label["lines"] if ranges.holds(line, release)]


def lines_of_table(rows, ranges, release):
    """The same of the rows of labels.tsv that the label has."""
    made = []
    for row in rows:
        if ranges.holds(row, release):
            form, _, key = row["json"].partition(":")
            columns = [column for column in labelfiles.table(row["file"])
                       if (column["mode"], column["row"]) == (row["mode"], row["row"]) and ranges.holds(column, release)]
            columns.sort(key=lambda column: int(column["col"]))
            made.append((row["mode"], key, form, row["each"], row["when"], squeezed(row["if"]),
                         [(column["key"], column["sep"], column["format"], squeezed(column["expr"])) for column in columns]))
    return made


def check_labels(suite, labels, ranges):
    rows = labelfiles.table("labels.tsv")
    suite.equal([(name, order) for name, order in dict((row["label"], row["order"]) for row in rows).items()],
                [(label["label"], label["order"]) for label in labels], "labels in their order")
    for label in labels:
        own = [row for row in rows if row["label"] == label["label"]]
        path = os.path.join(labelfiles.FOLDER, own[0]["file"].replace(".tsv", ".yaml"))
        suite.check(os.path.exists(path), label["label"], path, "no such file")
        for release in ranges.place:
            suite.equal(lines_of_table(own, ranges, release), lines_of_file(label, ranges, release),
                        "%s of %s" % (label["label"], release))


def check_defects(suite, labels, common):
    """The columns that print something else without --compat."""
    rows, found = labelfiles.table("labels.tsv"), []
    divisor = "(%s)" % next(row["value"] for row in common["names"] if row["name"] == "gpusamples")
    for label in labels:
        templates = [row for row in rows if row["label"] == label["label"]]
        for line, row in zip(label["lines"], templates):
            found += [[row["label"], row["mode"], row["row"], column["name"], column.get("from", row["from"]),
                       column.get("to", row["to"]), column["format"], squeezed(column["value"]).replace("gpusamples", squeezed(divisor))]
                      for column in line["columns"] if "compat" in column or "compat_format" in column]
    suite.equal([list(row.values())[:-1] + [squeezed(row["expr"])] for row in labelfiles.table("defects.tsv")], found,
                "columns that differ by default")


def check_common(suite, common, ranges):
    """Arrays and named expressions. Names that no table has serve what is printed without --compat."""
    named = labelfiles.table("names.tsv")
    counted = ("tasks", "cgroups")      # their schemas say how many there are
    for release in ranges.place:
        arrays = [(row["name"], row["of"], row.get("count", ""), row.get("until", ""), row.get("if", ""))
                  for row in common["arrays"] if ranges.holds(row, release)]
        wanted = [(row["name"], row["path"], row["count"] if row["name"] not in counted else "", row["until"], row["if"])
                  for row in labelfiles.table("arrays.tsv") if ranges.holds(row, release)]
        suite.equal(wanted, [row for row in arrays if row[0] in {name for name, *_ in wanted}], "arrays of " + release)
        names = {row["name"] for row in named if ranges.holds(row, release)}
        suite.equal([(row["name"], squeezed(row["expr"])) for row in named if row["name"] in names and ranges.holds(row, release)],
                    [(row["name"], squeezed(row["value"])) for row in common["names"]
                     if row["name"] in names and ranges.holds(row, release)], "named expressions of " + release)


def main():
    suite = harness.Suite(__doc__)
    labels, common = labelfiles.load_labels()
    ranges = Ranges(releases())
    check_labels(suite, labels, ranges)
    check_common(suite, common, ranges)
    check_defects(suite, labels, common)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
