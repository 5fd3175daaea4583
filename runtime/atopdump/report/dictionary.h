/*
 * dictionary: every member of every struct of all releases by its path, the column that it is, and where it comes from.
 */
#ifndef DICTIONARY_H
#define DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print/query/view.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/catalog/reference.h"

#define DICTIONARY_PATH_MAX 160 /* bytes of a path */
#define DICTIONARY_WAY_MAX  8   /* structs within each other */

/*
 * A member that has the same path in all releases from `oldest` to `newest`, as far as they have it; a column that is not a
 * member; a view; or a column of a view.
 */
struct dictionary_entry {
	char path
	    [DICTIONARY_PATH_MAX]; /* "tstat.cpu.utime", "sstat.cpu.cpu[].stime"; of another column its name; "top", "top.rss" */
	const struct field *field;        /* in the newest release; NULL: it is not a member */
	const struct column_table *table; /* NULL: it is not a column */
	const struct column *column;      /* NULL: neither is it one */
	const struct view *view;          /* NULL: it is nothing of a view */
	size_t oldest, newest;            /* indices of catalog_releases */
};

struct dictionary {
	struct dictionary_entry
	    *entries; /* members, the newest release first; other columns; views with their columns */
	size_t count, room;
	size_t expected; /* the entry after the one found last */
	bool failed;     /* out of memory */
};

/* A member in one release: the members that lead to it, the last one itself. */
struct dictionary_place {
	const struct field *field;
	const struct reference *reference; /* of the struct that it is in */
	const struct reference_member *member;
	const struct reference_member *way[DICTIONARY_WAY_MAX];
	size_t nway;
	uint64_t
	    offset[REFERENCE_MODELS]; /* from the start of the whole struct in a log; of arrays the first element */
};

/* What the member or the column says of itself; NULL: nothing. */
const char *dictionary_doc(const struct dictionary_entry *entry);
const char *dictionary_unit(const struct dictionary_entry *entry);

/* Whether it is a difference over the interval. */
bool dictionary_is_delta(const struct dictionary_entry *entry);

/* Whether it is a member that holds no data. */
bool dictionary_is_reserved(const struct dictionary_entry *entry);

/*
 * The first and the last release that have it: the member; of a column of a view those in which it is not null in every row; of a
 * view those that have its table. NULL: it is not of a release.
 */
void dictionary_releases(const struct dictionary_entry *entry, const char **first, const char **last);

/* False: out of memory, and nothing is owned. */
bool dictionary_make(struct dictionary *d);
void dictionary_free(struct dictionary *d);

/* Calls `found` for each column of a view that is computed of the member; and for views whose rows it chooses, with NULL. */
void dictionary_each_use(const struct dictionary_entry *entry,
    void (*found)(void *context, const struct view *view, const struct column *column), void *context);

/* The entry in a release. False: it has no such member. */
bool dictionary_place(const struct dictionary_entry *entry, const struct catalog_release *release,
    struct dictionary_place *place);

#endif
