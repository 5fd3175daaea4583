"""Console sessions in documents: fences of kind "console" whose lines "$ COMMAND" are followed by what the command prints.

A session is one shell, so that "cd", variables and "$?" last from one command to the next. What it prints is standard output
and standard error together. In a document, a line "..." stands for any lines, also none, and "…" for any text in a line.
"""

import collections
import os
import re
import subprocess

FENCE = re.compile(r"^```(\w*)\n(.*?)^```\n", re.M | re.S)
NOT_RUN = "not run by the tests"            # the mark, in the paragraph above a fence
COMMANDS = ("console", "sh", "bash", "shell")   # kinds of fences that hold commands
MARK = "--- end of command %d, status "

Fence = collections.namedtuple("Fence", "kind text above start line")
Step = collections.namedtuple("Step", "command shown")


def fences(text):
    """Every fence of a document, with the paragraph above it and its place in the text."""
    for match in FENCE.finditer(text):
        above = text[:match.start()].rstrip("\n").rpartition("\n\n")[2]
        yield Fence(match.group(1), match.group(2), above, match.start(2), text.count("\n", 0, match.start()) + 1)


def is_left_out(fence):
    """Whether the paragraph above says that the commands are not run."""
    return NOT_RUN in " ".join(fence.above.lower().split())


def is_whole(command):
    """Whether a shell would take this as it stands, without waiting for another line."""
    if command.rstrip(" ").endswith(("\\", "|", "&&")):
        return False
    if any(word not in command.splitlines() for word in re.findall(r"<<-?\s*['\"]?(\w+)", command)):
        return False
    return subprocess.run(["sh", "-n"], input=command.encode(), stderr=subprocess.DEVNULL, check=False).returncode == 0


def steps(text):
    """The commands of a console fence, each with the lines shown below it. ValueError where there is none."""
    found, lines = [], text.splitlines()
    while lines:
        if not lines[0].startswith("$ "):
            raise ValueError("'%s' is below no command" % lines[0])
        command = lines.pop(0)[2:]
        while not is_whole(command):
            if not lines or lines[0].startswith("$ "):
                raise ValueError("'%s' is no whole command" % command)
            command += "\n" + lines.pop(0)
        shown = []
        while lines and not lines[0].startswith("$ "):
            shown.append(lines.pop(0))
        found.append(Step(command, shown))
    return found


def run(commands, folder, path, modules):
    """Runs commands in one shell in `folder`, with `path` before PATH and packages of node in `modules`. (lines, status) of each
    that was reached."""
    script = "exec 2>&1\n" + "".join(
        "%s\nconsole_status=$?\nprintf '\\n%s%%d\\n' $console_status\n(exit $console_status)\n" % (command, MARK % number)
        for number, command in enumerate(commands))
    environment = dict(os.environ, PATH=path + os.pathsep + os.environ["PATH"], LC_ALL="C.UTF-8", TZ="UTC", HOME=folder,
                       NODE_PATH=modules)
    done = subprocess.run(["sh", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, timeout=300, check=False)
    rest, found = done.stdout.decode(errors="replace"), []
    for number in range(len(commands)):
        printed, mark, rest = rest.partition("\n" + MARK % number)
        if not mark:
            break
        status, _, rest = rest.partition("\n")
        found.append((printed.splitlines(), int(status)))
    return found


def expression(shown):
    """What a line of a document means, as a regular expression."""
    return ".*".join(map(re.escape, shown.split("…"))) + "\n"


def agrees(shown, printed):
    """Whether lines of a document stand for what a command printed."""
    whole = "".join("(?:.*\n)*" if line == "..." else expression(line) for line in shown)
    return re.fullmatch(whole, "".join(line + "\n" for line in printed)) is not None


def shortened(shown, printed):
    """What a document shows of new output: with "...", as many lines at the beginning and the end as before."""
    if "..." not in shown:
        return printed
    first, last = shown.index("..."), shown[::-1].index("...")
    if first + last >= len(printed):
        return printed
    return printed[:first] + ["..."] + printed[len(printed) - last:]


def written(found, shown):
    """The text of a fence, of its steps and the lines to show below each."""
    return "".join("$ %s\n%s" % (step.command, "".join(line + "\n" for line in lines)) for step, lines in zip(found, shown))
