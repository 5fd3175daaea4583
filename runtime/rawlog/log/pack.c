/*
 * pack: copies of samples, in three buffers: their compressed blocks, the host structs of their records, and the rest.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/reader.h"
#include "rawlog/rawlog_pack.h"

#define BYTES_MIN  (64u << 10)
#define COPIES_MIN 32

/* A sample, without the bytes that are in the pack's other buffers. */
struct copy {
	struct frame frame;
	struct recorder_candidates candidates;
	uint64_t number, run;
	bool header_fault;
	uint64_t offset; /* of its bytes in the log */
	size_t at, size; /* of its bytes in the pack */
};

struct rawlog_pack {
	struct layout layout;
	void *header; /* the rawheader's host struct; NULL: unknown */
	void *header_buffer;
	struct copy *copies;
	unsigned char *records; /* host structs of their rawrecords */
	unsigned char *bytes;   /* of their blocks */
	size_t count, size;     /* copies, bytes */
	size_t header_room, copies_room, records_room, bytes_room;
	struct file file; /* of the bytes of the sample that was taken last */
};

struct rawlog_pack *
rawlog_pack_new(void)
{
	struct rawlog_pack *pack = calloc(1, sizeof *pack);

	if (pack == NULL || file_open_part(&pack->file) != 0) {
		free(pack);
		return NULL;
	}
	return pack;
}

void
rawlog_pack_delete(struct rawlog_pack *pack)
{
	if (pack == NULL)
		return;
	file_close(&pack->file);
	free(pack->header_buffer);
	free(pack->copies);
	free(pack->records);
	free(pack->bytes);
	free(pack);
}

/* Makes a buffer at least `size` bytes large: `least`, doubled as often as it takes. NULL: out of memory, and it is as before. */
static void *
reserve(void *buffer, size_t *room, size_t size, size_t least)
{
	size_t more = *room > 0 ? *room : least;
	void *larger;

	while (more < size)
		more *= 2;
	if (more == *room)
		return buffer;
	larger = realloc(buffer, more);
	if (larger != NULL)
		*room = more;
	return larger;
}

/* Empties the pack, for samples of this layout and header. False: out of memory. */
static bool
begin(struct rawlog_pack *pack, const struct layout *layout, const void *header)
{
	const size_t size = layout->release->rawheader->definition->size;
	void *buffer;

	rawlog_pack_clear(pack);
	pack->layout = *layout;
	pack->header = NULL;
	if (header == NULL)
		return true;
	buffer = reserve(pack->header_buffer, &pack->header_room, size, size);
	if (buffer == NULL)
		return false;
	pack->header = pack->header_buffer = buffer;
	memcpy(buffer, header, size);
	return true;
}

enum rawlog_result
rawlog_pack_begin(struct rawlog_pack *pack, const struct rawlog *log, int *error)
{
	*error = begin(pack, rawlog_layout(log), rawlog_header(log)) ? 0 : ENOMEM;
	return *error == 0 ? RAWLOG_OK : RAWLOG_FAILED;
}

void
rawlog_pack_clear(struct rawlog_pack *pack)
{
	pack->count = pack->size = 0;
}

/* The bytes of the blocks, which begin at `offset`; fewer if the log ends early. NULL: see `error`. */
static const unsigned char *
read_blocks(struct rawlog_sample *sample, const bool *blocks, uint64_t *offset, size_t *size, int *error)
{
	uint64_t from = UINT64_MAX, to = 0;
	const unsigned char *p;

	for (size_t i = 0; i < sample->layout->release->nblocks; i++) {
		const struct frame_block *b = &sample->frame.blocks[i];

		if (blocks != NULL && !blocks[i])
			continue;
		from = b->offset < from ? b->offset : from;
		to = b->offset + b->length > to ? b->offset + b->length : to;
	}
	*offset = to > 0 ? from : 0;
	*error = to - *offset > SIZE_MAX ? ENOMEM : 0;
	if (*error != 0)
		return NULL;
	p = file_at(sample->file, *offset, (size_t)(to - *offset), size);
	*error = sample->file->error;
	return *error == 0 ? p : NULL;
}

enum rawlog_result
rawlog_pack_read(struct rawlog_sample *sample, const bool *blocks, int *error)
{
	uint64_t offset;
	size_t size;

	return read_blocks(sample, blocks, &offset, &size, error) != NULL ? RAWLOG_OK : RAWLOG_FAILED;
}

/* Makes the buffers large enough for one more sample with so many bytes. False: out of memory. */
static bool
grow(struct rawlog_pack *pack, size_t size)
{
	const size_t record = pack->layout.release->rawrecord->definition->size, n = pack->count + 1;
	struct copy *copies = reserve(pack->copies, &pack->copies_room, n * sizeof *copies,
	    COPIES_MIN * sizeof *copies);
	unsigned char *records = reserve(pack->records, &pack->records_room, n * record, COPIES_MIN * record);
	unsigned char *bytes = reserve(pack->bytes, &pack->bytes_room, pack->size + size, BYTES_MIN);

	pack->copies = copies != NULL ? copies : pack->copies;
	pack->records = records != NULL ? records : pack->records;
	pack->bytes = bytes != NULL ? bytes : pack->bytes;
	return copies != NULL && records != NULL && bytes != NULL;
}

enum rawlog_result
rawlog_pack_add(struct rawlog_pack *pack, struct rawlog_sample *sample, const bool *blocks, int *error)
{
	const size_t record = pack->layout.release->rawrecord->definition->size;
	struct copy copy = { .at = pack->size };
	const unsigned char *p = read_blocks(sample, blocks, &copy.offset, &copy.size, error);

	if (p == NULL)
		return RAWLOG_FAILED;
	if (!grow(pack, copy.size)) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	copy.frame = sample->frame;
	copy.candidates = sample->candidates;
	copy.number = sample->number;
	copy.run = sample->run;
	copy.header_fault = sample->header_fault;
	memcpy(pack->records + pack->count * record, sample->record, record);
	memcpy(pack->bytes + pack->size, p, copy.size);
	pack->copies[pack->count++] = copy;
	pack->size += copy.size;
	return RAWLOG_OK;
}

size_t
rawlog_pack_count(const struct rawlog_pack *pack)
{
	return pack->count;
}

size_t
rawlog_pack_size(const struct rawlog_pack *pack)
{
	return pack->size;
}

enum rawlog_result
rawlog_pack_take(struct rawlog_pack *pack, size_t i, struct rawlog_sample *sample, int *error)
{
	const size_t record = pack->layout.release->rawrecord->definition->size;
	const struct copy *copy = &pack->copies[i];

	*error = rawlog_sample_fit(sample, &pack->layout);
	if (*error != 0)
		return RAWLOG_FAILED;
	memcpy(sample->record, pack->records + i * record, record);
	sample->header = pack->header;
	sample->frame = copy->frame;
	sample->header_fault = copy->header_fault;
	rawlog_sample_set_candidates(sample, &copy->candidates);
	file_set_part(&pack->file, pack->bytes + copy->at, copy->size, copy->offset);
	sample->run = copy->run;
	rawlog_sample_begin(sample, &pack->file, copy->number);
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_detach(struct rawlog_sample *to, struct rawlog_sample *from, int *error)
{
	if (to->pack == NULL)
		to->pack = rawlog_pack_new();
	if (to->pack == NULL || !begin(to->pack, from->layout, from->header)) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	if (rawlog_pack_add(to->pack, from, NULL, error) != RAWLOG_OK)
		return RAWLOG_FAILED;
	return rawlog_pack_take(to->pack, 0, to, error);
}
