/*
 * rawlog_inside: looks into gzip without opening a log.
 */
#include "rawlog/io/gunzip.h"
#include "rawlog/rawlog_source.h"

bool
rawlog_inside_gzip(const void *start, size_t size, unsigned char bytes[FILEKIND_SIZE], size_t *got)
{
	*got = 0;
	return size < 2 || !gunzip_is_header(start) || gunzip_start(start, size, bytes, FILEKIND_SIZE, got);
}
