/*
 * schema_view: the keys of a view's file.
 */
#include "read/schema.h"

#include <string.h>

#include "model/view.h"
#include "model/vocabulary.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* An expression, or a list of expressions. */
static void
read_values(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct view_column *c = target;
	const bool several = value->kind == NODE_SEQUENCE;
	const struct node *items = several ? value->items : value;
	const size_t nitems = several ? value->nitems : 1;

	if (several && !keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	c->values = arena_alloc(r->arena, nitems * sizeof(*c->values));
	for (size_t i = 0; i < nitems; i++)
		schema_read_condition(r, key, &items[i], &c->values[c->nvalues++]);
}

/* A unit of members, or one of them in a second. */
static void
read_unit(struct reader *r, const char *key, const struct node *value, void *target)
{
	static const char suffix[] = "/s";
	const size_t length = value->kind == NODE_SCALAR ? strlen(value->text) : 0, end = strlen(suffix);
	struct node unit = *value;

	if (length > end && strcmp(value->text + length - end, suffix) == 0)
		unit.text = arena_strndup(r->arena, value->text, length - end);
	if (keys_choice(r, key, &unit, vocabulary_units, vocabulary_nunits) >= 0)
		keys_word(r, key, value, target);
}

static void
read_type(struct reader *r, const char *key, const struct node *value, void *target)
{
	static const char *const types[] = { "time" };

	if (keys_choice(r, key, value, types, COUNT(types)) >= 0)
		keys_word(r, key, value, target);
}

static const struct key column_key_list[] = {
	{ "name", keys_word, offsetof(struct view_column, name), true },
	{ "value", read_values, 0, true },
	{ "unit", read_unit, offsetof(struct view_column, unit), false },
	{ "type", read_type, offsetof(struct view_column, type), false },
	{ "doc", keys_word, offsetof(struct view_column, doc), false },
	{ "bytes", keys_bool, offsetof(struct view_column, bytes), false },
};

static const struct key_table column_keys = { "a column", column_key_list, COUNT(column_key_list) };

/* The column behind the text `c`. */
static struct view_column
bytes_of(struct arena *a, const struct view_column *c)
{
	return (struct view_column){
		.name = { .at = c->name.at, .text = arena_printf(a, "%s" BYTES_COLUMN, c->name.text) },
		.values = c->values,
		.nvalues = c->nvalues,
		.is_bytes = true,
	};
}

static void
read_columns(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct view *v = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	v->columns = arena_alloc(r->arena, 2 * value->nitems * sizeof(*v->columns));
	for (size_t i = 0; i < value->nitems; i++) {
		struct view_column *c = &v->columns[v->ncolumns];

		if (!keys_read(r, &column_keys, &value->items[i], c))
			continue;
		v->ncolumns++;
		if (c->bytes)
			v->columns[v->ncolumns++] = bytes_of(r->arena, c);
	}
}

static const struct key name_key_list[] = {
	{ "name", keys_word, offsetof(struct view_name, name), true },
	{ "value", schema_read_condition, offsetof(struct view_name, value), true },
};

static const struct key_table name_keys = { "a name", name_key_list, COUNT(name_key_list) };

static void
read_names(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct view *v = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	v->names = arena_alloc(r->arena, value->nitems * sizeof(*v->names));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &name_keys, &value->items[i], &v->names[v->nnames]))
			v->nnames++;
}

static const struct key order_key_list[] = {
	{ "by", keys_word, offsetof(struct view_order, by), true },
	{ "descending", keys_bool, offsetof(struct view_order, descending), false },
};

static const struct key_table order_keys = { "'order'", order_key_list, COUNT(order_key_list) };

static void
read_order(struct reader *r, const char *key, const struct node *value, void *target)
{
	(void)key;
	keys_read(r, &order_keys, value, target);
}

static const struct key view_key_list[] = {
	{ "view", keys_word, offsetof(struct view, name), true },
	{ "doc", keys_word, offsetof(struct view, doc), true },
	{ "table", keys_word, offsetof(struct view, table), true },
	{ "where", schema_read_condition, offsetof(struct view, where), false },
	{ "names", read_names, 0, false },
	{ "columns", read_columns, 0, true },
	{ "order", read_order, offsetof(struct view, order), false },
	{ "direct", keys_bool, offsetof(struct view, direct), false },
};

static const struct key_table view_keys = { "a view", view_key_list, COUNT(view_key_list) };

struct view *
schema_read_view(struct arena *a, struct diag *d, const struct node *root)
{
	struct reader r = { .arena = a, .diag = d };
	struct view *v = arena_alloc(a, sizeof(*v));

	v->at = root->at;
	return keys_read(&r, &view_keys, root, v) ? v : NULL;
}
