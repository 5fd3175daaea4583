/*
 * verb_tables: the tables of all releases as a list, or as definitions for a database.
 */
#include "verb/verbs.h"

#include "ddl/ddl.h"

static const char *
last_text(const struct column *c)
{
	return c->last != NULL ? c->last->schema->version.text : NULL;
}

static const char *
first_text(const struct column *c)
{
	return c->last != NULL ? c->since : NULL;
}

void
verb_tables(struct out *o, const struct tables *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct column_table *table = t->list[i];

		out_printf(o, "%s%s: a row is %s\n", i > 0 ? "\n" : "", table->name,
		    table->doc != NULL ? table->doc : "an element");
		for (size_t k = 0; k < table->ncolumns; k++) {
			const struct column *c = &table->columns[k];
			const char *releases = c->last != NULL
			    ? arena_printf(o->arena, "%s-%s", first_text(c), last_text(c))
			    : "-";

			out_printf(o, "  %-32s %-8s %-10s %-6s %-12s %s\n", c->name, column_types[c->type],
			    c->unit != NULL ? c->unit : "-", c->delta ? "delta" : "-", releases,
			    c->doc != NULL ? c->doc : "-");
		}
	}
}

/* The type of this column in a database. */
static enum ddl_type
ddl_type_of(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER: return DDL_INTEGER;
	case COLUMN_NUMBER: return DDL_NUMBER;
	case COLUMN_DOUBLE: return DDL_DOUBLE;
	case COLUMN_BOOLEAN: return DDL_BOOLEAN;
	case COLUMN_TEXT: return DDL_TEXT;
	case COLUMN_TIME: break;
	}
	return DDL_TIME;
}

static const struct ddl_column *
list_columns(struct arena *a, const struct column_table *t)
{
	struct ddl_column *list = arena_alloc(a, t->ncolumns * sizeof(*list));

	for (size_t k = 0; k < t->ncolumns; k++) {
		const struct column *c = &t->columns[k];

		list[k] = (struct ddl_column){
			.name = c->name,
			.type = ddl_type_of(c->type),
			.number = c->number,
			.unit = c->unit,
			.delta = c->delta,
			.first = first_text(c),
			.last = last_text(c),
			.doc = c->doc,
		};
	}
	return list;
}

static void
write_out(void *state, const char *text, size_t length)
{
	out_printf(state, "%.*s", (int)length, text);
}

void
verb_tables_as(struct out *o, const struct tables *t, int engine)
{
	struct ddl_table *list = arena_alloc(o->arena, t->count * sizeof(*list));
	const struct ddl_output output = { .write = write_out, .state = o };

	for (size_t i = 0; i < t->count; i++)
		list[i] = (struct ddl_table){
			.name = t->list[i]->name,
			.doc = t->list[i]->doc,
			.columns = list_columns(o->arena, t->list[i]),
			.ncolumns = t->list[i]->ncolumns,
		};
	ddl_print(&output, (enum ddl_engine)engine, list, t->count);
}
