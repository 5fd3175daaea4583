/*
 * expr: what is asked of trees and literals.
 */
#include "expr/expr.h"

static unsigned
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A' + 10);
	return 16;
}

bool
expr_number(const char *text, size_t length, uint64_t *value)
{
	const bool hex = length > 2 && text[0] == '0' && text[1] == 'x';
	const unsigned base = hex ? 16 : 10;
	uint64_t sum = 0;

	if (length == 0 || (!hex && length > 1 && text[0] == '0'))
		return false;
	for (size_t i = hex ? 2 : 0; i < length; i++) {
		const unsigned digit = digit_value(text[i]);

		if (digit >= base || sum > (UINT64_MAX - digit) / base)
			return false;
		sum = sum * base + digit;
	}
	*value = sum;
	return true;
}

void
expr_each_path(const struct expr *e, void (*found)(const struct expr *path, void *context), void *context)
{
	if (e->kind == EXPR_PATH)
		found(e, context);
	for (size_t i = 0; i < e->nargs; i++)
		expr_each_path(e->args[i], found, context);
}
