/*
 * formats: a new format is a row here.
 */
#include <string.h>

#include "print/format/formats.h"

const struct format *const formats[] = { &format_json, &format_rows, &format_csv,
#ifdef HAVE_SQLITE
	&format_sqlite,
#endif
	&format_avro, &format_atopdump, &format_parseable, &format_atop_json };
const size_t formats_count = sizeof formats / sizeof formats[0];

const struct format *
formats_find(const char *name)
{
	for (size_t i = 0; i < formats_count; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const char *
formats_explain(const char *name)
{
#ifndef HAVE_SQLITE
	if (strcmp(name, "sqlite") == 0)
		return "this atopdump was built without SQLite: install libsqlite3-dev (Debian, Ubuntu), sqlite-devel "
		       "(Fedora), sqlite-dev (Alpine) or sqlite (Arch), and build it again";
#endif
	(void)name;
	return NULL;
}
