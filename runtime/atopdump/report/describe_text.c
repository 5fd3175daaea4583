/*
 * describe: entries for people.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/report/describe.h"
#include "print/format/view_sql.h"

#define WIDTH     80
#define INDENT    13 /* columns before a value */
#define VALUE_MAX 1024

static void
put(struct writer *out, const char *text)
{
	writer_put(out, text, strlen(text));
}

static void
put_spaces(struct writer *out, size_t count)
{
	while (count-- > 0)
		writer_put(out, " ", 1);
}

/*
 * Writes `text` from column `column` on, broken at blanks; further lines begin at `indent`. A word that is longer than a line
 * is not broken.
 */
static void
put_wrapped(struct writer *out, const char *text, size_t column, size_t indent)
{
	bool begun = false;

	for (size_t size; *text != '\0'; text += strspn(text, " ")) {
		size = strcspn(text, " ");
		if (begun && column + 1 + size > WIDTH) {
			put(out, "\n");
			put_spaces(out, indent);
			column = indent;
		} else if (begun) {
			put(out, " ");
			column++;
		}
		writer_put(out, text, size);
		text += size;
		column += size;
		begun = true;
	}
	put(out, "\n");
}

/* "Label      value" */
static void
put_fact(struct writer *out, const char *label, const char *value)
{
	char text[16];

	snprintf(text, sizeof text, "%-*s", INDENT, label);
	put(out, text);
	put_wrapped(out, value, INDENT, INDENT);
}

static const char *
doc_of(const struct dictionary_entry *e)
{
	const char *doc = dictionary_doc(e);

	if (doc == NULL && dictionary_is_reserved(e))
		doc = "reserved: not data";
	return doc != NULL ? doc : "";
}

/* --- where it is ---------------------------------------------------------------------------------------------- */

static bool
is_same_place(const struct dictionary_place *a, const struct dictionary_place *b)
{
	return a->member == b->member && memcmp(a->offset, b->offset, sizeof a->offset) == 0;
}

/* One number, if it is that of all data models. */
static void
put_offsets(struct writer *out, const struct dictionary_place *p)
{
	char text[VALUE_MAX];
	size_t used = 0;
	bool same = true;

	for (size_t m = 1; m < catalog_nmodels && m < REFERENCE_MODELS; m++)
		same = same && p->offset[m] == p->offset[0];
	for (size_t m = 0; m < catalog_nmodels && m < REFERENCE_MODELS && !same; m++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %" PRIu64, m > 0 ? ", " : "",
		    catalog_models[m], p->offset[m]);
	if (same)
		snprintf(text, sizeof text, "%" PRIu64, p->offset[0]);
	put_fact(out, "Offset", text);
}

/* Where the releases `first` to `last` have the member. */
static void
put_place(struct writer *out, const struct dictionary_place *p, size_t first, size_t last)
{
	char text[VALUE_MAX];

	snprintf(text, sizeof text, "\nIn atop %s%s%s:\n", catalog_releases[first]->version,
	    first != last ? " to " : "", first != last ? catalog_releases[last]->version : "");
	put(out, text);
	put_fact(out, "Upstream", p->reference->upstream);
	snprintf(text, sizeof text, "schemas/%s:%u", p->reference->schema, p->member->schema_line);
	put_fact(out, "Schema", text);
	snprintf(text, sizeof text, "generated/%s:%u %s", p->reference->decoded_in, p->member->decode_line,
	    p->reference->decoder);
	put_fact(out, "Decoder", text);
	put_offsets(out, p);
	for (size_t i = 0; i < p->nway; i++) {
		if (p->way[i]->when != 0)
			put_fact(out, "Null unless", catalog_reference_texts[p->way[i]->when]);
		if (p->way[i]->live != 0)
			put_fact(out, "Only where", catalog_reference_texts[p->way[i]->live]);
		if (p->way[i]->unfilled)
			put_fact(out, "Null", "where the struct that it is in is said not to be filled");
		if (p->way[i]->faults != 0)
			put_fact(out, "Null by", catalog_reference_texts[p->way[i]->faults]);
	}
	if ((p->field->flags & FIELD_ABSENT) != 0) {
		snprintf(text, sizeof text, "where %" PRId64 " is stored", p->field->absent);
		put_fact(out, "Null", text);
	}
}

static void
put_places(struct writer *out, const struct dictionary_entry *e)
{
	struct dictionary_place last, next;
	size_t first = 0;
	bool has = false;

	for (size_t i = e->oldest; i <= e->newest; i++) {
		if (!dictionary_place(e, catalog_releases[i], &next))
			continue;
		if (has && !is_same_place(&last, &next))
			put_place(out, &last, first, i - 1);
		if (!has || !is_same_place(&last, &next))
			first = i;
		last = next;
		has = true;
	}
	if (has)
		put_place(out, &last, first, e->newest);
}

/* --- an entry ----------------------------------------------------------------------------------------------- */

static void
put_bits(struct writer *out, const struct field *f)
{
	char text[VALUE_MAX];

	for (const struct bit_name *b = field_bits(f), *first = b; b != NULL && b->name != 0; b++) {
		snprintf(text, sizeof text, "0x%04" PRIx64 " %s", b->value, catalog_text(b->name));
		put_fact(out, b == first ? "Bits" : "", text);
	}
}

static void
put_column(struct writer *out, const struct dictionary_entry *e)
{
	char text[VALUE_MAX];

	if (e->column == NULL)
		snprintf(text, sizeof text, "none");
	else if (e->view != NULL)
		snprintf(text, sizeof text, "%s of the view %s", column_name(e->column), e->view->table.name);
	else if (e->field == NULL)
		snprintf(text, sizeof text, "%s of the table %s, and of others that have it", column_name(e->column),
		    e->table->name);
	else
		snprintf(text, sizeof text, "%s of the table %s", column_name(e->column), e->table->name);
	put_fact(out, "Column", text);
}

/* --- views ---------------------------------------------------------------------------------------------------- */

/* Appends a word, a comma before it unless it is the first. What does not fit is left out. */
static void
append(char text[VALUE_MAX], const char *word, size_t length)
{
	const size_t used = strlen(text);

	if (used + length + sizeof ", " <= VALUE_MAX)
		snprintf(text + used, VALUE_MAX - used, "%s%.*s", used > 0 ? ", " : "", (int)length, word);
}

/* The paths that a view is computed of. */
static void
put_paths(struct writer *out, const char *label, const char *paths)
{
	char text[VALUE_MAX] = "";

	for (const char *p = paths + strspn(paths, " "); *p != '\0'; p += strspn(p, " ")) {
		append(text, p, strcspn(p, " "));
		p += strcspn(p, " ");
	}
	if (text[0] != '\0')
		put_fact(out, label, text);
}

static void
add_use(void *context, const struct view *view, const struct column *column)
{
	char name[VALUE_MAX];

	snprintf(name, sizeof name, "%s%s%s", view->table.name, column != NULL ? "." : " (its rows)",
	    column != NULL ? column_name(column) : "");
	append(context, name, strlen(name));
}

static void
put_uses(struct writer *out, const struct dictionary_entry *e)
{
	char text[VALUE_MAX] = "";

	dictionary_each_use(e, add_use, text);
	if (text[0] != '\0')
		put_fact(out, "Views", text);
}

/* Whether databases have the view, and over which tables. */
static void
put_sql(struct writer *out, const struct view *v)
{
	const struct view_sql sql = view_sql_of(v);
	char text[VALUE_MAX];

	if (*sql.tables != '\0') {
		put_paths(out, "In SQLite", sql.tables);
		return;
	}
	snprintf(text, sizeof text, "only with --view: %s", sql.statement);
	put_fact(out, "In SQLite", text);
}

static void
put_view(struct writer *out, const struct view *v)
{
	char text[VALUE_MAX] = "";

	put_fact(out, "Rows", v->of);
	put_paths(out, "Chosen by", v->chosen_by);
	if (v->order < v->table.ncolumns) {
		snprintf(text, sizeof text, "by %s%s, in each sample", column_name(&v->table.columns[v->order]),
		    v->descending ? ", the largest first" : "");
		put_fact(out, "Order", text);
		text[0] = '\0';
	}
	for (size_t i = 0; i < v->table.ncolumns; i++)
		append(text, column_name(&v->table.columns[i]), strlen(column_name(&v->table.columns[i])));
	put_fact(out, "Columns", text);
	put_sql(out, v);
}

/* What a column of a view is computed of. */
static void
put_computed(struct writer *out, const struct dictionary_entry *e)
{
	put_paths(out, "Computed of", e->view->uses[e->column - e->view->table.columns]);
}

static void
put_releases(struct writer *out, const struct dictionary_entry *e)
{
	const char *first, *last;
	char text[VALUE_MAX];

	dictionary_releases(e, &first, &last);
	if (first == NULL)
		return;
	snprintf(text, sizeof text, "%s to %s", first, last);
	put_fact(out, "Releases", text);
}

/* --- details -------------------------------------------------------------------------------------------------- */

void
describe_put_details(struct writer *out, const struct dictionary_entry *e)
{
	const char *unit = dictionary_unit(e);
	char text[VALUE_MAX];

	put(out, e->path);
	put(out, "\n");
	if (*doc_of(e) != '\0')
		put_fact(out, "", doc_of(e));
	if (e->view != NULL && e->column == NULL) {
		put_view(out, e->view);
		return;
	}
	snprintf(text, sizeof text, "%s, %s", unit != NULL ? unit : "none",
	    dictionary_is_delta(e) ? "a difference over the interval" : "a current value");
	put_fact(out, "Unit", text);
	if (e->field != NULL)
		put_fact(out, "Type", field_ctype(e->field));
	put_column(out, e);
	if (e->view != NULL)
		put_computed(out, e);
	if (e->field != NULL)
		put_uses(out, e);
	put_releases(out, e);
	if (e->field == NULL)
		return;
	put_bits(out, e->field);
	put_places(out, e);
}

void
describe_put_line(struct writer *out, const struct dictionary_entry *e)
{
	const char *unit = dictionary_unit(e);
	char text[VALUE_MAX];

	put(out, e->path);
	put(out, "\n    ");
	if (unit != NULL)
		snprintf(text, sizeof text, "%s (%s%s)", doc_of(e), unit, dictionary_is_delta(e) ? ", difference" : "");
	else
		snprintf(text, sizeof text, "%s", doc_of(e));
	put_wrapped(out, text, 4, 4);
}

void
describe_put_hint(struct writer *out, const struct suspect_hint *hint)
{
	put(out, hint->name);
	put(out, "\n");
	put_fact(out, "", hint->doc);
	put_fact(out, "Holds if", hint->when);
}
