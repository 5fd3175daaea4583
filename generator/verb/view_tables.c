/*
 * view_tables: views as tables, so that they are listed and defined as tables are.
 */
#include "verb/verbs.h"

#include <string.h>

/* Whether a list of names, with commas between them, has the name. */
static bool
list_has(const char *list, const char *name)
{
	for (const char *p = list; *p != '\0'; p += strcspn(p, ","), p += *p == ',')
		if (strlen(name) == strcspn(p, ",") && strncmp(p, name, strlen(name)) == 0)
			return true;
	return false;
}

static struct column_table *
make_table(struct arena *a, const struct resolved_view *rv)
{
	struct column_table *t = arena_alloc(a, sizeof(*t));

	*t = (struct column_table){
		.name = rv->view->name.text,
		.kind = TABLE_VIEW,
		.role = rv->table->role,
		.doc = rv->view->doc.text,
		.columns = arena_alloc(a, (rv->view->ncolumns + 1) * sizeof(*t->columns)),
		.ncolumns = rv->view->ncolumns,
	};
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct resolved_view_column *c = &rv->columns[i];

		t->columns[i] = (struct column){
			.name = rv->view->columns[i].name.text,
			.type = c->type,
			.source = rv->view->columns[i].is_bytes ? COLUMN_BYTES : COLUMN_COMPUTED,
			.unit = c->unit,
			.delta = c->delta,
			.doc = c->doc,
			.first = c->first,
			.last = c->last,
			.since = c->first != NULL ? c->first->schema->version.text : "-",
		};
	}
	return t;
}

const char *
verb_unknown_view(struct arena *a, const struct views *views, const char *list)
{
	for (const char *p = list; *p != '\0'; p += strcspn(p, ","), p += *p == ',') {
		const char *name = arena_strndup(a, p, strcspn(p, ","));
		bool known = false;

		for (size_t i = 0; i < views->count; i++)
			known = known || strcmp(views->list[i].view->name.text, name) == 0;
		if (!known)
			return name;
	}
	return NULL;
}

struct tables *
verb_tables_of_views(struct arena *a, const struct views *views, const char *list)
{
	struct tables *t = arena_alloc(a, sizeof(*t));

	t->list = arena_alloc(a, (views->count + 1) * sizeof(struct column_table *));
	for (size_t i = 0; i < views->count; i++)
		if (list_has(list, views->list[i].view->name.text))
			t->list[t->count++] = make_table(a, &views->list[i]);
	return t;
}
