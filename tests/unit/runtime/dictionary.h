/*
 * dictionary: a struct whose dictionary has everything that a dictionary can have, and tables of it, for tests of the code
 * that reads members by their places. It is no part of a release.
 */
#ifndef DICTIONARY_H
#define DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/catalog/columns.h"

#define DICTIONARY_LIST 4 /* elements of the arrays of structs */

struct dictionary_deep {
	uint32_t pad, value;
};

/* An element of inner.list, which inner.nlist counts, and of inner.named, which an empty name ends. */
struct dictionary_element {
	int16_t id; /* elements of inner.list with an id below 0 are not live */
	char name[4];
	struct dictionary_deep deep;
};

struct dictionary_inner {
	int64_t value;
	bool means_deep; /* whether deep means something */
	struct dictionary_deep deep;
	uint8_t nlist;
	struct dictionary_element list[DICTIONARY_LIST];
	struct dictionary_element named[DICTIONARY_LIST];
};

struct dictionary_host {
	int32_t first;
	uint64_t upstream; /* its column is called renamed */
	struct dictionary_inner inner;
	bool means_value; /* whether grid means something */
	int16_t grid[2][3];
	int32_t ncounted;
	uint32_t counted[3];
	char text[8], names[2][4]; /* names: an empty one ends them */
	uint32_t spare;            /* reserved */
	/* A value of each type. */
	int8_t small;
	uint64_t wide;
	int64_t missing;      /* -5: not available */
	uint16_t missing_too; /* 65535: not available */
	float number;
	double twice;
	char flag, letter, code;
	int64_t when;
};

/* Bits of the nulls: of the host, of inner (shifted by its base), and of deep in inner or an element. */
#define DICTIONARY_NO_UPSTREAM   UINT64_C(1)
#define DICTIONARY_NO_INNER      UINT64_C(2)
#define DICTIONARY_INNER_BASE    2
#define DICTIONARY_NO_VALUE      UINT64_C(1)
#define DICTIONARY_NO_DEEP       UINT64_C(2)
#define DICTIONARY_NO_LIST       UINT64_C(4)
#define DICTIONARY_DEEP_BASE     3
#define DICTIONARY_LIST_BASE     5
#define DICTIONARY_NO_DEEP_VALUE UINT64_C(1)

/* Its role is "whole". */
extern const struct catalog_struct dictionary_struct;

/*
 * Tables: whole, whole_inner_list, whole_inner_named, two that the struct has not (whole_inner_gone, whole_inner_lis), and
 * whole_pids. The test ends if there is none.
 */
const struct column_table *dictionary_table(const char *name);

/* The index of a column of the table. The test ends if there is none. */
size_t dictionary_column(const struct column_table *table, const char *name);

#endif
