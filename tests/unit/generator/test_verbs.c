/*
 * test_verbs: what show, layout, diff and new print of small models; tests/schema/ok has whole ones.
 */
#include "verb/verbs.h"

#include <string.h>

#include "emit/emit.h"
#include "fixture.h"
#include "model/layout.h"
#include "unit.h"

static struct model *
measured(const char *const *texts, size_t ntexts)
{
	struct model *m = fixture_model(texts, ntexts);

	layout_model(&fixture_diag, m);
	ck_assert_errors(0);
	return m;
}

static const struct release *
example(void)
{
	const char *text = fixture_text(
	    "  cpu:\n    - {name: nr, type: char}\n    - {name: t, type: count_t, dims: [3]}\n",
	    "    - {name: n, type: int, unit: count, doc: \"say \\\"hi\\\" \\\\\"}\n"
	    "    - {name: cpu, type: cpu, dims: [TWO], count: n}\n");

	return measured(&text, 1)->releases[0];
}

START_TEST(show_struct)
{
	struct out o = { .arena = &fixture_arena };
	const struct release *r = example();
	const struct definition *only[] = { release_find(r, "sstat") };

	verb_show(&o, r, only, 1);
	ck_assert_str_eq(o.text,
	    "structs:\n"
	    "  sstat:\n"
	    "    - {name: n,   type: int, unit: count, doc: \"say \\\"hi\\\" \\\\\"}\n"
	    "    - {name: cpu, type: cpu, dims: [TWO], count: n}\n");
}
END_TEST

START_TEST(layout_one_model)
{
	struct out o = { .arena = &fixture_arena };
	const char *sstat;

	emit_layout(&o, example(), 0, false);
	sstat = strstr(o.text, "struct sstat");
	ck_assert_ptr_nonnull(sstat);
	ck_assert_str_eq(sstat,
	    "struct sstat  lp64  type                dims  unit   kind   size  strides\n"
	    "n                0  int                 -     count  gauge  4     -\n"
	    "(hole)           4  hole                -     -      -      4     -\n"
	    "cpu[]            8  struct cpu          2     -      -      32    32\n"
	    "cpu[].nr         8  char                2     -      gauge  1     32\n"
	    "cpu[].(hole)     9  hole                -     -      -      7     -\n"
	    "cpu[].t[]       16  count_t             2x3   -      gauge  8     32,8\n"
	    "(total)         72  3 members, 2 holes  -     -      -      72    -\n");
}
END_TEST

START_TEST(layout_all_models)
{
	struct out o = { .arena = &fixture_arena };

	emit_layout(&o, example(), -1, false);
	ck_assert_ptr_nonnull(
	    strstr(o.text, "\n(hole)           4     -  hole                -     -      -      4/0\n"));
	ck_assert_ptr_nonnull(
	    strstr(o.text, "\ncpu[].(hole)     9     5  hole                -     -      -      7/3\n"));
	ck_assert_ptr_nonnull(
	    strstr(o.text, "\n(total)         72    60  3 members, 2 holes  -     -      -      72/60\n"));
}
END_TEST

START_TEST(diff)
{
	struct out o = { .arena = &fixture_arena };
	const char *texts[] = {
		fixture_text("",
		    "    - {name: a, type: int}\n    - {name: b, type: int}\n    - {name: c, type: int}\n"
		    "    - {name: d, type: int, unit: s}\n"),
		fixture_next("constants: {TWO: 3}\nstructs:\n  sstat:\n    - {name: a, type: count_t}\n"
			     "    - {name: b, type: int}\n    - {name: d, type: int, dims: [TWO], unit: ms}\n"
			     "    - {name: e, type: x}\n  x:\n    - {name: y, type: int}\n"),
	};
	const struct model *m = measured(texts, 2);

	verb_diff(&o, m->releases[0], m->releases[1]);
	ck_assert_str_eq(o.text,
	    "atop 1.0 -> 1.1, sizes and offsets in lp64\n"
	    "aversion 0x8100 -> 0x8101\n"
	    "constant TWO: 2 -> 3\n"
	    "struct sstat: 16 -> 32 bytes\n"
	    "  - c: int at 8\n"
	    "  ~ a: type int -> count_t, size 4 -> 8\n"
	    "  ~ d: dims none -> 3, unit s -> ms\n"
	    "  + e: struct x at 24\n"
	    "  > b: moved by +4, to 8\n"
	    "struct x: new, 1 members, 4 bytes\n");
}
END_TEST

START_TEST(diff_runs)
{
	struct out o = { .arena = &fixture_arena };
	const char *texts[] = {
		fixture_text("",
		    "    - {name: a, type: int}\n    - {name: b, type: int}\n    - {name: c, type: int}\n"),
		fixture_next("structs:\n  sstat:\n    - {name: b, type: int}\n    - {name: c, type: int}\n"
			     "    - {name: a, type: int}\n"),
	};
	const struct model *m = measured(texts, 2);

	verb_diff(&o, m->releases[0], m->releases[1]);
	ck_assert_ptr_nonnull(
	    strstr(o.text, "struct sstat: 12 bytes\n  > b to c: moved by -4, to 0\n  > a: moved by +8, to 8\n"));
}
END_TEST

START_TEST(new_release)
{
	struct out o = { .arena = &fixture_arena };

	verb_new(&o, "2.14", example());
	ck_assert_ptr_nonnull(strstr(o.text, "version: \"2.14\"\nextends: \"1.0\"\n"));
	ck_assert_ptr_nonnull(strstr(o.text, "aversion: 0x820e\n"));
	ck_assert_ptr_nonnull(strstr(o.text, "#   lp64: {rawheader: 20, rawrecord: 16, sstat: 72}\n"));
}
END_TEST

static TCase *
test_verbs(void)
{
	const TTest *const tests[] = {
		show_struct,
		layout_one_model,
		layout_all_models,
		diff,
		diff_runs,
		new_release,
	};

	return fixture_case("verbs", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_verbs);
