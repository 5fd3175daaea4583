/*
 * check: the rules a resolved model must keep, one check_* function a rule. All errors of a run are reported.
 */
#ifndef ATOPGEN_CHECK_H
#define ATOPGEN_CHECK_H

#include "model/label.h"
#include "model/lock.h"
#include "model/model.h"

/* Rules that need no sizes: names, counts, conditions, roles. */
void check_model(struct diag *d, const struct model *m);

/* Rules on sizes, after layout: the lengths that real files state, tuples that two releases share. */
void check_layouts(struct diag *d, const struct model *m);

/* Warns of each release with named[i] set whose schema states no lengths, so that its sizes are compared with nothing. */
void check_lengths(struct diag *d, const struct model *m, const bool *named);

/* Rules on the files of labels. `common`: what they share, or NULL. */
void check_labels(struct diag *d, const struct label *const *labels, size_t nlabels, const struct label_common *common);

/* Rules on published columns: those of the lock that the loaded releases should have are as the lock says. */
void check_lock(struct diag *d, const struct tables *t, const struct lock *lock);

/* Rules on hints. */
struct suspects;
void check_suspects(struct diag *d, const struct suspects *s);

/* Rules on views as written, whose tables are known. */
void check_views(struct diag *d, const struct model *m, const struct tables *t);

#endif
