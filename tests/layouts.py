"""Proves that the generator computes every offset correctly: compares `atopgen layout` with the measured fact tables.

Every schema that has tables is compared in all data models, row by row, both ways; a table without a schema,
a schema without tables, and a release that lacks the table of a data model are failures.
"""

import glob
import os
import re
import sys

from lib import facts, harness

SCHEMAS = os.path.join(harness.ROOT, "schemas")
COLUMNS = ["offset", "type", "dims", "unit", "kind", "size", "strides"]


def parse_layout(text, model):
    """{struct: {path with []: (offset, C type if no struct, elemsize, dims, strides)}} of `atopgen layout --model`; holes
    left out."""
    structs, rows = {}, None
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        cells = re.split(r" {2,}", line.strip())
        if cells[0].startswith("struct "):
            if cells[1:] != [model] + COLUMNS[1:]:
                raise ValueError("columns are %s" % cells)
            rows = structs.setdefault(cells[0].split()[1], {})
            continue
        path, offset, ctype, dims, _, _, size, strides = cells
        if not path.endswith("(hole)"):
            ctype = "" if path == "(total)" or ctype.startswith("struct ") else ctype
            rows[path] = (int(offset), ctype, int(size), dims.replace("-", ""), strides.replace("-", ""))
    return structs


def wanted(table):
    """The same from the fact table, of the structs that stand in a file by themselves."""
    structs = {}
    for row in table.rows:
        if row["struct"] == "utsname":
            continue
        rows = structs.setdefault(row["struct"], {})
        size = int(row["elemsize"])
        if row["kind"] == "total":
            rows["(total)"] = (size, "", size, "", "")
        elif row["dims"] != "0":            # a flexible array is not part of the struct
            ctype = row["ctype"] if row["kind"] == "leaf" else ""
            rows[row["path"]] = (int(row["offset"]), ctype, size, row["dims"], row["strides"])
    return structs


# A struct that the schemas give a name and upstream, which writes a plain array there, does not.
NAMELESS = {"cgpid"}


def compare(suite, generator, table, schema):
    argv = [generator, "layout", schema, "--model", table.model]
    again = harness.shell(argv)
    result = harness.run(argv)
    if not suite.check(result.status == 0, "layout of %s" % table, "exit 0",
                       "exit %d, %r" % (result.status, result.err), again):
        return
    got, want = parse_layout(result.out.decode(), table.model), wanted(table)
    suite.equal(sorted(want), sorted(set(got) - NAMELESS), "structs of %s" % table, again)
    for struct, rows in want.items():
        found = got.get(struct, {})
        for path, row in rows.items():
            suite.check(found.get(path) == row, "%s: %s %s (offset, type, size, dims, strides)" % (table, struct,
                                                                                             path), row,
                        found.get(path), again)
        suite.equal([], sorted(set(found) - set(rows)), "%s: members of %s that atop has not" % (table,
                                                                                                 struct),
                    again)


def models():
    """The data models that abi.yaml lists."""
    with open(os.path.join(SCHEMAS, "abi.yaml"), encoding="utf-8") as file:
        text = file.read().split("types:")[0]
    return sorted(re.findall(r"\{name: ([\w-]+),", text))


def main():
    suite = harness.Suite(__doc__)
    generator = suite.program("atopgen")
    tables = facts.load_tables()
    schemas = {os.path.basename(path)[len("atop-"):-len(".yaml")]: path
               for path in glob.glob(os.path.join(SCHEMAS, "atop-*.yaml"))}
    suite.equal(sorted({table.release for table in tables}), sorted(schemas),
                "a schema for each table and a table for each")
    for release in sorted(schemas):
        suite.equal(models(), sorted(table.model for table in tables if table.release == release),
                    "data models that %s has tables of" % release)
    for table in tables:
        if table.release in schemas:
            compare(suite, generator, table, schemas[table.release])
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
