/*
 * verb_fields: every column of the tables, for people: as a page in Markdown, or as the body of a manual page in mdoc(7).
 * The columns that every table begins with are listed once, and NAME_bytes is left out.
 */
#include "verb/verbs.h"

#include <inttypes.h>
#include <string.h>

const char *const fields_forms[] = { "markdown", "mdoc", NULL };

/* How a form writes the page: a heading and a sentence, one column, a bit of that column, the end of the list of columns. */
struct form {
	void (*heading)(struct out *o, const char *name, const char *sentence);
	void (*column)(struct out *o, const struct column *c, const char *json);
	void (*bit)(struct out *o, const struct bit *bit);
	void (*end)(struct out *o);
};

/* The text with a backslash before each character of `special`. */
static const char *
escaped(struct arena *a, const char *text, const char *special)
{
	struct out o = { .arena = a };

	for (; *text != '\0'; text++)
		out_printf(&o, "%s%c", strchr(special, *text) != NULL ? "\\" : "", *text);
	return o.text != NULL ? o.text : "";
}

/* The text as mdoc(7): a backslash would begin an escape. */
static const char *
mdoc_text(struct arena *a, const char *text)
{
	struct out o = { .arena = a };

	for (; *text != '\0'; text++)
		if (*text == '\\')
			out_printf(&o, "\\e");
		else
			out_printf(&o, "%c", *text);
	return o.text != NULL ? o.text : "";
}

static const char *
releases_text(struct arena *a, const struct column *c)
{
	const char *last;

	if (c->last == NULL)
		return "";
	last = c->last->schema->version.text;
	return strcmp(c->since, last) == 0 ? last : arena_printf(a, "%s to %s", c->since, last);
}

/* Nothing for a current value. */
static const char *
kind_text(const struct column *c)
{
	return c->delta ? "difference" : "";
}

/* The member's path in JSON, if it is not the column's name with dots for some underscores; else NULL. */
static const char *
path_in_json(struct arena *a, const struct column *c)
{
	const char *path = c->source == COLUMN_MEMBER ? member_path_text(a, &c->path) : c->name;
	const char *p = path, *name = c->name;

	while (*p != '\0' && (*p == *name || (*p == '.' && *name == '_')))
		p++, name++;
	return *p == '\0' && *name == '\0' ? NULL : path;
}

static void
markdown_heading(struct out *o, const char *name, const char *sentence)
{
	out_printf(o, "\n## %s\n\n%s\n\n| column | unit | kind | atop | meaning |\n|---|---|---|---|---|\n", name,
	    sentence);
}

static void
markdown_column(struct out *o, const struct column *c, const char *json)
{
	out_printf(o, "| `%s` | %s | %s | %s | %s%s |\n", c->name, c->unit != NULL ? c->unit : "", kind_text(c),
	    releases_text(o->arena, c), c->doc != NULL ? escaped(o->arena, c->doc, "|*<") : "",
	    json != NULL ? arena_printf(o->arena, " (JSON: `%s`)", json) : "");
}

static void
markdown_bit(struct out *o, const struct bit *bit)
{
	out_printf(o, "| bit 0x%" PRIx64 " | | | | %s: %s |\n", bit->value, bit->name.text,
	    bit->doc.text != NULL ? escaped(o->arena, bit->doc.text, "|*<") : "");
}

static void
markdown_end(struct out *o)
{
	(void)o;
}

static void
mdoc_heading(struct out *o, const char *name, const char *sentence)
{
	out_printf(o, ".Ss %s\n%s\n.Bl -tag -width Ds\n", name, mdoc_text(o->arena, sentence));
}

static void
mdoc_column(struct out *o, const struct column *c, const char *json)
{
	const char *doc = c->doc != NULL ? mdoc_text(o->arena, c->doc) : "";

	out_printf(o, ".It Va %s\n\\&%s.\n", c->name, doc);
	if (json != NULL)
		out_printf(o, "In JSON:\n.Va %s .\n", json);
	if (c->source == COLUMN_MEMBER)
		out_printf(o, "(%s%s%satop %s)\n", c->delta ? "difference, " : "", c->unit != NULL ? c->unit : "",
		    c->unit != NULL ? ", " : "", releases_text(o->arena, c));
}

static void
mdoc_bit(struct out *o, const struct bit *bit)
{
	out_printf(o, ".br\nBit 0x%" PRIx64 ":\n.Dv %s ,\n\\&%s.\n", bit->value, bit->name.text,
	    bit->doc.text != NULL ? mdoc_text(o->arena, bit->doc.text) : "");
}

static void
mdoc_end(struct out *o)
{
	out_printf(o, ".El\n");
}

static const struct form forms[] = {
	{ markdown_heading, markdown_column, markdown_bit, markdown_end },
	{ mdoc_heading, mdoc_column, mdoc_bit, mdoc_end },
};

/* Whether each table begins with the column. */
static bool
is_first_column(const struct tables *t, size_t at)
{
	return at < t->list[0]->ncolumns && t->list[0]->columns[at].source == COLUMN_CONTEXT;
}

static void
print_column(struct out *o, const struct form *form, const struct column *c)
{
	const struct bit_table *bits = c->source == COLUMN_MEMBER ? c->path.fields[c->path.nfields - 1]->bits : NULL;

	form->column(o, c, path_in_json(o->arena, c));
	for (size_t i = 0; bits != NULL && i < bits->nbits; i++)
		form->bit(o, &bits->bits[i]);
}

void
verb_fields(struct out *o, const struct tables *t, size_t as)
{
	const struct form *form = &forms[as];

	form->heading(o, "every table", "The first columns of every table.");
	for (size_t k = 0; is_first_column(t, k); k++)
		form->column(o, &t->list[0]->columns[k], NULL);
	form->end(o);
	for (size_t i = 0; i < t->count; i++) {
		const struct column_table *table = t->list[i];

		form->heading(o, table->name,
		    arena_printf(o->arena, "A row: %s.", table->doc != NULL ? table->doc : "an element"));
		for (size_t k = 0; k < table->ncolumns; k++)
			if (!is_first_column(t, k) && table->columns[k].source != COLUMN_BYTES)
				print_column(o, form, &table->columns[k]);
		form->end(o);
	}
}
