/*
 * digest: the SHA-256 of a log, by libcrypto. Built without libcrypto there are no digests.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>

#include "rawlog/rawlog.h"

#define DIGEST_SIZE      (2 * 32 + 1) /* bytes of a digest as hex digits, its NUL included */
#define DIGEST_WORDS_MAX 64

struct digest;

/* Whether this build has digests. */
bool digest_is_built_in(void);

/* Writes what computes them: "digests: OpenSSL 3.0.19" or "no digests". */
void digest_describe(char words[DIGEST_WORDS_MAX]);

/*
 * An object that computes digests, one at a time. Everything that libcrypto loads is loaded here, so that computing opens no
 * file. NULL: out of memory, or libcrypto has no SHA-256.
 */
struct digest *digest_new(void);
void digest_delete(struct digest *digest);

/* Writes the digest of all bytes of the open file, gzip undone, in lower-case hex digits. 0, or an errno. */
int digest_of_log(struct digest *digest, struct rawlog *log, char hex[DIGEST_SIZE]);

#endif
