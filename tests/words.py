"""Proves that comments, documents and messages use plain technical English: no file has a word or phrase that tests/words.txt
lists, with what to write instead.
"""

import os
import re
import sys

from lib import harness

LIST = os.path.join(harness.TESTS, "words.txt")
# Texts of others, or quoted from them: the licence, and the change log of releases that are out.
LEFT_OUT = re.compile(r"LICENSE$|tests/words\.txt$|.*\.(raw|log|gz|bin)$|tests/.*/(golden|corpus|labels|meanings)/")
KINDS = (".c", ".h", ".py", ".sh", ".md", ".yaml", ".txt", ".mk", "Makefile", "run", ".map", ".in")


def needed(expression):
    """Words in lower case of which a text must have one, or no match of the expression is in it."""
    text = re.sub(r"\(\?<?[!=][^()]*\)|\[[^]]*\]", ".", expression)      # what looks around, and sets, need not be there
    text = re.sub(r"\(([^()]|\([^()]*\))*\)[?*]?", ".", text)             # nor what is in brackets
    words = [re.findall(r"[a-z]{3,}", re.sub(r"\\.|\w[?*]", ".", branch)) for branch in text.split("|")]
    return [max(found, key=len) for found in words] if all(words) else [""]


def phrases():
    """(compiled expression, advice, words needed) of each line of the list."""
    found = []
    with open(LIST, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                expression, _, advice = line.rstrip("\n").partition("\t")
                found.append((re.compile(expression, re.I | re.M), advice, needed(expression)))
    return found


def texts():
    """Names of the files that people wrote or read, from the root."""
    return [name for name in harness.project_files() if name.endswith(KINDS) and not LEFT_OUT.match(name)]


def prose(name, text):
    """What is checked of a file: all of it, with the line breaks of a comment or paragraph as blanks, so that a phrase that
    is broken over two lines is seen; places stay where they are."""
    if name.endswith((".c", ".h")):
        return re.sub(r"\n[\t ]*\* ", lambda match: " " * len(match.group(0)), text)
    return text


def check_file(suite, name, list_of_phrases):
    with open(os.path.join(harness.ROOT, name), encoding="utf-8", errors="replace") as file:
        text = file.read()
    looked = prose(name, text)
    lower = looked.lower()
    found = ["%s:%d: '%s': %s" % (name, text.count("\n", 0, match.start()) + 1,
                                  re.sub(r"\s+", " ", match.group(0).strip()), advice)
             for expression, advice, words in list_of_phrases if any(word in lower for word in words)
             for match in expression.finditer(looked)]
    for line in found:
        print(line)
    suite.check(not found, "words of " + name, "none of tests/words.txt", "%d" % len(found))


def main():
    suite = harness.Suite(__doc__)
    list_of_phrases = phrases()
    suite.check(len(list_of_phrases) > 20, "there is a list", "more than 20", len(list_of_phrases))
    names = texts()
    suite.check(len(names) > 200, "there are texts", "more than 200", len(names))
    for name in names:
        check_file(suite, name, list_of_phrases)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
