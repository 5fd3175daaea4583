/*
 * records: walks along the records, resynchronises after damage, and reports the end of the log.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/records_internal.h"

/* Sets up the walk for the layout's records. The first is at `offset`, the header ends at `header`. */
static bool
begin(struct records *r, uint64_t header, uint64_t offset)
{
	const struct catalog_struct *rawrecord = r->layout->release->rawrecord;

	r->size = rawrecord->size[r->layout->model];
	r->next = offset;
	r->first = !source_is_seekable(&r->file->source) && header < r->file->base ? r->file->base : header;
	r->begins = RECORDS_SAME_LOG;
	resync_pass(&r->resync, header + 1);
	free(r->ahead);
	r->has_ahead = false;
	r->ahead = host_new(rawrecord);
	if (r->ahead == NULL || !sequence_begin(&r->sequence, r->size))
		return false;
	r->sequence.begun = offset == header; /* with the header, the first records may be lost */
	return true;
}

int
records_init(struct records *r, struct file *file, const struct layout *layout, struct headers *headers,
    uint64_t header, uint64_t offset)
{
	memset(r, 0, sizeof *r);
	r->file = file;
	r->layout = layout;
	r->headers = headers;
	if (search_init(&r->search, layout, 1) && resync_init(&r->resync, file, &r->search, headers) &&
	    begin(r, header, offset))
		return 0;
	records_free(r);
	return ENOMEM;
}

int
records_turn(struct records *r)
{
	const uint64_t offset = r->next;
	const size_t header = r->begins == RECORDS_HEADED_LOG ? r->layout->release->rawheader->size[r->layout->model]
							      : 0;

	r->lost = r->searched = r->fault_pending = r->is_kept = false;
	r->run = (struct recorder_candidates){ RECORDER_UNKNOWN, NULL };
	r->count = 0;
	memset(&r->last, 0, sizeof r->last);
	if (search_turn(&r->search, r->layout, 1) && begin(r, offset, offset + header))
		return 0;
	records_free(r);
	return ENOMEM;
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

/* --- bytes that are not a record -------------------------------------------------------------------------------- */

void
records_describe_cut(const struct records *r, uint64_t end, struct rawlog_damage *damage)
{
	const struct catalog_release *release = r->layout->release;
	const struct frame_block *blocks = r->last.blocks;
	size_t i = 0;

	while (i + 1 < release->nblocks && blocks[i].offset + blocks[i].length <= end)
		i++;
	/* a log truncated while it is read may end before r->next */
	damage_describe(damage, DAMAGE_TRUNCATED, end < blocks[i].offset ? end : blocks[i].offset,
	    end < blocks[i].offset ? 0 : end - blocks[i].offset, r->count - 1,
	    "the log ends %" PRIu64 " bytes before the sample does", r->last.end - end);
	damage->block = release->blocks[i].entry->role;
}

/* Appends to existing damage that offsets were not tried. False: all were tried. */
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
		damage_describe(damage, DAMAGE_UNTRIED, b.from, b.to - b.from, r->count, "%s", text);
	return true;
}

void
records_describe_end(const struct records *r, struct rawlog_damage *damage)
{
	const char *flaw = file_flaw(r->file);
	const uint64_t lost = file_lost(r->file);

	if (flaw != NULL) {
		damage->kind = file_is_packed(r->file) ? DAMAGE_GZIP : DAMAGE_ARCHIVE;
		damage_add(damage, ": %s", flaw);
	} else if (lost > 0) {
		damage_add(damage, ": the file became %" PRIu64 " bytes shorter while it was read", lost);
	}
}

/* The kind of damage of bytes that are not a record. */
static enum damage_kind
lost_kind(const struct records *r)
{
	return r->unreadable ? DAMAGE_LOST_HEADER : DAMAGE_NO_RECORD;
}

/*
 * Ends the walk: there are no more records behind r->next, nor in the bytes from `gap` on. RAWLOG_END: all is read.
 * Otherwise it reports, once, what is wrong with the end.
 */
static enum rawlog_result
finish(struct records *r, uint64_t gap, struct rawlog_damage *damage, int *error)
{
	uint64_t end = file_end(r->file);
	const uint64_t lost = file_lost(r->file);

	r->ended = true;
	if (r->file->error != 0) {
		*error = r->file->error;
		return RAWLOG_FAILED;
	}
	if (end == gap && file_flaw(r->file) == NULL && lost == 0)
		return tell_missed(r, false, damage) ? RAWLOG_DAMAGED : RAWLOG_END;
	if (end < gap && r->count > 0)
		records_describe_cut(r, end, damage);
	else if (end > gap && end - gap < r->size && !r->unreadable)
		damage_describe(damage, DAMAGE_TRUNCATED, gap, end - gap, r->count,
		    "the log ends inside a record header");
	else if (end > gap)
		damage_describe(damage, lost_kind(r), gap, end - gap, r->count, "%s", r->why);
	else
		damage_describe(damage, DAMAGE_TRUNCATED, end, file_is_packed(r->file) ? 0 : lost, r->count,
		    "the log ends here");
	records_describe_end(r, damage);
	tell_missed(r, true, damage);
	return RAWLOG_DAMAGED;
}

/* Reports the bytes that the search has skipped, up to a record or the header of a log. */
static void
describe_gap(struct records *r, uint64_t from, bool is_log, struct rawlog_damage *damage)
{
	const size_t header = r->layout->release->rawheader->size[r->layout->model];

	if (r->next < r->gap && r->count == 0)
		damage_describe(damage, DAMAGE_OVERLAP, r->next, r->gap - r->next, 0,
		    "the first record begins inside the header");
	else if (r->next < r->gap)
		damage_describe(damage, DAMAGE_OVERLAP, from, r->next - from, r->count - 1,
		    "the sample's lengths lead beyond the next %s", is_log ? "log's header" : "record");
	else
		damage_describe(damage, lost_kind(r), r->gap, r->next - r->gap, r->count, "%s", r->why);
	if (is_log || r->next <= r->gap || (!r->unreadable && r->next - r->gap != header))
		return;
	r->begins = RECORDS_HEADLESS_LOG;
	damage->kind = DAMAGE_LOST_HEADER;
	if (!r->unreadable)
		damage_add(damage, ", but as long as a log's header");
	damage_add(damage, "; the host of what follows is unknown");
}

/* Resynchronises from r->next on, and reports the bytes skipped. RAWLOG_OK: none. */
static enum rawlog_result
search(struct records *r, struct rawlog_damage *damage, int *error)
{
	const uint64_t from = r->next;
	enum resync_result result;

	r->lost = false;
	r->run = (struct recorder_candidates){ RECORDER_UNKNOWN, NULL };
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

/* No record begins at r->next: resynchronise from there. */
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

/* The state of the walk. RAWLOG_OK: it continues. */
static enum rawlog_result
standing(const struct records *r)
{
	if (r->ended)
		return RAWLOG_END;
	return r->begins != RECORDS_SAME_LOG ? RAWLOG_NEXT_LOG : RAWLOG_OK;
}

/* Fails with the file's error, or with ENOMEM. */
static enum rawlog_result
fail(const struct records *r, int *error)
{
	*error = r->file->error != 0 ? r->file->error : ENOMEM;
	return RAWLOG_FAILED;
}

/* The frame and the host struct of the record whose bytes, at r->next, are at `p`; perhaps they have been read already. */
static enum frame_result
read_frame(struct records *r, const unsigned char *p, void *record, struct frame *frame)
{
	if (!r->has_ahead || r->ahead_frame.offset != r->next)
		return frame_read(r->layout, p, r->size, r->next, record, frame);
	memcpy(record, r->ahead, r->layout->release->rawrecord->definition->size);
	*frame = r->ahead_frame;
	return FRAME_OK;
}

/* Reads the bytes at r->next. RAWLOG_OK: `verdict` says whether they are a record. */
static enum rawlog_result
look(struct records *r, void *record, struct frame *frame, enum verdict *verdict, struct rawlog_damage *damage,
    int *error)
{
	enum frame_result result;
	const unsigned char *p;
	bool unreadable;
	size_t got;

	file_hold(r->file, r->searched || r->count > 0 ? r->next : r->first);
	if (records_is_log(r, r->next, &r->next_layout)) {
		r->begins = RECORDS_HEADED_LOG;
		return RAWLOG_NEXT_LOG;
	}
	unreadable = r->unreadable;
	if (unreadable)
		snprintf(r->why, sizeof r->why, "a log's header that cannot be read: %.180s", r->headers->why);
	p = file_at(r->file, r->next, r->size, &got);
	if (got < r->size)
		return finish(r, r->next, damage, error);
	result = read_frame(r, p, record, frame);
	*verdict = records_judge(r, result, frame);
	if (*verdict == NO_MEMORY || r->starved || r->file->error != 0)
		return fail(r, error);
	r->unreadable = unreadable;
	if (*verdict == IS_NO_RECORD)
		lose(r, result, frame);
	else if (!records_note_faults(r, result, record, frame))
		return fail(r, error);
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
