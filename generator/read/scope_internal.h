/*
 * scope_internal: what the files scope_* share: a scope in which a tree is typed.
 */
#ifndef SCOPE_INTERNAL_H
#define SCOPE_INTERNAL_H

#include "expr/type.h"
#include "model/model.h"
#include "model/scope.h"

#define SCOPE_NAMES_DEPTH 8 /* named expressions within each other */

/* The context of a resolver. */
struct scope_context {
	const struct scope *scope;
	const struct word *source;                        /* of the tree */
	const struct scope_name *open[SCOPE_NAMES_DEPTH]; /* named expressions that the tree is part of */
	size_t nopen;
	struct expr_memory memory;
};

/* A resolver over the context, which must live as long. */
struct expr_resolver scope_resolver(struct scope_context *c);

/* Where a node stands in its schema. */
struct position scope_place(const struct scope_context *c, const struct expr *e);

/* A typed leaf of the path, and what it has beside its type. */
struct typed *scope_make(const struct scope_context *c, const struct expr *e, enum expr_type type,
    struct typed_leaf leaf);

/* A path: a member, a flag of `bits`, a constant, an index, a named expression, whether a struct is there. */
struct typed *scope_type_path(struct scope_context *c, const struct expr *e, const struct bit_table *bits);

/* The table of bits of a member, also of one that is masked; NULL: none. */
const struct bit_table *scope_bits_of(const struct scope_context *c, const struct expr *e);

/* The root whose name a path begins with; NULL: there is none. */
const struct scope_root *scope_find_root(const struct scope *s, const char *path);

/* A struct or an array as an argument, by its name; NULL: there is none. */
struct typed *scope_type_root(const struct scope_context *c, const struct expr *e);
struct typed *scope_type_array(const struct scope_context *c, const struct expr *e);

/* The context in which the name of the array's element is that element. */
struct scope_context *scope_within(const struct scope_context *c, const struct scope_array *array);

/* The dialect of the scope. */
enum expr_dialect scope_dialect(const struct scope *s);

#endif
