/*
 * repair: copies the intact records of a log, and reports the others.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "rawlog/log/reader.h"
#include "rawlog/write/repair.h"
#include "rawlog/write/sound.h"

#define PIECE       (32u << 10) /* bytes copied at once */
#define MESSAGE_MAX 640

struct repair {
	struct writer *out;
	const char *path;
	void (*tell)(const char *path, const char *text);
	struct rawlog *log;
	struct rawlog_sample sample;
	uint64_t part;       /* the only log of the file to write; 0: all */
	bool writes;         /* the current log is written */
	uint64_t start, end; /* of the last record that was left out */
	enum rawlog_result result;
};

static void
fail(struct repair *r, int error)
{
	r->tell(r->path, strerror(error));
	r->result = RAWLOG_FAILED;
}

/* Reports a wrong header and keeps it: it states the layout, without which its records cannot be read. */
static void
keep_header(struct repair *r, const struct rawlog_damage *d)
{
	char text[MESSAGE_MAX];

	snprintf(text, sizeof text, "kept byte %" PRIu64 ", %" PRIu64 " bytes: %s", d->offset, d->length, d->reason);
	r->tell(r->path, text);
	r->result = r->result == RAWLOG_OK ? RAWLOG_DAMAGED : r->result;
}

static void
leave_out(struct repair *r, uint64_t offset, uint64_t length, uint64_t sample, const char *block, const char *reason)
{
	char text[MESSAGE_MAX];

	snprintf(text, sizeof text, "left out byte %" PRIu64 ", %" PRIu64 " bytes, sample %" PRIu64 "%s%s: %s", offset,
	    length, sample, block != NULL ? ", " : "", block != NULL ? block : "", reason);
	r->tell(r->path, text);
	if (r->result == RAWLOG_OK)
		r->result = RAWLOG_DAMAGED;
}

/* Reports damage between records. The last record that was left out has been reported already. */
static void
leave_out_damage(struct repair *r, const struct rawlog_damage *d)
{
	const struct layout *layout = rawlog_layout(r->log);

	if (d->offset == rawlog_part(r->log)->offset && d->length == layout->release->rawheader->size[layout->model])
		keep_header(r, d);
	else if (d->offset < r->start || d->offset >= r->end)
		leave_out(r, d->offset, d->length, d->sample, d->block, d->reason);
}

/* Copies the bytes from `offset` to `end`. */
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
	if (file->error != 0 || offset < end) /* it was readable before */
		fail(r, file->error != 0 ? file->error : EIO);
}

/* Copies the record, if it is intact. */
static void
copy_record(struct repair *r)
{
	const struct frame *frame = &r->sample.frame;
	struct rawlog_damage damage;
	int error;

	switch (sound_check(&r->sample, &damage, &error)) {
	case RAWLOG_OK: copy(r, r->sample.file, frame->offset, frame->end); return;
	case RAWLOG_DAMAGED:
		leave_out(r, frame->offset, frame->end - frame->offset, r->sample.number, damage.block, damage.reason);
		r->start = frame->offset;
		r->end = frame->end;
		return;
	default: fail(r, error);
	}
}

/* Begins the current log: copies its header, if the log is written. */
static void
begin_log(struct repair *r)
{
	const struct layout *layout = rawlog_layout(r->log);
	const uint64_t part = rawlog_part(r->log)->number, offset = rawlog_part(r->log)->offset;
	char text[MESSAGE_MAX];

	r->start = r->end = 0;
	r->writes = (r->part == 0 || r->part == part) && rawlog_header(r->log) != NULL;
	if (r->writes) {
		copy(r, rawlog_file(r->log), offset, offset + layout->release->rawheader->size[layout->model]);
	} else if (r->part == 0) {
		snprintf(text, sizeof text,
		    "left out log %" PRIu64 " of the file, from byte %" PRIu64 " on: its header is lost", part, offset);
		r->tell(r->path, text);
		r->result = r->result == RAWLOG_OK ? RAWLOG_DAMAGED : r->result;
	}
}

static void
copy_records(struct repair *r)
{
	struct rawlog_damage damage;
	enum rawlog_result result;
	int error;

	while (r->result != RAWLOG_FAILED && r->out->error == 0 &&
	    (result = rawlog_next(r->log, &r->sample, &damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_FAILED)
			fail(r, error);
		else if (result == RAWLOG_NEXT_LOG)
			begin_log(r);
		else if (r->writes && result == RAWLOG_OK)
			copy_record(r);
		else if (r->writes && result == RAWLOG_DAMAGED)
			leave_out_damage(r, &damage);
	}
}

/* Called before reading waits for the writer of the log: flushes the output. */
static void
write_now(void *context)
{
	const struct repair *r = context;

	writer_flush(r->out);
}

/* Ends the repair after the last record. */
static void
end(struct repair *r)
{
	const uint64_t n = rawlog_part(r->log)->number;
	char text[MESSAGE_MAX];

	if (r->result == RAWLOG_FAILED || (n == 1 && r->part <= 1))
		return;
	if (r->part > n) {
		snprintf(text, sizeof text, "log %" PRIu64 " does not exist; the number of logs in it is %" PRIu64,
		    r->part, n);
		r->result = RAWLOG_REFUSED;
	} else if (r->part == 0) {
		snprintf(text, sizeof text,
		    "%" PRIu64 " logs are in it, and each keeps its header; atop reads one log a file: "
		    "--part=N writes the Nth alone",
		    n);
	} else {
		return;
	}
	r->tell(r->path, text);
}

/* Repairs the open file. */
static void
copy_logs(struct repair *r)
{
	if (rawlog_header(r->log) == NULL && r->part <= 1) {
		r->tell(r->path, "its header is lost; a log cannot be written without one");
		r->result = RAWLOG_REFUSED;
		return;
	}
	begin_log(r);
	copy_records(r);
	end(r);
	rawlog_sample_free(&r->sample);
}

enum rawlog_result
repair_logs(struct writer *out, const char *path, struct rawlog *log, uint64_t part,
    void (*tell)(const char *path, const char *text))
{
	struct repair r = { .out = out, .path = path, .log = log, .part = part, .tell = tell, .result = RAWLOG_OK };

	rawlog_on_wait(log, write_now, &r);
	copy_logs(&r);
	return r.result;
}
