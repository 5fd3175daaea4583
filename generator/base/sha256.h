/*
 * sha256: the SHA-256 of text (FIPS 180-4), for the digest of what is generated. atopgen links no library for it.
 */
#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_HEX 65 /* bytes of a digest as hex digits, its NUL included */

struct sha256 {
	uint32_t state[8];
	unsigned char block[64];
	uint64_t length; /* bytes taken */
};

void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t size);

/* Writes the digest of all bytes added, in lower-case hex digits. */
void sha256_end(struct sha256 *s, char hex[SHA256_HEX]);

#endif
