/*
 * test_headers: rawheaders among other bytes: of each release, whatever its magic number, and none where there is none.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/headers.h"
#include "tiny.h"
#include "unit.h"

#define JUNK 100

/* Junk, a header of each release in both byte orders, junk between. */
static void
make(struct tiny_log *image)
{
	static const enum byte_order orders[] = { ORDER_LITTLE, ORDER_BIG };
	unsigned char junk[JUNK];
	struct tiny_log log;

	memset(junk, 0xfe, sizeof junk);
	tiny_begin(image, 1, TINY_WIDE, ORDER_LITTLE);
	for (unsigned release = 1; release <= 3; release += 2)
		for (size_t o = 0; o < 2; o++) {
			tiny_begin(&log, release, TINY_NARROW, orders[o]);
			tiny_append(image, junk, sizeof junk);
			tiny_append(image, log.bytes, log.size);
			tiny_free(&log);
		}
}

START_TEST(every_magic_number)
{
	struct headers headers;
	struct tiny_log image;
	struct budget budget;
	struct layout layout;
	struct file file;
	uint64_t offset = 0, from = 1;

	make(&image);
	memset(&budget, 0, sizeof budget);
	ck_assert(headers_init(&headers, NULL));
	ck_assert_uint_eq(headers.nmagics, 4);
	ck_assert_int_eq(file_open_memory(&file, image.bytes, image.size), 0);
	for (size_t i = 0; i < 4; i++) {
		ck_assert_int_eq(headers_find(&headers, &file, from, image.size, &offset, &layout, &budget),
		    HEADERS_FOUND);
		ck_assert_str_eq(layout.release->version, i < 2 ? "0.1" : "0.3");
		ck_assert_int_eq(layout.order, i % 2 == 0 ? ORDER_LITTLE : ORDER_BIG);
		ck_assert_int_eq(layout.model, TINY_NARROW);
		from = offset + 1;
	}
	ck_assert_int_eq(headers_find(&headers, &file, from, image.size, &offset, &layout, &budget), HEADERS_NONE);
	file_close(&file);
	headers_free(&headers);
	tiny_free(&image);
}
END_TEST

START_TEST(a_magic_number_of_another_release)
{
	struct tiny_log image;
	struct headers headers;
	struct layout layout;
	struct file file;

	tiny_begin(&image, 3, TINY_WIDE, ORDER_LITTLE);
	image.bytes[0] = TINY_MAGIC & 0xff;
	ck_assert(headers_init(&headers, NULL));
	ck_assert_int_eq(file_open_memory(&file, image.bytes, image.size), 0);
	ck_assert_int_eq(headers_at(&headers, &file, 0, &layout), HEADERS_REFUSED);
	file_close(&file);
	headers_free(&headers);
	tiny_free(&image);
}
END_TEST

static TCase *
test_headers(void)
{
	TCase *t = tcase_create("headers");

	tcase_add_test(t, every_magic_number);
	tcase_add_test(t, a_magic_number_of_another_release);
	return t;
}

REGISTER(test_headers);
