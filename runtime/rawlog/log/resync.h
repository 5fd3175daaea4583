/*
 * resync: finds where reading can go on in a file whose bytes are no record: at the next record of the log's layout, or
 * at the header of another log, whichever comes first. A header counts only with an intact record of its layout
 * directly behind it, or, of the layout at hand, in front of the next record found.
 */
#ifndef RESYNC_H
#define RESYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/log/headers.h"
#include "rawlog/log/search.h"

struct resync {
	struct file	*file;
	struct search	*search;		/* for records of one layout */
	struct headers	*headers;
	void		*record;		/* room for any release's rawrecord */
	uint64_t	 headed;		/* offset up to which headers have been looked for */
	struct resync_header {
		bool		 is;		/* there is one */
		bool		 own;		/* of the layout at hand; else it has been seen that a record is behind it */
		uint64_t	 offset;
	} ahead;				/* the last header found, if it has not been passed */
};

enum resync_result {
	RESYNC_RECORD,
	RESYNC_HEADER,
	RESYNC_NONE,				/* up to the file's end */
	RESYNC_NO_MEMORY			/* input that fails looks like the file's end; the file knows */
};

/* All but the numbers is the caller's, and outlives it. False: no memory; resync_free is due in either case. */
bool	resync_init(struct resync *r, struct file *file, struct search *search, struct headers *headers);

void	resync_free(struct resync *r);

/* No header is looked for before `offset` any more. */
void	resync_pass(struct resync *r, uint64_t offset);

/* Finds the first record or header at `from` or behind. A stream can go back to it. */
enum resync_result	resync_next(struct resync *r, uint64_t from, uint64_t *offset);

#endif
