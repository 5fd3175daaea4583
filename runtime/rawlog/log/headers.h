/*
 * headers: finds rawheaders in a file: at an offset, or by searching for the next magic number of any release of the
 * catalog.
 */
#ifndef HEADERS_H
#define HEADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/base/budget.h"
#include "rawlog/io/file.h"
#include "rawlog/log/choice.h"
#include "rawlog/log/header.h"

#define HEADERS_MAGIC_SIZE 4 /* bytes of a magic number */

struct headers {
	struct choice choice;                        /* the only release and data model that are accepted, if any */
	unsigned char (*magics)[HEADERS_MAGIC_SIZE]; /* as they stand in files, each once */
	size_t nmagics;
	bool begins[256];             /* whether a magic number begins with the byte */
	uint64_t passed;              /* offset up to which bytes have been counted in `tries` */
	uint64_t tries;               /* bytes passed and not yet spent on headers */
	char why[HEADER_MESSAGE_MAX]; /* why the last header was refused */
};

enum headers_result {
	HEADERS_FOUND,
	HEADERS_NONE,    /* no magic number there */
	HEADERS_REFUSED, /* a magic number without an accepted layout; the reason is in `why` */
	HEADERS_NO_MEMORY
};

/* Prepares to search for headers of all releases, or only of the forced one. False: out of memory. */
bool headers_init(struct headers *h, const struct choice *choice);

void headers_free(struct headers *h);

/* Whether a rawheader begins at `offset`, and the layout that it states. */
enum headers_result headers_at(struct headers *h, struct file *file, uint64_t offset, struct layout *layout);

/*
 * Finds the first rawheader that begins at `from` or later, and before `end`: HEADERS_FOUND, _NONE or _NO_MEMORY. Hostile
 * bytes may contain many magic numbers: the number of headers identified is bounded by the bytes passed. Magic numbers
 * that are skipped for that reason are counted in `budget`.
 */
enum headers_result headers_find(struct headers *h, struct file *file, uint64_t from, uint64_t end, uint64_t *offset,
    struct layout *layout, struct budget *budget);

#endif
