/*
 * headers: rawheaders among other bytes of a file: whether one stands at an offset, and where the next magic number is.
 * The magic numbers are those of all releases of the catalog. Looks at nothing but headers, and keeps none.
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

#define HEADERS_MAGIC_SIZE	4		/* bytes of a magic number */

struct headers {
	struct choice	 choice;		/* the only release and data model that count, if there is one */
	unsigned char	(*magics)[HEADERS_MAGIC_SIZE];	/* as they stand in files, each once */
	size_t		 nmagics;
	bool		 begins[256];		/* whether any of them begins with the byte */
	uint64_t	 passed;		/* offset up to which bytes have paid for looking at headers */
	uint64_t	 tries;			/* bytes passed that this has not used up */
	char		 why[HEADER_MESSAGE_MAX];	/* the header looked at last was refused for this */
};

enum headers_result {
	HEADERS_FOUND,
	HEADERS_NONE,			/* no magic number stands there */
	HEADERS_REFUSED,		/* a magic number without a layout that counts: see `why` */
	HEADERS_NO_MEMORY
};

/* Prepares to look for headers of all releases, or of the chosen one (NULL: no choice). False: no memory. */
bool	headers_init(struct headers *h, const struct choice *choice);

void	headers_free(struct headers *h);

/* Whether a rawheader stands at `offset`, and the layout that it states. */
enum headers_result	headers_at(struct headers *h, struct file *file, uint64_t offset, struct layout *layout);

/*
 * Finds the first rawheader that begins at `from` or behind, but before `end`: HEADERS_FOUND, _NONE or _NO_MEMORY. Bytes
 * may have been chosen to make this long: how many magic numbers are looked at is bounded by the bytes passed;
 * those that are not are noted in `budget`.
 */
enum headers_result	headers_find(struct headers *h, struct file *file, uint64_t from, uint64_t end,
			    uint64_t *offset, struct layout *layout, struct budget *budget);

#endif
