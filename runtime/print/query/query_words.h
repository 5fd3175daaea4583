/*
 * query_words: the words that --tables can name, gathered from all releases of the catalog.
 */
#ifndef QUERY_WORDS_H
#define QUERY_WORDS_H

#include "print/query/word_set.h"
#include "rawlog/catalog/catalog.h"

/*
 * Calls `add` for each struct that has lines of its own, release by release, until it returns false. False then: no
 * memory. Lists of processes have no lines; they are part of the cgroups.
 */
bool query_words_of_structs(struct word_set *words,
    bool (*add)(struct word_set *words, const struct catalog_struct *s));

/* Adds the roles of these structs. False: no memory. */
bool query_words_of_roles(struct word_set *words);

#endif
