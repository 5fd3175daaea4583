/*
 * sort_numbers: sorts numbers of items in place.
 */
#ifndef SORT_NUMBERS_H
#define SORT_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* `compare` is as that of qsort, for items with these numbers; it is never 0. */
void sort_numbers(uint32_t *numbers, size_t count, int (*compare)(const void *context, uint32_t a, uint32_t b),
    const void *context);

#endif
