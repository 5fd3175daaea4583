/*
 * bound: the maximum length of a struct's JSON, computed from the field dictionary; and structs that print about as long.
 */
#ifndef BOUND_H
#define BOUND_H

#include "rawlog/catalog/catalog.h"

/* The most bytes that any host struct prints as one JSON object. */
uint64_t bound_json(const struct definition *d, unsigned print);

/*
 * Fills a host struct, of all zeros, so that it prints long: arrays are full, numbers have many digits, texts consist of
 * `byte`.
 */
void bound_fill(const struct definition *d, unsigned char *host, unsigned char byte);

/* Of the arrays in a host struct of any content, `most` elements are in use, or all if there are fewer. */
void bound_elements(const struct definition *d, unsigned char *host, uint64_t most);

#endif
