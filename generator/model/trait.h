/*
 * trait: questions that several emitters ask about the model. Answers follow from the model alone.
 */
#ifndef TRAIT_H
#define TRAIT_H

#include <stdbool.h>

#include "base/mem.h"
#include "model/model.h"

/* How a member's value is presented, its type's default included. */
enum show trait_show(const struct field *f);

/* The dimensions that the printers walk: none of a text. */
size_t	trait_walked_dims(const struct field *f);

/* Room of a text, in bytes. */
uint64_t trait_text_room(const struct field *f);

/* An array of structs: a table of its own in CSV, a list of any length in JSON. */
bool	trait_is_listing(const struct field *f);

/* The definition holds such an array, itself or in a member, so that its JSON has no fixed room. */
bool	trait_has_listing(const struct definition *d);

/* Decoding the definition can fail: a count in it, or in a member, may not fit its array. */
bool	trait_can_fault(const struct definition *d);

/* The count of the field's array may exceed it, as far as the counting member's type goes; or be negative. */
bool	trait_count_can_exceed(const struct definition *d, const struct field *f);
bool	trait_count_can_be_negative(const struct definition *d, const struct field *f);

/* What a printer is told beside the options: ", uint64_t nulls" as a parameter, ", nulls" as an argument, or nothing. */
const char *trait_nulls_parameter(const struct definition *d);
const char *trait_nulls_argument(struct arena *a, const struct field *f);

/*
 * The condition in C on which the member `f` of `v` is null; NULL: it never is. Printing everything as it is stored, what
 * members say of each other does not count.
 */
const char *trait_null(struct arena *a, const struct definition *d, const struct field *f);

/* Cells of a field, and of a definition, in a CSV row, without or with reserved members. */
size_t	trait_field_cells(const struct field *f, bool reserved);
size_t	trait_cells(const struct definition *d, bool reserved);

#endif
