/*
 * dump_partition: a formatter for each log.
 */
#include "atopdump/dump/dump_partition.h"

#include <string.h>

#include "atopdump/dump/dump_report.h"
#include "atopdump/dump/dump_walk.h"
#include "atopdump/dump/intake.h"

struct run {
	const struct dump_tree *tree;
	struct dump_walk walk;
	struct output_place place;
	char digest[DIGEST_SIZE]; /* of the current file */
	bool stopped;             /* output has failed */
};

/* Reports that output failed with `error`. */
static void
fail(struct run *r, int error)
{
	const struct partition *p = r->tree->partition;

	if (p->refused != NULL) {
		r->walk.report(p->refused,
		    "is one of the files to read; nothing is written of the log that has this name");
	} else {
		r->walk.report(p->folder, strerror(error));
		r->stopped = true;
	}
	r->walk.result = RAWLOG_FAILED;
}

/* Opens the files of the current log. */
static bool
open_files(struct run *r, const struct rawlog *log)
{
	struct partition *p = r->tree->partition;
	const char *host;
	const size_t size = rawlog_host(log, &host);
	int error;

	partition_set_host(&p->log, host, size);
	partition_set_name(&p->log, r->digest, rawlog_number(log));
	r->walk.digest = p->log.name;
	r->place = partition_place(p);
	r->place.follower = r->tree->follower;
	error = formatter_open(&r->walk.formatter, r->tree->format, r->tree->query, &r->place);
	if (error != 0)
		fail(r, error);
	return error == 0;
}

/* Gives the files of the log their names; or removes them, if the log is not to be shown. */
static void
close_files(struct run *r)
{
	const bool keep = r->walk.result == RAWLOG_OK || r->walk.result == RAWLOG_DAMAGED;
	int error;

	partition_set_date(&r->tree->partition->log, r->walk.first);
	error = formatter_finish(r->walk.formatter, keep);
	r->walk.formatter = NULL;
	if (error != 0)
		fail(r, error);
}

/* Dumps the logs of the current offer. */
static void
dump_file(struct run *r, struct intake *intake)
{
	struct dump_walk *w = &r->walk;
	struct rawlog *log = dump_walk_open(w, intake);
	struct plan plan;
	bool more;
	int error;

	if (log == NULL)
		return;
	error = digest_of_log(r->tree->digest, log, r->digest);
	if (error != 0)
		dump_report_failure(w, error);
	for (more = error == 0; more && open_files(r, log);) {
		more = dump_walk_begin_log(w, log, &plan) && dump_walk_samples(w, log, &plan);
		close_files(r);
		more = more && w->result != RAWLOG_FAILED;
	}
	rawlog_close(log);
}

enum rawlog_result
dump_partition(const struct dump_tree *tree, const struct dump_options *options, struct inputs *in,
    void (*report)(const char *path, const char *text))
{
	struct dump_notes notes = { .log = 0 };
	struct run r = {
		.tree = tree,
		.walk = { .options = options, .report = report, .notes = &notes },
	};
	enum rawlog_result worst = RAWLOG_OK;
	struct intake intake;

	intake_begin(&intake, in, false);
	while (!r.stopped && intake_next(&intake)) {
		r.walk.log = intake.offer.number << 32;
		r.walk.result = RAWLOG_OK;
		dump_file(&r, &intake);
		if (r.walk.result > worst)
			worst = r.walk.result;
	}
	intake_end(&intake);
	rawlog_sample_delete(r.walk.sample);
	return dump_folders(in, report, worst);
}
