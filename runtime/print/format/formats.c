/*
 * formats: a new format is a row here.
 */
#include <string.h>

#include "print/format/formats.h"

const struct format *const formats[] = { &format_json, &format_rows, &format_csv, &format_atopdump };
const size_t formats_count = sizeof formats / sizeof formats[0];

const struct format *
formats_find(const char *name)
{
	for (size_t i = 0; i < formats_count; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const struct format *
formats_find_option(unsigned print)
{
	for (size_t i = 0; i < formats_count; i++)
		if ((formats[i]->print & print) != 0)
			return formats[i];
	return NULL;
}
