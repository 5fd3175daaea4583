/*
 * archive_library: a table of pointers, filled by the linker or by library_load.
 */
#include "atopdump/dump/archive_library.h"

#ifdef LIBARCHIVE_SONAME

#include "load/library.h"

#define FUNCTION(name) { #name, offsetof(struct archive_library, name) },

struct archive_library la;

bool
archive_library_load(void)
{
	static const struct library_function functions[] = { ARCHIVE_FUNCTIONS(FUNCTION) };

	return la.archive_version_number != NULL ||
	    library_load(LIBARCHIVE_SONAME, functions, sizeof functions / sizeof functions[0], &la);
}

#else

#define LINKED(name) .name = name,

struct archive_library la = { ARCHIVE_FUNCTIONS(LINKED) };

bool
archive_library_load(void)
{
	return true;
}

#endif
