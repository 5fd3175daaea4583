/*
 * field_facts: properties of fields and definitions that more than one emitter needs.
 */
#ifndef FIELD_FACTS_H
#define FIELD_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "model/model.h"

/* How the value is presented, with the default of its type in place of SHOW_DEFAULT for text. */
enum show field_show(const struct field *f);

/*
 * The guards of the member, as bits of a struct in which the guards of the member's own definition begin at bit `base`. A
 * definition without guards can begin at bit 64.
 */
uint64_t field_guards_from(const struct field *f, size_t base);

/* Number of dimensions that a printer loops over: 0 for a text. */
size_t field_walked_dims(const struct field *f);

/* Bytes of a text, its NUL included. */
uint64_t field_text_size(const struct field *f);

/* An array of structs. CSV has a table for it; in JSON its size is not bounded by the struct. */
bool field_is_struct_array(const struct field *f);

/* The definition, or a struct in it, has such an array: its JSON object has no fixed maximum size. */
bool definition_has_struct_array(const struct definition *d);

/* Decoding can fail: a count in the definition, or in a struct in it, can be more than its array holds. */
bool definition_can_fault(const struct definition *d);

/* The type of the member that counts the elements of `f` can hold more than the array does; or a negative number. */
bool field_count_can_exceed(const struct definition *d, const struct field *f);
bool field_count_can_be_negative(const struct definition *d, const struct field *f);

#endif
