/*
 * The mutator of the target `file`: changes logs where a change means something. It takes a log apart into
 * records and blocks, changes the inflated bytes of a block, a record or the order of samples, and puts it
 * together again with lengths and checksums that are right, so that what reads blocks is reached. Which bytes
 * of a record hold which number it finds out by asking the catalog.
 */
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "fuzz.h"
#include "rawlog/io/inflate.h"
#include "rawlog/log/frame.h"

#define SAMPLES_MAX  16
#define RECORD_MAX   256
#define INFLATED_MAX (2u << 20) /* bytes of a block that is changed */
#define PACKED_MAX   (64u << 10)
#define WINDOW_MAX   256 /* bytes of a block that are changed at once */

/* A log taken apart, as far as it makes sense. */
struct log {
	const uint8_t *bytes;
	size_t size;
	struct layout layout;
	size_t record_size;
	struct frame samples[SAMPLES_MAX];
	size_t nsamples;
};

/* A number of a record that concerns one of its blocks. */
enum number {
	LENGTH,
	COUNT,
	SIZE,
	NNUMBERS
};

static uint64_t dice;

static size_t
roll(size_t n)
{
	return fuzz_roll(&dice, n);
}

/* --- taking apart --------------------------------------------------------------------------------------- */

/* False if there is not one whole sample. */
static bool
take_apart(struct log *log, const uint8_t *bytes, size_t size)
{
	char message[HEADER_MESSAGE_MAX];
	const struct catalog_release *r;
	size_t at;
	void *host;

	log->bytes = bytes;
	log->size = size;
	log->nsamples = 0;
	if (header_identify(bytes, size, &log->layout, message) != HEADER_OK)
		return false;
	r = log->layout.release;
	log->record_size = r->rawrecord->size[log->layout.model];
	host = fuzz_alloc(r->rawrecord->definition->size);
	at = r->rawheader->size[log->layout.model];
	while (log->nsamples < SAMPLES_MAX && size - at >= log->record_size) {
		struct frame *frame = &log->samples[log->nsamples];

		if (frame_read(&log->layout, bytes + at, log->record_size, at, host, frame) != FRAME_OK ||
		    frame->end > size)
			break;
		at = (size_t)frame->end;
		log->nsamples++;
	}
	free(host);
	return log->nsamples > 0;
}

static int64_t
number_of(const struct record_facts *facts, size_t block, enum number which)
{
	return which == LENGTH ? facts->block[block].length
	    : which == COUNT   ? facts->block[block].count
			       : facts->block[block].size;
}

/* The number in the record at `p`; `host` is room for the host struct. */
static int64_t
decode_number(const struct log *log, void *host, const uint8_t *p, size_t block, enum number which)
{
	const struct catalog_release *r = log->layout.release;
	struct record_facts facts;
	struct fault fault;

	memset(&facts, 0, sizeof facts);
	r->rawrecord->decode(host, p, log->record_size, log->layout.model, log->layout.order, &fault);
	r->record_facts(host, &facts);
	return number_of(&facts, block, which);
}

/*
 * Sets a number in the record at `p`, if it is there: a byte of the record is a byte of the number if the
 * number is a power of 256 where that byte is 1 and all others are 0.
 */
static void
set_number(const struct log *log, uint8_t *p, size_t block, enum number which, uint64_t value)
{
	const struct catalog_release *r = log->layout.release;
	void *host = fuzz_alloc(r->rawrecord->definition->size);
	unsigned char probe[RECORD_MAX] = { 0 };
	int64_t zero = decode_number(log, host, probe, block, which), weight;

	for (size_t i = 0; i < log->record_size && i < RECORD_MAX; i++) {
		probe[i] = 1;
		weight = decode_number(log, host, probe, block, which) - zero;
		if (weight > 0)
			p[i] = (uint8_t)(value / (uint64_t)weight);
		probe[i] = 0;
	}
	free(host);
}

/*
 * What block `i` of the sample inflates to; the caller's, with room for twice as much. NULL: it is not whole,
 * or large.
 */
static uint8_t *
inflate_block(const struct log *log, const struct frame *sample, size_t i, size_t *size)
{
	const struct frame_block *b = &sample->blocks[i];
	struct inflate inflate;
	uLongf got = (uLongf)b->inflated;
	uint8_t *bytes;
	bool whole;

	if (b->inflated == 0 || b->inflated > INFLATED_MAX)
		return NULL;
	bytes = fuzz_alloc(2 * (size_t)b->inflated);
	inflate_init(&inflate);
	whole = inflate_whole(&inflate, log->bytes + b->offset, (size_t)b->length, bytes, (size_t)got) ||
	    uncompress(bytes, &got, log->bytes + b->offset, (uLong)b->length) == Z_OK;
	inflate_free(&inflate);
	if (!whole) {
		free(bytes);
		return NULL;
	}
	*size = (size_t)got;
	return bytes;
}

/* --- putting together ----------------------------------------------------------------------------------- */

/* A new log in the making, of no more than `max` bytes. */
struct draft {
	uint8_t *bytes;
	size_t size, max;
	bool fits;
};

static void
append(struct draft *d, const void *bytes, size_t size)
{
	d->fits = d->fits && size <= d->max - d->size;
	if (!d->fits)
		return;
	memcpy(d->bytes + d->size, bytes, size);
	d->size += size;
}

/* The log with other bytes in one block and another record before it. */
static void
append_sample(struct draft *d, const struct log *log, const struct frame *sample, const uint8_t *record, size_t block,
    const uint8_t *packed, size_t packed_size)
{
	append(d, record, log->record_size);
	for (size_t i = 0; i < log->layout.release->nblocks; i++) {
		const struct frame_block *b = &sample->blocks[i];

		if (i == block)
			append(d, packed, packed_size);
		else
			append(d, log->bytes + b->offset, (size_t)b->length);
	}
}

/* Puts the draft in the place of the input. The size of what is there now; 0: the draft did not fit. */
static size_t
finish(struct draft *d, uint8_t *data)
{
	size_t size = d->fits ? d->size : 0;

	memcpy(data, d->bytes, size);
	free(d->bytes);
	return size;
}

static struct draft
begin(size_t max)
{
	return (struct draft){ .bytes = fuzz_alloc(max), .max = max, .fits = true };
}

/* --- changes of a block --------------------------------------------------------------------------------- */

/* Where something stands that is not zero, from a place chosen by dice on; or that place. */
static size_t
find_content(const uint8_t *bytes, size_t size)
{
	const size_t start = roll(size);
	size_t i = start;

	while (i < size && bytes[i] == 0)
		i++;
	return i < size ? i : start;
}

/* Changes a few bytes of the block, and not its size. */
static void
change_window(uint8_t *bytes, size_t size)
{
	size_t at = roll(4) == 0 ? roll(size) : find_content(bytes, size), length;

	at -= roll(at < 8 ? at + 1 : 8);
	length = 1 + roll(size - at < WINDOW_MAX ? size - at : WINDOW_MAX);
	LLVMFuzzerMutate(bytes + at, length, length);
}

/* Takes one instance of `each` bytes out, or puts one in twice. Returns the block's new size. */
static size_t
change_count(uint8_t *bytes, size_t size, size_t each)
{
	const size_t n = size / each, at = n > 0 ? roll(n) * each : 0;

	if (n == 0)
		return size;
	if (roll(2) == 0) {
		memmove(bytes + at, bytes + at + each, size - at - each);
		return size - each;
	}
	memmove(bytes + at + each, bytes + at, size - at);
	return size + each;
}

/* Changes the block, and what the record says of it beside its compressed length. Returns its new size. */
static size_t
change_block(const struct log *log, size_t block, uint8_t *record, uint8_t *bytes, size_t size)
{
	const struct catalog_block *of = &log->layout.release->blocks[block];
	const size_t each = of->entry->size[log->layout.model];

	if (of->kind == CATALOG_CHAIN && size <= PACKED_MAX && roll(2) == 0) {
		size = LLVMFuzzerMutate(bytes, size, size + size / 2);
		set_number(log, record, block, SIZE, size);
	} else if (of->kind != CATALOG_CHAIN && roll(4) == 0 && each < size) {
		size = change_count(bytes, size, each);
		if (roll(4) > 0)
			set_number(log, record, block, COUNT, size / each);
	} else {
		change_window(bytes, size);
	}
	return size;
}

/* Picks a block that has something in it; mostly not the first, which is large. */
static size_t
pick_block(const struct log *log, const struct frame *sample)
{
	const size_t n = log->layout.release->nblocks;
	size_t block = n > 1 && roll(4) > 0 ? 1 + roll(n - 1) : 0;

	return sample->blocks[block].inflated > 0 ? block : 0;
}

/* A block with other content. 0: it cannot be. */
static size_t
mutate_block(const struct log *log, uint8_t *data, size_t max)
{
	const struct frame *sample = &log->samples[roll(log->nsamples)];
	const size_t block = pick_block(log, sample);
	uint8_t record[RECORD_MAX], *bytes, *packed;
	uLongf packed_size = PACKED_MAX;
	struct draft d;
	size_t size;

	bytes = inflate_block(log, sample, block, &size);
	if (bytes == NULL)
		return 0;
	memcpy(record, log->bytes + sample->offset, log->record_size);
	size = change_block(log, block, record, bytes, size);
	packed = fuzz_alloc(PACKED_MAX);
	d = begin(max);
	d.fits = compress2(packed, &packed_size, bytes, (uLong)size, 1) == Z_OK;
	set_number(log, record, block, LENGTH, packed_size);
	append(&d, log->bytes, (size_t)sample->offset);
	append_sample(&d, log, sample, record, block, packed, (size_t)packed_size);
	append(&d, log->bytes + sample->end, log->size - (size_t)sample->end);
	free(packed);
	free(bytes);
	return finish(&d, data);
}

/* --- changes of records and samples --------------------------------------------------------------------- */

/* A few bytes of the header or of a record. */
static size_t
mutate_record(const struct log *log, uint8_t *data)
{
	const size_t body = (size_t)log->samples[0].offset;
	size_t at = (size_t)log->samples[roll(log->nsamples)].offset, size = log->record_size;

	if (roll(8) == 0) {
		at = 0;
		size = body;
	}
	LLVMFuzzerMutate(data + at, size, size);
	return log->size;
}

/* A lie about one block. */
static size_t
mutate_number(const struct log *log, uint8_t *data)
{
	static const uint64_t values[] = { 0, 1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, INT32_MAX,
		UINT64_C(1) << 31, UINT32_MAX };
	const struct frame *sample = &log->samples[roll(log->nsamples)];
	const size_t block = roll(log->layout.release->nblocks);
	const enum number which = (enum number)roll(NNUMBERS);
	const uint64_t near = (uint64_t)number_of(&sample->facts, block, which) + roll(17) - 8;

	set_number(log, data + sample->offset, block, which,
	    roll(2) == 0 ? near : values[roll(sizeof values / sizeof values[0])]);
	return log->size;
}

/* A sample twice, or not at all. */
static size_t
mutate_samples(const struct log *log, uint8_t *data, size_t max)
{
	const struct frame *sample = &log->samples[roll(log->nsamples)];
	const struct frame *other = &log->samples[roll(log->nsamples)];
	struct draft d = begin(max);

	append(&d, log->bytes, (size_t)sample->offset);
	if (roll(3) > 0)
		append(&d, log->bytes + other->offset, (size_t)(other->end - other->offset));
	append(&d, log->bytes + sample->end, log->size - (size_t)sample->end);
	return finish(&d, data);
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
	struct log log;
	size_t made;

	dice = seed;
	if (roll(8) == 0 || !take_apart(&log, data, size))
		return LLVMFuzzerMutate(data, size, max);
	switch (roll(8)) {
	case 0: made = mutate_record(&log, data); break;
	case 1: made = mutate_number(&log, data); break;
	case 2: made = mutate_samples(&log, data, max); break;
	default: made = mutate_block(&log, data, max); break;
	}
	return made > 0 ? made : LLVMFuzzerMutate(data, size, max);
}

/* The first samples of one log and the last ones of another. */
size_t
LLVMFuzzerCustomCrossOver(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint8_t *out, size_t max,
    unsigned seed)
{
	struct log first, second;
	struct draft d = begin(max);
	size_t upto, from;

	dice = seed;
	upto = roll(a_size + 1);
	from = roll(b_size + 1);
	if (take_apart(&first, a, a_size))
		upto = (size_t)first.samples[roll(first.nsamples)].end;
	if (take_apart(&second, b, b_size))
		from = roll(4) == 0 ? 0 : (size_t)second.samples[roll(second.nsamples)].offset;
	append(&d, a, upto);
	append(&d, b + from, b_size - from);
	return finish(&d, out);
}
