/*
 * schema_label: the keys of a label's file, and of the file of what labels share.
 */
#include "read/schema_label.h"

#include <string.h>

#include "read/schema.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- versions --------------------------------------------------------------------------------------------------- */

static void
read_version(struct reader *r, const char *key, const struct node *value, void *target)
{
	if (!keys_expect(r, key, value, NODE_SCALAR))
		return;
	if (schema_is_version(value->text))
		*(struct word *)target = (struct word){ .text = value->text, .at = value->at };
	else
		diag_error(r->diag, value->at, "'%s' must be a version, MAJOR.MINOR or MAJOR.MINOR-N; found '%s'", key,
		    value->text);
}

#define RANGE_KEYS(type)                                             \
	{ "from", read_version, offsetof(type, range.from), false }, \
	{                                                            \
		"to", read_version, offsetof(type, range.to), false  \
	}

/* --- columns ---------------------------------------------------------------------------------------------------- */

static void
read_values(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_column *c = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	for (size_t i = 0; i < value->nitems; i++) {
		if (i == LABEL_VALUES_MAX) {
			diag_error(r->diag, value->items[i].at, "more than %d values", LABEL_VALUES_MAX);
			return;
		}
		schema_read_condition(r, key, &value->items[i], &c->values[i]);
		c->nvalues++;
	}
}

static void
read_value(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_column *c = target;

	if (c->nvalues > 0)
		diag_error(r->diag, value->at, "'value' does not go with 'values'");
	schema_read_condition(r, key, value, &c->values[0]);
	c->nvalues = 1;
}

/* The format as it is: blanks and quotes belong to it. */
static void
read_text(struct reader *r, const char *key, const struct node *value, void *target)
{
	keys_word(r, key, value, target);
}

static const struct key column_key_list[] = {
	{ "name", keys_word, offsetof(struct label_column, name), true },
	{ "format", read_text, offsetof(struct label_column, format), true },
	{ "values", read_values, 0, false },
	{ "value", read_value, 0, false },
	{ "compat", schema_read_condition, offsetof(struct label_column, compat), false },
	{ "compat_format", read_text, offsetof(struct label_column, compat_format), false },
	{ "separator", read_text, offsetof(struct label_column, separator), false },
	{ "doc", keys_word, offsetof(struct label_column, doc), false },
	RANGE_KEYS(struct label_column),
};

static const struct key_table column_keys = { "a column", column_key_list, COUNT(column_key_list) };

static void
read_columns(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_line *line = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	line->columns = arena_alloc(r->arena, value->nitems * sizeof(*line->columns));
	for (size_t i = 0; i < value->nitems; i++) {
		struct label_column *c = &line->columns[line->ncolumns];

		c->at = value->items[i].at;
		if (keys_read(r, &column_keys, &value->items[i], c))
			line->ncolumns++;
	}
}

/* --- lines ------------------------------------------------------------------------------------------------------ */

static void
read_as(struct reader *r, const char *key, const struct node *value, void *target)
{
	static const char *const words[] = { "parseable", "json" };
	struct label_line *line = target;

	line->as_at = value->at;
	line->json = keys_choice(r, key, value, words, COUNT(words)) == 1;
}

static void
read_form(struct reader *r, const char *key, const struct node *value, void *target)
{
	static const char *const words[] = { "object", "array" };
	struct label_line *line = target;
	const int choice = keys_choice(r, key, value, words, COUNT(words));

	line->list = choice == 1;
	if (choice >= 0)
		line->form = (struct word){ .text = value->text, .at = value->at };
}

static const struct key line_key_list[] = {
	{ "as", read_as, 0, true },
	{ "form", read_form, 0, false },
	{ "key", keys_word, offsetof(struct label_line, key), false },
	{ "each", keys_word, offsetof(struct label_line, each), false },
	{ "when", schema_read_condition, offsetof(struct label_line, when), false },
	{ "if", schema_read_condition, offsetof(struct label_line, only), false },
	RANGE_KEYS(struct label_line),
	{ "columns", read_columns, 0, true },
};

static const struct key_table line_keys = { "a line", line_key_list, COUNT(line_key_list) };

static void
read_lines(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label *l = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	l->lines = arena_alloc(r->arena, value->nitems * sizeof(*l->lines));
	for (size_t i = 0; i < value->nitems; i++) {
		struct label_line *line = &l->lines[l->nlines];

		line->at = value->items[i].at;
		if (keys_read(r, &line_keys, &value->items[i], line))
			l->nlines++;
	}
}

static void
read_order(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label *l = target;

	l->order_at = value->at;
	keys_uint64(r, key, value, &l->order);
}

static const struct key label_key_list[] = {
	{ "label", keys_word, offsetof(struct label, name), true },
	{ "order", read_order, 0, true },
	{ "doc", keys_word, offsetof(struct label, doc), true },
	{ "lines", read_lines, 0, true },
};

static const struct key_table label_keys = { "a label", label_key_list, COUNT(label_key_list) };

struct label *
schema_read_label(struct arena *a, struct diag *d, const struct node *root)
{
	struct reader r = { .arena = a, .diag = d };
	struct label *l = arena_alloc(a, sizeof(*l));

	l->source = root->at.source;
	l->at = root->at;
	keys_read(&r, &label_keys, root, l);
	return l;
}

/* --- what labels share ------------------------------------------------------------------------------------------ */

static const struct key group_key_list[] = {
	{ "of", keys_word, offsetof(struct label_group, of), true },
	{ "by", schema_read_condition, offsetof(struct label_group, by), true },
	{ "if", schema_read_condition, offsetof(struct label_group, only), true },
};

static const struct key_table group_keys = { "a group", group_key_list, COUNT(group_key_list) };

static void
read_group(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_group *g = target;

	(void)key;
	if (keys_read(r, &group_keys, value, g))
		g->at = value->at;
}

static const struct key array_key_list[] = {
	{ "name", keys_word, offsetof(struct label_array, name), true },
	{ "of", keys_word, offsetof(struct label_array, of), true },
	{ "count", schema_read_condition, offsetof(struct label_array, count), false },
	{ "until", schema_read_condition, offsetof(struct label_array, until), false },
	{ "if", schema_read_condition, offsetof(struct label_array, only), false },
	{ "group", read_group, offsetof(struct label_array, group), false },
	RANGE_KEYS(struct label_array),
};

static const struct key_table array_keys = { "an array", array_key_list, COUNT(array_key_list) };

static void
read_arrays(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_common *c = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	c->arrays = arena_alloc(r->arena, value->nitems * sizeof(*c->arrays));
	for (size_t i = 0; i < value->nitems; i++) {
		struct label_array *array = &c->arrays[c->narrays];

		array->at = value->items[i].at;
		if (keys_read(r, &array_keys, &value->items[i], array))
			c->narrays++;
	}
}

static const struct key name_key_list[] = {
	{ "name", keys_word, offsetof(struct label_name, name), true },
	{ "value", schema_read_condition, offsetof(struct label_name, value), true },
	RANGE_KEYS(struct label_name),
};

static const struct key_table name_keys = { "a named expression", name_key_list, COUNT(name_key_list) };

static void
read_names(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_common *c = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	c->names = arena_alloc(r->arena, value->nitems * sizeof(*c->names));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &name_keys, &value->items[i], &c->names[c->nnames]))
			c->nnames++;
}

static const struct key frame_key_list[] = {
	{ "name", keys_word, offsetof(struct label_number, name), true },
	{ "value", keys_uint64, offsetof(struct label_number, value), true },
	RANGE_KEYS(struct label_number),
};

static const struct key_table frame_keys = { "a number of 'frame'", frame_key_list, COUNT(frame_key_list) };

static void
read_frame(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct label_common *c = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	c->frame = arena_alloc(r->arena, value->nitems * sizeof(*c->frame));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &frame_keys, &value->items[i], &c->frame[c->nframe]))
			c->nframe++;
}

static const struct key common_key_list[] = {
	{ "arrays", read_arrays, 0, false },
	{ "names", read_names, 0, false },
	{ "frame", read_frame, 0, false },
};

static const struct key_table common_keys = { "what labels share", common_key_list, COUNT(common_key_list) };

struct label_common *
schema_read_common(struct arena *a, struct diag *d, const struct node *root)
{
	struct reader r = { .arena = a, .diag = d };
	struct label_common *c = arena_alloc(a, sizeof(*c));

	c->source = root->at.source;
	c->at = root->at;
	keys_read(&r, &common_keys, root, c);
	return c;
}

bool
schema_is_label(const struct node *root)
{
	return root->kind == NODE_MAPPING && root->nitems > 0 && strcmp(root->keys[0].text, "label") == 0;
}

bool
schema_is_common(const struct node *root)
{
	for (size_t i = 0; root->kind == NODE_MAPPING && root->nitems > 0 && i < COUNT(common_key_list); i++)
		if (strcmp(root->keys[0].text, common_key_list[i].name) == 0)
			return true;
	return false;
}
