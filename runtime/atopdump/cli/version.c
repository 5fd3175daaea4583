/*
 * version: prints the build.
 */
#include <stdio.h>

#include "atopdump/cli/sandbox.h"
#include "atopdump/cli/version.h"
#include "atopdump/dump/archive.h"
#include "atopdump/dump/digest.h"
#include "print/format/formats.h"
#include "rawlog/catalog/catalog.h"
#include "rawlog/rawlog.h"

#ifndef ATOPDUMP_COMMIT
#define ATOPDUMP_COMMIT ""
#endif

const char *
version_commit(void)
{
	return *ATOPDUMP_COMMIT != '\0' ? ATOPDUMP_COMMIT : NULL;
}

enum exit_status
version_print(void)
{
	char sandbox[SANDBOX_WORDS_MAX], digests[DIGEST_WORDS_MAX], archives[ARCHIVE_WORDS_MAX];

	sandbox_describe(sandbox);
	digest_describe(digests);
	archive_describe(archives);
	printf("atopdump %s, %s", rawlog_version(), rawlog_libraries());
	for (size_t i = 0; i < formats_count; i++)
		if (formats[i]->library != NULL && formats[i]->load())
			printf(", %s %s", formats[i]->library, formats[i]->library_version());
		else if (formats[i]->library != NULL)
			printf(", no %s: it is not installed", formats[i]->library);
	printf("\n%s\n%s\narchives: %s\ncatalog: %s\n", sandbox, digests, archives, catalog_digest);
	if (version_commit() != NULL)
		printf("commit: %s\n", version_commit());
	printf("reads logs of atop");
	for (size_t i = 0; i < rawlog_nreleases(); i++)
		printf("%s %s", i > 0 ? "," : "", rawlog_release_covers(i));
	printf("\n");
	return status_of_stdout();
}
