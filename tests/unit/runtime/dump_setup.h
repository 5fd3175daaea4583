/*
 * dump_setup: a small log, the options of a dump, and the dump itself, for the tests of formats.
 */
#ifndef DUMP_SETUP_H
#define DUMP_SETUP_H

#include "atopdump/dump/dump.h"
#include "atopdump/dump/inputs.h"
#include "print/format/format.h"
#include "print/format/formatter.h"
#include "tiny.h"

#define LOGS_MAX 8 /* the most times that `dump` dumps the log */

extern struct tiny_log tiny;   /* two samples, the second without tasks */
extern struct word_set tables; /* of the query: none, so all are shown */
extern struct query query;
extern struct output_place place; /* a file at out_path */
extern struct dump_options options;
extern char told[2048];      /* the messages, a line each */
extern const char *log_path; /* the file that messages must name; NULL: any */
extern const char *out_path;

/* Fixtures: set all of these; with one thread or with three. */
void dump_setup(void);
void dump_setup_threads(void);
void dump_teardown(void);

/* Dumps the `count` logs at `paths`. */
enum rawlog_result dump_paths(struct formatter *f, char **paths, int count);

/* Dumps `tiny` `times` times to `place`, and returns the worst result. Output must not fail. */
enum rawlog_result dump(const struct format *format, int times);

/* Makes `tiny` a log of one sample, in which the checksum of the tasks is wrong, and `tables` only the tasks. */
void break_tasks(void);

#endif
