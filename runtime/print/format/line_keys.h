/*
 * line_keys: the keys of a line of JSON, apart from the key of its struct. This is their only definition. Formats print
 * them by these names. The schema compiler, which includes only this header of the runtime, refuses roles that are equal
 * to one of them, so no line has a key twice. A text may have a sibling KEY_hex with its exact bytes.
 */
#ifndef LINE_KEYS_H
#define LINE_KEYS_H

/* Of any line: which file, the host, which log of a file that holds several. */
#define LINE_FILE "file"
#define LINE_HOST "host"
#define LINE_PART "part"

/* Of the line of a header: how the log was recognised. */
#define LINE_RELEASE   "release"
#define LINE_MODEL     "model"
#define LINE_BYTEORDER "byteorder"

/* Of carved lines: how certain the release is, and the possible releases. */
#define LINE_SURE     "sure"
#define LINE_RELEASES "releases"

/* Of the lines of a sample; the cgroup that a struct is in. */
#define LINE_TIME       "time"
#define LINE_SAMPLE     "sample"
#define LINE_SINCE_BOOT "since_boot"
#define LINE_OFFSET     "offset"
#define LINE_UNVERIFIED "unverified"
#define LINE_CGROUP     "cgroup"

/* Lines of their own: damage, gaps, and faults of recorders. */
#define LINE_DAMAGE "damage"
#define LINE_GAP    "gap"
#define LINE_NOTE   "note"

#define LINE_KEYS                                                                                                      \
	LINE_FILE, LINE_HOST, LINE_PART, LINE_RELEASE, LINE_MODEL, LINE_BYTEORDER, LINE_SURE, LINE_RELEASES,           \
	    LINE_TIME, LINE_SAMPLE, LINE_SINCE_BOOT, LINE_OFFSET, LINE_UNVERIFIED, LINE_CGROUP, LINE_DAMAGE, LINE_GAP, \
	    LINE_NOTE
#define LINE_TEXTS LINE_FILE, LINE_HOST, LINE_CGROUP /* those of LINE_KEYS that are texts */

/* In the object of a struct of a chain, beside its members and its name. */
#define CHAIN_PATH "path"
#define CHAIN_PIDS "pids"

#endif
