/*
 * judge: compares the status, messages and files of a run with those of the run without a fault.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "judge.h"

#define STATUS_TROUBLE 1

/* --- texts ---------------------------------------------------------------------------------------------- */

static char *
copy(const struct fault_text *text)
{
	char *bytes = malloc(text->size + 1);

	if (bytes == NULL)
		abort();
	memcpy(bytes, text->bytes, text->size);
	bytes[text->size] = '\0';
	return bytes;
}

static bool
begins_with(const char *text, size_t size, const char *start, size_t start_size)
{
	return size >= start_size && memcmp(text, start, start_size) == 0;
}

static bool
equal(const struct fault_text *text, const char *bytes, size_t size)
{
	return text->size == size && memcmp(text->bytes, bytes, size) == 0;
}

static bool __attribute__((format(printf, 2, 3))) blame(char *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, JUDGE_WHY_MAX, format, args);
	va_end(args);
	return false;
}

/* --- always --------------------------------------------------------------------------------------------- */

/* The program came to its end and gave everything back. */
static bool
is_clean(const struct outcome *o, char *why)
{
	const struct fault_report *r = o->report;

	if (WIFSIGNALED(o->wait))
		return blame(why, "it dies of signal %d", WTERMSIG(o->wait));
	if (!r->ended)
		return blame(why, "it is ended from inside");
	if (r->exited)
		return true;
	if (atomic_load(&r->memory) != 0)
		return blame(why, "%ld allocations are not given back", atomic_load(&r->memory));
	for (int fd = 0; fd < FAULT_FILES_MAX; fd++)
		if (atomic_load(&r->open[fd]))
			return blame(why, "descriptor %d is not closed", fd);
	return true;
}

/* In a tree, what earlier runs left may stay where it could not be removed. */
static bool
are_files_same(const struct judge *j, const struct left *left)
{
	if (!j->is_tree)
		return left_equal(left, &j->left);
	return left_stranger(left, &j->left, &j->scene->old) == NULL && left_stranger(&j->left, left, NULL) == NULL;
}

static bool
is_same(const struct judge *j, const struct outcome *o, char *why)
{
	const struct fault_report *r = o->report;

	if (r->status != j->status)
		return blame(why, "status %d, not %d", r->status, j->status);
	if (!equal(&r->out, j->out, j->out_size))
		return blame(why, "status %d, but another output", r->status);
	if (!equal(&r->err, j->err, j->err_size))
		return blame(why, "other messages");
	return are_files_same(j, &o->left) || blame(why, "status %d, but other files", r->status);
}

/* --- what is left out of the output --------------------------------------------------------------------- */

static bool
is_of_output(const struct fault *fault)
{
	return fault->class == FAULT_WRITE || fault->class == FAULT_PRINT || fault->class == FAULT_CHANGE;
}

static bool
names_input(const struct scene *scene, const char *message)
{
	for (size_t i = 0; i < scene->ninputs; i++)
		if (strstr(message, scene->inputs[i]) != NULL)
			return true;
	return false;
}

/* Whether a message names an option: with its value, where that is the name of a file. */
static bool
names_option(const struct scene *scene, const char *message)
{
	static const char *const files[] = { "--files-from=", "--tz=" };
	char name[1024];

	for (int i = 1; i < scene->argc; i++) {
		const char *arg = scene->argv[i];
		size_t size = strcspn(arg, "=");

		for (size_t k = 0; k < sizeof files / sizeof files[0]; k++)
			if (strncmp(arg, files[k], strlen(files[k])) == 0)
				size = strlen(arg);
		snprintf(name, sizeof name, "%.*s", (int)size, arg);
		if (begins_with(arg, strlen(arg), "--", 2) && strstr(message, name) != NULL)
			return true;
	}
	return false;
}

/* The bytes at `p` up to and with the end of the line. */
static size_t
line_size(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline != NULL ? (size_t)(newline + 1 - p) : (size_t)(end - p);
}

/* Whether a line is one of the file: a row of CSV, an object, or a row as an object. */
static bool
is_line_of(const char *line, size_t size, const char *path)
{
	static const char table[] = "{\"table\":\"";
	char start[1024];
	const char *p = line;

	if (*p != '{') {
		snprintf(start, sizeof start, "%s,", path);
	} else if (begins_with(line, size, table, strlen(table))) {
		snprintf(start, sizeof start, ",\"file\":\"%s\",", path);
		p = memchr(line, ',', size);
	} else {
		snprintf(start, sizeof start, "{\"file\":\"%s\",", path);
	}
	return p != NULL && begins_with(p, size - (size_t)(p - line), start, strlen(start));
}

/* The next line of the file from `p` on; `end`: there is none. */
static const char *
next_line(const char *p, const char *end, const char *path)
{
	while (p < end && !is_line_of(p, line_size(p, end), path))
		p += line_size(p, end);
	return p;
}

/* How one file's lines in the output compare with those that are right. */
enum share {
	SHARE_WHOLE,
	SHARE_PART,
	SHARE_WRONG
};

static enum share
share_of(const struct judge *j, const struct fault_text *out, const char *path)
{
	const char *good_end = j->out + j->out_size, *end = out->bytes + out->size;
	const char *good = next_line(j->out, good_end, path), *p;
	size_t size;

	for (p = next_line(out->bytes, end, path); p < end; p = next_line(p + size, end, path)) {
		size = line_size(p, end);
		if (!begins_with(good, (size_t)(good_end - good), p, size))
			return SHARE_WRONG;
		good = next_line(good + size, good_end, path);
	}
	return good == good_end ? SHARE_WHOLE : SHARE_PART;
}

static const char *
output_of(const struct judge *j)
{
	return j->output != NULL ? j->output : "standard output";
}

/*
 * Of several files all but one are complete, and that one is named. A fault that lasts may cost them all. Where output fails
 * as well, what there is of each is right.
 */
static bool
spares_others(const struct judge *j, const struct fault *fault, const struct fault_report *r, const char *err,
    char *why)
{
	const bool ends = strstr(err, output_of(j)) != NULL;
	size_t nparts = 0;

	for (size_t i = 0; i < j->scene->ninputs; i++) {
		const char *path = j->scene->inputs[i];
		const enum share share = share_of(j, &r->out, path);

		if (share == SHARE_WRONG)
			return blame(why, "wrong lines of %s", path);
		if (share == SHARE_PART && !ends && strstr(err, path) == NULL)
			return blame(why, "%s is not complete, and no message names it", path);
		nparts += share == SHARE_PART;
	}
	return ends || nparts <= 1 || fault->reach == FAULT_FROM || blame(why, "%zu files are not complete", nparts);
}

/* What was written is right as far as it goes. Of what stdio prints a write that fails leaves a gap. */
static bool
is_beginning(const struct judge *j, const struct fault *fault, const struct outcome *o, const char *err, char *why)
{
	const struct fault_text *out = &o->report->out;

	if (out->size > 0 && out->bytes[out->size - 1] != '\n' && !j->is_raw && !is_of_output(fault))
		return blame(why, "output ends within a line");
	if (fault->class == FAULT_PRINT && fault->reach == FAULT_ONCE)
		return true;
	if (j->scene->ninputs > 1 && !j->generates && names_input(j->scene, err))
		return spares_others(j, fault, o->report, err, why);
	return begins_with(j->out, j->out_size, out->bytes, out->size) ||
	    blame(why, "the output is not the beginning of the right one");
}

/* --- what is said --------------------------------------------------------------------------------------- */

/* The words for the fault. */
static const char *
reason_of(const struct fault *fault)
{
	return fault->class == FAULT_MEMORY ? "memory" : strerror(fault->error);
}

/* Whether the message, which ends at its 0, names what the fault concerns. */
static bool
names_place(const struct judge *j, const struct fault *fault, const char *message)
{
	if (j->generates || strcmp(message, "atopdump: out of memory") == 0)
		return true;
	if (names_option(j->scene, message) || (j->manifest != NULL && strstr(message, j->manifest) != NULL))
		return true;
	if ((fault->class != FAULT_READ || j->is_database) && strstr(message, output_of(j)) != NULL)
		return true;
	return !is_of_output(fault) &&
	    (names_input(j->scene, message) || strstr(message, "standard input") != NULL ||
		strstr(message, " -:") != NULL /* a member of an archive there */);
}

/* Some message says what happened, and where. `err` is taken apart. */
static bool
is_said(const struct judge *j, const struct fault *fault, char *err, char *why)
{
	const char *reason = reason_of(fault);
	char *line, *next;
	bool said = false;

	for (line = err; line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next == NULL)
			return blame(why, "a message without an end");
		*next++ = '\0';
		said = said || (strstr(line, reason) != NULL && names_place(j, fault, line)) ||
		    (fault->class == FAULT_PRINT && strstr(line, strerror(EIO)) != NULL);
	}
	return said || blame(why, "no message says '%s' and of what", reason);
}

/* --- the rules ------------------------------------------------------------------------------------------ */

/* Nothing is left but what was there before; atopgen, and a tree, may have some of their files in place. */
static bool
is_nothing_left(const struct judge *j, const struct fault *fault, const struct outcome *o, char *why)
{
	const struct left *also = j->generates || j->is_tree ? &j->left : NULL;
	const struct left_file *file = left_stranger(&o->left, &j->scene->old, also);

	if (file == NULL || (fault->class == FAULT_CHANGE && fault->reach == FAULT_FROM))
		return true;
	return blame(why, "%s is left", file->path);
}

static bool
is_trouble(const struct judge *j, const struct fault *fault, const struct outcome *o, char *why)
{
	char *err = copy(&o->report->err);
	bool right;

	if (o->report->status != STATUS_TROUBLE)
		right = blame(why, "status %d, and not everything as it should be", o->report->status);
	else
		right = is_beginning(j, fault, o, err, why) && is_said(j, fault, err, why) &&
		    is_nothing_left(j, fault, o, why);
	free(err);
	return right;
}

static bool
is_cut(const struct outcome *o, char *why)
{
	if (o->report->status > 0 && o->report->status <= 3 && o->report->err.size > 0)
		return true;
	return blame(why, "status %d, and nothing said", o->report->status);
}

static bool
is_quiet(const struct judge *j, const struct outcome *o, char *why)
{
	const struct fault_report *r = o->report;

	if (r->status != 0 && r->status != j->status)
		return blame(why, "status %d", r->status);
	if (!begins_with(j->err, j->err_size, r->err.bytes, r->err.size))
		return blame(why, "something is said");
	return begins_with(j->out, j->out_size, r->out.bytes, r->out.size) || blame(why, "another output");
}

void
judge_learn(struct judge *j, const struct outcome *o)
{
	j->status = o->report->status;
	j->out = copy(&o->report->out);
	j->out_size = o->report->out.size;
	j->err = copy(&o->report->err);
	j->err_size = o->report->err.size;
	j->left = o->left;
}

void
judge_free(struct judge *j)
{
	free(j->out);
	free(j->err);
	left_free(&j->left);
}

bool
judge_outcome(const struct judge *j, const struct fault *fault, enum judge_rule rule, const struct outcome *o,
    char *why)
{
	if (!is_clean(o, why))
		return false;
	if (is_same(j, o, why))
		return true;
	if (!atomic_load(&o->report->hit))
		return false;
	switch (rule) {
	case JUDGE_SAME: break;
	case JUDGE_TROUBLE: return is_trouble(j, fault, o, why);
	case JUDGE_CUT: return is_cut(o, why);
	case JUDGE_QUIET: return is_quiet(j, o, why);
	}
	return false;
}
