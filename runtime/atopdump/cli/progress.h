/*
 * progress: how far a run is, as a line on the terminal that standard error is. The line appears when the run takes more than
 * a second, is rewritten at most ten times a second, and is gone before any message and at the end.
 *
 * There is none if --quiet is given, or if standard output is the same terminal.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "atopdump/cli/options.h"
#include "atopdump/dump/inputs.h"

struct progress {
	bool shows;
	unsigned width; /* columns of the terminal */
	uint64_t began; /* milliseconds, from a clock that only goes forward */
	uint64_t shown; /* when the line was written last */
	const struct inputs *in;
	const char *path;  /* of the current file */
	int number;        /* files before it */
	bool known;        /* the sizes of all files are */
	uint64_t total;    /* bytes of all files */
	uint64_t before;   /* bytes of the files before the current one */
	uint64_t size;     /* of the current one */
	uint64_t position; /* in it */
};

/* Follows the reading of the inputs, which are open and of which none is taken, until progress_end. */
void progress_begin(struct progress *p, const struct options *o, struct inputs *in);
void progress_end(struct progress *p);

#endif
