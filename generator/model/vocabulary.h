/*
 * vocabulary: the closed lists of words of the schema language that more than one stage needs.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stddef.h>

/* What the key 'unit' takes. */
extern const char *const vocabulary_units[];
extern const size_t vocabulary_nunits;

/* What the key 'show' takes, by enum show; [0] is "". */
extern const char *const vocabulary_shows[];
extern const size_t vocabulary_nshows;

#endif
