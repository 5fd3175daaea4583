/*
 * names: see names.h.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "print/query/names.h"
#include "rawlog/catalog/catalog.h"

#define WORD_MAX	64		/* longer words have no near one */
#define DISTANCE_MAX	2

bool
names_have(const struct names *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->count; i++)
		if (strcmp(n->list[i], name) == 0)
			return true;
	return false;
}

bool
names_add(struct names *n, const char *name)
{
	const char **list;

	if (names_have(n, name))
		return true;
	list = realloc(n->list, (n->count + 1) * sizeof *list);
	if (list == NULL)
		return false;
	n->list = list;
	n->list[n->count++] = name;
	return true;
}

static bool
add_role(struct names *n, const struct catalog_struct *s)
{
	return names_add(n, s->role);
}

bool
names_add_each(struct names *n, bool (*add)(struct names *n, const struct catalog_struct *s))
{
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct catalog_release *r = catalog_releases[i];

		if (!add(n, r->rawheader) || !add(n, r->rawrecord))
			return false;
		for (size_t b = 0; b < r->nblocks; b++)
			if (r->blocks[b].share.size == 0 && !add(n, r->blocks[b].entry))
				return false;
	}
	return true;
}

bool
names_add_roles(struct names *n)
{
	return names_add_each(n, add_role);
}

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* How many letters must be added, dropped or changed to make `a` of `b`. Both are shorter than WORD_MAX. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[WORD_MAX], la = strlen(a), lb = strlen(b), i, j, corner, above;

	for (j = 0; j <= lb; j++)
		row[j] = j;
	for (i = 1; i <= la; i++) {
		corner = row[0];
		row[0] = i;
		for (j = 1; j <= lb; j++) {
			above = row[j];
			row[j] = min3(above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[lb];
}

/* Whether `word` is the last part of the dotted `name`. */
static bool
is_last_part(const char *name, const char *word)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && strcmp(dot + 1, word) == 0;
}

const char *
names_nearest(const struct names *n, const char *word)
{
	size_t i, d, best = DISTANCE_MAX + 1;
	const char *nearest = NULL;

	if (strlen(word) >= WORD_MAX)
		return NULL;
	for (i = 0; i < n->count; i++) {
		if (strlen(n->list[i]) >= WORD_MAX)
			continue;
		d = is_last_part(n->list[i], word) ? 0 : distance(word, n->list[i]);
		if (d < best && d < strlen(word)) {
			best = d;
			nearest = n->list[i];
		}
	}
	return nearest;
}

void
names_free(struct names *n)
{
	free(n->list);
	n->list = NULL;
	n->count = 0;
}
