/*
 * put_bits: names are those of the member's release.
 */
#include "print/text/put_bits.h"

#include <string.h>

#include "print/text/put.h"

#define HEX_MAX 18 /* 0xffffffffffffffff */

size_t
put_bits_max(const struct field *f)
{
	size_t size = HEX_MAX;

	for (const struct bit_name *b = field_bits(f); b->name != 0; b++)
		size += strlen(catalog_text(b->name)) + 1;
	return size;
}

static char *
put_hex(char *w, uint64_t value)
{
	unsigned shift = 60;

	w = PUT(w, "0x");
	while (shift > 0 && value >> shift == 0)
		shift -= 4;
	for (;; shift -= 4) {
		*w++ = "0123456789abcdef"[value >> shift & 15];
		if (shift == 0)
			return w;
	}
}

char *
put_bits(char *w, const struct field *f, int64_t value)
{
	const uint64_t bits = f->size < sizeof value ? (uint64_t)value & ((UINT64_C(1) << 8 * f->size) - 1)
						     : (uint64_t)value;
	const char *start = w;
	uint64_t named = 0;

	if (bits == 0)
		return PUT(w, "0");
	for (const struct bit_name *b = field_bits(f); b->name != 0; b++) {
		const size_t length = strlen(catalog_text(b->name));

		if ((bits & b->value) != b->value)
			continue;
		named |= b->value;
		if (w > start)
			*w++ = '|';
		memcpy(w, catalog_text(b->name), length);
		w += length;
	}
	if ((bits & ~named) == 0)
		return w;
	if (w > start)
		*w++ = '|';
	return put_hex(w, bits & ~named);
}
