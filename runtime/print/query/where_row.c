/*
 * where_row: most conditions compare integers that are members of structs with literals. These comparisons are made without
 * cells.
 */
#include "print/query/where_row.h"
#include "print/query/where_internal.h"

/* A row, and what its cells are found with. */
struct asked_row {
	const struct table_row *row;
	const struct row_log *log;
};

static void
get_cell(void *context, unsigned id, struct cell *cell)
{
	const struct asked_row *asked = context;

	if (!cells_get_plain(asked->row, id, cell))
		cells_get(asked->row, asked->log, id, cell);
}

/* As where_holds and where_test; for what is not compared without a cell. */
static bool
holds_by_cells(const struct where *w, const struct table_row *row, const struct row_log *log)
{
	struct asked_row asked = { row, log };

	return where_holds(w, get_cell, &asked);
}

static bool
test_cell(const struct step *step, const struct table_row *row, const struct row_log *log)
{
	struct asked_row asked = { row, log };

	return where_test(step, get_cell, &asked);
}

/* Whether the integer at `place` compares with the literal as the step says; null does not. */
static inline bool
test_member(const struct step *step, const struct place *place, const struct table_row *row)
{
	const int64_t value = host_int(row->host, place->at);

	return where_compares(step->op, value, step->literal.integer) && (value >= 0 || place->at.is_signed) &&
	    !place_is_null(place, row->host, row->nulls);
}

bool
where_row_holds(const struct where *w, const struct table_row *row, const struct row_log *log)
{
	const struct step *steps = w->steps;
	bool truth = false;

	if (!w->only_tests)
		return holds_by_cells(w, row, log);
	for (size_t i = 0; i < w->nsteps;) {
		const struct step *step = &steps[i++];
		const struct place *place;

		if (step->kind != STEP_TEST) {
			i = where_follow(step, &truth, i);
			continue;
		}
		place = &row->places->columns[step->index];
		truth = place->at.size != 0 && step->literal.kind == CELL_INTEGER ? test_member(step, place, row)
										  : test_cell(step, row, log);
	}
	return truth;
}
