/*
 * matrix: goes over the samples twice: which series they have, and their values.
 */
#include "atopdump/page/matrix.h"

#include <math.h>
#include <stdlib.h>

#include "atopdump/report/sort_numbers.h"

/* --- series ------------------------------------------------------------------------------------------------------- */

static int
compare(const struct gather *g, const struct series *x, const struct series *y)
{
	if (x->measure != y->measure)
		return x->measure < y->measure ? -1 : 1;
	return strings_compare(&g->processes.strings, x->name, y->name);
}

static int
compare_series(const void *context, uint32_t a, uint32_t b)
{
	const struct gather *g = context;

	return compare(g, samples_series_at(&g->samples, a), samples_series_at(&g->samples, b));
}

/* Calls `found` for each value of the section's samples, in the order of time. */
static void
each_value(const struct matrix *m,
    void (*found)(struct matrix *m, size_t column, const struct sample_value *value, uint32_t *numbers),
    struct matrix *to, uint32_t *numbers)
{
	const struct samples *s = &m->g->samples;

	for (size_t i = 0; i < m->section->nmoments; i++)
		for (uint32_t k = samples_at(s, m->section->moments[i].number)->values; k != SAMPLES_NONE;
		     k = samples_value_at(s, k)->next)
			found(to, i, samples_value_at(s, k), numbers);
}

/* Counts a series that is new; its number is in `numbers` then, behind its place. */
static void
note_series(struct matrix *m, size_t column, const struct sample_value *value, uint32_t *numbers)
{
	uint32_t *const order = numbers + m->g->samples.series.count;

	(void)column;
	if (numbers[value->series] == 0)
		order[m->nseries++] = value->series;
	numbers[value->series] = 1;
}

static void
add_value(struct matrix *m, size_t column, const struct sample_value *value, uint32_t *numbers)
{
	if (!m->section->moments[column].apart)
		m->series[numbers[value->series] - 1].sum += (double)value->value;
}

/* Makes the list of series, sorted. `numbers` (2 for each series of all samples) is all zeros. */
static bool
list_series(struct matrix *m, uint32_t *numbers)
{
	uint32_t *const order = numbers + m->g->samples.series.count;

	each_value(m, note_series, m, numbers);
	sort_numbers(order, m->nseries, compare_series, m->g);
	m->series = calloc(m->nseries + 1, sizeof *m->series);
	if (m->series == NULL)
		return false;
	for (size_t i = 0; i < m->nseries; i++) {
		m->series[i].series = order[i];
		numbers[order[i]] = (uint32_t)i + 1;
	}
	each_value(m, add_value, m, numbers);
	return true;
}

bool
matrix_make(struct matrix *m, const struct gather *g, const struct section *section)
{
	uint32_t *numbers = calloc(g->samples.series.count + (size_t)1, 2 * sizeof *numbers);
	bool done;

	*m = (struct matrix){ .g = g, .section = section };
	done = numbers != NULL && list_series(m, numbers);
	free(numbers);
	return done;
}

void
matrix_free(struct matrix *m)
{
	free(m->series);
	free(m->values);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

void
matrix_ask(struct matrix *m, struct matrix_series *series)
{
	if (series != NULL && series->row == 0)
		series->row = (uint32_t)++m->nrows;
}

static void
set_value(struct matrix *m, size_t column, const struct sample_value *value, uint32_t *rows)
{
	if (rows[value->series] != 0)
		m->values[(rows[value->series] - 1) * m->section->nmoments + column] = value->value;
}

bool
matrix_fill(struct matrix *m)
{
	const size_t count = m->nrows * m->section->nmoments;
	uint32_t *rows = calloc(m->g->samples.series.count + (size_t)1, sizeof *rows);
	bool done;

	m->values = calloc(count + 1, sizeof *m->values);
	done = rows != NULL && m->values != NULL;
	if (done) {
		for (size_t i = 0; i < count; i++)
			m->values[i] = NAN;
		for (size_t i = 0; i < m->nseries; i++)
			rows[m->series[i].series] = m->series[i].row;
		each_value(m, set_value, m, rows);
	}
	free(rows);
	return done;
}

struct matrix_series *
matrix_find(const struct matrix *m, unsigned measure, uint32_t name)
{
	const struct series wanted = { measure, name };
	size_t first = 0, end = m->nseries;

	while (first < end) {
		const size_t middle = first + (end - first) / 2;
		const int differs = compare(m->g, samples_series_at(&m->g->samples, m->series[middle].series), &wanted);

		if (differs == 0)
			return &m->series[middle];
		if (differs < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return NULL;
}

const float *
matrix_row(const struct matrix *m, unsigned measure, uint32_t name)
{
	const struct matrix_series *series = matrix_find(m, measure, name);

	return series != NULL && series->row != 0 ? m->values + (series->row - 1) * m->section->nmoments : NULL;
}

struct matrix_series *
matrix_first(const struct matrix *m, unsigned measure, size_t *count)
{
	size_t first = 0, end;

	while (first < m->nseries && samples_series_at(&m->g->samples, m->series[first].series)->measure != measure)
		first++;
	for (end = first;
	     end < m->nseries && samples_series_at(&m->g->samples, m->series[end].series)->measure == measure;)
		end++;
	*count = end - first;
	return m->series + first;
}
