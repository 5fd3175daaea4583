/*
 * dumping: dumps logs in memory with a format, for tests of what is shown of them.
 */
#ifndef DUMPING_H
#define DUMPING_H

#include <stdbool.h>
#include <stddef.h>

#include "print/format/formats.h"
#include "tiny.h"

struct dumping {
	const struct format *format;
	unsigned print;                    /* PRINT_* */
	const char *table;                 /* the only one; NULL: all */
	const struct selection *selection; /* NULL: all columns of all rows */
	unsigned jobs;
	bool carve;
};

/*
 * What is printed of the `n` logs (8 at most), which must be sound; valid until the next call. The caller removes the files
 * (scratch_remove).
 */
const char *dumping_text(const struct dumping *d, const struct tiny_log *const *logs, size_t n);

/* The path of log `i` of the last call. */
const char *dumping_path(size_t i);

/* The messages of the last call, a line each. */
const char *dumping_messages(void);

/* How often `part` occurs in `text`. */
size_t dumping_count(const char *text, const char *part);

#endif
