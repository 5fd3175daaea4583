/*
 * test_expr: trees of expressions, what their names mean, and the C that they become.
 */
#include "fixture.h"

#include <string.h>

#include "emit/emit_internal.h"
#include "model/scope.h"
#include "unit.h"

/* --- trees ---------------------------------------------------------------------------------------------------- */

static const char *
shape(const struct expr *e)
{
	const char *text;

	if (e->nargs == 0 && e->kind != EXPR_CALL)
		return e->kind == EXPR_TEXT  ? arena_printf(&fixture_arena, "\"%s\"", e->text)
		    : e->kind == EXPR_LETTER ? arena_printf(&fixture_arena, "'%s'", e->text)
					     : e->text;
	text = arena_printf(&fixture_arena, "(%s", e->text);
	for (size_t i = 0; i < e->nargs; i++)
		text = arena_printf(&fixture_arena, "%s %s", text, shape(e->args[i]));
	return arena_printf(&fixture_arena, "%s)", text);
}

static const char *
parsed(const char *text)
{
	const struct position nowhere = { .source = NULL };
	const struct expr *e = condition_parse(&fixture_diag, nowhere, text);

	return e != NULL ? shape(e) : "none";
}

START_TEST(shapes)
{
	static const char *const cases[][2] = {
		{ "a", "a" },
		{ "a.b[3].c", "a.b[3].c" },
		{ "a || b && c || d", "(|| (|| a (&& b c)) d)" },
		{ "a & B == C", "(== (& a B) C)" },
		{ "a + b & c", "(& (+ a b) c)" },
		{ "a - b - c", "(- (- a b) c)" },
		{ "a + b * c % d / e", "(+ a (/ (% (* b c) d) e))" },
		{ "(a + b) * c", "(* (+ a b) c)" },
		{ "!a == -b", "(== (! a) (- b))" },
		{ "!-!a", "(! (- (! a)))" },
		{ "a ? b : c ? d : e", "(? a b (? c d e))" },
		{ "a<=b && c>=d && e<f && g>h && i!=j",
		    "(&& (&& (&& (&& (<= a b) (>= c d)) (< e f)) (> g h)) (!= i j))" },
		{ "0x1F == 1.5", "(== 0x1F 1.5)" },
		{ "s == 'E' || t == \"a b\"", "(|| (== s 'E') (== t \"a b\"))" },
		{ "f()", "(f)" },
		{ "sum(cpu, it.x + 1)", "(sum cpu (+ it.x 1))" },
		{ "a =~ \"x\" && b !~ \"y\"", "(&& (=~ a \"x\") (!~ b \"y\"))" },
		{ "null == true || a.null != f(false)", "(|| (== null true) (!= a.null (f false)))" },
		{ "a . b [ 3 ] . c", "a.b[3].c" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_str_eq(parsed(cases[i][0]), cases[i][1]);
	ck_assert_errors(0);
}
END_TEST

START_TEST(no_expression)
{
	static const char *const cases[] = {
		"",
		"a b",
		"a ||",
		"|| a",
		"(a",
		"a)",
		"a == b == c",
		"a ? b",
		"a.",
		"a[",
		"a[b]",
		"f(",
		"f(a,",
		"1x",
		"01",
		"$",
		"'ab'",
		"''",
		"'a",
		"\"a",
		"a & & b",
		"a | b",
		"a = b",
		"1.5.2",
		"0x",
		"\"a\\n\"",
		"\"a\\\"\"",
		"a\t== 1",
		"a =~ b",
		"a =~ 'b'",
		"a =~ \"b\" =~ \"c\"",
		"null.a",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture_diag.nerrors = fixture_diag.nmessages = 0;
		ck_assert_str_eq(parsed(cases[i]), "none");
		ck_assert_errors(1);
	}
}
END_TEST

/* As deep and as long as may be, and one more. */
START_TEST(limits)
{
	char text[8 * EXPR_NODES_MAX];

	for (size_t more = 0; more < 2; more++) {
		const size_t depth = EXPR_DEPTH_MAX - 1 + more;

		memset(text, '(', depth);
		text[depth] = 'a';
		memset(text + depth + 1, ')', depth);
		text[2 * depth + 1] = '\0';
		ck_assert_str_eq(parsed(text), more == 0 ? "a" : "none");
	}
	for (size_t more = 0; more < 2; more++) {
		strcpy(text, "-a");
		for (size_t i = 0; i < EXPR_NODES_MAX / 2 - 1 + more; i++)
			strcat(text, "+a");
		ck_assert_int_eq(strcmp(parsed(text), "none") == 0, more);
	}
}
END_TEST

/* --- what names mean ------------------------------------------------------------------------------------------ */

static const char members[] = "    - {name: flags, type: int, show: bits, bits: f}\n"
			      "    - {name: n, type: count_t}\n"
			      "    - {name: u, type: unsigned}\n"
			      "    - {name: c, type: char, show: letter}\n"
			      "    - {name: r, type: float}\n"
			      "    - {name: __t, type: char, dims: [4]}\n"
			      "    - {name: list, type: short, dims: [2, 3]}\n";

static const struct release *
release(void)
{
	const char *text = fixture_text("", members);

	return fixture_model_of(arena_printf(&fixture_arena,
				    "%sbits:\n  f:\n    - {name: A, value: 4}\n"
				    "    - {name: TWO, value: 8}\n",
				    text))
	    ->releases[0];
}

/* What an expression about a sstat means, beside which the record and the header are known. */
static struct typed *
meaning(const struct release *r, const char *text)
{
	const struct position nowhere = { .source = NULL };
	const struct condition condition = { { text, nowhere }, condition_parse(&fixture_diag, nowhere, text) };
	const struct scope_root roots[] = { { .name = "rawrecord", .def = r->rawrecord, .access = "record->" },
		{ .name = "rawheader", .def = r->rawheader, .access = "header->" } };
	const struct scope s = {
		.diag = &fixture_diag,
		.release = r,
		.own = r->blocks[0].def,
		.access = "v->",
		.what = "sstat",
		.roots = roots,
		.nroots = 2,
		.index = "i",
	};

	return condition.tree != NULL ? scope_type_condition(&s, &condition) : NULL;
}

/* The C that it becomes. */
static const char *
compiled(const char *text)
{
	const struct release *r;
	const struct typed *t;

	fixture_diag.nerrors = fixture_diag.nmessages = 0;
	r = release();
	t = meaning(r, text);
	return t != NULL ? emit_expr(&fixture_arena, t) : "none";
}

START_TEST(code)
{
	static const char *const cases[][2] = {
		{ "n", "v->n != 0" },
		{ "c == 'E'", "(signed char)v->c == 'E'" },
		{ "c == '''", "none" },
		{ "u == 5", "(int64_t)v->u == 5" },
		{ "rawrecord.scomplen > rawheader.sstatlen", "record->scomplen > header->sstatlen" },
		{ "flags & A", "(v->flags & 4) != 0" },
		{ "flags & TWO", "(v->flags & 8) != 0" },
		{ "n & TWO", "(v->n & 2) != 0" },
		{ "flags & (A + TWO) == A + TWO", "(v->flags & (wrap_add(4, 8))) == (wrap_add(4, 8))" },
		{ "A + flags == 1", "none" },
		{ "!n && i == n", "(!(v->n != 0)) && ((int64_t)i == v->n)" },
		{ "n - 1 == n * 2 / 3 % 4", "(wrap_sub(v->n, 1)) == (mod_or_0(div_or_0(wrap_mul(v->n, 2), 3), 4))" },
		{ "-n < 0x80000000", "(wrap_sub(0, v->n)) < INT64_C(0x80000000)" },
		{ "n == 0xffffffffffffffff", "v->n == (int64_t)UINT64_C(0xffffffffffffffff)" },
		{ "r / 2 >= 1.5", "(real_div_or_0(v->r, 2)) >= 1.5" },
		{ "r * 2 + 1 != -r", "((v->r * 2) + 1) != (-v->r)" },
		{ "__t == \"abc\" || __t != \"\"",
		    "(strncmp(v->t, \"abc\", sizeof v->t) == 0) || (strncmp(v->t, \"\", sizeof v->t) != 0)" },
		{ "list[1][2] == MYMAGIC", "v->list[1][2] == 1" },
		{ "n ? n == 1 : !u", "(v->n != 0) ? (v->n == 1) : (!((int64_t)v->u != 0))" },
		{ "(n ? 1 : r) > 0", "((v->n != 0) ? 1 : v->r) > 0" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_str_eq(compiled(cases[i][0]), cases[i][1]);
}
END_TEST

START_TEST(no_meaning)
{
	static const char *const cases[] = {
		"m",
		"rawrecord",
		"rawrecord.n",
		"rawheader.magic.x",
		"n.x",
		"list",
		"list[1]",
		"list[2][0]",
		"n[0]",
		"__t",
		"r",
		"r && n",
		"!r",
		"-__t == 0",
		"n & r",
		"r % 2 == 0",
		"n < __t",
		"__t < \"a\"",
		"\"a\" == __t",
		"__t == __t",
		"__t == \"abcde\"",
		"(n == 1) + 1 == 2",
		"n ? __t : __t",
		"n ? n == 1 : 2",
		"__t ? 1 : 2",
		"f(n)",
		"A == n",
		"t == 1",
		"__t =~ \"a\"",
		"__t !~ \"a\"",
		"n == null",
		"n == 1 || true",
		"false ? 1 : n",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ck_assert_msg(strcmp(compiled(cases[i]), "none") == 0, "%s", cases[i]);
		ck_assert_errors(1);
	}
}
END_TEST

/* Each operand's fault is reported, and at its own place. */
START_TEST(places)
{
	const char *text = fixture_text("",
	    "    - {name: n, type: int, when: \"x == 1 ||\n        n &\n        y\"}\n");

	fixture_model_of(text);
	ck_assert_errors(2);
	ck_assert_message("17:35: error: 'x' is neither");
	ck_assert_message("19:9: error: 'y' is neither");
}
END_TEST

static TCase *
test_expr(void)
{
	const TTest *const tests[] = {
		shapes,
		no_expression,
		limits,
		code,
		no_meaning,
		places,
	};

	return fixture_case("expr", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_expr);
