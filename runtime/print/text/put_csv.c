/*
 * put_csv: the bytes are chosen by processes of the recorded machine: no byte beyond the given size is read, and nothing
 * that is not UTF-8 is copied.
 */
#include "print/text/put_csv.h"
#include "print/text/character.h"
#include "print/text/put_text.h"
#include "rawlog/base/load.h"
#include "rawlog/base/swar.h"

/* --- formulas ----------------------------------------------------------------------------------------------- */

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
	for (; size > 0 && (n = character_length(p, size)) > 0; p += n, size -= n) {
		const uint32_t code = character_code(p, n);

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

/* --- cells ---------------------------------------------------------------------------------------------------- */

/* How many of the eight bytes in `word`, the lowest first, a CSV cell can hold unquoted, and are neither NUL nor beyond ASCII. */
static inline size_t
plain_in_word(uint64_t word)
{
	const uint64_t care = (word & SWAR_HIGH) | swar_mark(word, '\0') | swar_mark(word, '"') | swar_mark(word, ',') |
	    swar_mark(word, '\r') | swar_mark(word, '\n');

	return care == 0 ? 8 : swar_zeros(care);
}

/* The same of the eight bytes at `p`. */
static inline size_t
plain_cell_bytes(const char *p)
{
	return plain_in_word(load_u64((const unsigned char *)p, ORDER_LITTLE));
}

/* Whether a text, not empty, begins or ends with what some readers drop from a cell that is not quoted. */
static inline bool
is_padded(const char *bytes, size_t size)
{
	const char first = bytes[0], last = bytes[size - 1];

	return first == ' ' || first == '\t' || last == ' ' || last == '\t';
}

/* Properties of a text that a CSV cell depends on. */
struct csv_needs {
	bool quotes;
	bool bad; /* not UTF-8 */
};

static struct csv_needs
csv_needs(const unsigned char *p, size_t size)
{
	struct csv_needs needs = { size > 0 && is_padded((const char *)p, size), false };
	size_t i, n;

	for (i = 0; i < size; i += n) {
		n = character_length(p + i, size - i);
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
		n = character_length(p + i, size - i);
		if (n == 0) {
			n = 1;
			w = PUT(w, CHARACTER_REPLACEMENT);
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
	return character_is_control(p, length) || character_is_direction(p, length);
}

/* A cell of `size` bytes, none of them NUL, that a spreadsheet shows and does nothing else with. */
static char *
put_safe_cell(char *w, const unsigned char *p, size_t size)
{
	const bool quotes = memchr(p, ',', size) != NULL || memchr(p, '"', size) != NULL ||
	    (size > 0 && ((p[0] == ' ' && !is_marked(p, 0, size)) || p[size - 1] == ' '));
	size_t i, n;

	if (quotes)
		*w++ = '"';
	for (i = 0; i < size; i += n) {
		const size_t length = character_length(p + i, size - i);

		n = length > 0 ? length : 1;
		if (is_marked(p, i, size))
			*w++ = '\'';
		if (p[i] == '"')
			*w++ = '"';
		if (is_replaced(p + i, length)) {
			w = put_byte_values(w, p + i, n);
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
		length = character_length(p + i, size - i);
		if (is_replaced(p + i, length) || is_marked(p, i, size))
			return false;
	}
	return true;
}

/*
 * Copies the last `size` bytes of a text, fewer than a word, as far as a cell can hold them unquoted. Returns how many. The
 * bytes behind them in the word are 0, or stand for others of them, where parts of the word overlap.
 */
static inline size_t
copy_plain_end(char *w, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	uint64_t word = 0;

	if (size >= 4)
		word = load_u32(p, ORDER_LITTLE) | (uint64_t)load_u32(p + size - 4, ORDER_LITTLE) << 8 * (size - 4);
	else if (size >= 2)
		word = load_u16(p, ORDER_LITTLE) | (uint64_t)load_u16(p + size - 2, ORDER_LITTLE) << 8 * (size - 2);
	else if (size == 1)
		word = p[0];
	put_word(w, word);
	return plain_in_word(word);
}

/* A cell that is perhaps quoted, or not as the text is. */
static char *
put_other_cell(char *w, const char *bytes, size_t size, unsigned print)
{
	const unsigned char *p = (const unsigned char *)bytes;

	size = character_text_length(bytes, size);
	if (print & PRINT_CSV_SAFE)
		return put_safe_cell(w, p, size);
	return put_careful_cell(w, p, size, csv_needs(p, size));
}

char *
put_long_csv_cell(char *w, const char *bytes, size_t size, unsigned print)
{
	size_t plain;

	if (print & PRINT_CSV_SAFE)
		return put_other_cell(w, bytes, size, print);
	plain = character_copy_words(w, bytes, size, plain_cell_bytes);
	if (size - plain < sizeof(uint64_t))
		plain += copy_plain_end(w + plain, bytes + plain, size - plain);
	if ((plain == size || bytes[plain] == '\0') && !is_padded(bytes, plain))
		return w + plain;
	return put_other_cell(w, bytes, size, print);
}

char *
put_csv_bytes(char *w, const char *bytes, size_t size, unsigned print)
{
	const unsigned char *p = (const unsigned char *)bytes;

	size = character_text_length(bytes, size);
	if (print & PRINT_CSV_SAFE ? is_safe(p, size) : character_all_valid(bytes, size))
		return w;
	return put_csv_hex(w, bytes, size);
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
		return put_safe_cells(w, bytes, character_text_length(bytes, size));
	plain = character_copy_words(w, bytes, size, plain_cell_bytes);
	if (plain < size && bytes[plain] == '\0' && !is_padded(bytes, plain))
		return PUT(w + plain, ",");
	return put_careful_cells(w, bytes, character_text_length(bytes, size));
}
