/*
 * functions: the functions of the expression language: what each takes and returns, and where it can be used.
 */
#ifndef EXPR_FUNCTIONS_H
#define EXPR_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/dialect.h"

/*
 * A signature has a letter for the result and one for each argument:
 *
 *	i  an integer          t  a text               R  a struct, by its name
 *	r  a real              m  a text of a member   A  an array, by its name
 *	n  an integer or real  l  an integer literal   s  of the result: the type that the numbers have together
 *	b  true or false
 */
struct expr_function {
	const char *name;
	const char *signature;
	unsigned dialects;
	const char *needs; /* its arguments, in a message: "two numbers" */
	bool writes;       /* it makes a text, for which it needs memory of the row */
};

/* By name; NULL: the dialect has none. */
const struct expr_function *expr_function_find(const char *name, enum expr_dialect dialect);

/* The i-th function of the dialect; NULL: there are not so many. */
const struct expr_function *expr_function_at(size_t i, enum expr_dialect dialect);

#endif
