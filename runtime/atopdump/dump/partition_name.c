/*
 * partition_name: composes names.
 */
#include "atopdump/dump/partition_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/put.h"

void
partition_set_date(struct partition_log *log, int64_t time)
{
	char text[PUT_UTC_MAX + PUT_SLACK];
	const bool has_day = time != RAWLOG_NO_TIME && put_utc(text, time) > text;

	snprintf(log->date, sizeof log->date, "%.*s", (int)sizeof log->date - 1, has_day ? text : PARTITION_NONE);
}

static bool
is_plain(char byte)
{
	return byte != '\0' &&
	    strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-", byte) != NULL;
}

static bool
is_word(const char *host, size_t size, const char *word)
{
	return size == strlen(word) && memcmp(host, word, size) == 0;
}

void
partition_set_host(struct partition_log *log, const char *host, size_t size)
{
	const size_t length = host != NULL ? strnlen(host, size) : 0;
	const bool special = length > 0 &&
	    (is_word(host, length, ".") || is_word(host, length, "..") || is_word(host, length, PARTITION_UNKNOWN));
	char *to = log->host;
	const char *end = log->host + sizeof log->host;

	for (size_t i = 0; i < length; i++) {
		const bool plain = is_plain(host[i]) && !(special && i == 0);

		if (end - to < (plain ? 2 : 4))
			break;
		to += snprintf(to, (size_t)(end - to), plain ? "%c" : "%%%02X", (unsigned char)host[i]);
	}
	*to = '\0';
	if (length == 0)
		snprintf(log->host, sizeof log->host, PARTITION_UNKNOWN);
}

void
partition_set_name(struct partition_log *log, const char digest[DIGEST_SIZE], uint64_t part)
{
	char after[sizeof log->name - PARTITION_LOG_DIGITS] = "";

	if (part > 1)
		snprintf(after, sizeof after, ".%" PRIu64, part);
	snprintf(log->name, sizeof log->name, "%.*s%s", PARTITION_LOG_DIGITS, digest, after);
}

char *
partition_path(const char *folder, const struct partition_log *log, const char *table, const char *ending)
{
	const size_t size = strlen(folder) + strlen(table) + sizeof *log + strlen(ending) + sizeof "//date=/host=/.";
	char *path = malloc(size);

	if (path != NULL)
		snprintf(path, size, "%s/%s/date=%s/host=%s/%s.%s", folder, table, log->date, log->host, log->name,
		    ending);
	return path;
}
