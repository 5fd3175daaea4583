/*
 * reader: an open file and the walk over the logs, runs and samples in it; the object behind struct rawlog of ../rawlog.h.
 */
#ifndef READER_H
#define READER_H

#include <stddef.h>

#include "rawlog/io/file.h"
#include "rawlog/log/carve.h"
#include "rawlog/log/choice.h"
#include "rawlog/log/header.h"
#include "rawlog/log/part.h"
#include "rawlog/log/recorder.h"
#include "rawlog/log/sample.h"
#include "rawlog/rawlog.h"
#include "rawlog/rawlog_source.h"

/* As rawlog_open_source, of ../rawlog_source.h; `choice` may name a release, and may be NULL. */
enum rawlog_result rawlog_open_from(struct rawlog **log, const struct rawlog_source *source, bool carve,
    const struct choice *choice, struct rawlog_error *error);

/* As rawlog_open_memory; `choice` as above. */
enum rawlog_result rawlog_open_bytes(struct rawlog **log, const void *bytes, size_t size, const struct choice *choice,
    struct rawlog_error *error);

/* The layout of the current log; the same object for all logs of the file. */
const struct layout *rawlog_layout(const struct rawlog *log);

/* The current run, and the log of the file that it is in. */
const struct recorder_run *rawlog_run(const struct rawlog *log);
const struct part *rawlog_part(const struct rawlog *log);

/* What is known of the records that are carved, and the search for them; NULL: the log is read from its beginning. */
const struct carve *rawlog_carving(const struct rawlog *log);

/* The log's bytes; of a stream, those of its header only before the first record. */
struct file *rawlog_file(struct rawlog *log);

/* Facts of the rawheader, valid until the next log begins. If the header is lost they are all zeros, without a host. */
const struct header_facts *rawlog_facts(const struct rawlog *log);

#endif
