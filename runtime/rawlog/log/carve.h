/*
 * carve: records of any release found in anything: an image of a disk, a piece of a log, several logs in a row. Nothing
 * around a record is believed. Records that follow one another directly are an extent. A header directly in front of an
 * extent tells its host and its release; of one without a header the host is unknown, and where the lengths of several
 * releases fit it is shown as of the one that claims least. Forward only, so that a device or a pipe can be searched too;
 * time is linear in the bytes (see search.h), and what is not tried because of that is said: as damage behind the next
 * record, or, if there is none, by carve_explain.
 */
#ifndef CARVE_H
#define CARVE_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/log/choice.h"
#include "rawlog/log/headers.h"
#include "rawlog/log/records.h"
#include "rawlog/log/search.h"
#include "rawlog/log/reader.h"

/* What is known of the records of an extent. */
enum carve_sure {
	CARVE_HEADED,			/* a header says their host and release */
	CARVE_RELEASE,			/* no host; of all releases looked for only one fits */
	CARVE_ALIKE			/* no host; several releases fit */
};

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
	bool			 begins;	/* an extent */
	enum carve_sure		 sure;
	const struct catalog_release **fits;	/* the releases that the extent's lengths fit, oldest first… */
	size_t			 nfits;		/* …and how many these are */
	uint64_t		 follows;	/* where a record of the extent at hand would stand; UINT64_MAX: nowhere */
	void			*header;	/* the host struct of the header that it belongs to; NULL: unknown */
	struct layout		 header_layout;	/* the layout that the last header states */
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

/* Says in `text` why no record was found. */
void	carve_explain(struct carve *c, char *text, size_t size);

/* Makes the record just found the sample, which was made for its layout. RAWLOG_OK or _FAILED. */
enum rawlog_result	carve_take(struct carve *c, struct rawlog_sample *sample, int *error);

#endif
