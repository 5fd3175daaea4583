/*
 * dumping: the logs and the output are files of the test's scratch folder.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/dump/dump.h"
#include "atopdump/dump/inputs.h"
#include "dumping.h"
#include "scratch.h"
#include "unit.h"

#define LOGS_MAX  8
#define PATH_SIZE 256

static char messages[4096], names[LOGS_MAX][PATH_SIZE];

static void
report(const char *path, const char *text)
{
	const size_t used = strlen(messages);

	(void)path;
	snprintf(messages + used, sizeof messages - used, "%s\n", text);
}

const char *
dumping_text(const struct dumping *d, const struct tiny_log *const *logs, size_t n)
{
	const struct dump_options options = { .jobs = d->jobs > 0 ? d->jobs : 1, .carve = d->carve };
	static char out[PATH_SIZE];
	struct word_set tables = { NULL, 0 };
	const struct query query = { .tables = &tables, .print = d->print, .selection = d->selection };
	const struct output_place place = { .path = out, .force = true };
	char *paths[LOGS_MAX];
	struct formatter *f;
	struct inputs in;

	ck_assert_uint_le(n, LOGS_MAX);
	messages[0] = '\0';
	snprintf(out, sizeof out, "%s", scratch_path("out"));
	for (size_t i = 0; i < n; i++) {
		char name[16];

		snprintf(name, sizeof name, "log%zu", i);
		snprintf(names[i], sizeof names[i], "%s", scratch_file(name, logs[i]->bytes, logs[i]->size));
		paths[i] = names[i];
	}
	ck_assert(d->table == NULL || word_set_add(&tables, d->table));
	ck_assert_int_eq(formatter_open(&f, d->format, &query, &place), 0);
	inputs_init(&in, paths, (int)n);
	ck_assert_int_eq(dump_logs(f, &options, &in, report), RAWLOG_OK);
	inputs_close(&in);
	ck_assert_int_eq(formatter_finish(f, true), 0);
	word_set_free(&tables);
	return scratch_read(out);
}

const char *
dumping_path(size_t i)
{
	return names[i];
}

const char *
dumping_messages(void)
{
	return messages;
}

size_t
dumping_count(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part)) != NULL) {
		text += strlen(part);
		n++;
	}
	return n;
}
