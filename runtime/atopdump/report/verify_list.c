/*
 * verify_list: checks that a document is a manifest, as far as verify uses it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/report/manifest.h"
#include "atopdump/report/verify.h"

static bool
fail(char *why)
{
	snprintf(why, VERIFY_TEXT_MAX, "%s", strerror(ENOMEM));
	return false;
}

static bool
refuse(char *why, const char *what)
{
	snprintf(why, VERIFY_TEXT_MAX, "is no manifest of atopdump: %s", what);
	return false;
}

/* --- paths ------------------------------------------------------------------------------------------------------ */

static int
digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes that are written in hex. NULL: it is `wrong`, because it is no hex or a byte is NUL; or memory is short. */
static char *
decode(const char *hex, bool *wrong)
{
	const size_t size = strlen(hex) / 2;
	char *bytes = strlen(hex) % 2 == 0 ? malloc(size + 1) : NULL;

	*wrong = strlen(hex) % 2 != 0;
	if (bytes == NULL)
		return NULL;
	for (size_t i = 0; i < size; i++) {
		const int high = digit_of(hex[2 * i]), low = digit_of(hex[2 * i + 1]);

		if (high < 0 || low < 0 || high + low == 0) {
			*wrong = true;
			free(bytes);
			return NULL;
		}
		bytes[i] = (char)(high << 4 | low);
	}
	bytes[size] = '\0';
	return bytes;
}

/* The path of a file's object. NULL: it is `wrong`, because there is none; or memory is short. */
static char *
path_of(const struct json_node *file, bool *wrong)
{
	const struct json_node *hex = json_find(file, "path_hex", JSON_TEXT);
	const struct json_node *path = json_find(file, "path", JSON_TEXT);

	*wrong = path == NULL || *path->text == '\0' || (hex != NULL && *hex->text == '\0');
	if (*wrong)
		return NULL;
	return hex != NULL ? decode(hex->text, wrong) : strdup(path->text);
}

/* --- the list --------------------------------------------------------------------------------------------------- */

/* What a file was that cannot be read again; NULL: it can. */
static const char *
find_hindrance(const struct verify_file *file)
{
	if (strcmp(file->path, "-") == 0)
		return file->input ? "standard input" : "standard output";
	if (file->input && json_find(file->recorded, "logs", JSON_ARRAY) == NULL)
		return "a pipe or a device";
	return NULL;
}

/* Adds the files of one list of the document. */
static bool
add_files(struct verify_list *list, const struct json_node *of, bool input, char *why)
{
	for (const struct json_node *n = of->first; n != NULL; n = n->next) {
		struct verify_file *file = &list->files[list->count];
		bool wrong;

		*file = (struct verify_file){ .recorded = n, .path = path_of(n, &wrong), .input = input };
		if (file->path == NULL)
			return wrong ? refuse(why, "a file in it has no path") : fail(why);
		list->count++;
		file->what = find_hindrance(file);
		file->again = file->what == NULL;
		if (file->again &&
		    (json_find(n, "size", JSON_NUMBER) == NULL || json_find(n, "sha256", JSON_TEXT) == NULL))
			return refuse(why, "a file in it has no size or digest");
	}
	return true;
}

/* Whether the document states the shape that this build writes. */
static bool
check_version(const struct json_node *root, char *why)
{
	const struct json_node *version = json_find(root, MANIFEST_KEY, JSON_NUMBER);
	char own[24];

	snprintf(own, sizeof own, "%d", MANIFEST_VERSION);
	if (version == NULL)
		return refuse(why, "it has no number '" MANIFEST_KEY "'");
	if (strcmp(version->text, own) == 0)
		return true;
	snprintf(why, VERIFY_TEXT_MAX, "is a manifest of shape %.20s; this build knows shape %s", version->text, own);
	return false;
}

bool
verify_list_make(struct verify_list *list, const struct json_node *root, char *why)
{
	const struct json_node *inputs = json_find(root, "inputs", JSON_ARRAY);
	const struct json_node *outputs = json_find(root, "outputs", JSON_ARRAY);
	const struct json_node *run = json_find(root, "run", JSON_OBJECT), *schema;

	*list = (struct verify_list){ .count = 0 };
	if (!check_version(root, why))
		return false;
	if (inputs == NULL || outputs == NULL || run == NULL)
		return refuse(why, "'run', 'inputs' or 'outputs' is missing");
	schema = json_find(run, "schema", JSON_TEXT);
	list->survey.layout = schema != NULL ? schema->text : NULL;
	list->survey.carves = json_find(run, "carves", JSON_TRUE) != NULL;
	list->files = calloc(inputs->count + outputs->count + 1, sizeof *list->files);
	if (list->files == NULL)
		return fail(why);
	if (add_files(list, inputs, true, why) && add_files(list, outputs, false, why))
		return true;
	verify_list_free(list);
	return false;
}

void
verify_list_free(struct verify_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->files[i].path);
	free(list->files);
	*list = (struct verify_list){ .count = 0 };
}
