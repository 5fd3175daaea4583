"""Proves that make install puts each file where its settings say, and that make uninstall leaves nothing.

It installs what is built, into folders of the test's own.
"""

import os
import re
import subprocess
import sys

from lib import harness

SETTINGS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "DESTDIR", "PREFIX", "prefix", "CFLAGS", "CPPFLAGS", "LDFLAGS", "CC")
EXPECTED = ("bin/atopdump", "bin/atopgen", "include/rawlog.h", "lib/librawlog.a", "lib/librawlog.so", "lib/librawlog.so.0",
            "lib/pkgconfig/librawlog.pc", "share/man/man1/atopdump.1", "share/man/man1/atopgen.1", "share/man/man3/rawlog.3",
            "share/man/man5/atop-rawlog.5", "share/man/man5/atop-schema.5", "share/man/man7/atop-fields.7",
            "share/bash-completion/completions/atopdump", "share/zsh/site-functions/_atopdump",
            "share/fish/vendor_completions.d/atopdump.fish", "share/atopdump/schemas/abi.yaml",
            "share/atopdump/schemas/atop-2.7.yaml", "share/doc/atopdump/README.md")


def tree(folder):
    """Files, links and folders below a folder."""
    return sorted(os.path.relpath(os.path.join(above, name), folder)
                  for above, inner, names in os.walk(folder) for name in inner + names)


def make(suite, *words):
    """
    make with the compiler and flags of the build under test; it compiles nothing. Generated code has -g1 if no CFLAGS are given.
    They are given only if that build lacks it.
    """
    kept = harness.read(os.path.join(suite.build, "flags")).decode().split(" ; ")
    cflags = ["CFLAGS=" + kept[1]] * ("-g1" not in kept[2].split())
    env = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    build = os.path.relpath(suite.build, harness.ROOT)
    done = subprocess.run(["make", "-C", harness.ROOT, "BUILD=" + build, "CC=" + kept[0], "V=0", *cflags, *words], env=env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = done.stdout.decode()
    suite.check(done.returncode == 0 and "  CC " not in output, "make " + " ".join(words), "status 0, and nothing is compiled", output[-600:])


def check_usual(suite):
    """DESTDIR and a prefix; then nothing is left of it, but what was there before."""
    root = suite.path("root")
    mine = os.path.join(root, "usr", "share", "man", "man1", "mine.1")
    os.makedirs(os.path.dirname(mine))
    with open(mine, "w", encoding="utf-8"):
        pass
    before = tree(root)
    make(suite, "install-strip", "DESTDIR=" + root, "PREFIX=/usr")
    here = tree(root)
    for name in EXPECTED:
        suite.check("usr/" + name in here, "installed " + name, "it is there", here[:50])
    suite.equal([], [name for name in here if name not in before and not name.startswith("usr")], "what is outside of the prefix")
    for name in ("atopdump", "atopgen"):
        program = os.path.join(root, "usr/bin", name)
        suite.equal(0, harness.run([program, "--version"]).status, "%s --version" % program)
        suite.check(".debug_info" not in harness.run(["readelf", "-SW", program]).out.decode(), program, "stripped", "not")
    size = os.path.getsize(os.path.join(root, "usr/bin/atopdump"))
    if not harness.is_sanitized(suite.program()):
        suite.check(size < 2.5 * 1024 * 1024, "size of the stripped atopdump", "less than 2.5 MiB", size)
    modes = {oct(os.stat(os.path.join(root, name)).st_mode & 0o7777) for name in here if os.path.isfile(os.path.join(root, name))
             and not name.startswith("usr/bin") and ".so" not in name and "mine" not in name}
    suite.equal({"0o644"}, modes, "modes of files that are not run")
    check_pc(suite, os.path.join(root, "usr/lib/pkgconfig/librawlog.pc"), "/usr", "/usr/lib", "/usr/include")
    schema = os.path.join(root, "usr/share/atopdump/schemas/atop-2.13.yaml")
    suite.equal((0, b""), harness.run([os.path.join(root, "usr/bin/atopgen"), "check", schema])[::2], "check of the installed schemas")
    check_links(suite, os.path.join(root, "usr/share/doc/atopdump"))
    make(suite, "uninstall", "DESTDIR=" + root, "PREFIX=/usr")
    suite.equal(before, tree(root), "what is left of it")


def check_pc(suite, path, prefix, libdir, includedir):
    text = harness.read(path).decode()
    found = dict(re.findall(r"^(\w+)=(.*)$", text, re.M))
    suite.equal({"prefix": prefix, "libdir": libdir, "includedir": includedir}, found, "folders in " + path)


def check_links(suite, folder):
    """Links between the pages that are installed lead to installed pages."""
    for name in sorted(os.listdir(os.path.join(folder, "docs"))):
        text = harness.read(os.path.join(folder, "docs", name)).decode()
        for target in re.findall(r"\]\(([\w-]+\.md)", text):
            suite.check(os.path.exists(os.path.join(folder, "docs", target)), "link of docs/%s" % name, target, "no such file")


def check_folders(suite):
    """Each folder can be set alone."""
    root = suite.path("others")
    folders = {"bindir": "/b", "libdir": "/l", "includedir": "/i", "mandir": "/m", "datadir": "/d"}
    make(suite, "install", "DESTDIR=" + root, "prefix=/p", *("%s=%s" % pair for pair in folders.items()))
    for name in ("b/atopdump", "l/librawlog.so.0", "l/pkgconfig/librawlog.pc", "i/rawlog.h", "m/man1/atopdump.1",
                 "d/atopdump/schemas/abi.yaml", "p/share/doc/atopdump/README.md"):
        suite.check(os.path.exists(os.path.join(root, name)), "installed " + name, "it is there", tree(root)[:40])
    check_pc(suite, os.path.join(root, "l/pkgconfig/librawlog.pc"), "/p", "/l", "/i")
    make(suite, "uninstall", "DESTDIR=" + root, "prefix=/p", *("%s=%s" % pair for pair in folders.items()))
    suite.equal([], tree(root), "what is left of it")


def main():
    suite = harness.Suite(__doc__)
    check_usual(suite)
    check_folders(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
