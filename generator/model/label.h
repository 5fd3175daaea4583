/*
 * label: labels as their files have them, and as they are resolved: the cells of each section, the lines of each release, and
 * what each cell is in the logs of each release. schemas/README.md has the terms.
 */
#ifndef LABEL_H
#define LABEL_H

#include "model/label_format.h"
#include "model/model.h"
#include "model/scope.h"

#define LABELS_MAX       64 /* bits of a mask */
#define LABEL_VALUES_MAX 4  /* conversions of a column */
#define LABEL_NAME_MAX   20 /* characters of a column's name; LABEL_LEAD_MAX of the runtime less what stands around it */
#define LABEL_PARTS_MAX  8  /* structs that the cells of a section read */

/* --- as written ------------------------------------------------------------------------------------------------- */

/* Versions, both inclusive; text NULL: open. */
struct label_range {
	struct word from, to;
};

struct label_column {
	struct position at;
	struct word name;
	struct word format;
	struct condition values[LABEL_VALUES_MAX]; /* one for each conversion */
	size_t nvalues;
	struct condition compat;   /* what upstream prints instead; text NULL: the same */
	struct word compat_format; /* text NULL: the same */
	struct word separator;     /* JSON: between name and value; text NULL: ": " */
	struct word doc;           /* text NULL: none */
	struct label_range range;
};

struct label_line {
	struct position at;
	struct position as_at;
	bool json;
	bool list; /* JSON: an array of objects, else an object */
	struct word form;
	struct word key;  /* JSON: text NULL: the label */
	struct word each; /* an array; text NULL: once a sample */
	struct condition when, only;
	struct label_range range;
	struct label_column *columns;
	size_t ncolumns;
};

struct label {
	const struct source *source;
	struct position at;
	struct word name;
	uint64_t order;
	struct position order_at;
	struct word doc;
	struct label_line *lines;
	size_t nlines;
};

/* How the elements of an array find their cgroup. */
struct label_group {
	struct position at; /* source NULL: they have none */
	struct word of;     /* the array of cgroups */
	struct condition by, only;
};

struct label_array {
	struct position at;
	struct word name;
	struct word of; /* a role, or a role and members */
	struct condition count, until, only;
	struct label_group group;
	struct label_range range;
};

struct label_name {
	struct word name;
	struct condition value;
	struct label_range range;
};

struct label_number {
	struct word name;
	uint64_t value;
	struct label_range range;
};

/* What the labels of a run share: a file that begins with other keys than `label`. */
struct label_common {
	const struct source *source;
	struct position at;
	struct label_array *arrays;
	size_t narrays;
	struct label_name *names;
	size_t nnames;
	struct label_number *frame;
	size_t nframe;
};

/* --- resolved --------------------------------------------------------------------------------------------------- */

/* A column of a section in one of its meanings: a format and its values. */
struct label_cell {
	const struct label_column *column; /* the first that means it */
	const struct release *of;          /* the release by which its names are looked up */
	bool compat;                       /* the compat variant of that column */
	const char *text; /* format and values, with named expressions written out: cells are equal by it */
	struct label_format format;
	const struct condition *values;
};

/* A condition of a section, of lines or of elements. */
struct label_condition {
	const struct condition *condition;
	const struct release *of;
	const char *text;
	bool of_element;
};

/* A label's lines over one array. */
struct label_section {
	const struct label *label;
	const char *array; /* NULL: once a sample */
	size_t number;     /* of the array; SIZE_MAX */
	struct label_cell *cells;
	size_t ncells;
	struct label_condition *conditions;
	size_t nconditions;
};

struct resolved_column {
	const struct label_column *column;
	size_t cell[2]; /* as it should be, and as upstream has it */
};

/* A line as a release prints it. */
struct resolved_line {
	const struct label *label;
	const struct label_line *line;
	size_t section;
	size_t when, only; /* conditions; SIZE_MAX: none */
	struct resolved_column *columns;
	size_t ncolumns;
};

/* A cell in the logs of a release; values[0] NULL: the release lacks something of it. */
struct typed_cell {
	struct typed *values[LABEL_VALUES_MAX];
};

/* An array in the logs of a release. */
struct typed_array {
	const struct label_array *array; /* NULL: the release has none */
	const struct resolved_block *block;
	const struct field *part; /* the member of the block's struct that the array lies in; NULL: it is the block */
	const char *path;         /* in the part, in C: "nfsmounts.nfsmnt" */
	const struct definition *holder; /* the struct that has the array as a member, */
	const char *holder_path;         /* where it is in the part: "nfsmounts", or "", */
	const struct field *field;       /* and that member */
	const struct definition *element;
	uint64_t limit; /* elements that there is room for */
	struct typed *count, *until, *only;
	struct typed *by, *listed; /* NULL: the elements are in no cgroup */
	const struct field *listed_part;
};

/* A section in the logs of a release. */
struct typed_section {
	bool of_rows;             /* the elements are the structs of a block */
	struct scope_root *roots; /* what its expressions read: header, record, sstat, it, cg */
	size_t nroots;
	struct typed_cell *cells;
	struct typed **conditions; /* NULL: the release lacks something of it */
};

/* The labels of a release. */
struct release_labels {
	const struct release *release;
	uint64_t year_modulo;
	struct resolved_line *lines; /* in order */
	size_t nlines;
	struct typed_array *arrays;          /* by number */
	struct typed_section *sections;      /* by number */
	const struct resolved_block *sample; /* the block with one struct; NULL: none */
	const struct resolved_block *groups; /* the block of cgroups; NULL: none */
};

/* All labels, in their order, and those of each release of the model. */
struct label_model {
	const struct label **labels;
	size_t nlabels;
	const char **arrays; /* names */
	size_t narrays;
	struct label_section *sections;
	size_t nsections;
	struct release_labels *releases; /* in the order of the model */
};

/* What a section's roots are, by index. */
enum label_root_index {
	ROOT_HEADER,
	ROOT_RECORD,
	ROOT_SAMPLE,
	ROOT_ELEMENT,
	ROOT_GROUP,
	ROOTS
};

#endif
