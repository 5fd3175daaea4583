/*
 * test_where: conditions of the command line over one row, and the messages of those that are none.
 */
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "expr/expr.h"
#include "print/query/where.h"
#include "unit.h"

#define TEXT(t)                                                       \
	{                                                             \
		.kind = CELL_TEXT, .text = (t), .size = sizeof(t) - 1 \
	}
#define INTEGER(n)                                   \
	{                                            \
		.kind = CELL_INTEGER, .integer = (n) \
	}
#define REAL(x)                                                   \
	{                                                         \
		.kind = CELL_NUMBER, .number = (double)(float)(x) \
	}
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct column {
	const char *name;
	enum cell_kind kind;
	const char *unit;
	struct cell cell;
} columns[] = {
	{ "gen_pid", CELL_INTEGER, NULL, INTEGER(42) },
	{ "gen_name", CELL_TEXT, NULL, TEXT("sshd") },
	{ "gen.name", CELL_TEXT, NULL, TEXT("sshd") },
	{ "cpu.all[3].stime", CELL_INTEGER, "ticks", INTEGER(7) },
	{ "utime", CELL_INTEGER, "ticks", INTEGER(100) },
	{ "rss", CELL_INTEGER, "KiB", INTEGER(2048) },
	{ "zero", CELL_INTEGER, NULL, INTEGER(0) },
	{ "most", CELL_INTEGER, NULL, INTEGER(INT64_MAX) },
	{ "least", CELL_INTEGER, NULL, INTEGER(INT64_MIN) },
	{ "big", CELL_INTEGER, NULL, INTEGER(INT64_C(9007199254740993)) },
	{ "tenth", CELL_NUMBER, NULL, REAL(0.1) },
	{ "half", CELL_NUMBER, NULL, REAL(0.5) },
	{ "nan", CELL_NUMBER, NULL, { .kind = CELL_NUMBER, .number = NAN } },
	{ "infinite", CELL_NUMBER, NULL, { .kind = CELL_NUMBER, .number = INFINITY } },
	{ "yes", CELL_BOOLEAN, NULL, { .kind = CELL_BOOLEAN, .integer = 1 } },
	{ "no", CELL_BOOLEAN, NULL, { .kind = CELL_BOOLEAN } },
	{ "empty", CELL_TEXT, NULL, TEXT("") },
	{ "utf8", CELL_TEXT, NULL, TEXT("h\xc3\xa9llo") },
	{ "quoted", CELL_TEXT, NULL, TEXT("a\"b\\c") },
	{ "part", CELL_TEXT, NULL, { .kind = CELL_TEXT, .text = "abcdef", .size = 3 } },
	{ "time", CELL_TIME, NULL, { .kind = CELL_TIME, .integer = 1668196310 } },
	{ "flags", CELL_INTEGER, NULL, INTEGER(5) },
	{ "n", CELL_INTEGER, NULL, { .kind = CELL_NULL } },
	{ "nt", CELL_TEXT, NULL, { .kind = CELL_NULL } },
	{ "nb", CELL_BOOLEAN, NULL, { .kind = CELL_NULL } },
	{ "ntime", CELL_TIME, NULL, { .kind = CELL_NULL } },
};

static const char *near_words[] = { "gen_pid", "gen_name", "time" };
static const struct word_set near = { near_words, COUNT(near_words) };

static bool
find(void *context, const char *name, struct where_column *column)
{
	(void)context;
	for (unsigned i = 0; i < COUNT(columns); i++)
		if (strcmp(columns[i].name, name) == 0) {
			*column = (struct where_column){ i, columns[i].kind, columns[i].unit,
				columns[i].kind == CELL_NUMBER };
			return true;
		}
	return false;
}

static const struct where_names names = { find, NULL, &near };

/* What was asked for. */
static unsigned asked;

static void
get(void *context, unsigned id, struct cell *cell)
{
	(void)context;
	asked++;
	*cell = columns[id].cell;
}

static const char *const hold[] = {
	"gen_pid == 42",
	"gen.name == \"sshd\"",
	"gen_name == gen.name",
	"gen_name != \"ssh\"",
	"gen_name =~ \"^ss\"",
	"gen_name =~ \"^(ss|x?)((h|x+)*d{1,2}){1,}$\"",
	"gen_name =~ \"(x?y*){0,3}(^|a)(s$|s)(x|){2}\"",
	"gen_name =~ \"(a|h)d$\"",
	"gen_name !~ \"^h\"",
	"part =~ \"^abc$\"",
	"part == \"abc\"",
	"cpu . all [3] . stime == 7",
	"cpu.all[3].stime\n<\tutime",
	"utime + cpu.all[3].stime > 100",
	"utime / rss == 0",
	"utime * 1.0 / rss < 0.05",
	"zero == 0 && !zero",
	"gen_pid",
	"flags & 4",
	"flags & 4 == 4",
	"!(flags & 2)",
	"flags & 0x8000000000000000 == 0",
	"most + 1 == null",
	"least - 1 == null",
	"most * 2 == null",
	"-least == null",
	"least / -1 == null",
	"least % -1 == 0",
	"least == -9223372036854775808",
	"most == 9223372036854775807",
	"most == 0x7fffffffffffffff",
	"0xffffffffffffffff == -1",
	"-7 / 2 == -3 && -7 % 2 == -1",
	"big > 9007199254740992.0",
	"9007199254740992.0 < big",
	"most < 9223372036854775808.0",
	"tenth == 0.1",
	"0.1 == tenth && tenth <= 0.1 && tenth >= 0.1",
	"-0.1 < tenth",
	"half * 2 == 1",
	"half > 0 && 0 < half && half < 1",
	"-half == -0.5",
	"1 / zero == null && 1 % zero == null && half / 0 == null",
	"infinite - infinite == null",
	"infinite > most",
	"nan == null",
	"yes && !no",
	"yes == true && no != true",
	"(gen_pid == 42) == yes",
	"empty == \"\"",
	"empty != null",
	"empty =~ \"^$\"",
	"utf8 == \"h\xc3\xa9llo\"",
	"utf8 =~ \"\xc3\xa9\"",
	"quoted == \"a\\\"b\\\\c\"",
	"quoted =~ \"b\\\\\\\\c$\"",
	"gen_name =~ \"[[:alpha:]]{4}\"",
	"time == \"2022-11-11T19:51:50Z\"",
	"time == \"2022-11-11t21:51:50+02:00\"",
	"\"2022-11-11\" < time && time < \"2022-11-12\"",
	"time == 1668196310",
	"time - 10 == \"2022-11-11T19:51:40Z\"",
	"time - time == 0 && 60 + time > time",
	"n == null",
	"null == n",
	"null == null",
	"!(n == 1)",
	"!(n != 1)",
	"!(n > 0 || n <= 0)",
	"n + 1 == null && -n == null && n * half == null",
	"nt == null && !(nt =~ \"a\") && !(nt !~ \"a\") && !(nt != \"a\")",
	"!nb",
	"nb == null && ntime == null && ntime + 1 == null",
	"(yes ? null : 1) == null",
	"null == (no ? 1 : null)",
	"(yes ? 1 : 0.5) == 1.0",
	"nb ? false : true",
	"gen_pid == 1 ? no : gen_pid == 42 ? yes : no",
	"floor(2.75) == 2 && floor(-2.25) == -3 && floor(-2.0) == -2 && floor(utime) == 100",
	"round(2.5) == 3 && round(-2.5) == -3 && round(2.25) == 2 && round(-0.25) == 0",
	"floor(infinite) == infinite && round(4503599627370497.0) == 4503599627370497.0",
	"round(0.49999999999999994) == 0 && floor(4503599627370495.5) == 4503599627370495",
	"min(utime, 7) == 7 && max(utime, 7) == 100 && min(half, 1) == half && max(most, 0.5) > 1000000000000000000.0",
	"min(cpu.all[3].stime, utime) + utime > 106",
	"int(big) == 1 && double(big) == 9007199254740992.0 && float(0.1) == tenth",
	"length(gen_name) == 4 && length(empty) == 0 && length(utf8) == 6",
	"contains(gen_name, \"sh\") && !contains(gen_name, \"hs\") && contains(empty, empty)",
	"starts_with(gen_name, \"ss\") && !starts_with(gen_name, \"sh\")",
	"starts_with(gen_name, \"\") && !starts_with(empty, \"s\") && starts_with(gen.name, gen_name)",
	"lower(\"AbZ[`\") == \"abz[`\" && contains(lower(utf8), \"llo\") && lower(empty) == \"\"",
	"lower(\"A\") == \"a\" && lower(\"B\") == \"b\" && lower(lower(\"C\")) =~ \"^c$\"",
	"lower(lower(lower(lower(lower(\"AB\"))))) == \"ab\" && lower(\"A\") == \"a\" && lower(\"B\") == \"b\" && lower(\"C\") == \"c\"",
	"lower(\"AB\") == lower(\"aB\") && contains(lower(\"XAB\"), lower(\"Ab\")) && !starts_with(lower(\"AB\"), lower(\"B\"))",
	"lower(\"A\") == (lower(\"B\") == (lower(\"C\") == lower(\"c\") ? \"b\" : \"\") ? lower(\"A\") : lower(\"D\"))",
	"lower(gen_name) =~ \"^sshd$\" && lower(\"SSHD\") =~ \"^sshd$\" && contains(lower(\"aSSHDb\"), gen_name) && \"SSHD\" != gen_name",
	"lower(no ? \"X\" : lower(\"Y\")) == (yes ? lower(\"Y\") : \"X\")",
	"version_number(gen_name, 0) == 0 && version_number(part, 1) == 0",
	"lower(nt) == null && length(nt) == null && min(n, 1) == null && max(1.5, n) == null",
	"floor(1 / zero) == null && contains(nt, \"a\") == null && float(nan) == null",
	"contains(nt, \"a\") ? no : yes",
	"zero || gen_pid && (no || !no)",
};

static const char *const fail[] = {
	"gen_pid != 42",
	"n == 1",
	"n != 1",
	"n != null",
	"nt !~ \"x\"",
	"nb",
	"n",
	"n == n",
	"n & 1",
	"big == 9007199254740992.0",
	"most == 9223372036854775808.0",
	"tenth > 0.1",
	"gen_name =~ \"^sh\"",
	"utf8 == \"hello\"",
	"part =~ \"d\"",
	"time < \"2022-11-11\"",
	"1 / zero > 0 || 1 / zero <= 0",
	"yes && nb",
	"contains(nt, \"a\")",
	"starts_with(gen_name, nt)",
	"min(n, 1) < 2",
	"nb == true || n && yes",
};

static bool
holds(const char *text)
{
	struct expr_error error;
	struct where *w = where_compile(text, &names, &error);
	bool result;

	ck_assert_msg(w != NULL, "%s: %s", text, w == NULL ? error.message : "");
	result = where_holds(w, get, NULL);
	where_free(w);
	return result;
}

START_TEST(conditions)
{
	for (size_t i = 0; i < COUNT(hold); i++)
		ck_assert_msg(holds(hold[i]), "%s", hold[i]);
	for (size_t i = 0; i < COUNT(fail); i++)
		ck_assert_msg(!holds(fail[i]), "%s", fail[i]);
}
END_TEST

/* The message, and the column of the caret. */
static const struct {
	const char *text, *message;
	size_t column;
} wrong[] = {
	{ "gen_pdi == 1", "unknown column 'gen_pdi'; did you mean 'gen_pid'?", 1 },
	{ "yes && xyzzy_column", "unknown column 'xyzzy_column'", 8 },
	{ "", "the expression ends where a value should be", 1 },
	{ "gen_pid ==", "the expression ends where a value should be", 11 },
	{ "gen_pid = 1", "'=' cannot stand in an expression", 9 },
	{ "gen_pid == 1 gen_pid", "found 'gen_pid' where an operator should be", 14 },
	{ "(yes", "the expression ends where ')' should be", 5 },
	{ "gen_name == \"a", "the quote is not closed", 13 },
	{ "gen_name =~ gen.name", "found 'gen' where a text in quotes should be", 13 },
	{ "gen_name =~ \"a\\.b\"", "'\\.' is not an escape: write '\\\\.' for a backslash and '.'", 15 },
	{ "utf8 == \"\xc3\xa9\xc3\xa9\" && $", "'$' cannot stand in an expression", 17 },
	{ "gen_pid == \xe2\x82\xac", "'\xe2\x82\xac' cannot stand in an expression", 12 },
	{ "gen_pid == \x01", "'?' cannot stand in an expression", 12 },
	{ "gen_name > 5", "'gen_name' is a text; '>' needs numbers or times", 1 },
	{ "5 < gen_name", "'gen_name' is a text; '<' needs numbers or times", 5 },
	{ "gen_name == 5", "'5' is an integer; '==' needs two texts here", 13 },
	{ "gen_pid == \"42\"", "'42' is a text; '==' needs two numbers here", 12 },
	{ "yes == 1", "'1' is an integer; '==' needs true or false here", 8 },
	{ "gen_pid =~ \"4\"", "'gen_pid' is an integer; '=~' needs a text", 1 },
	{ "gen_name + 1 == 2", "'gen_name' is a text; '+' needs numbers", 1 },
	{ "half & 1", "'half' is a number with a point; '&' needs integers", 1 },
	{ "gen_pid % 1.5 == 0", "'1.5' is a number with a point; '%' needs integers", 11 },
	{ "-gen_name == 1", "'gen_name' is a text; '-' needs a number", 2 },
	{ "!gen_name", "'gen_name' is a text; '!' needs true or false, or an integer", 2 },
	{ "half && yes", "'half' is a number with a point; '&&' needs true or false, or an integer", 1 },
	{ "(gen_pid == 1) + 1 == 2", "the result of '==' is true or false; '+' needs numbers", 10 },
	{ "gen_name", "a condition is true or false, or an integer; this is a text", 1 },
	{ "half", "a condition is true or false, or an integer; this is a number with a point", 1 },
	{ "time", "a condition is true or false, or an integer; this is a time", 1 },
	{ "null", "a condition is true or false, or an integer; this is null", 1 },
	{ "gen_pid < null", "'<' cannot compare with null; '==' and '!=' can", 9 },
	{ "null + 1 == 2", "'null' is null; '+' needs numbers", 1 },
	{ "time > \"yesterday\"", "not a time: write \"2022-11-11T19:51:50Z\", \"2022-11-11\" or seconds since 1970",
	    8 },
	{ "time > \"2022-02-30\"", "not a time: write \"2022-11-11T19:51:50Z\", \"2022-11-11\" or seconds since 1970",
	    8 },
	{ "time > 1.5", "'1.5' is a number with a point; '>' needs a time here", 8 },
	{ "time + time == 1", "'time' is a time; '+' needs an integer behind a time", 8 },
	{ "1 - time == 1", "'time' is a time; '-' needs an integer, unless a time is before it", 5 },
	{ "utime > rss", "ticks and KiB cannot be compared", 7 },
	{ "utime + rss > 1", "ticks and KiB cannot be added", 7 },
	{ "utime - -rss > 1", "ticks and KiB cannot be subtracted", 7 },
	{ "utime + 1 > rss * 1 && utime + 1 > rss - 1", "ticks and KiB cannot be compared", 34 },
	{ "yes ? 1 : gen_name", "':' stands between two values of one type", 5 },
	{ "yes ? null : null", "a condition is true or false, or an integer; this is null", 5 },
	{ "sum(utime) > 1", "unknown function 'sum'", 1 },
	{ "flor(utime) > 1", "unknown function 'flor'; did you mean 'floor'?", 1 },
	{ "sqrt(utime) > 1", "unknown function 'sqrt'", 1 },
	{ "contains(gen_name) && yes", "'contains' needs two texts", 1 },
	{ "contains(gen_name, 5)", "'contains' needs two texts", 1 },
	{ "floor(gen_name) > 1", "'floor' needs a number", 1 },
	{ "length(time) > 1", "'length' needs a text", 1 },
	{ "int(half) == 1", "'int' needs an integer", 1 },
	{ "min(utime, rss) > 1", "ticks and KiB cannot be compared", 1 },
	{ "floor(utime) + rss > 1", "ticks and KiB cannot be added", 14 },
	{ "length(lower(gen_name)) + gen_name > 1", "'gen_name' is a text; '+' needs numbers", 27 },
	{ "lower(gen_name)", "a condition is true or false, or an integer; this is a text", 1 },
	{ "gen_pid == 9223372036854775808", "the largest integer is 9223372036854775807", 12 },
	{ "gen_name =~ \"(a)\\\\1\"", "back-references cannot be used in a regular expression", 13 },
	{ "gen_name =~ \"((a{100}){100}){100}\"", "the regular expression repeats too much", 13 },
	{ "gen_name =~ \"(((((((((((a+)+)+)+)+)+)+)+)+)+)+)\"", "the regular expression repeats too much", 13 },
	{ "gen_name =~ \"a{255}{255}{255}\"", "the regular expression repeats too much", 13 },
	{ "gen_name =~ \"(a**********){100}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"(a***** || *){50}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"((x?y*)+|b){50}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"((a|)*|b*){50}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"((|a)*|b*){50}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"((a{0,3}){2,}|b*){50}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"(($)*|\\\\b*){50}\"", "the regular expression repeats without end what can be empty", 13 },
	{ "gen_name =~ \"(\\\\b+|b){50}\"", "the regular expression repeats without end what can be empty", 13 },
};

START_TEST(errors)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct expr_error error;
		struct where *w = where_compile(wrong[i].text, &names, &error);
		char lines[WHERE_EXPLAIN_SIZE];

		ck_assert_msg(w == NULL, "%s", wrong[i].text);
		ck_assert_str_eq(error.message, wrong[i].message);
		where_explain(lines, wrong[i].text, &error);
		ck_assert_msg((size_t)(strchr(lines, '^') - strchr(lines, '\n')) == wrong[i].column, "%s%zu", lines,
		    (size_t)(strchr(lines, '^') - strchr(lines, '\n')));
	}
}
END_TEST

/* As many texts at a time as parentheses can be within each other. */
START_TEST(many_texts)
{
	char text[8192] = "", *end = text;
	const int depth = EXPR_DEPTH_MAX / 2 - 2;
	struct expr_error error;
	struct where *w;

	for (int i = 0; i < depth; i++)
		end += sprintf(end, "lower(\"%c%d\") == (", 'A' + i % 26, i);
	end += sprintf(end, "yes");
	for (int i = depth; i-- > 0;)
		end += sprintf(end, " ? lower(\"%c%d\") : \"\")", 'A' + i % 26, i);
	w = where_compile(text, &names, &error);
	ck_assert_msg(w != NULL, "%s", error.message);
	ck_assert(where_holds(w, get, NULL));
	where_free(w);
}
END_TEST

/* The C library says what is wrong with a pattern. */
START_TEST(no_pattern)
{
	struct expr_error error;
	char reason[128], expected[256];
	regex_t regex;

	regerror(regcomp(&regex, "(a", REG_EXTENDED | REG_NOSUB), &regex, reason, sizeof reason);
	snprintf(expected, sizeof expected, "not a regular expression: %s", reason);
	ck_assert_ptr_null(where_compile("gen_name =~ \"(a\"", &names, &error));
	ck_assert_str_eq(error.message, expected);
	ck_assert_uint_eq(error.offset, strlen("gen_name =~ "));
	ck_assert_uint_eq(error.length, strlen("\"(a\""));
}
END_TEST

START_TEST(explained)
{
	struct expr_error error = { .offset = 5, .length = 3 };
	char lines[WHERE_EXPLAIN_SIZE], text[401];

	where_explain(lines, "\xc3\xa9\tb\x80xyz", &error);
	ck_assert_str_eq(lines, "\xc3\xa9?b?xyz\n    ^~~\n");
	memset(text, 'a', 400);
	text[400] = '\0';
	error = (struct expr_error){ .offset = 300, .length = 100 };
	where_explain(lines, text, &error);
	ck_assert_int_eq(strncmp(lines, "...aaa", 6), 0);
	ck_assert_uint_eq((size_t)(strchr(lines, '^') - strchr(lines, '\n')), 64);
}
END_TEST

static void
count(void *context, unsigned id)
{
	(void)id;
	++*(unsigned *)context;
}

START_TEST(columns_are_asked_for_as_needed)
{
	struct expr_error error;
	struct where *w = where_compile("gen_pid == 1 && (utime > 1 || gen_pid < 5)", &names, &error);
	unsigned n = 0;

	ck_assert_ptr_nonnull(w);
	where_each_column(w, count, &n);
	ck_assert_uint_eq(n, 2);
	asked = 0;
	ck_assert(!where_holds(w, get, NULL));
	ck_assert_uint_eq(asked, 1);
	where_free(w);
}
END_TEST

/* The most operands at once, and texts as long as can be. */
START_TEST(limits)
{
	char text[WHERE_TEXT_MAX + 2] = "";
	struct expr_error error;

	for (int i = 0; i < 60; i++)
		strcat(text, "1+1*(");
	strcat(text, "1");
	for (int i = 0; i < 60; i++)
		strcat(text, ")");
	ck_assert(holds(text));
	memset(text, ' ', WHERE_TEXT_MAX + 1);
	text[WHERE_TEXT_MAX + 1] = '\0';
	ck_assert_ptr_null(where_compile(text, &names, &error));
	ck_assert_str_eq(error.message, "a condition has at most 4096 bytes");
	memcpy(text, "yes", 3);
	text[WHERE_TEXT_MAX] = '\0';
	ck_assert(holds(text));
}
END_TEST

static TCase *
test_where(void)
{
	TCase *t = tcase_create("where");

	tcase_add_test(t, conditions);
	tcase_add_test(t, errors);
	tcase_add_test(t, many_texts);
	tcase_add_test(t, no_pattern);
	tcase_add_test(t, explained);
	tcase_add_test(t, columns_are_asked_for_as_needed);
	tcase_add_test(t, limits);
	return t;
}

REGISTER(test_where);
