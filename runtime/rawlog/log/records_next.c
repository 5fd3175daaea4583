/*
 * records_next: reports faults of a record's header and gaps between records before the walk continues.
 */
#include <errno.h>

#include "rawlog/log/records.h"

/* Reports a gap around the previous record, now that the next one is known. RAWLOG_OK: none. */
static enum rawlog_result
compare(struct records *r, enum rawlog_result result, const struct frame *frame, struct rawlog_damage *damage)
{
	const unsigned char *p;
	size_t got;

	if (result != RAWLOG_OK || r->suspect)
		return sequence_break(&r->sequence, damage);
	p = file_at(r->file, frame->offset, r->size, &got);
	return got == r->size ? sequence_add(&r->sequence, frame, p, r->count - 1, damage) : RAWLOG_OK;
}

/* Returns the result that was kept. */
static enum rawlog_result
give_kept(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage, int *error)
{
	const struct catalog_struct *s = r->layout->release->rawrecord;
	const unsigned char *p;
	struct fault fault;
	size_t got;

	r->is_kept = false;
	if (r->kept == RAWLOG_DAMAGED)
		*damage = r->kept_damage;
	if (r->kept != RAWLOG_OK)
		return r->kept;
	*frame = r->kept_frame;
	p = file_at(r->file, frame->offset, r->size, &got);
	if (got < r->size || !s->decode(record, p, got, r->layout->model, r->layout->order, &fault)) {
		*error = r->file->error != 0 ? r->file->error : EIO; /* it was readable before */
		return RAWLOG_FAILED;
	}
	return RAWLOG_OK;
}

bool
records_has_fault(const struct records *r)
{
	return r->fault_pending;
}

bool
records_take_fault(struct records *r, struct rawlog_damage *damage)
{
	const bool has_fault = r->fault_pending;

	if (has_fault)
		*damage = r->header_fault;
	r->fault_pending = false;
	return has_fault;
}

const struct recorder_candidates *
records_candidates(const struct records *r)
{
	return &r->run;
}

uint64_t
records_end(const struct records *r)
{
	return r->last.end;
}

void
records_go_to(struct records *r, uint64_t offset, uint64_t count, struct search *search)
{
	r->next = offset;
	r->lost = false;
	r->count = count;
	search_hand_over(search, &r->search);
}

uint64_t
records_leave(struct records *r, struct search *search, uint64_t *follows)
{
	search_hand_over(&r->search, search);
	*follows = r->lost ? UINT64_MAX : r->next;
	return r->next;
}

enum rawlog_result
records_next(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage, int *error)
{
	struct rawlog_damage before;
	enum rawlog_result result, told;

	if (r->is_kept)
		return give_kept(r, record, frame, damage, error);
	if (records_take_fault(r, damage))
		return RAWLOG_DAMAGED;
	result = records_find(r, record, frame, damage, error);
	if (result == RAWLOG_FAILED)
		return result;
	told = compare(r, result, frame, &before);
	if (told == RAWLOG_OK)
		return result;
	r->is_kept = true;
	r->kept = result;
	if (result == RAWLOG_OK)
		r->kept_frame = *frame;
	if (result == RAWLOG_DAMAGED)
		r->kept_damage = *damage;
	*damage = before;
	return told;
}
