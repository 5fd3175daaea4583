/*
 * damage: describes a part of a log that could not be read, in numbers and in words. Prints nothing.
 */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdint.h>

#include "rawlog/rawlog.h"

#define RAWLOG_REASON_MAX 256

/* The kind of damage. Numbers and words are part of the output format and do not change. */
enum damage_kind {
	DAMAGE_NONE = 0,        /* a gap */
	DAMAGE_HEADER = 1,      /* a rawheader holds values that atop never writes */
	DAMAGE_LOST_HEADER = 2, /* a rawheader cannot be read: the host of what follows is unknown */
	DAMAGE_RECORD = 3,      /* a rawrecord holds values that atop never writes, or that its blocks contradict */
	DAMAGE_NO_RECORD = 4,   /* bytes that are not a record */
	DAMAGE_OVERLAP = 5,     /* the lengths of a sample lead beyond the next record */
	DAMAGE_TRUNCATED = 6,   /* the log ends inside a sample or a record */
	DAMAGE_GZIP = 7,        /* gzip around the log is corrupt or ends early */
	DAMAGE_CHECKSUM = 8,    /* the checksum of a block is wrong */
	DAMAGE_CORRUPT = 9,     /* the compressed data of a block is corrupt or incomplete */
	DAMAGE_SIZE = 10,       /* a block has more or fewer bytes than its record states */
	DAMAGE_COUNT = 11,      /* a count in a struct is larger than its array */
	DAMAGE_CGROUPS = 12,    /* cgroups or their processes contradict each other */
	DAMAGE_LIMIT = 13,      /* more cgroups, or longer paths, than the limits allow */
	DAMAGE_UNTRIED = 14,    /* not every offset was tried: too many look like records */
	DAMAGE_RANGE = 15,      /* a value that tables cannot hold: null in them, printed as it is in nested JSON */
	DAMAGE_ARCHIVE = 16     /* another compression, or an archive, around the log is corrupt or ends early */
};

#define DAMAGE_NOWHERE UINT64_MAX /* as offset, length and sample: the damage is at no place of a log */

/* Bytes of the log that could not be read, and why; or, with length 0, a gap before the sample. */
struct rawlog_damage {
	enum damage_kind kind;
	uint64_t offset; /* in the log, gzip undone */
	uint64_t length;
	uint64_t sample;   /* the number that it has or would have */
	const char *block; /* the role of the block concerned, or NULL */
	char reason[RAWLOG_REASON_MAX];
	/* Of a gap: the times of the samples around it, and the interval that the later one states. */
	int64_t from; /* in seconds since 1970; RAWLOG_NO_TIME: no earlier sample */
	int64_t to;
	uint64_t interval; /* in seconds */
};

/* The word for a kind in the output: "checksum". Static. */
const char *damage_word(enum damage_kind kind);

/* Fills in `damage`, without a block. */
void damage_describe(struct rawlog_damage *damage, enum damage_kind kind, uint64_t offset, uint64_t length,
    uint64_t sample, const char *reason, ...) __attribute__((format(printf, 6, 7)));

/* Appends to the reason. */
void damage_add(struct rawlog_damage *damage, const char *text, ...) __attribute__((format(printf, 2, 3)));

#endif
