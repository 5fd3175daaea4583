/*
 * schema_member: the keys of a member, one line of a struct.
 */
#include "read/schema.h"

#include <string.h>

#include "model/scope.h"
#include "model/vocabulary.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- dims ---------------------------------------------------------------------------------------------- */

static bool
is_word_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Parses one term at `*text` and moves past it; false if none stands there. */
static bool
parse_term(struct reader *r, const char **text, struct term *term)
{
	size_t length = 0;

	while (is_word_character((*text)[length]))
		length++;
	if (length == 0)
		return false;
	if (**text >= '0' && **text <= '9') {
		if (!keys_parse_number(*text, length, &term->value))
			return false;
	} else {
		term->name = arena_strndup(r->arena, *text, length);
	}
	*text += length;
	return true;
}

/* Parses "PNAMLEN + 1"; false if the text is no such sum. */
static bool
parse_sum(struct reader *r, const struct node *node, struct dim *dim)
{
	const char *p = node->text;

	for (;;) {
		struct term *term;

		dim->terms = arena_grow(r->arena, dim->terms, dim->nterms, sizeof(*dim->terms));
		term = &dim->terms[dim->nterms++];
		*term = (struct term){ .at = node->at };
		p += strspn(p, " ");
		if (!node->quoted)
			term->at.column += (unsigned)(p - node->text);
		if (!parse_term(r, &p, term))
			return false;
		p += strspn(p, " ");
		if (*p == '\0')
			return true;
		if (*p++ != '+')
			return false;
	}
}

static void
read_dims(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct member *m = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	if (value->nitems > DIMS_MAX) {
		diag_error(r->diag, value->at, "more than %d dimensions", DIMS_MAX);
		return;
	}
	for (size_t i = 0; i < value->nitems; i++) {
		const struct node *item = &value->items[i];
		struct dim *dim = &m->dims[m->ndims];

		if (!keys_expect(r, "a dimension", item, NODE_SCALAR))
			continue;
		dim->text = (struct word){ .text = item->text, .at = item->at };
		if (parse_sum(r, item, dim))
			m->ndims++;
		else if (item->text[0] == '-')
			diag_error(r->diag, item->at, "dimension '%s' is negative", item->text);
		else
			diag_error(r->diag, item->at, "dimension '%s' is not a sum of numbers and constants",
			    item->text);
	}
}

/* --- count --------------------------------------------------------------------------------------------- */

struct count_line {
	struct word of;
	struct word until;
	uint64_t clamp;
};

static const struct key count_key_list[] = {
	{ "of", keys_word, offsetof(struct count_line, of), false },
	{ "clamp", keys_uint64, offsetof(struct count_line, clamp), false },
	{ "until", keys_word, offsetof(struct count_line, until), false },
};

static const struct key_table count_keys = { "'count'", count_key_list, COUNT(count_key_list) };

static void
read_count(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct member *m = target;
	struct count_line line = { .clamp = 0 };

	if (value->kind == NODE_SCALAR) {
		m->count_rule = COUNT_MEMBER;
		keys_word(r, key, value, &m->count);
		return;
	}
	if (!keys_read(r, &count_keys, value, &line))
		return;
	if ((line.of.text == NULL) == (line.until.text == NULL) || (line.until.text != NULL && line.clamp > 0)) {
		diag_error(r->diag, value->at, "'count' is NAME, {of: NAME, clamp: 1} or {until: NAME}");
		return;
	}
	m->count_rule = line.until.text != NULL ? COUNT_UNTIL : line.clamp > 0 ? COUNT_CLAMP : COUNT_MEMBER;
	m->clamp = line.clamp;
	m->count = line.until.text != NULL ? line.until : line.of;
}

/* --- the rest ------------------------------------------------------------------------------------------ */

void
schema_read_condition(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct condition *c = target;

	keys_word(r, key, value, &c->word);
	if (c->word.text != NULL)
		c->tree = condition_parse(r->diag, value->at, value->text);
}

static void
read_unfilled(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct member *m = target;

	keys_words(r, key, value, &m->unfilled, &m->nunfilled);
}

static void
read_unit(struct reader *r, const char *key, const struct node *value, void *target)
{
	if (keys_choice(r, key, value, vocabulary_units, vocabulary_nunits) >= 0)
		keys_word(r, key, value, target);
}

static void
read_kind(struct reader *r, const char *key, const struct node *value, void *target)
{
	static const char *const kinds[] = { "gauge", "delta" };

	*(bool *)target = keys_choice(r, key, value, kinds, COUNT(kinds)) == 1;
}

static void
read_show(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct member *m = target;
	const int show = keys_choice(r, key, value, vocabulary_shows + 1, vocabulary_nshows - 1);

	if (show < 0)
		return;
	m->show = (enum show)(show + 1);
	m->show_at = value->at;
}

static void
read_absent(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct member *m = target;
	const uint64_t most = (uint64_t)INT64_MAX;
	uint64_t size;
	bool negative;

	if (!keys_expect(r, key, value, NODE_SCALAR))
		return;
	negative = value->text[0] == '-';
	if (value->quoted || !keys_parse_number(value->text + negative, strlen(value->text) - negative, &size) ||
	    size > most + negative) {
		diag_error(r->diag, value->at, "'%s' must be a signed number of at most 64 bits; found '%s'", key,
		    value->text);
		return;
	}
	m->has_absent = true;
	m->absent = !negative ? (int64_t)size : size > most ? INT64_MIN : -(int64_t)size;
	m->absent_at = value->at;
}

static const struct key member_key_list[] = {
	{ "name", keys_word, offsetof(struct member, name), true },
	{ "type", keys_word, offsetof(struct member, type), true },
	{ "dims", read_dims, 0, false },
	{ "count", read_count, 0, false },
	{ "live", schema_read_condition, offsetof(struct member, live), false },
	{ "when", schema_read_condition, offsetof(struct member, when), false },
	{ "unfilled", read_unfilled, 0, false },
	{ "unit", read_unit, offsetof(struct member, unit), false },
	{ "kind", read_kind, offsetof(struct member, delta), false },
	{ "show", read_show, 0, false },
	{ "bits", keys_word, offsetof(struct member, bits), false },
	{ "absent", read_absent, 0, false },
	{ "reserved", keys_bool, offsetof(struct member, reserved), false },
	{ "column", keys_word, offsetof(struct member, column), false },
	{ "was", keys_word, offsetof(struct member, was), false },
	{ "doc", keys_word, offsetof(struct member, doc), false },
};

static const struct key_table member_keys = { "a member", member_key_list, COUNT(member_key_list) };

/* Whether generated code is the same whatever this key says, or `resolve` compares what it means. */
static bool
is_told_apart_elsewhere(const char *key)
{
	static const char *const keys[] = { "name", "type", "dims", "unit", "kind", "bits", "column", "was", "doc" };

	for (size_t i = 0; i < COUNT(keys); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static const char *
node_text(struct arena *a, const struct node *node)
{
	const char *text = "";

	if (node->kind == NODE_SCALAR)
		return arena_printf(a, "'%s'", node->text);
	for (size_t i = 0; i < node->nitems; i++)
		text = arena_printf(a, "%s%s%s, ", text, node->kind == NODE_MAPPING ? node->keys[i].text : "",
		    node_text(a, &node->items[i]));
	return arena_printf(a, "[%s]", text);
}

/* The line's other keys, in the order of the table. A key that is new in the language is among them. */
static const char *
rest_of(struct arena *a, const struct node *node)
{
	const char *text = "";

	for (size_t k = 0; k < member_keys.nkeys; k++)
		for (size_t i = 0; i < node->nitems; i++)
			if (strcmp(node->keys[i].text, member_keys.keys[k].name) == 0 &&
			    !is_told_apart_elsewhere(node->keys[i].text))
				text = arena_printf(a, "%s%s: %s; ", text, node->keys[i].text,
				    node_text(a, &node->items[i]));
	return text;
}

bool
schema_read_member(struct reader *r, const struct node *node, struct member *m)
{
	*m = (struct member){ .ndims = 0 }; /* may hold one that was not worth keeping */
	if (!keys_read(r, &member_keys, node, m) || m->name.text == NULL || m->type.text == NULL)
		return false;
	m->rest = rest_of(r->arena, node);
	return true;
}
