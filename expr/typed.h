/*
 * typed: trees in which every node has a type, a unit, and conversions of its own. expr/type.h makes them.
 */
#ifndef EXPR_TYPED_H
#define EXPR_TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "expr/expr.h"
#include "expr/functions.h"

enum expr_type {
	TYPE_IS_INTEGER, /* 64 bits, two's complement */
	TYPE_IS_REAL,    /* double */
	TYPE_IS_TEXT,    /* bytes up to the first NUL */
	TYPE_IS_BOOLEAN,
	TYPE_IS_TIME,   /* an integer, seconds since 1970 */
	TYPE_IS_NULL,   /* the literal null beside nothing that has a type */
	TYPE_IS_STRUCT, /* an argument of a function */
	TYPE_IS_ARRAY   /* the same */
};

/*
 * A node. Two kinds are in typed trees only: EXPR_TO_REAL makes a real of an integer, and EXPR_TRUTH makes true or false of
 * its operand, false of null. A leaf of kind EXPR_NULL with another type than TYPE_IS_NULL is null, of that type. A text
 * literal beside a time is an EXPR_INTEGER of TYPE_IS_TIME.
 */
struct typed {
	enum expr_kind kind;
	enum expr_type type;
	enum expr_operator op;
	const struct expr *from; /* where it is written; of a conversion its operand */
	uint64_t integer;        /* EXPR_INTEGER, EXPR_LETTER, EXPR_BOOLEAN */
	const char *text;        /* a literal, a function or an operator, as in struct expr */
	const char *unit;        /* NULL: unknown, or none */
	uint64_t room;           /* the bytes that a text has at most; 0: unknown */
	bool member;             /* EXPR_PATH: the value of a member or a column */
	bool single;             /* EXPR_PATH: its reals are float32 */
	bool nullable;
	bool null_by_zero;                    /* EXPR_BINARY: a division by 0 is null; else it is 0 */
	bool null_by_size;                    /* an integer that does not fit into 64 bits is null; else it wraps */
	const struct expr_function *function; /* EXPR_CALL */
	void *leaf;                           /* of a path: whatever its resolver adds; NULL: nothing */
	struct typed **args;
	size_t nargs;
};

/* Whether the value is null whatever its leaves are: a part that all of it needs is the null of a member that is lacking. */
bool typed_is_null(const struct typed *t);

/* What a type is called in messages: "an integer". */
const char *typed_name(enum expr_type type);

/* Calls `found` for each leaf, arguments of functions included, and for each call before its arguments. */
void typed_each(struct typed *t, void (*found)(struct typed *node, void *context), void *context);

#endif
