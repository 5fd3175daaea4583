/*
 * sequence: whether the records of a log follow each other: samples that were taken out, doubled or moved, and times that
 * cannot be. Pure.
 *
 * A run of atop begins with a record since boot. In each other one the interval is the time since the record before, and
 * 1 where that is less, by the same clock that the time of the record is read from (1.26 atop.c:841, 2.13 atop.c:1032);
 * so it holds too where that clock was set, or the machine slept.
 *
 * Where it does not hold, the next record tells more: if it fits the one before, only the time of the one between is
 * wrong. So what there is to say of a record is said when the next one is known, or that there is none.
 */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/log/damage.h"
#include "rawlog/log/frame.h"

/* What a record says of time. */
struct sequence_times {
	int64_t		 time;
	uint64_t	 interval;
	bool		 since_boot;
};

struct sequence {
	bool			 begun;		/* there has been a record, or something was lost */
	bool			 has_last;	/* there is a record before, and nothing was lost behind it */
	struct sequence_times	 last, before;	/* that one; and with `broken` the one before it */
	unsigned char		*bytes;		/* of the record before */
	size_t			 size;
	bool			 broken;	/* the record before does not follow, and nothing was said of it yet */
	struct rawlog_damage	 gap;		/* that is what there is to say */
};

/* For records of `size` bytes. False: no memory; sequence_free is due in either case. */
bool	sequence_begin(struct sequence *s, size_t size);

void	sequence_free(struct sequence *s);

/*
 * The next record: number `number` of the log, whose bytes stand at `p` and whose frame is read. RAWLOG_OK; or _GAP, of
 * the record before.
 */
enum rawlog_result	sequence_add(struct sequence *s, const struct frame *frame, const unsigned char *p,
			    uint64_t number, struct rawlog_damage *damage);

/* Something was lost, or a record is damaged: the next one follows nothing. RAWLOG_OK, or _GAP as above. */
enum rawlog_result	sequence_break(struct sequence *s, struct rawlog_damage *damage);

/* Whether the flag of a first record is wrong in this one, which is to be added next: its interval begins where another does. */
bool	sequence_is_no_first(const struct sequence *s, const struct frame *frame);

#endif
