/*
 * records_judge: decides whether bytes are a record, where it ends, and what is wrong with its header.
 */
#include <errno.h>
#include <stdio.h>

#include "rawlog/log/flaw.h"
#include "rawlog/log/records_internal.h"

bool
records_is_log(struct records *r, uint64_t offset, struct layout *layout)
{
	const enum headers_result result = headers_at(r->headers, r->file, offset, layout);

	r->starved = r->starved || result == HEADERS_NO_MEMORY;
	r->unreadable = result == HEADERS_REFUSED;
	return result == HEADERS_FOUND;
}

/* --- whether it is a record ----------------------------------------------------------------------------- */

/* Whether the bytes up to `end` can be read ahead; of a stream only RECORDS_AHEAD_MAX bytes are kept. */
static bool
is_near(const struct frame *frame, uint64_t end)
{
	return end - frame->offset <= RECORDS_AHEAD_MAX;
}

/* Whether the log ends, or another log or a plausible record begins, at the end of `frame`. */
static bool
ends_well(struct records *r, const struct frame *frame)
{
	const size_t size = r->size + PROBE_HEADER_SIZE;
	const unsigned char *p;
	struct layout layout;
	size_t got;

	r->has_ahead = false;
	if (!is_near(frame, frame->end) && !source_is_seekable(&r->file->source))
		return false;
	p = file_at(r->file, frame->end - 1, 1 + size, &got);
	if (got <= 1)
		return got == 1; /* the log ends there or earlier */
	r->has_ahead = got == 1 + size && probe_is_header(p + 1 + r->size) &&
	    frame_read(r->layout, p + 1, r->size, frame->end, r->ahead, &r->ahead_frame) == FRAME_OK;
	return r->has_ahead || records_is_log(r, frame->end, &layout);
}

/* Whether each block of `frame` that the log contains begins as a block; the first must exist. */
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

/*
 * Whether a live stream ends, for now, with `frame`, and each block is intact and has its stated length. Such a frame is a
 * record without a look at the bytes behind it, so a sample is shown without waiting for the next.
 */
static bool
is_whole(struct records *r, const struct frame *frame)
{
	size_t i, nblocks = 0, got;

	if (!source_is_live(&r->file->source) || frame->end - frame->offset > RECORDS_AHEAD_MAX)
		return false;
	file_at(r->file, frame->end - 1, 1, &got);
	if (got == 0 || file_is_there(r->file, frame->end - 1, 1 + r->size + PROBE_HEADER_SIZE))
		return false;
	for (i = 0; i < r->layout->release->nblocks; i++) {
		const struct frame_block *b = &frame->blocks[i];

		if (b->length == 0 && b->inflated == 0)
			continue;
		if (!search_is_exact(&r->search, r->file, b))
			return false;
		nblocks++;
	}
	return nblocks > 0;
}

/* The number of a record's leading blocks that are intact, that were tried, and that have their stated length. */
struct measure {
	size_t nwhole, ntried, nright;
	bool missed; /* the budget was exhausted before all were tried */
};

/* Replaces the stated length of each intact block of `frame` by its real one. False: out of memory. */
static bool
measure(struct records *r, struct frame *frame, struct measure *m)
{
	const size_t n = r->layout->release->nblocks;
	enum probe_result result;
	struct frame_block *b;
	uint64_t length = 0;
	bool is_tried;
	size_t i;

	memset(m, 0, sizeof *m);
	for (i = 0; i < n; i++) {
		b = &frame->blocks[i];
		result = PROBE_WHOLE;
		if (b->length > 0 || b->inflated > 0) {
			is_tried = is_near(frame, b->offset + frame_length_max(b->inflated));
			result = !is_tried
			    ? PROBE_UNTRIED
			    : search_probe(&r->search, r->file, b->offset, b->inflated, m->nwhole < i, &length);
			m->missed = is_tried && result == PROBE_UNTRIED;
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

/* Continues the walk at the end of `frame`. */
static void
go_behind(struct records *r, const struct frame *frame)
{
	r->next = frame->end;
	r->lost = false;
}

/*
 * Continues the walk with a search behind the last intact block of `frame`. The remaining blocks may overlap the next
 * record, so blocks that were not verified within the budget are not read.
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
		if (i >= m->ntried || !is_near(frame, frame->blocks[i].offset + frame->blocks[i].length) ||
		    !budget_pay(&r->search.budget, frame->blocks[i].length))
			frame->blocks[i].length = 0;
}

enum verdict
records_judge(struct records *r, enum frame_result result, struct frame *frame)
{
	const size_t n = r->layout->release->nblocks;
	struct measure m;
	bool begins;

	if (result == FRAME_UNREADABLE)
		return IS_NO_RECORD;
	begins = result != FRAME_OK && begin_well(r, frame);
	if ((result == FRAME_OK && is_whole(r, frame)) || ((result == FRAME_OK || begins) && ends_well(r, frame))) {
		go_behind(r, frame);
		return IS_RECORD;
	}
	if (!measure(r, frame, &m))
		return NO_MEMORY;
	if (m.nright > 0 && (m.nwhole == n || ends_well(r, frame))) {
		go_behind(r, frame);
		return IS_RECORD;
	}
	if (m.nright > 0 || (result == FRAME_OK && begin_well(r, frame))) {
		go_into(r, frame, &m);
		return IS_RECORD;
	}
	if (m.missed)
		budget_miss(&r->search.budget, frame->offset);
	return IS_NO_RECORD;
}

/* Stores a fault if the record in `frame` states lengths that its blocks do not have, or impossible ones. */
static void
note_lengths(struct records *r, enum frame_result result, const struct frame *frame)
{
	const struct catalog_block *blocks = r->layout->release->blocks;
	size_t i = frame->bad;

	if (result == FRAME_OK)
		for (i = 0; i < r->layout->release->nblocks; i++)
			if (frame->blocks[i].length != (uint64_t)frame->facts.block[i].length)
				break;
	r->fault_pending = i < r->layout->release->nblocks && (result != FRAME_OK || frame->blocks[i].length > 0);
	if (!r->fault_pending)
		return;
	damage_describe(&r->header_fault, DAMAGE_RECORD, frame->offset, r->size, r->count,
	    "the record header is wrong: %s %s", blocks[i].entry->role,
	    result != FRAME_OK ? frame_reason(result) : "has another length than it says");
}

/*
 * The releases that may have written the record: those of the current run, if it is known and the record belongs to it.
 * It may not belong to it if records were lost in between, among them possibly the first record of another run.
 */
static struct recorder_candidates
candidates_of(struct records *r, const void *record)
{
	const struct catalog_release *teller = r->run.teller;

	if (teller != NULL && teller->tell->begins(record))
		r->run = (struct recorder_candidates){ RECORDER_UNKNOWN, NULL };
	return r->run;
}

/* Stores a fault if no candidate writes the record in `frame`. False: its bytes cannot be read again, or no memory. */
static bool
note_flaw(struct records *r, const void *record, const struct frame *frame)
{
	const struct recorder_candidates candidates = candidates_of(r, record);
	enum flaw_result result;
	const unsigned char *p;
	const char *flaw;
	size_t got;

	p = file_at(r->file, frame->offset, r->size, &got);
	if (got < r->size)
		return false;
	result = flaw_of_record(r->layout, &candidates, p, record, &flaw);
	if (result == FLAW_NO_MEMORY)
		return false;
	if (flaw == NULL && sequence_is_no_first(&r->sequence, frame))
		flaw = "it is no first of a run of atop";
	if (flaw != NULL && !r->fault_pending)
		damage_describe(&r->header_fault, DAMAGE_RECORD, frame->offset, r->size, r->count,
		    "the record header is wrong: %s", flaw);
	r->fault_pending = r->suspect = r->fault_pending || flaw != NULL;
	return true;
}

bool
records_note_faults(struct records *r, enum frame_result result, const void *record, const struct frame *frame)
{
	note_lengths(r, result, frame);
	return note_flaw(r, record, frame);
}

int
records_set_run(struct records *r, const void *record, const struct recorder_candidates *candidates)
{
	enum flaw_result result;
	const unsigned char *p;
	const char *flaw;
	size_t got;

	r->run = *candidates;
	if (r->fault_pending || candidates->verdict == RECORDER_UNKNOWN)
		return 0;
	p = file_at(r->file, r->last.offset, r->size, &got);
	if (got < r->size)
		return r->file->error != 0 ? r->file->error : EIO; /* it was readable before */
	result = flaw_of_record(r->layout, candidates, p, record, &flaw);
	if (result == FLAW_FOUND) {
		damage_describe(&r->header_fault, DAMAGE_RECORD, r->last.offset, r->size, r->count - 1,
		    "the record header is wrong: %s", flaw);
		r->fault_pending = r->suspect = true;
	}
	return result == FLAW_NO_MEMORY ? ENOMEM : 0;
}
