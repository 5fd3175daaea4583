/*
 * word_distance: how far a word is from another, to find the one that was meant.
 */
#ifndef WORD_DISTANCE_H
#define WORD_DISTANCE_H

#include <stddef.h>

#define WORD_DISTANCE_SIZE_MAX 63 /* bytes of a word; longer words are near to none */

/*
 * How many times a letter must be added, removed or changed, or two neighbours swapped, to turn `a` into `b` (optimal string
 * alignment). SIZE_MAX: one is too long.
 */
size_t word_distance(const char *a, const char *b);

#endif
