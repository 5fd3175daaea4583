/*
 * matrix: the values of a section by series: a row for each series that is asked for, a column for each sample. A log can name
 * any number of disks and interfaces; of those that are not asked for only the sum is known.
 */
#ifndef MATRIX_H
#define MATRIX_H

#include "atopdump/page/sections.h"

struct matrix_series {
	uint32_t series; /* a number of struct samples */
	uint32_t row;    /* 1 + its number; 0: it has none */
	double sum;      /* of its values, without those since boot */
};

struct matrix {
	const struct gather *g;
	const struct section *section;
	struct matrix_series *series; /* by measure and name */
	size_t nseries;
	size_t nrows;
	float *values; /* NaN: none */
};

/* The series of a section, and their sums. False: out of memory, and nothing is owned. */
bool matrix_make(struct matrix *m, const struct gather *g, const struct section *section);
void matrix_free(struct matrix *m);

/* Gives the series a row, once it is filled. */
void matrix_ask(struct matrix *m, struct matrix_series *series);

/* Fills the rows that are asked for. False: out of memory. */
bool matrix_fill(struct matrix *m);

/* The series of a measure and a name; NULL: the section has none. */
struct matrix_series *matrix_find(const struct matrix *m, unsigned measure, uint32_t name);

/* The values of that series; NULL: it has no row. */
const float *matrix_row(const struct matrix *m, unsigned measure, uint32_t name);

/* The series of a measure: the first one, and how many there are. */
struct matrix_series *matrix_first(const struct matrix *m, unsigned measure, size_t *count);

#endif
