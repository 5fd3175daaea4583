/*
 * emit_internal: the parts of the generated code, one function and one file each. `o` is the text of the file
 * concerned, its banner already written.
 */
#ifndef EMIT_INTERNAL_H
#define EMIT_INTERNAL_H

#include "base/out.h"
#include "emit/emit_plan.h"
#include "model/lock.h"
#include "model/model.h"
#include "model/scope.h"

/* abi.h: the data models, and loads of the types whose size depends on them. */
void emit_abi(struct out *o, const struct abi *abi);

/* Whether the C of a definition uses a header of the release. */
typedef bool uses_release(const struct definition *d, const struct release *r);

/* Its code; the structs in its code; its code or its entry. */
uses_release uses_code, uses_parts, uses_top;

/* Includes `header` of each release, `except` one (or NULL), that any of the definitions uses. */
void emit_includes(struct out *o, const struct emit_plan *p, const struct release *except,
    const struct definition *const *list, size_t count, const char *header, uses_release *uses);

/* Includes types.h of each release that introduced a definition. */
void emit_definition_includes(struct out *o, const struct emit_plan *p);

/* Includes `header` of each release that has a row in the catalog. */
void emit_all_includes(struct out *o, const struct emit_plan *p, const char *header);

/* types.h: host structs, and prototypes of what decodes them. */
void emit_types(struct out *o, const struct emit_plan *p, const struct definition *d);

/*
 * decode.c, json.c, fields.c: the functions and tables of one definition. A printer's size is returned. emit_decode stores
 * the line of decode.c for each field in the plan. emit_decode_parts: for a definition with a role that has parts.
 */
void emit_decode(struct out *o, const struct emit_plan *p, const struct definition *d);
void emit_decode_parts(struct out *o, const struct abi *abi, const struct definition *d);
const char *emit_json(struct out *o, const struct definition *d);
void emit_fields(struct out *o, const struct emit_plan *p, const struct definition *d);

/* Opens a loop over dimension `k` of an array; over those elements of an array in `holder`, a pointer, that are live. */
void emit_loop(struct out *o, const struct field *f, size_t k);
void emit_live_loop(struct out *o, const struct definition *d, const struct field *f, const char *holder);

/* Closes the braces opened since the indentation was `indent`. */
void emit_close(struct out *o, unsigned indent);

/* Opens a brace behind the test that reserved members are asked for, if the member is one. */
void emit_reserved(struct out *o, const struct field *f);

/* Opens a brace behind the test that the member is null; false: it cannot be null. emit_else begins the other case. */
bool emit_if_null(struct out *o, const struct definition *d, const struct field *f);
void emit_else(struct out *o);

/*
 * For a definition with a role: decode.c, its decoder behind plain pointers and its sizes; fields.c, its entry in the
 * catalog, which a definition has itself also if it shares the code of another one.
 */
void emit_decode_entry(struct out *o, const struct abi *abi, const struct definition *d);
void emit_entry(struct out *o, const struct emit_plan *p, const struct definition *d);

/* print.h: the most bytes that the printer of a definition writes, a C expression, and its prototype. */
void emit_print_prototypes(struct out *o, const struct emit_plan *p, const struct definition *d, const char *size);

/* For a definition with a role: json.c, its JSON as the catalog calls it. */
void emit_json_entry(struct out *o, const struct definition *d);

/* printers.c: the printers of all definitions with a role, in the order of the catalog's numbers. */
struct row_functions;
void emit_printers(struct out *o, const struct emit_plan *p, const struct row_functions *rows);

/* A typed expression as a C expression; whether any leaf of it has the source. */
const char *emit_expr(struct arena *a, const struct typed *t);
bool emit_uses(const struct typed *t, enum expr_source source);

/*
 * The C condition under which the value of the expression is null; under which one of its operands is. NULL: never. A call of
 * a function with a leaf FROM_VARIABLE is that variable.
 */
const char *emit_null(struct arena *a, const struct typed *t);
const char *emit_null_of_args(struct arena *a, const struct typed *t);

/* Whether a member is read of what is accessed so: "rawrecord->". */
bool emit_reads(const struct typed *t, const char *access);

/* release.c: the functions that find faults and null members of a block's struct; the table of known faults. */
enum judging {
	JUDGING_FUNCTIONS,
	JUDGING_PROTOTYPES,
	JUDGING_MEMBERS /* of catalog_block */
};

void emit_judging(struct out *o, const struct emit_plan *p, const struct release *r, const struct resolved_block *b,
    enum judging what);
void emit_known_faults(struct out *o, const struct release *r);

/* Whether any of these functions of the release is one of `owner`; the same of those of check.c. */
bool emit_judging_uses(struct arena *a, const struct emit_plan *p, const struct release *r,
    const struct release *owner);
bool emit_check_uses(struct arena *a, const struct emit_plan *p, const struct release *r, const struct release *owner);

/* release.c: the features of a release and what finds them in a sample; the members of its row that name these. */
void emit_features(struct out *o, const struct release *r);
void emit_feature_row(struct out *o, const struct release *r);

/*
 * check.c: the functions that compare a release's structs with what atop writes, as far as they differ from those of older
 * releases; their prototypes; and the rows of the catalog that name the functions of one struct.
 */
bool emit_has_checks(struct arena *a, const struct emit_plan *p, const struct release *r);
void emit_checks(struct out *o, const struct emit_plan *p, const struct release *r);
void emit_check_prototypes(struct out *o, const struct emit_plan *p, const struct release *r);
void emit_check_row(struct out *o, const struct emit_plan *p, const struct release *r, size_t top, const char *before);

/*
 * release.h, release.c, catalog.c: the releases, and the lengths and counts in their records. release.h has the prototypes of the
 * functions that are the release's own; emit_release_includes: those headers that its release.c needs.
 */
void emit_release_header(struct out *o, const struct emit_plan *p, const struct release *r);
void emit_release_includes(struct out *o, const struct emit_plan *p, const struct release *r);
void emit_release(struct out *o, const struct emit_plan *p, const struct release *r);
void emit_tell(struct out *o, const struct release *r);
void emit_catalog(struct out *o, const struct emit_plan *p);

/* reference.c: where the members of all definitions come from, when all decoders are emitted. */
void emit_reference(struct out *o, const struct emit_plan *p);

/* columns.c: the tables of all releases. tables.lock: the lines of the lock, then those of the columns that it lacks. */
void emit_columns(struct out *o, const struct tables *t);
void emit_lock(struct out *o, const struct tables *t, const struct lock *lock);

/* The texts of a column beside its name; NULL: it has none. */
struct column_texts {
	const char *unit, *path, *first, *last, *doc;
};

/* The literal COLUMN_TEXTS; the comment that names what is in the row of a column. */
void emit_column_texts(struct out *o, const char *name, const struct column_texts *t);
void emit_columns_comment(struct out *o);

#endif
