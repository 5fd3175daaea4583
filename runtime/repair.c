/*
 * repair: see repair.h.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "probe.h"
#include "repair.h"

#define PIECE	(32u << 10)		/* bytes copied at once */

struct repair {
	struct writer		*out;
	const char		*path;
	void			(*tell)(const char *path, const char *text);
	struct rawlog		*log;
	struct rawlog_sample	 sample;
	struct probe		 probe;
	uint64_t		 start, end;	/* of the record left out last */
	enum dump_result	 result;
};

static void
fail(struct repair *r, int error)
{
	r->tell(r->path, strerror(error));
	r->result = DUMP_FAILED;
}

static void
leave_out(struct repair *r, uint64_t offset, uint64_t length, uint64_t sample, const char *block, const char *reason)
{
	char text[DUMP_MESSAGE_MAX];

	snprintf(text, sizeof text, "left out byte %" PRIu64 ", %" PRIu64 " bytes, sample %" PRIu64 "%s%s: %s",
	    offset, length, sample, block != NULL ? ", " : "", block != NULL ? block : "", reason);
	r->tell(r->path, text);
	if (r->result == DUMP_OK)
		r->result = DUMP_DAMAGED;
}

/* What is damaged between records; the record left out last has been told of already. */
static void
leave_out_damage(struct repair *r, const struct rawlog_damage *d)
{
	if (d->offset < r->start || d->offset >= r->end)
		leave_out(r, d->offset, d->length, d->sample, d->block, d->reason);
}

/* The bytes from `offset` to `end`. */
static void
copy(struct repair *r, struct file *file, uint64_t offset, uint64_t end)
{
	const unsigned char *p;
	size_t size, got = 1;

	for (; offset < end && got > 0; offset += got) {
		size = end - offset < PIECE ? (size_t)(end - offset) : PIECE;
		p = file_at(file, offset, size, &got);
		writer_put(r->out, p, got);
	}
	if (file->error != 0 || offset < end)		/* it was there a moment ago */
		fail(r, file->error != 0 ? file->error : EIO);
}

/* What is wrong with block `i`; NULL: nothing. */
static const char *
flaw(struct repair *r, size_t i)
{
	const struct frame *frame = &r->sample.frame;
	const struct frame_block *b = &frame->blocks[i];

	if (b->length == 0 && b->inflated == 0 && frame->facts.block[i].length == 0)
		return NULL;
	switch (probe_block(&r->probe, r->sample.file, b->offset, b->length, b->inflated)) {
	case PROBE_WHOLE:
		break;
	case PROBE_CUT:
		return "the log ends inside the block";
	case PROBE_NO_MEMORY:
		fail(r, ENOMEM);
		return "there is not enough memory to look at the block";
	default:
		return "the block is corrupt";
	}
	if (r->probe.inflated != b->inflated || r->probe.length != b->length)
		return "the block is not of the size that it should have";
	if (frame->facts.block[i].length < 0 || (uint64_t)frame->facts.block[i].length != b->length)
		return "the block is not as long as the record says";
	return NULL;
}

/* The record, if it is intact. */
static void
copy_record(struct repair *r)
{
	const struct catalog_release *release = r->sample.layout->release;
	const struct frame *frame = &r->sample.frame;
	const char *why = NULL;
	size_t i;

	for (i = 0; i < release->nblocks && why == NULL; i++)
		why = flaw(r, i);
	if (why == NULL) {
		copy(r, r->sample.file, frame->offset, frame->end);
		return;
	}
	leave_out(r, frame->offset, frame->end - frame->offset, r->sample.number, release->blocks[i - 1].entry->role,
	    why);
	r->start = frame->offset;
	r->end = frame->end;
}

static void
copy_records(struct repair *r)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	while (r->result != DUMP_FAILED && r->out->error == 0 &&
	    (result = rawlog_next(r->log, &r->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			copy_record(r);
		else if (result == RAWLOG_DAMAGED)
			leave_out_damage(r, &damage);
		else
			fail(r, error);
	}
}

/* The open log. */
static void
copy_log(struct repair *r)
{
	const struct layout *layout = rawlog_layout(r->log);
	int error = rawlog_sample_init(&r->sample, r->log);

	probe_init(&r->probe);
	if (error != 0) {
		fail(r, error);
	} else if (rawlog_header(r->log) == NULL) {
		r->tell(r->path, "its header is lost, and without one it is no log");
		r->result = DUMP_REFUSED;
	} else {
		copy(r, rawlog_file(r->log), 0, layout->release->rawheader->size[layout->model]);
		copy_records(r);
	}
	probe_free(&r->probe);
	rawlog_sample_free(&r->sample);
}

enum dump_result
repair_file(struct writer *out, const char *path, int fd, const struct choice *choice,
    void (*tell)(const char *path, const char *text))
{
	struct repair r = {.out = out, .path = path, .tell = tell, .result = DUMP_OK};
	struct rawlog_error error;

	switch (rawlog_open_fd(&r.log, fd, choice, &error)) {
	case RAWLOG_OK:
		copy_log(&r);
		rawlog_close(r.log);
		return r.result;
	case RAWLOG_REFUSED:
		tell(path, error.refusal);
		return DUMP_REFUSED;
	default:
		tell(path, strerror(error.error));
		return DUMP_FAILED;
	}
}
