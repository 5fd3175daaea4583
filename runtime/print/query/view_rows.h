/*
 * view_rows: the rows of a view in the structs of a log: those of its table for which its condition holds.
 */
#ifndef VIEW_ROWS_H
#define VIEW_ROWS_H

#include "print/query/table_rows.h"
#include "print/query/view.h"

/* The structs of the current sample, which all views of a query share. */
struct view_sample {
	const struct catalog_release *release; /* of the log */
	struct view_structs structs;
	uint64_t changes; /* how often a struct was set or forgotten */
	void *header;     /* a copy of the log's; all zeros if it is unknown */
};

/* A view in the current log; the `view` of its places. */
struct view_state {
	const struct view *view;
	const struct view_code *code;
	const struct view_sample *sample;
	struct view_row row; /* what its functions are given; row and nulls are set for each row */
	void *names;         /* what `once` computed, */
	uint64_t computed;   /* after so many changes of the sample */
	struct text_memory memory;
};

/* Begins a log, whose header is `header`; NULL: unknown. False: out of memory. */
bool view_sample_begin(struct view_sample *s, const struct catalog_release *release, const void *header);
void view_sample_free(struct view_sample *s);

/* Notes the struct of a row, if it is one that views can read in names: of header and record, and of blocks with one. */
void view_sample_note(struct view_sample *s, const struct row *row, const bool reads[CATALOG_BLOCKS_MAX]);

/* The places of the view's rows, with its state. NULL and true in `missing`: the release has none. NULL and false: out of memory. */
struct places *view_places_make(const struct view *view, const struct view_sample *sample, bool *missing);

/* Frees what is in places of a view besides places. */
void view_state_free(struct view_state *state);

/* Whether the row of the view's table is one of the view. To be called once for each row, before its cells are asked for. */
bool view_rows_takes(struct view_state *state, const struct table_row *row);

/* Points the state at the row that was taken, whose other parts may have been filled since then. */
static inline void
view_rows_set(struct view_state *state, const struct table_row *row)
{
	state->row.row = row->host;
	state->row.nulls = row->nulls;
}

/* The cell of column `i`, null so far: VIEW_DONE. Else it is that of another source, enum column_context. */
static inline int
view_rows_get(struct view_state *state, const struct table_row *row, size_t i, struct cell *cell)
{
	view_rows_set(state, row);
	return state->code->get(&state->row, i, cell);
}

#endif
