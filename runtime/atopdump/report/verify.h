/*
 * verify: compares a manifest with the files that it names. Differences become sentences; nothing is printed here.
 */
#ifndef VERIFY_H
#define VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "atopdump/dump/digest.h"
#include "atopdump/report/json_in.h"
#include "atopdump/report/survey.h"

#define VERIFY_TEXT_MAX 640 /* bytes of a sentence */
#define VERIFY_MOST     20  /* sentences about one file */

/* A file that a manifest lists. */
struct verify_file {
	const struct json_node *recorded; /* its object */
	char *path;                       /* the exact bytes; owned */
	bool input;
	bool again;       /* it was a regular file: it can be read again */
	const char *what; /* what it was instead: "standard input"; else NULL */
};

/* A manifest as verify sees it; the files in its order, inputs first. */
struct verify_list {
	struct verify_file *files;
	size_t count;
	struct survey_options survey;
};

/* Makes the list. False: it is no manifest, and `why` (VERIFY_TEXT_MAX bytes) says why not; nothing is owned. */
bool verify_list_make(struct verify_list *list, const struct json_node *root, char *why);
void verify_list_free(struct verify_list *list);

/* Gets sentences about a file. */
struct verify_report {
	void (*differs)(void *context, const char *path, const char *text);
	void *context;
	struct digest *digest;
	bool surveys; /* logs are read again too */
};

/*
 * Compares the regular file at `fd`, which is closed here, with what is recorded. `same`: it is as it was. 0, or an errno: it could not
 * be read, or memory was short.
 */
int verify_compare(const struct verify_report *report, const struct verify_list *list, const struct verify_file *file,
    int fd, bool *same);

#endif
