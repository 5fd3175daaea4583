/*
 * label: the interface between the runtime and the generated labels: the lines that atop prints with -P and -J. No
 * hand-written code names a label, a column or a release.
 *
 * A label has sections: its lines that are printed once a sample, or those for each element of one array. A cell is a column
 * of a section in one of its meanings: a format and an expression. Each release lists the cells of its lines; each release
 * whose logs are read has functions that print the cells of a section from its host structs.
 */
#ifndef LABEL_H
#define LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/writer.h"
#include "rawlog/log/row.h"

#define LABEL_PARTS_MAX 8  /* parts that the cells of a section read */
#define LABEL_LEAD_MAX  28 /* bytes before the value of a column */
#define LABEL_NO_ARRAY  SIZE_MAX
#define LABEL_ALWAYS    UINT16_MAX /* in place of a condition: there is none */

/* A label, in the order of output. Its number is its index. */
struct label {
	const char *name;
	const char *doc;
};

extern const struct label labels[];
extern const size_t labels_count;

/* How values are written. */
struct label_style {
	bool json;      /* for a line of JSON; else for a line of words */
	bool compat;    /* as upstream writes them, errors included */
	bool no_spaces; /* words: a text has no blanks, and no parentheses around it */
};

/* What a part lies in. */
enum label_root {
	LABEL_HEADER,  /* the rawheader */
	LABEL_RECORD,  /* the rawrecord */
	LABEL_SAMPLE,  /* the struct that a sample has one of */
	LABEL_ELEMENT, /* the element of the section's array */
	LABEL_GROUP,   /* the struct of the cgroup that the element is in */
	LABEL_ROOTS
};

/* A struct in the host struct of a root, at an offset. */
struct label_part {
	enum label_root root;
	uint32_t offset;
};

/* What the cells of a section are printed of. */
struct label_row {
	const void *const *part; /* the section's parts; NULL in it: of an unknown header, or of no cgroup */
	bool grouped;            /* the element is in a cgroup */
	int64_t index;           /* of the element in its array */
	unsigned model;          /* the data model of the log */
	const struct label_style *style;
	const struct row *row; /* the row of the element, for the processes of a cgroup */
	const char *path;      /* of the cgroup that the element is or is in, from the root; not terminated */
	size_t path_size;      /* 0: unknown */
	struct writer *out;    /* that the cells are written to */
	size_t room;           /* bytes that the line may need */
};

/* A column of a line. */
struct label_column {
	char lead[LABEL_LEAD_MAX]; /* a blank, or a comma and the key */
	uint16_t size;             /* of the lead, in bytes */
	uint16_t cell[2];          /* as it should be, and as upstream has it */
};

/* A section in the logs of a release. */
struct label_source {
	/* Writes the columns at `w`, which has the room that the line may need; returns the end. */
	char *(*cells)(char *w, const struct label_row *row, const struct label_column *columns, size_t ncolumns);
	/* Whether a condition of the section holds; NULL: it has none. */
	bool (*holds)(const struct label_row *row, unsigned condition);
	/*
	 * The line of words that the release itself prints for the section; the first of them, if there are several. `head` writes
	 * the columns with which the lines of all labels over the same block begin, `words` the others. NULL: use `cells`.
	 */
	char *(*head)(char *w, const struct label_row *row);
	char *(*words)(char *w, const struct label_row *row);
	const uint32_t *most;           /* by cell: the most bytes of it */
	const struct label_part *parts; /* not in here, since what has no pointer needs no relocation */
	size_t nparts;
	bool joins; /* the cells ask for the cgroup of the element */
};

/* A line of a label, as a release prints it. */
struct label_line {
	uint16_t label;   /* its number */
	uint16_t section; /* among the sections of all labels */
	uint16_t array;   /* UINT16_MAX: the line is printed once a sample */
	bool json;
	bool list;     /* JSON: an array of objects, else an object */
	uint16_t when; /* the condition of the line, over the sample; LABEL_ALWAYS: none */
	uint16_t only; /* the condition of an element; LABEL_ALWAYS: none */
	uint16_t ncolumns;
	const char *key; /* JSON: its key */
	const struct label_column *columns;
};

/* An array in the logs of a release: a block, or an array in a struct of one. */
struct label_array {
	const struct catalog_struct *of;    /* of the block; NULL: the release has no such array */
	uint32_t part;                      /* offset of the part, in the host struct, that the functions read */
	uint32_t first;                     /* offset of element 0 in that part */
	uint32_t stride;                    /* bytes of an element; 0: the rows of the block are the elements */
	size_t (*count)(const void *part);  /* the elements; NULL: the rows of the block are the elements */
	bool (*shown)(const void *element); /* whether an element is printed; NULL: all are */
	/*
	 * The number by which cgroups list the element that the part is of; false: none lists it. NULL: elements are in no
	 * cgroup.
	 */
	bool (*listed)(const void *part, int64_t *number);
};

/* The labels of a release: how it prints them, and how they are printed from its logs. */
struct label_release {
	const struct catalog_release *release;
	const struct label_line *lines; /* in order */
	size_t nlines;
	uint64_t year_modulo;                      /* years are printed modulo this; 0: whole */
	const struct label_source *const *sources; /* by section; NULL: the logs have nothing for it */
	const struct label_array *arrays;          /* by array */
	const struct catalog_struct *sample;       /* that LABEL_SAMPLE is */
	const struct catalog_struct *group;        /* that LABEL_GROUP is; NULL: the logs have no cgroups */
};

extern const struct label_release *const label_releases[]; /* in the order of catalog_releases */
extern const size_t label_nsections, label_narrays;

#endif
