/*
 * test_put_text: text that somebody else chose.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "print/text/character.h"
#include "print/text/put_csv.h"
#include "print/text/put_text.h"
#include "unit.h"

#define ROOM    1024
#define HEX_KEY ",\"name_hex\":"
#define BAD     "\xef\xbf\xbd"

static const struct {
	const char *bytes;
	size_t size;
	const char *text; /* without the quotes and the hex sibling */
	const char *hex;  /* NULL: no sibling */
} texts[] = { { "", 0, "", NULL }, { "\0abc", 4, "", NULL }, { "bash", 4, "bash", NULL },
	{ "bash\0garbage", 12, "bash", NULL }, { "exactly sixteen!", 16, "exactly sixteen!", NULL },
	{ "a \"quoted\" \\ word", 17, "a \\\"quoted\\\" \\\\ word", NULL },
	{ "\b\f\n\r\t\v\x01\x1f", 8, "\\b\\f\\n\\r\\t\\u000b\\u0001\\u001f", NULL }, { "\x7f", 1, "\\u007f", NULL },
	{ "/usr", 4, "/usr", NULL }, { "gr\xc3\xbc\xc3\x9f", 6, "gr\xc3\xbc\xc3\x9f", NULL },
	{ "\xe2\x82\xac\xf0\x9f\x90\xa7", 7, "\xe2\x82\xac\xf0\x9f\x90\xa7", NULL },
	{ "\xc2\x80\xc2\x9f\xc2\xa0", 6, "\\u0080\\u009f\xc2\xa0", NULL }, { "\xff", 1, BAD, "ff" },
	{ "a\x80z", 3, "a" BAD "z", "61807a" }, { "\xc0\x80", 2, BAD BAD, "c080" }, { "\xc1\xbf", 2, BAD BAD, "c1bf" },
	{ "\xe0\x9f\xbf", 3, BAD BAD BAD, "e09fbf" }, { "\xed\xa0\x80", 3, BAD BAD BAD, "eda080" },
	{ "\xf0\x8f\xbf\xbf", 4, BAD BAD BAD BAD, "f08fbfbf" }, { "\xf4\x90\x80\x80", 4, BAD BAD BAD BAD, "f4908080" },
	{ "\xf5\x80\x80\x80", 4, BAD BAD BAD BAD, "f5808080" },
	{ "\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80", 10, "\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80", NULL },
	{ "cut \xe2\x82", 6, "cut " BAD BAD, "63757420e282" },
	{ "cut \xe2\x82\0\xac", 8, "cut " BAD BAD, "63757420e282" },
	{ "\xe2\x82\xe2\x82\xac", 5, BAD BAD "\xe2\x82\xac", "e282e282ac" } };

START_TEST(json_text)
{
	char got[ROOM], want[ROOM];

	snprintf(want, sizeof want, "\"%s\"%s%s%s%s", texts[_i].text, texts[_i].hex != NULL ? HEX_KEY : "",
	    texts[_i].hex != NULL ? "\"" : "", texts[_i].hex != NULL ? texts[_i].hex : "",
	    texts[_i].hex != NULL ? "\"" : "");
	*put_json_text(got, texts[_i].bytes, texts[_i].size, HEX_KEY) = '\0';
	ck_assert_str_eq(got, want);
}
END_TEST

/* In a table the exact bytes always follow, or null. */
START_TEST(json_text_in_a_table)
{
	const char *hex = texts[_i].hex, *quote = hex != NULL ? "\"" : "";
	char got[ROOM], want[ROOM];

	*put_json_both(got, texts[_i].bytes, texts[_i].size, HEX_KEY) = '\0';
	snprintf(want, sizeof want, "\"%s\"" HEX_KEY "%s%s%s", texts[_i].text, quote, hex != NULL ? hex : "null",
	    quote);
	ck_assert_str_eq(got, want);
	*put_json_bytes(got, texts[_i].bytes, texts[_i].size) = '\0';
	ck_assert_str_eq(got, strstr(want, HEX_KEY) + strlen(HEX_KEY));
}
END_TEST

/* Encodes `code` as UTF-8 whether it may be or not. */
static size_t
encode(char *p, unsigned code)
{
	if (code < 0x80) {
		p[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		p[0] = (char)(0xc0 | code >> 6);
		p[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		p[0] = (char)(0xe0 | code >> 12);
		p[1] = (char)(0x80 | (code >> 6 & 0x3f));
		p[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	p[0] = (char)(0xf0 | code >> 18);
	p[1] = (char)(0x80 | (code >> 12 & 0x3f));
	p[2] = (char)(0x80 | (code >> 6 & 0x3f));
	p[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

START_TEST(every_code_point_passes_unless_it_is_none)
{
	char bytes[4], got[ROOM];
	unsigned code;

	for (code = 0xa0; code < 0x120000; code++) {
		size_t size = encode(bytes, code);
		bool real = code < 0xd800 || (code > 0xdfff && code < 0x110000);

		*put_csv_cell(got, bytes, size, 0) = '\0';
		if (real ? strlen(got) != size || memcmp(got, bytes, size) != 0
			 : strlen(got) != 3 * size || memcmp(got, BAD, 3) != 0)
			ck_abort_msg("U+%04X", code); /* an assertion for each code point would take seconds */
	}
}
END_TEST

START_TEST(every_byte_at_every_place_of_a_word)
{
	char bytes[24], alone[ROOM], got[ROOM], want[ROOM];
	size_t at;
	int byte;

	for (byte = 1; byte < 128; byte++)
		for (at = 0; at < 17; at++) {
			memset(bytes, 'x', sizeof bytes);
			bytes[at] = (char)byte;
			*put_json_text(got, bytes, 17, HEX_KEY) = '\0';
			*put_json_byte(alone, (unsigned char)byte) = '\0';
			memset(want, '\0', sizeof want);
			want[0] = '"';
			memset(want + 1, 'x', at);
			strcat(want, alone);
			if (byte == '\b' || byte == '\f' || byte == '\n' || byte == '\r' || byte == '\t')
				ck_assert_uint_eq(strlen(alone), 2);
			memset(want + strlen(want), 'x', 17 - at - 1);
			strcat(want, "\"");
			ck_assert_str_eq(got, want);
		}
}
END_TEST

/* A text of each size is valid until one of its bytes, wherever it stands, belongs to no character; nor does the end cut one. */
START_TEST(valid_texts_of_each_size)
{
	for (size_t size = 1; size <= 27; size++)
		for (size_t at = 0; at < size; at++) {
			char text[32];

			memset(text, 'x', sizeof text);
			ck_assert(character_all_valid(text, size));
			text[at] = '\x80';
			ck_assert_msg(!character_all_valid(text, size), "byte %zu of %zu", at, size);
			text[at] = '\xc3';
			ck_assert_msg(!character_all_valid(text, size), "half a character, byte %zu of %zu", at, size);
			text[at + 1] = '\xa9';
			ck_assert_msg(character_all_valid(text, size) == (at + 1 < size),
			    "a character, byte %zu of %zu", at, size);
			text[size] = '\x80';
			if (at + 1 < size)
				ck_assert_msg(character_all_valid(text, size), "what is behind %zu bytes", size);
		}
}
END_TEST

START_TEST(no_byte_beyond_the_size_is_read)
{
	static const char bytes[] = "eight by\xff\xff\xff\xff\xff\xff\xff";
	char got[ROOM];

	*put_json_text(got, bytes, 8, HEX_KEY) = '\0';
	ck_assert_str_eq(got, "\"eight by\"");
	*put_json_text(got, "\xe2\x82\xac", 2, HEX_KEY) = '\0';
	ck_assert_str_eq(got, "\"" BAD BAD "\"" HEX_KEY "\"e282\"");
}
END_TEST

START_TEST(room_is_never_exceeded)
{
	char bytes[64], got[ROOM];
	int byte;

	for (byte = 1; byte < 256; byte++) {
		memset(bytes, byte, sizeof bytes);
		ck_assert(put_json_text(got, bytes, 64, "") <= got + PUT_JSON_TEXT_MAX(64));
		ck_assert(put_csv_text(got, bytes, 64, 0) <= got + PUT_CSV_TEXT_MAX(64) + 1 + PUT_HEX_MAX(64));
		ck_assert(put_csv_cell(got, bytes, 64, PRINT_CSV_SAFE) <= got + PUT_CSV_TEXT_MAX(64));
		ck_assert(put_visible(got, bytes, 64) <= got + PUT_VISIBLE_MAX(64));
	}
}
END_TEST

static const struct {
	const char *bytes;
	size_t size;
	const char *cell;
	const char *hex;
} cells[] = { { "", 0, "\"\"", "" }, { "\0abc", 4, "\"\"", "" }, { "plain text", 10, "plain text", "" },
	{ "text\0garbage", 12, "text", "" }, { "a,b", 3, "\"a,b\"", "" }, { "say \"hi\"", 8, "\"say \"\"hi\"\"\"", "" },
	{ "two\nlines\r", 10, "\"two\nlines\r\"", "" }, { "\xc3\xbc", 2, "\xc3\xbc", "" },
	{ "\xff\xfe", 2, BAD BAD, "fffe" }, { "\xff,", 2, "\"" BAD ",\"", "ff2c" }, { " x", 2, "\" x\"", "" },
	{ "x ", 2, "\"x \"", "" }, { " ", 1, "\" \"", "" }, { "x\t\0y", 4, "\"x\t\"", "" }, { "\tx", 2, "\"\tx\"", "" },
	{ "a word. \0", 9, "\"a word. \"", "" }, { "two words: a b ", 15, "\"two words: a b \"", "" },
	{ "two words: a b \0", 16, "\"two words: a b \"", "" }, { " two words: a b.", 16, "\" two words: a b.\"", "" },
	{ "16 bytes of text ", 17, "\"16 bytes of text \"", "" }, { "\xff ", 2, "\"" BAD " \"", "ff20" } };

START_TEST(csv_text)
{
	char got[ROOM], want[ROOM];

	*put_csv_cell(got, cells[_i].bytes, cells[_i].size, 0) = '\0';
	ck_assert_str_eq(got, cells[_i].cell);
	snprintf(want, sizeof want, "%s,%s", cells[_i].cell, cells[_i].hex);
	*put_csv_text(got, cells[_i].bytes, cells[_i].size, 0) = '\0';
	ck_assert_str_eq(got, want);
	*put_csv_bytes(got, cells[_i].bytes, cells[_i].size, 0) = '\0';
	ck_assert_str_eq(got, cells[_i].hex);
}
END_TEST

/*
 * Writes to `want` the cell of `size` bytes at `bytes`. Only the byte at `at` is special: NUL ends the text; another one makes it
 * quoted, unless it is a blank before the last byte.
 */
static void
write_cell(char *want, const char *bytes, size_t size, size_t at)
{
	const bool quoted = bytes[at] != '\0' && (bytes[at] != ' ' || at + 1 == size);

	if (quoted)
		*want++ = '"';
	for (size_t i = 0; i < size && bytes[i] != '\0'; i++) {
		if (bytes[i] == '"')
			*want++ = '"';
		*want++ = bytes[i];
	}
	if (quoted)
		*want++ = '"';
	*want = '\0';
}

/* What is behind the text is not looked at. */
START_TEST(csv_text_of_each_size)
{
	static const char special[] = { '\0', '"', ',', '\n', ' ' };
	char bytes[32], got[ROOM], want[ROOM];

	for (size_t size = 2; size < 24; size++)
		for (size_t at = 1; at < size; at++)
			for (size_t i = 0; i < sizeof special; i++) {
				memset(bytes, ',', sizeof bytes);
				memset(bytes, 'x', size);
				bytes[at] = special[i];
				write_cell(want, bytes, size, at);
				*put_csv_cell(got, bytes, size, 0) = '\0';
				ck_assert_str_eq(got, want);
			}
}
END_TEST

static const struct {
	const char *bytes, *cell, *hex;
} safe_cells[] = { { "a\xe2\x80\xae"
		     "b",
		       "a\\xe2\\x80\\xae"
		       "b",
		       "61e280ae62" },
	{ "\xd8\x9c", "\\xd8\\x9c", "d89c" }, { "\xe2\x81\xa9=1", "'\\xe2\\x81\\xa9=1", "e281a93d31" },
	{ "a\xe2\x80\xa8"
	  "b\xe2\x81\xaa",
	    "a\xe2\x80\xa8"
	    "b\xe2\x81\xaa",
	    "" },
	{ "", "\"\"", "" }, { "plain text", "plain text", "" }, { "a,\"b", "\"a,\"\"b\"", "" }, { "a=b", "a=b", "" },
	{ "'=1", "'=1", "" }, { "\\x1b", "\\x1b", "" }, { "=1+1", "'=1+1", "3d312b31" }, { "+1", "'+1", "2b31" },
	{ "-bash", "'-bash", "2d62617368" }, { "@SUM(1)", "'@SUM(1)", "4053554d283129" },
	{ "=a,\"b", "\"'=a,\"\"b\"", "3d612c2262" }, { " \xc2\xa0=1", "' \xc2\xa0=1", "20c2a03d31" },
	{ "\xef\xbb\xbf-1", "'\xef\xbb\xbf-1", "efbbbf2d31" },
	{ "\xef\xbc\x9d"
	  "1",
	    "'\xef\xbc\x9d"
	    "1",
	    "efbc9d31" },
	{ "\xef\xbc\x8b", "'\xef\xbc\x8b", "efbc8b" }, { "\xef\xbc\x8d", "'\xef\xbc\x8d", "efbc8d" },
	{ "\xef\xbc\xa0", "'\xef\xbc\xa0", "efbca0" }, { "\xe2\x88\x92", "\xe2\x88\x92", "" }, { "\t", "'\\x09", "09" },
	{ "\r\n", "'\\x0d\\x0a", "0d0a" }, { "a\nb", "a\\x0ab", "610a62" }, { "\x1b[31m", "\\x1b[31m", "1b5b33316d" },
	{ "\x7f\xc2\x80\xc2\x9f\xc2\xa0", "\\x7f\\xc2\\x80\\xc2\\x9f\xc2\xa0", "7fc280c29fc2a0" },
	{ "\x7f=", "'\\x7f=", "7f3d" }, { "\xff=1", "\\xff=1", "ff3d31" }, { "a;b;", "a;b;", "" },
	{ "a; =1;-2", "a;' =1;'-2", "613b203d313b2d32" }, { "   ", "\"   \"", "" }, { " a", "\" a\"", "" },
	{ "=1 ", "\"'=1 \"", "3d3120" } };

START_TEST(csv_text_for_spreadsheets)
{
	const size_t size = strlen(safe_cells[_i].bytes);
	char got[ROOM], want[ROOM];

	*put_csv_cell(got, safe_cells[_i].bytes, size, PRINT_CSV_SAFE) = '\0';
	ck_assert_str_eq(got, safe_cells[_i].cell);
	snprintf(want, sizeof want, "%s,%s", safe_cells[_i].cell, safe_cells[_i].hex);
	*put_csv_text(got, safe_cells[_i].bytes, size, PRINT_CSV_SAFE) = '\0';
	ck_assert_str_eq(got, want);
	*put_csv_bytes(got, safe_cells[_i].bytes, size, PRINT_CSV_SAFE) = '\0';
	ck_assert_str_eq(got, safe_cells[_i].hex);
}
END_TEST

START_TEST(visible_text)
{
	static const char bytes[] = "a\x1b[0m\n\x7f\xc2\x9b\xc3\xb6\xff\xe2\x82";
	char got[ROOM];

	*put_visible(got, bytes, sizeof bytes - 1) = '\0';
	ck_assert_str_eq(got, "a\\x1b[0m\\x0a\\x7f\\xc2\\x9b\xc3\xb6\\xff\\xe2\\x82");
}
END_TEST

START_TEST(single_bytes)
{
	char got[ROOM];

	*put_json_byte(got, 'a') = '\0';
	ck_assert_str_eq(got, "a");
	*put_json_byte(got, 0) = '\0';
	ck_assert_str_eq(got, "\\u0000");
	*put_json_byte(got, '"') = '\0';
	ck_assert_str_eq(got, "\\\"");
	*put_json_byte(got, 0xe4) = '\0';
	ck_assert_str_eq(got, "\\u00e4");
}
END_TEST

static TCase *
test_put_text(void)
{
	TCase *t = tcase_create("put_text");

	tcase_add_loop_test(t, json_text, 0, sizeof texts / sizeof texts[0]);
	tcase_add_loop_test(t, json_text_in_a_table, 0, sizeof texts / sizeof texts[0]);
	tcase_add_test(t, every_code_point_passes_unless_it_is_none);
	tcase_add_test(t, every_byte_at_every_place_of_a_word);
	tcase_add_test(t, valid_texts_of_each_size);
	tcase_add_test(t, no_byte_beyond_the_size_is_read);
	tcase_add_test(t, room_is_never_exceeded);
	tcase_add_loop_test(t, csv_text, 0, sizeof cells / sizeof cells[0]);
	tcase_add_test(t, csv_text_of_each_size);
	tcase_add_loop_test(t, csv_text_for_spreadsheets, 0, sizeof safe_cells / sizeof safe_cells[0]);
	tcase_add_test(t, visible_text);
	tcase_add_test(t, single_bytes);
	return t;
}

REGISTER(test_put_text);
