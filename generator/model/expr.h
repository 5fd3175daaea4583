/*
 * expr: expressions of the schema language, as trees. expr_parse makes a tree of text and knows no names; expr_type looks
 * its names up in a scope and makes a tree in which every node has a type, once for each release that means it.
 *
 *	expr    = or ["?" expr ":" expr]
 *	or      = and {"||" and}
 *	and     = cmp {"&&" cmp}
 *	cmp     = bits [("==" | "!=" | "<" | "<=" | ">" | ">=") bits]
 *	bits    = sum {"&" sum}
 *	sum     = prod {("+" | "-") prod}
 *	prod    = unary {("*" | "/" | "%") unary}
 *	unary   = ["-" | "!"] unary | primary
 *	primary = 123 | 0x1f | 1.5 | 'c' | "text" | path | name "(" [expr {"," expr}] ")" | "(" expr ")"
 *	path    = name {"." name | "[" 123 "]"}
 *
 * "&" binds closer than "==", other than in C.
 */
#ifndef EXPR_H
#define EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct arena;
struct ctype;
struct definition;
struct release;

enum expr_kind {
	EXPR_INTEGER,
	EXPR_REAL,
	EXPR_LETTER, /* 'c' */
	EXPR_TEXT,   /* "text" */
	EXPR_PATH,   /* a name, or names and indices */
	EXPR_CALL,
	EXPR_MINUS,
	EXPR_NOT,
	EXPR_BINARY,
	EXPR_CHOICE /* a ? b : c */
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
	OP_BITS,
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_MOD
};

#define EXPR_DEPTH_MAX 64  /* parentheses and signs within each other */
#define EXPR_NODES_MAX 512 /* names, literals and operators of one expression */

struct expr {
	enum expr_kind kind;
	struct position at;    /* of a binary operation: its operator */
	const char *text;      /* as written: a path, a function, an operator; a text without its quotes */
	uint64_t integer;      /* EXPR_INTEGER and EXPR_LETTER */
	enum expr_operator op; /* EXPR_BINARY */
	struct expr **args;    /* operands in order */
	size_t nargs;
};

/*
 * The tree of `text`, a scalar that stands at `at`; NULL after reporting the first syntax error.
 */
struct expr *expr_parse(struct diag *d, struct position at, const char *text);

/* How an operator is written. */
const char *expr_operator_text(enum expr_operator op);

/* --- typed ---------------------------------------------------------------------------------------------------- */

enum expr_type {
	TYPE_IS_INTEGER, /* 64 bits, two's complement, wraps */
	TYPE_IS_REAL,    /* double */
	TYPE_IS_TEXT,    /* bytes up to the first NUL */
	TYPE_IS_BOOLEAN
};

/* What a typed leaf takes its value from. */
enum expr_source {
	FROM_LITERAL,
	FROM_MEMBER,
	FROM_INDEX /* the element's index in its array */
};

struct typed {
	enum expr_kind kind;
	enum expr_type type;
	enum expr_operator op;
	enum expr_source source;
	uint64_t integer;          /* a literal, a constant or a flag, as it is written in C */
	const char *text;          /* a literal as written */
	const char *access;        /* FROM_MEMBER: the member in C: "v->gpu.state" */
	const struct ctype *ctype; /* FROM_MEMBER: its basic type */
	uint64_t room;             /* a text's, in bytes */
	struct typed **args;
	size_t nargs;
};

/* A struct whose members can be named in the scope, as `name`, a dot, and the member. */
struct scope_root {
	const char *name; /* "rawrecord" */
	const struct definition *def;
	const char *access; /* what its members are read through in C: "rawrecord->" */
};

/* The names of a scope: members of its own struct, members of others behind the root's name, flags, constants. */
struct scope {
	struct diag *diag;
	const struct release *release;
	const struct definition *own; /* NULL: none */
	const char *access;           /* of its members: "v->" */
	const char *what;             /* what `own` is in messages: "sstat" */
	const struct scope_root *roots;
	size_t nroots;
	const char *index; /* the C variable that `i` stands for; NULL: there is no index */
};

/* The tree in which all names are looked up; NULL after reporting what is wrong with each part. */
struct typed *expr_type(const struct scope *s, const struct expr *e);

/* The same for what must be true or false: an integer or a boolean. */
struct typed *expr_type_condition(const struct scope *s, const struct expr *e);

/* Calls `found` for each path of the tree, in order. */
void expr_each_path(const struct expr *e, void (*found)(const struct expr *path, void *context), void *context);

#endif
