/*
 * test_expr_value: expressions of labels and views: values of any type, named expressions, arrays, structs that may be absent,
 * null, members of other releases.
 */
#include "fixture.h"

#include <string.h>

#include "emit/emit_internal.h"
#include "model/scope.h"
#include "unit.h"

static const char members[] = "    - {name: n, type: count_t, unit: KiB}\n"
			      "    - {name: gone, type: int, absent: -1}\n"
			      "    - {name: c, type: char, show: letter}\n"
			      "    - {name: r, type: float}\n"
			      "    - {name: t, type: char, dims: [4]}\n"
			      "    - {name: flag, type: char, show: flag}\n";

static const struct release *
release(void)
{
	return fixture_model_of(fixture_text("", members))->releases[0];
}

static struct condition
value_of(const char *text)
{
	const struct position nowhere = { .source = NULL };

	return (struct condition){ { text, nowhere }, condition_parse(&fixture_diag, nowhere, text) };
}

static struct typed *
typed_in(enum expr_dialect dialect, const struct release *r, const char *text)
{
	const struct condition value = value_of(text);
	const struct position nowhere = { .source = NULL };
	const struct scope_root roots[] = {
		{ .name = "it",
		    .def = r->blocks[0].def,
		    .access = "it->",
		    .present = "it != NULL",
		    .pointer = "it",
		    .nulls = dialect == DIALECT_VIEW ? "nulls" : NULL },
		{ .name = "record", .def = r->rawrecord, .access = "record->" },
	};
	const struct scope_array array = { .name = "all", .element = &roots[0], .index = "k" };
	const struct scope_name names[] = {
		{ .name = { "double_n", nowhere }, .value = value_of("2 * it.n") },
		{ .name = { "circle", nowhere }, .value = value_of("circle + 1") },
		{ .name = { "quad", nowhere }, .value = value_of("double_n * 2") },
	};
	const struct scope s = {
		.diag = &fixture_diag,
		.release = r,
		.dialect = dialect,
		.roots = roots,
		.nroots = 2,
		.arrays = &array,
		.narrays = 1,
		.names = names,
		.nnames = 3,
	};

	return value.tree != NULL ? scope_type_value(&s, &value) : NULL;
}

static const char *
compiled(enum expr_dialect dialect, const char *text)
{
	const struct typed *t;

	fixture_diag.nerrors = fixture_diag.nmessages = 0;
	t = typed_in(dialect, release(), text);
	return t != NULL ? emit_expr(&fixture_arena, t) : "none";
}

START_TEST(labels)
{
	static const char *const cases[][2] = {
		{ "it.t", "text_of(it->t, sizeof it->t)" },
		{ "it.t == \"\" ? \"-\" : it.t",
		    "(strncmp(it->t, \"\", sizeof it->t) == 0) ? TEXT(\"-\") : text_of(it->t, sizeof it->t)" },
		{ "it.c ? it.c : 'N'", "((signed char)it->c != 0) ? (signed char)it->c : 'N'" },
		{ "it ? it.n : -2", "(it != NULL) ? it->n : (wrap_sub(0, 2))" },
		{ "word(it ? path(it) : \"-\")",
		    "value_word(memory, (it != NULL) ? (value_path(memory, it)) : TEXT(\"-\"))" },
		{ "int(it.n) * quad", "wrap_mul(value_int(it->n), wrap_mul(wrap_mul(2, it->n), 2))" },
		{ "double(it.n) / 2", "real_div_or_0(value_double((double)it->n), 2)" },
		{ "max(it.n, 1)", "value_max(it->n, 1)" },
		{ "min(it.n, it.r)", "real_min((double)it->n, it->r)" },
		{ "it.n == 1 ? null : it.n", "(it->n == 1) ? 0 : it->n" },
		{ "it.flag == true", "none" },
		{ "null", "none" },
		{ "circle", "none" },
		{ "it", "(it != NULL)" },
		{ "record", "none" },
		{ "path(record)", "none" },
		{ "path(it.n)", "none" },
		{ "lower(it.t)", "none" },
		{ "it.t + 1", "none" },
		{ "it.n ? it.t : 1", "none" },
		{ "max(it.n)", "none" },
		{ "sum(it.n, it.n)", "none" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *text = compiled(DIALECT_LABEL, cases[i][0]);

		ck_assert_msg(strcmp(text, cases[i][1]) == 0, "%s: %s", cases[i][0], text);
	}
}
END_TEST

/* The condition under which a value of a view is null. */
START_TEST(nulls)
{
	static const char *const cases[][2] = {
		{ "it.n", "never" },
		{ "it.gone", "it->gone == -1" },
		{ "-it.gone * it.n + it.gone",
		    "it->gone == -1 || mul_outgrows(wrap_sub(0, it->gone), it->n) || it->gone == -1 || "
		    "add_outgrows(wrap_mul(wrap_sub(0, it->gone), it->n), it->gone)" },
		{ "it.gone + it.gone - 5", "it->gone == -1" },
		{ "-it.n", "sub_outgrows(0, it->n)" },
		{ "it.n + it.gone + 1", "it->gone == -1 || sum_outgrows((const int64_t[]){ it->n, it->gone, 1 }, 3)" },
		{ "it.n / it.gone", "it->gone == -1 || div_outgrows(it->n, it->gone) || it->gone == 0" },
		{ "it.n / 2", "never" },
		{ "it.n ? null : it.n", "(it->n != 0)" },
		{ "it.n ? it.gone : it.n", "((it->n != 0) && (it->gone == -1))" },
		{ "it.gone == 1", "never" },
		{ "max(it.gone, it.n)", "it->gone == -1" },
		{ "it.r", "isnan(it->r)" },
		{ "it.n == 1 ? null : null", "none" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct typed *t;
		const char *null;

		fixture_diag.nerrors = fixture_diag.nmessages = 0;
		t = typed_in(DIALECT_VIEW, release(), cases[i][0]);
		null = t != NULL ? emit_null(&fixture_arena, t) : "none";
		null = null != NULL ? null : "never";
		ck_assert_msg(strcmp(null, cases[i][1]) == 0, "%s: %s", cases[i][0], null);
	}
}
END_TEST

START_TEST(views)
{
	static const char *const cases[][2] = {
		{ "it.c != \"E\"", "it->c != 'E'" },
		{ "it.c", "text_of(&it->c, 1)" },
		{ "it.flag ? 1 : 2", "(it->flag != 0) ? 1 : 2" },
		{ "it.gone > 3", "!(it->gone == -1) && it->gone > 3" },
		{ "it.gone != null", "!(it->gone == -1)" },
		{ "it.n == null", "false" },
		{ "lower(it.t)", "value_lower(memory, text_of(it->t, sizeof it->t))" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *text = compiled(DIALECT_VIEW, cases[i][0]);

		ck_assert_msg(strcmp(text, cases[i][1]) == 0, "%s: %s", cases[i][0], text);
	}
}
END_TEST

/* --- sums ----------------------------------------------------------------------------------------------------- */

static void
name_sum(struct typed *node, void *context)
{
	size_t *n = context;

	if (node->kind != EXPR_CALL || node->args[0]->type != TYPE_IS_ARRAY)
		return;
	ck_assert_str_eq(leaf_of(node->args[0])->array->name, "all");
	ck_assert_str_eq(emit_expr(&fixture_arena, node->args[1]), "wrap_mul(it->n, 2)");
	leaf_set_variable(&fixture_arena, node, "sum_0");
	++*n;
}

/* A caller computes sums in variables before the expression. */
START_TEST(sums)
{
	struct typed *t = typed_in(DIALECT_LABEL, release(), "sum(all, it.n * 2) / it.n");
	size_t n = 0;

	ck_assert_ptr_nonnull(t);
	typed_each(t, name_sum, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(emit_expr(&fixture_arena, t), "div_or_0(sum_0, it->n)");
}
END_TEST

/* --- other releases ------------------------------------------------------------------------------------------- */

/* 1.1 renames `old` to `now` and adds `extra`. */
static const struct model *
two_releases(void)
{
	const char *const texts[] = {
		fixture_text("", "    - {name: old, type: int}\n"),
		fixture_next(
		    "structs:\n  sstat:\n    - {name: now, type: int, was: old}\n    - {name: extra, type: int}\n"),
	};

	return fixture_model(texts, 2);
}

/* What an expression written for release `to` is in release `in`: C, "null", "lacks", or "none". */
static const char *
in_release(enum expr_dialect dialect, const char *text, size_t to, size_t in)
{
	const struct model *m = two_releases();
	const struct release *r = m->releases[in];
	const struct condition value = value_of(text);
	const struct scope_root root = { .name = "it", .def = r->blocks[0].def, .access = "it->", .path = "sstat" };
	bool lacks = false;
	const struct scope s = {
		.diag = &fixture_diag,
		.release = r,
		.dialect = dialect,
		.roots = &root,
		.nroots = 1,
		.written_for = to < 2 ? m->releases[to] : NULL,
		.releases = (const struct release *const *)m->releases,
		.nreleases = m->nreleases,
		.lacks = &lacks,
	};
	const struct typed *t = scope_type_value(&s, &value);

	if (t == NULL)
		return lacks ? "lacks" : "none";
	return t->kind == EXPR_NULL ? "null" : emit_expr(&fixture_arena, t);
}

START_TEST(releases)
{
	static const struct {
		const char *text;
		enum expr_dialect dialect;
		size_t to, in; /* 2: any release's names */
		const char *is;
	} cases[] = {
		{ "it.old", DIALECT_LABEL, 0, 0, "it->old" },
		{ "it.old", DIALECT_LABEL, 0, 1, "it->now" },
		{ "it.now", DIALECT_LABEL, 1, 0, "it->old" },
		{ "it.extra", DIALECT_LABEL, 1, 0, "lacks" },
		{ "it.extra", DIALECT_LABEL, 0, 1, "none" },
		{ "it.now", DIALECT_LABEL, 0, 1, "none" },
		{ "it.old", DIALECT_VIEW, 2, 1, "it->now" },
		{ "it.now", DIALECT_VIEW, 2, 0, "it->old" },
		{ "it.extra", DIALECT_VIEW, 2, 0, "null" },
		{ "it.extra", DIALECT_VIEW, 2, 1, "it->extra" },
		{ "it.extre", DIALECT_VIEW, 2, 0, "none" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *is;

		fixture_diag.nerrors = fixture_diag.nmessages = 0;
		is = in_release(cases[i].dialect, cases[i].text, cases[i].to, cases[i].in);
		ck_assert_msg(strcmp(is, cases[i].is) == 0, "%zu: %s", i, is);
		ck_assert_errors(strcmp(is, "none") == 0);
	}
	ck_assert_ptr_nonnull(strstr(fixture_diag.messages[0].text, "did you mean 'extra'?"));
}
END_TEST

static TCase *
test_expr_value(void)
{
	const TTest *const tests[] = { labels, nulls, views, sums, releases };

	return fixture_case("expr_value", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_expr_value);
