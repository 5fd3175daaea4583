/*
 * verb_dump: opens the format, has logs dumped or carved into it, ends it.
 */
#include <errno.h>
#include <string.h>

#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/option_window.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/run.h"
#include "atopdump/cli/verb_dump.h"
#include "atopdump/dump/dump_partition.h"
#include "atopdump/dump/tally.h"

/* Prepares the limit of rows; `all` gets the tables that can have some if --tables names none. False: out of memory. */
static bool
begin_limit(const struct options *o, struct row_limit *limit, struct word_set *all)
{
	if (o->limit > 0 && o->tables.count == 0 && !o->format->add_words(all))
		return false;
	return row_limit_init(limit, o->limit, o->tables.count > 0 ? &o->tables : all);
}

/* Has the logs dumped or carved into the format, which is open; or into the tree, if there is one. */
static enum exit_status
write_logs(const struct options *o, const struct query *query, struct inputs *in, struct formatter *f,
    const struct dump_tree *tree)
{
	struct dump_options options = o->dump;
	struct sample_choice samples = o->samples;
	struct tally tally = { .logs = 0 };
	char text[OPTION_WINDOW_TEXT_MAX], summary[TALLY_TEXT_MAX];
	enum exit_status status;

	for (int i = 0; i < in->nfolders; i++)
		tally.passed += in->folders[i].passed;
	options.samples = &samples;
	options.tally = &tally;
	options.carve = query->offsets;
	options.layout = o->layout;
	options.jobs = query->limit != NULL || o->format->serial ? 1 : options.jobs;
	status = status_of(
	    tree != NULL ? dump_partition(tree, &options, in, message) : dump_logs(f, &options, in, message));
	if (status_keeps_output(status) && !row_limit_is_reached(query->limit) &&
	    option_window_is_empty(&samples, text))
		message_run(text);
	if (status == STATUS_REFUSED && query->several && o->place.path != NULL && tree == NULL)
		message_run(
		    "a FILE was refused, so the output of the others is not kept: leave that FILE out, or name its "
		    "layout with --schema");
	if (query->several && !options.quiet && (o->summary || options.verbose)) {
		tally_describe(&tally, summary);
		message_run(summary);
	}
	return status;
}

static int
write_format(const struct options *o, struct inputs *in, struct query *query, enum exit_status *status)
{
	struct formatter *f;
	const int error = formatter_open(&f, o->format, query, &o->place);

	if (error != 0)
		return error;
	confine(o, in);
	*status = write_logs(o, query, in, f, NULL);
	return formatter_finish(f, status_keeps_output(*status));
}

static int
write_tree(const struct options *o, struct inputs *in, const struct query *query, enum exit_status *status)
{
	struct inputs_identity identity = { NULL, 0 };
	struct digest *digest = digest_new();
	struct partition partition;
	const struct dump_tree tree = { &partition, digest, o->format, query, o->place.follower };
	int error = digest != NULL && inputs_remember(&identity, in) ? 0 : ENOMEM;

	if (error == 0)
		error = partition_open(&partition, o->partition, &identity);
	if (error == 0) {
		confine(o, in);
		*status = write_logs(o, query, in, NULL, &tree);
		error = partition_close(&partition);
	}
	inputs_forget(&identity);
	digest_delete(digest);
	return error;
}

static int
write_limited(const struct options *o, struct inputs *in, bool carve, enum exit_status *status)
{
	struct query query = options_query(o);
	struct word_set tables = { NULL, 0 };
	struct row_limit limit = { 0 };
	const bool begun = begin_limit(o, &limit, &tables);
	int error = ENOMEM;

	query.offsets = carve;
	query.several = in->several;
	query.limit = o->limit > 0 ? &limit : NULL;
	if (begun)
		error = o->partition != NULL ? write_tree(o, in, &query, status) : write_format(o, in, &query, status);
	row_limit_free(&limit);
	word_set_free(&tables);
	return error;
}

static int
write_dump(const struct options *o, struct inputs *in, enum exit_status *status)
{
	return write_limited(o, in, false, status);
}

static int
write_carved(const struct options *o, struct inputs *in, enum exit_status *status)
{
	return write_limited(o, in, true, status);
}

enum exit_status
verb_dump(const struct options *o)
{
	return run_on_logs(o, write_dump);
}

enum exit_status
verb_carve(const struct options *o)
{
	return run_on_logs(o, write_carved);
}
