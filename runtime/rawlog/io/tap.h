/*
 * tap: gets bytes on their way, such as those that are read of a pipe, or written: to compute a digest of them.
 */
#ifndef TAP_H
#define TAP_H

#include <stddef.h>

struct tap {
	/* Called with all bytes, in their order, in pieces. NULL: nobody takes them. */
	void (*take)(void *context, const void *bytes, size_t size);
	void *context; /* the caller's */
};

static inline void
tap_bytes(const struct tap *tap, const void *bytes, size_t size)
{
	if (tap->take != NULL && size > 0)
		tap->take(tap->context, bytes, size);
}

#endif
