"""Which of its optional libraries the program under test has, and what that changes in its messages."""

import functools

from lib import harness

# Words of commands that need a library, by the library's name in --version.
WORDS = {"SQLite": ("--format=sqlite",), "nettle": ("--partition", "--manifest", "verify ")}


@functools.lru_cache(maxsize=None)
def version(program):
    return harness.run([program, "--version"]).out.decode()


def has(program, name):
    """Whether the program has the library, and can load it."""
    said = version(program)
    return name in said and "no %s" % name not in said


def has_or_says(program, name, what):
    """The same; says what is not tested if it has not."""
    if has(program, name):
        return True
    print("not tested: %s (this build is without %s)" % (what, name))
    return False


def missing(program, command):
    """The libraries that the command needs and the program lacks."""
    return [name for name, words in WORDS.items() if not has(program, name) and any(word in command for word in words)]


def formats_listed(program, text):
    """A message that lists formats, with those that the program has."""
    return text if has(program, "SQLite") else text.replace("rows, csv, sqlite, avro", "rows, csv, avro")
