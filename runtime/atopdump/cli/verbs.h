/*
 * verbs: one table of what atopdump can do.
 */
#ifndef VERBS_H
#define VERBS_H

#include <stdbool.h>
#include <stddef.h>

#include "atopdump/cli/status.h"

/* Sets of verbs, for the table of options. */
#define VERB_DUMP     1u
#define VERB_CARVE    2u
#define VERB_REPAIR   4u
#define VERB_LIST     8u
#define VERB_SCHEMA   16u
#define VERB_INFO     32u
#define VERB_DESCRIBE 64u
#define VERB_TIMELINE 128u
#define VERB_GAPS     256u
#define VERB_REPORT   1024u
#define VERB_VERIFY   2048u
#define VERB_ANY                                                                                                      \
	(VERB_DUMP | VERB_CARVE | VERB_REPAIR | VERB_LIST | VERB_SCHEMA | VERB_INFO | VERB_DESCRIBE | VERB_TIMELINE | \
	    VERB_GAPS | VERB_REPORT | VERB_VERIFY)
#define VERBS_ZONED VERB_REPORT /* their output has times in the zone of --tz */

struct column_table;
struct format;
struct options;

/* A form of a verb's output that --format names. */
struct verb_form {
	const char *name; /* NULL: the end of the list */
	const char *summary;
};

/* Its members are in the order in which a reader asks for them. */
struct verb {         /* NOLINT(clang-analyzer-optin.performance.Padding) */
	unsigned bit; /* VERB_* */
	const char *name;
	const char *usage;   /* what follows "atopdump" in its usage line */
	const char *summary; /* one line, for the list of verbs */
	const char *text;    /* paragraph for its own help */
	int files_max;       /* operands that it takes */
	const char *operand; /* what they are called: "FILE" */
	bool reads;          /* they are files, which it reads as logs */
	const struct verb_form
	    *forms; /* for --format, the default first; NULL: those of print/format/formats.h, or none */
	enum exit_status (*run)(const struct options *o);
	const struct column_table
	    *table;         /* its rows, if --fields and --where choose from them; NULL: those of the tables of logs */
	unsigned nchoosing; /* of `formats`, as many of the first have the columns that --fields names */
	const struct format *(*formats)(
	    size_t i); /* for --format, the default first, then NULL; NULL: none of its own */
};

/* The first one is what runs if the command line names none. */
extern const struct verb verbs[];
extern const size_t nverbs;

/* The verb of that name; NULL: there is none. */
const struct verb *verbs_find(const char *name);

/* The name of a verb that `word` is most likely meant to be; NULL: none is near. */
const char *verbs_nearest(const char *word);

#endif
