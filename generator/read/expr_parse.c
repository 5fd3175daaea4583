/*
 * expr_parse: text to a tree, by recursive descent with one token of lookahead: one function a level of the grammar. Stops
 * at the first error.
 */
#include "model/expr.h"

#include <ctype.h>
#include <string.h>

#include "read/keys.h"

enum token_kind {
	TOKEN_END,
	TOKEN_INTEGER,
	TOKEN_REAL,
	TOKEN_LETTER,
	TOKEN_TEXT,
	TOKEN_NAME,
	TOKEN_SIGN /* an operator or a bracket */
};

struct token {
	enum token_kind kind;
	const char *start;
	size_t length;
};

struct parser {
	struct diag *diag;
	struct position at; /* of the scalar */
	const char *text;   /* its value */
	const char *next;   /* behind the token */
	struct token token;
	unsigned depth;
	size_t nodes;
	bool failed;
};

static struct expr *parse_expr(struct parser *p);

/* Operators of two characters stand before those of one. */
static const char *const signs[] = {
	"||",
	"&&",
	"==",
	"!=",
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

static const char *const operators[] = {
	[OP_OR] = "||",
	[OP_AND] = "&&",
	[OP_EQ] = "==",
	[OP_NE] = "!=",
	[OP_LT] = "<",
	[OP_LE] = "<=",
	[OP_GT] = ">",
	[OP_GE] = ">=",
	[OP_BITS] = "&",
	[OP_ADD] = "+",
	[OP_SUB] = "-",
	[OP_MUL] = "*",
	[OP_DIV] = "/",
	[OP_MOD] = "%",
};

const char *
expr_operator_text(enum expr_operator op)
{
	return operators[op];
}

/* --- tokens -------------------------------------------------------------------------------------------------- */

static struct position
position(const struct parser *p, const char *where)
{
	return diag_within(p->at, p->text, (size_t)(where - p->text));
}

static const char *
token_text(const struct parser *p)
{
	return arena_strndup(p->diag->arena, p->token.start, p->token.length);
}

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

/* A letter or a text in quotes. The length is 0 if the closing quote is missing. */
static size_t
quoted_length(const char *text)
{
	const char *end = strchr(text + 1, *text);

	return end != NULL ? (size_t)(end + 1 - text) : 0;
}

static void
set_token(struct parser *p, enum token_kind kind, const char *start, size_t length)
{
	p->token = (struct token){ kind, start, length };
	p->next = start + length;
}

static void
read_sign(struct parser *p, const char *start)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strncmp(start, signs[i], strlen(signs[i])) == 0) {
			set_token(p, TOKEN_SIGN, start, strlen(signs[i]));
			return;
		}
	set_token(p, TOKEN_END, start, 0);
	p->failed = true;
	diag_error(p->diag, position(p, start), "'%c' cannot stand in an expression", *start);
}

static void
advance(struct parser *p)
{
	const char *start = p->next + strspn(p->next, " ");
	const size_t name = name_length(start);
	bool real;
	const size_t number = number_length(start, &real);

	if (*start == '\0') {
		set_token(p, TOKEN_END, start, 0);
	} else if (name > 0) {
		set_token(p, TOKEN_NAME, start, name);
	} else if (number > 0) {
		set_token(p, real ? TOKEN_REAL : TOKEN_INTEGER, start, number);
	} else if (*start == '\'' || *start == '"') {
		const size_t length = quoted_length(start);

		if (length == 0 && !p->failed) {
			p->failed = true;
			diag_error(p->diag, position(p, start), "the quote is not closed");
		}
		set_token(p, *start == '"' ? TOKEN_TEXT : TOKEN_LETTER, start, length > 0 ? length : strlen(start));
	} else {
		read_sign(p, start);
	}
}

/* --- the tree ------------------------------------------------------------------------------------------------ */

/* Reports that the token is not allowed here, unless an error was reported before. */
static struct expr *
fail(struct parser *p, const char *expected)
{
	if (p->failed)
		return NULL;
	p->failed = true;
	if (p->token.kind == TOKEN_END)
		diag_error(p->diag, position(p, p->token.start), "the expression ends where %s should be", expected);
	else
		diag_error(p->diag, position(p, p->token.start), "found '%s' where %s should be", token_text(p),
		    expected);
	return NULL;
}

static bool
is_sign(const struct parser *p, const char *sign)
{
	return p->token.kind == TOKEN_SIGN && strlen(sign) == p->token.length &&
	    memcmp(p->token.start, sign, p->token.length) == 0;
}

static bool
accept(struct parser *p, const char *sign)
{
	if (!is_sign(p, sign))
		return false;
	advance(p);
	return true;
}

static bool
expect(struct parser *p, const char *sign)
{
	if (accept(p, sign))
		return true;
	fail(p, arena_printf(p->diag->arena, "'%s'", sign));
	return false;
}

/* A node of the current token. */
static struct expr *
make(struct parser *p, enum expr_kind kind)
{
	struct expr *e = arena_alloc(p->diag->arena, sizeof(*e));

	if (++p->nodes > EXPR_NODES_MAX)
		fail(p, "the end of an expression this long");
	e->kind = kind;
	e->at = position(p, p->token.start);
	e->text = token_text(p);
	return e;
}

static void
add_arg(struct parser *p, struct expr *e, struct expr *arg)
{
	e->args = arena_grow(p->diag->arena, e->args, e->nargs, sizeof(*e->args));
	e->args[e->nargs++] = arg;
}

static struct expr *
parse_number(struct parser *p)
{
	struct expr *e = make(p, p->token.kind == TOKEN_REAL ? EXPR_REAL : EXPR_INTEGER);

	if (e->kind == EXPR_REAL) {
		if (strspn(e->text, "0123456789.") != strlen(e->text))
			return fail(p, "a number");
	} else if (!keys_parse_number(e->text, strlen(e->text), &e->integer)) {
		return fail(p, "a number of at most 64 bits, decimal or hex after 0x,");
	}
	advance(p);
	return e;
}

/* The text between the quotes, which is written into C unchanged. */
static struct expr *
parse_quoted(struct parser *p)
{
	struct expr *e = make(p, p->token.kind == TOKEN_TEXT ? EXPR_TEXT : EXPR_LETTER);
	const size_t length = strlen(e->text) - strlen("''");

	e->text = arena_strndup(p->diag->arena, e->text + 1, length);
	for (size_t i = 0; i < length; i++)
		if (e->text[i] < ' ' || e->text[i] > '~' || e->text[i] == '\\' || e->text[i] == '"')
			return fail(p, "a quoted text of printable ASCII without backslashes");
	if (e->kind == EXPR_LETTER && length != 1)
		return fail(p, "one letter in quotes");
	e->integer = (unsigned char)e->text[0];
	advance(p);
	return e;
}

/* Extends a name by what follows it: ".name" and "[123]". */
static bool
parse_steps(struct parser *p, struct expr *e)
{
	struct arena *a = p->diag->arena;

	for (;;) {
		if (accept(p, ".")) {
			if (p->token.kind != TOKEN_NAME)
				return fail(p, "a name");
			e->text = arena_printf(a, "%s.%s", e->text, token_text(p));
			advance(p);
		} else if (accept(p, "[")) {
			if (p->token.kind != TOKEN_INTEGER)
				return fail(p, "an index");
			e->text = arena_printf(a, "%s[%s]", e->text, token_text(p));
			advance(p);
			if (!expect(p, "]"))
				return false;
		} else {
			return true;
		}
	}
}

static struct expr *
parse_arguments(struct parser *p, struct expr *e)
{
	e->kind = EXPR_CALL;
	if (accept(p, ")"))
		return e;
	do {
		struct expr *arg = parse_expr(p);

		if (arg == NULL)
			return NULL;
		add_arg(p, e, arg);
	} while (accept(p, ","));
	return expect(p, ")") ? e : NULL;
}

static struct expr *
parse_name(struct parser *p)
{
	struct expr *e = make(p, EXPR_PATH);

	advance(p);
	if (accept(p, "("))
		return parse_arguments(p, e);
	return parse_steps(p, e) ? e : NULL;
}

static struct expr *
parse_primary(struct parser *p)
{
	struct expr *e;

	switch (p->token.kind) {
	case TOKEN_INTEGER:
	case TOKEN_REAL: return parse_number(p);
	case TOKEN_LETTER:
	case TOKEN_TEXT: return p->failed ? NULL : parse_quoted(p);
	case TOKEN_NAME: return parse_name(p);
	case TOKEN_SIGN:
	case TOKEN_END: break;
	}
	if (!accept(p, "("))
		return fail(p, "a value");
	e = parse_expr(p);
	return e != NULL && expect(p, ")") ? e : NULL;
}

static struct expr *
parse_unary(struct parser *p)
{
	struct expr *e, *arg;

	if (!is_sign(p, "-") && !is_sign(p, "!"))
		return parse_primary(p);
	if (++p->depth > EXPR_DEPTH_MAX)
		return fail(p, "an expression less deep");
	e = make(p, is_sign(p, "-") ? EXPR_MINUS : EXPR_NOT);
	advance(p);
	arg = parse_unary(p);
	p->depth--;
	if (arg == NULL)
		return NULL;
	add_arg(p, e, arg);
	return e;
}

/* The operators of each level that has binary ones, from the loosest to the closest. */
#define LEVELS 6
#define CMP    2

static const struct level {
	enum expr_operator first, last;
} levels[LEVELS] = {
	{ OP_OR, OP_OR },
	{ OP_AND, OP_AND },
	{ OP_EQ, OP_GE },
	{ OP_BITS, OP_BITS },
	{ OP_ADD, OP_SUB },
	{ OP_MUL, OP_MOD },
};

static bool
is_operator(const struct parser *p, size_t level, enum expr_operator *op)
{
	for (int o = levels[level].first; o <= (int)levels[level].last; o++)
		if (is_sign(p, operators[o])) {
			*op = (enum expr_operator)o;
			return true;
		}
	return false;
}

static struct expr *
parse_level(struct parser *p, size_t level)
{
	struct expr *left = level == LEVELS ? parse_unary(p) : parse_level(p, level + 1);
	enum expr_operator op;

	while (left != NULL && level < LEVELS && is_operator(p, level, &op)) {
		struct expr *e = make(p, EXPR_BINARY), *right;

		e->op = op;
		advance(p);
		right = parse_level(p, level + 1);
		if (right == NULL)
			return NULL;
		add_arg(p, e, left);
		add_arg(p, e, right);
		left = e;
		if (level == CMP)
			break;
	}
	return left;
}

static struct expr *
parse_choice(struct parser *p)
{
	struct expr *test = parse_level(p, 0), *e, *yes, *no;

	if (test == NULL || !is_sign(p, "?"))
		return test;
	e = make(p, EXPR_CHOICE);
	advance(p);
	yes = parse_expr(p);
	if (yes == NULL || !expect(p, ":"))
		return NULL;
	no = parse_expr(p);
	if (no == NULL)
		return NULL;
	add_arg(p, e, test);
	add_arg(p, e, yes);
	add_arg(p, e, no);
	return e;
}

static struct expr *
parse_expr(struct parser *p)
{
	struct expr *e;

	if (++p->depth > EXPR_DEPTH_MAX)
		return fail(p, "an expression less deep");
	e = parse_choice(p);
	p->depth--;
	return e;
}

struct expr *
expr_parse(struct diag *d, struct position at, const char *text)
{
	struct parser p = { .diag = d, .at = at, .text = text, .next = text };
	struct expr *e;

	advance(&p);
	e = parse_expr(&p);
	if (e != NULL && p.token.kind != TOKEN_END)
		return fail(&p, "an operator");
	return p.failed ? NULL : e;
}

void
expr_each_path(const struct expr *e, void (*found)(const struct expr *path, void *context), void *context)
{
	if (e->kind == EXPR_PATH)
		found(e, context);
	for (size_t i = 0; i < e->nargs; i++)
		expr_each_path(e->args[i], found, context);
}
