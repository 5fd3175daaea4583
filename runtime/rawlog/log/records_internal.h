/*
 * records_internal: what the files of the record walk share.
 */
#ifndef RECORDS_INTERNAL_H
#define RECORDS_INTERNAL_H

#include "rawlog/log/records.h"

enum verdict {
	IS_RECORD,
	IS_NO_RECORD,
	NO_MEMORY
};

/* Whether the header of a log stands at `offset`; if so, `layout` is what it states. */
bool	records_is_log(struct records *r, uint64_t offset, struct layout *layout);

/*
 * Whether `frame` is a record's, with `result` of frame_read. If so, r->next is set, and the blocks of `frame` get their
 * real lengths.
 */
enum verdict	records_judge(struct records *r, enum frame_result result, struct frame *frame);

/*
 * Notes in `r` what is wrong with the header of the record in `frame`: lengths that its blocks do not have, or values that
 * no candidate writes. False: its bytes cannot be read any more, or no memory.
 */
bool	records_note_faults(struct records *r, enum frame_result result, const void *record, const struct frame *frame);

#endif
