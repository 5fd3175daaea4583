/*
 * process_facts: looks at all names, command lines and ids that a process had.
 */
#include "atopdump/report/process_facts.h"

#include <string.h>

#include "print/text/character.h"

#define NAME_SIZE     15 /* bytes of a name that kernels keep: a longer one can end within a character */
#define CHARACTER_MAX 4  /* bytes */

/* A fact that is looked for. */
struct search {
	const struct processes *processes;
	const char *text; /* that it is compared with */
	size_t size;
	uint32_t first; /* the first ids */
	bool found;
};

/* --- names ------------------------------------------------------------------------------------------------------- */

/* Whether the bytes, fewer than a character has, can begin one. */
static bool
begins_character(const unsigned char *p, size_t size)
{
	unsigned char whole[CHARACTER_MAX];

	for (size_t length = size + 1; length <= CHARACTER_MAX; length++) {
		memset(whole, 0x80, sizeof whole);
		memcpy(whole, p, size);
		if (character_length(whole, length) == length)
			return true;
		memset(whole + size, 0xbf, sizeof whole - size); /* some first bytes are followed by large ones only */
		if (character_length(whole, length) == length)
			return true;
	}
	return false;
}

static void
find_not_utf8(void *context, uint32_t value, int64_t since)
{
	struct search *s = context;
	size_t size, length;
	const unsigned char *p = (const unsigned char *)strings_get(&s->processes->strings, value, &size);

	(void)since;
	for (size_t i = 0; i < size; i += length) {
		length = character_length(p + i, size - i);
		if (length > 0)
			continue;
		s->found = s->found || size < NAME_SIZE || size - i >= CHARACTER_MAX ||
		    !begins_character(p + i, size - i);
		return;
	}
}

static void
find_controls(void *context, uint32_t value, int64_t since)
{
	struct search *s = context;
	size_t size, length;
	const unsigned char *p = (const unsigned char *)strings_get(&s->processes->strings, value, &size);

	(void)since;
	for (size_t i = 0; i < size; i += length) {
		length = character_length(p + i, size - i);
		if (length > 0 && (character_is_control(p + i, length) || character_is_direction(p + i, length)))
			s->found = true;
		length = length > 0 ? length : 1;
	}
}

/* --- names and command lines ------------------------------------------------------------------------------------- */

static bool
has(const char *text, size_t size, const char *part, size_t part_size)
{
	for (size_t i = 0; i + part_size <= size; i++)
		if (memcmp(text + i, part, part_size) == 0)
			return true;
	return false;
}

/* Whether a name is in the text; an empty one is not. */
static void
find_name_in(void *context, uint32_t value, int64_t since)
{
	struct search *s = context;
	size_t size;
	const char *name = strings_get(&s->processes->strings, value, &size);

	(void)since;
	s->found = s->found || (size > 0 && has(s->text, s->size, name, size));
}

static void
find_text_in(void *context, uint32_t value, int64_t since)
{
	struct search *s = context;
	size_t size;
	const char *cmdline = strings_get(&s->processes->strings, value, &size);

	(void)since;
	s->found = s->found || (s->size > 0 && has(cmdline, size, s->text, s->size));
}

static void
get_name_in_cmdline(const struct processes *p, const struct process *one, struct cell *cell)
{
	const uint32_t name = process_last(p, one, TRAIT_NAME), cmdline = process_last(p, one, TRAIT_CMDLINE);
	struct search s = { .processes = p };

	if (name == STRING_NONE || cmdline == STRING_NONE)
		return;
	s.text = strings_get(&p->strings, cmdline, &s.size);
	if (s.size == 0)
		return;
	process_each(p, one, TRAIT_NAME, find_name_in, &s);
	s.text = strings_get(&p->strings, name, &s.size);
	if (s.size == 0)
		return;
	process_each(p, one, TRAIT_CMDLINE, find_text_in, &s);
	cell_set(cell, CELL_BOOLEAN, s.found);
}

/* --- ids --------------------------------------------------------------------------------------------------------- */

static void
find_other_ids(void *context, uint32_t value, int64_t since)
{
	struct search *s = context;
	struct process_ids first, ids;
	size_t size;

	(void)since;
	if (s->first == STRING_NONE)
		s->first = value;
	memcpy(&first, strings_get(&s->processes->strings, s->first, &size), sizeof first);
	memcpy(&ids, strings_get(&s->processes->strings, value, &size), sizeof ids);
	for (unsigned i = 0; i < 2; i++) /* real and effective user */
		if ((first.known & ids.known & 1u << i) != 0 && first.id[i] != ids.id[i])
			s->found = true;
}

static void
find_all(const struct timeline_row *row, enum process_trait trait,
    void (*find)(void *context, uint32_t value, int64_t since), bool found_is, struct cell *cell)
{
	struct search s = { .processes = row->processes, .first = STRING_NONE };

	if (row->process->traits[trait] == STRING_NONE)
		return;
	process_each(row->processes, row->process, trait, find, &s);
	cell_set(cell, CELL_BOOLEAN, s.found == found_is);
}

void
process_fact_get(const struct timeline_row *row, size_t column, struct cell *cell)
{
	switch (column) {
	case TIMELINE_NAME_UTF8: find_all(row, TRAIT_NAME, find_not_utf8, false, cell); break;
	case TIMELINE_NAME_CONTROLS: find_all(row, TRAIT_NAME, find_controls, true, cell); break;
	case TIMELINE_NAME_IN_CMDLINE: get_name_in_cmdline(row->processes, row->process, cell); break;
	default: find_all(row, TRAIT_IDS, find_other_ids, true, cell); break;
	}
}
