/*
 * survey_list: what is found in a log or a file, such as its damage, one after the other: an array of JSON whose text is kept until
 * its place comes. An element is one line.
 */
#ifndef SURVEY_LIST_H
#define SURVEY_LIST_H

#include <stdbool.h>

#include "atopdump/report/json_out.h"
#include "print/format/format.h"
#include "rawlog/log/damage.h"

struct survey_list {
	struct writer text;
	struct json_out json; /* writes to the text */
};

/* False: out of memory, and nothing is owned. */
bool survey_list_open(struct survey_list *list);
void survey_list_close(struct survey_list *list);

/* Sets how deep the elements will stand in the document. */
void survey_list_place(struct survey_list *list, unsigned depth);

/* Add an element. `member`: of the archive that the file is; NULL: none. */
void survey_list_damage(struct survey_list *list, const struct rawlog_damage *damage, const char *member);
void survey_list_gap(struct survey_list *list, const struct rawlog_damage *gap);
void survey_list_note(struct survey_list *list, const struct format_note *note);
void survey_list_unread(struct survey_list *list, const char *member, bool passed, const char *why);

/* Writes the array, and empties the list. False: memory was short for an element. */
bool survey_list_put(struct survey_list *list, struct json_out *j, const char *key);

#endif
