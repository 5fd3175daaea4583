/*
 * describe: entries for programs.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/report/describe.h"
#include "atopdump/report/json_out.h"
#include "print/format/view_sql.h"

#define PATH_ROOM 256

static void
put_file(struct json_out *j, const char *key, const char *folder, const char *file)
{
	char path[PATH_ROOM];

	snprintf(path, sizeof path, "%s/%s", folder, file);
	json_text(j, key, path);
}

/* What makes the member null: conditions of its own, and of the structs that hold it. */
static void
put_conditions(struct json_out *j, const struct dictionary_place *p)
{
	const char *faults = NULL;
	bool unfilled = false;

	json_open_array(j, "null_unless");
	for (size_t i = 0; i < p->nway; i++)
		if (p->way[i]->when != 0)
			json_text(j, NULL, catalog_reference_texts[p->way[i]->when]);
	json_close_array(j);
	json_open_array(j, "shown_if");
	for (size_t i = 0; i < p->nway; i++)
		if (p->way[i]->live != 0)
			json_text(j, NULL, catalog_reference_texts[p->way[i]->live]);
	json_close_array(j);
	for (size_t i = 0; i < p->nway; i++) {
		unfilled = unfilled || p->way[i]->unfilled;
		if (p->way[i]->faults != 0)
			faults = catalog_reference_texts[p->way[i]->faults];
	}
	json_text(j, "null_by_faults", faults);
	json_flag(j, "can_be_unfilled", unfilled);
	if ((p->field->flags & FIELD_ABSENT) != 0)
		json_integer(j, "null_if", p->field->absent);
	else
		json_null(j, "null_if");
}

static void
put_release(struct json_out *j, const struct catalog_release *r, const struct dictionary_place *p)
{
	json_open_object(j, NULL);
	json_text(j, "version", r->version);
	json_text(j, "type", field_ctype(p->field));
	json_text(j, "doc", field_doc(p->field));
	json_text(j, "upstream", p->reference->upstream);
	put_file(j, "schema", "schemas", p->reference->schema);
	json_natural(j, "schema_line", p->member->schema_line);
	put_file(j, "decoded_in", "generated", p->reference->decoded_in);
	json_natural(j, "decode_line", p->member->decode_line);
	json_text(j, "decoder", p->reference->decoder);
	json_open_object(j, "offset");
	for (size_t m = 0; m < catalog_nmodels && m < REFERENCE_MODELS; m++)
		json_natural(j, catalog_models[m], p->offset[m]);
	json_close_object(j);
	put_conditions(j, p);
	json_close_object(j);
}

static void
put_bits(struct json_out *j, const struct field *f)
{
	json_open_object(j, "bits");
	for (const struct bit_name *b = f != NULL ? field_bits(f) : NULL; b != NULL && b->name != 0; b++)
		json_natural(j, catalog_text(b->name), b->value);
	json_close_object(j);
}

/* The paths in the list, a blank before each, as texts of the array. */
static void
put_paths(struct json_out *j, const char *key, const char *paths)
{
	char path[DICTIONARY_PATH_MAX];

	json_open_array(j, key);
	for (const char *p = paths + strspn(paths, " "); *p != '\0'; p += strspn(p, " ")) {
		const size_t length = strcspn(p, " ");

		snprintf(path, sizeof path, "%.*s", (int)length, p);
		json_text(j, NULL, path);
		p += length;
	}
	json_close_array(j);
}

static void
put_use(void *context, const struct view *view, const struct column *column)
{
	char name[DICTIONARY_PATH_MAX];

	snprintf(name, sizeof name, "%s%s%s", view->table.name, column != NULL ? "." : "",
	    column != NULL ? column_name(column) : "");
	json_text(context, NULL, name);
}

/* What it is computed of, if it is of a view; else the views that use it. */
static void
put_views(struct json_out *j, const struct dictionary_entry *e)
{
	const struct view *v = e->view;

	json_text(j, "view", v != NULL ? v->table.name : NULL);
	put_paths(j, "computed_of",
	    v == NULL               ? ""
		: e->column == NULL ? v->chosen_by
				    : v->uses[e->column - v->table.columns]);
	json_open_array(j, "views");
	dictionary_each_use(e, put_use, j);
	json_close_array(j);
	if (v != NULL && e->column == NULL) {
		const struct view_sql sql = view_sql_of(v);

		put_paths(j, "sqlite_tables", sql.tables);
		json_text(j, "not_in_sqlite", *sql.tables == '\0' ? sql.statement : NULL);
	}
}

/* The releases in which there is a value: not null in every row. Null: it is no matter of releases. */
static void
put_first_and_last(struct json_out *j, const struct dictionary_entry *e)
{
	const char *first, *last;

	dictionary_releases(e, &first, &last);
	json_text(j, "first_release", first);
	json_text(j, "last_release", last);
}

void
describe_put_json(struct writer *out, const struct dictionary_entry *e)
{
	const struct field *f = e->field;
	struct json_out j = { .out = out };
	struct dictionary_place place;

	json_open_object(&j, NULL);
	json_text(&j, "path", e->path);
	json_text(&j, "doc", dictionary_doc(e));
	json_text(&j, "unit", dictionary_unit(e));
	json_flag(&j, "delta", dictionary_is_delta(e));
	json_flag(&j, "reserved", dictionary_is_reserved(e));
	json_text(&j, "table", e->table != NULL ? e->table->name : NULL);
	json_text(&j, "column", e->column != NULL ? column_name(e->column) : NULL);
	put_bits(&j, f);
	put_views(&j, e);
	put_first_and_last(&j, e);
	json_open_array(&j, "releases");
	for (size_t i = e->oldest; f != NULL && i <= e->newest; i++)
		if (dictionary_place(e, catalog_releases[i], &place))
			put_release(&j, catalog_releases[i], &place);
	json_close_array(&j);
	json_close_object(&j);
	json_end(&j);
}

void
describe_put_hint_json(struct writer *out, const struct suspect_hint *hint)
{
	struct json_out j = { .out = out };

	json_open_object(&j, NULL);
	json_text(&j, "hint", hint->name);
	json_text(&j, "doc", hint->doc);
	json_text(&j, "when", hint->when);
	json_close_object(&j);
	json_end(&j);
}
