/*
 * scope_member: members that paths name. Only for the files scope_*.
 */
#ifndef SCOPE_MEMBER_H
#define SCOPE_MEMBER_H

#include "read/scope_internal.h"

/* The member at `path` in the struct of the root; NULL: in the scope's own. Reports a path that leads to none. A name
 * alone could also be a flag of `bits`, unless that is NULL. */
struct typed *scope_type_member(const struct scope_context *c, const struct expr *e, const struct scope_root *root,
    const char *path, const struct bit_table *bits);

#endif
