/*
 * label_head: what all lines of a sample share: its node, times and interval.
 */
#ifndef LABEL_HEAD_H
#define LABEL_HEAD_H

#include <string.h>

#include "print/label/label_lines.h"

#define LABEL_NODE_MAX   80 /* bytes of a node's name that are printed */
#define LABEL_HEAD_MAX   768
#define LABEL_SHARED_MAX 256 /* bytes of columns that are kept behind the head */

struct label_head {
	/* Words: what stands behind a label's name; JSON: the start of the sample's object. */
	char text[LABEL_HEAD_MAX + LABEL_SHARED_MAX];
	size_t size;
	bool since_boot;
};

/* Makes the head of a sample. `year_modulo`: years are printed modulo this; 0: whole. */
void label_head_set(struct label_head *h, const struct label_style *style, const struct label_log *log,
    uint64_t year_modulo, const struct row_sample *sample);

#define COPY_SIZE 128

/* Copies a short text with COPY_SIZE bytes, or half as many, which can be read and written; a longer one as it is. */
static inline char *
put_copy(char *w, const char *text, size_t size)
{
	if (size <= COPY_SIZE / 2)
		memcpy(w, text, COPY_SIZE / 2);
	else if (size <= COPY_SIZE)
		memcpy(w, text, COPY_SIZE);
	else
		memcpy(w, text, size);
	return w + size;
}

#endif
