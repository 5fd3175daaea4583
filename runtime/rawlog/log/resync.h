/*
 * resync: finds where reading can continue behind bytes that are not a record: at the next record of the log's layout or
 * at the header of another log, whichever comes first. A header is accepted only if an intact record of its layout
 * follows directly; a header of the current layout also if it precedes the next record found.
 */
#ifndef RESYNC_H
#define RESYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/log/headers.h"
#include "rawlog/log/search.h"

struct resync {
	struct file *file;
	struct search *search; /* for records of one layout */
	struct headers *headers;
	void *record;    /* memory for the host struct of any release's rawrecord */
	uint64_t headed; /* headers have been searched for up to this offset */
	struct resync_header {
		bool is;  /* there is one */
		bool own; /* of the current layout; else an intact record follows it */
		uint64_t offset;
	} ahead; /* the last header found, until the search passes it */
};

enum resync_result {
	RESYNC_RECORD,
	RESYNC_HEADER,
	RESYNC_NONE,     /* nothing up to the file's end */
	RESYNC_NO_MEMORY /* failing input looks like the file's end; see the file's error */
};

/* The caller owns the objects passed, which must outlive it. False: out of memory, and nothing is owned. */
bool resync_init(struct resync *r, struct file *file, struct search *search, struct headers *headers);

void resync_free(struct resync *r);

/* Skips headers before `offset`. */
void resync_pass(struct resync *r, uint64_t offset);

/* Finds the first record or header at `from` or later, and keeps a stream's bytes from there on. */
enum resync_result resync_next(struct resync *r, uint64_t from, uint64_t *offset);

#endif
