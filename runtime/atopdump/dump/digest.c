/*
 * digest: the only file that calls nettle.
 */
#include "atopdump/dump/digest.h"

#include <errno.h>
#include <stdio.h>

#ifdef HAVE_NETTLE

#include <nettle/sha2.h>
#include <nettle/version.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECE (256u << 10) /* bytes that are read at once */

struct digest {
	struct sha256_ctx sha256;
};

bool
digest_is_built_in(void)
{
	return true;
}

void
digest_describe(char words[DIGEST_WORDS_MAX])
{
	snprintf(words, DIGEST_WORDS_MAX, "digests: nettle %d.%d", nettle_version_major(), nettle_version_minor());
}

struct digest *
digest_new(void)
{
	return calloc(1, sizeof(struct digest));
}

void
digest_delete(struct digest *d)
{
	free(d);
}

void
digest_begin(struct digest *d)
{
	sha256_init(&d->sha256);
}

void
digest_add(void *digest, const void *bytes, size_t size)
{
	struct digest *d = digest;

	sha256_update(&d->sha256, size, bytes);
}

void
digest_end(struct digest *d, char hex[DIGEST_SIZE])
{
	uint8_t bytes[SHA256_DIGEST_SIZE];

	sha256_digest(&d->sha256, sizeof bytes, bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
}

int
digest_of_file(struct digest *d, int fd, uint64_t start, uint64_t *end, char hex[DIGEST_SIZE])
{
	unsigned char *piece = malloc(PIECE);
	uint64_t at = start;
	ssize_t n = 1;
	int error = piece == NULL ? ENOMEM : 0;

	digest_begin(d);
	for (; error == 0 && n > 0 && at < *end; at += (uint64_t)(n > 0 ? n : 0)) {
		do
			n = pread(fd, piece, *end - at < PIECE ? (size_t)(*end - at) : PIECE, (off_t)at);
		while (n < 0 && errno == EINTR);
		error = n < 0 ? errno : 0;
		if (n > 0)
			digest_add(d, piece, (size_t)n);
	}
	free(piece);
	if (error == 0) {
		*end = at;
		digest_end(d, hex);
	}
	return error;
}

int
digest_of_log(struct digest *d, struct rawlog *log, char hex[DIGEST_SIZE])
{
	int error;

	digest_begin(d);
	if (rawlog_bytes(log, digest_add, d, &error) != RAWLOG_OK)
		return error;
	digest_end(d, hex);
	return 0;
}

#else

bool
digest_is_built_in(void)
{
	return false;
}

void
digest_describe(char words[DIGEST_WORDS_MAX])
{
	snprintf(words, DIGEST_WORDS_MAX, "no digests");
}

struct digest *
digest_new(void)
{
	return NULL;
}

void
digest_delete(struct digest *digest)
{
	(void)digest;
}

void
digest_begin(struct digest *digest)
{
	(void)digest;
}

void
digest_add(void *digest, const void *bytes, size_t size)
{
	(void)digest, (void)bytes, (void)size;
}

void
digest_end(struct digest *digest, char hex[DIGEST_SIZE])
{
	(void)digest;
	*hex = '\0';
}

int
digest_of_file(struct digest *digest, int fd, uint64_t start, uint64_t *end, char hex[DIGEST_SIZE])
{
	(void)digest, (void)fd, (void)start, (void)end, (void)hex;
	return ENOSYS;
}

int
digest_of_log(struct digest *digest, struct rawlog *log, char hex[DIGEST_SIZE])
{
	(void)digest, (void)log, (void)hex;
	return ENOSYS;
}

#endif
