/*
 * parts: columns that are read from the same parts are compared together. Views state what they read.
 */
#include "parts.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "ensure.h"
#include "print/query/cells.h"
#include "print/query/view.h"
#include "rows.h"

#define OTHER 0xa5       /* every byte of what is not decoded */
#define LARGE (64 << 10) /* bytes of a struct of which one a log is enough */

/* Where the values of some columns are written: those that are read from `parts`. */
struct values {
	struct writer *out; /* in memory */
	const struct places *places;
	uint64_t parts;
	size_t count;
};

static uint64_t
parts_of(const struct places *places, size_t column)
{
	const uint64_t parts = places_parts(places, column);

	return places->array.field != NULL ? parts | places->array.parts : parts;
}

static void
put_value(struct values *v, const struct cell *cell)
{
	writer_put(v->out, &cell->kind, sizeof cell->kind);
	if (cell->kind == CELL_NUMBER)
		writer_put(v->out, &cell->number, sizeof cell->number);
	else if (cell->kind == CELL_TEXT)
		writer_put(v->out, cell->text, cell->size);
	else if (cell->kind != CELL_NULL)
		writer_put(v->out, &cell->integer, sizeof cell->integer);
	v->count++;
}

static void
put_row(void *context, const struct table_row *row)
{
	static const struct row_log log = { .file = "" };
	struct values *v = context;
	struct cell cell;

	writer_put(v->out, &row->index, sizeof row->index);
	for (size_t i = 0; i < v->places->table->ncolumns; i++)
		if (v->places->columns[i].field != NULL && parts_of(v->places, i) == v->parts) {
			cells_get(row, &log, i, &cell);
			put_value(v, &cell);
		}
}

/* Writes the values of a struct to `out`. Returns how many. */
static size_t
collect(struct writer *out, const struct places *places, uint64_t parts, const void *host, uint64_t nulls)
{
	const struct row row = { .of = places->of, .host = host, .nulls = nulls };
	struct values v = { .out = out, .places = places, .parts = parts };

	writer_commit(out, out->buffer);
	table_rows_each(places, &row, put_row, &v);
	return v.count;
}

/* Ensures that no text was decoded that is a part of its own and not in `parts`. */
static void
ensure_left(const struct places *places, uint64_t parts, const unsigned char *host)
{
	for (size_t i = 0; i < places->table->ncolumns && places->array.field == NULL; i++) {
		const struct place *p = &places->columns[i];

		if (p->field != NULL && (p->field->flags & FIELD_APART) != 0 &&
		    (p->parts & ~parts & ~CATALOG_NULLS) != 0 &&
		    (host[p->offset] != OTHER ||
			memcmp(host + p->offset, host + p->offset + 1, p->field->dims[0] - 1) != 0))
			ck_abort_msg("%s: parts %jx: %s is decoded", places->table->name, (uintmax_t)parts,
			    field_key(p->field));
	}
}

/* Compares the columns that are read from `parts`, in the whole struct and in one of which only these are decoded. */
static size_t
compare_columns(struct rawlog_sample *sample, const struct places *places, uint64_t parts, const void *whole,
    uint64_t nulls, struct writer outs[2])
{
	struct writer *wanted = &outs[0], *got = &outs[1];
	void *host = sample->hosts[sample->current];
	size_t size, count;

	memset(host, OTHER, places->of->definition->size);
	sample->parts = sample->nulls = 0;
	sample_fill(sample, parts);
	ensure_left(places, (parts & CATALOG_NULLS) != 0 ? parts | sample->of->nulls_parts : parts, host);
	count = collect(wanted, places, parts, whole, nulls);
	collect(got, places, parts, host, sample->nulls);
	size = (size_t)(wanted->next - wanted->buffer);
	if ((size_t)(got->next - got->buffer) != size || memcmp(got->buffer, wanted->buffer, size) != 0)
		ck_abort_msg("%s: parts %jx", places->table->name, (uintmax_t)parts);
	return count;
}

/* --- views ----------------------------------------------------------------------------------------------------- */

/* The code of the view in the release, if structs `s` are its rows; NULL: they are not. */
static const struct view_code *
code_of(const struct view *view, const struct catalog_release *release, const struct catalog_struct *s)
{
	const struct view_code *code = view->code;
	size_t i = 0;

	while (strcmp(catalog_tables[i].name, view->of) != 0)
		i++;
	while (code->release != NULL && code->release != release)
		code++;
	return catalog_tables[i].kind == TABLE_STRUCT && strcmp(view->table.role, s->role) == 0 && code->release != NULL
	    ? code
	    : NULL;
}

/* Writes whether a struct is a row of the view, or the cells of that row. What is computed once a sample is 0. */
static size_t
collect_view(struct writer *out, const struct view *view, const struct view_code *code, struct view_row *row,
    bool cells)
{
	struct values v = { .out = out };
	struct cell cell;

	writer_commit(out, out->buffer);
	if (!cells) {
		const bool holds = code->holds(row);

		writer_put(out, &holds, sizeof holds);
		return 1;
	}
	for (size_t i = 0; i < view->table.ncolumns; i++) {
		cell.kind = CELL_NULL;
		row->memory->used = 0;
		if (view->table.columns[i].source == COLUMN_COMPUTED && code->get(row, i, &cell) == VIEW_DONE)
			put_value(&v, &cell);
	}
	return v.count;
}

/* The same of the whole struct and of one of which only `parts` are decoded. */
static size_t
compare_view(struct rawlog_sample *sample, const struct view *view, const struct view_code *code, uint64_t parts,
    const void *whole, uint64_t nulls, struct writer outs[2])
{
	const bool cells = parts == code->reads->parts;
	void *host = sample->hosts[sample->current], *names = calloc(1, view->names_size + 1);
	struct text_memory memory;
	struct view_row row = { .rawheader = sample->header != NULL ? sample->header : sample->no_header,
		.rawrecord = sample->record,
		.names = names,
		.memory = &memory };
	size_t size, count;

	ENSURE(names != NULL);
	memset(host, OTHER, sample->of->entry->definition->size);
	sample->parts = sample->nulls = 0;
	sample_fill(sample, parts);
	row.row = whole;
	row.nulls = nulls;
	count = collect_view(&outs[0], view, code, &row, cells);
	row.row = host;
	row.nulls = sample->nulls;
	collect_view(&outs[1], view, code, &row, cells);
	size = (size_t)(outs[0].next - outs[0].buffer);
	if ((size_t)(outs[1].next - outs[1].buffer) != size || memcmp(outs[1].buffer, outs[0].buffer, size) != 0)
		ck_abort_msg("view %s: parts %jx", view->table.name, (uintmax_t)parts);
	free(names);
	return count;
}

/* All views whose rows are such structs. */
static size_t
compare_views(struct rawlog_sample *sample, const void *whole, uint64_t nulls, struct writer outs[2])
{
	size_t count = 0;

	for (size_t i = 0; i < catalog_nviews; i++) {
		const struct view *view = &catalog_views[i];
		const struct view_code *code = code_of(view, sample->layout->release, sample->of->entry);

		if (code == NULL)
			continue;
		count += compare_view(sample, view, code, code->reads->parts, whole, nulls, outs);
		if (code->holds != NULL)
			count += compare_view(sample, view, code, code->reads->chosen_by, whole, nulls, outs);
	}
	return count;
}

/* --------------------------------------------------------------------------------------------------------------- */

static bool
is_first_with(const struct places *places, size_t column)
{
	for (size_t i = 0; i < column; i++)
		if (places->columns[i].field != NULL && parts_of(places, i) == parts_of(places, column))
			return false;
	return places->columns[column].field != NULL;
}

size_t
parts_compare(struct rawlog_sample *sample, struct writer outs[2])
{
	const struct catalog_struct *s = sample->of->entry;
	const uint64_t nulls = sample->nulls, decoded = sample->parts;
	void *host = sample->hosts[sample->current], *whole;
	size_t count = 0;

	if (s->decode_parts == NULL || sample->of->faults != NULL ||
	    (s->definition->size > LARGE && sample->number > 0))
		return 0;
	whole = malloc(s->definition->size);
	ENSURE(whole != NULL);
	memcpy(whole, host, s->definition->size);
	for (size_t i = 0; i < catalog_ntables; i++) {
		const struct places *places = rows_places(s, i);

		for (size_t k = 0; places != NULL && k < places->table->ncolumns; k++)
			if (is_first_with(places, k))
				count += compare_columns(sample, places, parts_of(places, k), whole, nulls, outs);
	}
	count += compare_views(sample, whole, nulls, outs);
	memcpy(host, whole, s->definition->size);
	sample->parts = decoded;
	sample->nulls = nulls;
	free(whole);
	return count;
}
