/*
 * test_page: values as text, the steps of axes, spans of time, and text as HTML.
 */
#include <math.h>

#include "atopdump/page/amount.h"
#include "atopdump/page/html_out.h"
#include "atopdump/page/usage.h"
#include "unit.h"

static const struct {
	double value;
	enum amount_unit unit;
	const char *text;
} amounts[] = { { 0, AMOUNT_PERCENT, "0 %" }, { 12.5, AMOUNT_PERCENT, "12.5 %" }, { 3, AMOUNT_PERCENT, "3 %" },
	{ 0.004, AMOUNT_SECONDS, "0 s" }, { 1234.5, AMOUNT_SECONDS, "1234 s" }, { 999, AMOUNT_BYTES, "999 B" },
	{ 1000, AMOUNT_BYTES, "0.98 KiB" }, { 1536, AMOUNT_BYTES, "1.5 KiB" },
	{ 3221225472.0, AMOUNT_BYTES_PER_SECOND, "3 GiB/s" }, { 1e30, AMOUNT_BYTES, "too large" },
	{ (double)NAN, AMOUNT_NUMBER, "none" }, { -20, AMOUNT_NUMBER, "-20" } };

START_TEST(values_as_text)
{
	char text[AMOUNT_MAX];

	amount_text(text, amounts[_i].value, amounts[_i].unit);
	ck_assert_str_eq(text, amounts[_i].text);
}
END_TEST

static const struct {
	double greatest, step;
	enum amount_unit unit;
} steps[] = { { 100, 25, AMOUNT_PERCENT }, { 240, 100, AMOUNT_PERCENT }, { 0, 0.01, AMOUNT_PERCENT },
	{ 3.5, 1, AMOUNT_NUMBER }, { 17179869184.0, 4294967296.0, AMOUNT_BYTES }, { 0, 1024, AMOUNT_BYTES } };

START_TEST(steps_of_an_axis)
{
	ck_assert_double_eq_tol(amount_step(steps[_i].greatest, 4, steps[_i].unit), steps[_i].step, 1e-9);
}
END_TEST

START_TEST(steps_of_time)
{
	ck_assert_int_eq(amount_time_step(0, 9), 1);
	ck_assert_int_eq(amount_time_step(3600, 9), 600);
	ck_assert_int_eq(amount_time_step(86400, 9), 10800);
	ck_assert_int_eq(amount_time_step(30 * 86400, 9), 4 * 86400);
}
END_TEST

/* What a process used: `ticks` of processor time in microseconds. */
static struct sighting
use(int64_t ticks)
{
	return (struct sighting){ .sums = { ticks, 0, -1, 100, -1, -1 }, .peaks = { ticks, -1, -1 } };
}

START_TEST(spans_are_joined_when_they_are_too_many)
{
	struct usage u = { .level = 0 };
	int64_t cpu = 0;

	for (int64_t i = 0; i < 48; i++) { /* of two days, in an order that is not that of time */
		const int64_t time = (i * 7 % 48) * 3600 + 10;
		const struct sighting s = use(i);

		ck_assert(usage_note(&u, time, 60));
		ck_assert(usage_add(&u, 5, time, &s));
	}
	ck_assert_uint_eq(u.nspans, 16);
	ck_assert_int_eq(usage_seconds(u.level), 10800);
	for (size_t i = 0; i < u.nspans; i++) {
		ck_assert_int_eq(u.spans[i].bucket, (int64_t)i);
		ck_assert_int_eq(u.spans[i].covered, 180);
	}
	ck_assert_uint_eq(u.count, 16);
	ck_assert(usage_coarsen(&u, usage_last_level()));
	ck_assert_uint_eq(u.count, 1);
	cpu = u.entries[0].cpu;
	ck_assert_int_eq(cpu, 47 * 48 / 2);
	ck_assert_int_eq(u.entries[0].read, -1);
	ck_assert_int_eq(u.entries[0].written, 4800);
	ck_assert_int_eq(u.entries[0].rss, 47);
	usage_free(&u);
}
END_TEST

START_TEST(a_process_that_used_nothing_has_no_entry)
{
	const struct sighting s = { .sums = { 0, 0, -1, -1, -1, -1 }, .peaks = { 0, 0, 1 } };
	struct usage u = { .level = 0 };

	ck_assert(usage_note(&u, 0, 1));
	ck_assert(usage_add(&u, 1, 0, &s));
	ck_assert_uint_eq(u.count, 0);
	usage_free(&u);
}
END_TEST

static const struct {
	const char *bytes;
	size_t size, most;
	const char *html;
} texts[] = { { "<a b=\"c\" d='e'>&", 16, 99, "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;" },
	{ "a\0b\n", 4, 99, "a\\x00b\\x0a" }, { "\xe2\x80\xae\xff", 4, 99, "\\xe2\\x80\\xae\\xff" },
	{ "\xc3\xa9\xc3\xa9", 4, 3, "\xc3\xa9\xe2\x80\xa6" }, { "abc", 3, 3, "abc" }, { "", 0, 3, "" } };

START_TEST(text_as_html)
{
	struct writer w;

	ck_assert_int_eq(writer_open(&w, -1), 0);
	html_cut_text(&w, texts[_i].bytes, texts[_i].size, texts[_i].most);
	ck_assert_uint_eq((size_t)(w.next - w.buffer), strlen(texts[_i].html));
	ck_assert_mem_eq(w.buffer, texts[_i].html, strlen(texts[_i].html));
	writer_close(&w);
}
END_TEST

static TCase *
test_page(void)
{
	TCase *t = tcase_create("page");

	tcase_add_loop_test(t, values_as_text, 0, sizeof amounts / sizeof amounts[0]);
	tcase_add_loop_test(t, steps_of_an_axis, 0, sizeof steps / sizeof steps[0]);
	tcase_add_test(t, steps_of_time);
	tcase_add_test(t, spans_are_joined_when_they_are_too_many);
	tcase_add_test(t, a_process_that_used_nothing_has_no_entry);
	tcase_add_loop_test(t, text_as_html, 0, sizeof texts / sizeof texts[0]);
	return t;
}

REGISTER(test_page);
