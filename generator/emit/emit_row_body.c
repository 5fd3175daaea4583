/*
 * emit_row_body: a line a column. A condition that makes several columns null is computed once, before them.
 */
#include "emit/emit_row_body.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"
#include "emit/output_size.h"
#include "emit/put_expr.h"
#include "model/field_facts.h"

/* The body being emitted. */
struct body {
	struct arena *arena;
	const struct column_table *table;
	const struct definition *row;
	enum row_form form;
	struct out lines;
	struct output_size size;
	const char **conditions; /* by column; NULL: it is never null */
	bool uses_print, uses_nulls;
};

/* --- members ------------------------------------------------------------------------------------------------- */

/* "v->cpu.utime": the member in C. */
static const char *
access_of(struct arena *a, const struct member_path *path)
{
	const char *text = "v->";

	for (size_t i = 0; i < path->nfields; i++)
		text = arena_printf(a, "%s%s%s", text, path->fields[i]->key, i + 1 < path->nfields ? "." : "");
	return text;
}

/* The same with the index of its element: "v->load[3]". */
static const char *
element_of(struct arena *a, const struct member_path *path)
{
	const struct field *f = path->fields[path->nfields - 1];
	const char *text = access_of(a, path);
	uint64_t rest = 1, element = path->element;

	for (size_t k = 0; k < field_walked_dims(f); k++)
		rest *= f->dims[k];
	for (size_t k = 0; k < field_walked_dims(f); k++) {
		rest /= f->dims[k];
		text = arena_printf(a, "%s[%" PRIu64 "]", text, element / rest);
		element %= rest;
	}
	return text;
}

/* The struct that holds field `i` of the path, as a pointer: "v", "&v->gpu". */
static const char *
holder_of(struct arena *a, const struct member_path *path, size_t i)
{
	struct member_path upper = *path;

	if (i == 0)
		return "v";
	upper.nfields = i;
	return arena_printf(a, "&%s", access_of(a, &upper));
}

static const char *
or_of(struct arena *a, const char *left, const char *right)
{
	return left == NULL ? right : arena_printf(a, "%s || %s", left, right);
}

/* The condition under which the member is null; NULL: never. */
static const char *
condition_of(struct body *b, const struct member_path *path)
{
	const struct definition *holder = b->row;
	const struct field *f = NULL;
	const char *text = NULL;
	uint64_t mask = 0;
	size_t base = 0;

	for (size_t i = 0; i < path->nfields; i++) {
		f = path->fields[i];
		mask |= field_guards_from(f, base);
		if (f->when != NULL)
			text = or_of(b->arena, text,
			    arena_printf(b->arena, "!%s(%s)", c_means(b->arena, holder, f),
				holder_of(b->arena, path, i)));
		if (i + 1 == path->nfields && field_walked_dims(f) > 0 && f->member->count_rule != COUNT_NONE)
			text = or_of(b->arena, text,
			    arena_printf(b->arena, "%s_%s_live(%s) <= %" PRIu64, c_struct(b->arena, holder), f->key,
				holder_of(b->arena, path, i), path->element * f->dims[0] / f->elements));
		base += f->base;
		if (f->def != NULL)
			holder = f->def;
	}
	if (mask == 0)
		return text;
	b->uses_nulls = true;
	return text == NULL ? c_mask(b->arena, "nulls", mask)
			    : arena_printf(b->arena, "(%s) || %s", c_mask(b->arena, "nulls", mask), text);
}

/* --- values -------------------------------------------------------------------------------------------------- */

static const char *
name_of(struct body *b, size_t column)
{
	return arena_printf(b->arena, ",\"%s\":", b->table->columns[column].name);
}

/* What is written before a value. */
static const char *
put_before(struct body *b, size_t column)
{
	return put_literal(&b->size, "w", b->form == ROW_CSV ? "," : name_of(b, column));
}

static bool
is_wide(const struct field *f)
{
	for (size_t m = 0; m < MODELS_MAX; m++)
		if (f->ctype->kind == TYPE_UNSIGNED && f->ctype->size[m] > 4)
			return true;
	return false;
}

static const char *
put_integer(struct body *b, const struct field *f, const char *w, const char *access)
{
	const char *style = b->form == ROW_CSV ? "put_csv" : "put";
	const char *absent = b->form == ROW_CSV ? "or_nothing" : "or_null";
	const char letter = f->ctype->kind == TYPE_SIGNED ? 'i' : 'u';

	output_size_add_number(&b->size, f);
	if (f->ctype->kind == TYPE_CHAR)
		return arena_printf(b->arena, "put_u64(%s, (unsigned char)%s)", w, access);
	if (f->member->has_absent)
		return arena_printf(b->arena, "%s_%c64_%s(%s, %s, %s)", style, letter, absent, w, access,
		    c_integer(b->arena, f->member->absent));
	if (is_wide(f))
		return arena_printf(b->arena, "%s_u63(%s, %s)", style, w, access);
	return arena_printf(b->arena, "put_%c64(%s, %s)", letter, w, access);
}

static const char *
put_text(struct body *b, size_t column, const struct field *f, const char *w, const char *access)
{
	const uint64_t most = field_is_text(f) ? field_text_size(f) : 1;
	const char *bytes = field_is_text(f) ? access : arena_printf(b->arena, "(const char *)&%s", access);
	const char *size = field_is_text(f) ? arena_printf(b->arena, "sizeof %s", access) : "1";

	if (b->form == ROW_CSV) {
		b->uses_print = true;
		output_size_add_text(&b->size,
		    arena_printf(b->arena, "PUT_CSV_TEXT_MAX(%" PRIu64 ") + 1 + PUT_HEX_MAX(%" PRIu64 ")", most, most));
		return arena_printf(b->arena, "put_csv_text(%s, %s, %s, print)", w, bytes, size);
	}
	output_size_add_text(&b->size,
	    arena_printf(b->arena, "PUT_JSON_TEXT_MAX(%" PRIu64 ") + %zu", most,
		strlen(name_of(b, column + 1)) + strlen("null")));
	return arena_printf(b->arena, "put_json_both(%s, %s, %s, \",\\\"%s\\\":\")", w, bytes, size,
	    b->table->columns[column + 1].name);
}

static const char *
put_member(struct body *b, size_t column, const struct field *f, const char *access)
{
	const char *w = put_before(b, column);
	const char *style = b->form == ROW_CSV ? "put_csv" : "put";

	switch (b->table->columns[column].type) {
	case COLUMN_TEXT: return put_text(b, column, f, w, access);
	case COLUMN_BOOLEAN:
		output_size_add_number(&b->size, f);
		return arena_printf(b->arena, "put_flag(%s, %s)", w, access);
	case COLUMN_NUMBER:
	case COLUMN_DOUBLE:
		output_size_add_number(&b->size, f);
		return arena_printf(b->arena, "%s_f%u(%s, %s)", style, f->ctype->size[0] * 8, w, access);
	case COLUMN_TIME:
		output_size_add_text(&b->size, "PUT_TIME_MAX");
		b->uses_print = true;
		return arena_printf(b->arena, "%s_time(%s, (int64_t)%s, print)",
		    b->form == ROW_CSV ? "put_csv" : "put_json", w, access);
	case COLUMN_INTEGER: break;
	}
	return put_integer(b, f, w, access);
}

/* How many columns the column is: a text stands with its exact bytes. */
static size_t
width(const struct body *b, size_t column)
{
	return b->table->columns[column].type == COLUMN_TEXT ? 2 : 1;
}

static const char *
put_null(struct body *b, size_t column)
{
	const char *text = "";

	for (size_t i = 0; i < width(b, column); i++)
		text = b->form == ROW_CSV ? arena_printf(b->arena, "%s,", text)
					  : arena_printf(b->arena, "%s%snull", text, name_of(b, column + i));
	return put_literal(&b->size, "w", text);
}

/* --- the lines ----------------------------------------------------------------------------------------------- */

/* The variable that holds the condition of `column`, if an earlier column has it too; else NULL. */
static const char *
variable_of(const struct body *b, size_t column)
{
	size_t number = 0;

	for (size_t i = 0; i < b->table->ncolumns; i++) {
		bool first = b->conditions[i] != NULL, again = false;

		for (size_t k = 0; k < b->table->ncolumns && first; k++) {
			const bool same = k != i && b->conditions[k] != NULL &&
			    strcmp(b->conditions[k], b->conditions[i]) == 0;

			first = !same || k > i;
			again = again || same;
		}
		if (!first || !again)
			continue;
		if (strcmp(b->conditions[i], b->conditions[column]) == 0)
			return arena_printf(b->arena, "null_%zu", number);
		number++;
	}
	return NULL;
}

static bool
is_first_with(const struct body *b, size_t column)
{
	for (size_t i = 0; i < column; i++)
		if (b->conditions[i] != NULL && strcmp(b->conditions[i], b->conditions[column]) == 0)
			return false;
	return true;
}

/* Declares the variables of conditions. */
static void
emit_variables(struct body *b, struct out *o)
{
	for (size_t i = 0; i < b->table->ncolumns; i++) {
		const char *variable = b->conditions[i] != NULL && is_first_with(b, i) ? variable_of(b, i) : NULL;

		if (variable != NULL)
			out_printf(o, "const bool %s = %s;\n", variable, b->conditions[i]);
	}
}

static void
emit_column(struct body *b, size_t column, const struct member_path *path)
{
	const char *put, *condition, *variable;

	if (path->nfields == 0) {
		out_printf(&b->lines, "w = %s;\n", put_null(b, column));
		return;
	}
	put = put_member(b, column, path->fields[path->nfields - 1], element_of(b->arena, path));
	condition = b->conditions[column];
	if (condition == NULL) {
		out_printf(&b->lines, "w = %s;\n", put);
		return;
	}
	variable = variable_of(b, column);
	out_printf(&b->lines, "w = %s ? %s : %s;\n", variable != NULL ? variable : condition, put_null(b, column), put);
}

/* Columns that the release lacks, from `column` on; returns the first one that it has. CSV has one line for all. */
static size_t
emit_missing(struct body *b, size_t column, const struct member_path *places)
{
	const size_t from = column;

	while (column < b->table->ncolumns && places[column].nfields == 0)
		column += width(b, column);
	if (b->form == ROW_CSV) {
		output_size_add(&b->size, column - from);
		out_printf(&b->lines, "w = put_commas(w, %zu);\n", column - from);
		return column;
	}
	for (size_t i = from; i < column; i += width(b, i))
		emit_column(b, i, &places[i]);
	return column;
}

struct row_body
row_body(struct arena *a, const struct column_table *table, const struct member_path *places,
    const struct definition *row, enum row_form form)
{
	struct body b = { .arena = a,
		.table = table,
		.row = row,
		.form = form,
		.lines = { .arena = a, .indent = 1 },
		.size = output_size(a),
		.conditions = arena_alloc(a, table->ncolumns * sizeof(*b.conditions)) };
	struct out all = { .arena = a, .indent = 1 };
	size_t i = 0;

	while (i < table->ncolumns && table->columns[i].source != COLUMN_MEMBER)
		i++;
	for (size_t k = i; k < table->ncolumns; k++)
		b.conditions[k] = places[k].nfields > 0 && table->columns[k].source == COLUMN_MEMBER
		    ? condition_of(&b, &places[k])
		    : NULL;
	while (i < table->ncolumns) {
		if (places[i].nfields == 0) {
			i = emit_missing(&b, i, places);
			continue;
		}
		emit_column(&b, i, &places[i]);
		i += width(&b, i);
	}
	out_printf(&all, "const struct %s *v = row;\n", c_struct(a, row));
	emit_variables(&b, &all);
	out_printf(&all, "\n");
	if (!b.uses_print)
		out_printf(&all, "(void)print;\n");
	if (!b.uses_nulls)
		out_printf(&all, "(void)nulls;\n");
	all.indent = 0;
	out_printf(&all, "%s", b.lines.text != NULL ? b.lines.text : "");
	all.indent = 1;
	out_printf(&all, "return w;\n");
	return (struct row_body){ all.text, output_size_text(&b.size) };
}
