/*
 * names: the words that --tables takes, gathered from all releases of the catalog, and the nearest of them to
 * a word that is none.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct names {
	const char	**list;		/* the strings belong to somebody else */
	size_t		  count;
};

/* Appends `name` unless it is there. False if memory is short. */
bool	names_add(struct names *n, const char *name);

bool	names_have(const struct names *n, const char *name);

/* Appends the roles of all structs that stand in a file by themselves, or the names of all their tables. */
bool	names_add_roles(struct names *n);
bool	names_add_tables(struct names *n);

/* The name that `word` is most likely meant to be; NULL if none is near. */
const char	*names_nearest(const struct names *n, const char *word);

void	names_free(struct names *n);

#endif
