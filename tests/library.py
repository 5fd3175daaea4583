"""Proves that librawlog is what rawlog.h says: its symbols, its header alone, and the examples that are built with it.

The values that examples/bypath.c prints by path are compared with those of atopdump's JSON, for every example log.
"""

import ctypes
import errno
import glob
import gzip
import json
import os
import re
import shutil
import subprocess
import sys

from lib import facts, harness

HEADER = os.path.join(harness.ROOT, "runtime", "rawlog", "rawlog.h")
MAP = os.path.join(harness.ROOT, "runtime", "rawlog", "librawlog.map")
README = os.path.join(harness.ROOT, "runtime", "rawlog", "README.md")
PAGE = os.path.join(harness.ROOT, "man", "rawlog.3.in")
PRINTS = re.compile(r"(v?f?d?printf|f?puts|f?putc|putchar|fwrite|perror|_?_?exit|_Exit|abort|__assert_fail|raise|signal|sigaction"
                    r"|stdout|stderr|__printf_chk|__fprintf_chk|error|warnx?|errx?)$")
COMPILERS = (["cc", "-x", "c", "-std=c99"], ["c++", "-x", "c++", "-std=c++11"])
PATHS_MAX = 60          # members compared at once
END, GAP, NEXT_LOG, REFUSED, FAILED = 1, 2, 3, 6, 7     # of enum rawlog_result
EXAMPLE_MAX = 80        # lines of an example


def declared():
    """The functions of the header."""
    return set(re.findall(r"\b(rawlog_\w+)\(", re.sub(r"/\*.*?\*/", "", read_text(HEADER), flags=re.S)))


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def symbols(*argv):
    done = harness.run(["nm", *argv])
    return {line.split()[-1].split("@")[0] for line in done.out.decode().splitlines() if " " in line}


def check_symbols(suite):
    """Both libraries export the functions of the header, and no more; the library calls nothing that prints or exits."""
    shared, static = (os.path.join(suite.build, "librawlog." + end) for end in ("so", "a"))
    suite.check(len(declared()) > 40, "rawlog.h declares functions", "more than 40", len(declared()))
    suite.equal(declared(), set(re.findall(r"^\t(\w+);", read_text(MAP), re.M)), "functions of rawlog.h and librawlog.map")
    suite.equal(declared(), symbols("-D", "--defined-only", shared) - {"LIBRAWLOG_0"}, "symbols of librawlog.so")
    suite.equal(declared(), symbols("-g", "--defined-only", static), "symbols of librawlog.a")
    called = symbols("-D", "--undefined-only", shared)
    suite.check("malloc" in called, "librawlog.so calls malloc", "it does", called)
    if not harness.is_sanitized(suite.program()):
        suite.equal([], sorted(name for name in called if PRINTS.match(name)), "functions that print or exit")
    name = harness.run(["objdump", "-p", shared]).out.decode()
    suite.check(re.search(r"SONAME\s+librawlog\.so\.0\n", name), "soname", "librawlog.so.0", name[:200])


def check_header(suite):
    """The header includes the C library only, and compiles alone, as C99 and as C++."""
    suite.equal([], re.findall(r'^#\s*include\s+"(.*)"', read_text(HEADER), re.M), "own headers that rawlog.h includes")
    source = suite.path("alone.c", b'#include <rawlog.h>\n#include <rawlog.h>\nint main(void) { return rawlog_version() == 0; }\n')
    for compiler in COMPILERS:
        if shutil.which(compiler[0]) is None:
            print("not tested: rawlog.h alone, %s, since there is no %s" % (compiler[-1], compiler[0]))
            continue
        argv = [*compiler, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", os.path.dirname(HEADER), source]
        done = subprocess.run(argv, capture_output=True, check=False)
        suite.check(done.returncode == 0, "rawlog.h alone, " + compiler[-1], "no message", done.stderr.decode()[:400])


# --- values -------------------------------------------------------------------------------------------------

def leaves(value, path=""):
    """(path, value) of each number, null or truth value in an object; of an array, its first and last element."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, path + "." + key if path else key)
    elif isinstance(value, list):
        for i in sorted({0, len(value) - 1}) if value else ():
            yield from leaves(value[i], "%s[%d]" % (path, i))
    elif not isinstance(value, str):
        yield path, value


def at(value, path):
    """The value at a path; of what is in something that means nothing, None."""
    for word in re.findall(r"[^.\[\]]+", path):
        if value is None:
            return None
        value = value[int(word) if isinstance(value, list) else word]
    return value


def is_same(text, value):
    """Whether a printed value is that of the JSON; bytes, printed as a question mark, are not compared."""
    if text == "?":
        return True
    if value is None or text == "-":
        return value is None and text == "-"
    if isinstance(value, bool):
        return (float(text) != 0) == value
    if isinstance(value, int):
        return text == str(value)
    return abs(float(text) - value) <= 1e-5 * abs(value)


def structs(suite, path):
    """{role: its structs as (sample, object)} of a log."""
    found = {}
    for line in harness.run([suite.program(), path]).out.decode().splitlines():
        keys = json.loads(line)
        for role in ("sstat", "tstat", "cstat"):
            if role in keys:
                found.setdefault(role, []).append((keys["sample"], keys[role]))
    return found


def check_values(suite, path):
    """Members of all structs of a log, by path; those of elements that are not all in use are at other places."""
    program = os.path.join(suite.build, "example-bypath")
    for role, rows in structs(suite, path).items():
        paths = [name for name, _ in leaves(rows[0][1]) if not name.startswith("pids")]
        if role == "tstat":
            names = [line.split("\t", 1)[1] for line in
                     harness.run([program, path, role, "gen.name"]).out.decode("utf-8", "replace").splitlines()]
            suite.equal([row["gen"]["name"] for _, row in rows], names, "%s, names of tasks" % os.path.basename(path))
        for some in (paths[i:i + PATHS_MAX] for i in range(0, len(paths), PATHS_MAX)):
            done = harness.run([program, path, role, *some])
            lines = done.out.decode().splitlines()
            what = "%s, %s, %s…" % (os.path.basename(path), role, some[0])
            if not suite.check(done.status == 0 and len(lines) == len(rows), what, "%d lines" % len(rows),
                               "exit %d, %d lines" % (done.status, len(lines))):
                continue
            wrong = []
            for line, (number, row) in zip(lines, rows):
                shown = line.split("\t")
                for name, text in zip(some, shown[1:]):
                    try:
                        expected = at(row, name)
                    except (IndexError, KeyError):
                        continue                        # fewer elements are in use in this struct
                    if shown[0] != str(number) or not is_same(text, expected):
                        wrong.append((name, text, expected))
            suite.equal([], wrong[:3], what)


def check_wrong_paths(suite):
    """A path that leads to nothing prints nothing; a value beyond the elements in use is null."""
    log = os.path.join(harness.ROOT, "example_data", "atop-2.8.1.raw")
    paths = {"": "", "gen": "?", "gen.": "", "gen.nothing": "", "gen.pid.x": "", "gen.pid[0]": "", "nothing": "", "gen[0]": "",
             "gen.pid ": "", ".gen": ""}
    out = harness.run([os.path.join(suite.build, "example-bypath"), log, "tstat", *paths]).out.decode()
    suite.equal(list(paths.values()), out.splitlines()[0].split("\t")[1:], "paths of no value")
    paths = {"cpu.cpu[0].cpunr": "0", "cpu.cpu[1000].stime": "-", "cpu.cpu[4000000].stime": "", "cpu.cpu[x].stime": "",
             "cpu.cpu[0": "", "cpu.cpu[]": "", "cpu.cpu[99999999999999999999].stime": "", "cpu.cpu.stime": ""}
    out = harness.run([os.path.join(suite.build, "example-bypath"), log, "sstat", *paths]).out.decode()
    suite.equal(list(paths.values()), out.splitlines()[0].split("\t")[1:], "indices")


# --- calls from elsewhere -------------------------------------------------------------------------------------

def load(suite):
    """The shared library, its functions declared as far as they are called here."""
    library = ctypes.CDLL(os.path.join(suite.build, "librawlog.so"))
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    for name, result, *arguments in (
            ("open_memory", ctypes.c_int, pointer, ctypes.c_char_p, size, ctypes.c_char_p, ctypes.c_char_p),
            ("open_fd", ctypes.c_int, pointer, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p),
            ("bytes", ctypes.c_int, pointer, pointer, pointer, pointer), ("close", None, pointer), ("sample_new", pointer), ("sample_delete", None, pointer), ("damage_new", pointer),
            ("damage_delete", None, pointer), ("next", ctypes.c_int, pointer, pointer, pointer, pointer),
            ("detach", ctypes.c_int, pointer, pointer, pointer), ("groups", ctypes.c_int, pointer, pointer),
            ("nblocks", size, pointer), ("block", None, pointer, size), ("block_role", ctypes.c_char_p, pointer, size),
            ("struct", ctypes.c_int, pointer, pointer, pointer, pointer), ("release", ctypes.c_char_p, pointer),
            ("sample_number", ctypes.c_uint64, pointer), ("cgroup_path", size, pointer, ctypes.c_char_p),
            ("cgroup_npids", ctypes.c_bool, pointer, pointer), ("cgroup_pid", ctypes.c_int64, pointer, size),
            ("nreleases", size), ("release_name", ctypes.c_char_p, size), ("descriptor", ctypes.c_int, ctypes.c_char_p, ctypes.c_int),
            ("carve_fd", ctypes.c_int, pointer, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p),
            ("is_layout", ctypes.c_bool, ctypes.c_char_p, ctypes.c_char_p), ("as_stored", None, pointer, ctypes.c_bool),
            ("header", pointer, pointer), ("certainty", ctypes.c_char_p, pointer), ("fits", ctypes.c_char_p, pointer),
            ("header_offset", ctypes.c_uint64, pointer), ("records_offset", ctypes.c_uint64, pointer),
            ("sample_offset", ctypes.c_uint64, pointer), ("damage_text", ctypes.c_char_p, pointer),
            ("damage_kind", ctypes.c_char_p, pointer), ("gap_from", ctypes.c_int64, pointer),
            ("gap_to", ctypes.c_int64, pointer), ("gap_interval", ctypes.c_uint64, pointer),
            ("block_extent", None, pointer, size, pointer)):
        function = getattr(library, "rawlog_" + name)
        function.restype, function.argtypes = result, arguments
    return library


def pids_of(library, sample):
    count = ctypes.c_size_t()
    if not library.rawlog_cgroup_npids(sample, ctypes.byref(count)):
        return None
    return [library.rawlog_cgroup_pid(sample, i) for i in range(count.value)]


def read_structs(library, sample, damage):
    """(sample, role, path of the cgroup, processes) of each struct of a sample."""
    host, error, path = ctypes.c_void_p(), ctypes.c_int(), ctypes.create_string_buffer(4096)
    number = library.rawlog_sample_number(sample)
    library.rawlog_groups(sample, ctypes.byref(error))
    for block in range(library.rawlog_nblocks(sample)):
        library.rawlog_block(sample, block)
        while library.rawlog_struct(sample, ctypes.byref(host), damage, ctypes.byref(error)) == 0:
            size = library.rawlog_cgroup_path(sample, path)
            yield number, library.rawlog_block_role(sample, block).decode(), path.raw[:size].decode(), pids_of(library, sample)


def expected_structs(suite, path):
    for line in harness.run([suite.program(), path]).out.decode().splitlines():
        keys = json.loads(line)
        for role in ("sstat", "tstat", "cstat"):
            if role in keys:
                group = keys["cstat"]["path"] if role == "cstat" else keys.get("cgroup")
                yield keys["sample"], role, group or "", keys["cstat"]["pids"] if role == "cstat" else None


def check_detached(suite, library, path):
    """Samples that were detached can be read when their log is closed and its bytes are gone."""
    log, error = ctypes.c_void_p(), ctypes.c_int()
    why = ctypes.create_string_buffer(1024)
    sample, damage, detached = library.rawlog_sample_new(), library.rawlog_damage_new(), []
    data = ctypes.create_string_buffer(harness.read(path))
    suite.equal(0, library.rawlog_open_memory(ctypes.byref(log), data, len(data) - 1, None, why), "open %s" % path)
    while library.rawlog_next(log, sample, damage, ctypes.byref(error)) == 0:
        detached.append(library.rawlog_sample_new())
        suite.equal(0, library.rawlog_detach(detached[-1], sample, ctypes.byref(error)), "detach")
    library.rawlog_close(log)
    library.rawlog_sample_delete(sample)
    ctypes.memset(data, 0xff, len(data))
    got = [row for one in detached for row in read_structs(library, one, damage)]
    suite.equal(list(expected_structs(suite, path)), got, "detached samples of %s" % os.path.basename(path))
    for one in detached:
        library.rawlog_sample_delete(one)
    library.rawlog_damage_delete(damage)


def check_layouts(suite, library):
    """A forced layout replaces the header; an unknown one is refused, and the descriptor is closed."""
    log, why = ctypes.c_void_p(), ctypes.create_string_buffer(1024)
    path = os.path.join(harness.ROOT, "example_data", "atop-2.8.1.raw")
    names = [library.rawlog_release_name(i) for i in range(library.rawlog_nreleases())]
    suite.check(b"2.8" in names and names == sorted(names, key=lambda name: [int(n) for n in re.findall(rb"\d+", name)]),
                "releases", "in order", names)
    suite.equal(0, library.rawlog_open_fd(ctypes.byref(log), os.open(path, os.O_RDONLY), b"2.8/lp64", why), "2.8/lp64")
    suite.equal(b"2.8", library.rawlog_release(log), "its release")
    library.rawlog_close(log)
    for layout in (b"9.9", b"2.8/lp128", b"2.13"):
        fd = os.open(path, os.O_RDONLY)
        suite.equal(REFUSED, library.rawlog_open_fd(ctypes.byref(log), fd, layout, why), "layout %s" % layout.decode())
        suite.check(why.raw[4:].split(b"\0")[0], "layout %s" % layout.decode(), "a reason", "none")
        try:
            os.close(fd)
            suite.check(False, "the descriptor of a refused log", "closed", "open")
        except OSError:
            suite.passed += 1


def open_bytes(suite, library, name, data, carve=True):
    """A log that is open to be carved, or to be read from its beginning."""
    log, why = ctypes.c_void_p(), ctypes.create_string_buffer(1024)
    fd = library.rawlog_descriptor(suite.path(name, data).encode(), 0)
    function = library.rawlog_carve_fd if carve else library.rawlog_open_fd
    suite.equal(0, function(ctypes.byref(log), fd, None, why), "open %s" % name)
    return log


def check_carved(suite, library):
    """What is known of carved logs, with a header and without; a file without records is refused; so is one that is missing."""
    data = harness.read(os.path.join(harness.ROOT, "example_data", "atop-2.8.1.raw"))
    log_facts = facts.Log(data, facts.load_tables())
    junk, header = b"nothing" * 100, log_facts.table.size("rawheader")
    sample, damage, error = library.rawlog_sample_new(), library.rawlog_damage_new(), ctypes.c_int()
    log = open_bytes(suite, library, "carved", junk + data + junk + data[header:])
    extents, offsets = [], []
    while True:
        result = library.rawlog_next(log, sample, damage, ctypes.byref(error))
        if result == NEXT_LOG:
            extents.append((library.rawlog_release(log), library.rawlog_certainty(log), library.rawlog_fits(log),
                            library.rawlog_header(log) is not None, library.rawlog_records_offset(log)))
            if extents[-1][3]:
                suite.equal(len(junk), library.rawlog_header_offset(log), "offset of the header")
        elif result == 0:
            offsets.append(library.rawlog_sample_offset(sample))
        elif result == END:
            break
    starts = [one.offset for one in log_facts.samples()]
    second = 2 * len(junk) + len(data) - header
    suite.equal([(b"2.8", b"header", b"2.8", True, len(junk) + header), (b"2.8", b"lengths", b"2.8 or 2.9", False, second + header)],
                extents, "logs in a carved file")
    suite.equal([len(junk) + at for at in starts] + [second + at for at in starts], offsets, "carved records")
    library.rawlog_close(log)
    log = open_bytes(suite, library, "junk", junk)
    results = [library.rawlog_next(log, sample, damage, ctypes.byref(error)) for _ in range(2)]
    suite.equal([REFUSED, END], results, "a file without records")
    suite.check(b"no records" in library.rawlog_damage_text(damage), "its reason", "no records",
                library.rawlog_damage_text(damage))
    suite.equal(b"no-record", library.rawlog_damage_kind(damage), "its kind")
    library.rawlog_close(log)
    why = ctypes.create_string_buffer(1024)
    fd = library.rawlog_descriptor(suite.path("missing").encode(), 0)
    suite.equal(-errno.ENOENT, fd, "descriptor of a missing file")
    suite.equal(FAILED, library.rawlog_carve_fd(ctypes.byref(log), fd, None, why), "carving a missing file")
    suite.equal(True, library.rawlog_is_layout(b"2.8/lp64", why), "2.8/lp64 is a layout")
    suite.equal(False, library.rawlog_is_layout(b"2.8/lp46", why), "2.8/lp46 is none")
    suite.check(b"lp64" in why.raw, "the reason", "lists data models", why.raw[:80])
    library.rawlog_sample_delete(sample)
    library.rawlog_damage_delete(damage)


def check_bytes(suite, library):
    """All bytes of a log, gzip undone, wherever reading is; not of a pipe, which cannot be read twice."""
    data = harness.read(os.path.join(harness.ROOT, "example_data", "atop-2.8.1.raw"))
    taker = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
    pieces, error, why, log = [], ctypes.c_int(), ctypes.create_string_buffer(1024), ctypes.c_void_p()
    take = taker(lambda context, start, size: pieces.append((context, ctypes.string_at(start, size))))
    sample, damage = library.rawlog_sample_new(), library.rawlog_damage_new()
    packed = gzip.compress(data)
    held = ctypes.create_string_buffer(data, len(data))

    def check(what, expected):
        for moment in ("before the first sample", "after it"):
            pieces.clear()
            suite.equal(0, library.rawlog_bytes(log, take, 7, ctypes.byref(error)), "bytes of %s, %s" % (what, moment))
            suite.check({context for context, _ in pieces} == {7} and b"".join(piece for _, piece in pieces) == expected,
                        "bytes of %s, %s" % (what, moment), len(expected), sum(len(piece) for _, piece in pieces))
            suite.equal(0, library.rawlog_next(log, sample, damage, ctypes.byref(error)), "a sample of %s" % what)
        library.rawlog_close(log)

    for what, content in (("a log", data), ("gzip", packed), ("gzip that breaks", packed[:-8] + b"notright"),
                          ("a large log", data + bytes(1 << 20))):
        log = open_bytes(suite, library, what, content, carve=False)
        check(what, data if content[:2] == packed[:2] else content)
    suite.equal(0, library.rawlog_open_memory(ctypes.byref(log), held, len(data), None, why), "memory")
    check("memory", data)
    ends = os.pipe()
    os.write(ends[1], data[:20000])
    os.close(ends[1])
    suite.equal(0, library.rawlog_open_fd(ctypes.byref(log), ends[0], None, why), "a pipe")
    suite.equal((FAILED, errno.ESPIPE), (library.rawlog_bytes(log, take, 7, ctypes.byref(error)), error.value), "bytes of a pipe")
    library.rawlog_close(log)
    library.rawlog_sample_delete(sample)
    library.rawlog_damage_delete(damage)


def check_gap(suite, library):
    """The times around a missing sample, and where the library finds the blocks of the others."""
    data = harness.read(os.path.join(harness.ROOT, "example_data", "atop-2.8.1.raw"))
    samples = list(facts.Log(data, facts.load_tables()).samples())
    log = open_bytes(suite, library, "gap", data[:samples[1].offset] + data[samples[2].offset:], carve=False)
    sample, damage, error = library.rawlog_sample_new(), library.rawlog_damage_new(), ctypes.c_int()
    extent = (ctypes.c_uint64 * 4)()
    seen = []
    while True:
        result = library.rawlog_next(log, sample, damage, ctypes.byref(error))
        if result == END:
            break
        if result == GAP:
            seen.append((library.rawlog_damage_kind(damage), library.rawlog_gap_from(damage), library.rawlog_gap_to(damage),
                         library.rawlog_gap_interval(damage)))
        elif library.rawlog_sample_number(sample) == 0:
            blocks = []
            for block in range(library.rawlog_nblocks(sample)):
                library.rawlog_block_extent(sample, block, extent)
                blocks.append((extent[0], extent[1]))
            suite.equal([tuple(block) for block in samples[0].blocks], blocks, "blocks of the first sample")
    suite.equal([(b"none", samples[0].record["curtime"], samples[2].record["curtime"], samples[2].record["interval"])], seen, "a gap")
    library.rawlog_close(log)
    library.rawlog_sample_delete(sample)
    library.rawlog_damage_delete(damage)


def check_calls(suite):
    if harness.is_sanitized(suite.program()):
        print("not tested: the shared library from Python, which the sanitizer does not allow")
        return
    library = load(suite)
    for path in suite.examples():
        check_detached(suite, library, path)
    check_layouts(suite, library)
    check_carved(suite, library)
    check_bytes(suite, library)
    check_gap(suite, library)


# --- examples and documents ---------------------------------------------------------------------------------

def check_tasks(suite):
    """examples/tasks.c counts and adds up what atopdump prints; another release is refused."""
    program = os.path.join(suite.build, "example-tasks")
    log = os.path.join(harness.ROOT, "example_data", "atop-2.8.1.raw")
    expected = {}
    for number, task in structs(suite, log)["tstat"]:
        expected.setdefault(number, []).append(task["cpu"]["utime"] + task["cpu"]["stime"])
    shown = re.findall(r"(\d+) tasks, (\d+) ticks", harness.run([program, log]).out.decode())
    suite.equal([(str(len(ticks)), str(sum(ticks))) for ticks in expected.values()], shown, "examples/tasks.c")
    other = harness.run([program, os.path.join(harness.ROOT, "example_data", "atop-2.13.0.raw")])
    suite.check(other.status == 2 and b"not 2.8" in other.err, "another release", "exit 2", other)


def check_documents(suite):
    """Examples are short; the README quotes one; the manual page names every function."""
    for path in glob.glob(os.path.join(harness.ROOT, "examples", "*.c")):
        suite.check(read_text(path).count("\n") < EXAMPLE_MAX, path, "fewer than %d lines" % EXAMPLE_MAX, "more")
    quoted = re.search(r"<!-- examples/bypath\.c -->\n```c\n(.*?)```\n", read_text(README), re.S)
    if suite.check(quoted, "README.md of rawlog quotes examples/bypath.c", "it does", "it does not"):
        suite.equal(read_text(os.path.join(harness.ROOT, "examples", "bypath.c")), quoted.group(1), "the quoted example")
    page = read_text(PAGE)
    suite.equal([], sorted(name for name in declared() if name not in page), "functions that rawlog.3 does not name")


def main():
    suite = harness.Suite(__doc__, files=True)
    check_symbols(suite)
    check_header(suite)
    for path in suite.examples():
        check_values(suite, path)
    check_wrong_paths(suite)
    check_calls(suite)
    check_tasks(suite)
    check_documents(suite)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
