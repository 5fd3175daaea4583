/*
 * verb_list: to standard output.
 */
#include <stdio.h>

#include "atopdump/cli/verb_list.h"
#include "atopdump/report/releases.h"

enum exit_status
verb_list(const struct options *o)
{
	(void)o;
	list_catalog(stdout);
	return status_of_stdout();
}
