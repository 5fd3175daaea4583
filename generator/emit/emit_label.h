/*
 * emit_label: the functions that print labels, shared by the files emit_label*.
 */
#ifndef EMIT_LABEL_H
#define EMIT_LABEL_H

#include "base/out.h"
#include "emit/emit_plan.h"
#include "model/label.h"

/* A function of labels. Releases whose functions have the same text share it. */
struct label_function {
	const char *name;
	const struct release *origin; /* in whose file it is */
	const char *comment;
	const char *before, *behind; /* of the name: "char *", "(char *w, …)" */
	const char *body;
};

/* A release has a function that is another's. */
struct label_use {
	const struct release *by, *of;
};

struct label_functions {
	struct arena *arena;
	struct label_function *list;
	size_t count;
	struct label_use *uses; /* each once */
	size_t nuses;
};

/* The name of a function with that text: `made`, which is added, or that of an older release, whose use is noted. */
const char *label_function_add(struct label_functions *f, const struct label_function *made);

/* A struct that the functions of a section read: a variable in C. */
struct label_part {
	enum label_root_index root;
	const struct field *field; /* the member of the root's struct; NULL: the struct itself */
	const struct definition *def;
	const char *name;
};

/* What is emitted of a section for a release. */
struct label_code {
	struct label_part parts[LABEL_PARTS_MAX];
	size_t nparts;
	const char *cells, *holds; /* names of functions; holds NULL: there are no conditions */
	const char *head, *words;  /* NULL: see emit_label_words */
	const char **most;         /* by cell: its most bytes, in C */
	bool joins;
};

/* The functions of an array. */
struct label_array_code {
	const char *count, *shown, *listed; /* NULL: none */
};

/* Adds the functions of release `r`; `arrays` are the functions of its arrays, by number. */
struct label_array_code label_array_make(struct label_functions *f, const struct release_labels *r,
    const struct typed_array *array, const char *name);
struct label_code label_code_make(struct label_functions *f, const struct label_model *m,
    const struct release_labels *r, size_t section, const struct label_array_code *arrays);

/* The code of a section being made. */
struct label_making {
	struct label_functions *functions;
	const struct label_model *model;
	const struct release_labels *release;
	size_t section;
	const struct label_array_code *arrays;
	struct label_code *code;
};

/* Emits pointers to the parts that the statements read, and the data model and the style if they use them. */
void label_emit_variables(struct out *o, const struct label_code *code, const char *statements);

/*
 * Makes the functions that write the release's own line of words of the section, whose elements are structs of a block: the
 * columns that it has in common with such lines of other labels, and the others.
 */
void label_words_make(struct label_making *m, const char *stem);

/* The C statement that writes the cell at `start`, an expression; and the most bytes of it. */
const char *label_cell_statement(struct arena *a, const struct abi *abi, const struct label_cell *cell,
    const struct typed_cell *typed, const char *start);
const char *label_cell_most(struct arena *a, const struct label_cell *cell, const struct typed_cell *typed);

/* Whether the C text reads members through the pointer. */
bool label_text_reads(const char *text, const char *pointer);

/* labels.c: the labels, and the lines of each release. */
void emit_label_lines(struct out *o, const struct emit_plan *p, const struct label_model *m);

#endif
