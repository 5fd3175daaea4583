/*
 * verb_verify: reads the manifest, opens the files that it lists, closes the sandbox, and has them compared one by one.
 */
#include "atopdump/cli/verb_verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/cli/confine.h"
#include "atopdump/cli/help.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/version.h"
#include "atopdump/dump/intake.h"
#include "atopdump/report/verify.h"
#include "print/text/put_text.h"
#include "rawlog/catalog/catalog.h"

#define MANIFEST_MAX (64u << 20) /* bytes of a manifest that are read */
#define FIRST_SIZE   (64u << 10)
#define NAME_SHOWN   4096

struct verification {
	struct verify_list list;
	struct verify_report report;
	struct inputs in; /* the files that can be read again */
	char **paths;
	unsigned inputs, outputs, different;
	enum exit_status status;
};

/* --- output ----------------------------------------------------------------------------------------------------- */

/* Prints a sentence about a file. */
static void
print(void *context, const char *path, const char *text)
{
	char name[PUT_VISIBLE_MAX(NAME_SHOWN) + PUT_SLACK], line[PUT_VISIBLE_MAX(VERIFY_TEXT_MAX) + PUT_SLACK];

	(void)context;
	*put_visible(name, path, strnlen(path, NAME_SHOWN)) = '\0';
	*put_visible(line, text, strnlen(text, VERIFY_TEXT_MAX)) = '\0';
	printf("%s: %s\n", name, line);
}

static void
print_count(const char *before, unsigned n, const char *word)
{
	printf("%s%u %s%s", before, n, word, n == 1 ? "" : "s");
}

/* Prints that all files are as they were; reports how many are not. */
static void
print_summary(const struct verification *v, const char *path)
{
	const unsigned files = v->inputs + v->outputs;
	char text[VERIFY_TEXT_MAX];

	if (v->status == STATUS_OK) {
		print_count("", v->inputs, "input");
		print_count(" and ", v->outputs, "output");
		printf(" %s as the manifest says\n", files == 1 ? "is" : "are");
	} else if (v->status == STATUS_DAMAGED) {
		snprintf(text, sizeof text, "%u of %u file%s differ%s", v->different, files, files == 1 ? "" : "s",
		    v->different == 1 ? "s" : "");
		fflush(stdout); /* first what differs; status_of_stdout reports what fails */
		message(path, text);
	}
}

/* Says so if another build made the manifest. */
static void
print_tool(const struct json_node *root)
{
	const struct json_node *tool = json_find(root, "tool", JSON_OBJECT);
	const struct json_node *version = json_find(tool, "version", JSON_TEXT);
	const struct json_node *catalog = json_find(tool, "catalog", JSON_TEXT);
	const struct json_node *commit = json_find(tool, "commit", JSON_TEXT);
	const char *own = version_commit();
	char text[VERIFY_TEXT_MAX];

	if (version != NULL && strcmp(version->text, rawlog_version()) == 0 && catalog != NULL &&
	    strcmp(catalog->text, catalog_digest) == 0 &&
	    (commit != NULL ? own != NULL && strcmp(commit->text, own) == 0 : own == NULL))
		return;
	snprintf(text, sizeof text,
	    "made by another build: atopdump %.40s, commit %.60s, catalog %.16s; this one is %s, commit %s, catalog %.16s.%s",
	    version != NULL ? version->text : "?", commit != NULL ? commit->text : "unknown",
	    catalog != NULL ? catalog->text : "?", rawlog_version(), own != NULL ? own : "unknown", catalog_digest,
	    catalog != NULL && strcmp(catalog->text, catalog_digest) == 0
		? ""
		: " Logs may be read differently; digests are compared in any case");
	print(NULL, "manifest", text);
}

/* --- the manifest ----------------------------------------------------------------------------------------------- */

/* Reads up to MANIFEST_MAX bytes; the text is the caller's. NULL: `error` is an errno. */
static char *
read_all(int fd, size_t *size, int *error)
{
	size_t room = FIRST_SIZE;
	char *text = malloc(room), *larger;
	ssize_t n = 1;

	*size = 0;
	*error = text == NULL ? ENOMEM : 0;
	while (*error == 0 && n != 0) {
		if (*size == room && room >= MANIFEST_MAX) {
			*error = EFBIG;
			break;
		}
		if (*size == room) {
			larger = realloc(text, 2 * room);
			if (larger == NULL) {
				*error = ENOMEM;
				break;
			}
			text = larger;
			room *= 2;
		}
		n = read(fd, text + *size, room - *size);
		if (n > 0)
			*size += (size_t)n;
		else if (n < 0 && errno != EINTR)
			*error = errno;
	}
	if (*error == 0)
		return text;
	free(text);
	return NULL;
}

/* Reads and parses the manifest at `path`. NULL: it cannot be, which is reported; else `text` is the caller's. */
static struct json_tree *
read_manifest(const char *path, char **text)
{
	const int fd = rawlog_descriptor(path, 0);
	char why[VERIFY_TEXT_MAX];
	struct json_tree *tree;
	const char *reason;
	size_t size, at;
	int error = fd < 0 ? -fd : 0;

	*text = NULL;
	if (error == 0)
		*text = read_all(fd, &size, &error);
	if (fd > STDERR_FILENO)
		close(fd);
	if (error != 0) {
		message(path, strerror(error));
		return NULL;
	}
	tree = json_read(*text, size, &reason, &at);
	if (tree != NULL)
		return tree;
	snprintf(why, sizeof why, "is no manifest of atopdump: byte %zu: %s", at, reason);
	message(path, why);
	free(*text);
	*text = NULL;
	return NULL;
}

/* --- the files -------------------------------------------------------------------------------------------------- */

/* Looks at each file before any is opened: only regular files are. False: out of memory. */
static bool
open_files(struct verification *v)
{
	struct stat st;
	int count = 0;

	v->paths = calloc(v->list.count + 1, sizeof *v->paths);
	if (v->paths == NULL)
		return false;
	for (size_t i = 0; i < v->list.count; i++) {
		struct verify_file *file = &v->list.files[i];

		if (!file->again)
			continue;
		if (stat(file->path, &st) < 0)
			file->what = strerror(errno);
		else if (!S_ISREG(st.st_mode))
			file->what = "is no regular file now";
		if (file->what == NULL)
			v->paths[count++] = file->path;
	}
	inputs_init(&v->in, v->paths, count);
	inputs_open(&v->in, 4);
	return true;
}

static void
report_missing(struct verification *v, const struct verify_file *file, const char *why)
{
	v->status = STATUS_FAILED;
	message(file->path, why);
}

/* Compares the next file that is open. */
static void
compare_file(struct verification *v, const struct verify_file *file)
{
	const int fd = inputs_take(&v->in);
	int error = fd < 0 ? -fd : 0;
	bool same = true;
	struct stat st;

	if (error == 0 && fstat(fd, &st) < 0)
		error = errno;
	if (error == 0 && !S_ISREG(st.st_mode))
		error = EINVAL; /* it was one a moment ago */
	if (error == 0)
		error = verify_compare(&v->report, &v->list, file, fd, &same);
	else if (fd >= 0)
		close(fd);
	if (error != 0) {
		report_missing(v, file, strerror(error));
		return;
	}
	v->inputs += file->input;
	v->outputs += !file->input;
	v->different += !same;
	if (!same && v->status == STATUS_OK)
		v->status = STATUS_DAMAGED;
}

static void
compare_all(struct verification *v)
{
	for (size_t i = 0; i < v->list.count; i++) {
		const struct verify_file *file = &v->list.files[i];

		if (file->again && file->what == NULL) {
			compare_file(v, file);
		} else if (file->again) {
			report_missing(v, file, file->what);
		} else {
			char text[VERIFY_TEXT_MAX];

			snprintf(text, sizeof text, "was %s, which cannot be read again; its digest is %.80s",
			    file->what,
			    json_find(file->recorded, "sha256", JSON_TEXT) != NULL
				? json_find(file->recorded, "sha256", JSON_TEXT)->text
				: "not known");
			print(NULL, file->path, text);
		}
	}
}

/* Says so if the layout that logs were read as is not known here. */
static bool
can_survey(const struct verify_list *list, const char *path)
{
	struct rawlog_error error;

	if (list->survey.layout == NULL || rawlog_is_layout(list->survey.layout, &error))
		return true;
	message(path, "its logs were read as of a release that this build does not know; only digests are compared");
	return false;
}

/* Compares everything that the manifest lists. */
static enum exit_status
verify(struct verification *v, const struct options *o, const struct json_node *root)
{
	const char *path = o->files[0];
	char why[VERIFY_TEXT_MAX];

	if (!verify_list_make(&v->list, root, why)) {
		message(path, why);
		return STATUS_FAILED;
	}
	v->report = (struct verify_report){ .differs = print, .digest = digest_new() };
	v->report.surveys = can_survey(&v->list, path);
	v->status = v->report.surveys ? STATUS_OK : STATUS_FAILED;
	if (v->report.digest == NULL || !open_files(v)) {
		message(path, strerror(ENOMEM));
		v->status = STATUS_FAILED;
	} else {
		print_tool(root);
		intake_prepare(&v->in);
		confine(o, &v->in);
		compare_all(v);
		print_summary(v, path);
	}
	inputs_close(&v->in);
	free(v->paths);
	digest_delete(v->report.digest);
	verify_list_free(&v->list);
	return v->status;
}

enum exit_status
verb_verify(const struct options *o)
{
	struct verification v = { .status = STATUS_OK };
	char usage[HELP_USAGE_MAX];
	struct json_tree *tree;
	enum exit_status status, printed;
	char *text;

	if (o->unnamed && isatty(STDIN_FILENO)) {
		help_usage(usage, o->verb);
		message_no_file(usage);
		return STATUS_FAILED;
	}
	if (!digest_is_built_in()) {
		message_run("verify needs SHA-256, and this build is without nettle: " DIGEST_PACKAGES);
		return STATUS_FAILED;
	}
	tree = read_manifest(o->files[0], &text);
	if (tree == NULL)
		return STATUS_FAILED;
	status = verify(&v, o, json_root(tree));
	json_tree_free(tree);
	free(text);
	printed = status_of_stdout();
	return printed != STATUS_OK ? printed : status;
}
