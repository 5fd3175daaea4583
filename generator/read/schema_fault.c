/*
 * schema_fault: the keys of a known fault of recorders.
 */
#include "read/schema.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
read_by(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct word word = { .text = NULL };
	uint64_t size = 0;
	bool negative;

	keys_word(r, key, value, &word);
	if (word.text == NULL)
		return;
	negative = word.text[0] == '-';
	if (!keys_parse_number(word.text + negative, strlen(word.text) - negative, &size) || size == 0 ||
	    size > MOVE_MAX)
		diag_error(r->diag, value->at, "'%s' must be a number of places other than 0, at most %d; found '%s'",
		    key, MOVE_MAX, word.text);
	else
		*(int *)target = negative ? -(int)size : (int)size;
}

static const struct key move_key_list[] = {
	{ "from", keys_word, offsetof(struct move, from), true },
	{ "to", keys_word, offsetof(struct move, to), true },
	{ "by", read_by, offsetof(struct move, by), true },
};

static const struct key_table move_keys = { "'moved'", move_key_list, COUNT(move_key_list) };

static void
read_moves(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct known_fault *f = target;

	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	f->moves = arena_alloc(r->arena, value->nitems * sizeof(*f->moves));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &move_keys, &value->items[i], &f->moves[f->nmoves]) && f->moves[f->nmoves].by != 0)
			f->nmoves++;
}

static void
read_nulls(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct known_fault *f = target;

	keys_words(r, key, value, &f->nulls, &f->nnulls);
}

static const struct key fault_key_list[] = {
	{ "name", keys_word, offsetof(struct known_fault, name), true },
	{ "struct", keys_word, offsetof(struct known_fault, structure), true },
	{ "when", schema_read_condition, offsetof(struct known_fault, when), true },
	{ "moved", read_moves, 0, false },
	{ "null", read_nulls, 0, false },
	{ "note", keys_word, offsetof(struct known_fault, note), true },
	{ "source", keys_word, offsetof(struct known_fault, source), true },
};

static const struct key_table fault_keys = { "a fault", fault_key_list, COUNT(fault_key_list) };

void
schema_read_faults(struct reader *r, const char *key, const struct node *value, void *target)
{
	struct schema *s = target;

	s->states_faults = true;
	if (value->kind == NODE_SEQUENCE && value->nitems == 0)
		return;
	if (!keys_expect(r, key, value, NODE_SEQUENCE))
		return;
	if (value->nitems > FAULTS_MAX) {
		diag_error(r->diag, value->at, "more than %d faults", FAULTS_MAX);
		return;
	}
	s->faults = arena_alloc(r->arena, value->nitems * sizeof(*s->faults));
	for (size_t i = 0; i < value->nitems; i++)
		if (keys_read(r, &fault_keys, &value->items[i], &s->faults[s->nfaults]))
			s->nfaults++;
}
