/*
 * test_model: looking up, walking, and questions about fields.
 */
#include "fixture.h"

#include "unit.h"

static const struct release *
example(void)
{
	return fixture_model_of(
	    fixture_text("  cpu:\n    - {name: nr, type: int}\n"
			 "  cpus:\n    - {name: all, type: cpu}\n    - {name: list, type: cpu, dims: [TWO]}\n",
		"    - {name: n, type: int}\n    - {name: c, type: char}\n    - {name: f, type: float}\n"
		"    - {name: t, type: char, dims: [4]}\n    - {name: a, type: int, dims: [4]}\n"
		"    - {name: cpus, type: cpus}\n"))
	    ->releases[0];
}

START_TEST(find)
{
	const struct release *r = example();

	ck_assert_str_eq(release_find(r, "cpu")->structure->name.text, "cpu");
	ck_assert_ptr_null(release_find(r, "cp"));
	ck_assert_uint_eq(release_find_constant(r, "TWO")->value, 2);
	ck_assert_ptr_null(release_find_constant(r, "THREE"));
	ck_assert_ptr_null(release_find_bits(r, "x"));
	ck_assert_ptr_nonnull(abi_find_type(r->abi, "count_t"));
	ck_assert_ptr_null(abi_find_type(r->abi, "cpu"));
	ck_assert_ptr_null(definition_find(release_find(r, "sstat"), "cp"));
}
END_TEST

START_TEST(walk)
{
	const struct definition *sstat = release_find(example(), "sstat");

	ck_assert_str_eq(definition_walk(sstat, "n")->member->name.text, "n");
	ck_assert_str_eq(definition_walk(sstat, "cpus.all.nr")->member->name.text, "nr");
	ck_assert_ptr_null(definition_walk(sstat, "cpus.list.nr"));
	ck_assert_ptr_null(definition_walk(sstat, "cpus.all.x"));
	ck_assert_ptr_null(definition_walk(sstat, "n.x"));
	ck_assert_ptr_null(definition_walk(sstat, ""));
	ck_assert_ptr_null(definition_walk(sstat, "cpus."));
}
END_TEST

START_TEST(kinds)
{
	const struct definition *d = release_find(example(), "sstat");

	ck_assert(field_is_integer(definition_find(d, "n")) && field_is_number(definition_find(d, "n")));
	ck_assert(!field_is_integer(definition_find(d, "c")) && field_is_number(definition_find(d, "c")));
	ck_assert(!field_is_number(definition_find(d, "f")) && !field_is_number(definition_find(d, "a")));
	ck_assert(!field_is_number(definition_find(d, "cpus")) && !field_is_text(definition_find(d, "cpus")));
	ck_assert(field_is_text(definition_find(d, "t")) && !field_is_text(definition_find(d, "c")));
}
END_TEST

START_TEST(tops)
{
	const struct release *r = example();

	ck_assert_ptr_eq(release_top(r, 0), r->rawheader);
	ck_assert_ptr_eq(release_top(r, 1), r->rawrecord);
	ck_assert_ptr_eq(release_top(r, 2), release_find(r, "sstat"));
}
END_TEST

static TCase *
test_model(void)
{
	const TTest *const tests[] = { find, walk, kinds, tops };

	return fixture_case("model", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_model);
