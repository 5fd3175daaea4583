/*
 * records_next: what there is to be said of a record, and between two, before the walk of records goes on.
 */
#include <errno.h>

#include "rawlog/log/records.h"

/* What there is to be said of the record before, now that it is known what comes behind it. RAWLOG_OK: nothing. */
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

/* The result that was kept. */
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
		*error = r->file->error != 0 ? r->file->error : EIO;	/* it was there a moment ago */
		return RAWLOG_FAILED;
	}
	return RAWLOG_OK;
}

enum rawlog_result
records_next(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage, int *error)
{
	struct rawlog_damage before;
	enum rawlog_result result, told;

	if (r->is_kept)
		return give_kept(r, record, frame, damage, error);
	if (r->lied) {
		r->lied = false;
		*damage = r->lie;
		return RAWLOG_DAMAGED;
	}
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
