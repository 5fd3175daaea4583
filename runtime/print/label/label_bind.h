/*
 * label_bind: the lines that are asked for, bound to the structs of a log.
 */
#ifndef LABEL_BIND_H
#define LABEL_BIND_H

#include "print/label/label_lines.h"

/* A line that is printed, and where its values come from. */
struct bound_line {
	const struct label_line *line;
	const struct label_source *source; /* NULL: the log has nothing for it */
	const struct label_array *array;   /* NULL: the line is printed once a sample */
	struct writer *out;                /* set by label_lines */
	size_t room;                       /* the most bytes of the line, and what put_copy writes behind it */
	bool own;                          /* words: the source's function words writes it, */
	bool head;                         /* and its function head */
	bool joins;                        /* its cells ask for the cgroup that lists the element */
	uint16_t name_size;
	char name[8]; /* of the label, if it is not longer */
	/* In a sample: */
	bool wanted;                       /* the condition of the line holds */
	bool opened;                       /* JSON: the key is written */
	bool filled;                       /* JSON: an element is written */
	const void *part[LABEL_PARTS_MAX]; /* label_row.part, for the structs that were current at change `found` */
	uint64_t found;                    /* 0: never */
};

struct label_bound {
	const struct label_release *how; /* whose columns are printed */
	const struct label_release *of;  /* whose log it is */
	struct bound_line *lines;        /* in order */
	size_t count;
	struct bound_line **of_rows; /* those whose elements are the rows of a block */
	size_t nof_rows;
	struct bound_line **active; /* those of of_rows that are printed in the current sample; set by label_lines */
	size_t nactive;
};

/* Binds the lines of `choice` to the logs of a release. False: out of memory, and nothing is bound. */
bool label_bind(struct label_bound *b, const struct label_choice *choice, bool json,
    const struct catalog_release *release);
void label_unbind(struct label_bound *b);

/* Whether the elements of the line are the rows of a block. */
static inline bool
label_takes_rows(const struct bound_line *line)
{
	return line->array != NULL && line->array->of != NULL && line->array->count == NULL;
}

/* As label_lines_shows, label_lines_needs and label_lines_joins. */
bool label_bound_shows(const struct label_bound *b, const struct catalog_struct *s);
uint64_t label_bound_needs(const struct label_bound *b, const struct catalog_struct *s);
bool label_bound_joins(const struct label_bound *b, const struct catalog_struct *s);

#endif
