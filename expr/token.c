/*
 * token: finds where a token ends; what it stands for is left to parse.c.
 */
#include "expr/token.h"

#include <ctype.h>
#include <string.h>

/* Operators of two characters stand before those of one. */
static const char *const signs[] = {
	"||",
	"&&",
	"==",
	"!=",
	"=~",
	"!~",
	"<=",
	">=",
	"<",
	">",
	"&",
	"+",
	"-",
	"*",
	"/",
	"%",
	"!",
	"(",
	")",
	"?",
	":",
	",",
	".",
	"[",
	"]",
};

/* The length of the name that `text` begins with; 0: none. */
static size_t
name_length(const char *text)
{
	size_t length = 0;

	if (isdigit((unsigned char)*text))
		return 0;
	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

/* The length of the number that `text` begins with, letters directly behind it included. */
static size_t
number_length(const char *text, bool *real)
{
	size_t length = 0;

	*real = false;
	if (!isdigit((unsigned char)*text))
		return 0;
	while (isalnum((unsigned char)text[length]))
		length++;
	if (text[length] == '.' && isdigit((unsigned char)text[length + 1])) {
		*real = true;
		for (length++; isdigit((unsigned char)text[length]); length++)
			continue;
	}
	return length;
}

/* A letter or a text with its quotes. 0: the closing one is missing. */
static size_t
quoted_length(const char *text, bool escapes)
{
	size_t i = 1;

	while (text[i] != '\0' && text[i] != text[0])
		i += escapes && text[i] == '\\' && text[i + 1] != '\0' ? 2 : 1;
	return text[i] != '\0' ? i + 1 : 0;
}

static void
set_token(struct tokens *t, enum token_kind kind, const char *start, size_t length)
{
	t->token = (struct token){ kind, start, length };
	t->next = start + length;
}

static void
read_sign(struct tokens *t, const char *start)
{
	const int character = expr_character(start, strlen(start));
	const int length = character > 0 ? character : -character;

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strncmp(start, signs[i], strlen(signs[i])) == 0) {
			set_token(t, TOKEN_SIGN, start, strlen(signs[i]));
			return;
		}
	set_token(t, TOKEN_END, start, 0);
	if (!t->failed)
		expr_error_set(t->error, (size_t)(start - t->text), (size_t)length,
		    "'%.*s' cannot stand in an expression", length, start);
	t->failed = true;
}

static void
read_quoted(struct tokens *t, const char *start)
{
	const size_t length = quoted_length(start, *start == '"' && !t->plain);

	if (length == 0 && !t->failed) {
		t->failed = true;
		expr_error_set(t->error, (size_t)(start - t->text), 1, "the quote is not closed");
	}
	set_token(t, *start == '"' ? TOKEN_TEXT : TOKEN_LETTER, start, length > 0 ? length : strlen(start));
}

void
token_advance(struct tokens *t)
{
	const char *start = t->next + strspn(t->next, t->plain ? " " : " \t\r\n");
	const size_t name = name_length(start);
	bool real;
	const size_t number = number_length(start, &real);

	if (*start == '\0')
		set_token(t, TOKEN_END, start, 0);
	else if (name > 0)
		set_token(t, TOKEN_NAME, start, name);
	else if (number > 0)
		set_token(t, real ? TOKEN_REAL : TOKEN_INTEGER, start, number);
	else if (*start == '\'' || *start == '"')
		read_quoted(t, start);
	else
		read_sign(t, start);
}

void
token_fail(struct tokens *t, const char *expected)
{
	const struct token *token = &t->token;
	const size_t offset = (size_t)(token->start - t->text);
	char shown[EXPR_SHOWN_SIZE];

	if (t->failed)
		return;
	t->failed = true;
	if (token->kind == TOKEN_END)
		expr_error_set(t->error, offset, 0, "the expression ends where %s should be", expected);
	else
		expr_error_set(t->error, offset, token->length, "found '%s' where %s should be",
		    expr_error_part(shown, token->start, token->length), expected);
}

bool
token_is_sign(const struct tokens *t, const char *sign)
{
	return t->token.kind == TOKEN_SIGN && strlen(sign) == t->token.length &&
	    memcmp(t->token.start, sign, t->token.length) == 0;
}
