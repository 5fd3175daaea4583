/*
 * command_table: the verbs and options of atopgen. The command line, the help and the manual page come from them.
 */
#ifndef COMMAND_TABLE_H
#define COMMAND_TABLE_H

#include "run.h"

struct command_verb {
	const char *name;
	const char *options; /* the letters of its options */
	size_t least, most;  /* arguments */
	bool (*run)(struct run *run);
	const char *usage;
	const char *does;
};

struct command_option {
	char letter; /* by which verbs name it; short_form: it can be given so */
	bool short_form;
	const char *name;
	const char *value; /* NULL: it takes none */
	const char *does;
};

extern const struct command_verb command_verbs[];
extern const size_t command_nverbs;

/* The last ones have no letter in a verb: they stand without one. */
extern const struct command_option command_options[];
extern const size_t command_noptions;

#endif
