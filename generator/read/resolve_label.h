/*
 * resolve_label: labels to the cells of their sections and the lines of each release. label_type types the cells in each
 * release.
 */
#ifndef RESOLVE_LABEL_H
#define RESOLVE_LABEL_H

#include "model/label.h"
#include "read/load.h"

/* The labels of the loaded files for the releases of `m` that were named. What is wrong is reported and left out. */
struct label_model *resolve_labels(struct arena *a, struct diag *d, const struct model *m, const struct loaded *loaded);

/* Only for the files of labels: */

/* Whether a release's version is in the range. */
bool label_range_has(const struct label_range *range, const struct release *r);

/* The named expressions of a release. */
struct scope_name *label_names_of(struct arena *a, const struct label_common *common, const struct release *r,
    size_t *n);

/*
 * An expression in a form in which equal ones are equal texts: named expressions are written out, and operands have
 * parentheses.
 */
const char *label_text(struct arena *a, const struct expr *e, const struct scope_name *names, size_t nnames);

/* The array of the name in the logs of a release; array NULL: they have none. */
struct typed_array label_type_array(struct arena *a, struct diag *d, const struct release *r, const char *name,
    const struct label_common *common);

/* Types the cells and the conditions of all sections in the logs of release `i` of the model. */
void label_type_release(struct arena *a, struct diag *d, const struct model *m, struct label_model *labels, size_t i,
    const struct label_common *common);

#endif
