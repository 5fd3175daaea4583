/*
 * run_manifest: --manifest of a run: the file that it is written to, and what it says of program and command line.
 */
#ifndef RUN_MANIFEST_H
#define RUN_MANIFEST_H

#include "atopdump/cli/options.h"
#include "atopdump/cli/status.h"
#include "atopdump/report/manifest.h"

#define RUN_MANIFEST_DESCRIPTORS 4 /* that are open beside inputs and outputs */

/* A file that was found in a folder and is not opened. */
struct unopened {
	char *path;
	const char *why; /* static */
};

struct run_manifest {
	const char *path; /* NULL: none is asked for, and the functions do nothing */
	struct output output;
	struct manifest manifest;
	struct unopened *unopened;
	size_t nunopened;
	bool opened;
	bool lacks; /* memory was short for the list */
};

void run_manifest_init(struct run_manifest *r, const struct options *o);

/* Adds a file that is not opened; `context` is the manifest. */
void run_manifest_skip(void *context, const char *path, const char *why);

/* Opens the file and begins the document; inputs are followed from now on. False: it failed, which is reported. */
bool run_manifest_begin(struct run_manifest *r, const struct options *o, struct inputs *in);

/* What follows outputs; NULL: nothing. */
const struct output_follower *run_manifest_outputs(const struct run_manifest *r);

/* Ends it: the file gets its name unless the run has failed. Returns the status of the run, which changes if that fails. */
enum exit_status run_manifest_end(struct run_manifest *r, const struct options *o, struct inputs *in,
    enum exit_status status);

#endif
