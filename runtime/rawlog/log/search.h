/*
 * search: finds the next record where none stands at the place where one should. A record is believed if its first
 * block, exactly as long as the record says, inflates to exactly one struct of the layout, with the right checksum.
 * Decides nothing else, and shows nothing.
 *
 * Every byte of the gap may have been chosen to make the search long. It is linear all the same: it never goes back,
 * and each place costs a comparison of two bytes, unless these are the header of a compressed stream; then it costs
 * decoding a record, in each of the layouts; where there are many, not more places are looked at than that takes few
 * steps for each byte passed. And inflating something costs credit (see budget.h): an attempt that fails is paid for with
 * all that it really took in and gave out, and for each deflate block in it. None is begun that the credit has not room
 * for if it is one such block, and none goes on beyond it. Half of the credit is kept for records whose second block
 * begins as one. Attempts that succeed need not be paid: what they took in belongs to the record found, where the
 * search does not come again, and gave out at most deflate's best ratio times as much.
 */
#ifndef SEARCH_H
#define SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/base/budget.h"
#include "rawlog/io/file.h"
#include "rawlog/io/probe.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"

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

/* A whole block that was found last, which need not be inflated again to know that. */
struct search_found {
	uint64_t		 offset, length, inflated;	/* length 0: none */
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
	struct budget		 budget;
	struct search_found	 found;
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
 * charge if so, unless `charged`; and not inflated if it is the first block of the record just found. PROBE_UNTRIED where
 * there is not credit enough.
 */
enum probe_result	search_probe(struct search *s, struct file *file, uint64_t offset, uint64_t inflated,
			    bool charged, uint64_t *length);

/* Whether there can ever be credit enough for a block that inflates to so many bytes, 2^62 at most. */
bool	search_may_probe(uint64_t inflated);

/* Whether a block is whole, and exactly as long as it says. No byte behind it is looked at. Free of charge if so. */
bool	search_is_exact(struct search *s, struct file *file, const struct frame_block *b);

/* Lets `to` go on where `from` is: with what is left of its budget, and what it has found. */
void	search_hand_over(const struct search *from, struct search *to);

#endif
