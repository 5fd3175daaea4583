/*
 * sequence: checks whether the records of a log follow each other. Detects samples that were removed, duplicated or moved,
 * and impossible times. Pure.
 *
 * A run of atop begins with a record since boot. In every other record the interval is the time since the previous record,
 * 1 at least. It uses the clock that also gives the record's time (1.26 atop.c:841, 2.13 atop.c:1032), so the rule holds
 * too where that clock was set, or the machine slept.
 *
 * Where the rule fails, the next record decides: if it fits the record before the failing one, only the time of the failing
 * one is wrong. So a record is reported only when the next one, or the end of the log, is known.
 */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/log/damage.h"
#include "rawlog/log/frame.h"

/* The times that a record states. */
struct sequence_times {
	int64_t time;
	uint64_t interval;
	bool since_boot;
};

struct sequence {
	bool begun;                         /* there was a record, or a loss */
	bool has_last;                      /* there is a previous record, and no loss behind it */
	struct sequence_times last, before; /* the previous record; with `broken`, the one before it */
	unsigned char *bytes;               /* of the previous record */
	size_t size;
	bool broken;              /* the previous record does not follow, and is not reported yet */
	struct rawlog_damage gap; /* the report about it */
};

/* Prepares for records of `size` bytes. False: out of memory, and nothing is owned. */
bool sequence_begin(struct sequence *s, size_t size);

void sequence_free(struct sequence *s);

/*
 * Adds the next record: number `number` of the log, whose bytes are at `p` and whose frame is read. RAWLOG_OK, or _GAP
 * for a gap around the previous record.
 */
enum rawlog_result sequence_add(struct sequence *s, const struct frame *frame, const unsigned char *p, uint64_t number,
    struct rawlog_damage *damage);

/* Notes a loss or a damaged record: the next one follows nothing. RAWLOG_OK, or _GAP as above. */
enum rawlog_result sequence_break(struct sequence *s, struct rawlog_damage *damage);

/* Whether the since-boot flag of the next record is wrong: its interval begins at another record. */
bool sequence_is_no_first(const struct sequence *s, const struct frame *frame);

#endif
