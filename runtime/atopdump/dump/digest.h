/*
 * digest: the SHA-256 of a log, a file or any bytes, by nettle. Built without nettle there are no digests.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>

#include "rawlog/rawlog.h"

#define DIGEST_SIZE      (2 * 32 + 1) /* bytes of a digest as hex digits, its NUL included */
#define DIGEST_WORDS_MAX 64

/* What to do where there are none. */
#define DIGEST_PACKAGES \
	"install nettle-dev (Debian, Ubuntu, Alpine), nettle-devel (Fedora) or nettle (Arch), and build it again"

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

/* Begins a digest, adds bytes to it, and writes it in lower-case hex digits. */
void digest_begin(struct digest *digest);
void digest_add(void *digest, const void *bytes, size_t size);
void digest_end(struct digest *digest, char hex[DIGEST_SIZE]);

/*
 * Writes the digest of the bytes of a regular file from offset `start` on; those from `*end` on are left out. `*end` becomes the end
 * of the file, if that is before. 0, or an errno.
 */
int digest_of_file(struct digest *digest, int fd, uint64_t start, uint64_t *end, char hex[DIGEST_SIZE]);

/* Writes the digest of all bytes of the open file, gzip undone, in lower-case hex digits. 0, or an errno. */
int digest_of_log(struct digest *digest, struct rawlog *log, char hex[DIGEST_SIZE]);

#endif
