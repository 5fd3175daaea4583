/*
 * test_layout: offsets and sizes against those that a C compiler would give, by hand; and limits.
 */
#include "fixture.h"

#include <string.h>

#include "model/layout.h"
#include "unit.h"

enum {
	LP64,
	I386
};

static const struct definition *
measure(const char *structs, const char *members)
{
	struct model *m = fixture_model_of(fixture_text(structs, members));

	layout_model(&fixture_diag, m);
	return release_find(m->releases[0], "sstat");
}

static uint64_t
offset(const struct definition *d, const char *member, size_t model)
{
	return definition_find(d, member)->offset[model];
}

START_TEST(padding)
{
	const struct definition *d = measure("",
	    "    - {name: a, type: char}\n    - {name: b, type: count_t}\n    - {name: c, type: short}\n"
	    "    - {name: d, type: int}\n    - {name: e, type: char, dims: [3]}\n");

	ck_assert_errors(0);
	ck_assert_uint_eq(offset(d, "a", LP64), 0);
	ck_assert_uint_eq(offset(d, "b", LP64), 8);
	ck_assert_uint_eq(offset(d, "b", I386), 4);
	ck_assert_uint_eq(offset(d, "c", LP64), 16);
	ck_assert_uint_eq(offset(d, "d", LP64), 20);
	ck_assert_uint_eq(offset(d, "e", LP64), 24);
	ck_assert_uint_eq(d->size[LP64], 32);
	ck_assert_uint_eq(d->align[LP64], 8);
	ck_assert_uint_eq(d->size[I386], 24);
	ck_assert_uint_eq(d->align[I386], 4);
	ck_assert(d->laid_out);
}
END_TEST

START_TEST(nested)
{
	const struct definition *d = measure("  inner:\n    - {name: x, type: long}\n    - {name: y, type: char}\n",
	    "    - {name: a, type: char}\n    - {name: b, type: inner, dims: [2, 3]}\n"
	    "    - {name: c, type: char}\n");
	const struct field *b = definition_find(d, "b");

	ck_assert_uint_eq(b->offset[LP64], 8);
	ck_assert_uint_eq(layout_element_size(b, LP64), 16);
	ck_assert_uint_eq(layout_field_size(b, LP64), 96);
	ck_assert_uint_eq(layout_field_size(b, I386), 48);
	ck_assert_uint_eq(offset(d, "c", I386), 52);
	ck_assert_uint_eq(d->size[LP64], 112);
}
END_TEST

START_TEST(largest)
{
	const struct definition *d = measure("", "    - {name: a, type: char, dims: [0x4000000]}\n");

	ck_assert_errors(0);
	ck_assert_uint_eq(d->size[LP64], SIZE_MAX_STRUCT);
}
END_TEST

START_TEST(too_large)
{
	ck_assert(!measure("", "    - {name: a, type: char, dims: [0x4000001]}\n")->laid_out);
	ck_assert_errors(1);
}
END_TEST

START_TEST(far_too_large)
{
	measure("", "    - {name: a, type: int}\n    - {name: b, type: count_t, dims: [0xffffffffffffffff]}\n");
	ck_assert_message("struct 'sstat' grows beyond 67108864 bytes with member 'b' (data model lp64)");
}
END_TEST

START_TEST(too_large_by_padding)
{
	measure("", "    - {name: a, type: count_t}\n    - {name: b, type: char, dims: [0x3fffff9]}\n");
	ck_assert_errors(1);
}
END_TEST

START_TEST(too_large_inside)
{
	measure("  inner:\n    - {name: x, type: char, dims: [0x4000001]}\n",
	    "    - {name: a, type: inner, dims: [99]}\n");
	ck_assert_errors(1);
	ck_assert_message("struct 'inner' grows beyond");
}
END_TEST

static TCase *
test_layout(void)
{
	const TTest *const tests[] = {
		padding,
		nested,
		largest,
		too_large,
		far_too_large,
		too_large_by_padding,
		too_large_inside,
	};

	return fixture_case("layout", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_layout);
