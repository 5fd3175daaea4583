/*
 * array: counts as the schema says: all, by a member, or up to the first empty text.
 */
#include "rawlog/catalog/array.h"

#include "rawlog/catalog/host.h"

uint64_t
array_used(const struct field *f, const void *host)
{
	const unsigned char *text = (const unsigned char *)host + f->offset + f->count.offset;
	uint64_t n = 0;
	int64_t count;

	switch (f->count_rule) {
	case FIELD_COUNTED:
		count = host_int(host, f->count);
		return count < 0 ? 0 : (uint64_t)count < f->dims[0] ? (uint64_t)count : f->dims[0];
	case FIELD_UNTIL:
		while (n < f->dims[0] && text[n * array_stride(f, 1)] != '\0')
			n++;
		return n;
	default: return f->dims[0];
	}
}
