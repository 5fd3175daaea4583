/*
 * carve: finds records of any release in any bytes: a disk image, a piece of a log, several logs in a row. Bytes around
 * a record are not trusted. Records that follow each other directly form an extent. A header directly in front of an
 * extent states its host and its release. Without a header the host is unknown; if several releases fit, the extent is
 * shown as the one that defines the fewest members. The search only moves forward, so it also works on a device or a
 * pipe. Time is linear in the number of bytes (search.h). Offsets that were not tried because of that bound are reported:
 * as damage after the next record, or with the refusal if there is none.
 */
#ifndef CARVE_H
#define CARVE_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/log/choice.h"
#include "rawlog/log/headers.h"
#include "rawlog/log/part.h"
#include "rawlog/log/records.h"
#include "rawlog/log/sample.h"
#include "rawlog/log/search.h"

#define CARVE_NAMES_MAX 256

/* What is known of the records of an extent. */
enum carve_sure {
	CARVE_HEADED,  /* a header states their host and release */
	CARVE_RELEASE, /* host unknown; exactly one release fits */
	CARVE_ALIKE    /* host unknown; several releases fit */
};

struct carve {
	struct file *file;
	struct layout *layouts; /* that records may have */
	size_t nlayouts;
	struct headers headers;
	struct search search;
	struct records records; /* of one layout, to read the record found */
	bool has_records;       /* `records` is in use */
	uint64_t next;          /* offset where the search continues */
	uint64_t headed;        /* headers have been searched for up to this offset */
	uint64_t count;         /* of records so far */
	bool ended;             /* the end is reached, and was reported */
	/* The current record, or the next one. */
	uint64_t offset;
	struct layout layout;
	bool begins; /* it is the first of an extent */
	enum carve_sure sure;
	const struct catalog_release **fits; /* the releases that fit the extent, oldest first */
	size_t nfits;                        /* their number */
	char names[CARVE_NAMES_MAX];         /* "2.4, 2.5 or 2.6" */
	uint64_t follows;                    /* offset of the extent's next record; UINT64_MAX: none */
	/* The header found last. */
	void *header;                /* its host struct; NULL: there is none, or carve_begin has given it away */
	struct layout header_layout; /* the layout that it states */
	uint64_t header_offset;
	bool is_new; /* no record has followed it yet */
	struct header_facts facts;
};

/*
 * Prepares to search `file`, which outlives the object, for records of all layouts, or of those that `choice` allows. NULL:
 * out of memory.
 */
struct carve *carve_new(struct file *file, const struct choice *choice);

/* NULL is allowed. */
void carve_free(struct carve *c);

/*
 * Finds the next record: RAWLOG_OK, _END, _DAMAGED (`damage` describes the previous record; call again), _REFUSED (there was
 * no record, as `damage` says) or _FAILED (an errno in `error`).
 */
enum rawlog_result carve_next(struct carve *c, struct rawlog_damage *damage, int *error);

/* Moves `part` to the extent that begins with the record just found: its layout, and its header if it has one. */
void carve_begin(struct carve *c, struct part *part);

/* Reads the record just found into `sample`, which must have its layout. RAWLOG_OK or _FAILED. */
enum rawlog_result carve_take(struct carve *c, struct rawlog_sample *sample, int *error);

#endif
