/*
 * search: finds the next record where none stands at the place where one should. A record is believed if its first
 * block, exactly as long as the record says, inflates to exactly one struct of the layout, with the right checksum.
 * Decides nothing else, and shows nothing.
 *
 * Every byte of the gap may have been chosen to make the search long. It is linear all the same: it never goes back,
 * and each place costs a comparison of two bytes, unless these are the header of a compressed stream; then it costs
 * decoding a record, in each of the layouts; where there are many, not more places are looked at than that takes few
 * steps for each byte passed. And inflating something costs credit. A byte passed gives credit for inflating SEARCH_RATIO
 * bytes; an attempt that fails is paid for with all that it took in and gave out, and none is made that the credit
 * has not room for. Attempts that succeed need not be paid: what they took in belongs to the record found, where
 * the search does not come again, and gave out at most deflate's best ratio times as much.
 */
#ifndef SEARCH_H
#define SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file.h"
#include "frame.h"
#include "header.h"
#include "probe.h"

#define SEARCH_CREDIT_MAX	(UINT64_C(1) << 29)
#define SEARCH_RATIO		64

enum search_result {
	SEARCH_FOUND,
	SEARCH_NONE,			/* up to the log's end */
	SEARCH_NO_MEMORY		/* input that fails looks like the log's end; the file knows */
};

/* A record of one of the layouts that may stand where the search is. */
struct search_candidate {
	size_t			 like;		/* the first layout whose records look the same */
	bool			 is_plausible;	/* of that one: the record, looked at by itself */
	bool			 fits;
	struct frame_block	 first, second;	/* blocks */
};

struct search {
	const struct layout	*layouts;	/* of records that are looked for: the caller's */
	size_t			 nlayouts;
	size_t			 preferred;	/* among these, where several fit */
	uint64_t		 keep;		/* a stream must be able to go back to here */
	size_t			 record_min, record_max;	/* bytes of a rawrecord */
	void			*record;	/* room for any host struct of one */
	struct search_candidate	*candidates;	/* by layout */
	struct probe		 probe;
	uint64_t		 credit;	/* bytes that may be inflated in vain */
	uint64_t		 passed;	/* offset up to which there has been credit */
	uint64_t		 places;	/* bytes passed that looking at places has not used up */
};

/* A search for records of any of `n` layouts, at least one. False: no memory; search_free is due in either case. */
bool	search_init(struct search *s, const struct layout *layouts, size_t n);

void	search_free(struct search *s);

/*
 * Goes over to records of other layouts, with the credit that is left. False: no memory; search_free is due in either
 * case.
 */
bool	search_turn(struct search *s, const struct layout *layouts, size_t n);

/*
 * Finds the first record at `from` or behind whose first block begins before `until`; `layout` is its place among the
 * layouts. A stream can go back to the record found, and to `keep`; for that, no more of it is held in memory than
 * what follows `keep`, or a record and its first block.
 */
enum search_result	search_next(struct search *s, struct file *file, uint64_t from, uint64_t until,
			    uint64_t *offset, size_t *layout);

/* Bytes of a rawrecord of the layout. */
size_t	search_record_size(const struct layout *layout);

/* Whether the record just found can be of layout `i` as well. */
bool	search_fits(const struct search *s, size_t i);

/*
 * Whether a whole block that inflates to `inflated` bytes stands at `offset`, and the `length` it has there. Free of
 * charge if so, unless `charged`. PROBE_UNTRIED where there is not credit enough.
 */
enum probe_result	search_probe(struct search *s, struct file *file, uint64_t offset, uint64_t inflated,
			    bool charged, uint64_t *length);

/* Pays for other work that is done in vain. False: there is not credit enough, and it must not be done. */
bool	search_pay(struct search *s, uint64_t cost);

#endif
