/*
 * put_csv: text of any content as cells of CSV. Space is asked for as stated in put.h.
 */
#ifndef PUT_CSV_H
#define PUT_CSV_H

#include "print/text/put.h"

#define PUT_CSV_TEXT_MAX(n) (3 + 4 * (n))

/* The same as put_csv_cell, of a text that has bytes. */
char *put_long_csv_cell(char *w, const char *bytes, size_t size, unsigned print);

/*
 * The bytes up to the first NUL, `size` at most, as a cell of CSV (RFC 4180). It is quoted only if it must be, or if it begins
 * or ends with a blank or a tab, which some readers drop otherwise. A text without bytes is "". With PRINT_CSV_SAFE a ' is put
 * before the text, or before what follows a semicolon in it, if a spreadsheet could take that for a formula; white space
 * before the formula does not count. Then put_visible's replacements are made too, except for U+2028 and 2029.
 */
static inline char *
put_csv_cell(char *w, const char *bytes, size_t size, unsigned print)
{
	return size == 0 || bytes[0] == '\0' ? PUT(w, "\"\"") : put_long_csv_cell(w, bytes, size, print);
}

/* The same of a text of one byte, which is mostly a letter. */
static inline char *
put_csv_letter(char *w, const char *letter, unsigned print)
{
	if ((unsigned char)((*letter | 0x20) - 'a') >= 26)
		return put_csv_cell(w, letter, 1, print);
	*w = *letter;
	return w + 1;
}

/* The exact bytes of the same text in hex, if put_csv_cell shows others; else nothing. */
char *put_csv_bytes(char *w, const char *bytes, size_t size, unsigned print);

/* The text as put_csv_cell writes it, a comma, and its exact bytes as put_csv_bytes writes them. */
char *put_long_csv_text(char *w, const char *bytes, size_t size, unsigned print);

static inline char *
put_csv_text(char *w, const char *bytes, size_t size, unsigned print)
{
	return size == 0 || bytes[0] == '\0' ? PUT(w, "\"\",") : put_long_csv_text(w, bytes, size, print);
}

#endif
