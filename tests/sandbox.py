"""Proves that atopdump drops permissions that it does not need, and that this changes no output.

Each way of use gives the same bytes, messages and status with and without the sandbox. While atopdump waits for input, the
kernel reports a filter. sandbox/probe.c makes calls to see which ones the filter refuses.
"""

import gzip
import os
import resource
import subprocess
import sys
import threading
import time

from lib import harness

NAMES, CREATE, READ, FOLDERS, WITHIN = 1, 2, 4, 8, 16    # sandbox.h
OFF = "--no-sandbox"
PATIENCE = 10                           # seconds
FEW = 32                                # descriptors

ALWAYS = {"read", "write", "fstat", "malloc", "thread"}
KILLED = {"exec", "fork", "socket", "ptrace", "mmap-exec", "mprotect-exec"}
ADDED = {NAMES: {"rename", "unlink", "rmdir", "link", "fsync"}, CREATE: {"open-write", "create", "stat"},
         READ: {"open-read", "open-folder"}, FOLDERS: {"mkdir", "open-folder"},
         WITHIN: {"pwrite", "ftruncate"}}


# --- the same with and without ------------------------------------------------------------------------------

def tree(path):
    """{name: bytes} of what was written to a path, and {} of nothing."""
    if os.path.isdir(path):
        return {name: harness.read(os.path.join(path, name)) for name in sorted(os.listdir(path))}
    return {"": harness.read(path)} if os.path.exists(path) else {}


def same(suite, what, words, **more):
    """A command does the same with and without. A word OUT stands for a path to write to."""
    got = []
    for number, option in enumerate(([], [OFF])):
        out = suite.path("out")
        argv = [suite.program()] + [word.replace("OUT", out) for word in words] + option
        result = harness.run(argv, **more)
        written = tree(out)
        got.append((result, written))
        subprocess.run(["rm", "-rf", out], check=True)
        if number == 0:
            command = harness.shell(argv)
    on, off = got
    suite.check(on == off, what + ", with and without",
                "exit %d, %d bytes, %r, %s" % (off[0].status, len(off[0].out or b""), off[0].err, sorted(off[1])),
                "exit %d, %d bytes, %r, %s" % (on[0].status, len(on[0].out or b""), on[0].err, sorted(on[1])), command)
    return on


def ways(suite, log, other):
    """Every documented way of use."""
    data = harness.read(log)
    packed = suite.path("log.gz", gzip.compress(data))
    cut = suite.path("cut.raw", data[:-100])
    hurt = suite.path("hurt.raw", data[:5000] + b"damage" + data[5006:])
    text = suite.path("text", b"no log")
    none = suite.path("none")
    for what, words in (("JSON", [log]), ("reserved", ["--reserved", log]), ("-j1", ["-j1", log]), ("-j2", ["-j2", log]),
                        ("-j8", ["-j8", log]), ("gzip", [packed]), ("cut", [cut]), ("damaged", ["-j2", hurt]),
                        ("strict", ["--strict", hurt, log]), ("no log", [text]), ("no file", [none]),
                        ("a folder as input", [suite.folder]), ("several files", [log, packed, other, cut]),
                        ("several files, some bad", [none, log, text, none, other, suite.folder]),
                        ("atopdump.py's format", ["--format=atopdump", log]),
                        ("one table", ["--tables=tstat", log]),
                        ("CSV", ["--format=csv", "--tables=tstat", log]),
                        ("CSV to a file", ["--format=csv", "--tables=tstat", "--output=OUT", log]),
                        ("CSV to a folder", ["--format=csv", "--output=OUT/", "-j2", log]),
                        ("CSV of damage", ["--format=csv", "--output=OUT/", hurt]),
                        ("CSV of several logs", ["--format=csv", "--output=OUT/", log, other]),
                        ("CSV of no log", ["--format=csv", "--output=OUT/", text]),
                        ("CSV nowhere", ["--format=csv", "--output=%s/x/y/" % none, log]),
                        ("JSON to a file", ["--output=OUT", log]), ("no log to a file", ["--output=OUT", text]),
                        ("JSON nowhere", ["--output=%s/x" % none, log]),
                        ("JSON to /dev/full", ["--output=/dev/full", log]),
                        ("carving", ["--carve", hurt]), ("carving in nothing", ["--carve", text]),
                        ("repair", ["repair", hurt]), ("repair to a file", ["repair", "--output=OUT", hurt]),
                        ("a database", ["--format=sqlite", "--output=OUT", "-j2", log, hurt, other]),
                        ("a release chosen", ["--schema=2.8", log]), ("list", ["list"]), ("version", ["--version"]),
                        ("help", ["--help"]), ("wrong use", ["--format=none"])):
        same(suite, what, words)
    for what, fed in (("standard input", data), ("gzip from standard input", gzip.compress(data)), ("nothing", b"")):
        same(suite, what, [], data=fed)
        same(suite, what + ", twice", ["-", log, "-"], data=fed)
    with open("/dev/full", "wb") as full:
        same(suite, "a full disk", [log], stdout=full)
    existing(suite, log)


def existing(suite, log):
    """CSV into a folder where a table's name leads elsewhere already."""
    for option in ([], [OFF]):
        folder = suite.path("links" + "".join(option))
        os.mkdir(folder)
        os.symlink("/dev/null", os.path.join(folder, "tstat.csv"))
        os.symlink("elsewhere", os.path.join(folder, "rawrecord.csv"))
        with open(os.path.join(folder, "elsewhere"), "w", encoding="ascii") as file:
            file.write("old")
        argv = [suite.program(), "--format=csv", "--force", "--output=" + folder] + option + [log]
        result = harness.run(argv)
        new = harness.read(os.path.join(folder, "elsewhere"))
        links = os.path.islink(os.path.join(folder, "tstat.csv"))
        suite.check(tuple(result) == (0, b"", b"") and new.startswith(b"file,log,host,") and links, "names that lead elsewhere",
                    "exit 0, what they lead to is written", "exit %d, %r" % (result.status, result.err),
                    harness.shell(argv))


def many(suite, log):
    """More files than may be open: as many limits, the same result."""
    paths = []
    for i in range(3 * FEW):
        paths.append(suite.path("link%d" % i))
        if i % 7:
            os.symlink(log, paths[-1])

    def soft():
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))

    def hard():
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, FEW))

    for what, limit in (("few descriptors", soft), ("few descriptors for good", hard)):
        result, _ = same(suite, "many files, " + what, ["--tables=rawheader"] + paths, preexec_fn=limit)
        lines = result.out.count(b"\n")
        suite.equal(sum(map(os.path.exists, paths)), lines, "files read, " + what)


def pipes(suite, log):
    """Named pipes whose writer opens one after the other: nobody waits for somebody who waits."""
    data = harness.read(log)
    whole = harness.run([suite.program(), "-", log], data=data).out
    for option in ([], [OFF]):
        names = [suite.path("fifo%d%s" % (i, "".join(option))) for i in range(2)]
        for name in names:
            os.mkfifo(name)

        def feed(names=names):
            for name in names:
                with open(name, "wb") as file:
                    file.write(data)

        writer = threading.Thread(target=feed, daemon=True)
        writer.start()
        argv = [suite.program()] + option + names
        try:
            result = harness.run(argv, timeout=PATIENCE)
            got = result.out.count(b"\n"), result.status
        except subprocess.TimeoutExpired:
            got = "nothing in %d seconds" % PATIENCE
        suite.equal((whole.count(b"\n"), 0), got, "two named pipes, one writer", harness.shell(argv))


# --- the filter is there ------------------------------------------------------------------------------------

def facts_of(pid):
    """What the kernel says of each thread: (mode, number of filters, no new privileges)."""
    found = []
    for task in os.listdir("/proc/%s/task" % pid):
        with open("/proc/%s/task/%s/status" % (pid, task), encoding="ascii", errors="replace") as file:
            lines = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
        found.append(tuple(int(lines.get(key, -1)) for key in ("Seccomp", "Seccomp_filters", "NoNewPrivs")))
    return found


def waits(pid):
    """Whether all threads have slept for a while."""
    for _ in range(5):
        for task in os.listdir("/proc/%s/task" % pid):
            with open("/proc/%s/task/%s/stat" % (pid, task), encoding="ascii", errors="replace") as file:
                if file.read().rpartition(")")[2].split()[0] != "S":
                    return False
        time.sleep(0.02)
    return True


def watched(suite, words, data):
    """What the kernel says of atopdump's threads while it waits for the rest of its input."""
    with subprocess.Popen([suite.program()] + words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        process.stdin.write(data)
        process.stdin.flush()
        end = time.monotonic() + PATIENCE
        while not waits(process.pid) and time.monotonic() < end:
            time.sleep(0.01)
        found = facts_of(process.pid)
        process.stdin.close()
        process.stderr.read()
        process.wait(PATIENCE)
    return found


def filtered(suite, log):
    """Every thread of atopdump has one filter more than this test has, or none more if not wanted."""
    mode, filters, _ = facts_of("self")[0]
    if mode < 0 or filters < 0 and mode > 0:
        print("not tested: whether the kernel has the filter (it does not say)")
        return
    data = harness.read(log)
    head = suite.path("head", data)
    threads = ["-j4", head, "-"]        # those that the first log needs wait for the second
    for words, fed in ((["-j1"], b""), (["-j1"], data[:-10]), (threads, b""), (["-j1", head, "-"], b""),
                       (["--format=csv", "--output=" + suite.path("tables/")], b""), (["--carve"], b""), (["repair"], b"")):
        on, off = watched(suite, words, fed), watched(suite, words + [OFF], fed)
        good = all(one[0] == 2 and one[2] == 1 and (filters < 0 or one[1] == filters + 1) for one in on)
        suite.check(good, "a filter for each of %d threads, %s" % (len(on), words), "Seccomp: 2, NoNewPrivs: 1", on)
        suite.check(all(one[:2] == (mode, filters) for one in off), "%s without a filter" % words, (mode, filters), off)
    suite.check(len(watched(suite, threads, b"")) > 1, "there are threads with -j4")


# --- what it refuses ----------------------------------------------------------------------------------------

def refused(suite):
    """The calls of probe.c: allowed are those always allowed and those that the needs add."""
    for needs in [*range(NAMES + CREATE + READ + FOLDERS + 1), WITHIN, NAMES | WITHIN]:
        folder = suite.path("probe%d" % needs)
        os.mkdir(folder)
        argv = [suite.program("sandbox-probe"), needs, folder]
        result = harness.run(argv)
        got = dict(line.split(" ", 1) for line in result.out.decode().splitlines())
        allowed = ALWAYS.union(*(calls for need, calls in ADDED.items() if needs & need))
        suite.check(allowed | KILLED < set(got), "calls made with needs %d" % needs, sorted(allowed | KILLED), sorted(got))
        for call, outcome in got.items():
            want = ("allowed" if call in allowed else "killed" if call in KILLED
                    else "signal 6" if call == "abort" else "ENOSYS")
            suite.equal(want, outcome, "%s with needs %d" % (call, needs), harness.shell(argv))


def has_digests(suite):
    """Whether this build can write a partition tree."""
    return b"\ndigests: nettle " in harness.run([suite.program(), "--version"]).out


def granted(suite, log):
    """What a run is really left with, seen from inside (sandbox/inside.c): what it needs, and nothing else."""
    names = {"open-read", "open-write", "create", "stat", "rename", "link", "unlink", "rmdir", "fsync", "mkdir", "open-folder"}

    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, FEW))

    partitioned = [(["--format=csv", "--partition=OUT", log], NAMES | CREATE | FOLDERS, None)] if has_digests(suite) else []
    for number, (words, needs, limit) in enumerate((
            ([log], 0, None), (["-j1", log], 0, None), (["repair", log], 0, None), (["--carve", log], 0, None),
            (["--format=csv", "--tables=tstat", log], 0, None), ([log] * 3, 0, None), (["-"], 0, None),
            (["--output=OUT", log], NAMES, None), (["repair", "--output=OUT", log], NAMES, None),
            (["--format=csv", "--tables=tstat", "--output=OUT", log], NAMES, None),
            (["--format=csv", "--output=OUT/", log], NAMES | CREATE, None),
            *partitioned,
            (["--tables=rawheader"] + [log] * 2 * FEW, READ, few),
            (["--tables=rawheader", "--output=OUT"] + [log] * 2 * FEW, READ | NAMES, few))):
        folder = suite.path("inside%d" % number)
        os.makedirs(os.path.join(folder, "empty"))
        for name in ("own", "old", "unwanted"):
            with open(os.path.join(folder, name), "wb"):
                pass
        argv = [suite.program()] + [word.replace("OUT", os.path.join(folder, "out")) for word in words]
        with open(os.path.join(folder, "log"), "w+b") as file:
            more = {"LD_PRELOAD": suite.program("sandbox-inside.so"), "INSIDE_FOLDER": folder, "INSIDE_LOG": str(file.fileno())}
            result = harness.run(argv, data=harness.read(log), env=dict(os.environ, **more), pass_fds=[file.fileno()],
                                 preexec_fn=limit)
            file.seek(0)
            got = dict(line.split(" ", 1) for line in file.read().decode().splitlines())
        allowed = set().union(*(calls for need, calls in ADDED.items() if needs & need))
        want = {name: "allowed" if name in allowed else "ENOSYS" for name in names}
        suite.check(got == want and result.status == 0, "what is left to %s" % harness.clip(words, 80), want, got,
                    harness.shell(argv))


def impossible(suite, log):
    """Where the kernel gives no filter, this is said once, and all goes on as without."""
    for words, status in ((["-j2", log], 0), (["-j2", log, log], 0), (["repair", log], 0), ([suite.path("no", b"no")], 2)):
        plain = [suite.program()] + words
        argv = [suite.program("sandbox-refuse")] + plain
        want, got = harness.run(plain + [OFF]), harness.run(argv)
        said, _, rest = got.err.partition(b"\n")
        good = said.startswith(b"atopdump: the system refuses the sandbox (") and rest == want.err
        suite.check(good and (got.status, got.out) == (want.status, want.out) and got.status == status,
                    "the kernel refuses the filter, %s" % words, "as without a sandbox, and a message before",
                    "exit %d, %d bytes, %r" % (got.status, len(got.out), got.err), harness.shell(argv))
        off = harness.run(argv + [OFF])
        suite.equal(want, off, "the kernel would refuse the filter, %s" % words, harness.shell(argv + [OFF]))


def main():
    suite = harness.Suite(__doc__)
    examples = suite.examples()
    log = next(path for path in examples if path.endswith("-2.8.1.raw"))
    ways(suite, log, examples[0])
    many(suite, log)
    pipes(suite, log)
    version = harness.run([suite.program(), "--version"]).out.decode().splitlines()[1]
    if version == "no sandbox":
        print("not tested: the filter, and what it refuses (this build has none)")
    elif suite.check(version.startswith("sandbox: libseccomp "), "--version", "sandbox: libseccomp …", version):
        filtered(suite, log)
        refused(suite)
        granted(suite, log)
        impossible(suite, log)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
