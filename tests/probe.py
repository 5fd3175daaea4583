"""Proves that make uses the libraries that can be linked, and no others, and compiles nothing if one that it needs is missing.

A compiler of the test's own fails as the real one does if a library or its headers are missing. Nothing is compiled here but
make's probes.
"""

import os
import re
import stat
import subprocess
import sys

from lib import harness

LIBRARIES = os.path.join(harness.ROOT, "make", "libraries")
SETTINGS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CI", "SETUP", "CFLAGS", "CPPFLAGS", "LDFLAGS", "CC")


def rows():
    """(name, variable, whether it is optional, first library, first header) of each library."""
    with open(LIBRARIES, encoding="utf-8") as file:
        cells = [[cell.strip() for cell in line.split("|")] for line in file if line.strip() and line[0] != "#"]
    return [(row[0], row[1], row[2].startswith(("optional", "loaded")), row[3].split()[0], row[4].split()[0]) for row in cells]


def make(suite, words, **more):
    """What make prints, of a build folder of the test's own, in an environment without settings of the caller."""
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    env.update(more)
    done = subprocess.run(["make", "-C", harness.ROOT, "--no-print-directory", "BUILD=" + suite.path("build"), *words], env=env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def compiler(suite, name, refused):
    """A compiler that refuses what matches a shell pattern: words, or lines of the program on standard input."""
    path = suite.path(name, ("""#!/bin/sh
program=$(mktemp)
trap 'rm -f "$program"' EXIT
case " $* " in *" - "*) cat >"$program" ;; esac
case " $* $(tr '\\n' ' ' <"$program")" in %s) exit 1 ;; esac
cc "$@" <"$program"
""" % refused).encode())
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    return path


def probed(suite):
    """{variable: yes or no} of the last run of make, for each library."""
    with open(suite.path("build/probed.mk"), encoding="utf-8") as file:
        found = dict(re.findall(r"^(\w+) := (yes|no)$", file.read(), re.M))
    return {name: value for name, value in found.items() if name != "MAPS_PATHS"}


def check_row(suite, row):
    """A library whose headers are installed but which cannot be linked is not found, and one without headers is not found."""
    name, _, _, library, header = row
    probe = ["sh", os.path.join(harness.ROOT, "make", "probe.sh"), name]
    env = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    here = harness.run(probe, env=env).status == 0
    for what, refused in (("linked", '*" %s "*' % library), ("included", '*"<%s>"*' % header)):
        cc = compiler(suite, "cc-%s-%s" % (name, what), refused)
        suite.equal(1, harness.run(probe, env={**env, "CC": cc}).status, "status of the probe if %s cannot be %s" % (name, what))
    return here


def check_optional(suite, row):
    """Commands of a build without a library that cannot be linked."""
    name, variable, _, library, _ = row
    status, text = make(suite, ["-n", "CC=" + compiler(suite, "cc-optional", '*" %s "*' % library), "all"])
    suite.equal("no", probed(suite).get(variable), "what make finds if %s cannot be linked" % name)
    suite.check(status == 0 and library not in re.findall(r" (-l\w+)", text) and "HAVE_" + variable not in text,
                "commands of a build without " + name, "no %s, no HAVE_%s" % (library, variable), text[-300:])


def check_required(suite):
    """Without zlib or libyaml nothing is compiled, and the one command that installs what is missing is printed."""
    for goal, needed, library in (("all", "zlib", "-lz"), (suite.path("build/atopgen"), "libyaml", "-lyaml")):
        status, text = make(suite, ["CC=" + compiler(suite, "cc-without-" + needed, '*" %s "*' % library), goal])
        commands = [line for line in text.splitlines() if line.startswith("    ")]
        suite.check(status != 0 and " CC " not in text, "make %s without %s" % (goal, needed), "nothing compiled", text)
        suite.check(needed in text and (len(commands) == 1 or "install them" in text), "what to do without " + needed, "one command",
                    text)
        suite.check(not os.path.exists(suite.path("build/obj")), "objects made without " + needed, "none",
                    suite.path("build/obj"))
    for goal, library in (("all", "-lyaml"), (suite.path("build/atopgen"), "-lz")):
        status, text = make(suite, ["-n", "CC=" + compiler(suite, "cc-without" + library, '*" %s "*' % library), goal])
        suite.check(status == 0 and "setup.sh" not in text, "make %s without %s, which it does not need" % (goal, library),
                    "nothing is missing", text[-400:])


def check_setup(suite):
    """setup.sh installs nothing unless CI or SETUP=yes allows it."""
    folder = suite.path("bin")
    os.mkdir(folder)
    for tool in ("apt-get", "dnf", "apk", "pacman", "sudo"):
        path = suite.path("bin/" + tool, b"#!/bin/sh\necho \"$0 $*\" >>\"$CALLS\"\n")
        os.chmod(path, 0o755)
    calls = suite.path("calls")
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    env.update(PATH=folder + ":" + os.environ["PATH"], CALLS=calls)
    script = os.path.join(harness.ROOT, "setup.sh")
    for more, installs in (({}, False), ({"SETUP": "no"}, False), ({"SETUP": "yes"}, True), ({"CI": "true"}, True)):
        suite.path("calls", b"")
        result = harness.run(["sh", script, "no-such-tool", "another-one"], env={**env, **more})
        words = harness.read(calls).decode()
        suite.check(result.status == 1 and ("install" in words) == installs, "setup.sh with %s" % more,
                    "installs" if installs else "installs nothing", words + result.err.decode())
        if not installs:
            suite.check(re.search(r"^    .*install .*no-such-tool another-one$", result.err.decode(), re.M),
                        "what setup.sh prints with %s" % more, "one command", result.err)
    suite.path("calls", b"")
    result = harness.run(["sh", script, "sh", "cat"], env=env)
    suite.equal((0, b"", b""), (result.status, result.err, harness.read(calls)), "setup.sh of what is there")


def main():
    suite = harness.Suite(__doc__)
    status, text = make(suite, ["help", suite.path("build/flags")])
    here = probed(suite)
    suite.check(status == 0 and set(here) == {row[1] for row in rows()}, "libraries that make probes", rows(), (status, here))
    for row in rows():
        suite.equal(here.get(row[1]) == "yes", check_row(suite, row), "whether make finds " + row[0])
    make(suite, ["help", suite.path("build/flags")])
    kept = os.stat(suite.path("build/probed.mk")).st_ino
    make(suite, ["help", suite.path("build/flags")])
    suite.equal(kept, os.stat(suite.path("build/probed.mk")).st_ino, "probes of a second make, which are kept")
    check_optional(suite, next(row for row in rows() if row[2]))
    check_required(suite)
    check_setup(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
