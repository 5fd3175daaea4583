"""Proves that a manifest says what was read and written, that equal runs give equal ones, and that verify finds every change.

Digests and sizes are compared with Python's, what is in logs with the lines of JSON that the same log gives.
"""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile

from lib import harness, manifests
from lib.harness import DAMAGED, OK, REFUSED, TROUBLE

LOG, OTHER, CGROUPS, APPENDED = "atop-2.7.1.raw", "atop-1.26.raw", "atop-2.11.1.raw", "atop-2.13.0-append.raw"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


class Case:
    """A folder with logs of all kinds; runs in it write a manifest."""

    def __init__(self, suite):
        self.suite = suite
        self.folder = suite.path("case")
        os.makedirs(self.path("logs/below"))
        self.log = harness.read(os.path.join(harness.EXAMPLES, LOG))
        self.damaged = bytearray(self.log)
        self.damaged[9000] ^= 0x55
        for name, data in (("log", self.log), ("logs/a.raw", self.log), ("logs/b.raw.gz", gzip.compress(self.log, mtime=0)),
                           ("logs/damaged", bytes(self.damaged)), ("logs/below/notes", b"no log at all\n" * 50),
                           ("logs/empty", b""), ("logs/c.raw", harness.read(os.path.join(harness.EXAMPLES, OTHER))),
                           ("logs/d.raw", harness.read(os.path.join(harness.EXAMPLES, APPENDED))),
                           ("noise", bytes(range(1, 250)) * 100 + self.log[:12000])):
            self.write(name, data)
        if b"no libarchive" not in harness.run([suite.program(), "--version"]).out:
            self.write("logs/e.tar", tarred([("x/log", self.log), ("x/text", b"text\n" * 9), ("cut", self.log[:8000])]))

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)

    def run(self, *words, **more):
        return harness.run([self.suite.program(), *words], cwd=self.folder, **more)

    def make(self, *words, status=OK, name="m.json", **more):
        """Runs with --manifest: (manifest, result)."""
        result = self.run(*words, "--force", "--manifest=" + name, **more)
        self.suite.check(result.status == status and os.path.exists(self.path(name)), " ".join(words), "exit %d, a manifest" % status,
                         "exit %d, %r" % (result.status, result.err[-200:]))
        try:
            return json.loads(harness.read(self.path(name))), result
        except (OSError, ValueError) as error:
            self.suite.check(False, "manifest of " + " ".join(words), "JSON", str(error))
            return {"inputs": [], "outputs": []}, result

    def verify(self, what, status, *texts, name="m.json", **more):
        """verify exits with the status and prints each text (a regular expression)."""
        result = self.run("verify", name, **more)
        missing = [text for text in texts if not re.search(text, result.out + result.err)]
        self.suite.check(result.status == status and not missing, "verify: " + what, "exit %d, %s" % (status, texts),
                         "exit %d, %r, without %r" % (result.status, result.out[:1000] + result.err[:1000], missing),
                         "cd %s && atopdump verify %s" % (self.folder, name))
        return result

    def lines(self, *words):
        """What the dump of one file says of it: (samples, tasks, damage, gaps, notes)."""
        found = [json.loads(line) for line in self.run("-q", *words).out.splitlines()]
        damage = [{key: line["damage"].get(key) for key in ("kind", "offset", "length", "sample", "block", "reason")}
                  for line in found if "damage" in line]
        return (sum("rawrecord" in line for line in found), sum("tstat" in line for line in found), damage,
                sum("gap" in line for line in found), sorted(line["note"]["fault"] for line in found if "note" in line))


# --- what a manifest says ------------------------------------------------------------------------------------

def check_files(case, manifest, what, stdout=None):
    """Sizes and digests are those of the files."""
    for entry in manifest["inputs"] + manifest["outputs"]:
        if entry["sha256"] is None:
            continue
        data = stdout if entry["path"] == "-" else harness.read(case.path(entry["path"]))
        case.suite.equal((len(data), digest(data)), (entry["size"], entry["sha256"]), "%s: %s" % (what, entry["path"]))


def of_one(case, name, status):
    """One file: what is in it, by its own lines."""
    manifest, result = case.make(name, status=status, name="one.json")
    entry = manifest["inputs"][0]
    samples, tasks, damage, gaps, notes = case.lines(name)
    logs = entry["logs"]
    case.suite.equal((samples, tasks, damage, gaps, notes),
                     (sum(log["samples"] for log in logs), sum(log["tasks"] for log in logs), sum((log["damage"] for log in logs), []),
                      sum(len(log["gaps"]) for log in logs), sorted(note["fault"] for log in logs for note in log["notes"])),
                     "what is in " + name)
    case.suite.equal("damaged" if status == DAMAGED else "ok", entry["status"], "status of " + name)
    case.suite.equal(status, manifest["status"], "status of the run over " + name)
    check_files(case, manifest, name, result.out)
    return manifest


def contents(case):
    """Logs of several releases, whole and damaged, of several parts."""
    one = of_one(case, "log", OK)
    case.suite.equal(("2.7", "lp64", "little", None, 1), tuple(one["inputs"][0]["logs"][0][key] for key in (
        "release", "model", "order", "member", "part")), "release and model")
    of_one(case, "logs/b.raw.gz", OK)
    of_one(case, "logs/c.raw", OK)
    damaged = of_one(case, "logs/damaged", DAMAGED)
    case.suite.check(damaged["inputs"][0]["logs"][0]["damage"], "damage is listed")
    many = of_one(case, "logs/d.raw", OK)
    case.suite.check(len(many["inputs"][0]["logs"]) >= 1, "logs of one file")


def choices(case):
    """What is chosen of a log does not change what the manifest reports; all that can change the output is an option of the run."""
    whole, _ = case.make("logs/damaged", status=DAMAGED)
    less, _ = case.make("--tables=rawrecord", "--begin=@1700000000", "-q", "logs/damaged", status=OK)
    case.suite.equal(whole["inputs"], less["inputs"], "inputs do not depend on options")
    case.suite.equal(["--tables=rawrecord", "--begin=@1700000000"], less["run"]["options"], "options of the run")
    chosen, _ = case.make("--schema=2.7/lp64", "--tz=Europe/Berlin", "-b", "2022-11-11", "log")
    case.suite.equal(("2.7/lp64", "Europe/Berlin"), (chosen["run"]["schema"], chosen["run"]["time_zone"]), "schema and zone")
    case.suite.equal(3, case.make("logs/damaged", status=DAMAGED)[0]["status"], "status 3")
    accepted, _ = case.make("--accept-damage", "logs/damaged", status=OK)
    case.suite.equal(0, accepted["status"], "--accept-damage")


def folders(case):
    """A folder: each file, those passed over, those not opened; archives and their members."""
    manifest, result = case.make("-q", "logs", status=DAMAGED)
    check_files(case, manifest, "folder", result.out)
    statuses = {entry["path"]: entry["status"] for entry in manifest["inputs"]}
    case.suite.equal("passed over", statuses.get("logs/below/notes"), "a file without a log")
    case.suite.equal([("logs/empty", "it is empty")], [(one["path"], one["reason"]) for one in manifest["not_opened"]], "not opened")
    case.suite.equal("damaged", statuses.get("logs/damaged"), "a damaged file")
    if os.path.exists(case.path("logs/e.tar")):
        entry = next(one for one in manifest["inputs"] if one["path"] == "logs/e.tar")
        case.suite.equal(["x/log", "cut"], [log["member"] for log in entry["logs"]], "members that are logs")
        case.suite.equal(["x/text"], [one["member"] for one in entry["unread"]], "members that are none")
        case.suite.check(entry["logs"][1]["damage"] and not entry["logs"][0]["damage"], "damage of the member that has it")
    case.verify("a folder", OK)


def outputs(case):
    """Each output that exists is listed, sorted, under the name that it got."""
    folder, _ = case.make("-q", "--format=csv", "-o", "tables", "log")
    check_files(case, folder, "tables")
    names = sorted("tables/" + name for name in os.listdir(case.path("tables")))
    case.suite.equal(names, [one["path"] for one in folder["outputs"]], "tables")
    tree, _ = case.make("-q", "--format=rows", "--partition=tree", "logs/a.raw", "logs/c.raw")
    check_files(case, tree, "tree")
    found = sorted(os.path.relpath(os.path.join(base, name), case.folder) for base, _, names in os.walk(case.path("tree"))
                   for name in names)
    case.suite.equal(found, [one["path"] for one in tree["outputs"]], "a tree")
    case.verify("a tree", OK)
    if b"SQLite" in case.run("--version").out:
        database, _ = case.make("-q", "--format=sqlite", "-o", "db", "log")
        check_files(case, database, "database")
        case.verify("a database", OK)
    for words, status in ((["repair", "-o", "repaired", "logs/damaged"], DAMAGED), (["info", "-o", "facts", "log", "logs/c.raw"], OK),
                          (["timeline", "--format=csv", "-o", "who", "log"], OK)):
        made, _ = case.make(*words, status=status)
        check_files(case, made, words[0])
        case.suite.equal(1, len(made["outputs"]), words[0] + ": one output")
        case.verify(words[0], OK)
    carved, result = case.make("carve", "-q", "noise")
    check_files(case, carved, "carve", result.out)
    case.suite.check(carved["run"]["carves"] and carved["inputs"][0]["logs"], "carve: extents are listed")
    case.verify("carve", OK)


def streams(case):
    """Standard input: a pipe is digested on the way; a regular file is surveyed. What was written to standard output."""
    log = case.path("log")
    for data, name in ((case.log, "plain"), (gzip.compress(case.log), "gzip")):
        for jobs in ("-j1", "-j2"):
            manifest, result = case.make("-q", jobs, data=data)
            entry = manifest["inputs"][0]
            case.suite.equal(("-", len(data), digest(data), None, "read once"),
                             tuple(entry[key] for key in ("path", "size", "sha256", "logs", "status")), "a pipe, %s %s" % (name, jobs))
            case.suite.equal([("-", len(result.out), digest(result.out))],
                             [(one["path"], one["size"], one["sha256"]) for one in manifest["outputs"]], "standard output")
    case.verify("a pipe", OK, rb"-: was standard input, which cannot be read again", rb"-: was standard output")
    with open(log, "rb") as file:
        subprocess.run([case.suite.program(), "-q", "--force", "--manifest=m.json"], stdin=file, stdout=subprocess.DEVNULL, cwd=case.folder,
                       check=False)
    entry = json.loads(harness.read(case.path("m.json")))["inputs"][0]
    case.suite.equal((len(case.log), digest(case.log), 6), (entry["size"], entry["sha256"], entry["logs"][0]["samples"]),
                     "standard input from a file")
    carved, _ = case.make("carve", "-q", data=case.log)
    case.suite.equal(digest(case.log), carved["inputs"][0]["sha256"], "carving a pipe")


def equal_runs(case):
    """Equal runs give equal bytes, with one thread and with several, whatever the manifest is called."""
    texts = []
    for words in (["-j1"], ["-j2"], ["-j2", "-q", "--no-sandbox"]):
        case.make(*words, "-o", "out", "logs", status=DAMAGED, name="m%d.json" % len(texts))
        texts.append(harness.read(case.path("m%d.json" % len(texts))))
    case.suite.check(texts[0] == texts[1] == texts[2], "equal runs, equal manifests")


def build(case):
    """The digest of the catalog is that of the generated files; --version prints it."""
    folder = os.path.join(harness.ROOT, "generated")
    names = sorted(os.path.relpath(os.path.join(base, name), folder) for base, _, files in os.walk(folder) for name in files)
    whole = b"".join(harness.read(os.path.join(folder, name)) for name in names if name not in ("README.md", "digest.c"))
    version = case.run("--version").out.decode()
    case.suite.check("\ncatalog: %s\n" % digest(whole) in version, "the digest of the catalog", digest(whole), version)
    tool = case.make("log")[0]["tool"]
    case.suite.equal(digest(whole), tool["catalog"], "the same in a manifest")
    for library in tool["libraries"]:
        case.suite.check(library in version, "a library that --version knows too", version, library)


# --- what verify finds -----------------------------------------------------------------------------------------

def changes(case):
    """Each change is found, and reported with its file."""
    case.make("-q", "-o", "out", "log", "logs/damaged", status=DAMAGED)
    case.verify("nothing", OK, rb"^2 inputs and 1 output are as the manifest says\n$")
    out = harness.read(case.path("out"))
    for name, data in (("log", case.log), ("out", out)):
        for at in (0, len(data) // 2, len(data) - 1):
            case.write(name, data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
            case.verify("byte %d of %s" % (at, name), DAMAGED, rb"(?m)^%s: sha256 is [0-9a-f]{64}; in the manifest it is [0-9a-f]{64}$" % name.encode(),
                        rb"(?m)^atopdump: m.json: 1 of 3 files differs$")
        case.write(name, data[:-1])
        case.verify("a byte less of " + name, DAMAGED, rb"(?m)^%s: size is %d; in the manifest it is %d$" % (name.encode(), len(data) - 1, len(data)))
        case.write(name, data)
    os.utime(case.path("log"), (1, 1))
    case.verify("another time of change", OK)
    os.rename(case.path("log"), case.path("moved"))
    case.verify("a moved file", TROUBLE, rb"(?m)^atopdump: log: No such file or directory$")
    os.mkfifo(case.path("log"))
    case.verify("a pipe in its place", TROUBLE, rb"(?m)^atopdump: log: is no regular file now$")
    os.remove(case.path("log"))
    os.rename(case.path("moved"), case.path("log"))


def altered(case):
    """A manifest that states something else of what is in a log."""
    manifest, _ = case.make("-q", "-o", "out", "logs/damaged", status=DAMAGED)
    log = manifest["inputs"][0]["logs"][0]
    for key, value, text in (("samples", 5, rb"log 1, samples is 6; in the manifest it is 5"), ("release", "2.8", rb"log 1, release is 2.7"),
                             ("tasks", log["tasks"] + 1, rb"log 1, tasks is"), ("damage", [], rb"log 1, damage has \d+ entr"),
                             ("damage", [{**log["damage"][0], "offset": 7}] + log["damage"][1:], rb"log 1, damage number 1, offset is \d+; in the manifest it is 7"),
                             ("notes", log["notes"] * 2, rb"log 1, notes has")):
        kept, log[key] = log[key], value
        case.write("m.json", json.dumps(manifest).encode())
        case.verify("altered " + key, DAMAGED, text)
        log[key] = kept
    case.write("m.json", json.dumps(manifest, indent=1, sort_keys=True).encode())
    case.verify("another order of keys", OK)
    manifest["tool"]["catalog"] = "0" * 64
    case.write("m.json", json.dumps(manifest).encode())
    case.verify("another build", OK, rb"manifest: made by another build: .* digests are compared in any case")
    manifest["run"]["schema"] = "9.9"
    case.write("m.json", json.dumps(manifest).encode())
    result = case.verify("an unknown release", TROUBLE)
    case.suite.check(b"of a release that this build does not know" in result.err, "an unknown release", "a message", result.err)
    manifest["run"]["schema"] = None
    manifest["inputs"][0]["path"] = "/dev/zero"
    case.write("m.json", json.dumps(manifest).encode())
    case.verify("a device", TROUBLE, rb"/dev/zero: is no regular file now")
    manifest["inputs"][0]["path"] = "e\x1b[2Jvil\n"
    case.write("m.json", json.dumps(manifest).encode())
    case.verify("a path that controls a terminal", TROUBLE, rb"e\\x1b\[2Jvil\\x0a: No such file")


def names(case):
    """Names that are no UTF-8."""
    name = b"r\xff\xfe.raw"
    with open(os.path.join(os.fsencode(case.folder), name), "wb") as file:
        file.write(case.log)
    manifest, _ = case.make("-q", "-o", "out", os.fsdecode(name))
    case.suite.equal(name.hex(), manifest["inputs"][0].get("path_hex"), "exact bytes of a path")
    case.verify("a path that is no UTF-8", OK)


def no_manifests(case):
    """What is no manifest is refused, by one message."""
    for data in manifests.NOT:
        case.write("bad.json", data)
        result = case.run("verify", "bad.json")
        case.suite.check(result.status == TROUBLE and not result.out and re.match(rb"atopdump: bad.json: is (no|a) manifest.*\n$", result.err),
                         "verify %r" % data[:60], "exit 1, a message", "exit %d, %r, %r" % (result.status, result.out, result.err))
    text = json.dumps(json.loads(harness.read(case.path("one.json")))).encode()
    for at in range(0, len(text), 97):
        case.write("bad.json", text[:at])
        result = case.run("verify", "bad.json")
        case.suite.check(result.status == TROUBLE and result.err.count(b"\n") == 1, "a manifest cut at %d" % at, "exit 1", "exit %d, %r" % (
            result.status, result.err))


# --- what is refused, and what is left behind -----------------------------------------------------------------

def refusals(case):
    """Not over an existing file, an input or an output; nothing is left of a run that fails."""
    case.write("there", b"kept")
    case.write("stdout", b"")
    before = sorted(os.listdir(case.folder))
    for words, text in ((["--manifest=there", "log"], b"exists already"), (["--manifest=log", "--force", "log"], b"is one of the files to read"),
                        (["--manifest=./new", "-o", "new", "log"], b"is a place of the output"),
                        (["--manifest=logs/../new", "-o", case.path("new"), "--force", "log"], b"is a place of the output"),
                        (["--manifest=tables/tstat.csv", "--force", "--format=csv", "-o", "tables", "log"], b"is a place of the output"),
                        (["--manifest=tree/x", "--force", "--format=csv", "--partition=tree", "log"], b"is a place of the output"),
                        (["--manifest=no/folder", "log"], b"No such file"), (["--manifest=new", "nothing"], b"nothing: No such file"),
                        (["--manifest=new", "-o", "no/folder", "log"], b"No such file"), (["--manifest=/dev/full", "log"], b"No space left")):
        result = case.run(*words)
        case.suite.check(result.status == TROUBLE and text in result.err and sorted(os.listdir(case.folder)) == before, " ".join(words),
                         "exit 1, %r, nothing left" % text, "exit %d, %r, %s" % (result.status, result.err, set(os.listdir(case.folder)) ^ set(before)))
    case.suite.equal(b"kept", harness.read(case.path("there")), "an existing file")
    with open(case.path("stdout"), "wb") as file:
        result = subprocess.run([case.suite.program(), "--manifest=stdout", "--force", "log"], stdout=file, stderr=subprocess.PIPE, cwd=case.folder,
                                check=False)
    case.suite.check(result.returncode == TROUBLE and b"is a place of the output" in result.stderr, "standard output as the manifest",
                     "refused", result.stderr)
    refused, _ = case.make("-q", "-o", "new", "logs/below/notes", "log", status=REFUSED)
    case.suite.equal((["refused", "ok"], []), ([one["status"] for one in refused["inputs"]], refused["outputs"]), "a file that is refused")


def growing(case):
    """A file that grows while it is read is read up to the size that it had when its turn came: the digest is of what was read."""
    data = case.log + case.log[480:] * 20       # its lines do not fit into a pipe, so the program waits in its middle
    case.write("growing", data)
    run = subprocess.Popen([case.suite.program(), "-q", "-j1", "--force", "--manifest=m.json", "growing"], stdout=subprocess.PIPE,
                           cwd=case.folder)
    output = run.stdout.read(1)
    with open(case.path("growing"), "ab") as file:
        file.write(case.log[480:] * 5)
    output += run.communicate()[0]
    manifest = json.loads(harness.read(case.path("m.json")))
    entry = manifest["inputs"][0]
    case.suite.equal((len(data), digest(data), 6 * 21), (entry["size"], entry["sha256"], entry["logs"][0]["samples"]), "a file that grows")
    case.suite.equal(6 * 21, sum(b'"rawrecord":' in line for line in output.splitlines()), "samples that were read of it")
    case.suite.equal((len(output), digest(output)), (manifest["outputs"][0]["size"], manifest["outputs"][0]["sha256"]), "what was written of it")
    case.verify("a file that has grown", DAMAGED, rb"growing: size is")


def main():
    suite = harness.Suite(__doc__)
    if b"no digests" in harness.run([suite.program(), "--version"]).out:
        result = harness.run([suite.program(), "--manifest=" + suite.path("m"), os.path.join(harness.EXAMPLES, LOG)])
        suite.check(result.status == TROUBLE and b"without nettle" in result.err, "--manifest without nettle", "a message", result.err)
        result = harness.run([suite.program(), "verify", suite.path("m")])
        suite.check(result.status == TROUBLE and b"without nettle" in result.err, "verify without nettle", "a message", result.err)
        suite.finish()
        return
    case = Case(suite)
    for part in (contents, choices, folders, outputs, streams, equal_runs, build, changes, altered, names, no_manifests, refusals, growing):
        part(case)
    shutil.rmtree(case.folder, ignore_errors=True)
    suite.finish()


if __name__ == "__main__":
    main()
