/*
 * error: what is wrong with an expression, and where. The message has no control characters and is valid UTF-8, whatever the
 * expression holds.
 */
#ifndef EXPR_ERROR_H
#define EXPR_ERROR_H

#include <stddef.h>

#define EXPR_MESSAGE_SIZE 512 /* longer messages are cut */
#define EXPR_SHOWN_SIZE   128

struct expr_error {
	size_t offset, length; /* bytes of the expression that are at fault; length 0: its end */
	char message[EXPR_MESSAGE_SIZE];
};

/* Fills `error`. */
void expr_error_set(struct expr_error *error, size_t offset, size_t length, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A part of the expression to show in a message: its bytes, or the first of them and "...". Returns `shown`. */
const char *expr_error_part(char shown[EXPR_SHOWN_SIZE], const char *text, size_t length);

/*
 * The length in bytes of the character at `text`, which has at least one of the `rest` bytes. Negative: it must not be
 * shown, since it is a control character, changes the direction of writing, or is one byte that is not UTF-8.
 */
int expr_character(const char *text, size_t rest);

#endif
