/*
 * integer_bits: the bits of leaves, and what operations add to those of their operands.
 */
#include "model/integer_bits.h"

#define BITS_MAX   64
#define BITS_COUNT 33 /* of functions that return an int, or the length of a text */

static unsigned
larger(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static unsigned
smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned
bits_of_literal(uint64_t value)
{
	unsigned bits = 1;

	for (; value > 0; value >>= 1)
		bits++;
	return smaller(bits, BITS_MAX); /* a hex literal can be a negative number */
}

/* More than 64: it can have a value above INT64_MAX. */
static unsigned
bits_of_member(const struct typed_leaf *leaf)
{
	unsigned size = 1;

	if (leaf->ctype->kind == TYPE_CHAR)
		return 8;
	for (size_t m = 0; m < MODELS_MAX; m++)
		size = larger(size, leaf->ctype->size[m]);
	return 8 * size + (leaf->ctype->kind == TYPE_UNSIGNED ? 1 : 0);
}

static bool
cannot_be_minus_one(const struct typed *t)
{
	return t->kind == EXPR_INTEGER && t->integer <= INT64_MAX;
}

static unsigned
bits_of_binary(const struct typed *t)
{
	const unsigned a = integer_bits(t->args[0]), b = integer_bits(t->args[1]);

	switch (t->op) {
	case OP_ADD:
	case OP_SUB: return larger(a, b) + 1;
	case OP_MUL: return a + b;
	case OP_DIV: return cannot_be_minus_one(t->args[1]) ? a : a + 1;
	case OP_MOD: return smaller(a, b);
	default: return larger(a, b);
	}
}

static unsigned
bits_of_call(const struct typed *t)
{
	unsigned bits = 0;

	if (leaf_of(t)->source == FROM_VARIABLE)
		return BITS_MAX;
	if (t->function->signature[0] == 'i')
		return BITS_COUNT;
	for (size_t i = 0; i < t->nargs; i++)
		bits = larger(bits, t->args[i]->type == TYPE_IS_INTEGER ? integer_bits(t->args[i]) : BITS_MAX);
	return bits;
}

/* More than 64: the value may not fit. */
static unsigned
bits_needed(const struct typed *t)
{
	switch (t->kind) {
	case EXPR_INTEGER:
	case EXPR_LETTER: return bits_of_literal(t->integer);
	case EXPR_NULL: return 1;
	case EXPR_PATH: return t->member ? bits_of_member(leaf_of(t)) : BITS_MAX;
	case EXPR_MINUS: return t->args[0]->kind == EXPR_INTEGER ? BITS_MAX : integer_bits(t->args[0]) + 1;
	case EXPR_BINARY: return bits_of_binary(t);
	case EXPR_CHOICE: return larger(integer_bits(t->args[1]), integer_bits(t->args[2]));
	case EXPR_CALL: return bits_of_call(t);
	default: return BITS_MAX;
	}
}

unsigned
integer_bits(const struct typed *t)
{
	return smaller(bits_needed(t), BITS_MAX);
}

bool
integer_can_outgrow(const struct typed *t)
{
	return t->null_by_size && t->type == TYPE_IS_INTEGER && bits_needed(t) > BITS_MAX;
}
