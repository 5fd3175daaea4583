/*
 * document: YAML text to a tree of nodes with line and column. Refuses YAML that the schema language does not use: anchors,
 * aliases, tags, duplicate keys, several documents, text that is not UTF-8.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "base/diag.h"

enum node_kind {
	NODE_SCALAR,
	NODE_SEQUENCE,
	NODE_MAPPING
};

struct node {
	enum node_kind kind;
	struct position at;
	const char *text;   /* of a scalar; holds no NUL inside */
	bool quoted;        /* the scalar was in quotes: text even if it looks like a number */
	struct node *items; /* of a sequence, in order; of a mapping, its values */
	struct node *keys;  /* of a mapping: scalars, keys[i] names items[i] */
	size_t nitems;
};

/* The document in `source`, or NULL after reporting why there is none. */
struct node *document_parse(struct arena *a, struct diag *d, const struct source *source);

#endif
