/*
 * abi: the data models and the basic C types of abi.yaml. A data model is how the C compilers of some machines lay out the
 * basic types.
 */
#ifndef ABI_H
#define ABI_H

#include <stdbool.h>

#include "base/diag.h"

#define MODELS_MAX 8 /* data models that abi.yaml may list */

enum type_kind {
	TYPE_CHAR,
	TYPE_SIGNED,
	TYPE_UNSIGNED,
	TYPE_FLOAT
};

/* A basic C type: its size and alignment in each data model, in bytes. */
struct ctype {
	struct word name;
	enum type_kind kind;
	unsigned size[MODELS_MAX];
	unsigned align[MODELS_MAX];
};

struct data_model {
	struct word name;      /* "ilp32-t64" */
	struct word *machines; /* for people */
	size_t nmachines;
	struct word doc;
	bool wide_reals; /* C computes with more digits than float has, and cuts nothing in between: the x87 */
};

struct abi {
	const struct source *source;
	struct data_model *models;
	size_t nmodels;
	struct ctype *types;
	size_t ntypes;
};

/* By name; NULL if there is none. */
const struct ctype *abi_find_type(const struct abi *abi, const char *name);

/* The largest and the smallest size of the type in any data model. */
unsigned abi_widest(const struct abi *abi, const struct ctype *t);
unsigned abi_narrowest(const struct abi *abi, const struct ctype *t);

/* Whether the size of the type differs between data models. */
bool abi_size_varies(const struct abi *abi, const struct ctype *t);

#endif
