/*
 * names: the words that --tables takes, gathered from all releases of the catalog, and the nearest of them to
 * a word that is none.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "rawlog/catalog/catalog.h"

struct names {
	const char	**list;		/* the strings belong to somebody else */
	size_t		  count;
};

/* Appends `name` unless it is there. False if memory is short. */
bool	names_add(struct names *n, const char *name);

bool	names_have(const struct names *n, const char *name);

/* Calls `add` for each struct of each release that has lines of its own, until it is false: no memory. */
bool	names_add_each(struct names *n, bool (*add)(struct names *n, const struct catalog_struct *s));

/* Appends the roles of these structs. False if memory is short. */
bool	names_add_roles(struct names *n);

/* The name that `word` is most likely meant to be; NULL if none is near. */
const char	*names_nearest(const struct names *n, const char *word);

void	names_free(struct names *n);

#endif
