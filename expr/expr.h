/*
 * expr: expressions as trees. expr_parse makes a tree of text and knows no names: what a path, a function or an operator
 * means is decided by the caller, who gives the nodes types.
 *
 *	expr    = or ["?" expr ":" expr]
 *	or      = and {"||" and}
 *	and     = cmp {"&&" cmp}
 *	cmp     = bits [("==" | "!=" | "<" | "<=" | ">" | ">=") bits | ("=~" | "!~") text]
 *	bits    = sum {"&" sum}
 *	sum     = prod {("+" | "-") prod}
 *	prod    = unary {("*" | "/" | "%") unary}
 *	unary   = ["-" | "!"] unary | primary
 *	primary = 123 | 0x1f | 1.5 | 'c' | text | "null" | "true" | "false" | path | name "(" [expr {"," expr}] ")"
 *	        | "(" expr ")"
 *	path    = name {"." name | "[" 123 "]"}
 *
 * "&" binds closer than "==", other than in C. A text is in double quotes; \" and \\ in it stand for " and \, and any other
 * backslash is an error.
 */
#ifndef EXPR_H
#define EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "expr/error.h"

enum expr_kind {
	EXPR_INTEGER,
	EXPR_REAL,
	EXPR_LETTER,  /* 'c' */
	EXPR_TEXT,    /* "text" */
	EXPR_NULL,    /* null */
	EXPR_BOOLEAN, /* true, false */
	EXPR_PATH,    /* a name, or names and indices */
	EXPR_CALL,
	EXPR_MINUS,
	EXPR_NOT,
	EXPR_BINARY,
	EXPR_CHOICE,  /* a ? b : c */
	EXPR_TO_REAL, /* this and the next: of typed trees (expr/typed.h) */
	EXPR_TRUTH
};

enum expr_operator {
	OP_OR,
	OP_AND,
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_MATCH,    /* =~: the text has a part that the pattern matches */
	OP_NO_MATCH, /* !~ */
	OP_BITS,
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_MOD
};

#define EXPR_DEPTH_MAX 64 /* parentheses and signs within each other */
#define EXPR_NODES_MAX \
	512 /* names, literals and operators of one expression; chains of operators are as deep as long */

struct expr {
	enum expr_kind kind;
	size_t offset, length; /* bytes of the source: a path, a literal; of an operation its operator */
	const char *text;      /* as written: a path, a function, an operator; a text without its quotes and escapes */
	uint64_t integer;      /* EXPR_INTEGER, EXPR_LETTER; EXPR_BOOLEAN: 0 or 1 */
	enum expr_operator op; /* EXPR_BINARY */
	struct expr **args;    /* operands in order */
	size_t nargs;
};

/* Where a tree is allocated. It is never freed in parts. */
struct expr_memory {
	void *(*alloc)(void *context, size_t size); /* aligned for any object; NULL: no memory */
	void *context;
};

/*
 * The tree of `text`, in `memory`. NULL: `error` has the first syntax error, or "out of memory". `plain`: the blanks between
 * tokens are spaces only, and texts are printable ASCII without backslashes, so that they can stand in C as they are.
 */
struct expr *expr_parse(const struct expr_memory *memory, const char *text, bool plain, struct expr_error *error);

/* How an operator is written. */
const char *expr_operator_text(enum expr_operator op);

/* Calls `found` for each path of the tree, in order. */
void expr_each_path(const struct expr *e, void (*found)(const struct expr *path, void *context), void *context);

/* A number of `length` bytes, decimal without leading zeros, or hex after 0x. False: it is none, or has more than 64 bits. */
bool expr_number(const char *text, size_t length, uint64_t *value);

#endif
