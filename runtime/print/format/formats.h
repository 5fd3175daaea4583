/*
 * formats: the table of output formats. Nothing else names a format.
 */
#ifndef FORMATS_H
#define FORMATS_H

#include "print/format/format.h"

extern const struct format format_json, format_rows, format_csv, format_sqlite, format_avro, format_atopdump,
    format_parseable, format_atop_json;

/* All formats of this build; the first is the default. */
extern const struct format *const formats[];
extern const size_t formats_count;

/* The format that --format=NAME means; NULL: there is none. */
const struct format *formats_find(const char *name);

/* Why this build lacks the format of that name, and how to get it; NULL: there is none in any build. */
const char *formats_explain(const char *name);

#endif
