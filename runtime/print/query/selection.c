/*
 * selection: compiles the condition and matches the fields for each table.
 */
#include "print/query/selection.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "print/query/cells.h"
#include "print/query/table_list.h"

#define NAME_SIZE_MAX      63 /* as of the columns in the catalog */
#define LISTED_COLUMNS_MAX 64 /* of a table: more are not listed in a message */

static bool
no_memory(char *why)
{
	snprintf(why, SELECTION_WHY_MAX, "out of memory");
	return false;
}

/* Whether a word is the name of the column, or the path of its member. */
static bool
is_called(const struct column *c, const char *word)
{
	const char *path = column_path(c);

	return strcmp(column_name(c), word) == 0 || (path != NULL && strcmp(path, word) == 0);
}

/* All names and paths of columns of the selected tables. False: no memory. */
static bool
collect_names(const struct selection *s, struct word_set *names)
{
	for (size_t i = 0; i < s->ntables; i++)
		for (size_t k = 0; k < s->tables[i].table->ncolumns; k++) {
			const struct column *c = &s->tables[i].table->columns[k];

			if (!word_set_add(names, column_name(c)) ||
			    (column_path(c) != NULL && !word_set_add(names, column_path(c))))
				return false;
		}
	return true;
}

/* --- the condition ------------------------------------------------------------------------------------------- */

/* The names of one table, and what came of the names that were looked up in it. */
struct lookup {
	const struct column_table *table;
	const struct word_set *all; /* names and paths of all selected tables */
	bool unknown;               /* the table lacks the name looked up last */
	bool elsewhere;             /* and another one has it */
	bool bytes;                 /* it is a column of exact bytes, which conditions cannot compare */
};

static bool
find_column(void *context, const char *name, struct where_column *column)
{
	struct lookup *lookup = context;

	for (size_t i = 0; i < lookup->table->ncolumns; i++) {
		const struct column *c = &lookup->table->columns[i];

		if (!is_called(c, name))
			continue;
		lookup->bytes = c->source == COLUMN_BYTES;
		*column = (struct where_column){ (unsigned)i, cells_kind(c->type), column_unit(c),
			c->type == COLUMN_NUMBER };
		return !lookup->bytes;
	}
	lookup->unknown = true;
	lookup->elsewhere = word_set_has(lookup->all, name);
	return false;
}

/* Words the error for the name that the lookup ended with. */
static void
word_error(const struct lookup *lookup, struct expr_error *error)
{
	if (lookup->bytes)
		expr_error_set(error, error->offset, error->length, "exact bytes cannot be compared, but the text can");
	else if (lookup->elsewhere)
		expr_error_set(error, error->offset, error->length, "no table has this column and those before it");
}

/*
 * Keeps the tables that have all columns of the condition. If there is none, `error` is that of the table in which most of
 * it was understood. False: there is none, or the condition is wrong.
 */
static bool
keep_tables(struct selection *s, const char *condition, const struct word_set *all, struct expr_error *error)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->ntables; i++) {
		struct lookup lookup = { .table = s->tables[i].table, .all = all };
		const struct where_names names = { find_column, &lookup, all };
		struct expr_error now = { .offset = 0 };
		struct where *where = where_compile(condition, &names, &now);

		if (where != NULL) {
			s->tables[kept] = s->tables[i];
			s->tables[kept++].where = where;
			continue;
		}
		word_error(&lookup, &now);
		if (i == 0 || !lookup.unknown || now.offset > error->offset)
			*error = now;
		if (!lookup.unknown)
			return false;
	}
	if (kept > 0)
		s->ntables = kept;
	return kept > 0;
}

static bool
compile(struct selection *s, const char *condition, char *why)
{
	struct word_set all = { NULL, 0 };
	struct expr_error error = { .offset = 0 };
	bool done;

	if (!collect_names(s, &all)) {
		word_set_free(&all);
		return no_memory(why);
	}
	done = keep_tables(s, condition, &all, &error);
	word_set_free(&all);
	if (!done) {
		char lines[WHERE_EXPLAIN_SIZE];

		where_explain(lines, condition, &error);
		snprintf(why, SELECTION_WHY_MAX, "--where: %s\n%s", error.message, lines);
		s->explained = true;
	}
	return done;
}

/* --- the fields ---------------------------------------------------------------------------------------------- */

static bool
add_column(struct selected_table *t, size_t column, const char *name)
{
	struct selected_column *grown = realloc(t->columns, (t->ncolumns + 1) * sizeof *grown);

	if (grown == NULL)
		return false;
	t->columns = grown;
	t->columns[t->ncolumns++] = (struct selected_column){ column, name };
	return true;
}

static bool
has_column(const struct selected_table *t, size_t column)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].column == column)
			return true;
	return false;
}

/* Adds the columns of the table that a pattern matches, each once; `found` is set if there are any. False: no memory. */
static bool
add_pattern(struct selected_table *t, const char *pattern, bool *found)
{
	for (size_t i = 0; i < t->table->ncolumns; i++) {
		const struct column *c = &t->table->columns[i];

		if (fnmatch(pattern, column_name(c), 0) != 0 &&
		    (column_path(c) == NULL || fnmatch(pattern, column_path(c), 0) != 0))
			continue;
		*found = true;
		if (!has_column(t, i) && !add_column(t, i, column_name(c)))
			return false;
	}
	return true;
}

/* The same for one name, under which it is printed if it is another than the column's. */
static bool
add_name(struct selected_table *t, const char *name, const char *as, bool *found)
{
	for (size_t i = 0; i < t->table->ncolumns; i++) {
		const struct column *c = &t->table->columns[i];

		if (!is_called(c, name))
			continue;
		*found = true;
		return add_column(t, i, as != NULL ? as : column_name(c));
	}
	return true;
}

/* Appends to the message what the columns of the tables are, or where they are listed. */
static void
explain_columns(const struct selection *s, char *why)
{
	const struct column_table *t = s->ntables == 1 ? s->tables[0].table : NULL;
	size_t used = strlen(why);

	if (t == NULL)
		snprintf(why + used, SELECTION_WHY_MAX - used, "; 'atopdump schema' lists them");
	else if (t->ncolumns > LISTED_COLUMNS_MAX)
		snprintf(why + used, SELECTION_WHY_MAX - used, " in %s; 'atopdump schema --%s=%s' lists them", t->name,
		    t->kind == TABLE_VIEW ? "view" : "tables", t->name);
	else
		for (size_t i = 0; i < t->ncolumns && used < SELECTION_WHY_MAX; i++, used = strlen(why))
			snprintf(why + used, SELECTION_WHY_MAX - used, i > 0 ? ", %s" : "; there are %s",
			    column_name(&t->columns[i]));
}

static bool
refuse_unknown(const struct selection *s, const char *option, const char *field, char *why)
{
	struct word_set names = { NULL, 0 };
	const char *nearest;

	if (!collect_names(s, &names)) {
		word_set_free(&names);
		return no_memory(why);
	}
	nearest = word_set_nearest(&names, field);
	snprintf(why, SELECTION_WHY_MAX, "--%s: there is no column '%.64s'", option, field);
	if (nearest != NULL)
		snprintf(why + strlen(why), SELECTION_WHY_MAX - strlen(why), "; did you mean '%s'?", nearest);
	else
		explain_columns(s, why);
	word_set_free(&names);
	return false;
}

/* Whether all forms can give a column this name: SQL takes no other, and rows begin with the key "table". */
static bool
is_name(const char *name)
{
	const size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	return length <= NAME_SIZE_MAX && name[length] == '\0' && (*name < '0' || *name > '9') &&
	    strcasecmp(name, "table") != 0;
}

/* Adds what one item of the list names to all tables. */
static bool
add_field(struct selection *s, char *item, char *why)
{
	char *equals = strchr(item, '=');
	const char *what = equals != NULL ? equals + 1 : item, *as = equals != NULL ? item : NULL;
	const bool pattern = strpbrk(what, "*?") != NULL;
	bool found = false, ok = true;

	if (equals != NULL)
		*equals = '\0';
	if (*what == '\0' || (as != NULL && *as == '\0')) {
		snprintf(why, SELECTION_WHY_MAX, "--fields: a name is missing in the list");
		return false;
	}
	if (as != NULL && pattern) {
		snprintf(why, SELECTION_WHY_MAX, "--fields: '%.64s' stands for several columns and cannot be renamed",
		    what);
		return false;
	}
	if (as != NULL && !is_name(as)) {
		snprintf(why, SELECTION_WHY_MAX,
		    "--fields: '%.64s' cannot be the name of a column: a name is letters, digits and _, no digit first, and not 'table'",
		    as);
		return false;
	}
	for (size_t i = 0; i < s->ntables && ok; i++)
		ok = pattern ? add_pattern(&s->tables[i], what, &found) : add_name(&s->tables[i], what, as, &found);
	if (!ok)
		return no_memory(why);
	return found || refuse_unknown(s, "fields", what, why);
}

/* No two columns of a table can have one name; SQL ignores case. */
static bool
check_names(const struct selected_table *t, char *why)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		for (size_t k = i + 1; k < t->ncolumns; k++)
			if (strcasecmp(t->columns[i].name, t->columns[k].name) == 0) {
				snprintf(why, SELECTION_WHY_MAX, "--fields: two columns of table %s are called '%.64s'",
				    t->table->name, t->columns[i].name);
				return false;
			}
	return true;
}

/* Keeps the tables that have any of the fields. */
static bool
match(struct selection *s, const char *fields, char *why)
{
	size_t kept = 0;
	char *next, *item;

	s->fields = strdup(fields);
	if (s->fields == NULL)
		return no_memory(why);
	for (next = s->fields; next != NULL;) {
		item = next;
		next = strchr(item, ',');
		if (next != NULL)
			*next++ = '\0';
		if (!add_field(s, item, why))
			return false;
	}
	for (size_t i = 0; i < s->ntables; i++)
		if (!check_names(&s->tables[i], why))
			return false;
	for (size_t i = 0; i < s->ntables; i++) {
		if (s->tables[i].ncolumns > 0)
			s->tables[kept++] = s->tables[i];
		else
			where_free(s->tables[i].where);
	}
	s->ntables = kept;
	return true;
}

/* --- the order ----------------------------------------------------------------------------------------------- */

/* The column of the table with the name; ncolumns: none. */
static size_t
find_by_name(const struct column_table *table, const char *name)
{
	size_t i = 0;

	while (i < table->ncolumns && !is_called(&table->columns[i], name))
		i++;
	return i;
}

/* Keeps the tables that have the column. */
static bool
sort_by(struct selection *s, const char *by, char *why)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->ntables; i++) {
		struct selected_table *t = &s->tables[i];

		t->by = find_by_name(t->table, by);
		if (t->by < t->table->ncolumns && t->table->columns[t->by].type == COLUMN_TEXT) {
			snprintf(why, SELECTION_WHY_MAX, "--by: '%.64s' is a text", by);
			return false;
		}
		kept += t->by < t->table->ncolumns;
	}
	if (kept == 0)
		return refuse_unknown(s, "by", by, why);
	kept = 0;
	for (size_t i = 0; i < s->ntables; i++) {
		if (s->tables[i].by < s->tables[i].table->ncolumns)
			s->tables[kept++] = s->tables[i];
		else
			where_free(s->tables[i].where);
	}
	s->ntables = kept;
	return true;
}

/* --- all of it ----------------------------------------------------------------------------------------------- */

/* Applies the options to the tables. */
static bool
apply(struct selection *s, const struct selection_options *options, char *why)
{
	if ((options->condition != NULL && !compile(s, options->condition, why)) ||
	    (options->by != NULL && !sort_by(s, options->by, why)) ||
	    (options->fields != NULL && !match(s, options->fields, why))) {
		const bool explained = s->explained;

		selection_free(s);
		s->explained = explained;
		return false;
	}
	return true;
}

bool
selection_make_of(struct selection *s, const struct column_table *table, const struct selection_options *options,
    char *why)
{
	*s = (struct selection){ .tables = calloc(1, sizeof *s->tables) };
	if (s->tables == NULL)
		return no_memory(why);
	s->tables[s->ntables++].table = table;
	return apply(s, options, why);
}

bool
selection_make(struct selection *s, const struct word_set *tables, const struct selection_options *options, char *why)
{
	*s = (struct selection){ .tables = calloc(table_list_count(), sizeof *s->tables) };
	if (s->tables == NULL)
		return no_memory(why);
	for (size_t i = 0; i < table_list_count(); i++) {
		const struct column_table *table = table_list_at(i);

		if (table_list_asks(tables, table) &&
		    (!options->structs || table->kind == TABLE_STRUCT || table->kind == TABLE_VIEW))
			s->tables[s->ntables++].table = table;
	}
	return apply(s, options, why);
}

void
selection_free(struct selection *s)
{
	for (size_t i = 0; i < s->ntables; i++) {
		where_free(s->tables[i].where);
		free(s->tables[i].columns);
	}
	free(s->tables);
	free(s->fields);
	*s = (struct selection){ .tables = NULL };
}

const struct selected_table *
selection_find(const struct selection *s, const struct column_table *table)
{
	for (size_t i = 0; i < s->ntables; i++)
		if (s->tables[i].table == table)
			return &s->tables[i];
	return NULL;
}
