/*
 * carve: records of any release found in anything: an image of a disk, a piece of a log, several logs in a row. Nothing
 * around a record is believed. Headers that are found between them tell the host and, where records alone do not, the
 * release. Forward only, so that a device or a pipe can be searched too; time is linear in the bytes (see search.h).
 */
#ifndef CARVE_H
#define CARVE_H

#include <stdbool.h>
#include <stdint.h>

#include "choice.h"
#include "headers.h"
#include "rawlog.h"
#include "records.h"
#include "search.h"

struct carve {
	struct file		 file;
	struct layout		*layouts;	/* that records may have */
	size_t			 nlayouts;
	struct headers		 headers;
	struct search		 search;
	struct records		 records;	/* of one layout, to read the record found */
	bool			 has_records;	/* `records` is in use */
	uint64_t		 next;		/* offset from which on is searched */
	uint64_t		 headed;	/* offset up to which headers have been looked for */
	uint64_t		 count;		/* of records so far */
	bool			 ended;		/* and what there is to say of the end has been said */
	/* The record at hand, or the next one. */
	uint64_t		 offset;
	struct layout		 layout;
	bool			 begins;	/* another layout than before, or a header before it */
	void			*header;	/* the host struct of the header that it belongs to; NULL: unknown */
	uint64_t		 header_offset;
	bool			 is_new;	/* there has been no record behind it yet */
	struct header_facts	 facts;
};

/*
 * Begins to search what a descriptor gives, which becomes the search's: for all layouts, or those of the choice.
 * 0, or an errno, which a negative `fd` is already; close in either case.
 */
int	carve_open(struct carve *c, int fd, const struct choice *choice);

void	carve_close(struct carve *c);

/*
 * Finds the next record: RAWLOG_OK, _END, _DAMAGED (something is to be said of the record before; call again) or
 * _FAILED (an errno in `error`).
 */
enum rawlog_result	carve_next(struct carve *c, struct rawlog_damage *damage, int *error);

/* Makes the record just found the sample, which was made for its layout. RAWLOG_OK or _FAILED. */
enum rawlog_result	carve_take(struct carve *c, struct rawlog_sample *sample, int *error);

#endif
