"""Proves that `atopdump report` writes a page that is whole, true and harmless: strictly parsed HTML without a script or anything from
elsewhere, whatever texts a log has; as many points in each chart as there are samples; the same bytes for files in any order.

Chromium looks at pages of an empty, a small, a damaged and a large case, if it is installed.
"""

import base64
import hashlib
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys

from lib import daylogs, facts, harness
from lib.harness import DAMAGED, OK, REFUSED, TROUBLE

RELEASE = "2.10"
VOID = {"meta", "br", "img", "link", "input", "hr", "base", "area", "col", "embed", "source", "track", "wbr"}
SVG_NAMES = {"viewbox", "preserveaspectratio", "patternunits"}
KNOWN = set("""html head meta title style body a header h1 h2 h3 p nav ul li main section dl div dt dd svg defs pattern path g rect text use
desc table caption thead tbody tr th td details summary small strong code""".split())
LARGEST = 3 << 20           # bytes of a page of a day of samples each ten minutes, with a few thousand processes
COLORS = {"text": (4.5, ["fg", "dim", "link", "warn"]), "lines": (3.0, ["s0", "s1", "s2", "s3", "s4", "s5"])}
HOSTILE = [b"</script><img src=x onerror=alert(1)>", b"\"><svg onload=x>", b"' onclick='x", b"&lt;b&gt;&amp;", b"</title><h1>", b"-->",
           b"]]>", b"\xe2\x80\xae\xe2\x81\xa6abc", b"caf\xe9 \xff", b"a\nb\tc\x1b[31m", b"\xe2\x80\xa8line", b"{{x}}", b"javascript:x", b"\xc3\xa9t\xc3\xa9",
           b"<!--", b"<style>*{display:none}"]


class Page(html.parser.HTMLParser):
    """A page, parsed strictly: elements are closed in the order in which they were opened, and are known."""

    def __init__(self, data):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.ids, self.links, self.uses = [], [], [], [], []
        self.texts = []             # (path, text)
        self.elements = []          # (name, attributes, path)
        self.feed(data.decode("utf-8"))
        self.close()
        if self.open:
            self.faults.append("not closed: %s" % self.open)

    def note(self, tag, attributes):
        names = [name for name, _ in attributes]
        if tag not in KNOWN or len(names) != len(set(names)):
            self.faults.append("<%s %s>" % (tag, names))
        for name, value in attributes:
            if name.startswith("on") or name in ("src", "style", "srcset", "action", "data", "background"):
                self.faults.append("attribute %s" % name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "aria-labelledby"):
                if name == "href" and not value.startswith("#"):
                    self.faults.append("href %s" % value)
                self.links += [value[1:]] if name == "href" else value.split()
        self.elements.append((tag, dict(attributes), tuple(self.open)))

    def handle_starttag(self, tag, attributes):
        self.note(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        if tag not in ("path", "rect", "use"):
            self.faults.append("<%s/>" % tag)
        self.note(tag, attributes)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append("</%s> at %s" % (tag, self.getpos()))

    def handle_data(self, data):
        self.texts.append((tuple(self.open), data))

    def handle_comment(self, data):
        self.faults.append("a comment")

    def unknown_decl(self, data):
        self.faults.append("a declaration")

    def handle_pi(self, data):
        self.faults.append("an instruction")

    def text(self):
        return "".join(text for path, text in self.texts if "style" not in path)

    def all(self, tag, **wanted):
        return [(attributes, path) for name, attributes, path in self.elements
                if name == tag and all(attributes.get(key.rstrip("_")) == value for key, value in wanted.items())]


def run(suite, *words, **more):
    return harness.run([suite.program("atopdump-static"), "report", *words], **more)


def page_of(suite, what, *words, status=OK):
    """The page of a run, checked as all pages are."""
    result = run(suite, *words)
    again = harness.shell([suite.program(), "report", *words])
    suite.equal(status, result.status, "%s: status" % what, again)
    data = result.out
    suite.equal([], [hex(byte) for byte in set(data) if byte < 32 and byte != 10], "%s: no controls" % what, again)
    page = Page(data)
    suite.equal([], page.faults[:3], "%s: well formed" % what, again)
    suite.equal(len(page.ids), len(set(page.ids)), "%s: each id once" % what, again)
    suite.equal([], sorted(set(page.links) - set(page.ids))[:3], "%s: links lead somewhere" % what, again)
    found = re.findall(rb"(?i)https?:|//[a-z]|<script|javascript:(?!x)|@import|url\((?!#)", data)
    suite.equal([], found, "%s: nothing from elsewhere" % what, again)
    return page, data


def check_policy(suite, data):
    """The policy forbids all but the page's own style, whose hash it has."""
    style = re.search(rb"<style>(.*?)</style>", data, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    wanted = "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'" % digest
    got = re.search(rb'Content-Security-Policy" content="([^"]*)"', data).group(1).decode()
    suite.equal(wanted, got, "the policy: put the hash into runtime/atopdump/page/style.h")
    suite.check(data.index(b"Content-Security-Policy") < data.index(b"<style>"), "the policy comes before the style")


# --- charts ---------------------------------------------------------------------------------------------------------

def points(path):
    """How many points a path of a line has: M and l are followed by pairs."""
    return sum(len(re.findall(r"-?\d+", part)) // 2 for part in re.findall(r"[Ml][^Mlh]*", path))


def charts(page):
    """Points of each line of each chart, by the title of the chart."""
    found, title = {}, None
    for i, (tag, attributes, path) in enumerate(page.elements):
        if tag == "svg" and attributes.get("role") == "img":
            title = attributes["aria-labelledby"].split()[0]
            found[title] = {}
        elif tag == "path" and "l " in attributes.get("class", "") and "w" not in path and attributes.get("d", "") != "M20 40H380":
            line = attributes["class"].split()[1]
            found[title][line] = found[title].get(line, 0) + points(attributes["d"])
    return found


def check_charts(suite, what, page, samples, least):
    found = charts(page)
    suite.check(len(found) >= least, "%s: charts" % what, "at least %d" % least, len(found))
    for title, lines in found.items():
        suite.check(lines, "%s: %s has lines" % (what, title))
        suite.equal({line: samples for line in lines}, lines, "%s: points of %s" % (what, title))
    rows = min(samples, 500)
    tables = len(page.all("table", class_="v"))
    suite.equal(len(found), tables, "%s: a table for each chart" % what)
    heads = [1 for attributes, path in page.all("th", scope="row") if path.count("details") and path[-3:-1] == ("table", "tbody")]
    suite.check(len(heads) >= tables * rows, "%s: rows of the tables" % what, "at least %d" % (tables * rows), len(heads))


# --- cases ----------------------------------------------------------------------------------------------------------

def check_day(suite, table, program):
    """A day of samples: size, points, spans, gaps, boots, lanes; the processes are those of the timeline."""
    passing = 20 if suite.options.long else 4
    path = suite.path("day.raw", daylogs.day(table, count=144, lasting=20, passing=passing))
    page, data = page_of(suite, "a day", path)
    check_policy(suite, data)
    check_charts(suite, "a day", page, 141, 11)
    processes = len(harness.run([program, "timeline", path]).out.splitlines())
    suite.equal(141 * passing + 40, processes, "processes of the timeline")
    suite.equal(processes, sum(1 for name in page.ids if re.fullmatch(r"p1-\d+", name)), "a lane for each process")
    suite.check(len(data) < LARGEST, "bytes of a day", "less than %d" % LARGEST, len(data))
    spans = [name for name in page.ids if name.startswith("s1-")]
    suite.equal(24, len(spans), "spans of a day")
    bands = [path for attributes, path in page.all("a") if attributes["href"].startswith("#s1-")]
    suite.check(len(bands) >= 24 * 11, "charts lead to spans", "at least 264", len(bands))
    defined = [attributes.get("class") for _, attributes, path in page.elements if "defs" in path]
    suite.equal((2, 1), (defined.count("gap") // 2, defined.count("boot") // 2), "gaps and boots in the frame")
    paths = [attributes["d"] for attributes, path in page.all("path", class_="l s0") + page.all("path", class_="l s0 dot") if "table" not in path]
    half = len(paths) // 2
    suite.equal([(3, 2), (3, 0)], [(paths[i].count("M"), paths[half + i].count("h0")) for i in (0, 1)],
                "lines of processors and load break at the gap and the boot; rates since boot are dots")
    text = page.text()
    for wanted in ("Gap2023-11-15 10:00:002023-11-15 10:30:00", "Boot2023-11-15 16:40:002023-11-15 16:45:00", "there in the last sample of its boot",
                   "there at the end", ", signal 9", ", signal 11, dumped core", ", exit status 1", "processors, some", "nvme0n1"):
        suite.check(wanted in text, "the page of a day says", wanted, "it does not")
    check_top(suite, data)
    return path


def check_top(suite, data):
    """The process with the most processor time used its ticks in all samples but the first of each run."""
    text = re.sub(r"<[^>]*>", "|", re.search(rb"All of the time.*?</table>", data, re.S).group(0).decode())
    rows = [[cell for cell in line.split("|") if cell] for line in text.splitlines() if "worker" in line]
    seconds = 600 * 20 / 100       # of the last one of the lasting processes in a sample, beside 0.01 s in the system
    suite.equal(["worker1", "29", "%.0f s" % (seconds * 96 + 0.96)], rows[0][:3], "most processor time of the boot that has more samples")


def check_hostile(suite, table):
    """Texts of a log, of its name and of its host are text."""
    tasks = [daylogs.task(100 + i, daylogs.START, gen_name=name[:15], gen_cmdline=name) for i, name in enumerate(HOSTILE)]
    samples = [{"rawrecord": {"curtime": daylogs.START + 600 * (i + 1), "interval": 600, "flags": 0x20}, "tstat": tasks,
                "sstat": daylogs.system(i, 3, 600, [name[:30] for name in HOSTILE[:6]], [name[:15] for name in HOSTILE[6:12]])} for i in range(3)]
    header = {"utsname": {"nodename": HOSTILE[0], "machine": HOSTILE[1], "release": HOSTILE[2]}, "pagesize": 4096}
    log = facts.build(table, "little", samples, header)
    name = suite.path("x\"'<img src=a onerror=b>&amp;.raw", log)
    page, data = page_of(suite, "hostile texts", name)
    text = page.text()
    for wanted in ("</script><img src=x onerror=alert(1)>", "' onclick='x", "&lt;b&gt;&amp;", "\\xe2\\x80\\xae\\xe2\\x81\\xa6abc", "caf\\xe9 \\xff",
                   "a\\x0ab\\x09c\\x1b[31m", "\\xe2\\x80\\xa8line", "\u00e9t\u00e9", "<style>*{display:none}", os.path.basename(name)):
        suite.check(wanted in text, "hostile text is there as text", wanted, "it is not")
    suite.equal([], re.findall("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]", data.decode("utf-8")), "no controls of direction")
    check_charts(suite, "hostile texts", page, 3, 15)
    return name


def check_many(suite, table):
    """More disks and interfaces than have charts; many processes of one name."""
    names = [b"sd%c" % (97 + i) for i in range(9)]
    path = suite.path("many.raw", daylogs.day(table, count=4, lasting=2, passing=1700, gap=None, reboot=None, disks=names, interfaces=[b"if%d" % i for i in range(8)]))
    page, _ = page_of(suite, "many", path)
    text = page.text()
    for wanted in ("3 disks with less traffic", "2 interfaces with less traffic", "1802 processes without a lane, by name"):
        suite.check(wanted in text, "many: the page says", wanted, "it does not")
    suite.equal(5000, sum(1 for name in page.ids if name.startswith("p1-")), "many: lanes")


def check_large(suite, table):
    """Thousands of samples: all points, and at most 500 rows in a table."""
    path = suite.path("large.raw", daylogs.day(table, count=620, seconds=60, lasting=1, passing=0, gap=(500, 520), reboot=None))
    page, _ = page_of(suite, "large", path)
    check_charts(suite, "large", page, 600, 11)
    suite.check("a row stands for up to 2 samples" in page.text(), "large: rows stand for several samples")
    return path


def check_damage(suite, table):
    path = suite.path("damaged.raw", daylogs.day(table, count=20, lasting=5, passing=2, damaged=7, gap=None, reboot=None))
    page, data = page_of(suite, "damage", path, status=DAMAGED)
    check_charts(suite, "damage", page, 20, 11)
    for wanted in ("Damage: 1 part of the logs could not be read", "sample 7, tstat: "):
        suite.check(wanted in page.text(), "damage: the page says", wanted, "it does not")
    suite.equal(OK, run(suite, "--accept-damage", path).status, "--accept-damage")
    output = suite.path("damaged.html")
    suite.equal(DAMAGED, run(suite, "-o", output, path).status, "damage: status with --output")
    suite.equal(data, harness.read(output), "damage: the page is written whole")
    cut = suite.path("cut.raw", harness.read(path)[:-200])
    page_of(suite, "a cut log", cut, status=DAMAGED)
    return path


def check_order(suite, table):
    """Files in any order, a file twice, hosts of one name and of several."""
    logs = [daylogs.day(table, count=6, lasting=3, passing=2, gap=None, reboot=None),
            daylogs.day(table, count=5, lasting=3, passing=2, gap=None, reboot=2, start=daylogs.START + 3600),
            daylogs.day(table, count=3, lasting=1, passing=0, gap=None, reboot=None, host=b"db02", order="big")]
    same = daylogs.day(table, count=6, lasting=1, passing=0, gap=None, reboot=None, start=daylogs.START + 7)
    paths = [suite.path("order%d.raw" % i, data) for i, data in enumerate(logs + [same])]
    page, data = page_of(suite, "several hosts", *paths)
    heads = [text for path, text in page.texts if path[-1:] == ("h2",)]
    suite.equal(["db02", "web01", "web01 (2)", "Logs and damage"], ["".join(heads[:1]), heads[1], "".join(heads[2:4]) if len(heads) > 4 else heads[2], heads[-1]],
                "a section for each host")
    for order in (paths[::-1], paths[1:] + paths[:1]):
        suite.check(run(suite, *order).out == data, "files in another order give the same page")
    twice = Page(run(suite, *paths, paths[0]).out)
    suite.equal(charts(page), charts(twice), "a file twice counts once")
    page, _ = page_of(suite, "hosts by name", "--host-by=name", *paths)
    suite.equal(2, len([name for name in page.ids if re.fullmatch(r"h\d+", name)]), "--host-by=name")
    page, _ = page_of(suite, "a window", "-b", "2023-11-15T00:15Z", "-e", "2023-11-15T00:45Z", paths[0])
    check_charts(suite, "a window", page, 3, 11)
    page, _ = page_of(suite, "a zone", "--tz=Asia/Kolkata", paths[0])
    suite.check("Times are Asia/Kolkata" in page.text() and "2023-11-15 05:40:00" in page.text(), "--tz")


def check_empty(suite, path):
    result = run(suite, "-b", "2001-01-01", "-e", "2001-01-02", path)
    suite.check(result.status == OK and b"no samples between" in result.err, "an empty window", "status 0 and a message", result.err)
    page, data = page_of(suite, "an empty window", "-b", "2001-01-01", "-e", "2001-01-02", path)
    suite.check("There are no samples" in page.text() and not charts(page), "the page of an empty window says so")
    page_of(suite, "one sample", "-b", "2023-11-15T00:20Z", "-e", "2023-11-15T00:20:01Z", path)
    return suite.path("empty.html", data)


def check_output(suite, path):
    output = suite.path("out.html")
    suite.equal(OK, run(suite, "-o", output, path).status, "--output")
    suite.equal(run(suite, path).out, harness.read(output), "--output and standard output")
    suite.equal(TROUBLE, run(suite, "-o", output, path).status, "a page that exists is not replaced")
    suite.equal(OK, run(suite, "--force", "-o", output, path).status, "--force")
    before = harness.read(path)
    suite.equal(TROUBLE, run(suite, "--force", "-o", path, path).status, "an input is not replaced")
    suite.equal(before, harness.read(path), "the input")
    text = suite.path("text", b"no log\n")
    missing = suite.path("none.html")
    suite.equal(REFUSED, run(suite, "-o", missing, text, path).status, "a file that is not a log")
    suite.check(not os.path.exists(missing), "nothing is left of a page that is not whole")


def check_examples(suite):
    """The example logs, one by one and all together."""
    logs = suite.examples()
    if suite.options.long:
        page, _ = page_of(suite, "all example logs", harness.EXAMPLES)
        suite.check(len(page.all("section", class_="c")) > 50, "charts of all example logs")
    for path in logs if suite.options.long else logs[::6]:
        page, _ = page_of(suite, os.path.basename(path), path)
        rows = harness.run([suite.program("atopdump-static"), "-t", "rawrecord", path]).out.splitlines()
        check_charts(suite, os.path.basename(path), page, len(rows), 4)
        processes = harness.run([suite.program("atopdump-static"), "timeline", path]).out.splitlines()
        suite.equal(len(processes), sum(1 for name in page.ids if re.fullmatch(r"p\d+-\d+", name)), "%s: lanes" % os.path.basename(path))


def luminance(color):
    color = color if len(color) == 7 else "#" + "".join(2 * digit for digit in color[1:])
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check_contrast(suite, data):
    """Colours of text and lines differ enough from what is behind them (WCAG 2, AA), light, dark and printed."""
    style = re.search(rb"<style>(.*?)</style>", data, re.S).group(1).decode()
    schemes = re.findall(r":root\{([^}]*)\}", style)
    suite.equal(3, len(schemes), "sets of colours")
    for scheme in schemes:
        colors = dict(re.findall(r"--(\w+):(#[0-9a-f]+)", scheme))
        for least, names in COLORS.values():
            for name in names:
                for behind in ("bg", "band") if name != "warn" else ("bg", "warnbg"):
                    pair = sorted((luminance(colors[name]), luminance(colors[behind])))
                    ratio = (pair[1] + 0.05) / (pair[0] + 0.05)
                    suite.check(ratio >= least, "contrast of %s on %s in %s" % (name, behind, colors["bg"]), "at least %.1f" % least, "%.2f" % ratio)


# --- a browser ------------------------------------------------------------------------------------------------------

def browse(suite, path, *words):
    """What Chromium says and prints of a page, which it may not leave."""
    home = suite.path("home")
    os.makedirs(home, exist_ok=True)
    argv = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--user-data-dir=" + home,
            "--proxy-server=127.0.0.1:1", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--log-level=0",
            "--virtual-time-budget=2000", *words, "file://" + path]
    return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False, env=dict(os.environ, HOME=home))


def check_browser(suite, cases):
    """No message on the console, no request except for the page, the DOM has all charts; and a picture of each case."""
    if shutil.which("chromium") is None:
        print("not tested: pages in a browser, since there is no chromium")
        return
    probe = suite.path("probe.html", b"<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"></head>"
                                     b"<body><script>console.log('x')</script><img src='http://example.invalid/a.png'></body></html>")
    if suite.options.long:
        suite.check(b"CONSOLE" in browse(suite, probe, "--dump-dom").stderr, "the browser reports what a policy forbids")
    for what, data in cases.items():
        path, image = suite.path(what + ".html", data), suite.path(what + ".png")
        log = suite.path(what + ".net")
        done = browse(suite, path, "--dump-dom", "--log-net-log=" + log)
        suite.equal([], re.findall(rb"[^\n]*CONSOLE[^\n]*", done.stderr), "%s: messages on the console" % what)
        dom, page = done.stdout.decode("utf-8", "replace"), Page(data)
        for tag in ("svg", "table", "details", "path", "tr"):
            suite.equal(len(page.all(tag)), len(re.findall(r"<%s\b" % tag, dom)), "%s: <%s> in the browser" % (what, tag))
        suite.equal(0, len(re.findall(r"<(script|img|iframe)\b", dom)), "%s: no script in the browser" % what)
        suite.equal([], requests(log, path), "%s: requests" % what)
        for scheme in ("0", "1") if suite.options.long else ():      # dark and light
            browse(suite, path, "--screenshot=" + image, "--window-size=1200,900", "--blink-settings=preferredColorScheme=" + scheme)
            picture = harness.read(image) if os.path.exists(image) else b""
            suite.check(picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) > 5000, "%s: a picture" % what, "a PNG", len(picture))


def requests(log, page):
    """URLs of a net log that belong to requests of the page, the page itself excepted. The browser's own services ask too."""
    try:
        events = json.loads(harness.read(log).decode("utf-8", "replace"))["events"]
    except ValueError:
        return ["the net log is not whole"]
    found = set()
    for event in events:
        parameters = event.get("params", {})
        if isinstance(parameters.get("url"), str) and "initiator" in parameters and parameters["initiator"] not in ("not an origin", ""):
            found.add(parameters["url"])
    return sorted(url for url in found if url != "file://" + page)


def main():
    suite = harness.Suite(__doc__)
    table = next(one for one in facts.load_tables() if one.release == RELEASE and one.model == "lp64")
    day = check_day(suite, table, suite.program("atopdump-static"))
    hostile = check_hostile(suite, table)
    damaged = check_damage(suite, table)
    large = check_large(suite, table)
    if suite.options.long:
        check_many(suite, table)
    check_order(suite, table)
    check_output(suite, day)
    check_examples(suite)
    data = harness.read(check_empty(suite, day))
    check_contrast(suite, data)
    cases = {"hostile": run(suite, hostile, damaged).out}
    if suite.options.long:
        cases.update(empty=data, damaged=run(suite, damaged).out, small=run(suite, suite.examples()[0]).out, day=run(suite, day).out, large=run(suite, large).out)
    check_browser(suite, cases)
    suite.finish()


if __name__ == "__main__":
    sys.exit(main())
