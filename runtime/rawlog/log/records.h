/*
 * records: the walk from record to record of a log, whatever is between them. Decides what is a record and where it
 * ends, finds the next one where the log is damaged, and says what was lost between. It looks into blocks only to find
 * out whether they are whole.
 *
 * A record is one
 * - if what it says of its blocks is possible, and where they end the log ends or another record or log begins;
 * - or if blocks are whole behind it, one of them as long as it says. Whole blocks tell their lengths themselves, so
 *   that a record that states another one wrongly loses nothing;
 * - or if it is possible, and each of its blocks begins as one.
 * In the last two cases the search for the next record begins behind what is whole of it, unless it ends where a
 * record begins. Nothing is ever believed for standing where it should.
 *
 * Where a record should begin a rawheader may stand instead: another log, of any layout, begins there. The same holds
 * for one that is found when what is no record is searched (see resync.h). What follows a header that cannot be read is
 * a log too, of an unknown host.
 *
 * A record may be one, and yet not what atop wrote there: then it is `suspect`, and said to be damaged (see flaw.h). That
 * records do not follow each other is said too (see sequence.h).
 *
 * Of a stream the sample at hand is kept in memory: as much of it as there really is.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/log/damage.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"
#include "rawlog/log/headers.h"
#include "rawlog/log/recorder.h"
#include "rawlog/log/resync.h"
#include "rawlog/log/search.h"
#include "rawlog/log/sequence.h"

#define RECORDS_AHEAD_MAX	(UINT64_C(64) << 20)	/* how far a stream is read ahead, to see a sample's end */

struct records {
	struct file		*file;
	const struct layout	*layout;
	struct headers		*headers;
	struct search		 search;
	struct resync		 resync;
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
	bool			 suspect;	/* there is something wrong with it */
	/* Which releases may have written the record before. After records were lost, any that are alike. */
	struct recorder_candidates run;
	struct sequence		 sequence;
	/* What was found while something had to be said of the record before: it is the next result. */
	bool			 is_kept;
	enum rawlog_result	 kept;
	struct frame		 kept_frame;
	struct rawlog_damage	 kept_damage;
	char			 why[RAWLOG_REASON_MAX];	/* no record was where one should be */
	bool			 unreadable;	/* because a magic number was, before a header that cannot be read */
	bool			 starved;	/* memory was short while looking for a header */
	/* The log that begins at `next`; with RAWLOG_NEXT_LOG. */
	enum records_log {
		RECORDS_SAME_LOG,
		RECORDS_HEADED_LOG,	/* a header stands there, which says so */
		RECORDS_HEADLESS_LOG	/* its header is lost, and its first record stands there */
	}			 begins;
	struct layout		 next_layout;	/* what the header states */
	bool			 ended;		/* and what there is to say of the end has been said */
};

/*
 * A walk along the records of `file` from `offset` on, the end of the header that stands at `header`. All but the numbers
 * is the caller's and outlives the walk. 0, or an errno; records_free is due in either case.
 */
int	records_init(struct records *r, struct file *file, const struct layout *layout, struct headers *headers,
	    uint64_t header, uint64_t offset);

/*
 * The same for the next log of the file, after RAWLOG_NEXT_LOG: the layout has been changed to what r->next_layout says,
 * or kept for one that is headless. Numbers of records begin with 0 again.
 */
int	records_turn(struct records *r);

void	records_free(struct records *r);

/*
 * Goes to the next record: RAWLOG_OK and its frame and host struct, _END, _DAMAGED or _GAP (no record this time; call again),
 * _NEXT_LOG (another log begins at r->next, as r->begins says; call records_turn, then again), or _FAILED (an errno in
 * `error`).
 */
enum rawlog_result	records_next(struct records *r, void *record, struct frame *frame,
			    struct rawlog_damage *damage, int *error);

/* The same, whatever there is to be said of the record before; for records_next, and where records need not follow each other. */
enum rawlog_result	records_find(struct records *r, void *record, struct frame *frame,
			    struct rawlog_damage *damage, int *error);

/* Whether something is wrong with the header of the record just returned that has not been reported; takes it to report it. */
bool	records_has_fault(const struct records *r);
bool	records_take_fault(struct records *r, struct rawlog_damage *damage);

/* Which releases may have written the record just returned, and the offset where it ends. */
const struct recorder_candidates	*records_candidates(const struct records *r);
uint64_t				 records_end(const struct records *r);

/*
 * For a caller that finds the records itself, with `search`: the next one is number `count`, at `offset`. The budget of
 * `search` serves the walk until records_leave gives it back, which returns the offset behind the record. `follows` is where
 * the next record of the same log begins; UINT64_MAX: unknown.
 */
void		records_go_to(struct records *r, uint64_t offset, uint64_t count, struct search *search);
uint64_t	records_leave(struct records *r, struct search *search, uint64_t *follows);

/*
 * The record just returned, whose host struct is `record`, begins a run of these candidates. It and those that follow it
 * are held against their checks, until a run begins or records are lost. 0, or an errno.
 */
int	records_set_run(struct records *r, const void *record, const struct recorder_candidates *candidates);

/* Says that the log ends at `end`, inside the blocks of the record before. */
void	records_describe_cut(const struct records *r, uint64_t end, struct rawlog_damage *damage);

#endif
