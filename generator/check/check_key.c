/*
 * check_key: no line of the output has a key twice. The runtime's line_keys.h lists the keys that formats add to a line;
 * the formats print them by that list.
 */
#include "check/check_internal.h"

#include <string.h>

#include "../runtime/print/format/line_keys.h"

static const char *const line_keys[] = { LINE_KEYS };
static const char *const line_texts[] = { LINE_TEXTS };
static const char *const frames[] = { "rawheader", "rawrecord" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
is_one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

/* The word is `key`, or `key` with "_hex" behind it. */
static bool
is_key_of_text(const char *word, const char *key)
{
	const size_t length = strlen(key);

	return strncmp(word, key, length) == 0 && (word[length] == '\0' || strcmp(word + length, "_hex") == 0);
}

bool
key_is_taken(const char *role)
{
	for (size_t i = 0; i < COUNT(line_texts); i++)
		if (is_key_of_text(role, line_texts[i]))
			return true;
	return is_one_of(role, line_keys, COUNT(line_keys)) || is_one_of(role, frames, COUNT(frames));
}

/* A role is a key in lines and the name of a table, so each block has its own, and none is a key that formats add. */
void
check_role(struct diag *d, const struct release *r, const struct resolved_block *b)
{
	const struct word role = {
		.text = b->role,
		.at = b->block->role.text != NULL ? b->block->role.at : b->block->structure.at,
	};

	check_name(d, "role", &role);
	if (key_is_taken(b->role))
		diag_error(d, role.at, "role '%s' is taken: it has a meaning of its own in the output", b->role);
	for (const struct resolved_block *other = r->blocks; other < b; other++)
		if (strcmp(other->role, b->role) == 0)
			diag_error(d, role.at, "two blocks have the role '%s'", b->role);
}

/* The word is a key that the lines of a chain have beside the members: the name, the path, the processes. */
static bool
is_chain_key(const char *word, const char *tail)
{
	return is_key_of_text(word, tail) || is_key_of_text(word, CHAIN_PATH) || strcmp(word, CHAIN_PIDS) == 0;
}

/* In the lines of a chain, the name, the members and the keys that the format adds all differ. */
void
check_chain_keys(struct diag *d, const struct resolved_block *b)
{
	const char *tail = b->block->tail.text;

	if (tail == NULL)
		return;
	if (is_key_of_text(tail, CHAIN_PATH) || strcmp(tail, CHAIN_PIDS) == 0)
		diag_error(d, b->block->tail.at, "'%s' is the key of something else in the lines of '%s'", tail,
		    b->role);
	for (size_t i = 0; i < b->def->nfields; i++) {
		const struct field *f = &b->def->fields[i];
		const char *hex = arena_printf(d->arena, "%s_hex", f->key);

		if (is_chain_key(f->key, tail) || (field_is_text(f) && is_chain_key(hex, tail)))
			diag_error(d, f->member->name.at,
			    "member '%s' has a key that the lines of '%s' have themselves", f->member->name.text,
			    b->role);
	}
}
