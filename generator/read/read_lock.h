/*
 * read_lock: the text of a tables.lock to its lines.
 */
#ifndef READ_LOCK_H
#define READ_LOCK_H

#include "model/lock.h"

/*
 * Parses the file. Reports lines that are not seven words, a word that cannot be, numbers that do not rise, and names that
 * stand twice. The lock is valid only if nothing was reported.
 */
struct lock read_lock(struct diag *d, const struct source *source);

#endif
