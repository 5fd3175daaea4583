/*
 * verb_describe: looks the words up and writes what is found to standard output. Opens no file.
 */
#include "atopdump/cli/verb_describe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/report/describe.h"
#include "atopdump/report/dictionary_search.h"
#include "atopdump/report/suspect.h"
#include "print/format/output.h"

#define DETAILED_MAX \
	3 /* entries of one name that are described in full; columns of views are not counted with others */

enum form {
	FORM_TEXT,
	FORM_JSON
};

const struct verb_form verb_describe_forms[] = {
	[FORM_TEXT] = { "text", "for people (the default)" },
	[FORM_JSON] = { "json", "an object for each member, one a line" },
	{ NULL, NULL },
};

/* How many of the entries are described in full: those that are named and no columns of views, or all that are named. */
static size_t
count_detailed(const struct search_result *found)
{
	size_t n = 0;

	if (found->count == 1 || found->nnamed <= DETAILED_MAX)
		return found->count == 1 ? 1 : found->nnamed;
	while (n < found->nnamed && (found->entries[n]->view == NULL || found->entries[n]->column == NULL))
		n++;
	return n <= DETAILED_MAX ? n : 0;
}

static void
write_entries(struct writer *out, const struct search_result *found, unsigned form)
{
	const size_t detailed = count_detailed(found);

	for (size_t i = 0; i < found->count; i++) {
		if (form == FORM_JSON) {
			describe_put_json(out, found->entries[i]);
			continue;
		}
		if (i > 0 && i <= detailed)
			writer_put(out, "\n", 1);
		(i < detailed ? describe_put_details : describe_put_line)(out, found->entries[i]);
	}
}

/* Writes the hint of the name, or all hints for the name of their column. */
static enum exit_status
describe_hints(const char *name, unsigned form)
{
	struct output output;
	int error = output_open(&output, &(struct output_place){ .path = NULL });
	bool first = true;

	if (error != 0)
		return status_of_output(STATUS_OK, NULL, error);
	for (size_t i = 0; i < suspect_nhints; i++) {
		if (strcmp(name, SUSPECT_COLUMN) != 0 && strcmp(name, suspect_hints[i].name) != 0)
			continue;
		if (form == FORM_TEXT && !first)
			writer_put(&output.writer, "\n", 1);
		(form == FORM_JSON ? describe_put_hint_json : describe_put_hint)(&output.writer, &suspect_hints[i]);
		first = false;
	}
	return status_of_output(STATUS_OK, NULL, output_finish(&output, true));
}

static void
refuse_words(const struct dictionary *d, const struct options *o)
{
	char near[SEARCH_NEAR_MAX], text[OPTIONS_MESSAGE_MAX];
	const char *word = o->files[0];

	if (o->nfiles > 1)
		message_run("no member and no column has all of these words");
	else if (dictionary_nearest(d, word, near)) {
		snprintf(text, sizeof text, "no member and no column '%.64s'; did you mean '%s'?", word, near);
		message_usage(text, false);
	} else {
		snprintf(text, sizeof text, "no member and no column '%.64s', and none that is described so", word);
		message_usage(text, false);
	}
}

static enum exit_status
describe(const struct dictionary *d, const struct options *o)
{
	struct search_result found;
	struct output output;
	int error;

	if (!dictionary_search(d, o->files, (size_t)o->nfiles, &found))
		return status_of_output(STATUS_FAILED, NULL, ENOMEM);
	if (found.count == 0) {
		search_result_free(&found);
		refuse_words(d, o);
		return STATUS_FAILED;
	}
	error = output_open(&output, &(struct output_place){ .path = NULL });
	if (error == 0) {
		write_entries(&output.writer, &found, o->form);
		error = output_finish(&output, true);
	}
	search_result_free(&found);
	return status_of_output(STATUS_OK, NULL, error);
}

enum exit_status
verb_describe(const struct options *o)
{
	enum exit_status status;
	struct dictionary d;

	if (o->unnamed) {
		message_usage("describe needs a word: a path, a column, a pattern, or words of a description", false);
		return STATUS_FAILED;
	}
	if (o->nfiles == 1 && (strcmp(o->files[0], SUSPECT_COLUMN) == 0 || suspect_find(o->files[0]) != NULL))
		return describe_hints(o->files[0], o->form);
	if (!dictionary_make(&d))
		return status_of_output(STATUS_FAILED, NULL, ENOMEM);
	status = describe(&d, o);
	dictionary_free(&d);
	return status;
}
