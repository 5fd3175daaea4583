/*
 * verb_schema: to standard output.
 */
#include "atopdump/cli/verb_schema.h"

#include <stdio.h>

#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/report/definitions.h"

enum exit_status
verb_schema(const struct options *o)
{
	if (!definitions_print(stdout, o->engine)) {
		message_run("out of memory");
		return STATUS_FAILED;
	}
	return status_of_stdout();
}
