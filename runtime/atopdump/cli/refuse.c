/*
 * refuse: printf into a buffer.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "atopdump/cli/options.h"
#include "atopdump/cli/refuse.h"

bool
refuse(char *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, OPTIONS_MESSAGE_MAX, format, args);
	va_end(args);
	return false;
}

void
refuse_add(char *why, const char *before, const char *word, const char *after)
{
	const size_t used = strlen(why);

	snprintf(why + used, OPTIONS_MESSAGE_MAX - used, "%s%s%s", before, word, after);
}
