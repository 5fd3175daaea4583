/*
 * load: finds and reads the files of a run: abi.yaml beside the schemas, every schema that a named one extends, and the files
 * of labels and views that are named. The first key of a file says which it is.
 */
#ifndef LOAD_H
#define LOAD_H

#include "model/label.h"
#include "model/model.h"
#include "model/suspect.h"

struct loaded {
	struct abi *abi;
	struct schema **schemas; /* each once, a base before what extends it */
	bool *named;             /* which of them the user asked for */
	size_t nschemas;
	struct label **labels; /* in the order of the command line */
	size_t nlabels;
	struct label_common *common; /* NULL: none */
	const struct view **views;   /* in the order of the command line */
	size_t nviews;
	struct suspects suspects;
};

/*
 * Reads the files named on the command line and, of schemas, all that they extend. Reports cycles, missing files and two schemas of
 * one version. False if anything was reported; then `out` is not valid.
 */
bool load_schemas(struct arena *a, struct diag *d, const char *const *paths, size_t npaths, struct loaded *out);

/* Whether a schema of that version, which need not have been read, is beside the one in `source`. */
bool load_has_schema(struct arena *a, const struct source *source, const char *version);

/* The text of another file; NULL: it cannot be read, which is reported unless it is missing and `optional`. */
const struct source *load_text(struct arena *a, struct diag *d, const char *path, bool optional);

/* `name` in the folder of `path`. */
const char *load_beside(struct arena *a, const char *path, const char *name);

#endif
