/*
 * type_internal: what the files type* share: a tree being typed.
 */
#ifndef EXPR_TYPE_INTERNAL_H
#define EXPR_TYPE_INTERNAL_H

#include "expr/type.h"

struct type_pass {
	const struct expr_resolver *r;
	const struct expr_rules *rules;
	const void *beside; /* what paths can use of the operand beside theirs */
};

/* Types a node; NULL: a part of it has no type, which is reported. */
struct typed *type_node(const struct type_pass *p, const struct expr *e);

/* The same for an operand of `op` that must be true or false; the node is of TYPE_IS_BOOLEAN and never null. */
struct typed *type_truth(const struct type_pass *p, const struct expr *e, const char *op);

/* Makes `t` have as many operands as `e` has, none of which is typed. False: no memory. */
bool type_make_args(const struct type_pass *p, const struct expr *e, struct typed *t);

/* Gives `t` its typed operands. False: one has no type, or there is no memory. */
bool type_args(const struct type_pass *p, const struct expr *e, struct typed *t);

/* Each types a kind of node and returns `t`, or NULL. */
struct typed *type_call(const struct type_pass *p, const struct expr *e, struct typed *t);
struct typed *type_compare(const struct type_pass *p, const struct expr *e, struct typed *t);
struct typed *type_arithmetic(const struct type_pass *p, const struct expr *e, struct typed *t);

/* Makes the i-th operand a real, if it is an integer. False: no memory. */
bool type_to_real(const struct type_pass *p, const struct expr *e, struct typed *t, size_t i);

bool type_is_number(const struct typed *t);

/* Whether the result of an operation can be null because it does not fit into 64 bits. */
bool type_can_outgrow(const struct typed *t);

/* Whether the units of two operands of `e` fit, which is reported if not. `done`: "added". */
bool type_units_fit(const struct type_pass *p, const struct expr *e, const struct typed *a, const struct typed *b,
    const char *done);

/* --- messages ------------------------------------------------------------------------------------------------- */

/* Each returns NULL. */
struct typed *type_report(const struct type_pass *p, const struct expr *e, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The operand is no such value as `op` needs: "'x' is a text; '+' needs numbers". */
struct typed *type_refuse(const struct type_pass *p, const struct expr *operand, const struct typed *typed,
    const char *op, const char *needs);

#endif
