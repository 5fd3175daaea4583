/*
 * choice: a release that the user names instead of the log's header, because the header is gone, was patched, or cannot
 * tell two writers apart. What the log holds is held against it: a layout that does not fit is refused all the same.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include <stdbool.h>

#include "rawlog/io/file.h"
#include "rawlog/log/header.h"

struct choice {
	const struct catalog_release	*release;	/* NULL: none, the header decides */
	int				 model;		/* of catalog_models; -1: whichever fits */
};

#define CHOICE_MESSAGE_MAX	256

/* Reads a release as the catalog names it, with a data model behind a slash or without. False, and `why` (CHOICE_MESSAGE_MAX bytes) says what there is to choose from. */
bool	choice_parse(struct choice *c, const char *text, char *why);

/*
 * Finds the data model and byte order with which the log begins like one of the chosen release: its first record is
 * plausible, and that record's first block inflates to exactly its size. A log without records is taken at its
 * header's word, aversion aside. Refused: `message` has room for HEADER_MESSAGE_MAX bytes.
 */
enum header_result	choice_find(const struct choice *c, struct file *f, struct layout *layout, char *message);

/*
 * Appends to the refusal of a log which releases it begins like behind its header, if there are such: choices that would
 * read it.
 */
void	choice_suggest(struct file *f, char *message);

#endif
