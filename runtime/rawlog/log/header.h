/*
 * header: from a log's first bytes to the layout of everything after them: release, data model, byte order. A
 * layout is recognised by all that the header says of it, or not at all. Reads no file.
 */
#ifndef HEADER_H
#define HEADER_H

#include <stddef.h>

#include "rawlog/catalog/catalog.h"

struct layout {
	const struct catalog_release	*release;
	unsigned			 model;
	enum byte_order			 order;
};

enum header_result {
	HEADER_OK,
	HEADER_REFUSED,			/* not a log, or a layout that no schema describes: see the message */
	HEADER_NO_MEMORY
};

#define HEADER_MESSAGE_MAX	512

/* The most bytes that header_identify looks at. */
size_t	header_size_max(void);

/* Room that any release's rawheader can be decoded into, the caller's; NULL: no memory. */
void	*header_room(void);

/*
 * Finds the one layout whose every part is what the header at `p` says. `size` bytes are there: all of the
 * log or header_size_max(). Refused: `message` has room for HEADER_MESSAGE_MAX bytes.
 */
enum header_result	header_identify(const unsigned char *p, size_t size, struct layout *layout,
			    char *message);

/* The same for a release that is known otherwise, whatever aversion the header has; NULL: any. */
enum header_result	header_identify_as(const unsigned char *p, size_t size, const struct catalog_release *chosen,
			    struct layout *layout, char *message);

#endif
