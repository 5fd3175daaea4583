/*
 * survey: what one file holds, read whole, whatever a run chooses of it: its logs, their samples and tasks, and all damage, gaps and
 * notes. As JSON, for manifests.
 */
#ifndef SURVEY_H
#define SURVEY_H

#include <stdbool.h>

#include "atopdump/report/json_out.h"
#include "rawlog/io/watch.h"
#include "rawlog/rawlog.h"

/* How files are read. */
struct survey_options {
	const char *layout; /* as for rawlog_open */
	bool carves;        /* records are looked for in any bytes */
};

/* A file that is surveyed. */
struct survey_file {
	const char *path;
	int fd;             /* opened for reading; closed by the survey */
	bool found;         /* in a folder: passed over if it is not a log */
	struct watch watch; /* bounds what is read */
};

/*
 * Reads the file and adds to the open object: its logs; the damage that is in none of them; the members that are passed over or
 * refused; its status ("ok", "damaged", "refused" or "passed over"), and the reason for the last two. Reports nothing. 0, or an errno:
 * the file could not be read, or memory was short.
 */
int survey_write(struct json_out *j, const struct survey_file *file, const struct survey_options *options);

#endif
