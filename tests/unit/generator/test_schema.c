/*
 * test_schema: every key lands where the model has it.
 */
#include "fixture.h"

#include <string.h>

#include "read/schema.h"
#include "unit.h"

static struct schema *
read_text(const char *text)
{
	return schema_read(&fixture_arena, &fixture_diag,
	    document_parse(&fixture_arena, &fixture_diag, fixture_source(text)));
}

static const struct member *
read_member(const char *text)
{
	const struct schema *s = read_text(fixture_text("", arena_printf(&fixture_arena, "    - %s\n", text)));

	ck_assert_msg(fixture_diag.nerrors == 0, "%s", fixture_messages());
	return &s->structures[2].members[0];
}

START_TEST(file)
{
	const struct schema *s = read_text(
	    "version: \"2.2-3\"\nextends: \"2.2\"\nreleases: [a, b]\naversion: 0x8202\n"
	    "source: {tag: v, files: [x.h, y.h]}\nlengths:\n  lp64: {rawheader: 480, sstat: 8}\n"
	    "constants: {A: 1, B: 0xff}\nbits:\n  t:\n    - {name: X, value: 4, doc: d}\n"
	    "structs:\n  s:\n    - {name: m, type: long long}\n"
	    "blocks:\n  - {struct: s, role: r, length: l, count: c}\n");

	ck_assert_errors(0);
	ck_assert_str_eq(s->version.text, "2.2-3");
	ck_assert_str_eq(s->extends.text, "2.2");
	ck_assert_uint_eq(s->nreleases, 2);
	ck_assert_uint_eq(s->aversion, 0x8202);
	ck_assert_str_eq(s->files[1].text, "y.h");
	ck_assert_uint_eq(s->nlengths, 2);
	ck_assert_str_eq(s->lengths[1].model.text, "lp64");
	ck_assert_uint_eq(s->lengths[1].bytes, 8);
	ck_assert_uint_eq(s->constants[1].value, 0xff);
	ck_assert_str_eq(s->constants[1].text, "0xff");
	ck_assert_uint_eq(s->bit_tables[0].bits[0].value, 4);
	ck_assert_str_eq(s->structures[0].members[0].type.text, "long long");
	ck_assert_str_eq(s->blocks[0].role.text, "r");
	ck_assert_str_eq(s->blocks[0].count.text, "c");
}
END_TEST

START_TEST(member)
{
	const struct member *m = read_member(
	    "{name: a, type: int, dims: [3, N + 1 + M], count: n, live: l, when: w, "
	    "unit: KiB, kind: delta, show: bits, bits: b, absent: -1, reserved: true, doc: d}");

	ck_assert_uint_eq(m->ndims, 2);
	ck_assert_uint_eq(m->dims[0].terms[0].value, 3);
	ck_assert_str_eq(m->dims[1].text.text, "N + 1 + M");
	ck_assert_uint_eq(m->dims[1].nterms, 3);
	ck_assert_str_eq(m->dims[1].terms[2].name, "M");
	ck_assert_uint_eq(m->dims[1].terms[2].at.column, m->dims[1].text.at.column + 8);
	ck_assert_int_eq(m->count_rule, COUNT_MEMBER);
	ck_assert_str_eq(m->count.text, "n");
	ck_assert_str_eq(m->live.word.text, "l");
	ck_assert_str_eq(m->when.word.text, "w");
	ck_assert_str_eq(m->unit.text, "KiB");
	ck_assert(m->delta && m->reserved && m->has_absent);
	ck_assert_int_eq(m->show, SHOW_BITS);
	ck_assert_str_eq(m->bits.text, "b");
	ck_assert_int_eq(m->absent, -1);
	ck_assert_str_eq(m->doc.text, "d");
}
END_TEST

START_TEST(defaults)
{
	const struct member *m = read_member("{name: a, type: int}");

	ck_assert_uint_eq(m->ndims, 0);
	ck_assert_int_eq(m->count_rule, COUNT_NONE);
	ck_assert_int_eq(m->show, SHOW_DEFAULT);
	ck_assert(!m->delta && !m->reserved && !m->has_absent);
	ck_assert_ptr_null(m->doc.text);
}
END_TEST

START_TEST(counts)
{
	ck_assert_int_eq(read_member("{name: a, type: int, count: {of: n, clamp: 1}}")->count_rule, COUNT_CLAMP);
	ck_assert_int_eq(read_member("{name: a, type: int, count: {of: n, clamp: 0}}")->count_rule, COUNT_MEMBER);
	ck_assert_int_eq(read_member("{name: a, type: int, count: {of: n}}")->count_rule, COUNT_MEMBER);
	ck_assert_int_eq(read_member("{name: a, type: int, count: {until: n}}")->count_rule, COUNT_UNTIL);
}
END_TEST

START_TEST(absent_range)
{
	ck_assert_int_eq(read_member("{name: a, type: int, absent: -9223372036854775808}")->absent, INT64_MIN);
	ck_assert_int_eq(read_member("{name: a, type: int, absent: 0x7fffffffffffffff}")->absent, INT64_MAX);
	read_text(fixture_text("", "    - {name: a, type: int, absent: -9223372036854775809}\n"));
	ck_assert_errors(1);
}
END_TEST

START_TEST(versions)
{
	static const char *const good[] = { "1.26", "2.0", "2.13", "2.2-3", "0.1" };
	static const char *const bad[] = {
		"",
		"2",
		"2.",
		".2",
		"2.1.0",
		"2.01",
		"02.1",
		"2.1-",
		"2.1-a",
		"2.1 ",
		" 2.1",
		"v2.1",
		"2.1-3-4",
		"123456.1",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(schema_is_version(good[i]), "%s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!schema_is_version(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(faulty_parts_are_left_out)
{
	const struct schema *s = read_text(fixture_text("  empty: []\n",
	    "    - {name: a}\n    - {name: b, type: int}\n    - {name: c, type: int, colour: red}\n"));

	ck_assert_errors(3);
	ck_assert_uint_eq(s->nstructures, 3);
	ck_assert_uint_eq(s->structures[2].nmembers, 2);
}
END_TEST

static TCase *
test_schema(void)
{
	const TTest *const tests[] = {
		file,
		member,
		defaults,
		counts,
		absent_range,
		versions,
		faulty_parts_are_left_out,
	};

	return fixture_case("schema", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_schema);
