/*
 * check_internal: what the files of check offer each other.
 */
#ifndef CHECK_INTERNAL_H
#define CHECK_INTERNAL_H

#include "model/model.h"

/* The name can stand in C: an identifier, no keyword, not reserved. `what` is "member" or the like. */
void	check_name(struct diag *d, const char *what, const struct word *name);

/* The name is short enough for names made of it. Part of check_name. */
void	check_name_length(struct diag *d, const char *what, const struct word *name);

/* The text can stand in a C comment and in a string. A word without text is fine. */
void	check_comment(struct diag *d, const struct word *text);

/* The rules on the checks of a release. */
void	check_checks(struct diag *d, const struct release *r);

/* The rules on single members, for all of a definition. */
void	check_members(struct diag *d, const struct release *r, const struct definition *def);

/* No line has a key twice: the roles of blocks, and what stands in the lines of a chain. */
void	check_role(struct diag *d, const struct release *r, const struct resolved_block *b);
void	check_chain_keys(struct diag *d, const struct resolved_block *b);

/* Warns about the names of the release's file that the release does not use. */
void	check_unused(struct diag *d, const struct release *r);

#endif
