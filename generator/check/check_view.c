/*
 * check_view: the rules on views as written: their names and those of their columns.
 */
#include "check/check.h"

#include <string.h>

#include "check/check_internal.h"
#include "model/view.h"

/* Whether the name can be that of a column if hyphens are taken for underscores. */
static bool
is_valid(struct arena *a, const char *name)
{
	char *plain = arena_strndup(a, name, strlen(name));

	for (char *p = plain; *p != '\0'; p++)
		*p = *p == '-' ? '_' : *p;
	return column_name_is_valid(plain);
}

/* Whether two names are one once hyphens are underscores, as in C. */
static bool
is_same_symbol(const char *a, const char *b)
{
	for (; *a != '\0' && (*a == *b || (strchr("-_", *a) != NULL && *b != '\0' && strchr("-_", *b) != NULL)); a++)
		b++;
	return *a == '\0' && *b == '\0';
}

/* What already has the name, or a part of it, in the output. A database has one set of names for tables, views and indexes. */
static const char *
find_taken(const struct tables *t, const char *name)
{
	if (tables_find(t, name) != NULL)
		return "a table has that name";
	if (strcmp(name, "columns") == 0)
		return "a database describes its columns in a table of that name";
	if (strncmp(name, "sqlite_", strlen("sqlite_")) == 0)
		return "SQLite reserves names that begin with 'sqlite_'";
	if (strstr(name, "_by_") != NULL)
		return "indexes of a database have names with '_by_'";
	return key_is_taken(name) ? "it has a meaning of its own in the output" : NULL;
}

/* A view's name is that of a table, the key of a line, and part of C names once its hyphens are underscores. */
static void
check_view_name(struct diag *d, const struct model *m, const struct tables *t, size_t i)
{
	const struct word *name = &m->views[i]->name;
	const char *taken = find_taken(t, name->text);

	if (!is_valid(d->arena, name->text))
		diag_error(d, name->at,
		    "view '%s': the name must be at most %d lower case letters, digits, underscores and hyphens after a letter",
		    name->text, NAME_MAX);
	if (taken != NULL)
		diag_error(d, name->at, "view '%s' needs another name: %s", name->text, taken);
	for (size_t k = 0; k < i; k++)
		if (strcmp(m->views[k]->name.text, name->text) == 0)
			diag_error(d, name->at, "two views have the name '%s'", name->text);
		else if (is_same_symbol(m->views[k]->name.text, name->text))
			diag_error(d, name->at, "views '%s' and '%s' have one name in C", m->views[k]->name.text,
			    name->text);
}

static void
check_view_columns(struct diag *d, const struct view *v)
{
	for (size_t i = 0; i < v->ncolumns; i++) {
		const struct word *name = &v->columns[i].name;

		if (!column_name_is_valid(name->text))
			diag_error(d, name->at,
			    "column '%s': the name must be at most %d lower case letters, digits and underscores after a letter",
			    name->text, NAME_MAX);
		for (size_t k = 0; k < i; k++)
			if (strcmp(v->columns[k].name.text, name->text) == 0)
				diag_error(d, name->at, "view '%s' has two columns '%s'", v->name.text, name->text);
	}
}

/* A name becomes a member in C. It must not hide a struct of the sample. */
static void
check_view_names(struct diag *d, const struct view *v)
{
	for (size_t i = 0; i < v->nnames; i++) {
		const struct word *name = &v->names[i].name;

		check_name(d, "name", name);
		for (size_t k = 0; k < i; k++)
			if (strcmp(v->names[k].name.text, name->text) == 0)
				diag_error(d, name->at, "view '%s' has two names '%s'", v->name.text, name->text);
	}
}

/* What a word can be hidden by: a member of the row, or a struct of the sample. */
static void
check_view_hidden(struct diag *d, const struct tables *t, const struct view *v)
{
	for (size_t i = 0; i < v->nnames; i++)
		for (size_t r = 0; r < t->nreleases; r++)
			for (size_t k = 0; k < 2 + t->releases[r]->nblocks; k++)
				if (strcmp(release_top_role(t->releases[r], k), v->names[i].name.text) == 0) {
					diag_error(d, v->names[i].name.at, "'%s' is the name of a struct",
					    v->names[i].name.text);
					r = t->nreleases - 1;
					break;
				}
}

void
check_views(struct diag *d, const struct model *m, const struct tables *t)
{
	for (size_t i = 0; i < m->nviews; i++) {
		check_view_name(d, m, t, i);
		check_view_columns(d, m->views[i]);
		check_view_names(d, m->views[i]);
		check_view_hidden(d, t, m->views[i]);
	}
}
