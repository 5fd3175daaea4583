/*
 * test_rawlog: whole logs, and what damage costs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/reader.h"
#include "scratch.h"
#include "tiny.h"
#include "unit.h"

#define DAMAGES_MAX 8

static struct tiny_log tiny;
static size_t records[3]; /* offsets of the records of the current log */
static bool intact;       /* the values that can be read are those that were written */

/* What a walk along a log found. */
struct found {
	enum rawlog_result opened;
	unsigned nsamples, nsystems, ntasks, nunverified, ndamages;
	struct rawlog_damage damages[DAMAGES_MAX];
};

static void
setup(void)
{
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	records[0] = tiny_sample(&tiny, 100, 2, 5, "init");
	records[1] = tiny_sample(&tiny, 110, 3, 0, "none");
	records[2] = tiny_sample(&tiny, 120, 4, 7, "init");
	intact = true;
}

static void
teardown(void)
{
	tiny_free(&tiny);
	scratch_remove();
}

static void
note(struct found *f, const struct rawlog_damage *damage)
{
	ck_assert_uint_lt(f->ndamages, DAMAGES_MAX);
	f->damages[f->ndamages++] = *damage;
}

/* Reads all blocks of a sample. */
static void
walk_sample(struct rawlog_sample *sample, struct found *f)
{
	enum rawlog_result result;
	struct rawlog_damage damage;
	const struct tiny_tstat *task;
	const void *host;
	int error;
	size_t i;

	for (i = 0; i < 2; i++) {
		rawlog_block(sample, i);
		while ((result = rawlog_struct(sample, &host, &damage, &error)) != RAWLOG_END) {
			ck_assert_int_ne(result, RAWLOG_FAILED);
			if (result == RAWLOG_DAMAGED) {
				note(f, &damage);
				continue;
			}
			if (i == 0) {
				f->nsystems++;
				continue;
			}
			task = host;
			if (intact)
				ck_assert_int_eq(task->gen.pid, (int)sample->index);
			f->ntasks++;
			f->nunverified += sample->unverified;
		}
		ck_assert_int_eq(rawlog_struct(sample, &host, &damage, &error), RAWLOG_END);
	}
}

static struct found
walk(const void *bytes, size_t size)
{
	struct rawlog_sample sample = { 0 };
	struct rawlog_damage damage;
	struct rawlog_error refusal;
	struct found f = { 0 };
	enum rawlog_result result;
	struct rawlog *log;
	int error;

	f.opened = rawlog_open_memory(&log, bytes, size, NULL, &refusal);
	if (f.opened != RAWLOG_OK)
		return f;
	while ((result = rawlog_next(log, &sample, &damage, &error)) != RAWLOG_END) {
		ck_assert_int_ne(result, RAWLOG_FAILED);
		if (result == RAWLOG_DAMAGED) {
			note(&f, &damage);
			continue;
		}
		ck_assert_uint_eq(sample.number, f.nsamples);
		f.nsamples++;
		walk_sample(&sample, &f);
	}
	ck_assert_int_eq(rawlog_next(log, &sample, &damage, &error), RAWLOG_END);
	rawlog_sample_free(&sample);
	rawlog_close(log);
	return f;
}

START_TEST(every_layout_whole)
{
	struct tiny_log log;
	struct found f;

	tiny_begin(&log, (unsigned)_i / 4 + 1, _i / 2 % 2 == 0 ? TINY_WIDE : TINY_NARROW,
	    _i % 2 == 0 ? ORDER_LITTLE : ORDER_BIG);
	tiny_sample(&log, 100, 2, 5, "init");
	tiny_sample(&log, 110, 2, 20000, "init");
	f = walk(log.bytes, log.size);
	ck_assert_uint_eq(f.nsamples, 2);
	ck_assert_uint_eq(f.nsystems, 2);
	ck_assert_uint_eq(f.ntasks, 20005);
	ck_assert_uint_eq(f.ndamages, 0);
	tiny_free(&log);
}
END_TEST

START_TEST(what_a_log_says)
{
	struct rawlog_error refusal;
	struct rawlog_damage damage;
	struct rawlog_sample sample = { 0 };
	struct rawlog *log;
	int error;

	ck_assert_int_eq(rawlog_open(&log, scratch_file("log", tiny.bytes, tiny.size), NULL, &refusal), RAWLOG_OK);
	ck_assert_str_eq(rawlog_layout(log)->release->version, "0.1");
	ck_assert_str_eq(rawlog_facts(log)->host, "tiny");
	ck_assert_uint_eq(((const struct tiny_header *)rawlog_header(log))->aversion, 0x8001);
	ck_assert_int_eq(rawlog_next(log, &sample, &damage, &error), RAWLOG_OK);
	ck_assert_int_eq(sample.frame.facts.curtime, 100);
	ck_assert_uint_eq(sample.offset, records[0]);
	ck_assert_uint_eq(((const struct tiny_record *)sample.record)->ndeviat, 5);
	ck_assert_int_eq(rawlog_next(log, &sample, &damage, &error), RAWLOG_OK);
	ck_assert_uint_eq(sample.offset, records[1]);
	rawlog_sample_free(&sample);
	rawlog_close(log);
}
END_TEST

START_TEST(cut_anywhere)
{
	size_t size;

	for (size = 36; size < tiny.size; size++) {
		struct found f = walk(tiny.bytes, size);
		bool whole = size == 36 || size == records[1] || size == records[2];

		ck_assert_int_eq(f.opened, RAWLOG_OK);
		ck_assert_uint_eq(f.ndamages, whole ? 0 : 1);
		if (!whole)
			ck_assert_uint_eq(f.damages[0].offset + f.damages[0].length, size);
		ck_assert_uint_le(f.ntasks, size < records[2] ? 5 : 12);
		ck_assert_uint_ge(f.ntasks, size < records[1] ? 0 : 5);
	}
	for (size = 0; size < 36; size++)
		ck_assert_int_eq(walk(tiny.bytes, size).opened, RAWLOG_REFUSED);
}
END_TEST

START_TEST(cut_inside_a_record_header)
{
	struct found f = walk(tiny.bytes, records[1] + 10);

	ck_assert_uint_eq(f.nsamples, 1);
	ck_assert_uint_eq(f.damages[0].offset, records[1]);
	ck_assert_uint_eq(f.damages[0].length, 10);
	ck_assert_uint_eq(f.damages[0].sample, 1);
	ck_assert_ptr_null(f.damages[0].block);
	ck_assert_str_eq(f.damages[0].reason, "the log ends inside a record header");
}
END_TEST

START_TEST(cut_inside_the_tasks_keeps_what_comes_before)
{
	struct tiny_log log;
	struct found f;

	tiny_begin(&log, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&log, 100, 2, 20000, "init");
	f = walk(log.bytes, log.size - 100);
	ck_assert_uint_eq(f.nsystems, 1);
	ck_assert_uint_gt(f.ntasks, 10000);
	ck_assert_uint_lt(f.ntasks, 20000);
	ck_assert_uint_eq(f.nunverified, f.ntasks);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].block, "tstat");
	ck_assert_str_eq(f.damages[0].reason, "the log ends 100 bytes before the sample does");
	tiny_free(&log);
}
END_TEST

START_TEST(a_bad_block_costs_that_block)
{
	struct found f;

	memset(tiny.bytes + records[0] + 24 + 2, 0xff, 8); /* in the first sstat */
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.nsamples, 3);
	ck_assert_uint_eq(f.nsystems, 2);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].block, "sstat");
	ck_assert_uint_eq(f.damages[0].offset, records[0] + 24);
	ck_assert_uint_eq(f.damages[0].sample, 0);
	ck_assert_str_eq(f.damages[0].reason, "the compressed data is corrupt; 0 of 1 structs read");
}
END_TEST

START_TEST(tasks_whose_checksum_is_wrong_are_unverified)
{
	struct found f;

	tiny.bytes[tiny.size - 1] ^= 1;
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.nsystems, 3);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.nunverified, 7);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason, "the checksum of the block is wrong; 7 of 7 structs read");
}
END_TEST

START_TEST(more_tasks_than_said_are_unverified)
{
	struct found f;

	tiny.bytes[records[2] + 16]--; /* ndeviat */
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.ntasks, 11);
	ck_assert_uint_eq(f.nunverified, 6);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason, "more bytes come out of the block than should; 6 of 6 structs read");
}
END_TEST

START_TEST(the_only_struct_of_a_block_whose_checksum_is_wrong_is_not_shown)
{
	struct found f;
	size_t end = records[0] + 24 + tiny.bytes[records[0] + 8];

	tiny.bytes[end - 1] ^= 1; /* of the first sstat */
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.nsystems, 2);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.nunverified, 0);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason, "the checksum of the block is wrong; 0 of 1 structs read");
}
END_TEST

/* A log of one sample whose tasks' pids are these, with a wrong checksum unless it is `cut`, by this many bytes. */
static void
make_tasks(struct tiny_log *log, const int32_t *pids, uint32_t count, size_t cut)
{
	unsigned char system[64], tasks[16 * 48] = { 0 }, scomp[256], pcomp[512];
	uLongf ssize = sizeof scomp, psize = sizeof pcomp;

	tiny_begin(log, 1, TINY_WIDE, ORDER_LITTLE);
	for (uint32_t i = 0; i < count; i++)
		tasks[40 * i] = (unsigned char)pids[i];
	ck_assert_int_eq(compress(scomp, &ssize, system, tiny_sstat(log, system, 1)), Z_OK);
	ck_assert_int_eq(compress(pcomp, &psize, tasks, 40 * count), Z_OK);
	pcomp[psize - 1] ^= cut == 0;
	tiny_raw_sample(log, scomp, (uint32_t)ssize, pcomp, (uint32_t)psize, count);
	log->size -= cut;
}

START_TEST(the_first_task_that_cannot_be_one_ends_an_unverified_block)
{
	static const int32_t pids[] = { 1, 2, 3, 0, 5 };
	struct tiny_log log;
	struct found f;

	intact = false;
	make_tasks(&log, pids, 5, 0);
	f = walk(log.bytes, log.size);
	ck_assert_uint_eq(f.ntasks, 3);
	ck_assert_uint_eq(f.nunverified, 3);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason,
	    "the checksum of the block is wrong; 3 of 5 structs read; "
	    "the next cannot be one: gen.pid is no task of the record");
	tiny_free(&log);
	make_tasks(&log, pids, 5, 1);
	f = walk(log.bytes, log.size);
	ck_assert_uint_eq(f.ntasks, 3);
	ck_assert_uint_eq(f.nunverified, 3);
	ck_assert_uint_eq(f.ndamages, 2);
	ck_assert_str_eq(f.damages[0].reason,
	    "the log ends inside the block; 3 of 5 structs read; "
	    "the next cannot be one: gen.pid is no task of the record");
	ck_assert_str_eq(f.damages[1].reason, "the log ends 1 bytes before the sample does");
	tiny_free(&log);
}
END_TEST

START_TEST(a_task_that_a_checksum_vouches_for_is_shown_whatever_it_is)
{
	static const int32_t pids[] = { 1, 2, 3, 0, 5 };
	struct tiny_log log;
	struct found f;

	intact = false;
	make_tasks(&log, pids, 5, 0);
	log.bytes[log.size - 1] ^= 1; /* the checksum is right again */
	f = walk(log.bytes, log.size);
	ck_assert_uint_eq(f.ntasks, 5);
	ck_assert_uint_eq(f.nunverified, 0);
	ck_assert_uint_eq(f.ndamages, 0);
	tiny_free(&log);
}
END_TEST

START_TEST(fewer_tasks_than_said)
{
	struct found f;

	tiny.bytes[records[2] + 16]++; /* ndeviat */
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason, "fewer bytes come out of the block than should; 7 of 8 structs read");
}
END_TEST

START_TEST(a_count_beyond_its_array_costs_that_struct)
{
	struct found f;

	tiny_sample(&tiny, 130, TINY_NCPU + 1, 2, "init");
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.nsamples, 4);
	ck_assert_uint_eq(f.nsystems, 3);
	ck_assert_uint_eq(f.ntasks, 14);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason, "struct 1 of 1: sstat.ncpu is 5, not within 0 and 4");
}
END_TEST

START_TEST(a_bad_record_costs_its_sample)
{
	struct found f;

	memset(tiny.bytes + records[1], 0, 24); /* a hole */
	f = walk(tiny.bytes, tiny.size);
	ck_assert_uint_eq(f.nsamples, 2);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_uint_eq(f.damages[0].offset, records[1]);
	ck_assert_uint_eq(f.damages[0].length, records[2] - records[1]);
	ck_assert_uint_eq(f.damages[0].sample, 1);
	ck_assert_str_eq(f.damages[0].reason, "no record header: sstat is too short for what it should hold");
}
END_TEST

START_TEST(an_empty_block_may_be_missing)
{
	unsigned char system[64], packed[256];
	uLongf size = sizeof packed;
	struct tiny_log log;
	struct found f;

	tiny_begin(&log, 1, TINY_WIDE, ORDER_LITTLE);
	ck_assert_int_eq(compress(packed, &size, system, tiny_sstat(&log, system, 2)), Z_OK);
	tiny_raw_sample(&log, packed, (uint32_t)size, "", 0, 0);
	f = walk(log.bytes, log.size);
	ck_assert_uint_eq(f.nsystems, 1);
	ck_assert_uint_eq(f.ndamages, 0);
	tiny_free(&log);
}
END_TEST

START_TEST(gzip_that_ends_early)
{
	unsigned char packed[4096];
	size_t size = 0;
	struct found f;

	scratch_gzip(tiny.bytes, tiny.size, packed, sizeof packed, &size);
	f = walk(packed, size);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.ndamages, 0);
	f = walk(packed, size - 4);
	ck_assert_uint_eq(f.ntasks, 12);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_str_eq(f.damages[0].reason, "the log ends here: the gzip data ends early");
	f = walk(packed, size - 40);
	ck_assert_uint_eq(f.ndamages, 1);
	ck_assert_ptr_nonnull(strstr(f.damages[0].reason, "the sample does: the gzip data ends early"));
}
END_TEST

START_TEST(blocks_can_be_left_out)
{
	struct rawlog_sample sample = { 0 };
	struct rawlog_damage damage;
	struct rawlog_error refusal;
	struct rawlog *log;
	const void *host;
	int error;

	ck_assert_int_eq(rawlog_open_memory(&log, tiny.bytes, tiny.size, NULL, &refusal), RAWLOG_OK);
	ck_assert_int_eq(rawlog_next(log, &sample, &damage, &error), RAWLOG_OK);
	ck_assert_int_eq(rawlog_struct(&sample, &host, &damage, &error), RAWLOG_END);
	rawlog_block(&sample, 1);
	ck_assert_int_eq(rawlog_struct(&sample, &host, &damage, &error), RAWLOG_OK);
	ck_assert_int_eq(rawlog_next(log, &sample, &damage, &error), RAWLOG_OK);
	ck_assert_int_eq(rawlog_next(log, &sample, &damage, &error), RAWLOG_OK);
	rawlog_block(&sample, 1);
	ck_assert_int_eq(rawlog_struct(&sample, &host, &damage, &error), RAWLOG_OK);
	ck_assert_str_eq(((const struct tiny_tstat *)host)->gen.name, "init");
	rawlog_sample_free(&sample);
	rawlog_close(log);
}
END_TEST

START_TEST(every_bit_wrong_once)
{
	size_t i;

	intact = false;
	for (i = 0; i < tiny.size * 8; i++) {
		tiny.bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		walk(tiny.bytes, tiny.size);
		tiny.bytes[i / 8] ^= (unsigned char)(1 << i % 8);
	}
}
END_TEST

START_TEST(what_cannot_be_opened)
{
	struct rawlog_error e;
	struct rawlog *log;

	ck_assert_int_eq(rawlog_open(&log, scratch_path("nothing"), NULL, &e), RAWLOG_FAILED);
	ck_assert_int_eq(e.code, ENOENT);
	ck_assert_int_eq(rawlog_open(&log, scratch_file("text", "text", 4), NULL, &e), RAWLOG_REFUSED);
	ck_assert_ptr_nonnull(strstr(e.text, "not an atop log"));
}
END_TEST

static TCase *
test_rawlog(void)
{
	TCase *t = tcase_create("rawlog");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, every_layout_whole, 0, 8);
	tcase_add_test(t, what_a_log_says);
	tcase_add_test(t, cut_anywhere);
	tcase_add_test(t, cut_inside_a_record_header);
	tcase_add_test(t, cut_inside_the_tasks_keeps_what_comes_before);
	tcase_add_test(t, a_bad_block_costs_that_block);
	tcase_add_test(t, tasks_whose_checksum_is_wrong_are_unverified);
	tcase_add_test(t, more_tasks_than_said_are_unverified);
	tcase_add_test(t, the_only_struct_of_a_block_whose_checksum_is_wrong_is_not_shown);
	tcase_add_test(t, the_first_task_that_cannot_be_one_ends_an_unverified_block);
	tcase_add_test(t, a_task_that_a_checksum_vouches_for_is_shown_whatever_it_is);
	tcase_add_test(t, fewer_tasks_than_said);
	tcase_add_test(t, a_count_beyond_its_array_costs_that_struct);
	tcase_add_test(t, a_bad_record_costs_its_sample);
	tcase_add_test(t, an_empty_block_may_be_missing);
	tcase_add_test(t, gzip_that_ends_early);
	tcase_add_test(t, blocks_can_be_left_out);
	tcase_add_test(t, every_bit_wrong_once);
	tcase_add_test(t, what_cannot_be_opened);
	return t;
}

REGISTER(test_rawlog);
