/*
 * json_schema_view: a key for each column. What a log lacks is null, so that each can be.
 */
#include "atopdump/report/json_schema_view.h"

#include <string.h>

#include "atopdump/report/json_schema_parts.h"
#include "print/format/line_keys.h"
#include "print/query/view.h"

static const char *
types_of(enum column_type type)
{
	switch (type) {
	case COLUMN_INTEGER: return "integer null";
	case COLUMN_BOOLEAN: return "boolean null";
	case COLUMN_TEXT: return "string null";
	case COLUMN_TIME: return TIME_OR_EPOCH;
	case COLUMN_NUMBER:
	case COLUMN_DOUBLE: break;
	}
	return "number null";
}

static void
put_column(struct json_out *j, const struct column *c)
{
	json_open_object(j, column_name(c));
	json_schema_put_type(j, types_of(c->type), false);
	if (c->type == COLUMN_TIME)
		json_text(j, "pattern", TIME_PATTERN);
	if (column_doc(c) != NULL)
		json_text(j, "description", column_doc(c));
	if (column_unit(c) != NULL)
		json_text(j, "unit", column_unit(c));
	if (c->delta)
		json_text(j, "kind", "delta");
	json_close_object(j);
	if (c->type == COLUMN_TEXT)
		json_schema_put_hex(j, column_name(c));
}

static void
put_object(struct json_out *j, const struct column_table *t)
{
	json_open_object(j, t->name);
	json_text(j, "type", "object");
	json_text(j, "description", t->doc);
	json_open_object(j, "properties");
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].source != COLUMN_BYTES)
			put_column(j, &t->columns[i]);
	json_close_object(j);
	json_open_array(j, "required");
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].source != COLUMN_BYTES)
			json_text(j, NULL, column_name(&t->columns[i]));
	json_close_array(j);
	json_flag(j, "additionalProperties", false);
	json_close_object(j);
}

/* Rows of the header are in no sample. */
static void
put_line(struct json_out *j, const struct column_table *t, bool in_sample)
{
	const char *const required[] = { LINE_HOST, t->name, in_sample ? LINE_TIME : NULL, LINE_SAMPLE, NULL };

	json_schema_open_line(j, t->name);
	if (in_sample)
		json_schema_put_sample_keys(j);
	json_schema_put_true(j, LINE_UNVERIFIED);
	put_object(j, t);
	json_schema_close_line(j, required);
}

void
json_schema_put_views(struct json_out *j, const struct catalog_release *release)
{
	for (size_t i = 0; i < catalog_nviews; i++) {
		const struct view *v = &catalog_views[i];

		for (const struct view_code *code = v->code; code->release != NULL; code++)
			if (code->release == release)
				put_line(j, &v->table, strcmp(v->table.role, release->rawheader->role) != 0);
	}
}
