/*
 * schema: a document to the model of one file, as written. Knows every key the language has and which values
 * it takes; does not know other files, and looks nothing up.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "model/model.h"
#include "read/document.h"
#include "read/keys.h"

/* What the file says. Errors are reported and the offending part left out, so that later stages can go on. */
struct abi *schema_read_abi(struct arena *a, struct diag *d, const struct node *root);
struct schema *schema_read(struct arena *a, struct diag *d, const struct node *root);

/* A view; NULL: it is not worth keeping. */
struct view;
struct view *schema_read_view(struct arena *a, struct diag *d, const struct node *root);

/* Whether the file has hints; adds them to `s`. */
struct suspects;
bool schema_is_suspect(const struct node *root);
void schema_read_suspect(struct arena *a, struct diag *d, const struct node *root, struct suspects *s);

/* One member of a struct; false if it is not worth keeping. */
bool schema_read_member(struct reader *r, const struct node *node, struct member *m);

/* Reads the checks of a schema. */
key_reader schema_read_checks;

/* Reads the features of a schema. */
key_reader schema_read_features;

/* Reads a struct condition. */
key_reader schema_read_condition;

/* Reads a struct tell. */
key_reader schema_read_tell;

/* Reads the list of known faults into a struct schema. */
key_reader schema_read_faults;

/* The text is `N.N` or `N.N-N`, without needless zeros. */
bool schema_is_version(const char *text);

#endif
