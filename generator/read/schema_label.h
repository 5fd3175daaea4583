/*
 * schema_label: documents to labels and what they share, as written. The kind of a file is that of its first key.
 */
#ifndef SCHEMA_LABEL_H
#define SCHEMA_LABEL_H

#include "model/label.h"
#include "read/document.h"

bool schema_is_label(const struct node *root);
bool schema_is_common(const struct node *root);

/* What the file says. Errors are reported and the offending part left out, so that later stages can go on. */
struct label *schema_read_label(struct arena *a, struct diag *d, const struct node *root);
struct label_common *schema_read_common(struct arena *a, struct diag *d, const struct node *root);

#endif
