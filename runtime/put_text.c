/*
 * put_text: the text primitives of put.h: bytes that somebody else chose, made into valid JSON and CSV. Must
 * not read a byte beyond the size given, nor let anything through that is not UTF-8.
 */
#include <stdbool.h>

#include "put.h"

#define REPLACEMENT	"\xef\xbf\xbd"		/* U+FFFD */

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
	case 0xe0:	low = 0xa0;	break;
	case 0xed:	high = 0x9f;	break;
	case 0xf0:	low = 0x90;	break;
	case 0xf4:	high = 0x8f;	break;
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

/* --- JSON ----------------------------------------------------------------------------------------------- */

#define EACH_BYTE(b)	(UINT64_C(0x0101010101010101) * (b))
#define HIGH_BITS	EACH_BYTE(0x80)

/*
 * Whether any of the eight bytes at `p` needs more than copying: NUL and other controls, quote, backslash,
 * DEL, and whatever is not ASCII. Looks at all eight at once; a borrow or carry can only come from a byte
 * that needs care itself.
 */
static inline bool
needs_care(const char *p)
{
	uint64_t word, below_space, quote, backslash, above_tilde;

	memcpy(&word, p, sizeof word);
	below_space = word - EACH_BYTE(0x20);
	quote = (word ^ EACH_BYTE('"')) - EACH_BYTE(1);
	backslash = (word ^ EACH_BYTE('\\')) - EACH_BYTE(1);
	above_tilde = word | (word + EACH_BYTE(1));
	return ((below_space | quote | backslash | above_tilde) & HIGH_BITS) != 0;
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
	static const char letters[] = "btn\0fr";	/* from 0x08 */

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
	memcpy(w, p, n);
	return w + n;
}

char *
put_json_text(char *w, const char *bytes, size_t size, const char *hex_key)
{
	bool bad = false;
	size_t i = 0, length;

	*w++ = '"';
	for (;;) {
		while (size - i >= 8 && !needs_care(bytes + i)) {
			memcpy(w, bytes + i, 8);
			w += 8;
			i += 8;
		}
		while (i < size && is_plain((unsigned char)bytes[i]))
			*w++ = bytes[i++];
		if (i == size || bytes[i] == '\0')
			break;
		w = put_careful(w, (const unsigned char *)bytes + i, size - i, &length, &bad);
		i += length;
	}
	*w++ = '"';
	if (!bad)
		return w;
	length = strlen(hex_key);
	memcpy(w, hex_key, length);
	return put_json_hex(w + length, bytes, i);
}

/* --- CSV ------------------------------------------------------------------------------------------------ */

/* What a text holds that a CSV cell must see to. */
struct csv_needs {
	bool	quotes;
	bool	bad;		/* not UTF-8 */
};

static struct csv_needs
csv_needs(const unsigned char *p, size_t size)
{
	struct csv_needs needs = {false, false};
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

char *
put_csv_text(char *w, const char *bytes, size_t size)
{
	const unsigned char *p = (const unsigned char *)bytes;
	struct csv_needs needs;
	size_t i, n;

	size = text_length(bytes, size);
	needs = csv_needs(p, size);
	if (!needs.quotes && !needs.bad) {
		memcpy(w, bytes, size);
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

char *
put_csv_text_hex(char *w, const char *bytes, size_t size)
{
	size = text_length(bytes, size);
	return csv_needs((const unsigned char *)bytes, size).bad ? put_csv_hex(w, bytes, size) : w;
}
