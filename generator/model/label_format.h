/*
 * label_format: formats of columns, those of printf that labels need.
 */
#ifndef LABEL_FORMAT_H
#define LABEL_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum conversion {
	CONVERT_NONE, /* only text */
	CONVERT_D,
	CONVERT_WIDE_D, /* %5d, %05d */
	CONVERT_U,
	CONVERT_X,
	CONVERT_HD,
	CONVERT_LD,
	CONVERT_LLD,
	CONVERT_LLU,
	CONVERT_LETTER,
	CONVERT_TEXT,
	CONVERT_REAL
};

/* Text, and the conversion behind it. */
struct label_segment {
	const char *text; /* "": none */
	enum conversion conversion;
	unsigned width, precision; /* 0: not given; of a text the precision is where it is cut */
	bool zeros;
};

#define LABEL_SEGMENTS_MAX 8

struct label_format {
	struct label_segment segments[LABEL_SEGMENTS_MAX]; /* the last one has no conversion */
	size_t nsegments;
	size_t nconversions;
};

/* Parses a format. False: `*at` is the offset of what is wrong, or of what is one segment too many. */
bool label_format_parse(struct arena *a, const char *text, struct label_format *format, size_t *at);

#endif
