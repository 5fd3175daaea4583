/*
 * manifest: one document of JSON about a run: which program it was, what it read and what it wrote, with digests. docs/evidence.md
 * describes its keys.
 *
 * Equal runs give equal manifests: nothing in it depends on the time of the run, on threads or on temporary names. Each input is read
 * whole when its turn comes, before the run reads it: its digest and its survey are those of the same bytes, because the run reads no
 * further than the input's size at that moment. What cannot be read twice is followed instead, and has no survey.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>

#include "atopdump/dump/digest.h"
#include "atopdump/dump/inputs.h"
#include "atopdump/report/json_out.h"
#include "atopdump/report/survey.h"
#include "print/format/output.h"

#define MANIFEST_KEY     "atopdump_manifest" /* its value is the version of the shape */
#define MANIFEST_VERSION 1

struct manifest_product;

struct manifest {
	struct json_out json;
	struct survey_options survey;
	const struct inputs *in;
	struct digest *digest;
	struct digest *streams; /* of an input that is no regular file and has been taken */
	uint64_t stream_size;
	bool streaming; /* that input's object is open */
	struct inputs_follower inputs;
	struct output_follower outputs;
	struct manifest_product *products; /* the outputs that exist */
	size_t nproducts;
	int error;           /* errno of the first failure; 0 */
	const char *culprit; /* the path of the input that failed; NULL: it is none */
};

/*
 * Prepares a manifest that is written to `out`, up to its inputs: the caller adds keys about the program and the run to the open
 * object m->json. 0, or an errno; after failure nothing is owned.
 */
int manifest_open(struct manifest *m, struct writer *out);

/* Begins the list of inputs, which follow when they are taken: `in` is followed. */
void manifest_begin_inputs(struct manifest *m, struct inputs *in, const struct survey_options *options);

/* Takes the inputs that the run has not taken. Ends the list. */
void manifest_end_inputs(struct manifest *m, struct inputs *in);

/* Writes the outputs that have ended, and `status`, and ends the document. The errno of the first failure; 0. */
int manifest_end(struct manifest *m, int status);

void manifest_close(struct manifest *m);

/*
 * Adds the size, the time of change and the digest of the regular file at `fd`, up to `*end`, which is lowered to its end. 0, or an
 * errno.
 */
int manifest_put_file(struct json_out *j, struct digest *digest, int fd, uint64_t *end);

/* Adds a path: "-" is a standard stream. */
void manifest_put_path(struct json_out *j, const char *path);

#endif
