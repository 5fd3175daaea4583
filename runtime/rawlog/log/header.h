/*
 * header: identifies the layout of a log (release, data model, byte order) from its first bytes. A layout is accepted only
 * if every number in the header that describes it is equal. Reads no file.
 */
#ifndef HEADER_H
#define HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/catalog/catalog.h"

struct layout {
	const struct catalog_release *release;
	unsigned model;
	enum byte_order order;
};

enum header_result {
	HEADER_OK,
	HEADER_STRANGE, /* not a log: there is no magic number of any release; the message says what is known of it */
	HEADER_REFUSED, /* a header that is cut, or a layout that no schema describes; the message says which */
	HEADER_NO_MEMORY
};

#define HEADER_MESSAGE_MAX    512
#define HEADER_DIFFERENCE_MAX 256

/* The most bytes that header_identify reads. */
size_t header_size_max(void);

/* Whether the `size` bytes at `p` begin with the magic number of a release, in either byte order. */
bool header_has_magic(const unsigned char *p, size_t size);

/*
 * Finds the layout that the header at `p` states. `size` is the size of the log, header_size_max() at most. Refused or
 * strange: the reason is in `message`, of HEADER_MESSAGE_MAX bytes.
 */
enum header_result header_identify(const unsigned char *p, size_t size, struct layout *layout, char *message);

/* The same for a known release, with any aversion in the header. NULL: any release, as header_identify. */
enum header_result header_identify_as(const unsigned char *p, size_t size, const struct catalog_release *chosen,
    struct layout *layout, char *message);

/*
 * Writes which lengths in the header at `p` are not those of the release, as ": rawreclen is 96, should be 104", into `text`,
 * of HEADER_DIFFERENCE_MAX bytes; nothing if all are equal, or if `p` does not begin with the magic number. False: out of
 * memory.
 */
bool header_differs(const unsigned char *p, size_t size, const struct catalog_release *release, char *text);

#endif
