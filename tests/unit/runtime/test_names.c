/*
 * test_names: the words of --tables.
 */
#include "print/format/formats.h"
#include "print/query/names.h"
#include "suites.h"

START_TEST(roles_and_tables_of_all_releases_once_each)
{
	struct names n = {NULL, 0};

	ck_assert(names_add_roles(&n));
	ck_assert_uint_eq(n.count, 4);
	ck_assert_str_eq(n.list[0], "rawheader");
	ck_assert_str_eq(n.list[3], "tstat");
	names_free(&n);
	ck_assert(format_csv.add_words(&n));
	ck_assert_uint_eq(n.count, 4);
	ck_assert(names_have(&n, "sstat.cpu"));
	ck_assert(!names_have(&n, "rawrecord"));
	names_free(&n);
}
END_TEST

static const struct {
	const char	*word, *nearest;
} words[] = {
	{"tsat", "tstat"}, {"sstat.cpus", "sstat.cpu"}, {"stat", "sstat"}, {"cpu", "sstat.cpu"},
	{"tstats", "tstat"},
	{"x", NULL}, {"", NULL}, {"process", NULL}, {"rawheaders", "rawheader"},
	{"a name that is longer than any word could be and then still goes on for some more", NULL}
};

START_TEST(the_nearest)
{
	struct names n = {NULL, 0};

	ck_assert(format_csv.add_words(&n));
	ck_assert_pstr_eq(names_nearest(&n, words[_i].word), words[_i].nearest);
	names_free(&n);
}
END_TEST

TCase *
test_names(void)
{
	TCase *t = tcase_create("names");

	tcase_add_test(t, roles_and_tables_of_all_releases_once_each);
	tcase_add_loop_test(t, the_nearest, 0, sizeof words / sizeof words[0]);
	return t;
}
