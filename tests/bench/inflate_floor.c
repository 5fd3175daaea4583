/*
 * inflate_floor: the least time that a dump of a raw log can take: inflating the same blocks with zlib and
 * nothing else, or writing the same number of bytes. It must not know releases: what to inflate is listed.
 *
 *	inflate_floor inflate LOG LIST	LIST: lines "offset length" of the blocks in LOG
 *	inflate_floor write BYTES	so many bytes to standard output
 *
 * Prints what it did to standard error: "BYTES-OUT seconds SECONDS".
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <zlib.h>

#define INPUT_SIZE	(64u << 10)
#define OUTPUT_SIZE	(256u << 10)

static unsigned char input[INPUT_SIZE];
static unsigned char output[OUTPUT_SIZE];

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
fail(const char *what)
{
	fprintf(stderr, "inflate_floor: %s: %s\n", what, errno != 0 ? strerror(errno) : "bad input");
	return EXIT_FAILURE;
}

/* Inflates the block of `length` bytes at `offset`; adds what came out to `total`. False if it is none. */
static bool
inflate_block(int fd, z_stream *z, off_t offset, uint64_t length, uint64_t *total)
{
	int code = inflateReset(z);

	while (code == Z_OK && length > 0) {
		size_t want = length < INPUT_SIZE ? (size_t)length : INPUT_SIZE;
		ssize_t got = pread(fd, input, want, offset);

		if (got <= 0)
			return false;
		offset += got;
		length -= (uint64_t)got;
		z->next_in = input;
		z->avail_in = (uInt)got;
		do {
			z->next_out = output;
			z->avail_out = OUTPUT_SIZE;
			code = inflate(z, Z_NO_FLUSH);
			*total += OUTPUT_SIZE - z->avail_out;
		} while (code == Z_OK && z->avail_out == 0);
		if (code == Z_BUF_ERROR)
			code = Z_OK;
	}
	return code == Z_STREAM_END;
}

static int
floor_inflate(const char *log, const char *list_path)
{
	z_stream z = {0};
	FILE *list = fopen(list_path, "r");
	int fd = open(log, O_RDONLY);
	int64_t offset;
	uint64_t length, total = 0;
	double start;

	if (list == NULL)
		return fail(list_path);
	if (fd == -1)
		return fail(log);
	if (inflateInit(&z) != Z_OK)
		return fail("zlib");
	errno = 0;
	start = now();
	while (fscanf(list, "%" SCNd64 " %" SCNu64, &offset, &length) == 2)
		if (!inflate_block(fd, &z, (off_t)offset, length, &total))
			return fail(log);
	fprintf(stderr, "%" PRIu64 " seconds %.6f\n", total, now() - start);
	inflateEnd(&z);
	fclose(list);
	close(fd);
	return EXIT_SUCCESS;
}

static int
floor_write(const char *bytes)
{
	uint64_t left = strtoull(bytes, NULL, 10), total = left;
	double start = now();

	memset(output, 'x', sizeof output);
	while (left > 0) {
		ssize_t put = write(STDOUT_FILENO, output, left < OUTPUT_SIZE ? (size_t)left : OUTPUT_SIZE);

		if (put == -1)
			return fail("standard output");
		left -= (uint64_t)put;
	}
	fprintf(stderr, "%" PRIu64 " seconds %.6f\n", total, now() - start);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "inflate") == 0)
		return floor_inflate(argv[2], argv[3]);
	if (argc == 3 && strcmp(argv[1], "write") == 0)
		return floor_write(argv[2]);
	fputs("usage: inflate_floor inflate LOG LIST | write BYTES\n", stderr);
	return EXIT_FAILURE;
}
