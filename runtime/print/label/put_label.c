/*
 * put_label: real numbers come from snprintf, whose locale is the program's: C. Texts are the only values that a process of
 * the recorded machine chooses.
 */
#include "print/label/put_label.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "print/text/put_text.h"
#include "rawlog/base/load.h"
#include "rawlog/base/swar.h"

#define WIDE_BITS   64 /* of the mantissa of the x87 */
#define ESCAPE_MORE 16 /* bytes by which upstream lets an escaped text grow */

char *
put_x(char *w, int64_t value)
{
	static const char digits[] = "0123456789abcdef";
	const uint32_t number = (uint32_t)value;
	unsigned shift = 0;

	while (shift < 28 && number >> shift >> 4 != 0)
		shift += 4;
	for (;; shift -= 4) {
		*w++ = digits[number >> shift & 15];
		if (shift == 0)
			return w;
	}
}

char *
put_wide_d(char *w, int64_t value, size_t width, bool zeros)
{
	char text[PUT_INTEGER_MAX + PUT_SLACK];
	char *end = put_d(text, value);
	const char *p = text;
	size_t size = (size_t)(end - text);

	if (zeros && *p == '-') {
		*w++ = *p++;
		size--;
		width -= width > 0;
	}
	for (; width > size; width--)
		*w++ = zeros ? '0' : ' ';
	memcpy(w, p, size);
	return w + size;
}

/* Without the lowest `cut` bits, rounded; halves go to the even neighbour. */
static uint64_t
round_bits(uint64_t bits, unsigned cut)
{
	const uint64_t half = UINT64_C(1) << (cut - 1), low = bits & (2 * half - 1), kept = bits >> cut;

	return kept + (low > half || (low == half && (kept & 1) != 0));
}

double
label_wide_quotient(int64_t a, int64_t b)
{
	const uint64_t x = a < 0 ? 0 - (uint64_t)a : (uint64_t)a, y = b < 0 ? 0 - (uint64_t)b : (uint64_t)b;
	uint64_t bits, rest;
	int halvings = 0;
	double result;

	if (x == 0 || y == 0)
		return 0;
	bits = x / y;
	rest = x % y;
	for (; bits >> (WIDE_BITS - 1) == 0; halvings++) {
		rest *= 2;
		bits = bits << 1 | (rest >= y);
		rest -= rest >= y ? y : 0;
	}
	if ((2 * rest > y || (2 * rest == y && (bits & 1) != 0)) && bits < UINT64_MAX)
		bits++; /* all ones round to the same double without it */
	result = (double)round_bits(bits, WIDE_BITS - DBL_MANT_DIG);
	for (halvings -= WIDE_BITS - DBL_MANT_DIG; halvings > 0; halvings--)
		result /= 2;
	for (; halvings < 0; halvings++)
		result *= 2;
	return (a < 0) == (b < 0) ? result : -result;
}

char *
put_real(char *w, double value, int width, int precision)
{
	const int size = snprintf(w, PUT_LABEL_REAL_MAX, "%*.*f", width, precision, value);

	return w + (size < PUT_LABEL_REAL_MAX ? size : PUT_LABEL_REAL_MAX - 1);
}

char *
put_number(char *w, const struct label_row *row, double value, int width, int precision)
{
	if (row->style->json && !row->style->compat && !isfinite(value))
		return put_none(w, row);
	return put_real(w, value, width, precision);
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static bool
is_control(unsigned char byte)
{
	return byte < 0x20 || byte == 0x7f;
}

static char *
put_escaped_byte(char *w, unsigned char byte)
{
	return put_byte_values(w, &byte, 1);
}

char *
put_any_letter(char *w, const struct label_row *row, int64_t value)
{
	const unsigned char byte = (unsigned char)value;

	if (!row->style->compat && row->style->json)
		return byte == '\0' ? w : put_json_byte(w, byte);
	if (!row->style->compat && is_control(byte))
		return put_escaped_byte(w, byte);
	*w = (char)byte;
	return w + 1;
}

/* A text as upstream puts it into JSON. */
static char *
put_upstream_json(char *w, const char *bytes, size_t size, unsigned how)
{
	const size_t most = size + ESCAPE_MORE;
	char *const start = w;

	for (size_t i = 0; i < size; i++) {
		if ((how & LABEL_HASH) != 0 && (bytes[i] == '"' || bytes[i] == '\\')) {
			*w++ = '#';
			continue;
		}
		if ((how & LABEL_ESCAPE) != 0 && bytes[i] == '\\')
			*w++ = '\\';
		*w++ = bytes[i];
	}
	return (how & LABEL_ESCAPE) != 0 && (size_t)(w - start) > most ? start + most : w;
}

/* The inside of a JSON string: the quote before it takes the place of what stands before `w`, for a moment. */
static char *
put_json_inside(char *w, const char *bytes, size_t size)
{
	const char before = w[-1];
	char *end;

	if (size == 0)
		return w;
	end = put_json_text(w - 1, bytes, size, NULL);
	w[-1] = before;
	return end - 1;
}

/* How many of the eight bytes at `p` need no more than copying, before the first that is a control, or a blank. */
static inline size_t
plain_bytes(const char *p, bool blanks_too)
{
	const uint64_t word = load_u64((const unsigned char *)p, ORDER_LITTLE);
	const uint64_t below = (word - SWAR_EACH(0x20)) & ~word & SWAR_HIGH;
	const uint64_t care = below | swar_mark(word, 0x7f) | (blanks_too ? swar_mark(word, ' ') : 0);

	return care == 0 ? 8 : swar_zeros(care);
}

/* A byte that is a control or a blank, among words. */
static char *
put_special(char *w, const struct label_style *style, unsigned char byte, unsigned how)
{
	if (byte == ' ' && (how & LABEL_WORD) != 0 && style->no_spaces)
		byte = '_';
	else if (!style->compat && (is_control(byte) || (byte == ' ' && (how & LABEL_PLAIN) != 0)))
		return put_escaped_byte(w, byte);
	*w = (char)byte;
	return w + 1;
}

/* The bytes of a text among words, up to the first NUL. */
static char *
put_words(char *w, const struct label_style *style, const char *bytes, size_t size, unsigned how)
{
	const bool blanks_too = (how & LABEL_PLAIN) != 0 || style->no_spaces;
	size_t i = 0;

	while (i < size) {
		if (size - i >= 8) {
			const size_t plain = plain_bytes(bytes + i, blanks_too);

			memcpy(w, bytes + i, 8);
			w += plain;
			i += plain;
			if (plain == 8)
				continue;
		}
		if (bytes[i] == '\0')
			break;
		w = put_special(w, style, (unsigned char)bytes[i++], how);
	}
	return w;
}

static char *
put_text_of_words(char *w, const struct label_style *style, const char *bytes, size_t size, unsigned how)
{
	const bool enclosed = (how & LABEL_WORD) != 0 && !style->no_spaces;

	if (enclosed)
		*w++ = '(';
	else if ((how & LABEL_WORD) != 0 && (size == 0 || bytes[0] == '\0'))
		*w++ = '_';
	w = put_words(w, style, bytes, size, how);
	if (enclosed)
		*w++ = ')';
	return w;
}

char *
put_text(char *w, const struct label_row *row, const char *bytes, size_t size, size_t cut, unsigned how)
{
	const struct label_style *style = row->style;
	const char *nul;
	char *end;

	if (!style->json)
		return put_text_of_words(w, style, bytes, size, how);
	nul = memchr(bytes, '\0', size);
	if (nul != NULL)
		size = (size_t)(nul - bytes);
	if (!style->compat)
		return put_json_inside(w, bytes, size);
	end = put_upstream_json(w, bytes, size, how);
	return cut > 0 && (size_t)(end - w) > cut ? w + cut : end;
}

char *
put_path(char *w, const struct label_row *row, size_t cut, unsigned how)
{
	return put_text(w, row, row->path != NULL ? row->path : "", row->path_size, cut, how);
}

/* --- processes ---------------------------------------------------------------------------------------------------- */

char *
put_pids(char *w, const struct label_row *row)
{
	const struct row_cgroup *group = row->row->cgroup;
	const bool json = row->style->json;

	if (group == NULL || !group->has_pids)
		return put_none(w, row);
	if (json)
		*w++ = '[';
	for (size_t i = 0; i < group->npids; i++) {
		writer_commit(row->out, w);
		w = writer_room(row->out, row->room + PUT_SLACK);
		if (i > 0)
			w = json ? PUT(w, ", ") : PUT(w, " ");
		w = put_d(w, row_pid(group, i));
	}
	if (json)
		*w++ = ']';
	return w;
}
