/*
 * run_manifest: everything about a manifest that the command line decides.
 */
#include "atopdump/cli/run_manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/option_table.h"
#include "atopdump/cli/sandbox.h"
#include "atopdump/cli/version.h"
#include "atopdump/dump/archive.h"
#include "print/text/put.h"
#include "rawlog/catalog/catalog.h"

#define WORD_MAX 96 /* bytes of a library's name and version */

void
run_manifest_init(struct run_manifest *r, const struct options *o)
{
	*r = (struct run_manifest){ .path = o->manifest };
}

void
run_manifest_skip(void *context, const char *path, const char *why)
{
	struct run_manifest *r = context;
	struct unopened *list;

	if (r->path == NULL || r->lacks)
		return;
	list = realloc(r->unopened, (r->nunopened + 1) * sizeof *list);
	r->lacks = list == NULL;
	if (list == NULL)
		return;
	r->unopened = list;
	list[r->nunopened] = (struct unopened){ strdup(path), why };
	r->lacks = list[r->nunopened].path == NULL;
	r->nunopened += !r->lacks;
}

/* --- the program and the run ------------------------------------------------------------------------------------ */

/* Adds "NAME: VERSION" without what stands before the colon, if it is one. */
static void
put_library(struct json_out *j, const char *words)
{
	const char *colon = strstr(words, ": ");

	if (strncmp(words, "no ", 3) != 0)
		json_text(j, NULL, colon != NULL ? colon + 2 : words);
}

/* The libraries that this run uses. */
static void
put_libraries(struct json_out *j, const struct format *format)
{
	char words[WORD_MAX];
	const char *version, *name;

	json_open_array(j, "libraries");
	for (size_t i = 0; (name = rawlog_library(i, &version)) != NULL; i++) {
		snprintf(words, sizeof words, "%s %s", name, version);
		put_library(j, words);
	}
	digest_describe(words);
	put_library(j, words);
	sandbox_describe(words);
	put_library(j, words);
	if (archive_is_loaded()) {
		archive_describe(words);
		put_library(j, words);
	}
	if (format != NULL && format->library != NULL) {
		snprintf(words, sizeof words, "%s %s", format->library, format->library_version());
		put_library(j, words);
	}
	json_close_array(j);
}

static void
put_tool(struct json_out *j, const struct options *o)
{
	json_open_object(j, "tool");
	json_text(j, "name", "atopdump");
	json_text(j, "version", rawlog_version());
	json_text(j, "commit", version_commit());
	json_text(j, "catalog", catalog_digest);
	put_libraries(j, o->format);
	json_close_object(j);
}

/* The options that can change what is read or written. */
static void
put_options(struct json_out *j, const struct options *o)
{
	json_open_array(j, "options");
	for (size_t i = 0; i < o->nwords; i++) {
		const struct option_row *row = o->option_words[i].row;
		char text[OPTION_WORD_MAX];

		if (row->aside)
			continue;
		const char *value = row->value != NULL ? o->option_words[i].value : NULL;

		snprintf(text, sizeof text, "--%s%s%s", row->name, value != NULL ? "=" : "",
		    value != NULL ? value : "");
		json_text(j, NULL, text);
	}
	json_close_array(j);
}

static void
put_run(struct json_out *j, const struct options *o)
{
	json_open_object(j, "run");
	json_text(j, "verb", o->verb->name);
	put_options(j, o);
	json_open_array(j, "files");
	for (int i = 0; i < o->nfiles; i++)
		json_text(j, NULL, o->files[i]);
	json_close_array(j);
	json_text(j, "schema", o->layout);
	json_flag(j, "carves", o->verb->bit == VERB_CARVE);
	json_text(j, "time_zone", o->window.zone != NULL ? o->window.zone : "UTC");
	json_close_object(j);
}

static void
put_unopened(struct json_out *j, const struct run_manifest *r)
{
	json_open_array(j, "not_opened");
	for (size_t i = 0; i < r->nunopened; i++) {
		json_open_object(j, NULL);
		manifest_put_path(j, r->unopened[i].path);
		json_text(j, "reason", r->unopened[i].why);
		json_close_object(j);
	}
	json_close_array(j);
}

/* --- the file --------------------------------------------------------------------------------------------------- */

bool
run_manifest_begin(struct run_manifest *r, const struct options *o, struct inputs *in)
{
	const struct output_place place = { .path = r->path, .force = o->place.force };
	const struct survey_options survey = { .layout = o->layout, .carves = o->verb->bit == VERB_CARVE };
	int error;

	if (r->path == NULL)
		return true;
	error = r->lacks ? ENOMEM : output_open(&r->output, &place);
	if (error == 0) {
		error = manifest_open(&r->manifest, &r->output.writer);
		if (error != 0)
			output_finish(&r->output, false);
	}
	if (error != 0) {
		message_output(r->path, error);
		return false;
	}
	r->opened = true;
	put_tool(&r->manifest.json, o);
	put_run(&r->manifest.json, o);
	put_unopened(&r->manifest.json, r);
	manifest_begin_inputs(&r->manifest, in, &survey);
	return true;
}

const struct output_follower *
run_manifest_outputs(const struct run_manifest *r)
{
	return r->opened ? &r->manifest.outputs : NULL;
}

/* Writes the rest of the document. 0, or an errno. */
static int
end_document(struct run_manifest *r, const struct options *o, struct inputs *in, enum exit_status status)
{
	if (status == STATUS_FAILED)
		return 0;
	manifest_end_inputs(&r->manifest, in);
	return manifest_end(&r->manifest, o->accept_damage && status == STATUS_DAMAGED ? STATUS_OK : status);
}

enum exit_status
run_manifest_end(struct run_manifest *r, const struct options *o, struct inputs *in, enum exit_status status)
{
	int error, closing;

	if (r->opened) {
		error = end_document(r, o, in, status);
		closing = output_finish(&r->output, status != STATUS_FAILED && error == 0);
		in->follower = NULL;
		manifest_close(&r->manifest);
		if (error != 0 && r->manifest.culprit != NULL) {
			message(r->manifest.culprit, strerror(error));
			message(r->path, "is not written");
			status = STATUS_FAILED;
		} else if (status != STATUS_FAILED) {
			status = status_of_output(status, r->path, error != 0 ? error : closing);
		}
	}
	for (size_t i = 0; i < r->nunopened; i++)
		free(r->unopened[i].path);
	free(r->unopened);
	return status;
}
