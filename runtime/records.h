/*
 * records: the walk from record to record of a log, whatever is between them. Decides what is a record and where it
 * ends, finds the next one where the log is damaged, and says what was lost between. It looks into blocks only to find
 * out whether they are whole.
 *
 * A record is one
 * - if what it says of its blocks is possible, and where they end the log ends or another record begins;
 * - or if blocks are whole behind it, one of them as long as it says. Whole blocks tell their lengths themselves, so
 *   that a record that states another one wrongly loses nothing;
 * - or if it is possible, and each of its blocks begins as one.
 * In the last two cases the search for the next record begins behind what is whole of it, unless it ends where a
 * record begins. Nothing is ever believed for standing where it should.
 *
 * Of a stream the sample at hand is kept in memory: as much of it as there really is.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "damage.h"
#include "file.h"
#include "frame.h"
#include "header.h"
#include "search.h"

#define RECORDS_AHEAD_MAX	(UINT64_C(64) << 20)	/* how far a stream is read ahead, to see a sample's end */

struct records {
	struct file		*file;
	const struct layout	*layout;
	struct search		 search;
	size_t			 size;		/* of a rawrecord in the log */
	uint64_t		 next;		/* offset where the next record is, or is looked for from on */
	bool			 lost;		/* it is to be looked for */
	bool			 searched;	/* this has happened before */
	uint64_t		 first;		/* where the first record is looked for: the header may be too short */
	uint64_t		 gap;		/* lost: what is before this belongs to the record before */
	uint64_t		 count;		/* of records so far */
	struct frame		 last;		/* of the record before */
	void			*ahead;		/* host struct of the record behind one that is looked at */
	struct rawlog_damage	 lie;		/* what is wrong with the header of the record before… */
	bool			 lied;		/* …has still to be said */
	char			 why[RAWLOG_REASON_MAX];	/* no record was where one should be */
	bool			 ended;		/* and what there is to say of the end has been said */
};

/*
 * A walk along the records of `file` from `offset` on; `layout` is the caller's and outlives it. 0, or an errno;
 * records_free is due in either case.
 */
int	records_init(struct records *r, struct file *file, const struct layout *layout, uint64_t offset);

void	records_free(struct records *r);

/*
 * Goes to the next record: RAWLOG_OK and its frame and host struct, _END, _DAMAGED (no record this time; call again)
 * or _FAILED (an errno in `error`).
 */
enum rawlog_result	records_next(struct records *r, void *record, struct frame *frame,
			    struct rawlog_damage *damage, int *error);

/* Says that the log ends at `end`, inside the blocks of the record before. */
void	records_describe_cut(const struct records *r, uint64_t end, struct rawlog_damage *damage);

#endif
