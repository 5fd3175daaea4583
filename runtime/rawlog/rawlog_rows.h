/*
 * rawlog_rows: structs of a log as rows, for programs in the source tree that print them. Beside rawlog.h it needs the
 * generated catalog, so it is not installed.
 */
#ifndef RAWLOG_ROWS_H
#define RAWLOG_ROWS_H

#include "rawlog/log/row.h"
#include "rawlog/rawlog.h"

struct cgroup;

/* A row and what it points to, except the bytes of the sample. */
struct rawlog_row {
	struct row row;
	struct row_sample sample;   /* of the record that was made a row last */
	struct rawlog_sample *from; /* the sample of the block that was begun last */
	uint64_t faults; /* of a struct: known faults of the recorder that show in it, bits of its release's faults */
	struct row_cgroup cgroup;
	char path[RAWLOG_PATH_MAX];
	/* The cgroup that was looked up last in this block. */
	const struct cgroup *joined_of; /* NULL: none yet */
	struct row_joined joined;
	char joined_path[RAWLOG_PATH_MAX];
};

/* The release that the current log is read as; and, if it is carved, the `n` that fit it, oldest first. */
const struct catalog_release *rawlog_catalog_release(const struct rawlog *log);
const struct catalog_release *const *rawlog_catalog_fits(const struct rawlog *log, size_t *n);

/* Fills in the row for the rawheader of the current log, which has one. */
void rawlog_row_of_header(struct rawlog_row *r, const struct rawlog *log);

/* Fills in the row for the record of a sample. */
void rawlog_row_of_record(struct rawlog_row *r, const struct rawlog_sample *sample);

/*
 * As rawlog_block, of a sample whose record was made a row in `r`. `parts`: those that the rows of its structs need, as in
 * catalog_struct; row_fill decodes more of one. CATALOG_WHOLE: all.
 */
void rawlog_rows_of_block(struct rawlog_row *r, struct rawlog_sample *sample, size_t block, uint64_t parts);

/* As rawlog_struct, of that block: RAWLOG_OK fills in the row for its next struct. */
enum rawlog_result rawlog_row_of_struct(struct rawlog_row *r, struct rawlog_damage *damage, int *error);

#endif
