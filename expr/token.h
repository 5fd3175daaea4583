/*
 * token: the tokens of an expression, one after the other. Only for parse.c.
 */
#ifndef EXPR_TOKEN_H
#define EXPR_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/error.h"

enum token_kind {
	TOKEN_END,
	TOKEN_INTEGER,
	TOKEN_REAL,
	TOKEN_LETTER,
	TOKEN_TEXT,
	TOKEN_NAME,
	TOKEN_SIGN /* an operator or a bracket */
};

struct token {
	enum token_kind kind;
	const char *start;
	size_t length;
};

struct tokens {
	const char *text; /* the expression */
	const char *next; /* behind the token; at first the start of the expression */
	bool plain;       /* as in expr_parse */
	struct token token;
	bool failed; /* `error` is filled; what follows the first error is not reported */
	struct expr_error *error;
};

/* Moves on to the next token. What is none is an error, and the end. */
void token_advance(struct tokens *t);

/* Reports that the current token stands where `expected` should be, unless an error was reported before. */
void token_fail(struct tokens *t, const char *expected);

/* Whether the current token is this operator or bracket. */
bool token_is_sign(const struct tokens *t, const char *sign);

#endif
