/*
 * c_names: the names of generated C, and the short expressions that several emitters write. All strings live in the arena
 * of `a`.
 */
#ifndef C_NAMES_H
#define C_NAMES_H

#include "base/mem.h"
#include "model/model.h"

/* --- identifiers --------------------------------------------------------------------------------------------- */

/* "atop_2_7" of release 2.7: the stem of its symbols. */
const char *c_release(struct arena *a, const struct release *r);

/* "atop-2.7/decode.c": a file of release 2.7. */
const char *c_file(struct arena *a, const struct release *r, const char *name);

/* "atop_2_7_percpu": the host struct's tag and the stem of its functions. A definition that shares code has that code's. */
const char *c_struct(struct arena *a, const struct definition *d);

/* The same, but of the definition itself where it shares code: the stem of its dictionary and its catalog entry. */
const char *c_own(struct arena *a, const struct definition *d);

/*
 * "atop_2_7_percpu_json": the printer of a definition, which writes at a pointer; or "atop_2_7_sstat_json_out", which takes a
 * writer, because the definition has arrays of structs.
 */
const char *c_json(struct arena *a, const struct definition *d);

/* "atop_2_7_percpu_key_means": the function that decides whether a member has a meaning. */
const char *c_means(struct arena *a, const struct definition *d, const struct field *f);

/* "atop_2_7_percpu_key_shows": the function that decides whether an element of an array is shown. */
const char *c_shows(struct arena *a, const struct definition *d, const struct field *f);

/* "ATOP_2_7_PERCPU", for macros. */
const char *c_macro(struct arena *a, const struct definition *d);

/* "MODEL_ILP32_T64" of the data model "ilp32-t64". */
const char *c_model(struct arena *a, const struct data_model *m);

/* "load_time_t": the function of abi.h that loads a type whose size varies between data models. */
const char *c_varying_load(struct arena *a, const struct ctype *t);

/* "i", "j", "k", "l": the loop variable of dimension `k`. */
const char *c_index(size_t k);

/* --- types --------------------------------------------------------------------------------------------------- */

/* "int64_t": the host type of a basic type, as wide as in the data model that has the most bytes for it. */
const char *c_host_ctype(struct arena *a, const struct abi *abi, const struct ctype *t);

/* "int64_t", "struct atop_2_7_percpu": the host type of one element of the field. */
const char *c_host_type(struct arena *a, const struct abi *abi, const struct field *f);

/* "[1024][16]", or "" for a scalar. */
const char *c_dims(struct arena *a, const struct field *f);

/* --- expressions --------------------------------------------------------------------------------------------- */

/* "8" if the value is the same in every data model, else "AT(m, 8, 8, 8, 4, 4)", which a constant `m` folds. */
const char *c_at(struct arena *a, const struct abi *abi, const uint64_t *values);

/* Loads a basic type from the pointer `address`: "load_i64(p + 8, o)", or "load_time_t(p + 8, m, o)" if its size varies. */
const char *c_load(struct arena *a, const struct abi *abi, const struct ctype *t, const char *address);

/* A constant. INT64_MIN has no literal. */
const char *c_integer(struct arena *a, int64_t value);

/* "nulls & 0x5": at least one of the bits is set. */
const char *c_mask(struct arena *a, const char *variable, uint64_t bits);

/* The member at a path of names of the schema, as C names it: "utsname.nodename". Keys have no leading underscores. */
const char *c_member(struct arena *a, const struct definition *d, const char *path);

/* The initialiser of a reference to the integer `f` at `path` in the definition's host struct: offset, size, signed. */
const char *c_int_ref(struct arena *a, const struct definition *d, const char *path, const struct field *f);

/* --- the mask `nulls` of a printer --------------------------------------------------------------------------- */

/* ", uint64_t nulls", or "" if no member of the definition depends on the mask. */
const char *c_nulls_parameter(const struct definition *d);

/* The argument for the struct `f`, its bits shifted to the lowest ones; or "". */
const char *c_nulls_argument(struct arena *a, const struct field *f);

/* The condition under which the member `f` of `v` is null; NULL: it cannot be null. PRINT_RESERVED overrides it. */
const char *c_null(struct arena *a, const struct definition *d, const struct field *f);

#endif
