/*
 * label_value: rules on typed expressions of labels. Only for the files of labels.
 */
#ifndef LABEL_VALUE_H
#define LABEL_VALUE_H

#include "model/label.h"

/* Each value has the type that its conversion needs. */
void label_check_values(struct diag *d, const struct label_cell *cell, const struct typed_cell *typed);

/* The count of an array is read in the part that the array is in. */
void label_check_count(struct diag *d, const struct typed_array *array);

/* What finds the cgroup of an element is read in one part, which is noted. */
void label_check_group(struct diag *d, struct typed_array *array);

/* A root that lives as long as the arena. */
const struct scope_root *arena_copy_root(struct arena *a, const struct scope_root *root);

#endif
