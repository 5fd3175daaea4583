/*
 * choice: a layout that the user forces, because the log's header is lost, was patched, or fits two writers. The data is
 * compared with the forced layout; if it does not fit, the log is refused.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include <stdbool.h>

#include "rawlog/io/file.h"
#include "rawlog/log/header.h"

struct choice {
	const struct catalog_release *release; /* NULL: none, the header decides */
	int model;                             /* index of catalog_models; -1: the one that fits */
};

#define CHOICE_MESSAGE_MAX 256

/*
 * Parses "RELEASE" or "RELEASE/MODEL", with the names of the catalog. False: `why` (CHOICE_MESSAGE_MAX bytes) lists the
 * names that exist.
 */
bool choice_parse(struct choice *c, const char *text, char *why);

/*
 * Finds the data model and byte order with which the start of the log fits the forced release: the first record is
 * plausible, and its first block inflates to exactly its size. For a log without records only the lengths in its header
 * are compared, not the aversion. Refused: the reason is in `message`, of HEADER_MESSAGE_MAX bytes.
 */
enum header_result choice_find(const struct choice *c, struct file *f, struct layout *layout, char *message);

/*
 * Appends to the refusal of a log the releases that fit its first record: the user can force these. OK: there are some; refused:
 * there are none. Without memory to look, nothing is appended.
 */
enum header_result choice_suggest(struct file *f, char *message);

#endif
