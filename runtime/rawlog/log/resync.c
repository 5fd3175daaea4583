/*
 * resync: searches piece by piece for headers, then for records.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/resync.h"

#define PIECE    (256u << 10)         /* bytes searched for headers, then for records */
#define WAIT_MAX (UINT64_C(64) << 20) /* the most bytes between a header and the first intact record */

bool
resync_init(struct resync *r, struct file *file, struct search *search, struct headers *headers)
{
	size_t size = 1;

	*r = (struct resync){ .file = file, .search = search, .headers = headers };
	for (size_t i = 0; i < catalog_nreleases; i++)
		if (catalog_releases[i]->rawrecord->definition->size > size)
			size = catalog_releases[i]->rawrecord->definition->size;
	r->record = malloc(size);
	return r->record != NULL;
}

void
resync_free(struct resync *r)
{
	free(r->record);
	r->record = NULL;
}

void
resync_pass(struct resync *r, uint64_t offset)
{
	if (r->headed < offset)
		r->headed = offset;
}

/* Whether an intact record of `layout` is at `offset`. */
static enum probe_result
probe_record(struct resync *r, const struct layout *layout, uint64_t offset)
{
	const size_t size = search_record_size(layout);
	enum probe_result result;
	const unsigned char *p;
	struct frame frame;
	uint64_t length;
	size_t got;

	p = file_at(r->file, offset, size, &got);
	if (got < size || frame_read(layout, p, size, offset, r->record, &frame) != FRAME_OK)
		return PROBE_BAD;
	result = search_probe(r->search, r->file, frame.blocks[0].offset, frame.blocks[0].inflated, true, &length);
	return result == PROBE_WHOLE && length != frame.blocks[0].length ? PROBE_BAD : result;
}

static bool
is_own(const struct resync *r, const struct layout *layout)
{
	const struct layout *own = &r->search->layouts[0];

	return layout->release == own->release && layout->model == own->model && layout->order == own->order;
}

/* Unless one is known, searches up to `end` for a header of the current layout, or with a record. False: out of memory. */
static bool
look_ahead(struct resync *r, uint64_t end)
{
	enum headers_result result;
	enum probe_result record;
	struct layout layout;
	uint64_t offset;

	while (!r->ahead.is && r->headed < end) {
		result = headers_find(r->headers, r->file, r->headed, end, &offset, &layout, &r->search->budget);
		if (result == HEADERS_NO_MEMORY)
			return false;
		r->headed = result == HEADERS_FOUND ? offset + 1 : end;
		if (result != HEADERS_FOUND)
			continue;
		record = PROBE_WHOLE;
		if (!is_own(r, &layout))
			record = probe_record(r, &layout, offset + layout.release->rawheader->size[layout.model]);
		if (record == PROBE_NO_MEMORY)
			return false;
		if (record == PROBE_UNTRIED)
			budget_miss(&r->search->budget, offset);
		r->ahead = (struct resync_header){ record == PROBE_WHOLE, is_own(r, &layout), offset };
	}
	return true;
}

/* Keeps a stream's bytes from `offset` on, where something was found. */
static enum resync_result
stop_at(struct resync *r, uint64_t offset, enum resync_result result)
{
	r->search->keep = UINT64_MAX;
	file_hold(r->file, offset);
	return result;
}

enum resync_result
resync_next(struct resync *r, uint64_t from, uint64_t *offset)
{
	struct resync_header waiting = { 0 }; /* of the current layout; no record behind it yet */
	uint64_t end;
	size_t layout, got;

	resync_pass(r, from);
	r->ahead.is = r->ahead.is && r->ahead.offset >= from;
	for (;;) {
		waiting.is = waiting.is && from <= waiting.offset + WAIT_MAX;
		r->search->keep = waiting.is && waiting.offset < from ? waiting.offset : from;
		file_hold(r->file, r->search->keep);
		file_at(r->file, from, PIECE, &got);
		if (!look_ahead(r, from + PIECE))
			return RESYNC_NO_MEMORY;
		end = r->ahead.is ? r->ahead.offset : from + PIECE;
		switch (search_next(r->search, r->file, from, end, offset, &layout)) {
		case SEARCH_NO_MEMORY: return RESYNC_NO_MEMORY;
		case SEARCH_FOUND:
			if (!waiting.is)
				return stop_at(r, *offset, RESYNC_RECORD);
			*offset = waiting.offset;
			return stop_at(r, *offset, RESYNC_HEADER);
		case SEARCH_NONE: break;
		}
		if (r->ahead.is && !r->ahead.own) {
			*offset = r->ahead.offset;
			return stop_at(r, *offset, RESYNC_HEADER);
		}
		if (!r->ahead.is && got < PIECE)
			return stop_at(r, from, RESYNC_NONE);
		if (r->ahead.is)
			waiting = r->ahead;
		r->ahead.is = false;
		if (end > from + r->search->record_max)
			from = end - r->search->record_max;
	}
}
