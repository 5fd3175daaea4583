"""Proves that output cannot control the program that shows it: a terminal, a spreadsheet.

A log of hostile names is read as JSON, as CSV with --csv-safe and without, and through all messages. The rules of the
safe cell of a text are implemented here again; reconstructing the bytes from it shows that none is lost.
"""

import csv
import io
import os
import re
import sys

from lib import contract, facts, harness

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LINE_ENDS = "\u2028\u2029"
BLANKS = "".join(map(chr, range(0x21))) + "".join(map(chr, range(0x7F, 0xA1))) + "\u200b\u3000\ufeff" + DIRECTIONS + LINE_ENDS
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")
EVIL = b"EVIL"
NAMES = [b"=1+1", b"+1", b"-1", b"-bash", b"@SUM(A1)", b"=cmd|'/C calc'!A0", b"\t=1", b"\r=1", b"\n=1", b" =1", b"  ",
         b" \t\xc2\xa0=1", b"\xef\xbb\xbf=1", b"\xe3\x80\x80@", b"\xe2\x80\x8b-", b"\xef\xbc\x9d1", b"\xef\xbc\x8b1",
         b"\xef\xbc\x8d1", b"\xef\xbc\xa01", b"\x1b=1", b"\xff=1", b"\xc3\xa9=1", b"a=1", b"a\tb", b"a,b", b'=",",', b'"=1"',
         b"'=1", b"\\x1b", b"a;=1", b"a; -1;b", b";", b";\x1b[2J", b"\x1b[31mred\x1b[0m", b"\x1b]0;title\x07",
         b"\xc2\x9b31m", b"\x7f\x08\x08", b"\r\n", b"\x85", b"\xed\xa0\x80", b"\xf0\x9f\x9a\x80", b"\xe2\x82", b"plain"]
NAMES += [bytes([byte]) for byte in range(1, 256)]
NAMES += [("a%sb" % char).encode() for char in DIRECTIONS + LINE_ENDS + "\u200d\u202f\u2065\u206a\u061b\u061d\u2027"]
NAMES += [("%s=1" % char).encode() for char in DIRECTIONS + LINE_ENDS]


def hostile_log(table, host):
    """A log whose every name is one of the above, and that has negative numbers."""
    tasks = [{"gen": {"pid": i, "name": name[:15], "cmdline": name * 2, "state": name[0]}, "cpu": {"nice": -i}}
             for i, name in enumerate(NAMES)]
    interfaces = [{"name": name[:15], "type": name[0]} for name in NAMES[:20]]
    names = {"nodename": host, "release": b"=" + EVIL, "version": b"\x1b[5m" + EVIL}
    groups = [({"gen": {"sequence": i, "parentseq": min(i, 1) - 1}}, name if i else b"", [i])
              for i, name in enumerate(NAMES[:30] + NAMES[-40:])]
    system = {"intf": {"nrintf": len(interfaces), "intf": interfaces}}
    return facts.build(table, "little", [{"sstat": system, "tstat": tasks, "cstat": groups}] * 2, {"utsname": names})


# --- what must come out -------------------------------------------------------------------------------------

def is_control(char):
    return char < " " or "\x7f" <= char < "\xa0" or char in DIRECTIONS


def is_formula(text):
    return text[:1] in ("\t", "\r", "\n") or text.lstrip(BLANKS)[:1] in tuple(SIGNS)


def safe(raw):
    """The cell of a text with --csv-safe."""
    text = raw.decode("utf-8", "surrogateescape")
    cell = ""
    for i, char in enumerate(text):
        if (i == 0 or text[i - 1] == ";") and is_formula(text[i:]):
            cell += "'"
        if is_control(char) or "\udc80" <= char <= "\udcff":
            cell += "".join("\\x%02x" % byte for byte in char.encode("utf-8", "surrogateescape"))
        else:
            cell += char
    return cell


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def raw_of(row, names, i):
    """The bytes of a text by its cell and the one beside it."""
    return bytes.fromhex(row[i + 1]) if row[i + 1] else row[i].encode()


def faults(plain, got, path, host):
    """What is wrong with a safe table, beside the plain one of the same log."""
    stray = {char for char in got.decode("utf-8").replace("\r\n", "") if is_control(char)}
    if stray:
        yield "controls: %r" % sorted(stray)
    plain, got = rows_of(plain), rows_of(got)
    names = plain[0]
    if got[0] != names or len(got) != len(plain):
        yield "another header, or %d rows for %d" % (len(got), len(plain))
        return
    for old, new in zip(plain[1:], got[1:]):
        for i, name in enumerate(names):
            if name.endswith("_bytes") and names[i - 1] == name[:-len("_bytes")]:
                continue
            if i + 1 < len(names) and names[i + 1] == name + "_bytes":
                raw = raw_of(old, names, i)
                want = [safe(raw), raw.hex() if safe(raw) != raw.decode("utf-8", "replace") else ""]
                if new[i:i + 2] != want or raw_of(new, names, i) != raw:
                    yield "%s of %r: %r, should be %r" % (name, raw, new[i:i + 2], want)
            else:
                want = safe(path) if name == "file" else safe(host) if name == "host" else old[i]
                if new[i] != want:
                    yield "%s: %r, should be %r" % (name, new[i], want)
            if any(is_formula(part) for part in new[i].split(";")) and not NUMBER.fullmatch(new[i]):
                yield "%s: a formula, %r" % (name, new[i])


# --- CSV ----------------------------------------------------------------------------------------------------

def check_tables(suite, path, host):
    """Every table of a log, with and without."""
    program = suite.program("atopdump-static")
    lines = harness.run([program, "--format=rows", path]).out.splitlines()
    negative = 0
    for table in {contract.parse(line)["table"] for line in lines}:
        argv = [program, "--format=csv", "--tables=" + table, path]
        plain, result = harness.run(argv), harness.run(argv + ["--csv-safe"])
        negative += result.out.count(b",-")
        wrong = list(faults(plain.out, result.out, path.encode(), host))
        suite.check(not wrong and result.status == plain.status and result.err == plain.err, "%s with --csv-safe" % table,
                    "text that stays text", wrong[:3] or tuple(result)[::2], harness.shell(argv + ["--csv-safe"]))
    suite.check(negative, "negative numbers stay numbers", "some", negative)


def check_jobs(suite, path):
    """A folder holds what one table does; threads change nothing."""
    program = suite.program("atopdump-static")
    for jobs in (1, 3):
        folder = suite.path("folder%d" % jobs)
        argv = [program, "-j%d" % jobs, "--format=csv", "--csv-safe", "--output=" + folder + "/", path]
        harness.run(argv)
        for name in os.listdir(folder) if os.path.isdir(folder) else ["none"]:
            one = [program, "--format=csv", "--csv-safe", "--tables=" + name[:-len(".csv")], path]
            suite.check(os.path.isdir(folder) and harness.read(os.path.join(folder, name)) == harness.run(one).out,
                        "%s in a folder, -j%d" % (name, jobs), "as on standard output", "not so", harness.shell(argv))


def check_files(suite, data, host):
    """Names of files are texts as well, and damage has them."""
    program = suite.program("atopdump-static")
    name = b"=1;@\x1b[1m\xff"
    for path in (name, b"plain"):
        with open(os.path.join(suite.folder.encode(), path), "wb") as file:
            file.write(data[:-20])
    argv = [program, "--format=csv", "--tables=rawrecord"]
    old, new = (harness.run(argv + words + ["plain", "plain"], cwd=suite.folder) for words in ([], ["--csv-safe"]))
    suite.equal([], list(faults(old.out, new.out, b"plain", host)), "several files with --csv-safe", harness.shell(argv))
    process = [os.fsencode(word) for word in argv] + [b"--csv-safe", name, name]
    got = run_bytes(process, suite.folder)
    suite.equal([], list(faults(old.out, got.out, name, host)), "a hostile name of a file with --csv-safe", process)
    folder = suite.path("damage")
    process = [os.fsencode(program), b"--format=csv", b"--csv-safe", b"--output=" + folder.encode() + b"/", name, name]
    run_bytes(process, suite.folder)
    table = os.path.join(folder, "damage.csv")
    rows = rows_of(harness.read(table)) if os.path.exists(table) else []
    suite.equal([[safe(name), safe(host)]] * 2, [row[0:3:2] for row in rows[1:]], "damage.csv with --csv-safe", process)


def run_bytes(argv, folder):
    """As harness.run, for words that are no text."""
    return harness.run([os.fsdecode(word) for word in argv], cwd=folder)


# --- JSON ---------------------------------------------------------------------------------------------------

def check_json(suite, data, table):
    """All controls are escaped, and nothing is lost by it."""
    path = suite.path("hostile.raw", data)
    expected = list(contract.lines_of(facts.Log(data, [table])))
    for jobs in (1, 3):
        argv = [suite.program("atopdump-static"), "-j%d" % jobs, path]
        result = harness.run(argv)
        text = result.out.decode("utf-8").replace("\n", "")
        stray = sorted({char for char in text if is_control(char) or char in LINE_ENDS})
        suite.equal([], stray, "controls in JSON, -j%d" % jobs, harness.shell(argv))
        suite.equal(None, contract.first_difference(expected, result.out), "JSON of hostile names, -j%d" % jobs,
                    harness.shell(argv))


# --- messages -----------------------------------------------------------------------------------------------

def check_messages(suite, data):
    """Each message is lines of printable text, as many as with harmless names, and holds no byte of a log."""
    folder = suite.path("messages")
    os.mkdir(folder)
    contents = {"log": data, "cut": data[:-20], "hurt": data[:3000] + EVIL * 5 + data[3020:], "text": EVIL * 200,
                "none": None, "head": data[:100], "unknown": data[:4] + b"\xff\xff" + data[6:], "gzip": b"\x1f\x8b" + EVIL * 9}
    for kind, content in contents.items():
        for name in names_of(kind):
            if content is not None:
                with open(os.path.join(folder.encode(), name), "wb") as file:
                    file.write(content)
    for kind in contents:
        for words in ([], ["--carve"], ["--schema=2.7"], ["--format=csv", "--tables=tstat"], ["repair"],
                      ["--format=atopdump"], ["--force", "--output=out"]):
            check_message(suite, folder, kind, [word.encode() for word in words])
    for words in ([b"--format=NAME"], [b"--tables=NAME"], [b"--schema=NAME"], [b"-jNAME"], [b"--NAME"], [b"-\x1b"],
                  [b"--output=NAME/"], [b"--output=NAME/x", b"harmless-log"], [b"--reserved=NAME"]):
        check_message(suite, folder, None, words)


def names_of(kind):
    """A harmless name, then a hostile one."""
    return [b"harmless-" + kind.encode(), b"\x1b[2J\n\x07\xc2\x9b\xff\x7f\xe2\x80\xae\xe2\x80\xa8\xd8\x9c" + kind.encode()]


def check_message(suite, folder, kind, words):
    lines = []
    for name in names_of(kind or "x"):
        argv = [os.fsencode(suite.program("atopdump-static"))] + [word.replace(b"NAME", name) for word in words] + ([name] if kind else [])
        result = run_bytes(argv, folder)
        text = result.err.decode("utf-8", "replace")
        lines.append(text.count("\n"))
        stray = [char for char in text if char != "\n" and (not char.isprintable() or char == "\ufffd")]
        suite.check(not stray and EVIL not in result.err and not (text and not text.endswith("\n")),
                    "messages about %s, %s" % (kind, words), "printable lines, nothing of the log", repr(text), argv)
    suite.equal(lines[0], lines[1], "lines of messages about %s, %s" % (kind, words), argv)


def main():
    suite = harness.Suite(__doc__)
    table = [table for table in facts.load_tables() if table.model == "lp64"][-1]
    host = b"=" + EVIL + b"\x1b[1m\xc2\x9b;-1\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa9"
    data = hostile_log(table, host)
    path = suite.path("names.raw", data)
    check_tables(suite, path, host)
    check_jobs(suite, path)
    check_files(suite, data, host)
    check_json(suite, data, table)
    check_messages(suite, data)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
