/*
 * label_version: the versions that labels name.
 */
#ifndef LABEL_VERSION_H
#define LABEL_VERSION_H

#include "model/label.h"
#include "read/load.h"

/* Reports each version in a range of the labels that no schema has, and each range that ends before it begins. */
void label_check_versions(struct arena *a, struct diag *d, const struct model *m, const struct loaded *loaded);

#endif
