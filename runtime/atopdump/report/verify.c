/*
 * verify: has the object of a file written again, and compares the two value by value.
 */
#include "atopdump/report/verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/report/manifest.h"

#define PLACE_MAX 256 /* bytes of the words for a place in the document */

struct comparison {
	const struct verify_report *report;
	const char *path;
	unsigned ndifferences;
};

/* --- sentences -------------------------------------------------------------------------------------------------- */

static void
say(struct comparison *c, const char *text)
{
	if (++c->ndifferences <= VERIFY_MOST)
		c->report->differs(c->report->context, c->path, text);
}

static const char *
words_of(const struct json_node *n)
{
	if (n == NULL)
		return "nothing";
	switch (n->kind) {
	case JSON_NULL: return "nothing";
	case JSON_FALSE: return "no";
	case JSON_TRUE: return "yes";
	case JSON_NUMBER:
	case JSON_TEXT: return n->text;
	default: return "a list";
	}
}

static void
say_value(struct comparison *c, const char *place, const struct json_node *now, const struct json_node *recorded)
{
	char text[VERIFY_TEXT_MAX];

	snprintf(text, sizeof text, "%s is %.160s; in the manifest it is %.160s", place, words_of(now),
	    words_of(recorded));
	say(c, text);
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

static void compare(struct comparison *c, const char *place, const struct json_node *now,
    const struct json_node *recorded);

static void
compare_lists(struct comparison *c, const char *place, const struct json_node *now, const struct json_node *recorded)
{
	const struct json_node *a = now->first, *b = recorded->first;
	char words[PLACE_MAX], text[VERIFY_TEXT_MAX];

	if (now->count != recorded->count) {
		snprintf(text, sizeof text, "%s has %zu entr%s; in the manifest it has %zu", place, now->count,
		    now->count == 1 ? "y" : "ies", recorded->count);
		say(c, text);
	}
	for (size_t i = 1; a != NULL && b != NULL && c->ndifferences < VERIFY_MOST; i++, a = a->next, b = b->next) {
		if (strcmp(place, "logs") == 0)
			snprintf(words, sizeof words, "log %zu", i);
		else
			snprintf(words, sizeof words, "%.180s number %zu", place, i);
		compare(c, words, a, b);
	}
}

/* Whether the key is of the file's surroundings, not of its content. */
static bool
is_left_out(const char *key)
{
	return strcmp(key, "path") == 0 || strcmp(key, "path_hex") == 0 || strcmp(key, "modified") == 0;
}

static void
compare_objects(struct comparison *c, const char *place, const struct json_node *now, const struct json_node *recorded)
{
	char words[PLACE_MAX];

	for (const struct json_node *n = now->first; n != NULL && c->ndifferences < VERIFY_MOST; n = n->next) {
		const struct json_node *r = recorded->first;

		if (is_left_out(n->key))
			continue;
		while (r != NULL && strcmp(r->key, n->key) != 0)
			r = r->next;
		snprintf(words, sizeof words, "%.200s%s%.40s", place, *place != '\0' ? ", " : "", n->key);
		compare(c, words, n, r);
	}
}

/* Whether the value is of another kind, or a number or text that differs. */
static bool
is_other(const struct json_node *now, const struct json_node *recorded)
{
	return now->kind != recorded->kind ||
	    ((now->kind == JSON_NUMBER || now->kind == JSON_TEXT) && strcmp(now->text, recorded->text) != 0);
}

static void
compare(struct comparison *c, const char *place, const struct json_node *now, const struct json_node *recorded)
{
	if (recorded == NULL || is_other(now, recorded))
		say_value(c, place, now, recorded);
	else if (now->kind == JSON_OBJECT)
		compare_objects(c, place, now, recorded);
	else if (now->kind == JSON_ARRAY)
		compare_lists(c, place, now, recorded);
}

/* --- a file ----------------------------------------------------------------------------------------------------- */

/* Writes the object of the file, as a manifest has it. 0, or an errno. */
static int
describe(const struct verify_report *report, const struct verify_list *list, const struct verify_file *file, int fd,
    struct writer *out)
{
	struct json_out j = { .out = out };
	const struct json_node *status = json_find(file->recorded, "status", JSON_TEXT);
	struct survey_file surveyed = { .path = file->path,
		.fd = fd,
		.found = status != NULL && strcmp(status->text, "passed over") == 0,
		.watch = { .ends = true, .end = UINT64_MAX } };
	int error;

	json_open_object(&j, NULL);
	error = manifest_put_file(&j, report->digest, fd, &surveyed.watch.end);
	if (error != 0 || !file->input || !report->surveys)
		close(fd);
	else
		error = survey_write(&j, &surveyed, &list->survey);
	json_close_object(&j);
	return error != 0 ? error : out->error;
}

int
verify_compare(const struct verify_report *report, const struct verify_list *list, const struct verify_file *file,
    int fd, bool *same)
{
	struct comparison c = { .report = report, .path = file->path };
	struct json_tree *tree = NULL;
	const char *why;
	struct writer text;
	size_t at;
	int error = writer_open(&text, -1);

	if (error != 0) {
		close(fd);
		return error;
	}
	error = describe(report, list, file, fd, &text);
	if (error == 0) {
		tree = json_read(text.buffer, (size_t)(text.next - text.buffer), &why, &at);
		error = tree == NULL ? ENOMEM : 0;
	}
	if (error == 0)
		compare(&c, "", json_root(tree), file->recorded);
	*same = c.ndifferences == 0;
	json_tree_free(tree);
	writer_close(&text);
	return error;
}
