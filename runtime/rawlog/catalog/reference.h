/*
 * reference: where the members of structs come from: their lines in schemas and decoders, their offsets in a log, and the
 * conditions under which they are null, as written. It explains; reading a log does not need it.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"

#define REFERENCE_MODELS 5 /* data models that there is room for */

/* Texts are indices of catalog_reference_texts, which begins with NULL. */
struct reference_member {
	/* From the start of its struct in a log, by data model; of an array that of the first element. */
	uint32_t offset[REFERENCE_MODELS];
	uint16_t schema_line;
	uint16_t decode_line; /* where the decoder reads it, or one element of it */
	uint16_t when;        /* the condition without which it is null; text NULL: it has none */
	uint16_t live;   /* the condition without which an element of the array is left out; NULL: none is left out */
	uint16_t faults; /* names of known faults of recorders that make it null; NULL: none does */
	bool
	    unfilled; /* a struct that has its struct as a member can state that it is never filled; it is null there */
};

struct reference {
	const struct definition *of;
	const char *schema;                     /* the file in schemas/ that has its lines: "atop-2.7.yaml" */
	const char *upstream;                   /* where these come from: "v2.7.1: rawlog.h, photosyst.h" */
	const char *decoder;                    /* the function: "atop_2_7_percpu_decode" */
	const char *decoded_in;                 /* its file in generated/: "atop-2.7/decode.c" */
	const struct reference_member *members; /* as many as the definition has fields, in their order */
};

extern const char *const catalog_reference_texts[];

/* One for each definition. */
extern const struct reference catalog_references[];
extern const size_t catalog_nreferences;

#endif
