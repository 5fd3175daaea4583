/*
 * damage: the words of the kinds, and formatting of reasons.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "rawlog/log/damage.h"

static const char *const words[] = {
	[DAMAGE_NONE] = "none",
	[DAMAGE_HEADER] = "header",
	[DAMAGE_LOST_HEADER] = "lost-header",
	[DAMAGE_RECORD] = "record",
	[DAMAGE_NO_RECORD] = "no-record",
	[DAMAGE_OVERLAP] = "overlap",
	[DAMAGE_TRUNCATED] = "truncated",
	[DAMAGE_GZIP] = "gzip",
	[DAMAGE_CHECKSUM] = "checksum",
	[DAMAGE_CORRUPT] = "corrupt",
	[DAMAGE_SIZE] = "size",
	[DAMAGE_COUNT] = "count",
	[DAMAGE_CGROUPS] = "cgroups",
	[DAMAGE_LIMIT] = "limit",
	[DAMAGE_UNTRIED] = "untried",
	[DAMAGE_RANGE] = "range",
	[DAMAGE_ARCHIVE] = "archive",
};

const char *
damage_word(enum damage_kind kind)
{
	return words[kind];
}

void
damage_describe(struct rawlog_damage *damage, enum damage_kind kind, uint64_t offset, uint64_t length, uint64_t sample,
    const char *reason, ...)
{
	va_list args;

	damage->kind = kind;
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
