/*
 * word_set: a plain list, searched from its start; the sets of a command line are small.
 */
#include <stdlib.h>
#include <string.h>

#include "print/query/word_distance.h"
#include "print/query/word_set.h"

#define DISTANCE_MAX     2
#define LETTERS_PER_SLIP 3

bool
word_set_has(const struct word_set *set, const char *word)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->words[i], word) == 0)
			return true;
	return false;
}

bool
word_set_add(struct word_set *set, const char *word)
{
	const char **words;

	if (word_set_has(set, word))
		return true;
	words = realloc(set->words, (set->count + 1) * sizeof *words);
	if (words == NULL)
		return false;
	set->words = words;
	set->words[set->count++] = word;
	return true;
}

/* Whether `part` is what follows the last dot of `word`. */
static bool
is_last_part(const char *word, const char *part)
{
	const char *dot = strrchr(word, '.');

	return dot != NULL && strcmp(dot + 1, part) == 0;
}

const char *
word_set_nearest(const struct word_set *set, const char *word)
{
	const size_t length = strlen(word);
	const char *nearest = NULL;
	size_t best = 1 + (length < DISTANCE_MAX * LETTERS_PER_SLIP ? 1 : DISTANCE_MAX);

	if (length > WORD_DISTANCE_SIZE_MAX)
		return NULL;
	for (size_t i = 0; i < set->count; i++) {
		const size_t distance = is_last_part(set->words[i], word) ? 0 : word_distance(word, set->words[i]);

		if (distance < best && distance < length) {
			best = distance;
			nearest = set->words[i];
		}
	}
	return nearest;
}

void
word_set_free(struct word_set *set)
{
	free(set->words);
	*set = (struct word_set){ NULL, 0 };
}
