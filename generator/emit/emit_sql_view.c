/*
 * emit_sql_view: the statement of each view, and what must be there before it.
 */
#include <string.h>

#include "emit/emit_sql.h"

/* --- what is the same in all releases ----------------------------------------------------------------------------- */

#define WRITERS_MAX 8 /* releases whose texts are tried for all */

/* A column, or the condition of rows, in all releases. */
struct part {
	struct sql *sql;
	size_t column;               /* of the view; ncolumns: the condition */
	const char **own;            /* what each release writes: of releases that lack a member, NULL in its place */
	size_t writers[WRITERS_MAX]; /* releases with different texts, the newest first */
	size_t nwriters;
};

/* What release `of` writes, where what `in` lacks is NULL; NULL: nothing is. */
static const char *
text_of(const struct part *p, size_t of, const struct release *in)
{
	struct sql *s = p->sql;
	const struct resolved_view *rv = s->view;

	s->of = &rv->releases[of];
	s->in = in;
	if (p->column < rv->view->ncolumns)
		return rv->view->columns[p->column].is_bytes
		    ? sql_bytes(s, &s->of->cells[p->column])
		    : sql_cell(s, &s->of->cells[p->column], rv->columns[p->column].type);
	return s->of->where != NULL ? sql_condition(s, s->of->where) : "1";
}

static struct part
make_part(struct sql *s, size_t column)
{
	struct part p = { .sql = s, .column = column };
	const size_t n = s->view->nreleases;

	p.own = arena_alloc(s->arena, (n + 1) * sizeof(*p.own));
	for (size_t k = n; k-- > 0;) {
		bool known = false;

		p.own[k] = text_of(&p, k, s->view->releases[k].release);
		for (size_t i = 0; i < p.nwriters; i++)
			known = known || strcmp(p.own[p.writers[i]], p.own[k]) == 0;
		if (!known && p.nwriters < WRITERS_MAX)
			p.writers[p.nwriters++] = k;
	}
	return p;
}

/* What release `of` writes, in the rows of release `k`. */
static const char *
text_in(const struct part *p, size_t of, size_t k)
{
	return text_of(p, of, p->sql->view->releases[k].release);
}

static bool
serves_all(const struct part *p, size_t of)
{
	for (size_t k = 0; k < p->sql->view->nreleases; k++)
		if (strcmp(text_in(p, of, k), p->own[k]) != 0)
			return false;
	return true;
}

/* A member of the row that its release always has a value of. */
static bool
is_never_null(const struct part *p, size_t k)
{
	const struct resolved_view *rv = p->sql->view;
	const struct typed *t = p->column < rv->view->ncolumns ? rv->releases[k].cells[p->column].value : NULL;

	return t != NULL && t->member && !t->nullable && leaf_of(t)->root == NULL;
}

/* Whether in each release the first of two texts is its own, and the second NULL or not needed, or the other way round. */
static bool
serve_together(const struct part *p, size_t first, size_t second)
{
	for (size_t k = 0; k < p->sql->view->nreleases; k++) {
		const char *one = text_in(p, first, k), *other = text_in(p, second, k);
		const bool by_first = strcmp(one, p->own[k]) == 0 &&
		    (strcmp(other, "NULL") == 0 || is_never_null(p, k));

		if (!by_first && (strcmp(one, "NULL") != 0 || strcmp(other, p->own[k]) != 0))
			return false;
	}
	return true;
}

/* By the name of the release. What the last one writes is that of all which are not named. */
static const char *
by_release(const struct part *p)
{
	struct arena *a = p->sql->arena;
	const size_t last = p->sql->view->nreleases - 1;
	bool *done = arena_alloc(a, (last + 1) * sizeof(*done));
	const char *text = "CASE";

	for (size_t of = last; of-- > 0;) {
		const char *list = "";

		for (size_t k = of + 1; k-- > 0;)
			if (!done[k] && strcmp(p->own[k], p->own[of]) == 0 && strcmp(p->own[k], p->own[last]) != 0) {
				done[k] = true;
				list = arena_printf(a, "%s%s'%s'", list, list[0] != '\0' ? ", " : "",
				    p->sql->view->releases[k].release->schema->version.text);
			}
		if (strlen(text) > SQL_LENGTH_MAX)
			return sql_refuse(p->sql, "is too long for a statement");
		if (list[0] != '\0')
			text = arena_printf(a, "%s WHEN " SQL_ROWS ".\"release\" IN (%s) THEN %s", text, list,
			    p->own[of]);
	}
	return arena_printf(a, "%s ELSE %s END", text, p->own[last]);
}

/* The text in the rows of all releases. */
static const char *
text_in_all(struct sql *s, size_t column)
{
	const struct part p = make_part(s, column);

	for (size_t i = 0; i < p.nwriters; i++)
		if (serves_all(&p, p.writers[i]))
			return text_of(&p, p.writers[i], NULL);
	for (size_t i = 0; i < p.nwriters; i++)
		for (size_t k = 0; k < p.nwriters; k++)
			if (i != k && serve_together(&p, p.writers[i], p.writers[k]))
				return arena_printf(s->arena, "coalesce(%s, %s)", text_of(&p, p.writers[i], NULL),
				    text_of(&p, p.writers[k], NULL));
	return by_release(&p);
}

/* --- joins -------------------------------------------------------------------------------------------------------- */

/* What is read of a table beside the rows: the columns, each behind a comma. NULL: nothing. */
static const char *
columns_read(struct sql *s, const struct column_table *table, const char *text)
{
	const char *list = NULL;

	for (size_t i = 0; i < table->ncolumns; i++) {
		const char *name = sql_text(s->arena, table->columns[i].name, '"');

		if (strstr(text, arena_printf(s->arena, "%s.%s", sql_text(s->arena, table->name, '"'), name)) != NULL)
			list = arena_printf(s->arena, "%s, %s", list != NULL ? list : "", name);
	}
	return list;
}

/*
 * A file can have several headers: atopdump carve finds them. The first one of its release and host is that of a sample; the
 * statement before asks for headers that could be taken for each other, although they differ in what is read.
 */
static const char *
join_header(struct sql *s, struct out *before, const char *read)
{
	out_printf(before,
	    "CREATE INDEX IF NOT EXISTS \"rawheader_by_file\" ON \"rawheader\" (\"file\", \"release\", \"host\");"
	    "SELECT 1 FROM (SELECT DISTINCT \"file\", \"release\", \"host\"%s FROM \"rawheader\") "
	    "GROUP BY \"file\", \"release\", \"host\" HAVING count(*) > 1;",
	    read);
	return arena_printf(s->arena,
	    "\nLEFT JOIN \"rawheader\" ON \"rawheader\".rowid = (SELECT rowid FROM \"rawheader\" WHERE \"file\" = " SQL_ROWS
	    ".\"file\" AND \"release\" = " SQL_ROWS ".\"release\" AND \"host\" IS " SQL_ROWS
	    ".\"host\" ORDER BY rowid LIMIT 1)");
}

/*
 * Of any other struct a sample has one. Logs in one file, one behind the other, count their samples from 0, and differ in time; the
 * statement before asks for samples that two logs of one name have.
 */
static const char *
join_sample(struct sql *s, struct out *before, const char *name)
{
	out_printf(before,
	    "CREATE INDEX IF NOT EXISTS \"%s_by_sample\" ON \"%s\" (\"file\", \"sample\", \"time\");"
	    "SELECT 1 FROM \"%s\" GROUP BY \"file\", \"sample\", \"time\" HAVING count(*) > 1;",
	    name, name, name);
	return arena_printf(s->arena,
	    "\nLEFT JOIN \"%s\" ON \"%s\".\"file\" = " SQL_ROWS ".\"file\" AND \"%s\".\"sample\" = " SQL_ROWS
	    ".\"sample\" AND \"%s\".\"time\" IS " SQL_ROWS ".\"time\"",
	    name, name, name, name);
}

/* --- a view ------------------------------------------------------------------------------------------------------- */

/* A view as SQL. */
struct sql_view {
	const char *tables; /* that it reads, a blank between two; its own is the first */
	struct out before;  /* statements: it is not made if one finds a row */
	const char *text;   /* CREATE VIEW */
};

static const char *
columns_of(struct sql *s)
{
	const struct view *v = s->view->view;
	struct out o = { .arena = s->arena };

	for (size_t i = 0; i < v->ncolumns && s->why == NULL; i++) {
		const char *text = text_in_all(s, i);

		out_printf(&o, "%s\n  %s AS %s", i > 0 ? "," : "", text,
		    sql_text(s->arena, v->columns[i].name.text, '"'));
		if (o.length > SQL_VIEW_MAX)
			sql_refuse(s, "is one too many for a statement");
		if (s->why != NULL)
			s->why = arena_printf(s->arena, "column '%s' %s", v->columns[i].name.text, s->why);
	}
	return o.length > 0 ? o.text : "";
}

/* Rows are in the order of samples, those of one in that of a column. Null is last. */
static const char *
order_of(struct sql *s)
{
	const struct resolved_view *rv = s->view;
	const char *by = rv->order < rv->view->ncolumns
	    ? sql_text(s->arena, rv->view->columns[rv->order].name.text, '"')
	    : NULL;

	if (by == NULL)
		return "";
	return arena_printf(s->arena, "\nORDER BY \"rawrecord\".rowid, %s IS NULL, %s%s, " SQL_ROWS ".rowid", by, by,
	    rv->view->order.descending ? " DESC" : "");
}

static void
join_all(struct sql *s, struct sql_view *to, const char *columns, const char *rest)
{
	const struct column_table *own = s->view->table;
	const char *text = arena_printf(s->arena, "%s%s", columns, rest), *joins = "";

	to->tables = own->name;
	for (size_t i = 0; i < s->tables->count; i++) {
		const struct column_table *table = s->tables->list[i];
		const char *read = table != own && table->kind == TABLE_STRUCT ? columns_read(s, table, text) : NULL;
		const bool orders = strcmp(table->name, "rawrecord") == 0 &&
		    strstr(rest, "\"rawrecord\".rowid") != NULL;

		if (read == NULL && !orders)
			continue;
		to->tables = arena_printf(s->arena, "%s %s", to->tables, table->name);
		joins = arena_printf(s->arena, "%s%s", joins,
		    strcmp(table->name, "rawheader") == 0 ? join_header(s, &to->before, read)
							  : join_sample(s, &to->before, table->name));
	}
	to->text = arena_printf(s->arena, "CREATE VIEW %s AS SELECT%s\nFROM %s AS " SQL_ROWS "%s%s",
	    sql_text(s->arena, s->view->view->name.text, '"'), columns, sql_text(s->arena, own->name, '"'), joins,
	    rest);
}

static struct sql_view
make_view(struct sql *s)
{
	struct sql_view made = { .tables = "", .before = { .arena = s->arena } };
	const char *columns = columns_of(s), *where = "";

	if (s->view->view->where.tree != NULL && s->why == NULL) {
		where = arena_printf(s->arena, "\nWHERE %s", text_in_all(s, s->view->view->ncolumns));
		if (s->why != NULL)
			s->why = arena_printf(s->arena, "the condition %s", s->why);
	}
	if (s->why == NULL)
		join_all(s, &made, columns, arena_printf(s->arena, "%s%s", where, order_of(s)));
	else
		made.text = s->why;
	return made;
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

/* A line of a literal, for each line of the text. */
static void
put_text(struct out *o, const char *text)
{
	while (*text != '\0') {
		const size_t length = strcspn(text, "\n"), with_end = length + (text[length] == '\n' ? 1 : 0);

		out_printf(o, "\"");
		out_c_string(o, arena_strndup(o->arena, text, with_end));
		out_printf(o, "\"\n");
		text += with_end;
	}
	out_printf(o, "\"\\0\"\n");
}

void
emit_sql_views(struct out_set *set, const struct tables *t, const struct views *views)
{
	struct out *o = out_file(set, "sql_views.c");
	struct sql s = { .arena = set->arena, .tables = t };

	s.places = arena_alloc(s.arena, (t->count * t->nreleases + 1) * sizeof(*s.places));
	out_printf(o, "/* Generated by atopgen from views; do not edit: change the views and run 'make regen'. */\n");
	out_printf(o, "#include \"print/format/view_sql.h\"\n\n");
	out_printf(o, "const char catalog_sql_views[] =\n");
	o->indent++;
	for (size_t i = 0; i < views->count; i++) {
		struct sql_view made;

		s.view = &views->list[i];
		s.why = NULL;
		made = make_view(&s);
		out_printf(o, "/* %s */\n", s.view->view->name.text);
		put_text(o, made.tables);
		put_text(o, made.before.length > 0 ? made.before.text : "");
		put_text(o, made.text);
	}
	out_printf(o, "\"\";\n");
	o->indent--;
}
