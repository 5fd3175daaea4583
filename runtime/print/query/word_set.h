/*
 * word_set: a set of words in the order in which they were added.
 */
#ifndef WORD_SET_H
#define WORD_SET_H

#include <stdbool.h>
#include <stddef.h>

struct word_set {
	const char **words; /* the strings are owned by the caller and must outlive the set */
	size_t count;
};

/* Appends `word` unless the set has it. False: no memory, and the set is unchanged. */
bool word_set_add(struct word_set *set, const char *word);

bool word_set_has(const struct word_set *set, const char *word);

/*
 * The word of the set that `word` is most likely meant to be: one that ends in ".word", or else the first with the least
 * distance, which is at most 1 for words of less than 6 letters, else 2. NULL: none is near.
 */
const char *word_set_nearest(const struct word_set *set, const char *word);

/* Frees what the set has allocated; it is empty then. */
void word_set_free(struct word_set *set);

#endif
