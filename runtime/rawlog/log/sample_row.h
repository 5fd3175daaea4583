/*
 * sample_row: rows made from samples: what is known about a record, a struct or a header, as plain data.
 */
#ifndef SAMPLE_ROW_H
#define SAMPLE_ROW_H

#include "rawlog/log/row.h"
#include "rawlog/log/sample.h"

/* A row and what it points to, except the bytes of the sample. */
struct rawlog_row {
	struct row row;
	struct row_sample sample;
	struct row_cgroup cgroup;
	char path[CGROUP_PATH_MAX];
};

/*
 * Fill in the row, and return it: for a rawheader; for the record of the sample, before its structs; for the struct in
 * `host` that rawlog_struct returned last.
 */
const struct row *rawlog_row_of_header(struct rawlog_row *r, const struct layout *layout, const void *host);
const struct row *rawlog_row_of_record(struct rawlog_row *r, const struct rawlog_sample *sample);
const struct row *rawlog_row_of_struct(struct rawlog_row *r, const struct rawlog_sample *sample, const void *host);

#endif
