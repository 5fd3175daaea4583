/*
 * What Eva analyses of the hand-written code that meets a log's bytes first: headers of unknown bytes are identified,
 * and rawrecords of unknown bytes at any offset made into extents, for every release, data model and byte order. Beside
 * what Eva looks for everywhere it shows that no extent begins or ends beyond the largest file; and of load.h, what
 * load_spec.h says of it. Records that are a byte too short must be noticed.
 */
#include <__fc_builtin.h>
#include <stdlib.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"

/* A record that says anything, anywhere. */
static void
prove_record(const struct layout *layout, size_t missing)
{
	const struct catalog_struct *s = layout->release->rawrecord;
	const size_t size = s->size[layout->model];
	const uint64_t offset = Frama_C_unsigned_long_long_interval(0, INT64_MAX - size);
	unsigned char *bytes = malloc(size - missing);
	void *record = malloc(s->definition->size);
	struct frame frame;

	if (bytes == NULL || record == NULL)
		return;
	Frama_C_make_unknown((char *)bytes, size - missing);
	if (frame_read(layout, bytes, size, offset, record, &frame) != FRAME_UNREADABLE) {
		/*@ loop unroll 8; */
		for (size_t i = 0; i < layout->release->nblocks; i++) {
			/*@ assert frame.blocks[i].offset <= INT64_MAX; */
			/*@ assert frame.blocks[i].length <= INT64_MAX; */
			/*@ assert frame.blocks[i].inflated <= INT64_MAX; */
		}
		/*@ assert frame.end <= INT64_MAX; */
		frame_place(&frame, layout->release->nblocks, Frama_C_size_t_interval(0, CATALOG_BLOCKS_MAX),
		    Frama_C_unsigned_long_long_interval(0, INT64_MAX));
	}
	frame_read(layout, bytes, Frama_C_size_t_interval(0, size - 1), offset, record, &frame);
}

/* Numbers that no release's members are wide enough for, too; static, but in one file with all that is analysed. */
static void
prove_sizes(void)
{
	const int64_t length = Frama_C_long_long_interval(INT64_MIN, INT64_MAX);
	const int64_t count = Frama_C_long_long_interval(INT64_MIN, INT64_MAX);
	const int64_t chain = Frama_C_long_long_interval(INT64_MIN, INT64_MAX);
	const uint64_t size = Frama_C_unsigned_long_long_interval(0, UINT32_MAX);
	struct frame frame = { 0 };

	size_block(length, count, size, NULL, &frame.blocks[0]);
	compare_sizes(&frame.blocks[0]);
	/*@ loop unroll 8; */
	for (size_t i = 0; i < CATALOG_BLOCKS_MAX; i++)
		size_block(length, count, size, &chain, &frame.blocks[i]);
	frame_reason((enum frame_result)Frama_C_interval(FRAME_OK, FRAME_PAST_END + 1));
	frame_place(&frame, CATALOG_BLOCKS_MAX, 0, Frama_C_unsigned_long_long_interval(0, INT64_MAX));
}

/* Bytes that may be a header, or its beginning; of this release, or NULL: of any. */
static void
prove_header(const struct catalog_release *release)
{
	const size_t most = header_size_max();
	unsigned char *bytes = malloc(most);
	char message[HEADER_MESSAGE_MAX];
	struct layout layout;

	if (bytes == NULL)
		return;
	Frama_C_make_unknown((char *)bytes, most);
	if (release == NULL) {
		header_identify(bytes, Frama_C_size_t_interval(0, most), &layout, message);
		return;
	}
	header_identify_as(bytes, Frama_C_size_t_interval(0, most), release, &layout, message);
	header_differs(bytes, Frama_C_size_t_interval(0, most), release, message);
}

static void
prove_release(const struct catalog_release *r)
{
	/*@ loop unroll 8; */
	for (unsigned m = 0; m < catalog_nmodels; m++) {
		prove_record(&(struct layout){ r, m, ORDER_LITTLE }, 0);
		prove_record(&(struct layout){ r, m, ORDER_BIG }, 0);
	}
	prove_header(r);
}

/* Just as many bytes as each may read. */
static void
prove_loads(enum byte_order order)
{
	unsigned char one[1], two[2], four[4], eight[8];

	Frama_C_make_unknown((char *)one, sizeof one);
	Frama_C_make_unknown((char *)two, sizeof two);
	Frama_C_make_unknown((char *)four, sizeof four);
	Frama_C_make_unknown((char *)eight, sizeof eight);
	load_u8(one, order);
	load_i8(one, order);
	load_u16(two, order);
	load_i16(two, order);
	load_u32(four, order);
	load_i32(four, order);
	load_f32(four, order);
	load_u64(eight, order);
	load_i64(eight, order);
	load_f64(eight, order);
}

void
prove_framing(void)
{
	prove_loads(ORDER_LITTLE);
	prove_loads(ORDER_BIG);
	prove_sizes();
	prove_header(NULL);
	/*@ loop unroll 100; */
	for (size_t i = 0; i < catalog_nreleases; i++)
		prove_release(catalog_releases[i]);
}

void
prove_short(void)
{
	prove_record(&(struct layout){ catalog_releases[0], 0, ORDER_LITTLE }, 1);
}
