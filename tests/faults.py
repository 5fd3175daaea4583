"""Proves that no failing call passes for success: input, output and memory fail at every point of many runs.

faults/driver.c is linked with the objects of a program and replaces the functions that they import. It lets one call fail
in each run and compares the run with one without faults. Of the calls that were reached through the same functions, the
first fails; with --long also the second and the last, with --every each call in turn. Scenes of LONG_ALONE need --long or --every:
another scene takes the same path with more files or threads. faults/README.md states the requirements.
"""

import gzip
import io
import json
import lzma
import os
import re
import shutil
import sys
import tarfile
import zipfile

from lib import harness, libraries

SAMPLES = 2             # of the logs
LONG_ALONE = ("a page", "a manifest", "csv, a folder, two threads")
POINTS = re.compile(r"^points (\S+) (\d+) (\d+)$")
BEGIN = re.compile(r"^begin status (\d+), .* allocations (\d+), foreign (\d+)$")

# What the objects may import and need not be wrapped: it cannot fail, or its failing changes nothing.
HARMLESS = set("""
    bsearch memchr memcmp memcpy memmove memset strchr strcmp strcspn strlen strncmp strnlen stpcpy strpbrk strrchr strspn strstr
    strcasecmp bcmp fnmatch strtod strtof strtol strtoul snprintf vsnprintf qsort strerror toupper tolower
    __ctype_b_loc __ctype_toupper_loc __ctype_tolower_loc
    __errno_location getopt_long access optarg opterr optind optopt stdin stdout stderr getpid signal __sysv_signal
    time localtime_r tzset
    pthread_attr_destroy pthread_attr_setstacksize pthread_cond_broadcast pthread_cond_destroy
    pthread_cond_signal pthread_cond_wait pthread_join pthread_mutex_destroy pthread_mutex_lock
    pthread_mutex_unlock pthread_sigmask sigemptyset sigfillset sigaddset sigaction raise isatty
    inflate inflateEnd inflateReset inflateReset2 inflateInit_ inflateInit2_ libdeflate_alloc_decompressor
    libdeflate_free_decompressor libdeflate_zlib_decompress_ex libdeflate_alloc_compressor libdeflate_free_compressor
    libdeflate_deflate_compress libdeflate_deflate_compress_bound crc32_z deflateInit2_ deflateEnd deflateReset deflateBound deflate zlibVersion
    seccomp_attr_set seccomp_init seccomp_load seccomp_release seccomp_rule_add seccomp_rule_add_array
    seccomp_version
    yaml_event_delete yaml_parser_delete yaml_parser_initialize yaml_parser_parse yaml_parser_set_encoding
    yaml_parser_set_input_string
    regcomp regexec regerror regfree
    nettle_sha256_init nettle_sha256_update nettle_sha256_digest nettle_version_major nettle_version_minor
    dlopen dlsym dlclose clock_gettime ioctl
    madvise posix_fadvise posix_fadvise64 getenv dirfd abort __assert_fail __stack_chk_fail __stack_chk_guard
    _GLOBAL_OFFSET_TABLE_
""".split())
FOREIGN = re.compile(r"^_*(asan|ubsan|sanitizer|lsan|tsan|msan|gcov|llvm|sancov|fentry|mcount|aeabi|tls_get)|^sqlite3_|^archive_")
ALIASES = re.compile(r"^__(\w+?)(64)?_(chk|2|time64)$|^__isoc(?:99|23)_(\w+)$")


# --- what is wrapped ----------------------------------------------------------------------------------------

def symbols(root, folders):
    """Of the object files below folders the names they define, and those they import with the importer."""
    objects = sorted(os.path.relpath(os.path.join(room, name), root) for folder in folders
                     for room, _, names in os.walk(os.path.join(root, folder)) for name in names if name.endswith(".o"))
    listed = harness.run(["nm", "-A", "-P", *objects], cwd=root)
    defined, imported = set(), {}
    for line in listed.out.decode().splitlines():
        file, name, kind = line.split()[:3]
        if kind == "U":
            imported[name] = file.rstrip(":")
        else:
            defined.add(name)
    return defined, imported


def is_known(name, wrapped):
    alias = ALIASES.match(name)
    plain = (alias.group(1) or alias.group(4)) if alias else name
    return bool({name, plain} & (wrapped | HARMLESS)) or bool(FOREIGN.match(name))


def check_imports(suite, folder):
    """Whatever the program calls can be made to fail, or need not be."""
    if not shutil.which("nm"):
        print("not tested: whether all that %s calls is wrapped; there is no nm" % folder)
        return
    with open(os.path.join(harness.TESTS, "faults", "wrapped"), encoding="ascii") as file:
        wrapped = {line.strip()[len("--wrap="):] for line in file}
    defined, imported = symbols(os.path.join(suite.build, "obj"), (folder, "expr", "ddl"))
    suite.check(defined and "malloc" in imported or "calloc" in imported, "nm lists what %s calls" % folder)
    generated, _ = symbols(os.path.join(suite.build, "obj"), ("generated",))    # which calls nothing that can fail
    for name in sorted(set(imported) - defined - generated):
        suite.check(is_known(name, wrapped), "%s calls %s" % (imported[name], name),
                    "a name in tests/faults/wrapped, or a harmless one", "neither")


VERBS = ("carve", "gaps", "list", "repair", "schema", "timeline", "verify", "report")
LIKE = ("--output", "--partition", "-o", "--limit", "--top", "--strict", "--carve")     # see likeness

# --- runs ---------------------------------------------------------------------------------------------------

class Scene:
    """One command line, and what surrounds it: files that are there already, options of the driver."""

    def __init__(self, name, *argv, old=(), flags=(), spares=(), wrong=False):
        self.name, self.argv, self.old, self.flags, self.wrong = name, argv, old, flags, wrong
        self.spares = spares    # names of scenes that make the same allocations, which are made first here

    def likeness(self):
        """A word that scenes share in which the failure of a call that was reached in the same way costs the same."""
        options = [word.partition("=")[0] for word in self.argv if word.startswith("-")]
        marks = [self.inside(), *sorted("old" if isinstance(data, bytes) else "link" for _, data in self.old)]
        return "-".join(marks + [word.strip("-") for word in LIKE if word in options])

    def inside(self):
        """The same for calls whose failure costs the same whatever files the output goes to, and whatever rows are wanted."""
        options = [word.partition("=")[0] for word in self.argv if word.startswith("-")]
        verb = self.argv[1] if self.argv[0] == "atopgen" or self.argv[1] in VERBS else "dump"
        marks = [self.argv[0], verb, "one" if self.inputs() < 2 else "many"]
        threads = [word for word in self.argv if word.startswith("-j") and word != "-j1"]
        marks += ["threads"] * bool(threads) + ["output"] * bool({"--output", "-o"} & set(options))
        marks += ["folder"] * any(word.endswith("tables/") for word in self.argv)
        return "-".join(marks + ["partition"] * ("--partition" in options))

    def inputs(self):
        return len([word for word in self.argv[1:] if os.path.isabs(word)]) + len(
            [word for word in self.flags if word.startswith("--read=")])


def prepare(work, old):
    """The folder that a program writes into, and what is in it."""
    os.makedirs(work, exist_ok=True)
    for name, data in old:
        path = os.path.join(work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(data, bytes):
            with open(path, "wb") as file:
                file.write(data)
        else:
            os.symlink(data, path)


def run_scene(suite, scene, spared):
    """Has the driver try all points of a scene. Returns how many there were by kind, or None."""
    program = suite.program("faults" if scene.argv[0] == "atopdump" else "faults-atopgen")
    work = suite.path("work")
    prepare(work, scene.old)
    every = ["--every"] if suite.options.every else [
        "--tried=" + suite.path("tried-" + scene.likeness()), "--tried-inside=" + suite.path("inside-" + scene.inside())]
    three = ["--three"] * suite.options.long
    argv = [program, "--work=" + work, "--spare=%d" % spared, *three, *every, *scene.flags, "--", *scene.argv]
    done = harness.run(argv, timeout=3600, env={**os.environ, "LD_BIND_NOW": "1"})    # not in each child
    lines = done.out.decode("utf-8", "replace").splitlines() or [""]
    begin = BEGIN.match(lines[0])
    if not begin or lines[-1] != "end" or done.err:
        suite.check(False, scene.name, "the driver comes to its end, and no sanitizer complains",
                    "exit %d, %r, %s" % (done.status, lines[-1], done.err[:3000]), harness.shell(argv))
        return None
    suite.equal(scene.wrong, begin.group(1) == "1", scene.name + ": it is refused without faults too", harness.shell(argv))
    for line in lines:
        if line.startswith("FAIL "):
            suite.check(False, "%s, %s" % (scene.name, line[5:]), "the right output, or trouble that is said",
                        "see above", harness.shell(argv))
    found = [POINTS.match(line).groups() for line in lines if line.startswith("points ")]
    points = {kind: int(n) for kind, n, _ in found}
    suite.passed += sum(int(n) - min(int(n), int(failed)) for _, n, failed in found)
    print("%-42s %5d points" % (scene.name, sum(points.values())))
    points["allocations"], points["foreign"] = int(begin.group(2)), int(begin.group(3))
    return points


def run_all(suite, scenes, library):
    """All scenes of one program; `library` is the library it uses that allocates on its own."""
    memory, foreign = {}, 0
    for scene in scenes:
        if scene.name in LONG_ALONE and not suite.options.long and not suite.options.every:
            continue
        points = run_scene(suite, scene, sum(memory.get(name, 0) for name in scene.spares))
        if points:
            memory[scene.name] = points["allocations"]
            foreign += points["foreign"]
    if not foreign:
        print("not tested: what %s allocates; here it does not let itself be watched" % library)


# --- scenes -------------------------------------------------------------------------------------------------

def cut(suite, name):
    """An example log cut behind its first samples."""
    path = os.path.join(harness.EXAMPLES, name)
    done = harness.run([suite.program(), "--carve", "--tables=rawrecord", path])
    offsets = [json.loads(line)["offset"] for line in done.out.decode().splitlines() if '"offset"' in line]
    data = harness.read(path)
    return data[:offsets[SAMPLES]] if len(offsets) > SAMPLES else data


def stretched(data, start, times):
    """A log whose samples are there several times: one that is not read at once."""
    return data[:start] + data[start:] * times


def zone_scenes(scene, log):
    """Windows in a time zone of the system's database."""
    if not os.path.exists("/usr/share/zoneinfo/Europe/Berlin"):
        print("not tested: time zones; this system has no database of them")
        return []
    zone = "--tz=Europe/Berlin"
    return [
        scene("a window", "-b2000-01-01", "-e2100-01-01T12:00", zone, "-j2", "--tables=tstat", log),
        scene("a window of every day", "-b00:00", "-e23:59:59", zone, "-j1", "--tables=rawrecord", log),
        scene("a window that has no samples", "-b2100-01-01", zone, "--tables=rawrecord", log),
        scene("a zone that there is not", "-b2000-01-01", "--tz=Europe/Atlantis", log, wrong=True),
    ]


def version(suite):
    return harness.run([suite.program(), "--version"]).out


def database_scenes(suite, scene, logs, new_file, there):
    """A database of few columns and tables has all that makes one."""
    if b", SQLite " not in version(suite):
        print("not tested: --format=sqlite (this build has none)")
        return []
    words = ["--format=sqlite", "-j1", "--tables=damage", "--top=1", "--by=offset"]
    return [scene("a database", *words, "--force", *new_file, *logs, old=[there]),
            Scene("a database of processes", "atopdump", "timeline", "--format=sqlite", "--where=pid > 30", "--force", *new_file, logs[0],
                  old=[there])]


def archive_scenes(suite, scene, log):
    """A log in each kind of archive. libarchive tries many things, so its runs are few."""
    if b"no libarchive" in version(suite):
        print("not tested: archives (this build has none)")
        return []
    tar, packed = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name, data in ("text", b"no log"), ("log", log):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log", log)
    paths = {form: suite.path("log." + form, data) for form, data in (
        ("xz", lzma.compress(log)), ("tar", tar.getvalue()), ("tar.gz", gzip.compress(tar.getvalue())), ("zip", packed.getvalue()))}
    return [*(scene("archive: " + form, "-j1", path) for form, path in paths.items()),
            scene("archive: a pipe of tar.gz", "-j1", flags=["--pipe=" + paths["tar.gz"]]),
            Scene("archive: info of tar.gz", "atopdump", "info", paths["tar.gz"]), Scene("archive: repair of xz", "atopdump", "repair", paths["xz"], flags=["--raw"])]


def manifest_scenes(suite, scene, old, ripped):
    """Manifests beside what goes to standard output, and what verify makes of them."""
    if not libraries.has_or_says(suite.program(), "nettle", "manifests"):
        return []
    manifest = ["--force", "--manifest=" + os.path.join(suite.path("work"), "manifest")]
    made, output = suite.path("made-manifest"), suite.path("made-output")
    harness.run([suite.program(), "--manifest=" + made, "--output=" + output, old, ripped])
    read = ["--read=" + path for path in (old, ripped, output)]
    there = [("manifest", b"what was there before")]
    return [scene("a manifest", *manifest, "--tables=rawrecord", "-j1", old, ripped, old=there),
            scene("a manifest, two threads", *manifest, "-j2", old, ripped, old=there),
            scene("a manifest of a pipe", *manifest, "--tables=rawrecord", "-j1", flags=["--pipe=" + old]),
            Scene("verify", "atopdump", "verify", "--no-sandbox", made, flags=read),
            Scene("verify, sandboxed", "atopdump", "verify", made, flags=read),
            Scene("verify what is no manifest", "atopdump", "verify", old, wrong=True)]


def tree_scenes(suite, scene, tree, logs):
    """A tree in which a killed run left files."""
    if not libraries.has_or_says(suite.program(), "nettle", "a tree"):
        return []
    words = ["--format=csv", "-j1", "--partition=" + tree, "--tables=rawheader,damage"]
    stale = [("tree/.atopdump.1.0.tmp/rawrecord.csv.1.0.tmp", b"stale"), ("tree/.atopdump.1.1.tmp/mine", b"no file of a run"),
             ("tree/rawheader/mine", b"mine")]
    return [scene("a tree", *words, *logs, old=stale)]


def dump_scenes(suite):
    """Command lines of atopdump. Most read the oldest release: its samples take the least time."""
    old = cut(suite, "atop-1.26.raw")
    log, small = suite.path("new.raw", cut(suite, "atop-2.13.0.raw")), suite.path("old.raw", old)
    cgroups = suite.path("cgroups.raw", cut(suite, "atop-2.11.0.raw"))
    long = suite.path("long.raw", stretched(old, int.from_bytes(old[10:12], "little"), 8))
    longer = suite.path("longer.raw", stretched(old, int.from_bytes(old[10:12], "little"), 16))
    zipped = suite.path("new.gz", gzip.compress(old))
    piece = suite.path("piece", bytes(100) + old)
    early = suite.path("early.raw", old[:-100])
    other, text = suite.path("other.raw", cut(suite, "atop-2.0.1.raw")), suite.path("no.raw", b"no log")
    ripped = suite.path("ripped.raw", old[:600] + bytes(100) + old[700:])
    again = suite.path("again.raw", old)
    garbage = suite.path("image", bytes(1000) + old + bytes(1000) + old[len(old) // 2:])
    work = suite.path("work")
    there = ("there", b"what was there before")
    new_file = ["--output=" + os.path.join(work, "there")]
    file = ["--force"] + new_file
    folder = ["--output=" + os.path.join(work, "tables/")]
    listed = suite.path("list", "\n".join([small, text, other]).encode() + b"\n")
    nuls = suite.path("list0", "\0".join([small, other]).encode() + b"\0")
    read = ["--read=" + path for path in (small, text, other)]

    def scene(name, *words, **more):
        return Scene(name, "atopdump", "--no-sandbox", *words, **more)

    return [
        Scene("atop 1.26", "atopdump", "-j1", small),
        Scene("atop 1.26, two threads", "atopdump", "-j2", small),
        scene("atop 2.13", "-j1", log),
        scene("atop 2.13, two threads", "-j2", log),
        scene("cgroups", "--tables=cstat,tstat", "-j2", cgroups),
        scene("a long log", "-j1", long),
        scene("a longer log, two threads", "-j2", longer),
        scene("a longer log, many threads", "-j9", "--tables=tstat", longer),
        scene("three files", "-j1", small, other, again),
        Scene("three files, two threads, sandboxed", "atopdump", "-j2", small, zipped, again),
        scene("four files, two threads, one no log", "-j2", small, text, cgroups, ripped),
        Scene("to a file, sandboxed", "atopdump", "-j1", *new_file, small),
        scene("to a file that is not to be replaced", "-j1", *new_file, small, old=[there], wrong=True),
        scene("to a file that there is", "-j1", *file, small, old=[there]),
        scene("avro, two tables", "--format=avro", "--tables=rawrecord,damage", *folder, ripped),
        scene("avro, top rows", "--format=avro", "--tables=rawrecord", "--top=1", "--by=interval", *file, small, old=[there]),
        scene("to a link", "-j1", *file, small, old=[("there", "target"), ("target", b"what was there")]),
        scene("to a link that leads nowhere", "-j1", *file, small, old=[("there", "target")]),
        scene("csv, a table", "--format=csv", "--tables=tstat", "-j1", small),
        scene("csv, a table to a file", "--format=csv", "--tables=sstat_cpu_cpu", "-j2", *file, small,
              old=[there]),
        scene("csv, a folder", "--format=csv", "-j1", *folder, small),
        scene("csv, a folder, two threads", "--format=csv", "--tables=rawrecord,sstat_cpu_cpu,tstat", "-j2",
              *folder, ripped),
        scene("csv, a folder that there is", "--force", "--format=csv", "-j1", *folder, small,
              old=[("tables/tstat.csv", b"what was there before"), ("tables/mine", b"")]),
        scene("csv, two files", "--format=csv", "--tables=rawrecord", "-j1", small, other),
        scene("csv, four files, two threads", "--format=csv", "--tables=tstat", "-j2", small, ripped, again, other),
        scene("csv, a folder, four files, two threads", "--format=csv", "--tables=sstat_cpu_cpu,tstat", "-j2", *folder,
              small, ripped, other, again),
        scene("rows", "--format=rows", "--tables=rawrecord,sstat_cpu_cpu,damage", "-j1", ripped),
        scene("rows, three files, two threads", "--format=rows", "--tables=rawheader,tstat", "-j2", small, other, ripped),
        scene("rows, a folder", "--format=rows", "--tables=rawrecord,sstat_cpu_cpu", "-j1", *folder, small),
        scene("chosen columns", "--format=csv", "--tables=tstat", "--fields=time,gen.p*,command=gen.name,cpu.utime", "-j1", small),
        scene("chosen columns, a folder, two threads", "--format=rows", "--tables=tstat,rawrecord", "-j2", *folder,
              "--fields=file,time,interval", "--where=interval > 0 && host =~ \".\"", small, other),
        scene("rows that a condition passes", "--format=rows", "--where=gen.pid > 1 && time < \"2100-01-01\" && gen.name =~ \"^s\"",
              "-j2", small, other),
        scene("objects that a condition passes", "--where=gen.pid == 1 || gen.name == \"sshd\"", "-j1", small, again),
        scene("a wrong condition", "--where=gen.pid > \"x\"", small, wrong=True),
        scene("a wrong column", "--format=csv", "--tables=tstat", "--fields=gen.pdi", small, wrong=True),
        scene("a few rows", "--format=csv", "--tables=sstat_cpu_cpu,tstat", "--limit=3", *folder, small, again),
        scene("a few rows of a condition", "--format=rows", "--where=gen.pid > 2", "--limit=2", "-j1", long),
        scene("a few objects", "--limit=2", "-j1", long),
        scene("labels", "--parseable=ALL", "-j1", cgroups),
        scene("labels, two threads", "--parseable=PRG,CGR,CPL", "-j2", small, cgroups),
        scene("labels as JSON of another release", "--atop-json=ALL", "--as=2.13", "-j1", small, cgroups),
        scene("a wrong label", "--parseable=PGR", log, wrong=True),
        scene("the top rows", "--format=csv", "--tables=tstat", "--top=3", "--by=cpu.utime", "-j1", small, again),
        scene("the top rows, two threads", "--format=rows", "--tables=tstat", "--top=2", "--by=gen.pid", "-j2", longer),
        scene("the top rows, a folder, two threads", "--format=rows", "--tables=tstat,sstat_cpu_cpu", "--top=2", "--by=idx",
              "-j2", *folder, small, again),
        *zone_scenes(scene, small),
        scene("a list of files", "-j1", "--tables=rawrecord", "--files-from=" + listed, flags=read),
        scene("a list of files, two threads", "-j2", "--format=csv", "--tables=tstat", "--files-from=" + listed, flags=read),
        scene("a list of files that there is not", "--files-from=" + suite.path("nothing"), wrong=True),
        scene("a list of files from a pipe", "-j1", "--tables=rawrecord", "-0", "--files-from=-", flags=["--pipe=" + nuls, *read]),
        *database_scenes(suite, scene, [small, early], new_file, there),
        *tree_scenes(suite, scene, os.path.join(work, "tree"), [small, early]),
        *manifest_scenes(suite, scene, small, ripped),
        Scene("a timeline", "atopdump", "timeline", small),
        Scene("a timeline of files, to a file", "atopdump", "timeline", "--format=csv", "--where=pid > 1", "--fields=pid,name,ancestors",
              *file, small, ripped, again, old=[there]),
        Scene("info, to a file", "atopdump", "info", *file, small, ripped, old=[there]),
        Scene("gaps", "atopdump", "gaps", small, ripped, again),
        Scene("gaps as JSON, to a file", "atopdump", "gaps", "--format=json", *file, ripped, old=[there]),
        Scene("hints", "atopdump", "timeline", "--suspect", small),
        Scene("what a hint means", "atopdump", "describe", "suspect"),
        Scene("a page", "atopdump", "report", small),
        Scene("a page of files, to a file", "atopdump", "report", *file, small, ripped, again, old=[there]),
        Scene("definitions", "atopdump", "schema"),
        Scene("definitions, avro", "atopdump", "schema", "--as=avro"),
        scene("the script's lines", "--format=atopdump", "-j1", small),
        scene("the script's lines, two threads", "--format=atopdump", "-j2", small),
        scene("carving", "--carve", garbage),
        scene("carving a pipe", "--carve", "--schema=1.26", "--tables=rawrecord", flags=["--pipe=" + piece]),
        Scene("repair", "atopdump", "repair", small, flags=["--raw"]),
        Scene("repair of a long log", "atopdump", "repair", long, flags=["--raw"]),
        Scene("repair to a file", "atopdump", "repair", *file, ripped, old=[there]),
        Scene("repair of gzip", "atopdump", "repair", *new_file, zipped),
        scene("gzip", "-j1", zipped),
        *archive_scenes(suite, scene, old),
        scene("gzip, two threads", "-j2", zipped),
        scene("a pipe", "-j1", flags=["--pipe=" + small]),
        scene("a pipe, two threads", "-j2", "-", flags=["--pipe=" + small]),
        scene("a pipe of gzip", "-j1", flags=["--pipe=" + zipped]),
        scene("a pipe, damaged", "-j1", flags=["--pipe=" + ripped]),
        scene("standard input", "-j1", flags=["--input=" + small]),
        scene("damage", "-j1", ripped),
        scene("damage, two threads", "-j2", ripped),
        scene("damage, stopped at", "-j2", "--strict", ripped),
        scene("an early end", "-j2", early),
        scene("a chosen release", "--schema=1.26", "-j1", small),
        scene("a chosen release, no log of it", "--schema=2.13/lp64", "-j1", small),
        scene("no log", "-j1", text),
        Scene("a wrong table", "atopdump", "--tables=tsat", small, wrong=True),
        Scene("list", "atopdump", "list"),
        Scene("--version", "atopdump", "--version"),
        Scene("--help", "atopdump", "--help"),
    ]


def small_abi(path, *schemas):
    """Of an abi.yaml the first data model, and the types that the schemas use: few allocations."""
    used = b"".join(harness.read(schema) for schema in schemas).decode("utf-8")
    lines = []
    for line in harness.read(path).decode("utf-8").splitlines():
        name = re.match(r"  - \{name: ([\w ]+), +kind:", line)
        if not name and line.startswith("  - ") and lines[-1].startswith("  - "):
            continue
        if not name or "type: %s" % name.group(1) in used:
            lines.append(re.sub(r"\[(\d+),[^]]*\]", r"\1", line))
    return "\n".join(lines) + "\n"


COMMON = b"names:\n  - {name: processors, value: sstat.nrcpu}\n"
LABEL = b"""label: ONE
order: 1
doc: "each sample"
lines:
  - as: parseable
    columns:
      - {name: nrcpu, format: "%lld", value: processors}
"""


def generator_scenes(suite):
    """Command lines of atopgen."""
    schemas = os.path.join(harness.ROOT, "schemas")
    ok = os.path.join(harness.TESTS, "schema", "ok")
    made = suite.path("schemas")
    os.makedirs(made)
    for name in ("chain.yaml", "minimal.yaml"):
        with open(os.path.join(made, name), "wb") as file:
            file.write(harness.read(os.path.join(ok, name)))
    small, chain = os.path.join(made, "minimal.yaml"), os.path.join(made, "chain.yaml")
    with open(os.path.join(made, "abi.yaml"), "w", encoding="utf-8") as file:
        file.write(small_abi(os.path.join(schemas, "abi.yaml"), small, chain))
    labels = [suite.path("schemas/" + name, text) for name, text in (("common.yaml", COMMON), ("ONE.yaml", LABEL))]
    wrong = os.path.join(made, "wrong.yaml")
    with open(wrong, "wb") as file:
        file.write(harness.read(small).replace(b"int", b"itn"))
    done = harness.run([suite.program("atopgen"), "generate", "-o", suite.path("made"), chain])
    lock = suite.path("made/tables.lock")
    suite.check(done.status == 0 and os.path.exists(lock), "atopgen generates a lock", 0, done.err)
    work = suite.path("work")
    out = ["-o", os.path.join(work, "out")]

    def scene(name, *words, **more):
        return Scene("atopgen " + name, "atopgen", *words, **more)

    return [
        scene("check", "check", small),
        scene("check of more", "check", chain),
        scene("check of what is wrong", "check", wrong, wrong=True),
        scene("generate labels", "generate", *out, small, *labels, spares=["atopgen check"]),
        scene("generate", "generate", *out, small, spares=["atopgen check"]),
        scene("generate, anew", "generate", *out, chain, spares=["atopgen check of more"],
              old=[("out/catalog.c", b"old"), ("out/abi.h", b"old")]),
        scene("check with a lock", "check", "--lock", lock, chain, spares=["atopgen check of more"]),
        scene("generate with a lock", "generate", "--lock", lock, *out, chain, spares=["atopgen check of more"]),
        scene("generate where a lock is", "generate", *out, chain, spares=["atopgen check of more"],
              old=[("out/tables.lock", harness.read(lock))]),
        scene("generate with a wrong lock", "generate", "--lock", wrong, *out, chain, spares=["atopgen check of more"], wrong=True),
        scene("tables", "tables", chain, spares=["atopgen check of more"]),
        scene("tables as definitions", "tables", "--as", "duckdb", "--lock", lock, chain, spares=["atopgen check of more"]),
        scene("columns explained", "fields", "--as", "mdoc", "--lock", lock, chain, spares=["atopgen check of more"]),
        scene("layout", "layout", small, spares=["atopgen check"]),
        scene("show", "show", small, spares=["atopgen check"]),
        scene("diff", "diff", small, chain, spares=["atopgen check", "atopgen check of more"]),
        scene("assert", "assert", small, spares=["atopgen check"]),
        scene("new", "new", "--from", small, "9.9", spares=["atopgen check"]),
        scene("new to a file", "new", "-o", os.path.join(work, "new.yaml"), "--from", small, "9.9",
              spares=["atopgen check"]),
        scene("--version", "--version"),
        scene("--help", "--help"),
    ]


def main():
    suite = harness.Suite(__doc__, folder=harness.folder_in_memory(), every="let each call fail, whatever led to it")
    for folder in ("runtime", "generator"):
        check_imports(suite, folder)
    run_all(suite, dump_scenes(suite), "zlib")
    run_all(suite, generator_scenes(suite), "libyaml")
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
