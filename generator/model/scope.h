/*
 * scope: the names that expressions of schemas, labels and views can use. condition_parse makes a tree of a scalar
 * (expr/expr.h); scope_type_* looks its names up in a scope, and has it typed (expr/type.h), once for each release that means
 * it.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "expr/typed.h"
#include "model/model.h"

/*
 * The tree of `text`, a scalar that stands at `at`; NULL after reporting the first syntax error.
 */
const struct expr *condition_parse(struct diag *d, struct position at, const char *text);

/* Where its trees are allocated. */
struct expr_memory condition_memory(struct arena *a);

/* What a typed leaf takes its value from. */
enum expr_source {
	FROM_LITERAL,
	FROM_MEMBER,
	FROM_INDEX,   /* the element's index in its array */
	FROM_ROOT,    /* TYPE_IS_STRUCT: the struct; TYPE_IS_BOOLEAN: whether there is one */
	FROM_ARRAY,   /* TYPE_IS_ARRAY */
	FROM_VARIABLE /* a variable of the caller: a sum, or a named expression */
};

/* The struct that a member of a path is in: a pointer to it in C. */
struct typed_holder {
	const struct definition *def;
	const char *access;
};

/* What the leaves of typed trees have besides their types (struct typed.leaf); a call has it once it is a variable. */
struct typed_leaf {
	enum expr_source source;
	const char *access;            /* in C: "v->gpu.state" */
	const char *null;              /* FROM_VARIABLE: the C variable that says whether it is null; NULL: never */
	const struct ctype *ctype;     /* FROM_MEMBER: its basic type */
	const struct scope_root *root; /* FROM_MEMBER: whose members were walked, NULL: the scope's own; FROM_ROOT */
	const struct field *const *fields;  /* FROM_MEMBER: from the first member to the last */
	const struct typed_holder *holders; /* of each of the fields */
	size_t nfields;
	const char
	    *unknown; /* FROM_MEMBER of a struct that can be unknown: the condition in C that it is; NULL: it cannot */
	const char *nulls;               /* FROM_MEMBER: the variable with the guards of the root's struct; or NULL */
	const struct scope_array *array; /* FROM_ARRAY */
};

/* The leaf of a node; one FROM_LITERAL if it has none. */
const struct typed_leaf *leaf_of(const struct typed *t);

/* The leaf of a node whose value is that of a member, which the node is changed with; NULL: its value is none. */
struct typed_leaf *leaf_of_member(struct typed *t);

/* Makes the value of a node that of a variable in C. */
void leaf_set_variable(struct arena *a, struct typed *t, const char *access);

/* A struct whose members can be named in the scope, as `name`, a dot, and the member. */
struct scope_root {
	const char *name; /* "rawrecord" */
	const struct definition *def;
	const char *access; /* what its members are read through in C: "rawrecord->" */
	/*
	 * The role of the struct and the members that lead to it: "tstat", "sstat.cpu.cpu". By it the struct is found in other
	 * releases; NULL: it is not.
	 */
	const char *path;
	const char *present; /* the C condition that there is one; NULL: there always is */
	const char *pointer; /* the struct as an argument in C; NULL: it cannot be one */
	/*
	 * Members of a member that is a struct are not read through `access`, but through a pointer variable that is called
	 * as that member is: "gen->pid".
	 */
	bool by_parts;
	const char *nulls; /* the C variable with a bit for each guard of its struct that holds; NULL: there is none */
};

/* A named expression. Names in it mean the same as beside it. */
struct scope_name {
	struct word name;
	struct condition value;
	/*
	 * The expression as a variable of the caller, in C: its type and unit are those of `typed`; NULL: the expression is
	 * written in the place of the name.
	 */
	const struct typed *typed;
	const char *access, *null;
};

/* An array that a function goes through. */
struct scope_array {
	const char *name;
	const struct scope_root *element; /* the root by which the expression beside it reads an element */
	const char *index;                /* the C variable of its index */
	const void *of;                   /* the caller's */
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
	const char *index;         /* the C variable that `i` stands for; NULL: there is no index */
	enum expr_dialect dialect; /* 0: DIALECT_SCHEMA */
	const char *path;          /* of `own`, as scope_root.path */
	const char *nulls;         /* of `own`, as scope_root.nulls */
	const struct scope_name *names;
	size_t nnames;
	const struct scope_array *arrays;
	size_t narrays;
	bool counted_elements; /* a constant index may name an element of an array that can have fewer elements */
	/*
	 * The release whose names the expressions use, if it is not `release`. A member is then the one of `release` that is in
	 * the same column.
	 */
	const struct release *written_for;
	/*
	 * The releases that can have a member that `release` lacks; nreleases 0: such a member is an error. It is null in
	 * DIALECT_VIEW; else the expression has no type, and `*lacks` is set.
	 */
	const struct release *const *releases;
	size_t nreleases;
	bool *lacks;
	bool
	    partial; /* only some of all releases are loaded: a member that none of them has may be of another; it is lacking */
};

/*
 * The tree of a condition that has one, in which all names are looked up: of TYPE_IS_BOOLEAN, and never null. NULL after
 * reporting what is wrong with each part.
 */
struct typed *scope_type_condition(const struct scope *s, const struct condition *condition);

/* The same for a value of any type. NULL also if `*s->lacks` was set. A null without a type is an error. */
struct typed *scope_type_value(const struct scope *s, const struct condition *value);

#endif
