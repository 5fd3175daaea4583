/*
 * utf8: decodes characters of untrusted bytes.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decodes the character at `p`, where `rest` bytes are left, at least one. Stores its length in bytes. Returns -1 with a
 * length of 1 if the bytes are not UTF-8.
 */
int32_t utf8_decode(const char *p, size_t rest, size_t *length);

/* Characters that are invisible, end a line without showing it, or change the direction of writing. */
bool utf8_is_control(int32_t c);

#endif
