/*
 * damage: see damage.h.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "rawlog/log/damage.h"

void
damage_describe(struct rawlog_damage *damage, uint64_t offset, uint64_t length, uint64_t sample,
    const char *reason, ...)
{
	va_list args;

	damage->offset = offset;
	damage->length = length;
	damage->sample = sample;
	damage->block = NULL;
	va_start(args, reason);
	vsnprintf(damage->reason, sizeof damage->reason, reason, args);
	va_end(args);
}

void
damage_add(struct rawlog_damage *damage, const char *text, ...)
{
	size_t used = strlen(damage->reason);
	va_list args;

	va_start(args, text);
	vsnprintf(damage->reason + used, sizeof damage->reason - used, text, args);
	va_end(args);
}
