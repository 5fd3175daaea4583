/*
 * version: the build, in words.
 */
#include <stdio.h>

#include "atopdump/cli/sandbox.h"
#include "atopdump/cli/version.h"
#include "rawlog/catalog/catalog.h"
#include "rawlog/io/inflate.h"

#ifndef ATOPDUMP_VERSION
#define ATOPDUMP_VERSION	"unversioned"
#endif

enum exit_status
version_print(void)
{
	char sandbox[SANDBOX_WORDS_MAX];

	sandbox_describe(sandbox);
	printf("atopdump %s, %s\n%s\nreads logs of atop", ATOPDUMP_VERSION, inflate_libraries(), sandbox);
	for (size_t i = 0; i < catalog_nreleases; i++)
		printf("%s %s", i > 0 ? "," : "", catalog_releases[i]->covers);
	printf("\n");
	return status_of_stdout();
}
