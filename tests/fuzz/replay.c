/*
 * replay: runs a target on files without libFuzzer. Each is said on standard error before it runs, so that
 * after a crash the last line that begins with "run" names it. What runs for ever, or prints without end, is
 * stopped. Knows nothing of the target.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fuzz.h"

#define SECONDS_MAX 30 /* for one input */
#define OUTPUT_MAX  ((rlim_t)256 << 20)

/*
 * The whole file in memory of just its size, so that a sanitizer sees the first byte too many. NULL:
 * unreadable.
 */
static unsigned char *
load(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	unsigned char *bytes = NULL;
	long end = -1;

	if (f == NULL)
		return NULL;
	if (fseek(f, 0, SEEK_END) == 0)
		end = ftell(f);
	if (end >= 0)
		bytes = malloc(end > 0 ? (size_t)end : 1);
	rewind(f);
	if (bytes != NULL && fread(bytes, 1, (size_t)end, f) != (size_t)end) {
		free(bytes);
		bytes = NULL;
	}
	fclose(f);
	*size = (size_t)end;
	return bytes;
}

int
main(int argc, char **argv)
{
	const struct rlimit limit = { OUTPUT_MAX, OUTPUT_MAX };
	unsigned char *bytes;
	size_t size = 0;

	setrlimit(RLIMIT_FSIZE, &limit);
	fuzz_all_ways = true;
	for (int i = 1; i < argc; i++) {
		fprintf(stderr, "run %s\n", argv[i]);
		bytes = load(argv[i], &size);
		fuzz_require(bytes != NULL, "the file can be read");
		alarm(SECONDS_MAX);
		LLVMFuzzerTestOneInput(bytes, size);
		alarm(0);
		free(bytes);
	}
	fprintf(stderr, "done\n");
	return EXIT_SUCCESS;
}
