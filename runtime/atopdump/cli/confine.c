/*
 * confine: needs follow from the options and from how many inputs could be opened.
 */
#include "atopdump/cli/confine.h"
#include "atopdump/cli/message.h"
#include "atopdump/cli/sandbox.h"

static unsigned
find_needs(const struct options *o, const struct inputs *in)
{
	unsigned needs = 0;

	if (in->nopened < in->count)
		needs |= SANDBOX_READ;
	if (o->place.path != NULL || o->manifest != NULL)
		needs |= SANDBOX_NAMES;
	if (o->place.folder)
		needs |= SANDBOX_CREATE;
	if (o->partition != NULL)
		needs |= SANDBOX_FOLDERS;
	if (o->format != NULL && o->format->rewrites)
		needs |= SANDBOX_WITHIN;
	return needs;
}

void
confine(const struct options *o, const struct inputs *in)
{
	int error;

	if (!o->sandbox || !sandbox_is_built_in())
		return;
	error = sandbox_enter(find_needs(o, in));
	if (error != 0)
		message_no_sandbox(error);
}
