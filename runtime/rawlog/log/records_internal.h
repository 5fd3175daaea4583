/*
 * records_internal: functions that the files of the record walk share.
 */
#ifndef RECORDS_INTERNAL_H
#define RECORDS_INTERNAL_H

#include "rawlog/log/records.h"

enum verdict {
	IS_RECORD,
	IS_NO_RECORD,
	NO_MEMORY
};

/* Whether the header of a log is at `offset`; if so, `layout` is set to the layout that it states. */
bool records_is_log(struct records *r, uint64_t offset, struct layout *layout);

/*
 * Whether `frame`, for which frame_read returned `result`, is a record's. If so, sets r->next and replaces the lengths in
 * `frame` by the real ones.
 */
enum verdict records_judge(struct records *r, enum frame_result result, struct frame *frame);

/*
 * Stores in `r` what is wrong with the header of the record in `frame`: lengths that its blocks do not have, or values that
 * no candidate writes. False: its bytes cannot be read any more, or out of memory.
 */
bool records_note_faults(struct records *r, enum frame_result result, const void *record, const struct frame *frame);

#endif
