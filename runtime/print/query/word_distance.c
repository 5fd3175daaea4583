/*
 * word_distance: the Levenshtein distance by dynamic programming, with one row of the table.
 */
#include <stdint.h>
#include <string.h>

#include "print/query/word_distance.h"

static size_t
min3(size_t a, size_t b, size_t c)
{
	const size_t m = a < b ? a : b;

	return m < c ? m : c;
}

size_t
word_distance(const char *a, const char *b)
{
	const size_t na = strlen(a), nb = strlen(b);
	size_t row[WORD_DISTANCE_SIZE_MAX + 1];

	if (na > WORD_DISTANCE_SIZE_MAX || nb > WORD_DISTANCE_SIZE_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			const size_t above = row[j];

			row[j] = min3(above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[nb];
}
