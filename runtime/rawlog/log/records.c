/*
 * records: see records.h.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/flaw.h"
#include "rawlog/log/records.h"

/* Makes the walk one of the layout's records, the first of which is at `offset`, behind the header at `header`. */
static int
begin(struct records *r, uint64_t header, uint64_t offset)
{
	const struct catalog_struct *rawrecord = r->layout->release->rawrecord;

	r->size = rawrecord->size[r->layout->model];
	r->next = offset;
	r->first = !source_is_seekable(&r->file->source) && header < r->file->base ? r->file->base : header;
	r->begins = RECORDS_SAME_LOG;
	resync_pass(&r->resync, header + 1);
	free(r->ahead);
	r->ahead = calloc(1, rawrecord->definition->size > 0 ? rawrecord->definition->size : 1);
	if (r->ahead == NULL || !sequence_begin(&r->sequence, r->size))
		return ENOMEM;
	r->sequence.begun = offset == header;	/* a log that lost its header may have lost its first records */
	return 0;
}

int
records_init(struct records *r, struct file *file, const struct layout *layout, struct headers *headers, uint64_t header,
    uint64_t offset)
{
	memset(r, 0, sizeof *r);
	r->file = file;
	r->layout = layout;
	r->headers = headers;
	if (!search_init(&r->search, layout, 1) || !resync_init(&r->resync, file, &r->search, headers))
		return ENOMEM;
	return begin(r, header, offset);
}

int
records_turn(struct records *r)
{
	const uint64_t offset = r->next;
	const size_t header = r->begins == RECORDS_HEADED_LOG ? r->layout->release->rawheader->size[r->layout->model] : 0;

	r->lost = r->searched = r->lied = r->is_kept = false;
	r->run = (struct recorder_candidates){RECORDER_UNKNOWN, NULL};
	r->count = 0;
	memset(&r->last, 0, sizeof r->last);
	if (!search_turn(&r->search, r->layout, 1))
		return ENOMEM;
	return begin(r, offset, offset + header);
}

void
records_free(struct records *r)
{
	search_free(&r->search);
	resync_free(&r->resync);
	sequence_free(&r->sequence);
	free(r->ahead);
	r->ahead = NULL;
}

/* Whether the header of a log stands at `offset`. */
static bool
is_log(struct records *r, uint64_t offset, struct layout *layout)
{
	const enum headers_result result = headers_at(r->headers, r->file, offset, layout);

	r->starved = r->starved || result == HEADERS_NO_MEMORY;
	r->unreadable = result == HEADERS_REFUSED;
	return result == HEADERS_FOUND;
}

/* --- whether it is a record ----------------------------------------------------------------------------- */

/* Whether the bytes up to `end` can be looked at without keeping too many, if they are a stream's. */
static bool
is_near(const struct frame *frame, uint64_t end)
{
	return end - frame->offset <= RECORDS_AHEAD_MAX;
}

/* Whether the log's end, another log, or a record that could be one, is at the end of `frame`. */
static bool
ends_well(struct records *r, const struct frame *frame)
{
	const size_t size = r->size + PROBE_HEADER_SIZE;
	const unsigned char *p;
	struct layout layout;
	struct frame next;
	size_t got;

	if (!is_near(frame, frame->end) && !source_is_seekable(&r->file->source))
		return false;
	p = file_at(r->file, frame->end - 1, 1 + size, &got);
	if (got <= 1)
		return got == 1;		/* the log ends there, or before */
	if (got == 1 + size && probe_is_header(p + 1 + r->size) &&
	    frame_read(r->layout, p + 1, r->size, frame->end, r->ahead, &next) == FRAME_OK)
		return true;
	return is_log(r, frame->end, &layout);
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

/*
 * Whether `frame` is all that there is of a stream for now, with each block whole and as long as it says: a record then,
 * whatever follows. So a sample is shown without waiting for the next.
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

/* How many of a record's blocks, from the first on, were found whole, and tried; and how many are as long as said. */
struct measure {
	size_t	nwhole, ntried, nright;
	bool	missed;			/* credit ended before */
};

/* Has the blocks of `frame` that are whole as long as they really are. False: no memory. */
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
			result = !is_tried ? PROBE_UNTRIED :
			    search_probe(&r->search, r->file, b->offset, b->inflated, m->nwhole < i, &length);
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
		if (i >= m->ntried || !is_near(frame, frame->blocks[i].offset + frame->blocks[i].length) ||
		    !budget_pay(&r->search.budget, frame->blocks[i].length))
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

/*
 * Which releases may have written the record: those of the run at hand, if it is known and the record is one of its
 * records. Between it and the record before, a first record of another run may have been lost.
 */
static struct recorder_candidates
candidates_of(struct records *r, const void *record)
{
	const struct catalog_release *teller = r->run.teller;

	if (teller != NULL && teller->tell->begins(record))
		r->run = (struct recorder_candidates){RECORDER_UNKNOWN, NULL};
	return r->run;
}

/* Notes it if no candidate writes the record in `frame`. False: its bytes cannot be read any more, or no memory. */
static bool
note_flaw(struct records *r, const struct recorder_candidates *candidates, const void *record, const struct frame *frame)
{
	enum flaw_result result;
	const unsigned char *p;
	const char *flaw;
	size_t got;

	p = file_at(r->file, frame->offset, r->size, &got);
	if (got < r->size)
		return false;
	result = flaw_of_record(r->layout, candidates, p, record, &flaw);
	if (result == FLAW_NO_MEMORY)
		return false;
	if (flaw == NULL && sequence_is_no_first(&r->sequence, frame))
		flaw = "it is no first of a run of atop";
	if (flaw != NULL && !r->lied)
		damage_describe(&r->lie, frame->offset, r->size, r->count, "the record header is wrong: %s", flaw);
	r->lied = r->suspect = r->lied || flaw != NULL;
	return true;
}

int
records_set_run(struct records *r, const void *record, const struct recorder_candidates *candidates)
{
	enum flaw_result result;
	const unsigned char *p;
	const char *flaw;
	size_t got;

	r->run = *candidates;
	if (r->lied || candidates->verdict == RECORDER_UNKNOWN)
		return 0;
	p = file_at(r->file, r->last.offset, r->size, &got);
	if (got < r->size)
		return r->file->error != 0 ? r->file->error : EIO;	/* it was there a moment ago */
	result = flaw_of_record(r->layout, candidates, p, record, &flaw);
	if (result == FLAW_FOUND) {
		damage_describe(&r->lie, r->last.offset, r->size, r->count - 1, "the record header is wrong: %s", flaw);
		r->lied = r->suspect = true;
	}
	return result == FLAW_NO_MEMORY ? ENOMEM : 0;
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
	/* a log that was cut meanwhile may end before what was read of it */
	damage_describe(damage, end < blocks[i].offset ? end : blocks[i].offset,
	    end < blocks[i].offset ? 0 : end - blocks[i].offset, r->count - 1,
	    "the log ends %" PRIu64 " bytes before the sample does", r->last.end - end);
	damage->block = release->blocks[i].entry->role;
}

/* Adds to `damage`, if there is any already, that places were not tried. False: all were. */
static bool
tell_missed(struct records *r, bool is_damage, struct rawlog_damage *damage)
{
	const struct budget b = r->search.budget;
	char text[RAWLOG_REASON_MAX];

	if (!budget_tell_missed(&r->search.budget, text, sizeof text))
		return false;
	if (is_damage)
		damage_add(damage, "; %s", text);
	else
		damage_describe(damage, b.from, b.to - b.from, r->count, "%s", text);
	return true;
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
		return tell_missed(r, false, damage) ? RAWLOG_DAMAGED : RAWLOG_END;
	if (end < gap && r->count > 0)
		records_describe_cut(r, end, damage);
	else if (end > gap && end - gap < r->size && !r->unreadable)
		damage_describe(damage, gap, end - gap, r->count, "the log ends inside a record header");
	else if (end > gap)
		damage_describe(damage, gap, end - gap, r->count, "%s", r->why);
	else
		damage_describe(damage, end, 0, r->count, "the log ends here");
	if (flaw != NULL)
		damage_add(damage, ": %s", flaw);
	tell_missed(r, true, damage);
	return RAWLOG_DAMAGED;
}

/* Says what the search has passed over, up to where a record is, or the header of a log. */
static void
describe_gap(struct records *r, uint64_t from, bool is_log, struct rawlog_damage *damage)
{
	const size_t header = r->layout->release->rawheader->size[r->layout->model];

	if (r->next < r->gap && r->count == 0)
		damage_describe(damage, r->next, r->gap - r->next, 0, "the first record begins inside the header");
	else if (r->next < r->gap)
		damage_describe(damage, from, r->next - from, r->count - 1,
		    "the sample's lengths lead beyond the next %s", is_log ? "log's header" : "record");
	else
		damage_describe(damage, r->gap, r->next - r->gap, r->count, "%s", r->why);
	if (is_log || r->next <= r->gap || (!r->unreadable && r->next - r->gap != header))
		return;
	r->begins = RECORDS_HEADLESS_LOG;
	if (!r->unreadable)
		damage_add(damage, ", but as long as a log's header");
	damage_add(damage, "; the host of what follows is unknown");
}

/* Searches from r->next on, and says what it passes over. RAWLOG_OK if that is nothing. */
static enum rawlog_result
search(struct records *r, struct rawlog_damage *damage, int *error)
{
	const uint64_t from = r->next;
	enum resync_result result;

	r->lost = false;
	r->run = (struct recorder_candidates){RECORDER_UNKNOWN, NULL};
	result = resync_next(&r->resync, from, &r->next);
	if (result == RESYNC_NONE) {
		r->next = from;
		return finish(r, r->gap, damage, error);
	}
	if (result == RESYNC_NO_MEMORY) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	describe_gap(r, from, result == RESYNC_HEADER, damage);
	return tell_missed(r, damage->length > 0, damage) || damage->length > 0 ? RAWLOG_DAMAGED : RAWLOG_OK;
}

/* There is no record at r->next, but possibly behind. */
static void
lose(struct records *r, enum frame_result result, const struct frame *frame)
{
	const struct catalog_release *release = r->layout->release;

	r->gap = r->next;
	r->next = r->count > 0 || r->searched ? r->next + 1 : r->first;
	r->searched = r->lost = true;
	if (!r->unreadable)
		snprintf(r->why, sizeof r->why, "no record header: %s %s",
		    result == FRAME_UNREADABLE ? "it" : release->blocks[frame->bad].entry->role,
		    result == FRAME_OK ? "does not follow" : frame_reason(result));
}

/* How the walk stands. RAWLOG_OK: it goes on. */
static enum rawlog_result
standing(const struct records *r)
{
	if (r->ended)
		return RAWLOG_END;
	return r->begins != RECORDS_SAME_LOG ? RAWLOG_NEXT_LOG : RAWLOG_OK;
}

/* Fails for what the file says, or for want of memory. */
static enum rawlog_result
fail(const struct records *r, int *error)
{
	*error = r->file->error != 0 ? r->file->error : ENOMEM;
	return RAWLOG_FAILED;
}

/* Looks at what stands at r->next. RAWLOG_OK: a record, or, `verdict` says so, none. */
static enum rawlog_result
look(struct records *r, void *record, struct frame *frame, enum verdict *verdict, struct rawlog_damage *damage,
    int *error)
{
	enum frame_result result;
	const unsigned char *p;
	bool unreadable;
	size_t got;

	file_hold(r->file, r->searched || r->count > 0 ? r->next : r->first);
	if (is_log(r, r->next, &r->next_layout)) {
		r->begins = RECORDS_HEADED_LOG;
		return RAWLOG_NEXT_LOG;
	}
	unreadable = r->unreadable;
	if (unreadable)
		snprintf(r->why, sizeof r->why, "a log's header that cannot be read: %.180s", r->headers->why);
	p = file_at(r->file, r->next, r->size, &got);
	if (got < r->size)
		return finish(r, r->next, damage, error);
	result = frame_read(r->layout, p, r->size, r->next, record, frame);
	*verdict = judge(r, result, frame);
	if (*verdict == NO_MEMORY || r->starved || r->file->error != 0)
		return fail(r, error);
	r->unreadable = unreadable;
	if (*verdict == IS_NO_RECORD)
		lose(r, result, frame);
	else
		note_lie(r, result, frame);
	if (*verdict == IS_RECORD) {
		const struct recorder_candidates candidates = candidates_of(r, record);

		if (!note_flaw(r, &candidates, record, frame))
			return fail(r, error);
	}
	return RAWLOG_OK;
}

enum rawlog_result
records_find(struct records *r, void *record, struct frame *frame, struct rawlog_damage *damage, int *error)
{
	enum verdict verdict = IS_NO_RECORD;
	enum rawlog_result result = standing(r);

	while (result == RAWLOG_OK && verdict == IS_NO_RECORD) {
		if (r->lost)
			result = search(r, damage, error);
		if (result == RAWLOG_OK && r->begins != RECORDS_SAME_LOG)
			return RAWLOG_NEXT_LOG;
		if (result == RAWLOG_OK)
			result = look(r, record, frame, &verdict, damage, error);
	}
	if (result != RAWLOG_OK)
		return result;
	r->count++;
	r->last = *frame;
	return RAWLOG_OK;
}
