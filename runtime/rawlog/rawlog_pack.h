/*
 * rawlog_pack: copies of several samples of one log in one buffer, so that they can be handed to another thread together.
 * rawlog_detach in rawlog.h does this for one sample. For programs in the source tree; not installed.
 */
#ifndef RAWLOG_PACK_H
#define RAWLOG_PACK_H

#include "rawlog/rawlog.h"

struct rawlog_pack;

/* An empty pack. NULL: out of memory. */
struct rawlog_pack *rawlog_pack_new(void);

/* Frees it; NULL is allowed. */
void rawlog_pack_delete(struct rawlog_pack *pack);

/* Empties the pack, and prepares it for samples of the current log and run of `log`. RAWLOG_OK or _FAILED. */
enum rawlog_result rawlog_pack_begin(struct rawlog_pack *pack, const struct rawlog *log, int *error);

/* Empties the pack, for further samples of the same log and run. */
void rawlog_pack_clear(struct rawlog_pack *pack);

/*
 * Reads the bytes from the first to the last of those blocks of a sample for which `blocks` is true, so that
 * rawlog_pack_add need not wait for the writer of a pipe. RAWLOG_OK or _FAILED.
 */
enum rawlog_result rawlog_pack_read(struct rawlog_sample *sample, const bool *blocks, int *error);

/* Adds a copy of the sample with these bytes. RAWLOG_OK; _FAILED, and the pack is as before. */
enum rawlog_result rawlog_pack_add(struct rawlog_pack *pack, struct rawlog_sample *sample, const bool *blocks,
    int *error);

size_t rawlog_pack_count(const struct rawlog_pack *pack); /* samples */
size_t rawlog_pack_size(const struct rawlog_pack *pack);  /* bytes copied */

/*
 * Makes `sample` the sample number `i` of the pack, before its first block. It can be read until the next call on the pack.
 * RAWLOG_OK or _FAILED.
 */
enum rawlog_result rawlog_pack_take(struct rawlog_pack *pack, size_t i, struct rawlog_sample *sample, int *error);

#endif
