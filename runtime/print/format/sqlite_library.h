/*
 * sqlite_library: the functions of SQLite that the format calls. If SQLITE_SONAME is defined, sqlite_library_load loads the
 * library of that name; else the program is linked with it.
 */
#ifndef SQLITE_LIBRARY_H
#define SQLITE_LIBRARY_H

#include <sqlite3.h>
#include <stdbool.h>

#define SQLITE_FUNCTIONS(X)     \
	X(sqlite3_bind_double)  \
	X(sqlite3_bind_int64)   \
	X(sqlite3_bind_null)    \
	X(sqlite3_bind_text)    \
	X(sqlite3_close)        \
	X(sqlite3_column_int64) \
	X(sqlite3_config)       \
	X(sqlite3_exec)         \
	X(sqlite3_finalize)     \
	X(sqlite3_libversion)   \
	X(sqlite3_open_v2)      \
	X(sqlite3_prepare_v3)   \
	X(sqlite3_reset)        \
	X(sqlite3_step)         \
	X(sqlite3_vfs_register) \
	X(sqlite3_vfs_unregister)

#define SQLITE_LIBRARY_MEMBER(name) __typeof__(name) *name;

struct sqlite_library {
	SQLITE_FUNCTIONS(SQLITE_LIBRARY_MEMBER)
};

/* Its pointers are NULL until the library is loaded. */
extern struct sqlite_library sqlite;

/* Whether the library is loaded, now or before. It is loaded before other threads run, and before the sandbox is entered. */
bool sqlite_library_load(void);

#endif
