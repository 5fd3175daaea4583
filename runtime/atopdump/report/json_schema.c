/*
 * json_schema: each struct is a definition; each kind of line refers to those of its structs.
 */
#include "atopdump/report/json_schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/report/json_schema_parts.h"
#include "atopdump/report/json_schema_view.h"
#include "print/format/line_keys.h"
#include "rawlog/catalog/array.h"

#define TEXT_ROOM   256
#define STRUCTS_MAX 256 /* definitions of a release */

/* The definitions that are written, each once. */
struct written {
	const struct definition *list[STRUCTS_MAX];
	size_t count;
};

/* --- members ------------------------------------------------------------------------------------------------ */

/* A condition or a fault can make the member null. */
static bool
can_be_null(const struct field *f)
{
	return (f->flags & FIELD_ABSENT) != 0 || f->when != 0 || f->guards != 0;
}

static void
put_doc(struct json_out *j, const struct field *f)
{
	if (f->doc != 0)
		json_text(j, "description", field_doc(f));
	if (f->unit != 0)
		json_text(j, "unit", field_unit(f));
	if ((f->flags & FIELD_DELTA) != 0)
		json_text(j, "kind", "delta");
}

/* The limits of an integer of `size` bytes. */
static void
put_limits(struct json_out *j, const struct field *f)
{
	const unsigned bits = 8 * (unsigned)f->size;

	if (f->type == FIELD_UNSIGNED) {
		json_natural(j, "minimum", 0);
		json_natural(j, "maximum", UINT64_MAX >> (64 - bits));
	} else {
		json_integer(j, "minimum", -(int64_t)(UINT64_MAX >> (65 - bits)) - 1);
		json_integer(j, "maximum", (int64_t)(UINT64_MAX >> (65 - bits)));
	}
}

/* A value of a basic type. */
static void
put_value(struct json_out *j, const struct field *f, bool nullable)
{
	if (f->show == FIELD_FLAG)
		json_schema_put_type(j, "boolean", nullable);
	else if (f->type == FIELD_CHAR || f->show == FIELD_LETTER)
		json_schema_put_type(j, "string", nullable);
	else if (f->type == FIELD_FLOAT)
		json_schema_put_type(j, "number null", false); /* an infinite one is null */
	else {
		json_schema_put_type(j, "integer", nullable);
		put_limits(j, f);
	}
}

/* The struct or value of one element. */
static void
put_element(struct json_out *j, const struct field *f, bool nullable)
{
	char path[TEXT_ROOM];

	if (f->of == 0) {
		put_value(j, f, nullable);
		return;
	}
	snprintf(path, sizeof path, "#/$defs/%s", field_of(f)->name);
	if (!nullable) {
		json_text(j, "$ref", path);
		return;
	}
	json_open_array(j, "anyOf");
	json_open_object(j, NULL);
	json_text(j, "$ref", path);
	json_close_object(j);
	json_schema_put_simple(j, NULL, "null");
	json_close_array(j);
}

/* Dimension `k` of an array and those within it. Its elements are null where they hold what means "not available". */
static void
put_array(struct json_out *j, const struct field *f, uint32_t k)
{
	if (k == array_dims(f)) {
		put_element(j, f, (f->flags & FIELD_ABSENT) != 0);
		return;
	}
	json_schema_put_type(j, "array", k == 0 && can_be_null(f));
	json_natural(j, "maxItems", f->dims[k]);
	if (f->count_rule == FIELD_ALL && f->live == 0)
		json_natural(j, "minItems", f->dims[k]);
	json_open_object(j, "items");
	put_array(j, f, k + 1);
	json_close_object(j);
}

/* Whether the value of the member, or of its elements, is a text. */
static bool
is_text(const struct field *f)
{
	return f->type == FIELD_CHAR && f->ndims > 0;
}

static void
put_member(struct json_out *j, const struct field *f)
{
	json_open_object(j, field_key(f));
	if (array_dims(f) > 0)
		put_array(j, f, 0);
	else
		put_element(j, f, can_be_null(f));
	put_doc(j, f);
	json_close_object(j);
	/* The exact bytes follow a text that is not valid UTF-8. A reserved text is printed in hex itself. */
	if ((!is_text(f) && f->show != FIELD_LETTER) || (f->flags & FIELD_RESERVED) != 0)
		return;
	json_schema_put_hex(j, field_key(f));
}

/* The keys that an object always has: members that are not reserved, and `more` up to NULL. */
static void
put_required(struct json_out *j, const struct definition *of, const char *const *more)
{
	json_open_array(j, "required");
	for (uint32_t i = 0; of != NULL && i < of->nfields; i++)
		if ((of->fields[i].flags & FIELD_RESERVED) == 0)
			json_text(j, NULL, field_key(&of->fields[i]));
	while (*more != NULL)
		json_text(j, NULL, *more++);
	json_close_array(j);
	json_flag(j, "additionalProperties", false);
}

/* What a struct of a chain has beside its members. */
static void
put_chain(struct json_out *j, const char *tail)
{
	json_schema_put_text(j, tail, true);
	json_schema_put_text(j, CHAIN_PATH, true);
	json_open_object(j, CHAIN_PIDS);
	json_schema_put_type(j, "array null", false);
	json_schema_put_simple(j, "items", "integer");
	json_close_object(j);
}

/* The definition of a struct, and before it those of the structs in it. `tail`: the key of a chain's name, or NULL. */
static void
put_struct(struct json_out *j, struct written *w, const struct definition *of, const char *tail)
{
	const char *more[] = { tail, CHAIN_PATH, CHAIN_PIDS, NULL };

	for (size_t i = 0; i < w->count; i++)
		if (w->list[i] == of)
			return;
	if (w->count < STRUCTS_MAX)
		w->list[w->count++] = of;
	for (uint32_t i = 0; i < of->nfields; i++)
		if (of->fields[i].of != 0)
			put_struct(j, w, field_of(&of->fields[i]), NULL);
	json_open_object(j, of->name);
	json_text(j, "type", "object");
	json_open_object(j, "properties");
	for (uint32_t i = 0; i < of->nfields; i++)
		put_member(j, &of->fields[i]);
	if (tail != NULL)
		put_chain(j, tail);
	json_close_object(j);
	put_required(j, of, tail != NULL ? more : more + 3);
	json_close_object(j);
}

/* --- lines -------------------------------------------------------------------------------------------------- */

static void
put_reference(struct json_out *j, const char *key, const char *path)
{
	json_open_object(j, key);
	json_text(j, "$ref", path);
	json_close_object(j);
}

/* The keys of the line of a header that say how the log is laid out. */
static void
put_layout_keys(struct json_out *j, const struct catalog_release *release, const char *model)
{
	json_schema_put_constant(j, LINE_RELEASE, release->version);
	if (model != NULL) {
		json_schema_put_constant(j, LINE_MODEL, model);
	} else {
		json_open_object(j, LINE_MODEL);
		json_open_array(j, "enum");
		for (size_t i = 0; i < catalog_nmodels; i++)
			json_text(j, NULL, catalog_models[i]);
		json_close_array(j);
		json_close_object(j);
	}
	json_open_object(j, LINE_BYTEORDER);
	json_open_array(j, "enum");
	json_text(j, NULL, "little");
	json_text(j, NULL, "big");
	json_close_array(j);
	json_close_object(j);
}

/* The line of a struct. `in_cgroup`: it names the cgroup that the struct is in. */
static void
put_struct_line(struct json_out *j, const struct catalog_struct *s, bool in_cgroup)
{
	const char *const required[] = { LINE_HOST, LINE_TIME, LINE_SAMPLE, s->role, in_cgroup ? LINE_CGROUP : NULL,
		NULL };
	char path[TEXT_ROOM];

	json_schema_open_line(j, s->role);
	json_schema_put_sample_keys(j);
	json_schema_put_true(j, LINE_UNVERIFIED);
	snprintf(path, sizeof path, "#/$defs/%s", s->definition->name);
	put_reference(j, s->role, path);
	if (in_cgroup)
		json_schema_put_text(j, LINE_CGROUP, true);
	json_schema_close_line(j, required);
}

static void
put_header_line(struct json_out *j, const struct catalog_release *release, const char *model)
{
	static const char *const keys[] = { LINE_HOST, LINE_RELEASE, LINE_MODEL, LINE_BYTEORDER };
	const char *const required[] = { keys[0], keys[1], keys[2], keys[3], release->rawheader->role, NULL };
	char path[TEXT_ROOM];

	json_schema_open_line(j, release->rawheader->role);
	put_layout_keys(j, release, model);
	json_schema_put_true(j, LINE_UNVERIFIED);
	snprintf(path, sizeof path, "#/$defs/%s", release->rawheader->definition->name);
	put_reference(j, release->rawheader->role, path);
	json_schema_close_line(j, required);
}

/* A key of a report, and the types of its value; `+` before them: the key is always there. */
struct report_key {
	const char *key, *types;
};

/* A line that reports something: an object of simple values. */
static void
put_report_line(struct json_out *j, const char *name, const struct report_key *keys)
{
	const char *const required[] = { LINE_HOST, name, NULL };

	json_schema_open_line(j, name);
	json_open_object(j, name);
	json_text(j, "type", "object");
	json_open_object(j, "properties");
	for (size_t i = 0; keys[i].key != NULL; i++)
		json_schema_put_simple(j, keys[i].key, keys[i].types + (*keys[i].types == '+'));
	json_close_object(j);
	json_open_array(j, "required");
	for (size_t i = 0; keys[i].key != NULL; i++)
		if (*keys[i].types == '+')
			json_text(j, NULL, keys[i].key);
	json_close_array(j);
	json_flag(j, "additionalProperties", false);
	json_close_object(j);
	json_schema_close_line(j, required);
}

static void
put_report_lines(struct json_out *j)
{
	static const struct report_key damage[] = { { "offset", "+integer null" }, { "length", "+integer null" },
		{ "sample", "+integer null" }, { "block", "string" }, { "kind", "+string" }, { "reason", "+string" },
		{ NULL, NULL } };
	static const struct report_key gap[] = { { "offset", "+integer" }, { "sample", "+integer" },
		{ "from", "+" TIME_OR_EPOCH }, { "to", "+" TIME_OR_EPOCH }, { "interval", "+integer" },
		{ "reason", "+string" }, { NULL, NULL } };
	static const struct report_key note[] = { { "fault", "+string" }, { "sample", "+integer" },
		{ "offset", "+integer" }, { "text", "+string" }, { "struct", "string" }, { "members", "array" },
		{ NULL, NULL } };

	put_report_line(j, LINE_DAMAGE, damage);
	put_report_line(j, LINE_GAP, gap);
	put_report_line(j, LINE_NOTE, note);
}

/* Whether the structs of block `i` can be in cgroups. */
static bool
is_grouped(const struct catalog_release *release, size_t i)
{
	for (size_t k = 0; k < release->nblocks; k++)
		if (release->blocks[k].kind == CATALOG_LIST && release->blocks[k].named == i)
			return true;
	return false;
}

static void
put_lines(struct json_out *j, const struct catalog_release *release, const char *model)
{
	json_open_array(j, "oneOf");
	put_header_line(j, release, model);
	put_struct_line(j, release->rawrecord, false);
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].kind != CATALOG_LIST)
			put_struct_line(j, release->blocks[i].entry, is_grouped(release, i));
	json_schema_put_views(j, release);
	put_report_lines(j);
	json_close_array(j);
}

void
json_schema_put(struct writer *out, const struct catalog_release *release, const char *model)
{
	struct json_out j = { .out = out, .pretty = true };
	struct written written = { .count = 0 };
	char title[TEXT_ROOM];

	json_open_object(&j, NULL);
	json_text(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
	snprintf(title, sizeof title, "Lines that atopdump prints of logs of atop %s", release->version);
	json_text(&j, "title", title);
	put_lines(&j, release, model);
	json_open_object(&j, "$defs");
	put_struct(&j, &written, release->rawheader->definition, NULL);
	put_struct(&j, &written, release->rawrecord->definition, NULL);
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].kind != CATALOG_LIST)
			put_struct(&j, &written, release->blocks[i].entry->definition, release->blocks[i].tail);
	json_close_object(&j);
	json_close_object(&j);
	json_end(&j);
}
