/*
 * put_text: the bytes are chosen by processes of the recorded machine. No byte beyond the given size is read, and nothing
 * that is not UTF-8 is copied.
 */
#include <stdbool.h>

#include "print/text/put_text.h"
#include "rawlog/base/load.h"
#include "rawlog/base/swar.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/*
 * The length of the well-formed UTF-8 sequence at `p`, of which `left` bytes can be read: 1 to 4; 0 if there
 * is none. The second byte's range is what excludes overlong forms, surrogates, and what lies beyond
 * U+10FFFF.
 */
static size_t
sequence_length(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length, i;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (length > left)
		return 0;
	switch (p[0]) {
	case 0xe0: low = 0xa0; break;
	case 0xed: high = 0x9f; break;
	case 0xf0: low = 0x90; break;
	case 0xf4: high = 0x8f; break;
	}
	if (p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < length; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return length;
}

/* The bytes before the first NUL, `size` at most. */
static size_t
text_length(const char *bytes, size_t size)
{
	const char *nul = memchr(bytes, 0, size);

	return nul == NULL ? size : (size_t)(nul - bytes);
}

/*
 * Copies the bytes at `bytes`, `size` at most, up to the first one that `plain` does not accept; returns their number.
 * `plain` tests eight bytes at a time, so the last seven bytes are never copied.
 */
static inline size_t
copy_words(char *w, const char *bytes, size_t size, size_t (*plain)(const char *p))
{
	size_t i = 0, n = 8;

	while (n == 8 && size - i >= 8) {
		memcpy(w + i, bytes + i, 8);
		n = plain(bytes + i);
		i += n;
	}
	return i;
}

/* --- characters that act on their reader ---------------------------------------------------------------- */

/* Of the following, `p` is a sequence of which sequence_length says `length`. A control character, or no character. */
static bool
is_control(const unsigned char *p, size_t length)
{
	return length == 0 || p[0] < 0x20 || p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0);
}

/* A control of writing direction, which changes the order in which text is shown: U+061C, 200E-F, 202A-E, 2066-9. */
static bool
is_direction(const unsigned char *p, size_t length)
{
	if (length == 2)
		return p[0] == 0xd8 && p[1] == 0x9c;
	if (length != 3 || p[0] != 0xe2)
		return false;
	return p[1] == 0x80 ? p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xaa && p[2] <= 0xae)
			    : p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
}

/* U+2028 and 2029, which end a line for some readers. */
static bool
is_line_end(const unsigned char *p, size_t length)
{
	return length == 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9);
}

/* The character that a well-formed sequence stands for. */
static uint32_t
code_point(const unsigned char *p, size_t length)
{
	uint32_t code = length == 1 ? p[0] : p[0] & (0x7fu >> length);

	for (size_t i = 1; i < length; i++)
		code = code << 6 | (p[i] & 0x3f);
	return code;
}

/* --- JSON ----------------------------------------------------------------------------------------------- */

/*
 * How many of the eight bytes at `p` need no more than copying, before the first that is NUL or another control, quote,
 * backslash, DEL, or not ASCII. A borrow or carry can only come from a byte that is marked itself, and go to bytes
 * behind it.
 */
static inline size_t
plain_bytes(const char *p)
{
	const uint64_t word = load_u64((const unsigned char *)p, ORDER_LITTLE);
	const uint64_t below_space = word - SWAR_EACH(0x20);
	const uint64_t above_tilde = word | (word + SWAR_EACH(1));
	const uint64_t care = ((below_space | above_tilde) & SWAR_HIGH) | swar_mark(word, '"') | swar_mark(word, '\\');

	return care == 0 ? 8 : swar_zeros(care);
}

static inline bool
is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* A byte that is not plain, by its value. */
static char *
put_escape(char *w, unsigned char byte)
{
	static const char letters[] = "btn\0fr"; /* from 0x08 */

	if (byte == '"' || byte == '\\') {
		*w++ = '\\';
		*w++ = (char)byte;
		return w;
	}
	if (byte >= 0x08 && byte <= 0x0d && byte != 0x0b) {
		*w++ = '\\';
		*w++ = letters[byte - 0x08];
		return w;
	}
	w = PUT(w, "\\u00");
	return put_csv_hex(w, (const char *)&byte, 1);
}

char *
put_json_byte(char *w, unsigned char byte)
{
	if (!is_plain(byte))
		return put_escape(w, byte);
	*w = (char)byte;
	return w + 1;
}

/*
 * The character at `p`, which is not plain; sets `length` to the bytes taken, and `bad` if they are not
 * UTF-8.
 */
static char *
put_careful(char *w, const unsigned char *p, size_t left, size_t *length, bool *bad)
{
	size_t n = sequence_length(p, left);

	*length = n > 0 ? n : 1;
	if (n == 0) {
		*bad = true;
		return PUT(w, REPLACEMENT);
	}
	if (n == 1)
		return put_escape(w, p[0]);
	if (p[0] == 0xc2 && p[1] < 0xa0)
		return put_escape(w, p[1]);
	if (is_direction(p, n) || is_line_end(p, n)) {
		const uint32_t code = code_point(p, n);
		const char bytes[] = { (char)(code >> 8), (char)code };

		return put_csv_hex(PUT(w, "\\u"), bytes, sizeof bytes);
	}
	memcpy(w, p, n);
	return w + n;
}

/* Copies the plain bytes at `bytes`, `size` at most; returns how many there are. */
static inline size_t
copy_plain(char *w, const char *bytes, size_t size)
{
	size_t i = copy_words(w, bytes, size, plain_bytes);

	if (size - i >= 8) /* the byte at `i` is not plain */
		return i;
	for (; i < size && is_plain((unsigned char)bytes[i]); i++)
		w[i] = bytes[i];
	return i;
}

/* A JSON string of the bytes up to the first NUL, which are counted in `used`; `bad`: they are not valid UTF-8. */
static char *
put_string(char *w, const char *bytes, size_t size, size_t *used, bool *bad)
{
	size_t i = 0, length;

	*bad = false;
	*w++ = '"';
	for (;;) {
		length = copy_plain(w, bytes + i, size - i);
		w += length;
		i += length;
		if (i == size || bytes[i] == '\0')
			break;
		w = put_careful(w, (const unsigned char *)bytes + i, size - i, &length, bad);
		i += length;
	}
	*w++ = '"';
	*used = i;
	return w;
}

char *
put_long_json_text(char *w, const char *bytes, size_t size, const char *hex_key)
{
	size_t used, length;
	bool bad;

	w = put_string(w, bytes, size, &used, &bad);
	if (!bad || hex_key == NULL)
		return w;
	length = strlen(hex_key);
	memcpy(w, hex_key, length);
	return put_json_hex(w + length, bytes, used);
}

char *
put_json_both(char *w, const char *bytes, size_t size, const char *bytes_key)
{
	const size_t length = strlen(bytes_key);
	size_t used;
	bool bad;

	w = put_string(w, bytes, size, &used, &bad);
	memcpy(w, bytes_key, length);
	w += length;
	return bad ? put_json_hex(w, bytes, used) : PUT(w, "null");
}

/* --- for terminals and spreadsheets --------------------------------------------------------------------- */

/* Puts each of the `size` bytes as \x1b. */
static char *
put_bytes(char *w, const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		w = put_csv_hex(PUT(w, "\\x"), (const char *)p + i, 1);
	return w;
}

char *
put_visible(char *w, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t n;

	for (; size > 0; p += n, size -= n) {
		const size_t length = sequence_length(p, size);

		n = length > 0 ? length : 1;
		if (is_control(p, length) || is_direction(p, length) || is_line_end(p, length)) {
			w = put_bytes(w, p, n);
		} else {
			memcpy(w, p, n);
			w += n;
		}
	}
	return w;
}

/* Skipped to find out what a cell begins with: controls, white space, and what has no width. */
static bool
is_blank(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} blanks[] = { { 0, 0x20 }, { 0x7f, 0xa0 }, { 0xad, 0xad }, { 0x61c, 0x61c }, { 0x1680, 0x1680 },
		{ 0x180e, 0x180e }, { 0x2000, 0x200f }, { 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 },
		{ 0xfeff, 0xfeff } };

	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
		if (code >= blanks[i].first && code <= blanks[i].last)
			return true;
	return false;
}

/* What a formula begins with, full-width forms too. */
static bool
is_formula_sign(uint32_t code)
{
	switch (code) {
	case '=':
	case '+':
	case '-':
	case '@':
	case 0xff1d:
	case 0xff0b:
	case 0xff0d:
	case 0xff20: return true;
	default: return false;
	}
}

/* Whether the text at `p` would be taken for a formula, or begins as what makes some programs skip to one. */
static bool
begins_formula(const unsigned char *p, size_t size)
{
	size_t n;

	if (size > 0 && (p[0] == '\t' || p[0] == '\r' || p[0] == '\n'))
		return true;
	for (; size > 0 && (n = sequence_length(p, size)) > 0; p += n, size -= n) {
		const uint32_t code = code_point(p, n);

		if (!is_blank(code))
			return is_formula_sign(code);
	}
	return false;
}

/* Whether a ' belongs before byte `i` of a text. In some countries a semicolon separates cells. */
static bool
is_marked(const unsigned char *p, size_t i, size_t size)
{
	return (i == 0 || p[i - 1] == ';') && begins_formula(p + i, size - i);
}

/* --- CSV ------------------------------------------------------------------------------------------------ */

/* How many of the eight bytes at `p` a CSV cell can hold unquoted, and are neither NUL nor beyond ASCII. */
static inline size_t
plain_cell_bytes(const char *p)
{
	const uint64_t word = load_u64((const unsigned char *)p, ORDER_LITTLE);
	const uint64_t care = (word & SWAR_HIGH) | swar_mark(word, '\0') | swar_mark(word, '"') | swar_mark(word, ',') |
	    swar_mark(word, '\r') | swar_mark(word, '\n');

	return care == 0 ? 8 : swar_zeros(care);
}

/* Properties of a text that a CSV cell depends on. */
struct csv_needs {
	bool quotes;
	bool bad; /* not UTF-8 */
};

static struct csv_needs
csv_needs(const unsigned char *p, size_t size)
{
	struct csv_needs needs = { false, false };
	size_t i, n;

	for (i = 0; i < size; i += n) {
		n = sequence_length(p + i, size - i);
		if (n == 0) {
			needs.bad = true;
			n = 1;
		}
		if (p[i] == '"' || p[i] == ',' || p[i] == '\r' || p[i] == '\n')
			needs.quotes = true;
	}
	return needs;
}

/* A cell of `size` bytes, none of them NUL. */
static char *
put_careful_cell(char *w, const unsigned char *p, size_t size, struct csv_needs needs)
{
	size_t i, n;

	if (!needs.quotes && !needs.bad) {
		memcpy(w, p, size);
		return w + size;
	}
	if (needs.quotes)
		*w++ = '"';
	for (i = 0; i < size; i += n) {
		n = sequence_length(p + i, size - i);
		if (n == 0) {
			n = 1;
			w = PUT(w, REPLACEMENT);
			continue;
		}
		if (p[i] == '"')
			*w++ = '"';
		memcpy(w, p + i, n);
		w += n;
	}
	if (needs.quotes)
		*w++ = '"';
	return w;
}

/* Whether a character is not shown as it is in such a cell. */
static bool
is_replaced(const unsigned char *p, size_t length)
{
	return is_control(p, length) || is_direction(p, length);
}

/* A cell of `size` bytes, none of them NUL, that a spreadsheet shows and does nothing else with. */
static char *
put_safe_cell(char *w, const unsigned char *p, size_t size)
{
	const bool quotes = memchr(p, ',', size) != NULL || memchr(p, '"', size) != NULL;
	size_t i, n;

	if (quotes)
		*w++ = '"';
	for (i = 0; i < size; i += n) {
		const size_t length = sequence_length(p + i, size - i);

		n = length > 0 ? length : 1;
		if (is_marked(p, i, size))
			*w++ = '\'';
		if (p[i] == '"')
			*w++ = '"';
		if (is_replaced(p + i, length)) {
			w = put_bytes(w, p + i, n);
		} else {
			memcpy(w, p + i, n);
			w += n;
		}
	}
	if (quotes)
		*w++ = '"';
	return w;
}

/* Whether put_safe_cell leaves the text as it is. */
static bool
is_safe(const unsigned char *p, size_t size)
{
	size_t i, length;

	for (i = 0; i < size; i += length) {
		length = sequence_length(p + i, size - i);
		if (is_replaced(p + i, length) || is_marked(p, i, size))
			return false;
	}
	return true;
}

char *
put_csv_cell(char *w, const char *bytes, size_t size, unsigned print)
{
	const unsigned char *p = (const unsigned char *)bytes;

	size_t plain;

	if (size == 0 || bytes[0] == '\0')
		return PUT(w, "\"\"");
	if (print & PRINT_CSV_SAFE)
		return put_safe_cell(w, p, text_length(bytes, size));
	plain = copy_words(w, bytes, size, plain_cell_bytes);
	if (plain == size || bytes[plain] == '\0')
		return w + plain;
	size = text_length(bytes, size);
	return put_careful_cell(w, p, size, csv_needs(p, size));
}

char *
put_csv_bytes(char *w, const char *bytes, size_t size, unsigned print)
{
	const unsigned char *p = (const unsigned char *)bytes;

	size = text_length(bytes, size);
	if (print & PRINT_CSV_SAFE ? is_safe(p, size) : !csv_needs(p, size).bad)
		return w;
	return put_csv_hex(w, bytes, size);
}

char *
put_json_bytes(char *w, const char *bytes, size_t size)
{
	size = text_length(bytes, size);
	return csv_needs((const unsigned char *)bytes, size).bad ? put_json_hex(w, bytes, size) : PUT(w, "null");
}

/* The two cells of a text that was not scanned yet. */
static char *
put_careful_cells(char *w, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	const struct csv_needs needs = csv_needs(p, size);

	w = PUT(put_careful_cell(w, p, size, needs), ",");
	return needs.bad ? put_csv_hex(w, bytes, size) : w;
}

static char *
put_safe_cells(char *w, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;

	w = PUT(put_safe_cell(w, p, size), ",");
	return is_safe(p, size) ? w : put_csv_hex(w, bytes, size);
}

char *
put_long_csv_text(char *w, const char *bytes, size_t size, unsigned print)
{
	size_t plain;

	if (print & PRINT_CSV_SAFE)
		return put_safe_cells(w, bytes, text_length(bytes, size));
	plain = copy_words(w, bytes, size, plain_cell_bytes);
	if (plain < size && bytes[plain] == '\0')
		return PUT(w + plain, ",");
	return put_careful_cells(w, bytes, text_length(bytes, size));
}
