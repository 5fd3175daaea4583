"""Proves what runs over many logs rely on: --files-from reads the logs that a list names, in its order, and --accept-damage
turns status 3 into 0, but neither 1 nor 2.
"""

import sys

from lib import harness


def check_lists(suite):
    """A list is the same as the command line."""
    program, logs = suite.program(), suite.examples()[:5][::-1]
    more = ["-t", "rawheader,rawrecord"]
    expected = harness.run([program] + more + logs)
    lines = "\n".join([""] + logs[:2] + ["", ""] + logs[2:]).encode()
    nuls = "\0".join(logs[:3] + [""] + logs[3:] + [""]).encode()
    suite.check(len(expected.out.splitlines()) > 10, "there are lines", "some", expected.out)
    for data, options in ((lines, []), (lines + b"\n", []), (nuls, ["-0"]), (nuls, ["--null"])):
        path = suite.path("list", data)
        for argv, feed in ((["--files-from", path], {}), (["--files-from=-"], {"data": data})):
            result = harness.run([program] + more + options + argv, **feed)
            suite.equal((0, expected.out), (result.status, result.out), "%s %s" % (options, argv))
    odd = suite.path("two\nlines", harness.read(logs[0]))
    result = harness.run([program, "-0", "--files-from=-"] + more, data=odd.encode())
    suite.equal((0, harness.run([program] + more + [odd]).out), (result.status, result.out), "a name with a line end, alone")


def check_refusals(suite):
    program, log = suite.program(), suite.examples()[0]
    output = suite.path("list.json", log.encode())
    for argv, data, err in (
            (["--files-from=-"], b"\n\n", b"--files-from=- names no file"),
            (["--files-from=-"], b"a\0b", b"--files-from=- has a NUL; -0 reads names that end in one"),
            (["--files-from=-"], b"a\n-\n", b"--files-from=- and a file '-' are both standard input"),
            (["--files-from", output, "--force", "-o", output], b"", b"--output is the list of --files-from")):
        result = harness.run([program] + argv, data=data)
        suite.equal((1, b"", b"atopdump: " + err + b"\nTry 'atopdump --help'.\n"),
                    (result.status, result.out, result.err), "%s refused" % argv)
    suite.equal(log.encode(), harness.read(output), "the list is unchanged")
    result = harness.run([program, "--files-from=-"], data=log.encode() + b"\nno-such-file")
    suite.equal((1, b"atopdump: no-such-file: No such file or directory\n"), (result.status, result.err), "a missing file")


def check_damage(suite):
    """Damage is reported as ever; only the status changes, and only if nothing is worse."""
    program, log = suite.program(), suite.examples()[0]
    damaged = suite.path("damaged.raw", harness.read(log)[:-20])
    other = suite.path("other.raw", b"no log at all")
    for files, before, after in (([damaged], 3, 0), ([damaged, other], 2, 2), ([damaged, "/no/such"], 1, 1), ([log], 0, 0)):
        for jobs in ("-j1", "-j2"):
            strict = harness.run([program, jobs] + files)
            lax = harness.run([program, jobs, "--accept-damage"] + files)
            suite.equal((before, after), (strict.status, lax.status), "statuses of %s" % files)
            suite.equal((strict.out, strict.err), (lax.out, lax.err), "output and messages of %s" % files)
    result = harness.run([program, "repair", "--accept-damage", damaged])
    suite.equal(0, result.status, "repair of damaged data, accepted")
    suite.check(result.err, "and reported", "a message", result.err)


def main():
    suite = harness.Suite(__doc__)
    check_lists(suite)
    check_refusals(suite)
    check_damage(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
