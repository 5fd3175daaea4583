/*
 * test_cells: the values of columns, from a dictionary made up here: every type, what is not available, and the context.
 */
#include <math.h>
#include <string.h>

#include "dictionary.h"
#include "print/query/cells.h"
#include "unit.h"

static struct places *places;
static struct dictionary_host host;
static struct row_sample sample;
static struct row row;
static struct row_log context;

static void
setup(void)
{
	bool missing;

	memset(&host, 0, sizeof host);
	host.means_value = host.inner.means_deep = true;
	sample = (struct row_sample){ .number = 7, .time = 1668196310, .interval = 600, .since_boot = true, .run = 2 };
	row = (struct row){ .of = &dictionary_struct, .host = &host, .sample = &sample };
	context = (struct row_log){ .file = "logs/one",
		.digest = "0123456789abcdef",
		.host = "hostname",
		.host_size = 4,
		.release = "9.9" };
	places = places_make(dictionary_table("whole"), &dictionary_struct, &missing);
	ck_assert_ptr_nonnull(places);
}

static void
teardown(void)
{
	places_free(places);
}

/* The cell of a column in the row. */
static struct cell
get(const char *column)
{
	const struct table_row r = { .places = places, .row = &row, .host = &host, .index = 3, .nulls = row.nulls };
	struct cell cell = { .kind = CELL_TIME, .integer = -77 };

	cells_get(&r, &context, dictionary_column(places->table, column), &cell);
	return cell;
}

static void
check_null(const char *column)
{
	ck_assert_msg(get(column).kind == CELL_NULL, "%s", column);
}

static void
check_integer(const char *column, enum cell_kind kind, int64_t value)
{
	const struct cell cell = get(column);

	ck_assert_msg(cell.kind == kind, "%s", column);
	ck_assert_int_eq(cell.integer, value);
}

static void
check_text(const char *column, const char *want, size_t size)
{
	const struct cell cell = get(column);

	ck_assert_msg(cell.kind == CELL_TEXT, "%s", column);
	ck_assert_uint_eq(cell.size, size);
	ck_assert_int_eq(memcmp(cell.text, want, size), 0);
}

START_TEST(integers)
{
	host.first = -2147483647;
	host.small = -128;
	host.grid[1][2] = -3;
	host.code = (char)0xff;
	host.inner.value = INT64_MIN;
	host.wide = INT64_MAX;
	check_integer("first", CELL_INTEGER, -2147483647);
	check_integer("small", CELL_INTEGER, -128);
	check_integer("grid_1_2", CELL_INTEGER, -3);
	check_integer("grid_1_1", CELL_INTEGER, 0);
	check_integer("code", CELL_INTEGER, 255);
	check_integer("inner_value", CELL_INTEGER, INT64_MIN);
	check_integer("wide", CELL_INTEGER, INT64_MAX);
	host.inner.deep.value = UINT32_MAX;
	check_integer("inner_deep_value", CELL_INTEGER, UINT32_MAX);
}
END_TEST

/* A table has signed integers of 64 bits. */
START_TEST(an_unsigned_integer_above_the_largest)
{
	host.wide = (uint64_t)INT64_MAX + 1;
	check_null("wide");
	host.wide = UINT64_MAX;
	check_null("wide");
}
END_TEST

START_TEST(absent)
{
	host.missing = -5;
	host.missing_too = 65535;
	check_null("missing");
	check_null("missing_too");
	host.missing = -4;
	host.missing_too = 65534;
	check_integer("missing", CELL_INTEGER, -4);
	check_integer("missing_too", CELL_INTEGER, 65534);
	host.first = -5; /* has no such value */
	check_integer("first", CELL_INTEGER, -5);
}
END_TEST

START_TEST(numbers)
{
	host.number = 0.1f;
	host.twice = 1e100;
	ck_assert_int_eq(get("number").kind, CELL_NUMBER);
	ck_assert_double_eq(get("number").number, (double)0.1f);
	ck_assert_int_eq(get("twice").kind, CELL_NUMBER);
	ck_assert_double_eq(get("twice").number, 1e100);
	host.number = NAN;
	ck_assert(isnan(get("number").number));
}
END_TEST

START_TEST(booleans_and_times)
{
	check_integer("flag", CELL_BOOLEAN, 0);
	host.flag = 'x';
	check_integer("flag", CELL_BOOLEAN, 1);
	host.when = -1;
	check_integer("when", CELL_TIME, -1);
}
END_TEST

START_TEST(texts)
{
	memcpy(host.text, "12345678", 8); /* no NUL ends it */
	strcpy(host.names[0], "a\xff");
	memcpy(host.names[1], "\xe2\x82\xac!", 4);
	host.letter = 'R';
	check_text("text", "12345678", 8);
	check_text("text_bytes", "12345678", 8);
	check_text("names_0", "a\xff", 2);
	check_text("names_0_bytes", "a\xff", 2);
	check_text("names_1", "\xe2\x82\xac!", 4);
	check_text("letter", "R", 1);
	host.text[0] = host.letter = '\0';
	check_text("text", "", 0);
	check_text("text_bytes", "", 0);
	check_text("letter", "", 0);
}
END_TEST

START_TEST(what_means_nothing)
{
	host.upstream = 5;
	host.inner.deep.value = 6;
	host.means_value = false;
	check_null("lacking");
	check_null("lacking_bytes");
	check_null("spare");
	check_null("grid_2_0");
	check_null("grid_0_0");
	check_null("counted_0");
	check_null("names_0");
	check_null("names_0_bytes");
	check_integer("renamed", CELL_INTEGER, 5);
	row.nulls = DICTIONARY_NO_UPSTREAM;
	check_null("renamed");
	check_integer("inner_deep_value", CELL_INTEGER, 6);
	row.nulls = DICTIONARY_NO_DEEP_VALUE << (DICTIONARY_INNER_BASE + DICTIONARY_DEEP_BASE);
	check_null("inner_deep_value");
	check_integer("inner_deep_pad", CELL_INTEGER, 0);
	check_integer("renamed", CELL_INTEGER, 5);
}
END_TEST

START_TEST(the_context)
{
	check_text("file", "logs/one", 8);
	check_text("log", "0123456789abcdef", 16);
	check_text("host", "host", 4);
	check_text("release", "9.9", 3);
	check_integer("time", CELL_TIME, 1668196310);
	check_integer("sample", CELL_INTEGER, 7);
	check_integer("interval", CELL_INTEGER, 600);
	check_integer("since_boot", CELL_BOOLEAN, 1);
	check_integer("run", CELL_INTEGER, 2);
	check_integer("unverified", CELL_BOOLEAN, 0);
	row.unverified = true;
	check_integer("unverified", CELL_BOOLEAN, 1);
}
END_TEST

START_TEST(a_context_that_is_not_known)
{
	context.digest = context.host = NULL;
	sample.interval = 0;
	check_null("log");
	check_null("host");
	check_null("interval");
	check_integer("since_boot", CELL_BOOLEAN, 1);
	sample.interval = UINT64_MAX;
	check_null("interval");
	row.sample = NULL;
	check_null("time");
	check_null("sample");
	check_null("since_boot");
	check_null("run");
	check_integer("unverified", CELL_BOOLEAN, 0);
	check_null("cgroup");
	check_null("cgroup_bytes");
}
END_TEST

static int64_t
pid_of(const void *pids, size_t i)
{
	return ((const int32_t *)pids)[i];
}

START_TEST(a_cgroup)
{
	static const int32_t pids[] = { 0, 0, 10, 11, 12, 13 };
	struct row_cgroup group = { .path = "/a/b\xff..",
		.path_size = 5,
		.has_pids = true,
		.npids = 4,
		.first_pid = 2,
		.pids = pids,
		.pid = pid_of };
	bool missing;

	row.cgroup = &group;
	check_text("cgroup", "/a/b\xff", 5);
	check_text("cgroup_bytes", "/a/b\xff", 5);
	group.path_size = 0;
	check_null("cgroup");
	check_null("cgroup_bytes");
	places_free(places);
	places = places_make(dictionary_table("whole_pids"), &dictionary_struct, &missing);
	ck_assert_ptr_nonnull(places);
	check_integer("pid", CELL_INTEGER, 13);
	check_null("name");
	check_null("name_bytes");
	check_null("path");
	group.path_size = 4;
	group.has_name = true;
	group.name = "b...";
	group.name_size = 1;
	check_text("name", "b", 1);
	check_text("name_bytes", "b", 1);
	check_text("path", "/a/b", 4);
	group.name_size = 0; /* the root */
	check_text("name", "", 0);
}
END_TEST

static TCase *
test_cells(void)
{
	TCase *t = tcase_create("cells");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, integers);
	tcase_add_test(t, an_unsigned_integer_above_the_largest);
	tcase_add_test(t, absent);
	tcase_add_test(t, numbers);
	tcase_add_test(t, booleans_and_times);
	tcase_add_test(t, texts);
	tcase_add_test(t, what_means_nothing);
	tcase_add_test(t, the_context);
	tcase_add_test(t, a_context_that_is_not_known);
	tcase_add_test(t, a_cgroup);
	return t;
}

REGISTER(test_cells);
