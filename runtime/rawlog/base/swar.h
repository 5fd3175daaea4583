/*
 * swar: tests eight bytes at once, read as one word with the first byte lowest.
 */
#ifndef SWAR_H
#define SWAR_H

#include <stdint.h>

#define SWAR_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define SWAR_HIGH       SWAR_EACH(0x80)

/*
 * Sets the high bit of each byte that equals `byte`, which is below 0x80. A byte behind a match or above 0x7f may be
 * marked too.
 */
static inline uint64_t
swar_mark(uint64_t word, unsigned char byte)
{
	return ((word ^ SWAR_EACH(byte)) - SWAR_EACH(1)) & SWAR_HIGH;
}

/* The number of bytes before the first one that is not 0; `word` is not 0. */
static inline unsigned
swar_zeros(uint64_t word)
{
	const uint64_t below = (word & (0 - word)) - 1; /* all bits below the lowest one that is set */

	return (unsigned)((below >> 7 & SWAR_EACH(1)) * SWAR_EACH(1) >> 56);
}

#endif
