/*
 * test_keys: tables of keys, and numbers in all their forms.
 */
#include "fixture.h"

#include <string.h>

#include "read/keys.h"
#include "unit.h"

struct thing {
	struct word name;
	uint64_t size;
	bool big;
};

static const struct key key_list[] = {
	{ "name", keys_word, offsetof(struct thing, name), true },
	{ "size", keys_uint64, offsetof(struct thing, size), false },
	{ "big", keys_bool, offsetof(struct thing, big), false },
};

static const struct key_table table = { "a thing", key_list, sizeof(key_list) / sizeof(key_list[0]) };

static bool
read_thing(const char *text, struct thing *thing)
{
	struct reader r = { .arena = &fixture_arena, .diag = &fixture_diag };

	return keys_read(&r, &table, document_parse(&fixture_arena, &fixture_diag, fixture_source(text)), thing);
}

START_TEST(read)
{
	struct thing thing = { .size = 5 };

	ck_assert(read_thing("{big: true, name: x, size: 0x10}", &thing));
	ck_assert_str_eq(thing.name.text, "x");
	ck_assert_uint_eq(thing.size, 16);
	ck_assert(thing.big);
	ck_assert_errors(0);
}
END_TEST

START_TEST(unknown_and_missing)
{
	struct thing thing = { .size = 5 };

	ck_assert(!read_thing("{sizes: 1, colour: red}", &thing));
	ck_assert_errors(3);
	ck_assert_message("1:1: error: a thing needs the key 'name'");
	ck_assert_message("1:2: error: unknown key 'sizes' in a thing; did you mean 'size'? (known: name, size, big)");
	ck_assert_message("1:12: error: unknown key 'colour' in a thing (known: name, size, big)");
	ck_assert_uint_eq(thing.size, 5);
}
END_TEST

START_TEST(misspelt_is_not_missing)
{
	struct thing thing = { .size = 5 };

	ck_assert(!read_thing("{nmae: x}", &thing));
	ck_assert_errors(1);
}
END_TEST

START_TEST(wrong_values)
{
	struct thing thing = { .size = 5 };

	ck_assert(read_thing("{name: [x], size: big, big: 1}", &thing));
	ck_assert_errors(3);
	ck_assert_ptr_null(thing.name.text);
	ck_assert_uint_eq(thing.size, 5);
	ck_assert(!read_thing("[x]", &thing));
	ck_assert_message("a thing must be a mapping");
}
END_TEST

START_TEST(numbers)
{
	static const char *const bad[] = {
		"",
		"-1",
		"+1",
		"01",
		"0x",
		"0xg",
		"1a",
		" 1",
		"1 ",
		"0X1",
		"18446744073709551616",
		"0x10000000000000000",
	};
	uint64_t value = 7;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!keys_parse_number(bad[i], strlen(bad[i]), &value), "%s", bad[i]);
	ck_assert_uint_eq(value, 7);
	ck_assert(keys_parse_number("0", 1, &value) && value == 0);
	ck_assert(keys_parse_number("12345", 3, &value) && value == 123);
	ck_assert(keys_parse_number("0xFeedBeef", 10, &value) && value == 0xfeedbeef);
	ck_assert(keys_parse_number("18446744073709551615", 20, &value) && value == UINT64_MAX);
	ck_assert(keys_parse_number("0xffffffffffffffff", 18, &value) && value == UINT64_MAX);
}
END_TEST

static TCase *
test_keys(void)
{
	const TTest *const tests[] = {
		read,
		unknown_and_missing,
		misspelt_is_not_missing,
		wrong_values,
		numbers,
	};

	return fixture_case("keys", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_keys);
