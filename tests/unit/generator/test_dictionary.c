/*
 * test_dictionary: how rows of field dictionaries refer to texts.
 */
#include "fixture.h"

#include "emit/emit_dictionary.h"
#include "unit.h"

static void
check_text(struct dictionary *dict, const char *text, const char *expected)
{
	ck_assert_str_eq(dictionary_text(dict, text), expected);
}

START_TEST(words_are_named_by_themselves_and_other_texts_by_their_hash)
{
	struct dictionary *dict = dictionary_make(&fixture_arena);

	check_text(dict, "utime", "WORD(utime)");
	check_text(dict, "unsigned int", "WORDS(f0981eeb, \"unsigned int\")");
	check_text(dict, "say \"x\"", "WORDS(59864e28, \"say \\\"x\\\"\")");
	check_text(dict, "utime", "WORD(utime)");
}
END_TEST

START_TEST(texts_with_equal_hashes_have_different_names)
{
	struct dictionary *dict = dictionary_make(&fixture_arena);

	for (int i = 0; i < 2; i++) {
		check_text(dict, "text 79568", "WORDS(b170117b, \"text 79568\")");
		check_text(dict, "text 664010", "WORDS(b170117c, \"text 664010\")");
	}
}
END_TEST

static TCase *
test_dictionary(void)
{
	const TTest *const tests[] = {
		words_are_named_by_themselves_and_other_texts_by_their_hash,
		texts_with_equal_hashes_have_different_names,
	};

	return fixture_case("dictionary", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_dictionary);
