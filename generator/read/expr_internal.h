/*
 * expr_internal: what the files expr_* share: a tree being typed in a scope.
 */
#ifndef EXPR_INTERNAL_H
#define EXPR_INTERNAL_H

#include "model/model.h"
#include "model/typed.h"

#define EXPR_NAMES_DEPTH 8 /* named expressions within each other */

/* The scope, and the table of bits whose flags can be named because the other operand is a member with it. */
struct expr_context {
	const struct scope *scope;
	const struct word *source; /* of the tree */
	const struct bit_table *bits;
	const struct scope_name *open[EXPR_NAMES_DEPTH]; /* named expressions that the tree is part of */
	size_t nopen;
};

/* Where a node stands in its schema. */
struct position expr_place(const struct expr_context *c, const struct expr *e);

/* A typed node of the kind of `e`. */
struct typed *expr_make(const struct expr_context *c, const struct expr *e, enum expr_type type);

/* Types a node; its operands, each with the flags of the other one. False, or NULL: a part has no type. */
struct typed *expr_type_node(const struct expr_context *c, const struct expr *e);
bool expr_type_args(const struct expr_context *c, const struct expr *e, struct typed *t);

/* A path: a member, a flag, a constant, an index, a named expression, whether a struct is there. */
struct typed *expr_type_path(const struct expr_context *c, const struct expr *e);

/* The table of bits of a member, also of one that is masked; NULL: none. */
const struct bit_table *expr_bits_of(const struct expr_context *c, const struct expr *e);

/* The root whose name a path begins with; NULL: there is none. */
const struct scope_root *expr_find_root(const struct scope *s, const char *path);

/* A call of a function. */
struct typed *expr_type_call(const struct expr_context *c, const struct expr *e, struct typed *t);

/* An operator whose operands are typed. */
struct typed *expr_type_operation(const struct expr_context *c, const struct expr *e, struct typed *t);

/* Reports what an operator or a choice needs. Returns NULL. */
struct typed *expr_report_operands(const struct expr_context *c, const struct expr *e, const char *needs);

bool expr_is_number(const struct typed *t);
bool expr_is_truth(const struct typed *t);

/* The dialect of the scope. */
enum expr_dialect expr_dialect_of(const struct scope *s);

#endif
