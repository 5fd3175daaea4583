/*
 * chain: what an input of the target `chain` is: a byte for the layout, a byte for the number of cgroups that
 * the record counts, two for the size of the chain, the lower one first, then the chain and the list.
 */
#ifndef CHAIN_H
#define CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/log/cgroup.h"

#define CHAIN_HEADER_SIZE 4

struct chain_input {
	struct layout layout;
	uint64_t count;
	const uint8_t *chain, *list; /* in the input */
	size_t chain_size, list_size;
};

/* False if it is too short to be one. */
bool chain_take_apart(struct chain_input *in, const uint8_t *data, size_t size);

#endif
