/*
 * emit_view_row: the statements of the function that writes a row of a view as CSV: a line a column. Numbers and texts that are
 * members are written in place; what else a row can have is left to the caller.
 */
#include "emit/emit_view_row.h"

#include <inttypes.h>
#include <string.h>

#include "emit/emit_internal.h"
#include "emit/emit_view_body.h"
#include "emit/output_size.h"
#include "emit/put_expr.h"
#include "model/field_facts.h"

/* The body being emitted. */
struct body {
	struct arena *arena;
	const struct resolved_view *view;
	struct out lines;
	struct output_size size;
};

/* --- values ---------------------------------------------------------------------------------------------------- */

/* How many columns the column is: a text can stand with its exact bytes. */
static size_t
width(const struct body *b, size_t column)
{
	return column + 1 < b->view->view->ncolumns && b->view->view->columns[column + 1].is_bytes ? 2 : 1;
}

/* What is written before a value. */
static const char *
put_before(struct body *b, size_t column)
{
	return column == 0 ? "w" : put_literal(&b->size, "w", ",");
}

/* The commas of empty cells. */
static const char *
put_null(struct body *b, size_t column)
{
	const size_t commas = width(b, column) - (column == 0);

	return commas == 0 ? "w" : put_literal(&b->size, "w", commas == 1 ? "," : ",,");
}

/* A text member, or a letter. */
static const char *
put_text(struct body *b, size_t column, const struct typed_leaf *leaf)
{
	const struct field *f = leaf->fields[leaf->nfields - 1];
	const bool letter = f->ndims == 0, both = width(b, column) == 2;
	const uint64_t most = letter ? 1 : field_text_size(f);
	const char *w = put_before(b, column);

	output_size_add_text(&b->size, arena_printf(b->arena, "PUT_CSV_TEXT_MAX(%" PRIu64 ")", most));
	if (both)
		output_size_add_text(&b->size, arena_printf(b->arena, "1 + PUT_HEX_MAX(%" PRIu64 ")", most));
	if (letter)
		return arena_printf(b->arena,
		    both ? "put_csv_text(%s, &%s, 1, p->print)" : "put_csv_letter(%s, &%s, p->print)", w, leaf->access);
	return arena_printf(b->arena, "put_csv_%s(%s, %s, sizeof %s, p->print)", both ? "text" : "cell", w,
	    leaf->access, leaf->access);
}

/* A value that is no text. */
static const char *
put_number(struct body *b, size_t column, const struct typed *value)
{
	const char *w = put_before(b, column), *text = emit_expr(b->arena, value);

	switch (b->view->columns[column].type) {
	case COLUMN_BOOLEAN: b->size.flags++; return arena_printf(b->arena, "put_flag(%s, %s)", w, text);
	case COLUMN_NUMBER: b->size.floats++; return arena_printf(b->arena, "put_csv_number(%s, %s)", w, text);
	case COLUMN_DOUBLE: b->size.floats++; return arena_printf(b->arena, "put_csv_f64(%s, %s)", w, text);
	case COLUMN_TIME:
		output_size_add_text(&b->size, "PUT_TIME_MAX");
		return arena_printf(b->arena, "put_csv_time(%s, %s, p->print)", w, text);
	default: b->size.integers++; return arena_printf(b->arena, "put_i64(%s, %s)", w, text);
	}
}

/* --- the lines ------------------------------------------------------------------------------------------------- */

/* Whether the caller writes the column: it is of another source, or a text that is computed, whose size nothing limits here. */
static bool
is_left(const struct body *b, size_t column, const struct view_cell *cell)
{
	return cell->is_context ||
	    (cell->value != NULL && b->view->columns[column].type == COLUMN_TEXT && !typed_is_null(cell->value) &&
		leaf_of_member((struct typed *)cell->value) == NULL);
}

static void
emit_left(struct body *b, size_t column)
{
	for (size_t i = column; i < column + width(b, column); i++)
		out_printf(&b->lines, "w = p->put(p, w, %zu); /* %s */\n", i, b->view->view->columns[i].name.text);
}

static void
emit_column(struct body *b, size_t column, const struct view_cell *cell)
{
	const char *null, *put;

	if (is_left(b, column, cell)) {
		emit_left(b, column);
		return;
	}
	if (cell->value == NULL || typed_is_null(cell->value)) {
		out_printf(&b->lines, "w = %s; /* %s */\n", put_null(b, column),
		    b->view->view->columns[column].name.text);
		return;
	}
	null = emit_null(b->arena, cell->value);
	put = b->view->columns[column].type == COLUMN_TEXT
	    ? put_text(b, column, leaf_of_member((struct typed *)cell->value))
	    : put_number(b, column, cell->value);
	if (null == NULL)
		out_printf(&b->lines, "w = %s; /* %s */\n", put, b->view->view->columns[column].name.text);
	else
		out_printf(&b->lines, "w = %s ? %s : %s; /* %s */\n", null, put_null(b, column), put,
		    b->view->view->columns[column].name.text);
}

static struct body
make_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr)
{
	struct body b = { .arena = a, .view = rv, .lines = { .arena = a, .indent = 1 }, .size = output_size(a) };

	for (size_t i = view_nshared(rv); i < rv->view->ncolumns; i += width(&b, i))
		emit_column(&b, i, &vr->cells[i]);
	return b;
}

const char *
view_csv_body(struct arena *a, const struct resolved_view *rv, const struct view_release *vr)
{
	const struct body b = make_body(a, rv, vr);
	struct out all = { .arena = a, .indent = 1 };

	if (!rv->view->direct || b.lines.length == 0)
		return NULL;
	view_pointers(&all, rv, vr, b.lines.text);
	if (all.length == 0)
		out_printf(&all, "(void)r;\n");
	if (strstr(b.lines.text, "p->") == NULL)
		out_printf(&all, "(void)p;\n");
	return arena_printf(a, "%s\n%s\treturn w;\n", all.text, b.lines.text);
}

const char *
view_csv_max(struct arena *a, const struct resolved_view *rv, const struct view_release *vr)
{
	const struct body b = make_body(a, rv, vr);

	return output_size_text(&b.size);
}
