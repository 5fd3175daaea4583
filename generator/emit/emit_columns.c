/*
 * emit_columns: columns.c, the tables with a row a column; and tables.lock, a line a column.
 */
#include "emit/emit_internal.h"

#include "model/lock.h"

static const char *const type_names[] = {
	[COLUMN_INTEGER] = "COLUMN_INTEGER",
	[COLUMN_NUMBER] = "COLUMN_NUMBER",
	[COLUMN_BOOLEAN] = "COLUMN_BOOLEAN",
	[COLUMN_TEXT] = "COLUMN_TEXT",
	[COLUMN_TIME] = "COLUMN_TIME",
};

static const char *const source_names[] = {
	[COLUMN_CONTEXT] = "COLUMN_CONTEXT",
	[COLUMN_MEMBER] = "COLUMN_MEMBER",
	[COLUMN_BYTES] = "COLUMN_BYTES",
};

static const char *const kind_names[] = {
	[TABLE_STRUCT] = "TABLE_STRUCT",
	[TABLE_ARRAY] = "TABLE_ARRAY",
	[TABLE_PIDS] = "TABLE_PIDS",
	[TABLE_DAMAGE] = "TABLE_DAMAGE",
};

#define CONTEXT_TEXT(context, name, type, doc) [CONTEXT_##context] = "CONTEXT_" #context,
static const char *const context_names[] = { FIRST_COLUMNS(CONTEXT_TEXT) ARRAY_COLUMNS(CONTEXT_TEXT) TASK_COLUMNS(
    CONTEXT_TEXT) CHAIN_COLUMNS(CONTEXT_TEXT) PIDS_COLUMNS(CONTEXT_TEXT) DAMAGE_COLUMNS(CONTEXT_TEXT) };

/* A string literal, or NULL. */
static void
emit_text(struct out *o, const char *text)
{
	if (text == NULL) {
		out_printf(o, "NULL");
		return;
	}
	out_printf(o, "\"");
	out_c_string(o, text);
	out_printf(o, "\"");
}

void
emit_column_texts(struct out *o, const char *name, const struct column_texts *t)
{
	const char *const texts[] = { name, t->unit, t->path, t->first, t->last, t->doc };

	out_printf(o, "COLUMN_TEXTS(");
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		out_printf(o, "%s\"", i > 0 ? ", " : "");
		out_c_string(o, texts[i] != NULL ? texts[i] : "");
		out_printf(o, "\"");
	}
	out_printf(o, ")");
}

void
emit_columns_comment(struct out *o)
{
	out_printf(o, "/* (name, unit, path, first, last, doc), number, type, source, context, delta, bits */\n\n");
}

/* Whether the bits of the member, in the last release that has it, have names. */
static bool
column_bits(const struct column *c)
{
	return c->path.fields[c->path.nfields - 1]->bits != NULL;
}

static void
emit_column(struct out *o, const struct column *c)
{
	const bool is_member = c->source == COLUMN_MEMBER;

	out_printf(o, "{ ");
	emit_column_texts(o, c->name,
	    &(struct column_texts){ .unit = c->unit,
		.path = is_member ? member_path_text(o->arena, &c->path) : NULL,
		.first = c->last != NULL ? c->since : NULL,
		.last = c->last != NULL ? c->last->schema->version.text : NULL,
		.doc = c->doc });
	out_printf(o, ",\n  %u, %s, %s, %s, %s, %s },\n", c->number, type_names[c->type], source_names[c->source],
	    c->source == COLUMN_CONTEXT ? context_names[c->context] : "0", c->delta ? "true" : "false",
	    is_member && column_bits(c) ? "true" : "false");
}

static void
emit_table(struct out *o, const struct column_table *t)
{
	out_printf(o, "{ \"%s\", %s, ", t->name, kind_names[t->kind]);
	emit_text(o, t->role);
	out_printf(o, ", ");
	emit_text(o, t->kind == TABLE_ARRAY ? member_path_text(o->arena, &t->array) : NULL);
	out_printf(o, ", %s_columns, sizeof %s_columns / sizeof %s_columns[0], ", t->name, t->name, t->name);
	emit_text(o, t->doc);
	out_printf(o, " },\n");
}

void
emit_columns(struct out *o, const struct tables *t)
{
	out_printf(o, "#include \"rawlog/catalog/columns.h\"\n\n");
	emit_columns_comment(o);
	for (size_t i = 0; i < t->count; i++) {
		out_printf(o, "static const struct column %s_columns[] = {\n", t->list[i]->name);
		o->indent++;
		for (size_t k = 0; k < t->list[i]->ncolumns; k++)
			emit_column(o, &t->list[i]->columns[k]);
		o->indent--;
		out_printf(o, "};\n\n");
	}
	out_printf(o, "const struct column_table catalog_tables[] = {\n");
	o->indent++;
	for (size_t i = 0; i < t->count; i++)
		emit_table(o, t->list[i]);
	o->indent--;
	out_printf(o, "};\nconst size_t catalog_ntables = sizeof catalog_tables / sizeof catalog_tables[0];\n");
}

static void
emit_line(struct out *o, unsigned number, const char *table, const char *column, const char *type, const char *unit,
    const char *kind, const char *since)
{
	out_printf(o, "%u\t%s\t%s\t%s\t%s\t%s\t%s\n", number, table, column, type, unit, kind, since);
}

void
emit_lock(struct out *o, const struct tables *t, const struct lock *lock)
{
	const unsigned last = lock->nlines > 0 ? lock->lines[lock->nlines - 1].number : 0;

	for (size_t i = 0; i < lock->nlines; i++) {
		const struct lock_line *line = &lock->lines[i];
		const struct column *c = tables_find_column(t, line->table, line->column);

		emit_line(o, line->number, line->table, line->column, line->type, line->unit, line->kind,
		    c != NULL ? c->since : line->since);
	}
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->list[i]->ncolumns; k++) {
			const struct column *c = &t->list[i]->columns[k];

			if (c->number > last)
				emit_line(o, c->number, t->list[i]->name, c->name, column_types[c->type], lock_unit(c),
				    lock_kind(c), c->since);
		}
}
