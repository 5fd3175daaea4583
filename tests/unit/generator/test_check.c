/*
 * test_check: that rules hold where they must not complain, and how many they break at once. Each message has
 * its case in tests/schema/bad.
 */
#include "fixture.h"

#include <string.h>

#include "check/check.h"
#include "model/layout.h"
#include "unit.h"

static void
check_text(const char *structs, const char *members)
{
	check_model(&fixture_diag, fixture_model_of(fixture_text(structs, members)));
}

#define CPU "  cpu:\n    - {name: name, type: char, dims: [4]}\n    - {name: on, type: char}\n"

START_TEST(good)
{
	check_text(CPU,
	    "    - {name: n, type: int}\n    - {name: _m, type: short, absent: -32768}\n"
	    "    - {name: a, type: cpu, dims: [TWO], count: n, live: on, when: n}\n"
	    "    - {name: b, type: cpu, dims: [2], count: {until: name}}\n"
	    "    - {name: c, type: cpu, when: c.on}\n"
	    "    - {name: e, type: char, show: letter, doc: \"a / b * c ? d \\\\ e\"}\n"
	    "    - {name: f, type: unsigned, absent: 0xffffffff}\n    - {name: g, type: char, show: hex}\n");
	ck_assert_msg(fixture_diag.nmessages == 0, "%s", fixture_messages());
}
END_TEST

START_TEST(several_at_once)
{
	check_text(CPU,
	    "    - {name: int, type: int}\n"
	    "    - {name: int, type: int, count: x, live: y, when: z, show: text, absent: 99999999999}\n"
	    "    - {name: c, type: cpu, dims: [2, 2]}\n");
	ck_assert_errors(9);
}
END_TEST

START_TEST(absent_limits)
{
	check_text("",
	    "    - {name: a, type: short, absent: -32768}\n    - {name: b, type: short, absent: 32767}\n"
	    "    - {name: c, type: long, absent: -0x80000000}\n    - {name: d, type: count_t, absent: -1}\n");
	ck_assert_msg(fixture_diag.nerrors == 0, "%s", fixture_messages());
	check_text("",
	    "    - {name: a, type: short, absent: -32769}\n    - {name: b, type: short, absent: 32768}\n"
	    "    - {name: c, type: long, absent: -0x80000001}\n"
	    "    - {name: d, type: unsigned, absent: 0x100000000}\n");
	ck_assert_errors(4);
}
END_TEST

START_TEST(unused_only_where_named)
{
	const char *texts[] = {
		fixture_text(CPU, "    - {name: c, type: cpu, dims: [TWO]}\n"),
		fixture_next("structs:\n  sstat:\n    - {name: x, type: int}\n"),
	};

	check_model(&fixture_diag, fixture_model(texts, 2));
	ck_assert_msg(fixture_diag.nmessages == 0, "%s", fixture_messages());
	fixture_end();
	fixture_begin();
	check_text(CPU, "    - {name: x, type: int}\n");
	ck_assert_errors(0);
	ck_assert_message("warning: struct 'cpu' is not used");
	ck_assert_message("warning: constant 'TWO' is not used");
}
END_TEST

static void
check_sizes(const char *next)
{
	const char *texts[] = { fixture_text("", "    - {name: n, type: long}\n"), fixture_next(next) };
	const struct model *m = fixture_model(texts, 2);

	layout_model(&fixture_diag, m);
	check_layouts(&fixture_diag, m);
}

START_TEST(lengths)
{
	check_sizes("lengths:\n  lp64: {sstat: 8, rawheader: 20}\n  i386: {sstat: 4, rawrecord: 9}\n");
	ck_assert_errors(1);
	ck_assert_message("'rawrecord' is stated to have 9 bytes in i386; the layout gives 8");
}
END_TEST

START_TEST(tuples)
{
	check_sizes("");
	ck_assert_errors(0);
}
END_TEST

/* Release 1.1 in i386 is as long as 1.0 in lp64: only the aversion tells them apart, and here it does not. */
START_TEST(tuples_across_models)
{
	const char *texts[] = {
		fixture_text("", "    - {name: n, type: long}\n"),
		"version: \"1.1\"\nextends: \"1.0\"\nreleases: [x]\naversion: 0x8100\n"
		"source: {tag: t, files: [f]}\n"
		"structs:\n  rawrecord:\n    - {name: curtime, type: long}\n    - {name: scomplen, type: int}\n"
		"    - {name: more, type: int, dims: [2]}\n"
		"  sstat:\n    - {name: n, type: long, dims: [2]}\n",
	};
	const struct model *m = fixture_model(texts, 2);

	layout_model(&fixture_diag, m);
	check_layouts(&fixture_diag, m);
	ck_assert_errors(1);
	ck_assert_message("atop 1.0 (lp64) and atop 1.1 (i386) have the same aversion and lengths");
}
END_TEST

static TCase *
test_check(void)
{
	const TTest *const tests[] = {
		good,
		several_at_once,
		absent_limits,
		unused_only_where_named,
		lengths,
		tuples,
		tuples_across_models,
	};

	return fixture_case("check", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_check);
