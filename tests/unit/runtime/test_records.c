/*
 * test_records: the walk along records of which some are not what they should be, in a file and in a stream.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/log/records.h"
#include "scratch.h"
#include "tiny.h"
#include "unit.h"

#define RECORD   24 /* bytes of a record */
#define SCOMPLEN 8  /* offsets in it */
#define PCOMPLEN 12
#define NDEVIAT  16
#define NSAMPLES 4

static struct tiny_log tiny;
static size_t at[NSAMPLES + 1];

/* What a walk found: the offsets of records, and the damage between them. */
static struct {
	size_t nrecords, ndamages;
	struct frame frames[8];
	struct rawlog_damage damages[8];
} found;

static void
setup(void)
{
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	for (size_t i = 0; i < NSAMPLES; i++)
		at[i] = tiny_sample(&tiny, 100 + (int64_t)i, 2, 5 + (uint32_t)i, "init");
	at[NSAMPLES] = tiny.size;
}

static void
teardown(void)
{
	tiny_free(&tiny);
	scratch_remove();
}

static void
walk_file(struct file *file)
{
	const struct layout layout = { catalog_releases[0], TINY_WIDE, ORDER_LITTLE };
	enum rawlog_result result;
	struct tiny_record record;
	struct rawlog_damage damage;
	struct records records;
	struct headers headers;
	struct frame frame;
	size_t got;
	int error;

	memset(&found, 0, sizeof found);
	ck_assert(headers_init(&headers, NULL));
	file_at(file, 0, 36, &got);
	ck_assert_int_eq(records_init(&records, file, &layout, &headers, 0, 36), 0);
	while ((result = records_next(&records, &record, &frame, &damage, &error)) != RAWLOG_END) {
		ck_assert_uint_lt(found.nrecords + found.ndamages, 8);
		if (result == RAWLOG_OK)
			found.frames[found.nrecords++] = frame;
		else if (result == RAWLOG_DAMAGED)
			found.damages[found.ndamages++] = damage;
		else
			ck_abort_msg("it failed");
	}
	ck_assert_int_eq(records_next(&records, &record, &frame, &damage, &error), RAWLOG_END);
	ck_assert_uint_eq(records.count, found.nrecords);
	records_free(&records);
	headers_free(&headers);
}

/* Walks along the log in memory, or as a stream. */
static void
walk(bool stream)
{
	struct file file;
	int fd, saved;

	if (!stream) {
		ck_assert_int_eq(file_open_memory(&file, tiny.bytes, tiny.size), 0);
		walk_file(&file);
		file_close(&file);
		return;
	}
	fd = scratch_pipe(tiny.bytes, tiny.size);
	saved = dup(STDIN_FILENO);
	ck_assert_int_ge(dup2(fd, STDIN_FILENO), 0);
	ck_assert_int_eq(file_open_fd(&file, source_descriptor("-", 0)), 0);
	walk_file(&file);
	file_close(&file);
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(fd);
}

static void
put32(size_t offset, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		tiny.bytes[offset + i] = (unsigned char)(value >> 8 * i);
}

static uint32_t
get32(size_t offset)
{
	return load_u32(tiny.bytes + offset, ORDER_LITTLE);
}

/* The records found are those of the samples whose bits are set. */
static void
check_found(unsigned samples)
{
	size_t n = 0;

	for (size_t i = 0; i < NSAMPLES; i++)
		if (samples & 1u << i) {
			ck_assert_uint_lt(n, found.nrecords);
			ck_assert_uint_eq(found.frames[n++].offset, at[i]);
		}
	ck_assert_uint_eq(found.nrecords, n);
}

static void
check_damage(size_t i, size_t offset, size_t length, uint64_t sample, const char *reason)
{
	ck_assert_uint_lt(i, found.ndamages);
	ck_assert_uint_eq(found.damages[i].offset, offset);
	ck_assert_uint_eq(found.damages[i].length, length);
	ck_assert_uint_eq(found.damages[i].sample, sample);
	ck_assert_str_eq(found.damages[i].reason, reason);
}

START_TEST(nothing_wrong)
{
	walk(_i);
	check_found(0xf);
	ck_assert_uint_eq(found.ndamages, 0);
}
END_TEST

START_TEST(a_wrong_length_loses_nothing)
{
	static const uint32_t wrong[] = { 0, 1, 100, 200, UINT32_MAX };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		for (size_t member = SCOMPLEN; member <= PCOMPLEN; member += 4) {
			uint32_t right = get32(at[1] + member);

			put32(at[1] + member, wrong[i]);
			walk(_i);
			check_found(0xf);
			ck_assert_uint_eq(found.frames[1].end, at[2]);
			ck_assert_uint_eq(found.ndamages, 1);
			ck_assert_uint_eq(found.damages[0].offset, at[1]);
			ck_assert_uint_eq(found.damages[0].length, RECORD);
			ck_assert_uint_eq(found.damages[0].sample, 1);
			put32(at[1] + member, right);
		}
}
END_TEST

START_TEST(a_wrong_count_loses_no_other_sample)
{
	static const uint32_t wrong[] = { 0, 1, 7, 1000, 1000000, UINT32_MAX };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		put32(at[1] + NDEVIAT, wrong[i]);
		walk(_i);
		check_found(0xf);
	}
}
END_TEST

START_TEST(a_record_that_is_gone)
{
	memset(tiny.bytes + at[1], 0, RECORD);
	walk(_i);
	check_found(0xd);
	ck_assert_uint_eq(found.ndamages, 1);
	check_damage(0, at[1], at[2] - at[1], 1, "no record header: sstat is too short for what it should hold");
}
END_TEST

START_TEST(the_last_record_is_gone)
{
	memset(tiny.bytes + at[3], 0xff, RECORD);
	walk(_i);
	check_found(0x7);
	ck_assert_uint_eq(found.ndamages, 1);
	check_damage(0, at[3], at[4] - at[3], 3, "no record header: sstat is too long for what it should hold");
}
END_TEST

START_TEST(a_block_and_the_next_record)
{
	memset(tiny.bytes + at[2] - 8, 0xff, 8 + RECORD);
	walk(_i);
	check_found(0xb);
	ck_assert_uint_eq(found.ndamages, 1);
	check_damage(0, at[2], at[3] - at[2], 2, "no record header where the sample before ends");
}
END_TEST

START_TEST(lengths_that_lead_too_far_and_a_bad_block)
{
	put32(at[1] + PCOMPLEN, 300);
	put32(at[1] + NDEVIAT, 10);
	tiny.bytes[at[2] - 1] ^= 1;
	walk(_i);
	check_found(0xf);
	ck_assert_uint_eq(found.ndamages, 1);
	ck_assert_uint_eq(found.damages[0].offset + found.damages[0].length, at[2]);
	ck_assert_str_eq(found.damages[0].reason, "the sample's lengths lead beyond the next record");
}
END_TEST

/* Whole blocks of which none is as long as the record says, and no record behind them. */
START_TEST(all_lengths_are_wrong)
{
	static const uint32_t wrong[] = { 20, 100, 1000 };

	memset(tiny.bytes + at[2], 0xff, RECORD);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		put32(at[1] + SCOMPLEN, wrong[i]);
		put32(at[1] + PCOMPLEN, wrong[i]);
		walk(_i);
		ck_assert_uint_eq(found.frames[found.nrecords - 1].offset, at[3]);
		for (size_t k = 0; k < found.ndamages; k++)
			ck_assert_uint_ge(found.damages[k].offset, at[1]);
	}
}
END_TEST

START_TEST(the_first_record_begins_too_early)
{
	memmove(tiny.bytes + 30, tiny.bytes + 36, tiny.size - 36);
	tiny.size -= 6;
	for (size_t i = 0; i <= NSAMPLES; i++)
		at[i] -= 6;
	walk(_i);
	check_found(0xf);
	ck_assert_uint_eq(found.ndamages, 1);
	check_damage(0, 30, 6, 0, "the first record begins inside the header");
}
END_TEST

START_TEST(a_log_without_records)
{
	tiny.size = 36;
	walk(_i);
	check_found(0);
	ck_assert_uint_eq(found.ndamages, 0);
}
END_TEST

/* A regular file that somebody cuts to `size` bytes while its record number `nread` is the last one read. */
static void
walk_cut(size_t nread, size_t size)
{
	const char *path = scratch_file("log", tiny.bytes, tiny.size);
	const struct layout layout = { catalog_releases[0], TINY_WIDE, ORDER_LITTLE };
	enum rawlog_result result;
	struct rawlog_damage damage;
	struct tiny_record record;
	struct headers headers;
	struct records records;
	struct frame frame;
	struct file file;
	int error;

	ck_assert_int_eq(file_open_fd(&file, source_descriptor(path, 0)), 0);
	ck_assert(headers_init(&headers, NULL));
	ck_assert_int_eq(records_init(&records, &file, &layout, &headers, 0, 36), 0);
	for (size_t i = 0; i <= nread; i++)
		ck_assert_int_eq(records_next(&records, &record, &frame, &damage, &error), RAWLOG_OK);
	ck_assert_int_eq(truncate(path, (off_t)size), 0);
	while ((result = records_next(&records, &record, &frame, &damage, &error)) != RAWLOG_END) {
		if (result != RAWLOG_DAMAGED)
			continue;
		ck_assert_uint_le(damage.offset, tiny.size);
		ck_assert_uint_le(damage.length, tiny.size - damage.offset);
	}
	records_free(&records);
	headers_free(&headers);
	file_close(&file);
}

START_TEST(a_log_that_is_cut_while_it_is_read)
{
	for (size_t size = 0; size < tiny.size; size += 3)
		for (size_t i = 0; i < NSAMPLES; i++)
			walk_cut(i, size);
}
END_TEST

START_TEST(a_stream_is_not_kept)
{
	static unsigned char junk[60000];
	struct file file;
	int fd, saved;

	tiny_append(&tiny, junk, sizeof junk);
	fd = scratch_pipe(tiny.bytes, tiny.size);
	saved = dup(STDIN_FILENO);
	ck_assert_int_ge(dup2(fd, STDIN_FILENO), 0);
	ck_assert_int_eq(file_open_fd(&file, source_descriptor("-", 0)), 0);
	walk_file(&file);
	ck_assert_uint_eq(found.nrecords, NSAMPLES);
	ck_assert_uint_le(file.room, 64u << 10);
	file_close(&file);
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(fd);
}
END_TEST

static TCase *
test_records(void)
{
	TCase *t = tcase_create("records");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, nothing_wrong, 0, 2);
	tcase_add_loop_test(t, a_wrong_length_loses_nothing, 0, 2);
	tcase_add_loop_test(t, a_wrong_count_loses_no_other_sample, 0, 2);
	tcase_add_loop_test(t, a_record_that_is_gone, 0, 2);
	tcase_add_loop_test(t, the_last_record_is_gone, 0, 2);
	tcase_add_loop_test(t, a_block_and_the_next_record, 0, 2);
	tcase_add_loop_test(t, lengths_that_lead_too_far_and_a_bad_block, 0, 2);
	tcase_add_loop_test(t, all_lengths_are_wrong, 0, 2);
	tcase_add_loop_test(t, the_first_record_begins_too_early, 0, 2);
	tcase_add_loop_test(t, a_log_without_records, 0, 2);
	tcase_add_test(t, a_log_that_is_cut_while_it_is_read);
	tcase_add_test(t, a_stream_is_not_kept);
	return t;
}

REGISTER(test_records);
