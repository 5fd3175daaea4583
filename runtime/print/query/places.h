/*
 * places: where a release has the columns of a table: the members of its structs, and the conditions under which they are
 * null. Made from the field dictionary, once for each log and table.
 */
#ifndef PLACES_H
#define PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/catalog/columns.h"

#define PLACES_DEPTH_MAX 16 /* structs within each other; schemas have at most 8 */

/* A member means nothing if the function is false for the struct at the offset. */
struct place_condition {
	bool (*when)(const void *host);
	uint32_t offset;
};

/* A member of a struct, or of a struct in it. What is read for each row comes first, and fits into 64 bytes. */
struct place {
	const struct field *field; /* NULL: the release has no such member */
	struct field_place at;     /* the member, if the value of an integer column is the member's; else of size 0 */
	uint64_t guards;           /* it is null if the struct's nulls have one of these bits */
	uint32_t offset;           /* in the struct */
	uint32_t text;             /* of the column of a text: bytes of the member; else 0 */
	bool is_counted;           /* it is null if its element is not in use */
	bool depends;              /* it can be null by conditions or a count */
	uint32_t nconditions;
	struct place_condition conditions[PLACES_DEPTH_MAX];
	uint32_t holder;  /* the offset of the struct that the field is a member of */
	uint32_t element; /* of an array: the index in its first dimension */
	uint64_t parts;   /* of the row's struct: what its value and its conditions are read from */
};

struct view_state;

struct places {
	const struct column_table *table;
	const struct catalog_struct *of; /* whose structs have the table's rows */
	struct place array;              /* the array whose elements are the rows; field NULL: the struct is the row */
	uint32_t shift;                  /* the nulls of an element are those of the struct, shifted down by this */
	struct place *columns;           /* in the struct of a row: of each column of the table */
	struct view_state *view; /* what computes the columns of a view, of which no column has a place; else NULL */
	uint64_t parts;          /* of a view: those of the struct that its columns are computed from */
};

/*
 * The places of `table` in `s`, whose role is the table's; the caller frees them. NULL and true in `missing`: the release has
 * no such array. NULL and false: out of memory.
 */
struct places *places_make(const struct column_table *table, const struct catalog_struct *s, bool *missing);
void places_free(struct places *p);

/* Makes the places those of a view of the table, which reads these parts of the struct. False: out of memory. */
bool places_replace(struct places *p, const struct column_table *view, uint64_t parts);

/* Whether the member at `place` is null by conditions or a count in the struct at `host`. */
bool place_find_null(const struct place *place, const void *host);

/* Whether the member at `place` means nothing in the struct at `host` whose nulls are `nulls`. */
static inline bool
place_is_null(const struct place *place, const void *host, uint64_t nulls)
{
	const struct place_condition *only = &place->conditions[0];

	if ((nulls & place->guards) != 0 || !place->depends)
		return (nulls & place->guards) != 0;
	if (place->nconditions == 1 && !place->is_counted)
		return !only->when((const unsigned char *)host + only->offset);
	return place_find_null(place, host);
}

/* The parts of the row's struct that the column is read from; 0: it is not of the struct. */
uint64_t places_parts(const struct places *p, size_t column);

/* How many elements of the array at `place` are in use in the struct at `host`; at most those that fit. */
uint64_t place_used(const struct place *place, const void *host);

#endif
