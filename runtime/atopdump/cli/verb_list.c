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
	releases_print(stdout);
	return status_of_stdout();
}
