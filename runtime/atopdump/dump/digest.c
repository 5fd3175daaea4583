/*
 * digest: the only file that calls libcrypto.
 */
#include "atopdump/dump/digest.h"

#include <stdio.h>

#ifdef HAVE_CRYPTO

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
	EVP_MD *sha256;
	EVP_MD_CTX *context;
	bool failed; /* the digest that is being computed */
};

bool
digest_is_built_in(void)
{
	return true;
}

void
digest_describe(char words[DIGEST_WORDS_MAX])
{
	snprintf(words, DIGEST_WORDS_MAX, "digests: OpenSSL %s", OpenSSL_version(OPENSSL_VERSION_STRING));
}

struct digest *
digest_new(void)
{
	struct digest *d = calloc(1, sizeof *d);

	if (d == NULL)
		return NULL;
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL); /* no configuration can load other code */
	d->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	d->context = EVP_MD_CTX_new();
	if (d->sha256 != NULL && d->context != NULL && EVP_DigestInit_ex2(d->context, d->sha256, NULL) == 1)
		return d;
	digest_delete(d);
	return NULL;
}

void
digest_delete(struct digest *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->context);
	EVP_MD_free(d->sha256);
	free(d);
}

static void
take(void *context, const void *bytes, size_t size)
{
	struct digest *d = context;

	if (EVP_DigestUpdate(d->context, bytes, size) != 1)
		d->failed = true;
}

int
digest_of_log(struct digest *d, struct rawlog *log, char hex[DIGEST_SIZE])
{
	unsigned char bytes[DIGEST_SIZE / 2];
	unsigned size = sizeof bytes;
	int error;

	d->failed = EVP_DigestInit_ex2(d->context, d->sha256, NULL) != 1;
	if (rawlog_bytes(log, take, d, &error) != RAWLOG_OK)
		return error;
	if (d->failed || EVP_DigestFinal_ex(d->context, bytes, &size) != 1)
		return ENOMEM;
	for (unsigned i = 0; i < size; i++)
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
	(void)digest, (void)log;
	hex[0] = '\0';
	return -1;
}

#endif
