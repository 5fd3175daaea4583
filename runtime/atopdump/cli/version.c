/*
 * version: prints the build.
 */
#include <stdio.h>

#include "atopdump/cli/sandbox.h"
#include "atopdump/cli/version.h"
#include "atopdump/dump/archive.h"
#include "atopdump/dump/digest.h"
#include "print/format/formats.h"
#include "rawlog/rawlog.h"

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
	printf("\n%s\n%s\narchives: %s\nreads logs of atop", sandbox, digests, archives);
	for (size_t i = 0; i < rawlog_nreleases(); i++)
		printf("%s %s", i > 0 ? "," : "", rawlog_release_covers(i));
	printf("\n");
	return status_of_stdout();
}
