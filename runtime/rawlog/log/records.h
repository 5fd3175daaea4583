/*
 * records: walks from record to record of a log. Decides which bytes are a record and where it ends, resynchronises where
 * the log is damaged, and reports the bytes lost. It inflates blocks only to verify them.
 *
 * Bytes are a record
 * - if the extents that it states are possible, and at their end the log ends or another record or log begins;
 * - or if it is followed by intact blocks, one of which has the length that the record states. The length of an intact
 *   block is known from its data, so a wrong length in the record loses nothing;
 * - or if the record is possible, and each of its blocks begins as a block.
 * In the last two cases the search for the next record begins behind the last intact block, unless the record ends where
 * another one begins. Position alone is never taken as evidence of a record.
 *
 * A rawheader may be where a record should begin: another log, of any layout, begins there. So does a log whose header is
 * found while resynchronising (resync.h). The records behind a header that cannot be read are a log of an unknown host.
 *
 * A record whose values atop does not write is `suspect`, and is reported as damaged (flaw.h). Records that do not follow
 * each other are reported as a gap (sequence.h).
 *
 * Of a stream the current sample is kept in memory, limited by the bytes that really exist.
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

#define RECORDS_AHEAD_MAX (UINT64_C(64) << 20) /* how far a stream is read ahead to find a sample's end */

struct records {
	struct file *file;
	const struct layout *layout;
	struct headers *headers;
	struct search search;
	struct resync resync;
	size_t size;              /* bytes of a rawrecord in the log */
	uint64_t next;            /* offset of the next record, or where its search begins */
	bool lost;                /* it must be searched for */
	bool searched;            /* a search has happened before */
	uint64_t first;           /* where the search for the first record begins: the header may be too short */
	uint64_t gap;             /* lost: bytes before this offset belong to the previous record */
	uint64_t count;           /* records so far */
	struct frame last;        /* of the previous record */
	void *ahead;              /* host struct of a record that begins where the one judged last ends, */
	struct frame ahead_frame; /* and its frame, if there is one */
	bool has_ahead;
	struct rawlog_damage header_fault; /* what is wrong with the header of the previous record */
	bool fault_pending;                /* it is not reported yet */
	bool suspect;                      /* its header is wrong */
	/* The releases that may have written the previous record. After a loss: any with the same sizes. */
	struct recorder_candidates run;
	struct sequence sequence;
	/* The next result, kept while damage of the previous record is reported first. */
	bool is_kept;
	enum rawlog_result kept;
	struct frame kept_frame;
	struct rawlog_damage kept_damage;
	char why[RAWLOG_REASON_MAX]; /* why there was no record where one should be */
	bool unreadable;             /* it is a magic number, of a header that cannot be read */
	bool starved;                /* out of memory while searching for a header */
	/* How the log at `next` begins, with RAWLOG_NEXT_LOG. */
	enum records_log {
		RECORDS_SAME_LOG,
		RECORDS_HEADED_LOG,  /* with a header */
		RECORDS_HEADLESS_LOG /* with its first record; the header is lost */
	} begins;
	struct layout next_layout; /* the layout that the header states */
	bool ended;                /* the end is reached, and was reported */
};

/*
 * Begins a walk along the records of `file` from `offset` on, the end of the header that is at `header`. The caller owns
 * all objects passed, which must outlive the walk. Returns 0 or an errno; after failure nothing is owned.
 */
int records_init(struct records *r, struct file *file, const struct layout *layout, struct headers *headers,
    uint64_t header, uint64_t offset);

/*
 * The same for the next log of the file, after RAWLOG_NEXT_LOG. The caller has set the layout to r->next_layout, or kept
 * it for a log without a header. Records are numbered from 0 again.
 */
int records_turn(struct records *r);

void records_free(struct records *r);

/*
 * Reads the next record: RAWLOG_OK with its frame and host struct, _END, _DAMAGED or _GAP (no record; call again),
 * _NEXT_LOG (another log begins at r->next, in the way r->begins states; call records_turn, then this again), or _FAILED
 * (an errno in `error`).
 */
enum rawlog_result records_next(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage,
    int *error);

/* The same without reports about the previous record; for records_next, and for records in no order. */
enum rawlog_result records_find(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage,
    int *error);

/*
 * Whether the header of the record just returned has a fault that was not reported yet. The second function moves the
 * fault to `damage`.
 */
bool records_has_fault(const struct records *r);
bool records_take_fault(struct records *r, struct rawlog_damage *damage);

/* The releases that may have written the record just returned; the offset where it ends. */
const struct recorder_candidates *records_candidates(const struct records *r);
uint64_t records_end(const struct records *r);

/*
 * For a caller that searches for records with `search`: the next record is number `count`, at `offset`. The walk uses the
 * budget of `search` until records_leave returns it. records_leave returns the offset behind the record; `follows` is the
 * offset of the next record of the same log, UINT64_MAX if unknown.
 */
void records_go_to(struct records *r, uint64_t offset, uint64_t count, struct search *search);
uint64_t records_leave(struct records *r, struct search *search, uint64_t *follows);

/*
 * The record just returned, whose host struct is `record`, begins a run of these candidates. Their checks apply to it and
 * to the records that follow, until another run begins or records are lost. Returns 0 or an errno.
 */
int records_set_run(struct records *r, const void *record, const struct recorder_candidates *candidates);

/* Reports that the log ends at `end`, inside the blocks of the previous record. */
void records_describe_cut(const struct records *r, uint64_t end, struct rawlog_damage *damage);

/* Adds why the log ends early, if the gzip or archive around it is broken, or the file became shorter while it was read. */
void records_describe_end(const struct records *r, struct rawlog_damage *damage);

#endif
