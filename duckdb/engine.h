/*
 * engine: the C API of DuckDB. No other file includes DuckDB's header, which `make duckdb DUCKDB_INCLUDE=DIR` says where to
 * find. DuckDB passes its functions when it loads the extension, so nothing of it is linked.
 */
#ifndef ENGINE_H
#define ENGINE_H

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#define DUCKDB_EXTENSION_NAME atop
#include <duckdb_extension.h>
#pragma GCC diagnostic pop

#endif
