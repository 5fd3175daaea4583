/*
 * typed: expressions of the schema language whose names are looked up. condition_parse makes a tree of a scalar (expr/expr.h);
 * expr_type looks its names up in a scope and makes a tree in which every node has a type, once for each release that means
 * it.
 */
#ifndef TYPED_H
#define TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "expr/expr.h"

struct arena;
struct condition;
struct ctype;
struct definition;
struct release;

/*
 * The tree of `text`, a scalar that stands at `at`; NULL after reporting the first syntax error.
 */
const struct expr *condition_parse(struct diag *d, struct position at, const char *text);

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

/*
 * The tree of a condition that has one, in which all names are looked up: an integer or a boolean. NULL after reporting what
 * is wrong with each part.
 */
struct typed *expr_type_condition(const struct scope *s, const struct condition *condition);

#endif
