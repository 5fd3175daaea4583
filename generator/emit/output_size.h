/*
 * output_size: the most bytes that generated code can write, summed up while the code is emitted. Whoever emits an
 * expression that writes adds its bytes, so that the sum cannot miss one. Of alternatives all are counted.
 */
#ifndef OUTPUT_SIZE_H
#define OUTPUT_SIZE_H

#include "base/out.h"
#include "model/model.h"

struct output_size {
	uint64_t	 times;		/* how often the code being emitted runs; 0: its bytes are counted elsewhere */
	uint64_t	 literal;	/* bytes of literals */
	uint64_t	 integers;	/* how many PUT_INTEGER_MAX, and so on */
	uint64_t	 floats;
	uint64_t	 flags;
	struct out	 rest;		/* " + MACRO..." for everything else */
};

/* A sum of nothing, for code that runs once. */
struct output_size output_size(struct arena *a);

/* Adds bytes; a number or flag of the field's type; an expression over the macros of the runtime or of other structs. */
void	output_size_add(struct output_size *s, size_t bytes);
void	output_size_add_number(struct output_size *s, const struct field *f);
void	output_size_add_text(struct output_size *s, const char *expression);

/* The sum as a C expression. */
const char *output_size_text(const struct output_size *s);

#endif
