/*
 * symbol: how things of the model are called in generated C. All strings live in the arena of `a`.
 */
#ifndef SYMBOL_H
#define SYMBOL_H

#include "base/mem.h"
#include "model/model.h"

/* "atop_2_7" of release 2.7: the stem of its files and symbols. */
const char *symbol_release(struct arena *a, const struct release *r);

/* "atop_2_7_percpu": the struct tag and the stem of the functions that serve a definition. */
const char *symbol_definition(struct arena *a, const struct definition *d);

/* The same for what is a definition's own even if older code serves it: its dictionary and its entry in the catalog. */
const char *symbol_own(struct arena *a, const struct definition *d);

/* The functions that tell whether a member means anything, and whether an element of an array is to be shown. */
const char *symbol_means(struct arena *a, const struct definition *d, const struct field *f);
const char *symbol_shows(struct arena *a, const struct definition *d, const struct field *f);

/* "nulls & 0x5": some of the bits are set. */
const char *symbol_mask(struct arena *a, const char *variable, uint64_t bits);

/* "ATOP_2_7_PERCPU", for macros. */
const char *symbol_macro(struct arena *a, const struct definition *d);

/* "MODEL_ILP32_T64" of "ilp32-t64". */
const char *symbol_model(struct arena *a, const struct data_model *m);

/* "int64_t", "struct atop_2_7_percpu": the host type of one element of the field. */
const char *symbol_host_type(struct arena *a, const struct abi *abi, const struct field *f);

/* "[1024][16]", or "" for a scalar. */
const char *symbol_dims(struct arena *a, const struct field *f);

/* "i", "j", "k", "l": the variable that runs over dimension `k`. */
const char *symbol_index(size_t k);

/*
 * "8" if the value is the same in every data model, else "AT(m, 8, 8, 8, 4, 4)": an expression that a constant `m`
 * folds.
 */
const char *symbol_at(struct arena *a, const struct abi *abi, const uint64_t *values);

/*
 * The value of a basic type at `place`: "load_i64(p + 8, o)", or "load_time_t(p + 8, m, o)" for one whose size is
 * not the same in all models.
 */
const char *symbol_load(struct arena *a, const struct abi *abi, const struct ctype *t, const char *place);

/* A C constant of that value; the smallest one cannot be written as a literal. */
const char *symbol_integer(struct arena *a, int64_t value);

/* The initialiser of a struct field_place: where the integer `f` lies, at `path` in the definition's host struct. */
const char *symbol_place(struct arena *a, const struct definition *d, const char *path, const struct field *f);

/* "load_time_t" and the like: the function that emit_abi makes for such a type. */
const char *symbol_varying_load(struct arena *a, const struct ctype *t);

/* "int64_t" for a basic type. */
const char *symbol_host_ctype(struct arena *a, const struct abi *abi, const struct ctype *t);

#endif
