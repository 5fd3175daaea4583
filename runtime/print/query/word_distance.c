/*
 * word_distance: by dynamic programming, with three rows of the table.
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
	size_t rows[3][WORD_DISTANCE_SIZE_MAX + 1];
	size_t *row = rows[0], *up = rows[1], *two_up = rows[2];

	if (na > WORD_DISTANCE_SIZE_MAX || nb > WORD_DISTANCE_SIZE_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = two_up;

		two_up = up;
		up = row;
		row = spare;
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = min3(up[j] + 1, row[j - 1] + 1, up[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = min3(row[j], two_up[j - 2] + 1, SIZE_MAX);
		}
	}
	return row[nb];
}
