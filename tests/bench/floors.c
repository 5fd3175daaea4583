/*
 * floors: the least time that a dump of a raw log can take: inflating the same blocks and nothing else, or writing the
 * same number of bytes. It must not know releases: what to inflate is listed.
 *
 *	floors inflate LOG LIST	LIST: lines "offset length size" of the blocks in LOG and what comes out of them
 *	floors zlib LOG LIST	the same with zlib, whatever else there is
 *	floors write BYTES	so many bytes to standard output
 *
 * Prints what it did to standard error, and the processor's time: "BYTES-OUT seconds SECONDS".
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

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

#define OUTPUT_SIZE (256u << 10)

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
fail(const char *what)
{
	fprintf(stderr, "floors: %s: %s\n", what, errno != 0 ? strerror(errno) : "bad input");
	return EXIT_FAILURE;
}

static bool
with_zlib(const unsigned char *in, size_t in_size, unsigned char *out, size_t out_size)
{
	uLongf got = out_size;

	return uncompress(out, &got, in, in_size) == Z_OK && got == out_size;
}

static bool
with_the_fastest(const unsigned char *in, size_t in_size, unsigned char *out, size_t out_size)
{
#ifdef HAVE_LIBDEFLATE
	static struct libdeflate_decompressor *decompressor;

	if (decompressor == NULL)
		decompressor = libdeflate_alloc_decompressor();
	return decompressor != NULL &&
	    libdeflate_zlib_decompress(decompressor, in, in_size, out, out_size, NULL) == LIBDEFLATE_SUCCESS;
#else
	return with_zlib(in, in_size, out, out_size);
#endif
}

/* A buffer of `size` bytes at least; the old one's bytes are not kept. */
static bool
reserve(unsigned char **buffer, size_t *room, size_t size)
{
	if (size <= *room)
		return true;
	free(*buffer);
	*buffer = malloc(size);
	*room = *buffer != NULL ? size : 0;
	return *buffer != NULL;
}

static int
floor_inflate(const char *log, const char *list_path,
    bool (*inflate_block)(const unsigned char *, size_t, unsigned char *, size_t))
{
	unsigned char *in = NULL, *out = NULL;
	size_t in_room = 0, out_room = 0, length, size;
	FILE *list = fopen(list_path, "r");
	int fd = open(log, O_RDONLY);
	uint64_t total = 0;
	int64_t offset;
	double start = now();

	if (list == NULL)
		return fail(list_path);
	if (fd == -1)
		return fail(log);
	errno = 0;
	while (fscanf(list, "%" SCNd64 " %zu %zu", &offset, &length, &size) == 3) {
		if (!reserve(&in, &in_room, length) || !reserve(&out, &out_room, size) ||
		    pread(fd, in, length, (off_t)offset) != (ssize_t)length || !inflate_block(in, length, out, size))
			return fail(log);
		total += size;
	}
	fprintf(stderr, "%" PRIu64 " seconds %.6f\n", total, now() - start);
	free(in);
	free(out);
	fclose(list);
	close(fd);
	return EXIT_SUCCESS;
}

static int
floor_write(const char *bytes)
{
	static char output[OUTPUT_SIZE];
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
		return floor_inflate(argv[2], argv[3], with_the_fastest);
	if (argc == 4 && strcmp(argv[1], "zlib") == 0)
		return floor_inflate(argv[2], argv[3], with_zlib);
	if (argc == 3 && strcmp(argv[1], "write") == 0)
		return floor_write(argv[2]);
	fputs("usage: floors inflate|zlib LOG LIST | write BYTES\n", stderr);
	return EXIT_FAILURE;
}
