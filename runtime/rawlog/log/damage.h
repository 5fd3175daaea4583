/*
 * damage: a part of a log that could not be read, in numbers and in words. Decides
 * nothing, and prints nothing.
 */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdint.h>

#include "rawlog/log/result.h"

#define RAWLOG_REASON_MAX	256
#define RAWLOG_NO_TIME		INT64_MIN

/* Bytes of the log that could not be read, and why; or, of no length, a gap before the sample. */
struct rawlog_damage {
	uint64_t	 offset;	/* in the log, gzip undone */
	uint64_t	 length;
	uint64_t	 sample;	/* the number it has or would have */
	const char	*block;		/* the role of the block concerned, or NULL */
	char		 reason[RAWLOG_REASON_MAX];
	/* Of a gap: between which times of samples it is, and what the one behind it says of the time since the one before. */
	int64_t		 from;		/* in seconds since 1970; RAWLOG_NO_TIME: there is no sample before */
	int64_t		 to;
	uint64_t	 interval;	/* in seconds */
};

/* Fills in `damage`; no block is concerned. */
void	damage_describe(struct rawlog_damage *damage, uint64_t offset, uint64_t length, uint64_t sample,
	    const char *reason, ...) __attribute__((format(printf, 5, 6)));

/* Appends to the reason. */
void	damage_add(struct rawlog_damage *damage, const char *text, ...) __attribute__((format(printf, 2, 3)));

#endif
