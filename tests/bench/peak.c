/*
 * peak: runs a command and says how long it took and the most memory it had resident. A small parent is
 * needed for that: a process begins its life charged with the memory of its parent. It must not judge.
 *
 *	peak COMMAND [ARGUMENT]...
 *
 * The last line on standard error is "STATUS wall SECONDS cpu SECONDS peak BYTES".
 */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	struct rusage usage;
	double start = now();
	int status;
	pid_t child;

	if (argc < 2) {
		fputs("usage: peak COMMAND [ARGUMENT]...\n", stderr);
		return EXIT_FAILURE;
	}
	unsetenv("GLIBC_TUNABLES"); /* the tests set it; it costs memory */
	child = fork();
	if (child == 0) {
		execv(argv[1], argv + 1);
		fprintf(stderr, "peak: %s: %s\n", argv[1], strerror(errno));
		_exit(EXIT_FAILURE);
	}
	if (child == -1 || waitpid(child, &status, 0) == -1 || getrusage(RUSAGE_CHILDREN, &usage) == -1) {
		fprintf(stderr, "peak: %s\n", strerror(errno));
		return EXIT_FAILURE;
	}
	fprintf(stderr, "%d wall %.6f cpu %.6f peak %" PRIu64 "\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1,
	    now() - start, seconds(usage.ru_utime) + seconds(usage.ru_stime), (uint64_t)usage.ru_maxrss * 1024);
	return EXIT_SUCCESS;
}
