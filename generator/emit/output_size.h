/*
 * output_size: the maximum number of bytes that generated code can write, summed up while the code is emitted. The function
 * that emits a writing expression also adds its bytes, so the sum cannot miss one. All alternatives are counted.
 */
#ifndef OUTPUT_SIZE_H
#define OUTPUT_SIZE_H

#include "base/out.h"
#include "model/model.h"

struct output_size {
	uint64_t times;    /* the number of times that the emitted code runs; 0: its bytes are counted elsewhere */
	uint64_t literal;  /* bytes of literals */
	uint64_t integers; /* number of PUT_INTEGER_MAX, and so on */
	uint64_t floats;
	uint64_t flags;
	struct out rest; /* " + MACRO..." for everything else */
};

/* An empty sum, for code that runs once. */
struct output_size output_size(struct arena *a);

/* Adds bytes; a number or flag of the field's type; an expression over the macros of the runtime or of other structs. */
void output_size_add(struct output_size *s, size_t bytes);
void output_size_add_number(struct output_size *s, const struct field *f);
void output_size_add_text(struct output_size *s, const char *expression);

/* The sum as a C expression. */
const char *output_size_text(const struct output_size *s);

#endif
