/*
 * check_internal: functions that the files of check/ share.
 */
#ifndef CHECK_INTERNAL_H
#define CHECK_INTERNAL_H

#include "model/model.h"

/* The name is a C identifier, not a keyword and not reserved. `what` is "member" or the like. */
void check_name(struct diag *d, const char *what, const struct word *name);

/* The name is not too long to be part of other names. check_name includes this. */
void check_name_length(struct diag *d, const char *what, const struct word *name);

/* The text breaks neither a C comment nor a C string. A word without text passes. */
void check_comment(struct diag *d, const struct word *text);

/* The rules on the checks of a release. */
void check_checks(struct diag *d, const struct release *r);

/* The rules on the features of a release. */
void check_features(struct diag *d, const struct release *r);

/* The rules on single members, for all members of a definition. */
void check_members(struct diag *d, const struct release *r, const struct definition *def);

/* No output line has a key twice: rules on the roles of blocks, and on the keys in the lines of a chain. */
void check_role(struct diag *d, const struct release *r, const struct resolved_block *b);
void check_chain_keys(struct diag *d, const struct resolved_block *b);

/* Whether formats use the name for something else than a block: a key of lines, or a frame of a log. */
bool key_is_taken(const char *name);

/* Warns about the names of the release's file that the release does not use. */
void check_unused(struct diag *d, const struct release *r);

#endif
