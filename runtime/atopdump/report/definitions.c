/*
 * definitions: asks for all columns of the tables.
 */
#include "atopdump/report/definitions.h"

#include "print/format/table_ddl.h"
#include "print/query/query.h"

static void
write_out(void *state, const char *text, size_t length)
{
	fwrite(text, 1, length, state);
}

bool
definitions_print(FILE *out, enum ddl_engine engine, const struct word_set *names)
{
	const struct ddl_output output = { .write = write_out, .state = out };
	const struct query query = { .tables = names };
	struct bindings bindings;
	bool printed;

	if (!bindings_open(&bindings, &query))
		return false;
	printed = table_ddl_print(&output, engine, &bindings, query.print);
	bindings_close(&bindings);
	return printed;
}
