/*
 * dictionary_search: entries of the dictionary by name, pattern or words.
 */
#ifndef DICTIONARY_SEARCH_H
#define DICTIONARY_SEARCH_H

#include "atopdump/report/dictionary.h"

#define SEARCH_NEAR_MAX 256 /* bytes of a near name */

struct search_result {
	const struct dictionary_entry **entries; /* in the order of the dictionary */
	size_t count;
	bool named; /* one word names all of them: it is a path, or the end of one, or a column */
};

/*
 * Finds what the words mean. One word can be a path ("tstat.cpu.utime", or its end "cpu.utime", with or without []), a column
 * ("cpu_utime", "tstat.cpu_utime"), or a pattern of one of these (* and ?). Else all words must be parts of what is said
 * about an entry, in any case of letters; reserved members are left out then. False: out of memory, and nothing is owned.
 */
bool dictionary_search(const struct dictionary *d, char *const *words, size_t nwords, struct search_result *result);

void search_result_free(struct search_result *result);

/* A name that `word` is most likely meant to be; false: none is near, or out of memory. */
bool dictionary_nearest(const struct dictionary *d, const char *word, char near[SEARCH_NEAR_MAX]);

#endif
