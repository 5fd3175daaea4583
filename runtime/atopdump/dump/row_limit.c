/*
 * row_limit: a count for each role; there are few roles.
 */
#include <stdlib.h>
#include <string.h>

#include "atopdump/dump/row_limit.h"

bool
row_limit_init(struct row_limit *l, uint64_t most, const struct word_set *roles)
{
	*l = (struct row_limit){ .most = most, .roles = roles };
	l->counts = calloc(roles->count + 1, sizeof *l->counts);
	return l->counts != NULL;
}

void
row_limit_free(struct row_limit *l)
{
	free(l->counts);
	l->counts = NULL;
}

/* The role's index; the number of roles: it is none of them. */
static size_t
find(const struct row_limit *l, const char *role)
{
	size_t i = 0;

	while (i < l->roles->count && strcmp(l->roles->words[i], role) != 0)
		i++;
	return i;
}

bool
row_limit_allows(const struct row_limit *l, const char *role)
{
	return l == NULL || l->most == 0 || l->counts[find(l, role)] < l->most;
}

bool
row_limit_is_reached(const struct row_limit *l)
{
	return l != NULL && l->most > 0 && l->nfull == l->roles->count;
}

void
row_limit_count(struct row_limit *l, const char *role)
{
	size_t i;

	if (l == NULL || l->most == 0)
		return;
	i = find(l, role);
	l->counts[i]++;
	l->nfull += i < l->roles->count && l->counts[i] == l->most;
}
