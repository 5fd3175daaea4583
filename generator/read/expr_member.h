/*
 * expr_member: members that paths name. Only for the files expr_*.
 */
#ifndef EXPR_MEMBER_H
#define EXPR_MEMBER_H

#include "read/expr_internal.h"

/* The member at `path` in the struct of the root; NULL: in the scope's own. Reports a path that leads to none. */
struct typed *expr_type_member(const struct expr_context *c, const struct expr *e, const struct scope_root *root,
    const char *path);

#endif
