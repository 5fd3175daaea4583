/*
 * put_text: the bytes are chosen by processes of the recorded machine. No byte beyond the given size is read, and nothing
 * that is not UTF-8 is copied.
 */
#include "print/text/put_text.h"
#include "print/text/character.h"
#include "rawlog/base/load.h"
#include "rawlog/base/swar.h"

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
	size_t n = character_length(p, left);

	*length = n > 0 ? n : 1;
	if (n == 0) {
		*bad = true;
		return PUT(w, CHARACTER_REPLACEMENT);
	}
	if (n == 1)
		return put_escape(w, p[0]);
	if (p[0] == 0xc2 && p[1] < 0xa0)
		return put_escape(w, p[1]);
	if (character_is_direction(p, n) || character_is_line_end(p, n)) {
		const uint32_t code = character_code(p, n);
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
	size_t i = character_copy_words(w, bytes, size, plain_bytes);

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
	size_t used;
	bool bad;

	w = put_string(w, bytes, size, &used, &bad);
	if (!bad || hex_key == NULL)
		return w;
	return put_json_hex(stpcpy(w, hex_key), bytes, used);
}

char *
put_json_both(char *w, const char *bytes, size_t size, const char *bytes_key)
{
	size_t used;
	bool bad;

	w = put_string(w, bytes, size, &used, &bad);
	w = stpcpy(w, bytes_key);
	return bad ? put_json_hex(w, bytes, used) : PUT(w, "null");
}

char *
put_json_bytes(char *w, const char *bytes, size_t size)
{
	size = character_text_length(bytes, size);
	return character_all_valid(bytes, size) ? PUT(w, "null") : put_json_hex(w, bytes, size);
}

/* --- for terminals --------------------------------------------------------------------------------------- */

char *
put_byte_values(char *w, const unsigned char *p, size_t size)
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
		const size_t length = character_length(p, size);

		n = length > 0 ? length : 1;
		if (character_is_control(p, length) || character_is_direction(p, length) ||
		    character_is_line_end(p, length)) {
			w = put_byte_values(w, p, n);
		} else {
			memcpy(w, p, n);
			w += n;
		}
	}
	return w;
}

/* --- UTF-8 as it is ------------------------------------------------------------------------------------- */

char *
put_utf8(char *w, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t n;

	for (; size > 0; p += n, size -= n) {
		n = character_length(p, size);
		if (n == 0) {
			n = 1;
			w = PUT(w, CHARACTER_REPLACEMENT);
			continue;
		}
		memcpy(w, p, n);
		w += n;
	}
	return w;
}
