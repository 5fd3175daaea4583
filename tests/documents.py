"""Proves that each command in the pages of the root and of docs/ prints what stands below it, in a copy of the tree (--accept
writes what is printed into the pages). A fence of commands is of the kind "console", or the paragraph above it says that it
is not run by the tests.
"""

import contextlib
import glob
import os
import re
import shutil
import sys

from lib import console, harness, libraries

# Programs that a document may use, which are not installed everywhere.
TOOLS = ("jq", "sqlite3", "mlr", "gnuplot", "parallel", "node")
PACKAGES = ("@duckdb/node-api",)        # of node, from build/npm
# A name that a command gives to what it makes.
MADE = re.compile(r"(?:--output[= ]|-o |--partition[= ]|--manifest[= ]|mkdir (?:-p )?|> ?)([\w./-]*[A-Za-z][\w./-]*)")
MODULES = os.path.join(harness.ROOT, "build", "npm", "node_modules")


def documents():
    return sorted(glob.glob(os.path.join(harness.ROOT, "*.md"))) + sorted(glob.glob(os.path.join(harness.ROOT, "docs", "*.md")))


def copy_tree(suite, name):
    """
    A copy of the tree without what was built and without the tests, for the commands of one document: what they write, they find
    again. Files that come and go meanwhile, because other programs work in the tree, are not copied.
    """
    folder = suite.path(name)
    for path in harness.project_files():
        if path.partition(os.sep)[0] != "tests":
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(os.path.join(harness.ROOT, path), target, follow_symlinks=False)
    return folder


def missing_tools(suite, text):
    """What the commands need and is not here: tools, packages, libraries that the program was built without."""
    tools = [tool for tool in TOOLS if re.search(r"\b%s " % tool, text) and shutil.which(tool) is None]
    tools += libraries.missing(suite.program(), text)
    return tools + [name for name in PACKAGES if name in text and not os.path.isdir(os.path.join(MODULES, name))]


def check_step(suite, place, step, result, is_status_shown):
    """Compares one command's output with the document. The lines that the document should show."""
    lines, status = result
    again = "python3 %s --accept, if it is right" % suite.script
    suite.check(status == 0 or is_status_shown, "%s: %s" % (place, step.command), "status 0, or 'echo $?' below", status)
    if suite.check(console.agrees(step.shown, lines), "%s: %s" % (place, step.command), "\n".join(step.shown),
                   "\n".join(lines), again):
        return step.shown
    return console.shortened(step.shown, lines)


def check_fence(suite, place, fence, folder, unmade):
    """Runs one session. Its text as it should be; None if it is not run here, and `unmade` gets the names of what it would make."""
    try:
        steps = console.steps(fence.text)
    except ValueError as error:
        suite.check(False, place, "commands after '$ ', with their output", error)
        return None
    text = "\n".join(step.command for step in steps)
    missing = missing_tools(suite, text) + [name for name in sorted(unmade) if re.search(r"(?<![\w.-])%s(?![\w.-])" % re.escape(name), text)]
    if missing:
        unmade |= set(MADE.findall(text)) - {"/dev/null"}
        print("%s is not run: there is no %s" % (place, ", ".join(missing)))
        return None
    results = console.run([step.command for step in steps], folder, suite.build, MODULES)
    if not suite.equal(len(steps), len(results), place + ": commands that ended"):
        return None
    followers = [step.command for step in steps[1:]] + [""]
    shown = [check_step(suite, place, step, result, follower == "echo $?")
             for step, result, follower in zip(steps, results, followers)]
    return console.written(steps, shown)


def check_document(suite, path):
    """Runs a document's sessions, in order, in one copy of the tree. Its text as it should be, and how many were run."""
    name = os.path.relpath(path, harness.ROOT)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if not any(fence.kind in console.COMMANDS for fence in console.fences(text)):
        return text, text, 0
    folder, count, shift, new, unmade = copy_tree(suite, os.path.basename(name)), 0, 0, text, set()
    for fence in console.fences(text):
        place = "%s:%d" % (name, fence.line)
        if fence.kind not in console.COMMANDS or console.is_left_out(fence):
            continue
        if not suite.equal("console", fence.kind, place + ": a fence of commands that is run"):
            continue
        wanted = check_fence(suite, place, fence, folder, unmade)
        if wanted is not None:
            count += 1
            start = fence.start + shift
            new = new[:start] + wanted + new[start + len(fence.text):]
            shift += len(wanted) - len(fence.text)
    shutil.rmtree(folder)
    return text, new, count


def check_reader(suite):
    """The comparison itself: what agrees, and what does not."""
    for shown, printed, good in ((["a", "...", "d"], ["a", "b", "c", "d"], True), (["a", "...", "d"], ["a", "d"], True),
                                 (["a", "..."], ["b"], False), (["a … c"], ["a b c"], True), (["a … c"], ["a b d"], False),
                                 (["a.c"], ["abc"], False), ([], ["a"], False), (["a"], [], False)):
        suite.equal(good, console.agrees(shown, printed), "%r stands for %r" % (shown, printed))
    found = console.steps("$ echo 'a\nb'\na\nb\n$ printf x |\n  cat\nx\n$ cat <<'END'\ny\nEND\ny\n")
    suite.equal([("echo 'a\nb'", ["a", "b"]), ("printf x |\n  cat", ["x"]), ("cat <<'END'\ny\nEND", ["y"])],
                [tuple(step) for step in found], "commands of several lines")
    suite.equal([(["a", "b"], 0), (["x"], 0), (["3"], 0)], console.run(["echo 'a\nb'", "printf x; v=3", "echo $v"], suite.folder, ".", "."),
                "a session is one shell")
    suite.equal(["1", "...", "5"], console.shortened(["a", "...", "b"], ["1", "2", "3", "4", "5"]), "new output stays as short")


def main():
    suite = harness.Suite(__doc__, folder=harness.folder_in_memory(), accept="write what the commands print into the documents")
    suite.program()
    check_reader(suite)
    total = 0
    for path in documents():
        before, after, count = check_document(suite, path)
        total += count
        if suite.options.accept and before != after:
            with open(path, "w", encoding="utf-8") as file:
                file.write(after)
            print("wrote " + os.path.relpath(path, harness.ROOT))
    suite.check(total > 0, "sessions that were run", "some", total)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
