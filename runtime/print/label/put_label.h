/*
 * put_label: the values of labels as printf writes them. Space is asked for as stated in text/put.h; what stands before `w`
 * belongs to the same line. Integers are cut to the width of their conversion.
 */
#ifndef PUT_LABEL_H
#define PUT_LABEL_H

#include "print/label/label.h"
#include "print/text/put.h"

#define PUT_LABEL_REAL_MAX    352 /* the largest double, and some digits behind the point */
#define PUT_LABEL_LETTER_MAX  6
#define PUT_LABEL_TEXT_MAX(n) (6 * (n) + 16)
#define PUT_LABEL_PATH_MAX    PUT_LABEL_TEXT_MAX(4096)

/* What is done to a text, beside what the style says. */
#define LABEL_WORD   1u /* words: in parentheses, or without blanks */
#define LABEL_HASH   2u /* upstream puts # for " and \ */
#define LABEL_ESCAPE 4u /* upstream doubles each \, and cuts what is then more than 16 bytes longer */
#define LABEL_PLAIN  8u /* words: a blank is escaped too, because no parentheses tell where the text ends */

static inline char *
put_blank(char *w)
{
	*w = ' ';
	return w + 1;
}

/* %d, %u, %x, %lld, %llu, %hd */
static inline char *
put_d(char *w, int64_t value)
{
	return put_i64(w, (int32_t)value);
}

static inline char *
put_u(char *w, int64_t value)
{
	return put_u64(w, (uint32_t)value);
}

char *put_x(char *w, int64_t value);

static inline char *
put_lld(char *w, int64_t value)
{
	return put_i64(w, value);
}

static inline char *
put_llu(char *w, int64_t value)
{
	return put_u64(w, (uint64_t)value);
}

static inline char *
put_hd(char *w, int64_t value)
{
	return put_i64(w, (int16_t)value);
}

/* %ld, where the recorder's type has `size` bytes. */
static inline char *
put_ld(char *w, int64_t value, size_t size)
{
	return size == 4 ? put_i64(w, (int32_t)value) : put_i64(w, value);
}

/*
 * a / b as the x87 computes it and printf prints it: rounded to 64 significant bits, and the result to a double. Halves are rounded to
 * the even neighbour. 0 if b is 0.
 */
double label_wide_quotient(int64_t a, int64_t b);

/* %5d; %05d with `zeros` */
char *put_wide_d(char *w, int64_t value, size_t width, bool zeros);

/* %WIDTH.PRECISIONf; what is not a number as inf, -inf, nan or -nan */
char *put_real(char *w, double value, int width, int precision);

/* The same as a number of JSON: null if it is not one, unless upstream's bytes are wanted. */
char *put_number(char *w, const struct label_row *row, double value, int width, int precision);

/* %c */
char *put_any_letter(char *w, const struct label_row *row, int64_t value);

static inline char *
put_letter(char *w, const struct label_row *row, int64_t value)
{
	if (value <= ' ' || value >= 0x7f || value == '"' || value == '\\')
		return put_any_letter(w, row, value);
	*w = (char)value;
	return w + 1;
}

/* %s, and %.Ns where `cut` is not 0, which holds only as upstream writes it: the bytes up to the first NUL, `size` at most. */
char *put_text(char *w, const struct label_row *row, const char *bytes, size_t size, size_t cut, unsigned how);

/* The path of the cgroup that the row's element is or is in. */
char *put_path(char *w, const struct label_row *row, size_t cut, unsigned how);

/* The processes of the row's cgroup: words, or an array of numbers. Writes out what is before; returns where to go on. */
char *put_pids(char *w, const struct label_row *row);

/* In place of a value that is not known, or that the log's release lacks. */
static inline char *
put_none(char *w, const struct label_row *row)
{
	return row->style->json ? PUT(w, "null") : PUT(w, "-");
}

#endif
