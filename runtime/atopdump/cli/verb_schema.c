/*
 * verb_schema: to standard output: the tables as a database defines them, or the lines of a release.
 */
#include "atopdump/cli/verb_schema.h"

#include <stdio.h>
#include <string.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/report/definitions.h"
#include "atopdump/report/json_schema.h"
#include "print/format/output.h"
#include "rawlog/catalog/catalog.h"

static enum exit_status
print_tables(const struct options *o)
{
	if (!definitions_print(stdout, o->engine, &o->tables)) {
		message_run("out of memory");
		return STATUS_FAILED;
	}
	return status_of_stdout();
}

/* The release and the data model that "2.7/lp64" names; no model: NULL. */
static const struct catalog_release *
find_layout(const char *word, const char **model)
{
	const size_t length = strcspn(word, "/");
	const struct catalog_release *found = NULL;

	for (size_t i = 0; i < catalog_nreleases; i++)
		if (strlen(catalog_releases[i]->version) == length &&
		    memcmp(catalog_releases[i]->version, word, length) == 0)
			found = catalog_releases[i];
	*model = word[length] == '/' ? word + length + 1 : NULL;
	return found;
}

static enum exit_status
print_lines(const struct options *o)
{
	const struct catalog_release *release;
	struct rawlog_error why;
	struct output output;
	const char *model;
	int error;

	if (o->as_given || o->tables.count > 0) {
		message_usage(o->as_given  ? "schema takes RELEASE or --as=ENGINE, not both"
			: o->views != NULL ? "schema takes RELEASE or --view=LIST, not both"
					   : "schema takes RELEASE or --tables=LIST, not both",
		    false);
		return STATUS_FAILED;
	}
	if (!rawlog_is_layout(o->files[0], &why)) {
		message_usage(why.text, false);
		return STATUS_FAILED;
	}
	release = find_layout(o->files[0], &model);
	error = output_open(&output, &(struct output_place){ .path = NULL });
	if (error == 0) {
		json_schema_put(&output.writer, release, model);
		error = output_finish(&output, true);
	}
	return status_of_output(STATUS_OK, NULL, error);
}

enum exit_status
verb_schema(const struct options *o)
{
	return o->unnamed ? print_tables(o) : print_lines(o);
}
