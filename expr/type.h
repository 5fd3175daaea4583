/*
 * type: gives a tree types. One pass serves schemas, labels, views and conditions of the command line. It knows the rules of
 * operators, functions, units and null; what differs between the places where an expression can stand is data
 * (expr/dialect.h). Names are looked up by the caller's resolver.
 */
#ifndef EXPR_TYPE_H
#define EXPR_TYPE_H

#include "expr/typed.h"

struct expr_resolver {
	enum expr_dialect dialect;
	const struct expr_memory *memory;
	void *context; /* of all functions below */

	/*
	 * The node of a path: its type, unit, room, member, single, nullable and leaf; made by typed_make. NULL: it is reported
	 * that the path has no value. `beside`: what the next function said.
	 */
	struct typed *(*path)(void *context, const struct expr *e, const void *beside);

	/* What paths in the other operand of &, == and != can use of this operand; NULL: nothing. The function can be NULL. */
	const void *(*beside)(void *context, const struct expr *operand);

	/* A name that is a struct ('R') or an array ('A'), which are no values; NULL: it is none. The function can be NULL. */
	struct typed *(*name)(void *context, const struct expr *e, char letter);

	/* By whom the arguments behind an array are resolved. Can be NULL if `name` knows no arrays. */
	const struct expr_resolver *(*within)(void *context, const struct typed *array);

	/* The time that a text stands for. False: none. Needed in dialects that have times. */
	bool (*time)(const char *text, int64_t *seconds);

	/* "; did you mean 'x'?" with the candidate that is near to `name`, or "". */
	const char *(*hint)(void *context, const char *name, const char *const *candidates, size_t n);

	/* Is called for each error, at the node or operand that is at fault. */
	void (*report)(void *context, const struct expr *e, const char *message);
};

/* The typed tree of a value. NULL: what is wrong with each part was reported, or memory was missing, which is reported too. */
struct typed *expr_type_tree(const struct expr_resolver *r, const struct expr *e);

/* The same for what must be true or false. */
struct typed *expr_type_truth(const struct expr_resolver *r, const struct expr *e);

/* The tree of an expression that stands in the place of a path, whose `beside` the caller knows not. Null may have no type. */
struct typed *expr_type_part(const struct expr_resolver *r, const struct expr *e);

/* A node of the kind and text of `e`; NULL: no memory, which is reported. */
struct typed *typed_make(const struct expr_resolver *r, const struct expr *e, enum expr_type type);

#endif
