/*
 * option_table: one row for each option. Parsing, the help and messages all come from it.
 */
#ifndef OPTION_TABLE_H
#define OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "atopdump/cli/options.h"

#define OPTION_ROWS_MAX 64 /* the bits of options.given */
#define OPTION_JOBS_MAX 1024

/* What an option is for: a paragraph of the short help. */
enum option_task {
	TASK_NONE, /* only the help of its verbs has it */
	TASK_IN,
	TASK_OUT,
	TASK_CHOOSE,
	TASK_CUT,
	TASK_MORE,
	TASK_COUNT
};

/* Its members are in the order in which the rows of the table are written. */
struct option_row {        /* NOLINT(clang-analyzer-optin.performance.Padding) */
	char letter;       /* '\0': it has none */
	const char *name;  /* after "--" */
	const char *value; /* the name of its value in the help; NULL: it takes none */
	unsigned verbs;    /* VERB_*: those that take it */
	/* Sets what the option says; `value` is NULL if it has none. False: `why` says what is wrong. */
	bool (*set)(struct options *o, const struct option_row *row, const char *value, char *why);
	/* The words that its value can be with a verb: number `i` and what it means; NULL: there are no more. NULL: other values. */
	const char *(*word)(const struct verb *verb, size_t i, const char **summary);
	size_t to;        /* the offset in struct options of the member that a setter of several rows sets */
	unsigned most;    /* the value is a number from 1 to this; 0: it is not a number */
	const char *help; /* in full, a paragraph; NULL: the words say it all */
	bool optional;    /* its value can be left out; given, it follows = */
	bool aside;       /* it changes nothing that is read or written */
	bool adds;        /* given again it adds to its value; else a value can be given once */
	enum option_task task;
	const char *brief; /* its line in the short help; if its value is one of some words, they follow */
};

extern const struct option_row option_rows[];
extern const size_t option_nrows;

/* The option name that the first `length` bytes of `word` are most likely meant to be; NULL: none is near. */
const char *option_nearest(const char *word, size_t length);

#endif
