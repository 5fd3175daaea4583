/*
 * strings: texts of any bytes, each stored once and known by a number.
 */
#ifndef STRINGS_H
#define STRINGS_H

#include "atopdump/report/chunks.h"
#include "atopdump/report/hash_index.h"

#define STRING_NONE 0 /* the number of no string */

struct strings {
	struct chunks items; /* char *: the string, behind its size as uint32_t */
	struct hash_index index;
	char *
	    block; /* where the next string goes, after `used` bytes; each block begins with a pointer to the one before */
	size_t used, room;
	uint64_t seed; /* differs from run to run, so that no log can choose strings with equal hashes */
};

void strings_init(struct strings *s);
void strings_free(struct strings *s);

/* The number of the `size` bytes. STRING_NONE: out of memory. */
uint32_t strings_add(struct strings *s, const void *bytes, size_t size);

/* The bytes of a string, which is not STRING_NONE. They stay where they are. */
const char *strings_get(const struct strings *s, uint32_t number, size_t *size);

/* The order of two strings, byte by byte; STRING_NONE comes first. */
int strings_compare(const struct strings *s, uint32_t a, uint32_t b);

#endif
