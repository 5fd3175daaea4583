/*
 * utf8: characters in text that may be anything.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The character at `p`, of which `rest` bytes are left, at least one; its bytes in `*length`. If no UTF-8
 * character stands there, -1 and a length of 1.
 */
int32_t	utf8_decode(const char *p, size_t rest, size_t *length);

/* Characters that do not show, end lines unseen, or turn the direction of writing. */
bool	utf8_is_control(int32_t c);

#endif
