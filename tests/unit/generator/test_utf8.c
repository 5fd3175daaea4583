/*
 * test_utf8: what is a character, and which are control characters.
 */
#include "fixture.h"

#include <string.h>

#include "base/utf8.h"
#include "unit.h"

static int32_t
decode(const char *text, size_t *length)
{
	return utf8_decode(text, strlen(text), length);
}

START_TEST(well_formed)
{
	static const struct {
		const char *text;
		int32_t c;
		size_t length;
	} cases[] = {
		{ "a", 'a', 1 },
		{ "\xc3\xa9", 0xe9, 2 },
		{ "\xe2\x82\xac", 0x20ac, 3 },
		{ "\xf0\x9f\x98\x80", 0x1f600, 4 },
		{ "\xed\x9f\xbf", 0xd7ff, 3 },
		{ "\xf4\x8f\xbf\xbf", 0x10ffff, 4 },
		{ "\x7f", 0x7f, 1 },
	};
	size_t length;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ck_assert_int_eq(decode(cases[i].text, &length), cases[i].c);
		ck_assert_uint_eq(length, cases[i].length);
	}
}
END_TEST

START_TEST(ill_formed)
{
	static const char *const cases[] = {
		"\x80",
		"\xbf",
		"\xc3",
		"\xc3(",
		"\xe2\x82",
		"\xe2(\xac",
		"\xf0\x9f\x98",
		"\xf8\x88\x80\x80\x80",
		"\xff",
		"\xc0\x80",
		"\xc1\xbf",
		"\xe0\x80\x80",
		"\xf0\x80\x80\x80",
		"\xed\xa0\x80",
		"\xf4\x90\x80\x80",
	};
	size_t length;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ck_assert_int_eq(decode(cases[i], &length), -1);
		ck_assert_uint_eq(length, 1);
	}
}
END_TEST

START_TEST(controls)
{
	static const int32_t yes[] = {
		0,
		7,
		'\t',
		'\n',
		'\r',
		0x1f,
		0x7f,
		0x85,
		0x9f,
		0x2028,
		0x202e,
		0x2066,
		0xfeff,
	};
	static const int32_t no[] = { ' ', '~', 0xa0, 0x20ac, 0x1f600 };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		ck_assert(utf8_is_control(yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		ck_assert(!utf8_is_control(no[i]));
}
END_TEST

static TCase *
test_utf8(void)
{
	const TTest *const tests[] = { well_formed, ill_formed, controls };

	return fixture_case("utf8", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_utf8);
