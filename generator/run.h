/*
 * run: the verbs of atopgen, with the options and arguments that the command line gave them.
 */
#ifndef RUN_H
#define RUN_H

#include "base/diag.h"

/* One run of one verb. */
struct run {
	struct arena *arena;
	struct diag *diag;
	const char *output; /* -o, or NULL */
	const char *model;  /* --model, or NULL */
	const char *from;   /* --from, or NULL */
	const char *lock;   /* --lock, or NULL */
	const char *as;     /* --as, or NULL */
	const char *view;   /* --view, or NULL */
	char **args;
	size_t nargs;
};

/*
 * Each prints to standard output or writes files. False if it could not: then messages are in run->diag, or
 * were printed where they are about no schema.
 */
bool run_generate(struct run *run);
bool run_check(struct run *run);
bool run_show(struct run *run);
bool run_where(struct run *run);
bool run_layout(struct run *run);
bool run_diff(struct run *run);
bool run_assert(struct run *run);
bool run_new(struct run *run);
bool run_tables(struct run *run);
bool run_fields(struct run *run);

#endif
