/*
 * request: the parameters of a function that reads logs.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "duckdb/files.h"
#include "duckdb/functions.h"
#include "duckdb/scan.h"
#include "print/query/selection.h"

#define REQUEST_WHY_MAX SELECTION_WHY_MAX

struct request {
	struct files files;
	const struct column_table *table;
	char *condition;            /* as it is written; NULL: every row */
	struct selection selection; /* of the condition */
	const struct where *where;  /* in it */
	struct window window;
	char *layout; /* NULL: headers decide */
	bool ignores; /* damage and files that are no logs are passed over */
};

/* Adds the parameters to a function; `tables`: also "table" and "where". */
void request_declare(duckdb_table_function function, bool tables);

/*
 * Reads them; `table` is the one that is read if "table" does not say it. NULL: the error is set. Freed by request_free.
 */
struct request *request_read(duckdb_bind_info info, const char *table, bool tables);
void request_free(void *request);

#endif
