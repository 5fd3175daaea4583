/*
 * put_bits: an integer whose bits have names, as these names.
 */
#ifndef PUT_BITS_H
#define PUT_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"

/* The most bytes that put_bits writes for the member. */
size_t put_bits_max(const struct field *f);

/*
 * The names of the bits that are set in the value of a member with names of bits, in the order of its schema, and in hex those
 * that have no name: RRBOOT|RRNETATOP|0x4000. No bit: 0. Bytes beyond the size of the member are no bits. Space is asked
 * for as stated in put.h.
 */
char *put_bits(char *w, const struct field *f, int64_t value);

#endif
