"""The allowed differences between the lines of a log with and without its header: values that depend on the header."""

import json

# Members that a header's flags (supportflags) say whether they were measured.
MEASURED = (("tstat", "dsk"), ("tstat", "net"), ("tstat", "mem", "vgrow"), ("tstat", "mem", "rgrow"))

# What may be noted instead where the header's kernel decides which counters were read (see `faults` of the schemas).
NOTES = {
    "icmpv4-rate-limits": {"icmpv4-rate-limits", "icmpv4-rate-limits-unsure", "icmpv4-rate-limits-kernel-unknown"},
}


def is_note(line):
    return ',"note":{' in line if isinstance(line, str) else b',"note":{' in line


def without_notes(lines):
    return [line for line in lines if not is_note(line)]


def notes(lines):
    return [json.loads(line)["note"] for line in lines if is_note(line)]


def may_note(headed, unheaded):
    """Whether a log without its header has the same notes as with it, except those that depend on the kernel: from the same
    sample on, and each once."""
    names = [note["fault"] for note in unheaded]
    allowed = set().union(*(NOTES.get(note["fault"], {note["fault"]}) for note in headed))
    return (len(set(names)) == len(names) and set(names) <= allowed and
            [note["sample"] for note in headed[:1]] == [note["sample"] for note in unheaded[:1]])


def forget(headed, unheaded):
    """Makes null in a line, which json gave, what is null in the same line without the header because it decides."""
    for *path, name in MEASURED:
        more, less = headed, unheaded
        for key in path:
            more, less = (more or {}).get(key), (less or {}).get(key)
        if more and less and name in more and name in less and less[name] is None:
            more[name] = None
    if "sstat" in headed and "sstat" in unheaded:
        more, less = (line["sstat"]["net"]["icmpv4"] for line in (headed, unheaded))
        for name in more:
            if name in less and less[name] is None:
                more[name] = None
    return headed
