/*
 * verb_list: to standard output.
 */
#include <stdio.h>

#include "atopdump/cli/verb_list.h"
#include "atopdump/report/releases.h"
#include "atopdump/report/view_list.h"

enum exit_status
verb_list(const struct options *o)
{
	(void)o;
	releases_print(stdout);
	return status_of_stdout();
}

enum exit_status
verb_list_views(void)
{
	view_list_print(stdout);
	return status_of_stdout();
}
