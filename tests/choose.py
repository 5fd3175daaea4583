"""Proves that --where and --fields choose what they say: each condition gives the rows that Python selects from the full table,
over logs of all releases; each list of fields the columns that Python picks. Each mistake gives its message, exit 1, and
nothing is written.
"""

import calendar
import json
import operator
import os
import re
import struct
import sys
import time

from lib import contract, facts, harness, tables
from lib.harness import TROUBLE

# --- conditions ---------------------------------------------------------------------------------------------------

# (table, condition, the same in Python over the cells of a row). Cells are of class Cell, which knows the rules of null.
CONDITIONS = [
    ("tstat", 'gen_pid == 1', "gen_pid == 1"),
    ("tstat", 'gen.pid != 1', "gen_pid != 1"),
    ("tstat", 'gen_name == "nginx"', "gen_name == 'nginx'"),
    ("tstat", 'gen_name != "nginx"', "gen_name != 'nginx'"),
    ("tstat", 'gen_name =~ "^(ng|wor)"', "match(gen_name, '^(ng|wor)')"),
    ("tstat", 'gen_name !~ "[aeiou]$"', "unmatch(gen_name, '[aeiou]$')"),
    ("tstat", 'gen_cmdline == null', "null(gen_cmdline)"),
    ("tstat", 'gen_cmdline != null && cpu_utime > 10', "not null(gen_cmdline) and cpu_utime > 10"),
    ("tstat", 'gen_cmdline == ""', "gen_cmdline == ''"),
    ("tstat", 'mem_pmem > 1000', "mem_pmem > 1000"),
    ("tstat", '!(mem_pmem > 1000)', "not mem_pmem > 1000"),
    ("tstat", 'mem_pmem <= 1000', "mem_pmem <= 1000"),
    ("tstat", 'gen_isproc', "truth(gen_isproc)"),
    ("tstat", '!gen_isproc', "not truth(gen_isproc)"),
    ("tstat", 'gen_isproc == false', "gen_isproc == False"),
    ("tstat", 'gen_isproc != true', "gen_isproc != True"),
    ("tstat", "gen_state == 'S' || gen_state == 'R'", "gen_state == 'S' or gen_state == 'R'"),
    ("tstat", 'cpu_utime + cpu_stime >= 20', "cpu_utime + cpu_stime >= 20"),
    ("tstat", 'mem_vmem - mem_rmem < 1000 && gen_pid', "mem_vmem - mem_rmem < 1000 and truth(gen_pid)"),
    ("tstat", 'gen_pid % 7 == 3', "gen_pid % 7 == 3"),
    ("tstat", '-gen_pid / 10 == -3', "quotient(-gen_pid, 10) == -3"),
    ("tstat", 'gen_pid & 4', "truth(gen_pid & 4)"),
    ("tstat", 'mem_rmem / (gen_pid - 22) > 100', "quotient(mem_rmem, gen_pid - 22) > 100"),
    ("tstat", 'mem_rmem * 1.0 / mem_vmem > 0.5', "mem_rmem * 1.0 / mem_vmem > 0.5"),
    ("tstat", 'gen_pid + 9223372036854775807 == null', "null(gen_pid + (2 ** 63 - 1))"),
    ("tstat", '-9223372036854775808 + gen_pid < 0 && -9223372036854775807 - gen_pid == null && -(gen_pid - gen_pid - 9223372036854775807 - 1) == null',
     "gen_pid - 2 ** 63 < 0 and null(-gen_pid - (2 ** 63 - 1))"),
    ("tstat", 'mem_rmem * 1152921504606846976 / 1152921504606846976 == mem_rmem || mem_rmem * -1152921504606846976 < 0',
     "not null(mem_rmem * 2 ** 60) or not null(mem_rmem * -2 ** 60) and mem_rmem > 0"),
    ("tstat", '(gen_pid * 0 - 9223372036854775807 - 1) / -1 == null && gen_btime + 9223372036854775807 == null && gen_pid % 2 == 0',
     "null(gen_btime + (2 ** 63 - 1)) and gen_pid % 2 == 0"),
    ("tstat", 'time - gen_btime > 5', "time - gen_btime > 5"),
    ("tstat", 'gen_btime + 6 < time', "gen_btime + 6 < time"),
    ("tstat", 'gen_elaps == null', "null(gen_elaps)"),
    ("tstat", 'release == "2.7" || release =~ "^2[.]1[0-9]"', "release == '2.7' or match(release, '^2[.]1[0-9]')"),
    ("tstat", 'file =~ "s390x" && sample == 2', "match(file, 's390x') and sample == 2"),
    ("tstat", 'since_boot && !unverified && run == 0', "truth(since_boot) and not truth(unverified) and run == 0"),
    ("tstat", 'run > 0', "run > 0"),
    ("tstat", 'cgroup =~ "slice" && gen_nthr > 1', "match(cgroup, 'slice') and gen_nthr > 1"),
    ("tstat", 'gpu_gpubusy != null || gen_container != null', "not null(gpu_gpubusy) or not null(gen_container)"),
    ("tstat", '(gen_ruid == 0 ? cpu_utime : cpu_stime) > 3', "(cpu_utime if gen_ruid == 0 else cpu_stime) > 3"),
    ("tstat", 'gen_pid > 20 && gen_pid < 25 || gen_name == "cron" && !(sample > 1)',
     "gen_pid > 20 and gen_pid < 25 or gen_name == 'cron' and not sample > 1"),
    ("tstat", 'gen_excode == -2147483648 && gen_pid >= 0x18', "gen_excode == -2147483648 and gen_pid >= 0x18"),
    ("tstat", 'contains(gen_cmdline, "/s")', "text(gen_cmdline, lambda t: '/s' in t)"),
    ("tstat", 'lower(gen_name) == "bash" || lower(gen_name) == "atop" || lower(gen_name) == "init" || lower(gen_name) =~ "^k" || '
              'contains(lower(gen_name), lower("SSH"))',
     "text(gen_name, lambda t: t.lower() in ('bash', 'atop', 'init') or t.lower().startswith('k') or 'ssh' in t.lower())"),
    ("tstat", 'starts_with(lower(gen_name), "s")', "text(gen_name, lambda t: t.lower().startswith('s'))"),
    ("tstat", 'length(gen_cmdline) > 2 * length(gen_name)', "length(gen_cmdline) > 2 * length(gen_name)"),
    ("tstat", 'max(cpu_utime, cpu_stime) >= 1 * min(gen_nthr, 4)', "larger(cpu_utime, cpu_stime) >= smaller(gen_nthr, Cell(4))"),
    ("tstat", 'floor(mem_rmem / 1024.0) == 3 || round(mem_rmem / 1024.0) == 5',
     "3 <= mem_rmem / 1024.0 and mem_rmem / 1024.0 < 4 or 4.5 <= mem_rmem / 1024.0 and mem_rmem / 1024.0 < 5.5"),
    ("rawheader", 'version_number(release, 1) >= 10', "text(release, lambda t: int(t.split('.')[1].split('-')[0]) >= 10)"),
    ("sstat", 'cpu_lavg1 > 2.5', "cpu_lavg1 > 2.5"),
    ("sstat", 'cpu.lavg15 == LAVG', "cpu_lavg15 == single(LAVG)"),
    ("sstat", 'cpu_lavg1 > cpu_nrcpu', "cpu_lavg1 > cpu_nrcpu"),
    ("sstat", 'cpu.all.Itime + cpu.all.Stime > 1', "cpu_all_irqtime + cpu_all_softirqtime > 1"),
    ("sstat", 'mem_stothugepage == 0', "mem_stothugepage == 0"),
    ("sstat", 'mem_zswap == null && mem.oomkills != null', "null(mem_zswap) and not null(mem_oomkills)"),
    ("sstat", 'psi_cpusome_avg10 >= 0.5', "psi_cpusome_avg10 >= 0.5"),
    ("sstat", 'mem_freemem * 1000 / mem_physmem < 975', "quotient(mem_freemem * 1000, mem_physmem) < 975"),
    ("sstat_cpu_cpu", 'idx == 1 && stime > 10', "idx == 1 and stime > 10"),
    ("sstat_cpu_cpu", 'cpunr == idx && online == null', "cpunr == idx and null(online)"),
    ("sstat_dsk_dsk", 'name =~ "^vd" && nread > 0', "match(name, '^vd') and nread > 0"),
    ("sstat_intf_intf", 'name != "lo" && (rbyte > 0 || sbyte > 0)', "name != 'lo' and (rbyte > 0 or sbyte > 0)"),
    ("sstat_intf_intf", 'speed == null', "null(speed)"),
    ("rawrecord", 'time >= "2026-11-22T06:40:00Z"', "time >= moment('2026-11-22T06:40:00Z')"),
    ("rawrecord", 'curtime == time && interval < 5', "curtime == time and interval < 5"),
    ("rawrecord", 'time < "2026-11-22" || sample == 5', "time < moment('2026-11-22T00:00:00Z') or sample == 5"),
    ("rawrecord", 'flags & 1', "truth(flags & 1)"),
    ("rawrecord", 'ndeviat > 50 && totidle == null', "ndeviat > 50 and null(totidle)"),
    ("rawheader", 'utsname_machine != "x86_64"', "utsname_machine != 'x86_64'"),
    ("rawheader", 'sample == null && pidwidth >= 7', "null(sample) and pidwidth >= 7"),
    ("cstat", 'path =~ "^/system" && gen_nprocs > 0', "match(path, '^/system') and gen_nprocs > 0"),
    ("cstat", 'cgname == "" || mem_anon == null', "cgname == '' or null(mem_anon)"),
    ("cstat_pids", 'pid % 2 == 0 && path != "/"', "pid % 2 == 0 and path != '/'"),
    ("damage", 'kind == "checksum" && length > 10', "kind == 'checksum' and length > 10"),
    ("damage", 'time == null && offset < 20000', "null(time) and offset < 20000"),
]


class Cell:
    """A value with the rules of null: a comparison with null is false, arithmetic with null is null."""

    def __init__(self, value):
        self.value = value

    def _compare(self, test, other):
        other = value_of(other)
        return self.value is not None and other is not None and test(self.value, other)

    def _calculate(self, function, other):      # an integer that does not fit into 64 bits is null
        other = value_of(other)
        if self.value is None or other is None:
            return Cell(None)
        try:
            result = function(self.value, other)
            return Cell(None if isinstance(result, int) and not -2 ** 63 <= result < 2 ** 63 else result)
        except ZeroDivisionError:
            return Cell(None)

    def __neg__(self):
        return Cell(None if self.value is None else -self.value)


def value_of(one):
    return one.value if isinstance(one, Cell) else one


def remainder(one, other):
    """With the sign of the first, as in C."""
    return abs(one) % abs(other) * (-1 if one < 0 else 1)


for name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Cell, "__%s__" % name, lambda self, other, f=getattr(operator, name): self._compare(f, other))
for name, function in (("add", operator.add), ("sub", operator.sub), ("mul", operator.mul), ("truediv", operator.truediv),
                       ("and", operator.and_), ("mod", remainder)):
    setattr(Cell, "__%s__" % name, lambda self, other, f=function: self._calculate(f, other))
Cell.__rmul__ = Cell.__mul__


def quotient(one, other):
    """Of integers, cut towards zero."""
    return one._calculate(lambda a, b: abs(a) // abs(b) * (-1 if (a < 0) != (b < 0) else 1), other)


def single(text):
    """The float32 that a decimal stands for."""
    return struct.unpack("f", struct.pack("f", float(text)))[0]


def moment(text):
    """Seconds since 1970 of a time in UTC."""
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


HELPERS = {
    "null": lambda cell: cell.value is None, "truth": lambda cell: bool(cell.value), "single": single, "moment": moment,
    "match": lambda cell, pattern: cell.value is not None and re.search(pattern, cell.value) is not None,
    "unmatch": lambda cell, pattern: cell.value is not None and re.search(pattern, cell.value) is None,
    "quotient": quotient, "Cell": Cell,
    "text": lambda cell, test: cell.value is not None and test(cell.value),
    "length": lambda cell: Cell(None if cell.value is None else len(cell.value.encode())),
    "larger": lambda a, b: a._calculate(max, b), "smaller": lambda a, b: a._calculate(min, b),
}


def choice(paths):
    """One log of each release, and those of other machines."""
    return [path for path in paths if re.search(r"-(1[.]26|2[.]0[.]1|2[.]1|2[.]2.*|2[.]3.*|2[.]4.*|2[.]6.*|2[.]7[.]1|2[.]8[.]1-.*|"
                                                r"2[.]9.*|2[.]10.*|2[.]11[.]0|2[.]13.*)[.]raw$", path)]


class Full:
    """All rows of logs: the lines as they are printed, as bytes, and their cells. A damaged log and a truncated one are among them."""

    def __init__(self, test):
        paths = choice(test.suite.examples())
        hurt = bytearray(harness.read(paths[-1]))
        hurt[-1] ^= 1
        self.schema = test.schema
        self.paths = paths + [test.suite.path("cut.raw", harness.read(paths[0])[:-50]), test.suite.path("hurt.raw", bytes(hurt))]
        result = harness.run([test.program, "--format=rows", *self.paths])
        self.lines, self.rows = {}, {}
        for line in result.out.splitlines(keepends=True):
            cells = contract.parse(line.decode("utf-8"))
            self.lines.setdefault(cells["table"], []).append((line, self.typed(cells)))

    def parsed(self, table):
        """The rows of a table, each parsed once for all that ask."""
        if table not in self.rows:
            self.rows[table] = [contract.parse(line.decode("utf-8")) for line, _ in self.lines.get(table, ())]
        return self.rows[table]

    def typed(self, cells):
        types = self.schema.tables[cells["table"]]
        return {name: Cell(typed(value, types.get(name))) for name, value in cells.items()}

    def select(self, table, expression):
        code, names = compile(expression, expression, "eval"), dict(HELPERS)
        return [line for line, cells in self.lines.get(table, ()) if eval(code, names, cells)]


def typed(value, kind):
    if value is None or kind not in ("number", "time"):
        return value
    return single(value) if kind == "number" else moment(value)


class Test:
    def __init__(self, suite):
        self.suite, self.program = suite, suite.program("atopdump-static")
        self.schema = tables.Schema(facts.load_tables())

    def run(self, *words):
        return harness.run([self.program, *words])


def check_condition(test, full, table, condition, expression):
    """One condition over all logs. It must hold for some rows and not for others."""
    argv = ["--format=rows", "--tables=" + table, "--where=" + condition, *full.paths]
    wanted, out = full.select(table, expression), test.run(*argv).out
    every = len(full.lines.get(table, ()))
    again = harness.shell([test.program, *argv])
    test.suite.check(0 < len(wanted) < every, "%s: rows of %s for which it holds" % (condition, table), "some of %d" % every,
                     len(wanted), again)
    good = b"".join(wanted) == out
    got = [] if good else out.splitlines(keepends=True)
    wrong = next((pair for pair in zip(wanted, got) if pair[0] != pair[1]), None)
    test.suite.check(good, "%s: %s" % (table, condition), "%d rows as Python selects" % len(wanted),
                     "%d rows, %s" % (len(got), wrong), again)
    return len({line.split(b'"release":"')[1].split(b'"')[0] for line in wanted})


def check_conditions(test, full):
    """Over all logs in one command; for csv, and for threads."""
    suite, paths = test.suite, full.paths
    lavg = json.loads(full.lines["sstat"][7][0])["cpu_lavg15"]
    wide = 0
    for table, condition, expression in CONDITIONS:
        condition, expression = (text.replace("LAVG", repr(lavg)) for text in (condition, expression))
        wide += check_condition(test, full, table, condition, expression) > 5
    suite.check(wide > 20, "conditions that hold in more than five releases", "over 20", wide)
    condition = "gen_pid > 20 && cpu_utime > 1"
    outputs = {test.run(jobs, "--format=csv", "--tables=tstat", "--where=" + condition, *paths).out for jobs in ("-j1", "-j2", "-j5")}
    suite.equal(1, len(outputs), "outputs of a condition for -j1, -j2 and -j5")
    rows = test.run("--format=rows", "--tables=tstat", "--where=" + condition, *paths).out.decode().splitlines()
    wrong = tables.difference_csv(test.schema.tables["tstat"], list(map(contract.parse, rows)), outputs.pop())
    suite.equal(None, wrong, "CSV of a condition, beside rows")
    check_json(test, paths)


def check_json(test, paths):
    """Nested JSON has the structs whose rows are selected, as they are without the condition."""
    lines = test.run("--tables=tstat", *paths).out.splitlines()
    wanted = [line for line in lines if json.loads(line).get("tstat", {"gen": {"pid": 1}})["gen"]["pid"] == 1]
    got = test.run("--tables=tstat", "--where=gen_pid == 1", *paths).out.splitlines()
    test.suite.check(len(wanted) > len(paths) and wanted == got, "JSON of a condition", "%d lines" % len(wanted), "%d lines" % len(got))


# --- fields -------------------------------------------------------------------------------------------------------

# (table, list, [(name in the output, column)…]); a pattern gives all its columns, in the table's order.
FIELDS = [
    ("tstat", "gen_pid", [("gen_pid", "gen_pid")]),
    ("tstat", "gen.pid", [("gen_pid", "gen_pid")]),
    ("tstat", "gen_name,gen_pid,file", [("gen_name", "gen_name"), ("gen_pid", "gen_pid"), ("file", "file")]),
    ("tstat", "pid=gen_pid,command=gen.cmdline", [("pid", "gen_pid"), ("command", "gen_cmdline")]),
    ("tstat", "cpu_?time", "cpu_.time"),
    ("tstat", "cpu.?time", "cpu_.time"),
    ("tstat", "gen_*", "gen_.*"),
    ("tstat", "*_bytes", ".*_bytes"),
    ("tstat", "*", ".*"),
    ("tstat", "mem_rmem,mem_*", [("mem_rmem", "mem_rmem"), "mem_(?!rmem$).*"]),
    ("tstat", "time,when=time,gen_btime", [("time", "time"), ("when", "time"), ("gen_btime", "gen_btime")]),
    ("tstat", "gen_pid=gen_ppid,p=gen_pid", [("gen_pid", "gen_ppid"), ("p", "gen_pid")]),
    ("sstat", "cpu.lavg1,cpu.all.Itime,cpu_all_softirqtime",
     [(name, name) for name in ("cpu_lavg1", "cpu_all_irqtime", "cpu_all_softirqtime")]),
    ("sstat_cpu_cpu", "host,idx,stime,Itime", [(name, name) for name in ("host", "idx", "stime", "irqtime")]),
    ("cstat", "path,gen_*,log", [("path", "path"), "gen_.*", ("log", "log")]),
    ("cstat_pids", "pid,cgname", [("pid", "pid"), ("cgname", "cgname")]),
    ("rawheader", "utsname_*,sample", ["utsname_.*", ("sample", "sample")]),
    ("rawrecord", "stated_interval,interval,ndeviat", [(name, name) for name in ("stated_interval", "interval", "ndeviat")]),
    # More text than a row asks room for at once.
    ("tstat", ",".join("c%d=gen.cmdline" % i for i in range(80)), [("c%d" % i, "gen_cmdline") for i in range(80)]),
    ("damage", "kind,offset,time", [(name, name) for name in ("kind", "offset", "time")]),
]


def picked(columns, choice):
    """[(name, column)] of an entry of FIELDS."""
    pairs = []
    for one in [choice] if isinstance(choice, str) else choice:
        if isinstance(one, str):
            pairs += [(column, column) for column in columns if re.fullmatch(one, column)]
        else:
            pairs.append(one)
    return pairs


def check_fields(test, full):
    """Both forms, over all logs."""
    paths = full.paths
    for table, fields, choice in FIELDS:
        pairs = picked(test.schema.tables[table], choice)
        wanted = [{name: row[column] for name, column in pairs} for row in full.parsed(table)]
        words = ["--tables=" + table, "--fields=" + fields, *paths]
        lines = [contract.parse(line) for line in test.run("--format=rows", *words).out.decode().splitlines()]
        again = harness.shell([test.program, "--format=csv", *words])
        test.suite.check(wanted and [list(line.items()) for line in lines] == [[("table", table), *row.items()] for row in wanted],
                         "%s: rows of %s" % (fields, table), "%d rows of %s" % (len(wanted), pairs), lines[:1], again)
        wrong = tables.difference_csv([name for name, _ in pairs], wanted, test.run("--format=csv", *words).out)
        test.suite.equal(None, wrong, "%s: CSV of %s" % (fields, table), again)
    check_both(test, paths)


def check_both(test, paths):
    """Fields and a condition together; the condition needs no field. Tables without any of the fields have no file."""
    words = ["--tables=tstat", "--fields=gen_name", "--where=gen_pid == 1", *paths]
    got = test.run("--format=rows", *words).out.decode().splitlines()
    test.suite.equal({'{"table":"tstat","gen_name":"systemd"}'}, set(got), "a condition over a column that is not shown")
    folder = test.suite.path("folder")
    test.run("--format=csv", "--fields=idx,ndeviat", "--output=" + folder, *paths)
    wanted = sorted(name + ".csv" for name, columns in test.schema.tables.items() if "idx" in columns or "ndeviat" in columns)
    test.suite.equal(wanted, sorted(os.listdir(folder)) if os.path.isdir(folder) else None, "tables that have some of the fields")


# --- mistakes -----------------------------------------------------------------------------------------------------

NUMBER = "a number of at most 64 bits, decimal or hex after 0x,"
NO_TIME = 'not a time: write "2022-11-11T19:51:50Z", "2022-11-11" or seconds since 1970'

# (condition of tstat, message, the part that is marked; None: a caret behind the end)
WRONG = [
    ("gen_pidd == 1", "unknown column 'gen_pidd'; did you mean 'gen_pid'?", "gen_pidd"),
    ("gen.nam == 1", "unknown column 'gen.nam'; did you mean 'gen.name'?", "gen.nam"),
    ("zzzzzz == 1", "unknown column 'zzzzzz'", "zzzzzz"),
    ("cpu_lavg1 > 1", "unknown column 'cpu_lavg1'", "cpu_lavg1"),
    ("idx == 1", "unknown column 'idx'", "idx"),
    ("gen_pid[0] == 1", "unknown column 'gen_pid[0]'", "gen_pid[0]"),
    ('gen_pid == "x"', "'x' is a text; '==' needs two numbers here", '"x"'),
    ("gen_name == 5", "'5' is an integer; '==' needs two texts here", "5"),
    ("since_boot == 1", "'1' is an integer; '==' needs true or false here", "1"),
    ("gen_pid < gen_name", "'gen_name' is a text; '<' needs numbers or times", "gen_name"),
    ("gen_isproc > 1", "'gen_isproc' is true or false; '>' needs numbers or times", "gen_isproc"),
    ('gen_pid =~ "x"', "'gen_pid' is an integer; '=~' needs a text", "gen_pid"),
    ("gen_name =~ 5", "found '5' where a text in quotes should be", "5"),
    ("gen_name", "a condition is true or false, or an integer; this is a text", "gen_name"),
    ("!gen_name", "'gen_name' is a text; '!' needs true or false, or an integer", "gen_name"),
    ("gen_pid && gen_name", "'gen_name' is a text; '&&' needs true or false, or an integer", "gen_name"),
    ("gen_name + 1", "'gen_name' is a text; '+' needs numbers", "gen_name"),
    ("-gen_name", "'gen_name' is a text; '-' needs a number", "gen_name"),
    ("gen_pid % 1.5 == 1", "'1.5' is a number with a point; '%' needs integers", "1.5"),
    ("gen_pid < null", "'<' cannot compare with null; '==' and '!=' can", "<"),
    ("gen_pid == 1 ? 1 : \"x\"", "':' stands between two values of one type", "?"),
    ("cpu_utime + mem_rmem > 5", "ticks and KiB cannot be added", "+"),
    ("cpu_utime - mem_rmem > 5", "ticks and KiB cannot be subtracted", "-"),
    ("dsk_rio > mem_rmem", "sectors and KiB cannot be compared", ">"),
    ('time == "yesterday"', NO_TIME, '"yesterday"'),
    ('time > "2026-13-01"', NO_TIME, '"2026-13-01"'),
    ("time > 1.5", "'1.5' is a number with a point; '>' needs a time here", "1.5"),
    ("", "the expression ends where a value should be", None),
    ("gen_pid == 1 &&", "the expression ends where a value should be", None),
    ("(gen_pid == 1", "the expression ends where ')' should be", None),
    ("gen_pid == 1)", "found ')' where an operator should be", ")"),
    ("gen_pid = 1", "'=' cannot stand in an expression", "="),
    ("gen_pid == 1 | 2", "'|' cannot stand in an expression", "|"),
    ("1 < gen_pid < 3", "found '<' where an operator should be", "<"),
    ("gen_pid == 1 gen_name", "found 'gen_name' where an operator should be", "gen_name"),
    ('gen_name == "abc', "the quote is not closed", '"'),
    ("gen_state == 'SS'", "found ''SS'' where one letter in quotes should be", "'SS'"),
    ('gen_name == "a\\n"', "'\\n' is not an escape: write '\\\\n' for a backslash and 'n'", "\\n"),
    ("gen_pid == 9223372036854775808", "the largest integer is 9223372036854775807", "9223372036854775808"),
    ("gen_pid == 0x", "found '0x' where %s should be" % NUMBER, "0x"),
    ("sum(gen_pid) > 1", "unknown function 'sum'", "sum"),
    ('startswith(gen_name, "a")', "unknown function 'startswith'; did you mean 'starts_with'?", "startswith"),
    ("contains(gen_name)", "'contains' needs two texts", "contains"),
    ("max(cpu_utime, mem_rmem) > 5", "ticks and KiB cannot be compared", "max"),
    ('gen_name =~ "(a)\\\\1"', "back-references cannot be used in a regular expression", '"(a)\\\\1"'),
    ('gen_name =~ "a{300}{300}"', "the regular expression repeats too much", '"a{300}{300}"'),
]

# A bad regular expression has the C library's words, which differ.
BAD_PATTERNS = ['gen_name =~ "("', 'gen_name =~ "[z-a]"', 'gen_name =~ "[a"']

# (list of tstat's fields, message)
WRONG_FIELDS = [
    ("gen_pidd", "there is no column 'gen_pidd'; did you mean 'gen_pid'?"),
    ("gen.nam", "there is no column 'gen.nam'; did you mean 'gen.name'?"),
    ("gen_pid,cpu_nrcpu", "there is no column 'cpu_nrcpu'; did you mean 'cpu_curcpu'?"),
    ("gen_pid,mem_committed", "there is no column 'mem_committed' in tstat; 'atopdump schema --tables=tstat' lists them"),
    ("zzz*", "there is no column 'zzz*' in tstat; 'atopdump schema --tables=tstat' lists them"),
    ("", "a name is missing in the list"),
    ("gen_pid,", "a name is missing in the list"),
    ("gen_pid,,gen_name", "a name is missing in the list"),
    ("=gen_pid", "a name is missing in the list"),
    ("pid=", "a name is missing in the list"),
    ("x=gen_*", "'gen_*' stands for several columns and cannot be renamed"),
    ("gen_pid,gen_pid", "two columns of table tstat are called 'gen_pid'"),
    ("gen_pid,gen.pid", "two columns of table tstat are called 'gen_pid'"),
    ("x=gen_pid,x=gen_name", "two columns of table tstat are called 'x'"),
    ("x=gen_pid,X=gen_name", "two columns of table tstat are called 'x'"),
    ("gen_*,gen_pid=gen_ppid", "two columns of table tstat are called 'gen_pid'"),
] + [("%s=gen_pid" % name, "'%s' cannot be the name of a column: a name is letters, digits and _, no digit first, and not 'table'" % name)
     for name in ('a"b', "a b", "1a", "table", "Table")]

# (arguments, message)
WRONG_USES = [
    (["--format=atopdump", "--fields=gen_pid"], "--fields does not go with --format=atopdump"),
    (["--format=atopdump", "--where=gen_pid == 1"], "--where does not go with --format=atopdump"),
    (["repair", "--where=gen_pid == 1"], "--where does not go with repair; it goes with dump, carve, timeline"),
    (["list", "--fields=gen_pid"], "--fields does not go with list; it goes with dump, carve, timeline"),
]


def explained(condition, message, marked):
    """The message about a condition, with the marks below it."""
    if marked is None:
        at, marks = len(condition), "^"
    else:
        at, marks = condition.rindex(marked), "^" + "~" * (len(marked) - 1)
    return "--where: %s\n%s\n%s%s" % (message, condition, " " * at, marks)


def check_wrong(test, words, message):
    """Exit 1, this message and no other output; neither a file nor a folder is made."""
    path = test.suite.examples()[-1]
    out = test.suite.path("out")
    argv = [*words, "--output=" + out, path]
    result = test.run(*argv)
    wanted = (TROUBLE, b"", ("atopdump: %s\nTry 'atopdump --help'.\n" % message).encode())
    test.suite.equal(wanted, tuple(result), "%s: status, output, message" % words, harness.shell([test.program, *argv]))
    test.suite.check(not os.path.exists(out), "%s: --output" % words, "nothing is made", "it is")


def check_mistakes(test):
    for form in ("rows", "csv"):
        for condition, message, marked in WRONG:
            check_wrong(test, ["--format=" + form, "--tables=tstat", "--where=" + condition], explained(condition, message, marked))
        for fields, message in WRONG_FIELDS:
            check_wrong(test, ["--format=" + form, "--tables=tstat", "--fields=" + fields], "--fields: " + message)
    for words, message in WRONG_USES:
        check_wrong(test, words, message)
    for condition in BAD_PATTERNS:
        result = test.run("--format=rows", "--tables=tstat", "--where=" + condition, test.suite.examples()[0])
        lines = result.err.decode().splitlines()
        test.suite.check(result.status == TROUBLE and not result.out and lines[0].startswith("atopdump: --where: not a regular expression: ")
                         and lines[2] == " " * 12 + "^" + "~" * (len(condition) - 13), condition, "exit 1, and why", tuple(result))
    deep = test.run("--format=rows", "--tables=tstat", "--where=" + "(" * 80 + "1" + ")" * 80, test.suite.examples()[0])
    test.suite.check(deep.status == TROUBLE and b"found '(' where an expression less deep should be" in deep.err, "a condition too deep",
                     "exit 1, and why", tuple(deep))
    long = test.run("--format=rows", "--where=" + "1" * 5000, test.suite.examples()[0])
    test.suite.check(long.status == TROUBLE and b"a condition has at most 4096 bytes" in long.err, "a condition too long",
                     "exit 1, and why", tuple(long))


def main():
    suite = harness.Suite(__doc__)
    test = Test(suite)
    suite.check(len(CONDITIONS) >= 40 and len(WRONG) >= 30, "conditions and mistakes", "40 and 30", (len(CONDITIONS), len(WRONG)))
    full = Full(test)
    check_conditions(test, full)
    check_fields(test, full)
    check_mistakes(test)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
