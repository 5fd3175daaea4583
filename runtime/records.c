/*
 * records: see records.h.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

int
records_init(struct records *r, struct file *file, const struct layout *layout, uint64_t offset)
{
	const struct catalog_struct *rawrecord = layout->release->rawrecord;

	memset(r, 0, sizeof *r);
	r->file = file;
	r->layout = layout;
	r->size = rawrecord->size[layout->model];
	r->next = offset;
	r->first = source_is_seekable(&file->source) ? 0 : file->base;
	r->ahead = calloc(1, rawrecord->definition->size > 0 ? rawrecord->definition->size : 1);
	return search_init(&r->search, layout, 1) && r->ahead != NULL ? 0 : ENOMEM;
}

void
records_free(struct records *r)
{
	search_free(&r->search);
	free(r->ahead);
	r->ahead = NULL;
}

/* --- whether it is a record ----------------------------------------------------------------------------- */

/* Whether the log, or a record that could be one, is at the end of `frame`. */
static bool
ends_well(struct records *r, const struct frame *frame)
{
	const size_t size = r->size + PROBE_HEADER_SIZE;
	const unsigned char *p;
	struct frame next;
	size_t got;

	if (frame->end - frame->offset > RECORDS_AHEAD_MAX && !source_is_seekable(&r->file->source))
		return false;
	p = file_at(r->file, frame->end - 1, 1 + size, &got);
	if (got <= 1)
		return got == 1;		/* the log ends there, or before */
	return got == 1 + size && probe_is_header(p + 1 + r->size) &&
	    frame_read(r->layout, p + 1, r->size, frame->end, r->ahead, &next) == FRAME_OK;
}

/* Whether each block of `frame` begins as one as far as the log goes; the first must not be missing. */
static bool
begin_well(struct records *r, const struct frame *frame)
{
	const size_t n = r->layout->release->nblocks;
	const struct frame_block *b;
	const unsigned char *p;
	size_t i, got;

	if (frame->blocks[0].length == 0)
		return false;
	for (i = 0; i < n; i++) {
		b = &frame->blocks[i];
		if (b->length == 0 || b->offset - frame->offset > RECORDS_AHEAD_MAX)
			continue;
		p = file_at(r->file, b->offset, PROBE_HEADER_SIZE, &got);
		if (got == PROBE_HEADER_SIZE && !probe_is_header(p))
			return false;
	}
	return true;
}

/* How many of a record's blocks, from the first on, were found whole, and tried; and how many are as long as said. */
struct measure {
	size_t	nwhole, ntried, nright;
};

/* Has the blocks of `frame` that are whole as long as they really are. False: no memory. */
static bool
measure(struct records *r, struct frame *frame, struct measure *m)
{
	const size_t n = r->layout->release->nblocks;
	enum probe_result result;
	struct frame_block *b;
	uint64_t length = 0;
	size_t i;

	memset(m, 0, sizeof *m);
	for (i = 0; i < n; i++) {
		b = &frame->blocks[i];
		result = PROBE_WHOLE;
		if (b->length > 0 || b->inflated > 0) {
			result = search_probe(&r->search, r->file, b->offset, b->inflated, m->nwhole < i, &length);
			if (result == PROBE_WHOLE && m->nwhole == i) {
				m->nright += b->length == length;
				b->length = length;
			}
		}
		if (result == PROBE_NO_MEMORY)
			return false;
		if (result == PROBE_UNTRIED)
			break;
		m->nwhole += result == PROBE_WHOLE && m->nwhole == i;
		m->ntried++;
		frame_place(frame, n, i, b->offset);
	}
	return true;
}

/* The walk goes on where `frame` ends. */
static void
go_behind(struct records *r, const struct frame *frame)
{
	r->next = frame->end;
	r->lost = false;
}

/*
 * The walk goes on with a search behind what is whole of `frame`. Its other blocks may overlap records that are found
 * then: what was not tried, or cannot be paid, will not be read either.
 */
static void
go_into(struct records *r, struct frame *frame, const struct measure *m)
{
	const size_t n = r->layout->release->nblocks;
	size_t i;

	r->next = m->nwhole < n ? frame->blocks[m->nwhole].offset : frame->end;
	r->gap = frame->end;
	r->lost = true;
	snprintf(r->why, sizeof r->why, "no record header where the sample before ends");
	for (i = m->nwhole; i < n; i++)
		if (i >= m->ntried || !search_pay(&r->search, frame->blocks[i].length))
			frame->blocks[i].length = 0;
}

enum verdict {
	IS_RECORD,
	IS_NO_RECORD,
	NO_MEMORY
};

/* Whether `frame` is a record's, and where the walk goes on if so; `result` is frame_read's. */
static enum verdict
judge(struct records *r, enum frame_result result, struct frame *frame)
{
	const size_t n = r->layout->release->nblocks;
	struct measure m;
	bool begins;

	if (result == FRAME_UNREADABLE)
		return IS_NO_RECORD;
	begins = result != FRAME_OK && begin_well(r, frame);
	if ((result == FRAME_OK || begins) && ends_well(r, frame)) {
		go_behind(r, frame);
		return IS_RECORD;
	}
	if (!measure(r, frame, &m))
		return NO_MEMORY;
	if (m.nright > 0 && (m.nwhole == n || ends_well(r, frame)))
		go_behind(r, frame);
	else if (m.nright > 0 || (result == FRAME_OK && begin_well(r, frame)))
		go_into(r, frame, &m);
	else
		return IS_NO_RECORD;
	return IS_RECORD;
}

/* Notes it if the record in `frame` states other lengths than its blocks have, or impossible ones. */
static void
note_lie(struct records *r, enum frame_result result, const struct frame *frame)
{
	const struct catalog_block *blocks = r->layout->release->blocks;
	size_t i = frame->bad;

	if (result == FRAME_OK)
		for (i = 0; i < r->layout->release->nblocks; i++)
			if (frame->blocks[i].length != (uint64_t)frame->facts.block[i].length)
				break;
	r->lied = i < r->layout->release->nblocks && (result != FRAME_OK || frame->blocks[i].length > 0);
	if (!r->lied)
		return;
	damage_describe(&r->lie, frame->offset, r->size, r->count, "the record header is wrong: %s %s",
	    blocks[i].entry->role, result != FRAME_OK ? frame_reason(result) : "has another length than it says");
}

/* --- what is not a record -------------------------------------------------------------------------------- */

void
records_describe_cut(const struct records *r, uint64_t end, struct rawlog_damage *damage)
{
	const struct catalog_release *release = r->layout->release;
	const struct frame_block *blocks = r->last.blocks;
	size_t i = 0;

	while (i + 1 < release->nblocks && blocks[i].offset + blocks[i].length <= end)
		i++;
	damage_describe(damage, blocks[i].offset, end - blocks[i].offset, r->count - 1,
	    "the log ends %" PRIu64 " bytes before the sample does", r->last.end - end);
	damage->block = release->blocks[i].entry->role;
}

/*
 * There are no more records behind r->next, or in what begins at `gap`. RAWLOG_END if that is because all is read;
 * otherwise what is wrong with the end is said, this once.
 */
static enum rawlog_result
finish(struct records *r, uint64_t gap, struct rawlog_damage *damage, int *error)
{
	uint64_t end = file_end(r->file);
	const char *flaw = file_flaw(r->file);

	r->ended = true;
	if (r->file->error != 0) {
		*error = r->file->error;
		return RAWLOG_FAILED;
	}
	if (end == gap && flaw == NULL)
		return RAWLOG_END;
	if (end < gap && r->count > 0)
		records_describe_cut(r, end, damage);
	else if (end > gap && end - gap < r->size)
		damage_describe(damage, gap, end - gap, r->count, "the log ends inside a record header");
	else if (end > gap)
		damage_describe(damage, gap, end - gap, r->count, "%s", r->why);
	else
		damage_describe(damage, end, 0, r->count, "the log ends here");
	if (flaw != NULL)
		damage_add(damage, ": %s", flaw);
	return RAWLOG_DAMAGED;
}

/* Searches from r->next on, and says what it passes over. RAWLOG_OK if that is nothing. */
static enum rawlog_result
search(struct records *r, struct rawlog_damage *damage, int *error)
{
	uint64_t from = r->next;
	size_t layout;

	r->lost = false;
	switch (search_next(&r->search, r->file, from, UINT64_MAX, &r->next, &layout)) {
	case SEARCH_NONE:
		return finish(r, r->gap, damage, error);
	case SEARCH_NO_MEMORY:
		*error = ENOMEM;
		return RAWLOG_FAILED;
	case SEARCH_FOUND:
		break;
	}
	if (r->next < r->gap && r->count == 0)
		damage_describe(damage, r->next, r->gap - r->next, 0, "the first record begins inside the header");
	else if (r->next < r->gap)
		damage_describe(damage, from, r->next - from, r->count - 1,
		    "the sample's lengths lead beyond the next record");
	else
		damage_describe(damage, r->gap, r->next - r->gap, r->count, "%s", r->why);
	return damage->length > 0 ? RAWLOG_DAMAGED : RAWLOG_OK;
}

/* There is no record at r->next, but possibly behind. */
static void
lose(struct records *r, enum frame_result result, const struct frame *frame)
{
	const struct catalog_release *release = r->layout->release;

	r->gap = r->next;
	r->next = r->count > 0 || r->searched ? r->next + 1 : r->first;
	r->searched = r->lost = true;
	snprintf(r->why, sizeof r->why, "no record header: %s %s",
	    result == FRAME_UNREADABLE ? "it" : release->blocks[frame->bad].entry->role,
	    result == FRAME_OK ? "does not follow" : frame_reason(result));
}

enum rawlog_result
records_next(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage, int *error)
{
	enum frame_result result;
	enum verdict verdict = IS_NO_RECORD;
	enum rawlog_result found;
	const unsigned char *p;
	size_t got;

	if (r->lied) {
		r->lied = false;
		*damage = r->lie;
		return RAWLOG_DAMAGED;
	}
	while (verdict == IS_NO_RECORD) {
		if (r->ended)
			return RAWLOG_END;
		if (r->lost) {
			found = search(r, damage, error);
			if (found != RAWLOG_OK)
				return found;
		}
		file_hold(r->file, r->searched || r->count > 0 ? r->next : r->first);
		p = file_at(r->file, r->next, r->size, &got);
		if (got < r->size)
			return finish(r, r->next, damage, error);
		result = frame_read(r->layout, p, r->size, r->next, record, frame);
		verdict = judge(r, result, frame);
		if (verdict == IS_NO_RECORD)
			lose(r, result, frame);
	}
	if (verdict == NO_MEMORY || r->file->error != 0) {
		*error = r->file->error != 0 ? r->file->error : ENOMEM;
		return RAWLOG_FAILED;
	}
	note_lie(r, result, frame);
	r->count++;
	r->last = *frame;
	return RAWLOG_OK;
}
