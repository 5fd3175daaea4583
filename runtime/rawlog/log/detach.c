/*
 * detach: copies the compressed blocks of a sample, so that it no longer depends on its log.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/detach.h"

struct detached {
	struct layout layout;
	struct file file; /* of the bytes */
	unsigned char *bytes;
	size_t room;
	void *header; /* the rawheader's host struct */
	size_t header_room;
};

/* The range of the file that holds the sample's blocks. */
static void
measure(const struct rawlog_sample *sample, uint64_t *offset, uint64_t *length)
{
	const size_t n = sample->layout->release->nblocks;
	uint64_t from = UINT64_MAX, to = 0;

	for (size_t i = 0; i < n; i++) {
		const struct frame_block *b = &sample->frame.blocks[i];

		from = b->offset < from ? b->offset : from;
		to = b->offset + b->length > to ? b->offset + b->length : to;
	}
	*offset = n > 0 ? from : 0;
	*length = n > 0 ? to - from : 0;
}

/* Makes the buffer `size` bytes large; its old content is lost. */
static bool
reserve(unsigned char **bytes, size_t *room, size_t size)
{
	unsigned char *buffer;

	if (*room >= size)
		return true;
	buffer = malloc(size);
	if (buffer == NULL)
		return false;
	free(*bytes);
	*bytes = buffer;
	*room = size;
	return true;
}

/* The detached part of a sample; allocated if there is none. NULL: out of memory. */
static struct detached *
part_of(struct rawlog_sample *sample)
{
	struct detached *d = sample->detached;

	if (d != NULL)
		return d;
	d = calloc(1, sizeof *d);
	if (d == NULL || file_open_part(&d->file) != 0) {
		free(d);
		return NULL;
	}
	sample->detached = d;
	return d;
}

/* Copies the rawheader's host struct, which the checks of structs need. */
static bool
copy_header(struct detached *d, const struct rawlog_sample *from)
{
	const size_t size = from->layout->release->rawheader->definition->size;
	unsigned char *room = d->header;

	if (from->header == NULL)
		return true;
	if (!reserve(&room, &d->header_room, size))
		return false;
	d->header = room;
	memcpy(d->header, from->header, size);
	return true;
}

/* Copies the bytes of the blocks; fewer, if the log ends early. */
static int
copy_blocks(struct detached *d, const struct rawlog_sample *from)
{
	const unsigned char *p;
	uint64_t offset, length;
	size_t got;

	measure(from, &offset, &length);
	if (length > SIZE_MAX)
		return ENOMEM;
	p = file_at(from->file, offset, (size_t)length, &got);
	if (from->file->error != 0)
		return from->file->error;
	if (!reserve(&d->bytes, &d->room, got))
		return ENOMEM;
	if (got > 0)
		memcpy(d->bytes, p, got);
	file_set_part(&d->file, d->bytes, got, offset);
	return 0;
}

enum rawlog_result
rawlog_detach(struct rawlog_sample *to, struct rawlog_sample *from, int *error)
{
	struct detached *d = part_of(to);
	const void *header;

	*error = d == NULL || !copy_header(d, from) ? ENOMEM : copy_blocks(d, from);
	if (*error != 0)
		return RAWLOG_FAILED;
	header = from->header != NULL ? d->header : NULL;
	d->layout = *from->layout;
	*error = rawlog_sample_fit(to, &d->layout);
	if (*error != 0)
		return RAWLOG_FAILED;
	rawlog_sample_take(to, from, &d->file);
	to->header = header;
	return RAWLOG_OK;
}

void
detached_free(struct detached *d)
{
	if (d == NULL)
		return;
	file_close(&d->file);
	free(d->bytes);
	free(d->header);
	free(d);
}
