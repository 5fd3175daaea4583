/*
 * sqlite_library: a table of pointers, filled by the linker or by library_load.
 */
#include "print/format/sqlite_library.h"

#ifdef SQLITE_SONAME

#include "load/library.h"

#define FUNCTION(name) { #name, offsetof(struct sqlite_library, name) },

struct sqlite_library sqlite;

bool
sqlite_library_load(void)
{
	static const struct library_function functions[] = { SQLITE_FUNCTIONS(FUNCTION) };

	return sqlite.sqlite3_bind_double != NULL ||
	    library_load(SQLITE_SONAME, functions, sizeof functions / sizeof functions[0], &sqlite);
}

#else

#define LINKED(name) .name = name,

struct sqlite_library sqlite = { SQLITE_FUNCTIONS(LINKED) };

bool
sqlite_library_load(void)
{
	return true;
}

#endif
