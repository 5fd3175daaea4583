/*
 * refuse: composes why a command line is wrong, in a buffer of OPTIONS_MESSAGE_MAX bytes. What is too long is cut.
 */
#ifndef REFUSE_H
#define REFUSE_H

#include <stdbool.h>

/* Writes the reason. Returns false. */
bool refuse(char *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends three strings to it. */
void refuse_add(char *why, const char *before, const char *word, const char *after);

#endif
