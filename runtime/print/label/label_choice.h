/*
 * label_choice: which labels are asked for, and how they are printed.
 */
#ifndef LABEL_CHOICE_H
#define LABEL_CHOICE_H

#include "print/label/label.h"

struct label_choice {
	uint64_t labels;                /* a bit for each label, by its number; 0: all */
	struct label_style style;       /* without `json` */
	const struct label_release *as; /* the release whose columns are printed; NULL: that of each log */
};

enum label_result {
	LABEL_OK,
	LABEL_EMPTY,  /* a name is missing between two commas */
	LABEL_UNKNOWN /* there is no label of that name */
};

/*
 * Adds the labels of a list "PRG,PRC" to `labels`. "ALL" adds all, and ends the list. A comma may end the list. Where the
 * result is LABEL_UNKNOWN, `name` and `length` are the name.
 */
enum label_result label_choice_add(uint64_t *labels, const char *list, const char **name, size_t *length);

bool label_choice_has(const struct label_choice *choice, size_t label);

/* The release that a version, "2.13", or one of the releases that it covers, "2.13.0", names; NULL: none. */
const struct label_release *label_choice_release(const char *version);

#endif
