/*
 * cells: reads members at their places, and the context of a row.
 */
#include "print/query/cells.h"

#include <string.h>

#include "print/query/view_rows.h"
#include "rawlog/catalog/host.h"
#include "rawlog/catalog/table_columns.h"

enum cell_kind
cells_kind(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER: return CELL_INTEGER;
	case COLUMN_NUMBER:
	case COLUMN_DOUBLE: return CELL_NUMBER;
	case COLUMN_BOOLEAN: return CELL_BOOLEAN;
	case COLUMN_TEXT: return CELL_TEXT;
	case COLUMN_TIME: break;
	}
	return CELL_TIME;
}

static void
set_text(struct cell *c, const char *text, size_t room)
{
	c->kind = CELL_TEXT;
	c->text = text;
	c->size = strnlen(text, room);
}

/* --- members ------------------------------------------------------------------------------------------------ */

static void
get_number(const struct field *f, const unsigned char *p, struct cell *c)
{
	float narrow;

	c->kind = CELL_NUMBER;
	if (f->size == sizeof c->number) {
		memcpy(&c->number, p, sizeof c->number);
		return;
	}
	memcpy(&narrow, p, sizeof narrow);
	c->number = (double)narrow;
}

static void
get_integer(const struct field *f, const unsigned char *p, enum column_type type, struct cell *c)
{
	const bool is_signed = f->type == FIELD_SIGNED;
	const struct field_place place = { 0, (uint8_t)f->size, is_signed };
	const int64_t value = host_int(p, place);

	if (((f->flags & FIELD_ABSENT) != 0 && value == f->absent) || (!is_signed && value < 0))
		return;
	if (type == COLUMN_BOOLEAN)
		cell_set(c, CELL_BOOLEAN, value != 0);
	else
		cell_set(c, type == COLUMN_TIME ? CELL_TIME : CELL_INTEGER, value);
	if (f->show == FIELD_BITS)
		c->bits = f;
}

void
cells_get_member(const struct place *place, const void *host, uint64_t nulls, enum column_type type, struct cell *cell)
{
	const unsigned char *p = (const unsigned char *)host + place->offset;
	const struct field *f = place->field;

	cell->kind = CELL_NULL;
	if (f == NULL || place_is_null(place, host, nulls))
		return;
	if (type == COLUMN_TEXT)
		set_text(cell, (const char *)p, f->ndims > 0 && f->type == FIELD_CHAR ? f->dims[f->ndims - 1] : 1);
	else if (f->type == FIELD_FLOAT)
		get_number(f, p, cell);
	else
		get_integer(f, p, type, cell);
}

/* --- the context -------------------------------------------------------------------------------------------- */

static void
get_log(unsigned context, const struct row_log *log, struct cell *c)
{
	switch (context) {
	case CONTEXT_FILE: set_text(c, log->file, strlen(log->file)); break;
	case CONTEXT_LOG:
		if (log->digest != NULL)
			set_text(c, log->digest, strlen(log->digest));
		break;
	case CONTEXT_HOST:
		if (log->host != NULL)
			set_text(c, log->host, log->host_size);
		break;
	case CONTEXT_RELEASE:
		if (log->release != NULL)
			set_text(c, log->release, strlen(log->release));
		break;
	default: break;
	}
}

static void
get_sample(unsigned context, const struct row_sample *sample, struct cell *c)
{
	switch (context) {
	case CONTEXT_TIME: cell_set(c, CELL_TIME, sample->time); break;
	case CONTEXT_SAMPLE: cell_set(c, CELL_INTEGER, (int64_t)sample->number); break;
	case CONTEXT_INTERVAL:
		if (sample->interval > 0 && sample->interval <= INT64_MAX)
			cell_set(c, CELL_INTEGER, (int64_t)sample->interval);
		break;
	case CONTEXT_SINCE_BOOT: cell_set(c, CELL_BOOLEAN, sample->since_boot); break;
	case CONTEXT_RUN: cell_set(c, CELL_INTEGER, (int64_t)sample->run); break;
	default: break;
	}
}

static void
get_cgroup(unsigned context, const struct row_cgroup *group, struct cell *c)
{
	if (context == CONTEXT_TAIL && group->has_name)
		set_text(c, group->name, group->name_size);
	else if ((context == CONTEXT_PATH || context == CONTEXT_CGROUP) && group->path_size > 0)
		set_text(c, group->path, group->path_size);
}

static void
get_context(const struct table_row *row, const struct row_log *log, unsigned context, struct cell *cell)
{
	const struct row *of = row->row;

	if (context == CONTEXT_UNVERIFIED)
		cell_set(cell, CELL_BOOLEAN, of->unverified);
	else if (context == CONTEXT_IDX)
		cell_set(cell, CELL_INTEGER, (int64_t)row->index);
	else if (context == CONTEXT_PID)
		cell_set(cell, CELL_INTEGER, row_pid(of->cgroup, (size_t)row->index));
	else
		get_log(context, log, cell);
	if (cell->kind == CELL_NULL && of->sample != NULL)
		get_sample(context, of->sample, cell);
	if (cell->kind == CELL_NULL && of->cgroup != NULL)
		get_cgroup(context, of->cgroup, cell);
}

/* A column of a view. */
static void
get_computed(const struct table_row *row, const struct row_log *log, size_t i, struct cell *cell)
{
	const int context = view_rows_get(row->places->view, row, i, cell);

	if (context != VIEW_DONE)
		get_context(row, log, (unsigned)context, cell);
}

void
cells_get(const struct table_row *row, const struct row_log *log, size_t i, struct cell *cell)
{
	const struct column *column = &row->places->table->columns[i];

	cell->kind = CELL_NULL;
	if (column->source == COLUMN_BYTES)
		column--;
	if (column->source == COLUMN_COMPUTED)
		get_computed(row, log, (size_t)(column - row->places->table->columns), cell);
	else if (column->source == COLUMN_MEMBER)
		cells_get_member(&row->places->columns[i], row->host, row->nulls, column->type, cell);
	else
		get_context(row, log, column->context, cell);
}

/* --- damage ------------------------------------------------------------------------------------------------- */

static void
set_phrase(struct cell *c, const char *text)
{
	if (text != NULL)
		set_text(c, text, strlen(text));
}

static void
set_natural(struct cell *c, uint64_t value)
{
	if (value <= INT64_MAX)
		cell_set(c, CELL_INTEGER, (int64_t)value);
}

void
cells_get_damage(const struct rawlog_damage *damage, const struct row_log *log, enum column_context context,
    struct cell *cell)
{
	cell->kind = CELL_NULL;
	switch (context) {
	case CONTEXT_BLOCK: set_phrase(cell, damage->block); break;
	case CONTEXT_KIND: set_phrase(cell, damage_word(damage->kind)); break;
	case CONTEXT_REASON: set_phrase(cell, damage->reason); break;
	case CONTEXT_SAMPLE: set_natural(cell, damage->sample); break;
	case CONTEXT_OFFSET: set_natural(cell, damage->offset); break;
	case CONTEXT_LENGTH: set_natural(cell, damage->length); break;
	default: get_log(context, log, cell); break;
	}
}
