/*
 * files: uses glob(3).
 */
#include "duckdb/files.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
add(struct files *files, const char *path)
{
	char **paths = realloc(files->paths, (files->count + 1) * sizeof *paths);

	if (paths == NULL)
		return false;
	files->paths = paths;
	paths[files->count] = strdup(path);
	return paths[files->count] != NULL && ++files->count > 0;
}

bool
files_add(struct files *files, const char *pattern, char *why)
{
	glob_t found;
	const int result = glob(pattern, GLOB_ERR, NULL, &found);
	bool done = result == 0;

	for (size_t i = 0; result == 0 && i < found.gl_pathc && done; i++)
		done = add(files, found.gl_pathv[i]);
	if (result == 0)
		globfree(&found);
	if (!done)
		snprintf(why, FILES_WHY_MAX, "%.400s: %s", pattern,
		    result == GLOB_NOMATCH       ? "there is no such file"
			: result == GLOB_ABORTED ? "a folder cannot be read"
						 : "out of memory");
	return done;
}

void
files_free(struct files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->paths[i]);
	free(files->paths);
	*files = (struct files){ NULL, 0 };
}
