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

static void
take(void *context, const void *bytes, size_t size)
{
	struct digest *d = context;

	sha256_update(&d->sha256, size, bytes);
}

int
digest_of_log(struct digest *d, struct rawlog *log, char hex[DIGEST_SIZE])
{
	uint8_t bytes[SHA256_DIGEST_SIZE];
	int error;

	sha256_init(&d->sha256);
	if (rawlog_bytes(log, take, d, &error) != RAWLOG_OK)
		return error;
	sha256_digest(&d->sha256, sizeof bytes, bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
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

int
digest_of_log(struct digest *digest, struct rawlog *log, char hex[DIGEST_SIZE])
{
	(void)digest, (void)log, (void)hex;
	return ENOSYS;
}

#endif
