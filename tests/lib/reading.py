"""Owns the comparison of the tables of some logs with their nested JSON: runs the program in each form.

Not a test. lib/tables.py has the rows that follow from the JSON, and the readers of the forms.
"""

import os

from lib import contract, harness, tables


class Reading:
    """Some logs as JSON, and the rows that follow from it. Checks are (good, what, expected, got, command)."""

    def __init__(self, program, schema, words, paths, indices=None):
        self.program, self.schema, self.words, self.paths = program, schema, words, paths
        self.what = " ".join([*words, *map(os.path.basename, paths)])
        self.json = self.run()
        lines = [contract.parse(line) for line in self.json.out.decode("utf-8").splitlines()]
        self.rows = list(tables.Rows(schema, paths[0], indices, "--time=epoch" in words).of(lines))

    def run(self, *more):
        return harness.run([self.program, *self.words, *more, *self.paths])

    def check_database(self, path):
        """All tables as a database at `path`, which is removed afterwards."""
        argv = ["--format=sqlite", "--force", "--output=" + path]
        result, wanted = self.run(*argv), (self.json.status, b"", self.json.err)
        wrong = None if tuple(result) == wanted else tuple(result)
        if os.path.exists(path):
            wrong = wrong or tables.difference_database(self.schema, self.rows, path)
            os.unlink(path)
        expected = "the cells of the JSON, its status and messages"
        return wrong is None, self.what + ": a database", expected, wrong, self.again(*argv)

    def again(self, *more):
        return harness.shell([self.program, *self.words, *more, *self.paths])

    def of(self, table):
        return [row for name, row in self.rows if name == table]

    def checks(self, folder):
        """Both forms; `folder` is made."""
        yield self.check_rows()
        argv = ["--format=csv", "--output=" + folder]
        result, wanted = self.run(*argv), (self.json.status, b"", self.json.err)
        yield (tuple(result) == wanted, self.what + ": status, output and messages of CSV", wanted, tuple(result), self.again(*argv))
        files, wanted = sorted(os.listdir(folder)), sorted(name + ".csv" for name in self.schema.tables)
        yield files == wanted, self.what + ": files in the folder", wanted, files, self.again(*argv)
        for table in self.schema.tables:
            yield self.check_table(table, harness.read(os.path.join(folder, table + ".csv")))

    def check_rows(self):
        result = self.run("--format=rows")
        wrong = tables.difference_rows(self.schema, self.rows, result.out)
        return (wrong is None and (result.status, result.err) == (self.json.status, self.json.err), self.what + ": rows",
                "the rows of the JSON, and its status", (wrong, result.status, result.err), self.again("--format=rows"))

    def check_table(self, table, data=None):
        """A table as CSV; what is not given is read from standard output."""
        argv = ["--format=csv", "--tables=" + table]
        wrong = tables.difference_csv(self.schema.tables[table], self.of(table), data or self.run(*argv).out)
        return wrong is None, "%s: %s as CSV" % (self.what, table), "the cells of the JSON", wrong, self.again(*argv)
