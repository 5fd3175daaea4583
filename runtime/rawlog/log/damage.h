/*
 * damage: a part of a log that could not be read, in numbers and in words; and what can come of reading. Decides
 * nothing, and prints nothing.
 */
#ifndef DAMAGE_H
#define DAMAGE_H

#include <stdint.h>

enum rawlog_result {
	RAWLOG_OK,
	RAWLOG_END,			/* nothing more of what was asked for */
	RAWLOG_DAMAGED,			/* something could not be read: `damage` says what; go on */
	RAWLOG_GAP,			/* all can be read, but samples do not follow each other: see `damage`; go on */
	RAWLOG_NEXT_LOG,		/* another log begins in the same file; go on */
	RAWLOG_NEXT_RUN,		/* what follows in the log is read as of another release; go on */
	RAWLOG_REFUSED,			/* not an atop log, or a layout that no schema describes */
	RAWLOG_FAILED			/* input or memory failed: errno is in the error */
};

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
