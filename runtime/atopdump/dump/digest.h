/*
 * digest: the SHA-256 of a log, by nettle. Built without nettle there are no digests.
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

/* Writes what computes them: "digests: nettle 3.8" or "no digests". */
void digest_describe(char words[DIGEST_WORDS_MAX]);

/*
 * An object that computes digests, one at a time. NULL: out of memory.
 */
struct digest *digest_new(void);
void digest_delete(struct digest *digest);

/* Writes the digest of all bytes of the open file, gzip undone, in lower-case hex digits. 0, or an errno. */
int digest_of_log(struct digest *digest, struct rawlog *log, char hex[DIGEST_SIZE]);

#endif
