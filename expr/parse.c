/*
 * parse: text to a tree, by recursive descent with one token of lookahead: one function a level of the grammar. Stops at
 * the first error.
 */
#include <string.h>

#include "expr/expr.h"
#include "expr/token.h"

struct parser {
	struct tokens tokens;
	const struct expr_memory *memory;
	unsigned depth;
	size_t nodes;
};

static struct expr *parse_expr(struct parser *p);

static const char *const operators[] = {
	[OP_OR] = "||",
	[OP_AND] = "&&",
	[OP_EQ] = "==",
	[OP_NE] = "!=",
	[OP_LT] = "<",
	[OP_LE] = "<=",
	[OP_GT] = ">",
	[OP_GE] = ">=",
	[OP_MATCH] = "=~",
	[OP_NO_MATCH] = "!~",
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

/* --- memory -------------------------------------------------------------------------------------------------- */

static void *
allocate(struct parser *p, size_t size)
{
	void *memory = p->memory->alloc(p->memory->context, size);

	if (memory != NULL)
		return memory;
	if (!p->tokens.failed)
		expr_error_set(p->tokens.error, 0, 0, "out of memory");
	p->tokens.failed = true;
	return NULL;
}

static char *
copy(struct parser *p, const char *text, size_t length)
{
	char *made = allocate(p, length + 1);

	if (made != NULL) {
		memcpy(made, text, length);
		made[length] = '\0';
	}
	return made;
}

/* --- the tree ------------------------------------------------------------------------------------------------ */

static struct expr *
fail(struct parser *p, const char *expected)
{
	token_fail(&p->tokens, expected);
	return NULL;
}

static bool
accept(struct parser *p, const char *sign)
{
	if (!token_is_sign(&p->tokens, sign))
		return false;
	token_advance(&p->tokens);
	return true;
}

static bool
expect(struct parser *p, const char *sign)
{
	const char quoted[] = { '\'', sign[0], '\'', '\0' };

	if (accept(p, sign))
		return true;
	fail(p, quoted);
	return false;
}

/* A node of the current token; NULL: there are too many, or no memory. */
static struct expr *
make(struct parser *p, enum expr_kind kind)
{
	const struct token *token = &p->tokens.token;
	struct expr *e;

	if (++p->nodes > EXPR_NODES_MAX)
		return fail(p, "the end of an expression this long");
	e = allocate(p, sizeof *e);
	if (e == NULL)
		return NULL;
	*e = (struct expr){
		.kind = kind,
		.offset = (size_t)(token->start - p->tokens.text),
		.length = token->length,
		.text = copy(p, token->start, token->length),
	};
	return e->text != NULL ? e : NULL;
}

/* Appends an operand. The capacity is the power of two from the number of operands on. */
static bool
add_arg(struct parser *p, struct expr *e, struct expr *arg)
{
	if ((e->nargs & (e->nargs - 1)) == 0) {
		struct expr **args = allocate(p, (e->nargs > 0 ? 2 * e->nargs : 1) * sizeof(struct expr *));

		if (args == NULL)
			return false;
		if (e->nargs > 0)
			memcpy(args, e->args, e->nargs * sizeof *args);
		e->args = args;
	}
	e->args[e->nargs++] = arg;
	return true;
}

static struct expr *
parse_number(struct parser *p)
{
	struct expr *e = make(p, p->tokens.token.kind == TOKEN_REAL ? EXPR_REAL : EXPR_INTEGER);

	if (e == NULL)
		return NULL;
	if (e->kind == EXPR_REAL) {
		if (strspn(e->text, "0123456789.") != strlen(e->text))
			return fail(p, "a number");
	} else if (!expr_number(e->text, strlen(e->text), &e->integer)) {
		return fail(p, "a number of at most 64 bits, decimal or hex after 0x,");
	}
	token_advance(&p->tokens);
	return e;
}

static bool
is_plain(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < ' ' || text[i] > '~' || text[i] == '\\' || text[i] == '"')
			return false;
	return true;
}

/* Removes the backslashes of the text between the quotes. */
static bool
unescape(struct parser *p, char *text, size_t offset)
{
	char *out = text;

	for (const char *in = text; *in != '\0'; *out++ = *in++)
		if (*in == '\\' && *++in != '"' && *in != '\\') {
			const int length = expr_character(in, strlen(in)), size = length > 0 ? length : 1;

			expr_error_set(p->tokens.error, offset + (size_t)(in - 1 - text), (size_t)size + 1,
			    "'\\%.*s' is not an escape: write '\\\\%.*s' for a backslash and '%.*s'", size, in, size,
			    in, size, in);
			p->tokens.failed = true;
			return false;
		}
	*out = '\0';
	return true;
}

/* The text between the quotes. */
static struct expr *
parse_quoted(struct parser *p)
{
	struct expr *e = make(p, p->tokens.token.kind == TOKEN_TEXT ? EXPR_TEXT : EXPR_LETTER);
	size_t length;
	char *text;

	if (e == NULL)
		return NULL;
	length = e->length - strlen("''");
	text = copy(p, e->text + 1, length);
	if (text == NULL)
		return NULL;
	e->text = text;
	if ((p->tokens.plain || e->kind == EXPR_LETTER) && !is_plain(text, length))
		return fail(p, "a quoted text of printable ASCII without backslashes");
	if (e->kind == EXPR_LETTER && length != 1)
		return fail(p, "one letter in quotes");
	if (!p->tokens.plain && !unescape(p, text, e->offset + 1))
		return NULL;
	e->integer = (unsigned char)text[0];
	token_advance(&p->tokens);
	return e;
}

/* The source of a path without the blanks in it. */
static const char *
path_text(struct parser *p, const struct expr *e)
{
	const char *source = p->tokens.text + e->offset;
	char *path = allocate(p, e->length + 1);
	size_t size = 0;

	if (path == NULL)
		return NULL;
	for (size_t i = 0; i < e->length; i++)
		if (strchr(" \t\r\n", source[i]) == NULL)
			path[size++] = source[i];
	path[size] = '\0';
	return path;
}

/* Where the current token ends. */
static size_t
token_end(const struct parser *p)
{
	return (size_t)(p->tokens.next - p->tokens.text);
}

/* Extends a name by what follows it: ".name" and "[123]". */
static bool
parse_steps(struct parser *p, struct expr *e)
{
	while (token_is_sign(&p->tokens, ".") || token_is_sign(&p->tokens, "[")) {
		const bool member = token_is_sign(&p->tokens, ".");

		token_advance(&p->tokens);
		if (p->tokens.token.kind != (member ? TOKEN_NAME : TOKEN_INTEGER))
			return fail(p, member ? "a name" : "an index");
		e->length = token_end(p) - e->offset;
		token_advance(&p->tokens);
		if (!member) {
			e->length = token_end(p) - e->offset;
			if (!expect(p, "]"))
				return false;
		}
	}
	e->text = path_text(p, e);
	return e->text != NULL;
}

static struct expr *
parse_arguments(struct parser *p, struct expr *e)
{
	e->kind = EXPR_CALL;
	if (accept(p, ")"))
		return e;
	do {
		struct expr *arg = parse_expr(p);

		if (arg == NULL || !add_arg(p, e, arg))
			return NULL;
	} while (accept(p, ","));
	return expect(p, ")") ? e : NULL;
}

/* A literal that is written as a name: EXPR_PATH if it is none. */
static enum expr_kind
literal_of(const char *name)
{
	if (strcmp(name, "null") == 0)
		return EXPR_NULL;
	return strcmp(name, "true") == 0 || strcmp(name, "false") == 0 ? EXPR_BOOLEAN : EXPR_PATH;
}

static struct expr *
parse_name(struct parser *p)
{
	struct expr *e = make(p, EXPR_PATH);

	if (e == NULL)
		return NULL;
	token_advance(&p->tokens);
	e->kind = literal_of(e->text);
	e->integer = e->kind == EXPR_BOOLEAN && e->text[0] == 't';
	if (e->kind != EXPR_PATH)
		return e;
	if (accept(p, "("))
		return parse_arguments(p, e);
	return parse_steps(p, e) ? e : NULL;
}

static struct expr *
parse_primary(struct parser *p)
{
	struct expr *e;

	switch (p->tokens.token.kind) {
	case TOKEN_INTEGER:
	case TOKEN_REAL: return parse_number(p);
	case TOKEN_LETTER:
	case TOKEN_TEXT: return p->tokens.failed ? NULL : parse_quoted(p);
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
	const bool minus = token_is_sign(&p->tokens, "-");
	struct expr *e, *arg;

	if (!minus && !token_is_sign(&p->tokens, "!"))
		return parse_primary(p);
	if (++p->depth > EXPR_DEPTH_MAX)
		return fail(p, "an expression less deep");
	e = make(p, minus ? EXPR_MINUS : EXPR_NOT);
	if (e == NULL)
		return NULL;
	token_advance(&p->tokens);
	arg = parse_unary(p);
	p->depth--;
	return arg != NULL && add_arg(p, e, arg) ? e : NULL;
}

/* The operators of each level that has binary ones, from the loosest to the closest. */
#define LEVELS 6
#define CMP    2

static const struct level {
	enum expr_operator first, last;
} levels[LEVELS] = {
	{ OP_OR, OP_OR },
	{ OP_AND, OP_AND },
	{ OP_EQ, OP_NO_MATCH },
	{ OP_BITS, OP_BITS },
	{ OP_ADD, OP_SUB },
	{ OP_MUL, OP_MOD },
};

static bool
is_operator(const struct parser *p, size_t level, enum expr_operator *op)
{
	for (int o = levels[level].first; o <= (int)levels[level].last; o++)
		if (token_is_sign(&p->tokens, operators[o])) {
			*op = (enum expr_operator)o;
			return true;
		}
	return false;
}

static struct expr *
parse_pattern(struct parser *p)
{
	return p->tokens.token.kind == TOKEN_TEXT ? parse_primary(p) : fail(p, "a text in quotes");
}

static struct expr *
parse_level(struct parser *p, size_t level)
{
	struct expr *left = level == LEVELS ? parse_unary(p) : parse_level(p, level + 1);
	enum expr_operator op;

	while (left != NULL && level < LEVELS && is_operator(p, level, &op)) {
		struct expr *e = make(p, EXPR_BINARY), *right;

		if (e == NULL)
			return NULL;
		e->op = op;
		token_advance(&p->tokens);
		right = op == OP_MATCH || op == OP_NO_MATCH ? parse_pattern(p) : parse_level(p, level + 1);
		if (right == NULL || !add_arg(p, e, left) || !add_arg(p, e, right))
			return NULL;
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

	if (test == NULL || !token_is_sign(&p->tokens, "?"))
		return test;
	e = make(p, EXPR_CHOICE);
	if (e == NULL)
		return NULL;
	token_advance(&p->tokens);
	yes = parse_expr(p);
	if (yes == NULL || !expect(p, ":"))
		return NULL;
	no = parse_expr(p);
	if (no == NULL)
		return NULL;
	return add_arg(p, e, test) && add_arg(p, e, yes) && add_arg(p, e, no) ? e : NULL;
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
expr_parse(const struct expr_memory *memory, const char *text, bool plain, struct expr_error *error)
{
	struct parser p = {
		.tokens = { .text = text, .next = text, .plain = plain, .error = error },
		.memory = memory,
	};
	struct expr *e;

	token_advance(&p.tokens);
	e = parse_expr(&p);
	if (e != NULL && p.tokens.token.kind != TOKEN_END)
		return fail(&p, "an operator");
	return p.tokens.failed ? NULL : e;
}
