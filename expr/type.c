/*
 * type: one function for each kind of node. All operands are typed, also after an error in one.
 */
#include "expr/type.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "expr/type_internal.h"
#include "expr/units.h"

/* --- messages ------------------------------------------------------------------------------------------------- */

static const char *const type_names[] = {
	[TYPE_IS_INTEGER] = "an integer",
	[TYPE_IS_REAL] = "a number with a point",
	[TYPE_IS_TEXT] = "a text",
	[TYPE_IS_BOOLEAN] = "true or false",
	[TYPE_IS_TIME] = "a time",
	[TYPE_IS_NULL] = "null",
	[TYPE_IS_STRUCT] = "a struct",
	[TYPE_IS_ARRAY] = "an array",
};

const char *
typed_name(enum expr_type type)
{
	return type_names[type];
}

struct typed *
type_report(const struct type_pass *p, const struct expr *e, const char *format, ...)
{
	char message[EXPR_MESSAGE_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	p->r->report(p->r->context, e, message);
	return NULL;
}

struct typed *
type_refuse(const struct type_pass *p, const struct expr *operand, const struct typed *typed, const char *op,
    const char *needs)
{
	char shown[EXPR_SHOWN_SIZE];

	if (operand->nargs > 0)
		return type_report(p, operand, "the result of '%s' is %s; '%s' needs %s", operand->text,
		    type_names[typed->type], op, needs);
	return type_report(p, operand, "'%s' is %s; '%s' needs %s",
	    expr_error_part(shown, operand->text, strlen(operand->text)), type_names[typed->type], op, needs);
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

static void *
allocate(const struct expr_resolver *r, const struct expr *e, size_t size)
{
	void *memory = r->memory->alloc(r->memory->context, size);

	if (memory != NULL)
		memset(memory, 0, size);
	else
		r->report(r->context, e, "out of memory");
	return memory;
}

struct typed *
typed_make(const struct expr_resolver *r, const struct expr *e, enum expr_type type)
{
	struct typed *t = allocate(r, e, sizeof *t);

	if (t == NULL)
		return NULL;
	t->kind = e->kind;
	t->type = type;
	t->op = e->op;
	t->from = e;
	t->text = e->text;
	t->integer = e->integer;
	t->null_by_size = expr_rules_of(r->dialect)->null_by_size;
	return t;
}

bool
type_make_args(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	t->args = allocate(p->r, e, (e->nargs > 0 ? e->nargs : 1) * sizeof(struct typed *));
	t->nargs = t->args != NULL ? e->nargs : 0;
	return t->args != NULL;
}

bool
type_args(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const bool equal = e->kind == EXPR_BINARY && (e->op == OP_BITS || e->op == OP_EQ || e->op == OP_NE);
	bool ok = type_make_args(p, e, t);

	for (size_t i = 0; i < t->nargs; i++) {
		struct type_pass inner = *p;
		const void *beside = equal && p->r->beside != NULL ? p->r->beside(p->r->context, e->args[1 - i]) : NULL;

		if (beside != NULL)
			inner.beside = beside;
		t->args[i] = type_node(&inner, e->args[i]);
		ok = ok && t->args[i] != NULL;
	}
	return ok;
}

/* Puts a node of one operand around `arg`. */
static struct typed *
convert(const struct type_pass *p, const struct expr *e, struct typed *arg, enum expr_kind kind)
{
	struct typed *t = typed_make(p->r, e, kind == EXPR_TRUTH ? TYPE_IS_BOOLEAN : TYPE_IS_REAL);

	if (t == NULL)
		return NULL;
	t->args = allocate(p->r, e, sizeof(struct typed *));
	if (t->args == NULL)
		return NULL;
	t->args[0] = arg;
	t->nargs = 1;
	t->kind = kind;
	t->unit = kind == EXPR_TO_REAL ? arg->unit : NULL;
	t->nullable = kind == EXPR_TO_REAL && arg->nullable;
	return t;
}

bool
type_to_real(const struct type_pass *p, const struct expr *e, struct typed *t, size_t i)
{
	if (t->args[i]->type == TYPE_IS_INTEGER)
		t->args[i] = convert(p, e->args[i], t->args[i], EXPR_TO_REAL);
	return t->args[i] != NULL;
}

bool
type_is_number(const struct typed *t)
{
	return t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_REAL;
}

bool
type_can_outgrow(const struct typed *t)
{
	return t->null_by_size && t->type != TYPE_IS_REAL && t->op != OP_BITS && t->op != OP_MOD;
}

bool
type_units_fit(const struct type_pass *p, const struct expr *e, const struct typed *a, const struct typed *b,
    const char *done)
{
	if (!p->rules->units || units_fit(a->unit, b->unit))
		return true;
	type_report(p, e, "%s and %s cannot be %s", a->unit, b->unit, done);
	return false;
}

static bool
can_be_truth(const struct typed *t)
{
	return t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_BOOLEAN;
}

/* Makes true or false of a value, unless it is that. */
static struct typed *
to_truth(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	return t->type == TYPE_IS_BOOLEAN && !t->nullable ? t : convert(p, e, t, EXPR_TRUTH);
}

struct typed *
type_truth(const struct type_pass *p, const struct expr *e, const char *op)
{
	struct typed *t = type_node(p, e);

	if (t == NULL)
		return NULL;
	return can_be_truth(t) ? to_truth(p, e, t) : type_refuse(p, e, t, op, "true or false, or an integer");
}

/* --- literals, signs, choices --------------------------------------------------------------------------------- */

/* `negative`: a minus stands before it. */
static struct typed *
type_integer(const struct type_pass *p, const struct expr *e, bool negative)
{
	const bool hex = e->text[0] == '0' && e->text[1] == 'x';

	if (!hex && e->integer > (uint64_t)INT64_MAX + (negative ? 1 : 0))
		return type_report(p, e, "the largest integer is 9223372036854775807");
	return typed_make(p->r, e, TYPE_IS_INTEGER);
}

/* Literals that are words. */
static struct typed *
type_word(const struct type_pass *p, const struct expr *e)
{
	struct typed *t;

	if (!p->rules->literals)
		return type_report(p, e, "'%s' cannot be used in a schema", e->text);
	t = typed_make(p->r, e, e->kind == EXPR_NULL ? TYPE_IS_NULL : TYPE_IS_BOOLEAN);
	if (t != NULL)
		t->nullable = e->kind == EXPR_NULL;
	return t;
}

static struct typed *
type_letter(const struct type_pass *p, const struct expr *e)
{
	struct typed *t = typed_make(p->r, e, p->rules->letters_as_text ? TYPE_IS_TEXT : TYPE_IS_INTEGER);

	if (t != NULL && p->rules->letters_as_text)
		t->kind = EXPR_TEXT;
	return t;
}

static struct typed *
type_minus(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const struct expr *operand = e->args[0];
	struct typed *arg;

	if (!type_make_args(p, e, t))
		return NULL;
	arg = operand->kind == EXPR_INTEGER ? type_integer(p, operand, true) : type_node(p, operand);
	if (arg == NULL)
		return NULL;
	if (!type_is_number(arg))
		return type_refuse(p, operand, arg, e->text, "a number");
	t->args[0] = arg;
	t->type = arg->type;
	t->unit = arg->unit;
	t->nullable = arg->nullable || type_can_outgrow(t);
	return t;
}

/* Operators all of whose operands are true or false. */
static struct typed *
type_logic(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	bool ok = type_make_args(p, e, t);

	t->type = TYPE_IS_BOOLEAN;
	for (size_t i = 0; i < t->nargs; i++) {
		t->args[i] = type_truth(p, e->args[i], e->text);
		ok = ok && t->args[i] != NULL;
	}
	return ok ? t : NULL;
}

/* Gives a null that has no type yet one. */
static void
fit_null(struct typed *t, enum expr_type type)
{
	if (t->type != TYPE_IS_NULL)
		return;
	t->type = type;
	for (size_t i = 1; i < t->nargs; i++)
		fit_null(t->args[i], type);
}

/* The unit of a choice: that of both, or of the one beside null. */
static const char *
chosen_unit(const struct typed *yes, const struct typed *no)
{
	if (yes->kind == EXPR_NULL)
		return no->unit;
	if (no->kind == EXPR_NULL)
		return yes->unit;
	return yes->unit != NULL && no->unit != NULL && strcmp(yes->unit, no->unit) == 0 ? yes->unit : NULL;
}

static struct typed *
type_choice(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	struct typed *yes, *no;

	if (!type_make_args(p, e, t))
		return NULL;
	t->args[0] = type_truth(p, e->args[0], e->text);
	yes = t->args[1] = type_node(p, e->args[1]);
	no = t->args[2] = type_node(p, e->args[2]);
	if (t->args[0] == NULL || yes == NULL || no == NULL)
		return NULL;
	fit_null(yes, no->type);
	fit_null(no, yes->type);
	if (!(type_is_number(yes) && type_is_number(no)) && yes->type != no->type)
		return type_report(p, e, "':' stands between two values of one type");
	if (!p->rules->literals && yes->type == TYPE_IS_TEXT)
		return type_report(p, e, "texts cannot be chosen in a schema");
	t->type = yes->type;
	t->unit = chosen_unit(yes, no);
	t->nullable = yes->nullable || no->nullable;
	if (yes->type == no->type)
		return t;
	t->type = TYPE_IS_REAL;
	return type_to_real(p, e, t, 1) && type_to_real(p, e, t, 2) ? t : NULL;
}

/* --- operators with two operands ------------------------------------------------------------------------------ */

/* The second operand is a literal, by the grammar. */
static struct typed *
type_match(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	if (!p->rules->patterns)
		return type_report(p, e, "'%s' cannot be used in a schema", e->text);
	t->type = TYPE_IS_BOOLEAN;
	if (!type_args(p, e, t))
		return NULL;
	return t->args[0]->type == TYPE_IS_TEXT ? t : type_refuse(p, e->args[0], t->args[0], e->text, "a text");
}

static struct typed *
type_binary(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	switch (e->op) {
	case OP_OR:
	case OP_AND: return type_logic(p, e, t);
	case OP_MATCH:
	case OP_NO_MATCH: return type_match(p, e, t);
	default: break;
	}
	if (!type_args(p, e, t))
		return NULL;
	return e->op < OP_BITS ? type_compare(p, e, t) : type_arithmetic(p, e, t);
}

struct typed *
type_node(const struct type_pass *p, const struct expr *e)
{
	struct typed *t;

	switch (e->kind) {
	case EXPR_PATH: return p->r->path(p->r->context, e, p->beside);
	case EXPR_INTEGER: return type_integer(p, e, false);
	case EXPR_LETTER: return type_letter(p, e);
	case EXPR_REAL: return typed_make(p->r, e, TYPE_IS_REAL);
	case EXPR_TEXT: return typed_make(p->r, e, TYPE_IS_TEXT);
	case EXPR_NULL:
	case EXPR_BOOLEAN: return type_word(p, e);
	default: break;
	}
	t = typed_make(p->r, e, TYPE_IS_INTEGER);
	if (t == NULL)
		return NULL;
	switch (e->kind) {
	case EXPR_CALL: return type_call(p, e, t);
	case EXPR_MINUS: return type_minus(p, e, t);
	case EXPR_NOT: return type_logic(p, e, t);
	case EXPR_BINARY: return type_binary(p, e, t);
	default: return type_choice(p, e, t);
	}
}

/* --- the whole tree ------------------------------------------------------------------------------------------- */

struct typed *
expr_type_part(const struct expr_resolver *r, const struct expr *e)
{
	const struct type_pass p = { .r = r, .rules = expr_rules_of(r->dialect) };

	return type_node(&p, e);
}

struct typed *
expr_type_tree(const struct expr_resolver *r, const struct expr *e)
{
	struct typed *t = expr_type_part(r, e);

	if (t == NULL || t->type != TYPE_IS_NULL)
		return t;
	r->report(r->context, e, "null has no type here");
	return NULL;
}

struct typed *
expr_type_truth(const struct expr_resolver *r, const struct expr *e)
{
	const struct type_pass p = { .r = r, .rules = expr_rules_of(r->dialect) };
	struct typed *t = type_node(&p, e);

	if (t == NULL || can_be_truth(t))
		return t != NULL ? to_truth(&p, e, t) : NULL;
	return type_report(&p, e, "a condition is true or false, or an integer; this is %s", type_names[t->type]);
}

void
typed_each(struct typed *t, void (*found)(struct typed *node, void *context), void *context)
{
	if (t->nargs == 0 || t->kind == EXPR_CALL)
		found(t, context);
	for (size_t i = 0; i < t->nargs; i++)
		typed_each(t->args[i], found, context);
}

bool
typed_is_null(const struct typed *t)
{
	bool null = false;

	switch (t->kind) {
	case EXPR_NULL: return true;
	case EXPR_CHOICE: return typed_is_null(t->args[1]) && typed_is_null(t->args[2]);
	case EXPR_BINARY:
		if (t->op < OP_BITS)
			return false;
		break;
	case EXPR_CALL:
	case EXPR_MINUS:
	case EXPR_TO_REAL: break;
	default: return false;
	}
	for (size_t i = 0; i < t->nargs; i++)
		null = null || typed_is_null(t->args[i]);
	return null;
}
