/*
 * search: finds the next record, where there is none at the expected offset. A record is accepted if its first block has
 * the length that the record states, and inflates to exactly one struct of the layout with a correct checksum.
 *
 * The bytes may be hostile, but the search takes linear time. It never goes back. Each offset costs a comparison of two
 * bytes. If these are the header of a compressed stream, a record is decoded in each of the layouts; with many layouts
 * the number of such offsets is limited, so that the cost per byte stays constant. Inflation is paid from a budget
 * (budget.h): a failed attempt pays for its input, its output, and each deflate block. An attempt is begun only if the
 * budget suffices for one deflate block, and stops when the budget is exhausted. Half of the budget is reserved for
 * records whose second block begins as a block. Successful attempts are free, because the search never revisits the
 * bytes of a record it has found, and deflate's maximum ratio bounds their output.
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
	SEARCH_NONE,     /* nothing up to the log's end */
	SEARCH_NO_MEMORY /* failing input looks like the log's end; see the file's error */
};

/* A possible record, of one layout, at the current offset. */
struct search_candidate {
	size_t like;       /* the first layout whose records look the same */
	bool is_plausible; /* of that layout: the members of the record are possible, apart from its blocks */
	bool fits;
	struct frame_block first, second; /* blocks */
};

/* The intact block that was found last: it need not be inflated again. */
struct search_found {
	uint64_t offset, length, inflated; /* length 0: none */
};

struct search {
	const struct layout *layouts; /* of the records searched for; owned by the caller */
	size_t nlayouts;
	size_t preferred;                    /* the layout to choose where several fit */
	uint64_t keep;                       /* a stream must be able to go back to here */
	size_t record_min, record_max;       /* sizes of a rawrecord */
	void *record;                        /* memory for any rawrecord's host struct */
	struct search_candidate *candidates; /* by layout */
	struct probe probe;
	struct budget budget;
	struct search_found found;
};

/* Prepares to search for records of `n` layouts, at least one. False: out of memory, and nothing is owned. */
bool search_init(struct search *s, const struct layout *layouts, size_t n);

void search_free(struct search *s);

/*
 * Changes to records of other layouts, with the remaining budget. False: out of memory, and nothing is owned.
 */
bool search_turn(struct search *s, const struct layout *layouts, size_t n);

/*
 * Finds the first record at `from` or later whose first block begins before `until`; `layout` is the index of its layout.
 * A stream keeps its bytes from `keep` on, and those of the record found and its first block, but no more.
 */
enum search_result search_next(struct search *s, struct file *file, uint64_t from, uint64_t until, uint64_t *offset,
    size_t *layout);

/* The size of a rawrecord of the layout. */
size_t search_record_size(const struct layout *layout);

/* Whether the record just found also fits layout `i`. */
bool search_fits(const struct search *s, size_t i);

/*
 * Whether an intact block that inflates to `inflated` bytes is at `offset`, and its `length` there. An intact block is free,
 * unless `charged`. The first block of the record just found is not inflated again. PROBE_UNTRIED: the budget does not
 * suffice.
 */
enum probe_result search_probe(struct search *s, struct file *file, uint64_t offset, uint64_t inflated, bool charged,
    uint64_t *length);

/* Whether a block is intact and has its stated length. Reads no byte behind it. An intact block is free. */
bool search_is_exact(struct search *s, struct file *file, const struct frame_block *b);

/* Copies to `to` the budget and the results of `from`, so that it continues there. */
void search_hand_over(const struct search *from, struct search *to);

#endif
