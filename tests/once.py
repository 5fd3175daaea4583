"""Proves that generated code has no duplicates: no two definitions have the same host struct and the same functions under
other names, and no function is defined twice."""

import collections
import glob
import os
import re
import sys

from lib import harness

STRUCT = re.compile(r"^struct (atop_\w+) \{\n(.*?)\n\};", re.S | re.M)
FUNCTION = re.compile(r"^(?!typedef)[\w *]+\n(\w+)\([^)]*\)\n\{\n(.*?)\n\}\n", re.S | re.M)
PARTS = ("_body", "_decode", "_json", "_json_out")

# Both print alike, but tell by other flags when `dsk` is measured: conditions are compared as they are written.
OTHER_CONDITIONS = [["atop_2_2_3_tstat", "atop_2_2_tstat"]]


def generated():
    for path in sorted(glob.glob(os.path.join(harness.ROOT, "generated", "**", "*.[ch]"), recursive=True)):
        yield harness.read(path).decode()


def main():
    suite = harness.Suite(__doc__)
    structs, functions = {}, collections.Counter()
    bodies = {}
    for text in generated():
        structs.update(STRUCT.findall(text))
        for name, body in FUNCTION.findall(text):
            functions[name] += 1
            bodies[name] = body
    suite.check(len(structs) > 10, "there are host structs", "some", len(structs))
    for name, count in sorted(functions.items()):
        suite.equal(1, count, "definitions of %s" % name)
    alike = collections.defaultdict(list)
    for name, body in structs.items():
        members = re.sub(r"/\*.*?\*/\s*", "", body, flags=re.S)
        code = tuple(bodies.get(name + part, "").replace(name, "") for part in PARTS)
        alike[members, code].append(name)
    for names in sorted(alike.values()):
        suite.check(len(names) == 1 or sorted(names) in OTHER_CONDITIONS, "a definition of its own: %s" % names[0], "once", ", ".join(names))
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
