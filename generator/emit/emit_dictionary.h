/*
 * emit_dictionary: what the rows of field dictionaries refer to: texts, definitions, conditions and names of bits. The rows
 * hold offsets and indices instead of pointers, because each page of static data with a pointer costs a page fault whenever
 * the program starts. Each reference is an enumerator or a member of a struct, so a wrong one does not compile.
 */
#ifndef EMIT_DICTIONARY_H
#define EMIT_DICTIONARY_H

#include "base/out.h"
#include "model/model.h"

struct emit_plan;
struct dictionary;

struct dictionary *dictionary_make(struct arena *a);

/*
 * The C expressions that refer to a text, to the definition of a struct, to the conditions `when` and `live` of a member, and
 * to the names of its bits. What is referred to is put into the dictionary.
 */
const char *dictionary_text(struct dictionary *dict, const char *text);
const char *dictionary_definition(struct dictionary *dict, const struct definition *d);
const char *dictionary_when(struct dictionary *dict, const struct definition *d, const struct field *f);
const char *dictionary_live(struct dictionary *dict, const struct definition *d, const struct field *f);
const char *dictionary_bits(struct dictionary *dict, const struct definition *d, const struct field *f);

/* dictionary.h: the enumerators, and the struct of texts. dictionary.c: the tables. */
void emit_dictionary_header(struct out *o, const struct dictionary *dict);
void emit_dictionary(struct out *o, const struct emit_plan *p);

#endif
