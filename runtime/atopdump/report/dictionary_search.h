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
	size_t nnamed; /* so many of them, the first ones, are named: by a path, the end of one, a column, a view */
};

/*
 * Finds what the words mean. One word can be a path ("tstat.cpu.utime", or its end "cpu.utime", with or without []), a column
 * ("cpu_utime", "tstat.cpu_utime"), a view ("top", "top.rss"), or a pattern of one of these (* and ?). Else,
 * and also if the word names a view and nothing else, all words must be parts of what is said
 * about an entry, in any case of letters; reserved members are left out then. False: out of memory, and nothing is owned.
 */
bool dictionary_search(const struct dictionary *d, char *const *words, size_t nwords, struct search_result *result);

void search_result_free(struct search_result *result);

/* A name that `word` is most likely meant to be; false: none is near, or out of memory. */
bool dictionary_nearest(const struct dictionary *d, const char *word, char near[SEARCH_NEAR_MAX]);

#endif
