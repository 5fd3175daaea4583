/*
 * test_word_set: the words of --tables.
 */
#include "print/format/formats.h"
#include "print/query/query_words.h"
#include "unit.h"

START_TEST(roles_and_tables_of_all_releases_once_each)
{
	struct word_set n = { NULL, 0 };

	ck_assert(query_words_of_roles(&n));
	ck_assert_uint_eq(n.count, 4);
	ck_assert_str_eq(n.words[0], "rawheader");
	ck_assert_str_eq(n.words[3], "tstat");
	word_set_free(&n);
	ck_assert(format_csv.add_words(&n));
	ck_assert_uint_eq(n.count, 6);
	ck_assert(word_set_has(&n, "sstat_cpu"));
	ck_assert(word_set_has(&n, "damage"));
	word_set_free(&n);
}
END_TEST

static const struct {
	const char *word, *nearest;
} words[] = { { "tsat", "tstat" }, { "sstat.cpu", "sstat_cpu" }, { "stat", "sstat" }, { "cpu", NULL },
	{ "tstats", "tstat" }, { "x", NULL }, { "", NULL }, { "sstta", "sstat" }, { "sttta", NULL },
	{ "process", NULL }, { "rawheaders", "rawheader" },
	{ "a name that is longer than any word could be and then still goes on for some more", NULL } };

START_TEST(the_nearest)
{
	struct word_set n = { NULL, 0 };

	ck_assert(format_csv.add_words(&n));
	ck_assert_pstr_eq(word_set_nearest(&n, words[_i].word), words[_i].nearest);
	word_set_free(&n);
}
END_TEST

static TCase *
test_word_set(void)
{
	TCase *t = tcase_create("word_set");

	tcase_add_test(t, roles_and_tables_of_all_releases_once_each);
	tcase_add_loop_test(t, the_nearest, 0, sizeof words / sizeof words[0]);
	return t;
}

REGISTER(test_word_set);
