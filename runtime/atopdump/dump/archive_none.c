/*
 * archive_none: archive.h in a build without libarchive.
 */
#include <stdio.h>

#include "atopdump/dump/archive.h"

bool
archive_load(void)
{
	return false;
}

bool
archive_is_loaded(void)
{
	return false;
}

void
archive_describe(char words[ARCHIVE_WORDS_MAX])
{
	snprintf(words, ARCHIVE_WORDS_MAX, "no libarchive");
}

enum archive_result
archive_open(struct archive_reader **reader, int fd, const struct filekind *kind, const void *start, size_t size,
    const struct watch *watch, int *error)
{
	(void)reader, (void)fd, (void)kind, (void)start, (void)size, (void)watch, (void)error;
	return ARCHIVE_READER_NONE;
}

void
archive_close(struct archive_reader *reader)
{
	(void)reader;
}

bool
archive_has_names(const struct archive_reader *reader)
{
	(void)reader;
	return false;
}

enum archive_result
archive_next(struct archive_reader *reader)
{
	(void)reader;
	return ARCHIVE_READER_END;
}

const char *
archive_name(const struct archive_reader *reader)
{
	(void)reader;
	return "";
}

const char *
archive_hindrance(const struct archive_reader *reader)
{
	(void)reader;
	return NULL;
}

const char *
archive_flaw(const struct archive_reader *reader)
{
	(void)reader;
	return NULL;
}

int
archive_error(const struct archive_reader *reader)
{
	(void)reader;
	return 0;
}

struct feed
archive_feed(struct archive_reader *reader)
{
	(void)reader;
	return (struct feed){ NULL, NULL, NULL, NULL, NULL };
}
