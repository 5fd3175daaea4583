"""Owns the known faults of recorders, their detection and their correction: facts of kernels and of upstream's sources.

Not a test. /proc/net/snmp's line of ICMP counters is copied by position (photosyst.c); InCsumErrors came with Linux 3.10,
OutRateLimitGlobal and OutRateLimitHost with 6.3 and a stable 6.1. atopconvert of 2.8 to 2.10 copied the whole of `net`.
"""

import copy

OUT = ("OutDestUnreachs", "OutTimeExcds", "OutParmProbs", "OutSrcQuenchs", "OutRedirects", "OutEchos", "OutEchoReps",
       "OutTimestamps", "OutTimestampReps", "OutAddrMasks", "OutAddrMaskReps")


def leaves(net, start):
    """[(struct, member)] of the counters in `net` from icmpv4's member `start` on, in memory's order."""
    flat = [(struct, member) for struct in net for member in net[struct]]
    return flat[flat.index(("icmpv4", start)):]


def shift(net, places, by):
    """Each place gets the value that stands `by` places further on; None where there is none."""
    order = leaves(net, "InMsgs")
    old = {place: net[place[0]][place[1]] for place in order}
    for place in places:
        index = order.index(place) + by
        net[place[0]][place[1]] = old[order[index]] if 0 <= index < len(order) else None


def blank(net, places):
    for struct, member in places:
        net[struct][member] = None


def icmp(*members):
    return [("icmpv4", member) for member in members]


def mend_old(net, kernel):
    """Up to 2.7."""
    v = net["icmpv4"]
    sums = [sum(v[name] for name in OUT[start:]) for start in (0, 1, 3)]
    if not v["OutErrors"] or v["OutMsgs"] == sums[0]:
        return
    one, three = v["OutErrors"] == sums[1], v["OutErrors"] == sums[2]
    before = [p for p in leaves(net, "InDestUnreachs") if p[0] == "icmpv4" and p[1] not in OUT]
    behind = icmp(*OUT)
    if three and (not one or kernel >= (6, 3)):
        shift(net, before, 1)
        for place, source in zip(OUT, OUT[3:] + (None,) * 3):
            v[place] = v[source] if source else None
    elif three and kernel >= (6, 0):
        shift(net, before, 1)
        blank(net, behind)
    elif one:
        shift(net, before + behind[:-1], 1)
        blank(net, behind[-1:])


def mend_converted(net, kernel):
    places = leaves(net, "InDestUnreachs")
    last = places.index(("tcp", "OutRsts")) + 1
    if kernel < (3, 10):
        shift(net, places[:last], -1)
        blank(net, icmp("InCsumErrors"))
    else:
        first = next(i for i, place in enumerate(places) if place[0] == "udpv4")
        shift(net, places[first:last], -1)
        blank(net, icmp(*(OUT if kernel >= (6, 0) else OUT[-1:])))
    if "InCsumErrors" in net["tcp"]:
        net["tcp"]["InCsumErrors"] = None


def mend_new(net, kernel):
    """From 2.8 on."""
    v = net["icmpv4"]
    plain, behind = v["OutMsgs"] == sum(v[name] for name in OUT), v["OutMsgs"] == sum(v[name] for name in OUT[2:])
    if not v["OutMsgs"] or not behind:
        return
    if not plain or kernel >= (6, 3):
        for place, source in zip(OUT, OUT[2:] + (None,) * 2):
            v[place] = v[source] if source else None
    elif kernel >= (6, 0) and (v["OutParmProbs"] or v["OutSrcQuenchs"] or v["OutTimestamps"]
                               or v["OutTimestampReps"] > v["InTimestamps"]):
        blank(net, icmp(*OUT))


def mended(sstat, header, release):
    """The system's values as they should be printed; the argument itself if nothing is wrong."""
    kernel = (header["osrel"], header["osvers"])
    net = copy.deepcopy(sstat["net"])
    if release < (2, 8):
        mend_old(net, kernel)
    else:
        converted = release < (2, 11) and net["tcp"]["RtoAlgorithm"] != 1 and net["udpv6"]["Udp6OutDatagrams"] == 1
        if converted:
            mend_converted(net, kernel)
        else:
            mend_new(net, kernel)
    return sstat if net == sstat["net"] else dict(sstat, net=net)
