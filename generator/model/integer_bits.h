/*
 * integer_bits: how large the integers of typed expressions can be.
 */
#ifndef INTEGER_BITS_H
#define INTEGER_BITS_H

#include "model/scope.h"

/*
 * The most bits that a value of TYPE_IS_INTEGER needs, sign included: 8 of a char, 33 of an unsigned int. What needs more than 64
 * is null or wraps, so that the result is at most 64.
 */
unsigned integer_bits(const struct typed *t);

/*
 * Whether the node itself is null where its value does not fit into 64 bits, and can have such a value: an unsigned member, or an
 * operation on values that fit.
 */
bool integer_can_outgrow(const struct typed *t);

#endif
