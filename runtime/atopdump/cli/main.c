/*
 * main: dispatches to what the command line asks for.
 */
#include "atopdump/cli/help.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/process.h"
#include "atopdump/cli/status.h"
#include "atopdump/cli/verb_list.h"
#include "atopdump/cli/verbs.h"
#include "atopdump/cli/version.h"

static enum exit_status
answer(const struct options *o)
{
	switch (o->request) {
	case OPTIONS_HELP: return help_print(o);
	case OPTIONS_VERSION: return version_print();
	case OPTIONS_VIEWS: return verb_list_views();
	case OPTIONS_RUN: break;
	}
	return o->verb->run(o);
}

int
main(int argc, char **argv)
{
	enum exit_status status = STATUS_FAILED;
	char why[OPTIONS_MESSAGE_MAX];
	struct options o;

	process_begin();
	if (options_parse(&o, argc, argv, why))
		status = answer(&o);
	else
		message_usage(why, o.selection.explained);
	options_free(&o);
	return (int)status;
}
