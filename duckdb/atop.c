/*
 * atop: the entry point of the extension, the one symbol that it exports.
 */
#include "duckdb/functions.h"

bool atop_init_c_api(duckdb_extension_info info, struct duckdb_extension_access *access);

DUCKDB_EXTENSION_ENTRYPOINT(duckdb_connection connection, duckdb_extension_info info,
    struct duckdb_extension_access *access)
{
	if (register_read_atop(connection) && register_read_files(connection) && register_columns(connection))
		return true;
	access->set_error(info, "atop: its functions cannot be registered");
	return false;
}
