/*
 * partition_name: the names of files in a partition tree: TABLE/date=YYYY-MM-DD/host=HOST/LOG.ENDING. They depend on the
 * contents of a log only, so that the same log always has the same name.
 */
#ifndef PARTITION_NAME_H
#define PARTITION_NAME_H

#include <stdint.h>

#include "atopdump/dump/digest.h"

#define PARTITION_LOG_DIGITS 16  /* hex digits of the digest in a name */
#define PARTITION_FOLDER_MAX 255 /* bytes of the name of a folder, which file systems limit */
#define PARTITION_NONE       "__none__"
#define PARTITION_UNKNOWN    "__unknown__"

/* What a log is called. */
struct partition_log {
	char date[sizeof "0000-00-00"];
	char host[PARTITION_FOLDER_MAX - sizeof "host=" + 2];
	char name[PARTITION_LOG_DIGITS + sizeof ".18446744073709551615"];
};

/* The UTC day of a time; PARTITION_NONE: no day, since `time` is RAWLOG_NO_TIME or cannot be. */
void partition_set_date(struct partition_log *log, int64_t time);

/*
 * The host: all bytes except [A-Za-z0-9._-] as %XX; also the dot of a host called "." and the first dot of "..", and the
 * first byte of a host called PARTITION_UNKNOWN, which is the name for an empty host. A name that is too long is cut.
 */
void partition_set_host(struct partition_log *log, const char *host, size_t size);

/* The digest's first digits; ".2" follows for the second log of a file, ".3" for the third. */
void partition_set_name(struct partition_log *log, const char digest[DIGEST_SIZE], uint64_t part);

/* The path of the file for a table in the tree at `folder`, the caller's to free. NULL: out of memory. */
char *partition_path(const char *folder, const struct partition_log *log, const char *table, const char *ending);

#endif
