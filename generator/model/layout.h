/*
 * layout: computes sizes and offsets of every definition in every data model. No other file does.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "model/model.h"

/* Lays out every definition of the model. Reports structs of more than SIZE_MAX_STRUCT bytes. */
void layout_model(struct diag *d, const struct model *m);

/* Bytes of one element of the field, and of the whole field, in a data model. */
uint64_t layout_element_size(const struct field *f, size_t model);
uint64_t layout_field_size(const struct field *f, size_t model);

#endif
