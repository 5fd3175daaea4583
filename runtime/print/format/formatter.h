/*
 * formatter: one run of a format, and its parts for threads. Each part formats rows into memory; its output is appended to
 * that of the formatter in order.
 */
#ifndef FORMATTER_H
#define FORMATTER_H

#include "print/format/format.h"

/* Opens the outputs and the format. `query` and `place` must outlive it. 0 or an errno; after failure nothing is owned. */
int formatter_open(struct formatter **f, const struct format *format, const struct query *query,
    const struct output_place *place);

/*
 * A part of `whole` for another thread, which formats logs, or pieces of them, into memory. `order` says when its output may
 * be appended. Both must outlive the part. NULL: out of memory.
 */
struct formatter *formatter_part(struct formatter *whole, struct writer_order *order);

/* Whether members are shown as they are stored, because the format or the query says so. */
bool formatter_shows_as_stored(const struct formatter *f);

/* Appends what the part has formatted so far to the whole, in order; discards it; frees the part. */
void formatter_append(struct formatter *part);
void formatter_discard(struct formatter *part);
void formatter_free(struct formatter *part);

/* Flushes the output, so that its reader gets all rows so far. */
void formatter_flush(struct formatter *f);

/* The errno of the first failure; 0. */
int formatter_error(const struct formatter *f);

/* Ends the output, which is kept only if `keep` and nothing failed, and frees `f`. The errno of the first failure; 0. */
int formatter_finish(struct formatter *f, bool keep);

#endif
