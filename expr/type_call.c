/*
 * type_call: calls of functions.
 */
#include "expr/type_internal.h"

#include <string.h>

#include "expr/units.h"

#define FUNCTIONS_MAX 64

static struct typed *
report_unknown(const struct type_pass *p, const struct expr *e)
{
	const char *names[FUNCTIONS_MAX];
	const struct expr_function *f;
	char shown[EXPR_SHOWN_SIZE];
	size_t n = 0;

	while (n < FUNCTIONS_MAX && (f = expr_function_at(n, p->r->dialect)) != NULL)
		names[n++] = f->name;
	return type_report(p, e, "unknown function '%s'%s", expr_error_part(shown, e->text, strlen(e->text)),
	    p->r->hint(p->r->context, e->text, names, n));
}

static bool
fits(const struct typed *t, char letter)
{
	switch (letter) {
	case 'i': return t->type == TYPE_IS_INTEGER;
	case 'n': return type_is_number(t);
	case 't': return t->type == TYPE_IS_TEXT;
	case 'm': return t->type == TYPE_IS_TEXT && t->member;
	case 'l': return t->kind == EXPR_INTEGER && t->type == TYPE_IS_INTEGER;
	case 'R': return t->type == TYPE_IS_STRUCT;
	default: return t->type == TYPE_IS_ARRAY;
	}
}

/* Types the arguments. Structs and arrays are names that are no values elsewhere. */
static bool
type_arguments(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const char *letters = t->function->signature + 1;
	struct type_pass inner = { .r = p->r, .rules = p->rules };
	bool ok = t->nargs == e->nargs;

	for (size_t i = 0; i < t->nargs; i++) {
		const char letter = i < strlen(letters) ? letters[i] : 'n';
		const bool names = (letter == 'R' || letter == 'A') && p->r->name != NULL;

		if (names)
			t->args[i] = p->r->name(p->r->context, e->args[i], letter);
		if (t->args[i] == NULL)
			t->args[i] = type_node(&inner, e->args[i]);
		if (t->args[i] != NULL && t->args[i]->type == TYPE_IS_ARRAY)
			inner.r = p->r->within(p->r->context, t->args[i]);
		ok = ok && t->args[i] != NULL;
	}
	return ok;
}

/* The type that the numbers of the arguments have together. */
static enum expr_type
common_type(const struct typed *t)
{
	for (size_t i = 0; i < t->nargs; i++)
		if (t->args[i]->type == TYPE_IS_REAL)
			return TYPE_IS_REAL;
	return TYPE_IS_INTEGER;
}

static enum expr_type
result_type(const struct typed *t)
{
	switch (t->function->signature[0]) {
	case 'i': return TYPE_IS_INTEGER;
	case 'r': return TYPE_IS_REAL;
	case 't': return TYPE_IS_TEXT;
	case 'b': return TYPE_IS_BOOLEAN;
	default: return common_type(t);
	}
}

/* The result of a function of numbers has their unit. */
static bool
find_unit(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	for (size_t i = 0; i < t->nargs; i++) {
		const struct typed *arg = t->args[i];

		if (!type_is_number(arg) || t->type == TYPE_IS_TEXT)
			continue;
		if (t->unit != NULL && !type_units_fit(p, e, t, arg, "compared"))
			return false;
		t->unit = units_sum(t->unit, arg->unit);
	}
	return true;
}

struct typed *
type_call(const struct type_pass *p, const struct expr *e, struct typed *t)
{
	const char *letters;
	bool ok;

	t->function = expr_function_find(e->text, p->r->dialect);
	if (t->function == NULL)
		return report_unknown(p, e);
	if (!type_make_args(p, e, t) || !type_arguments(p, e, t))
		return NULL;
	letters = t->function->signature + 1;
	ok = t->nargs == strlen(letters);
	for (size_t i = 0; ok && i < t->nargs; i++)
		ok = fits(t->args[i], letters[i]);
	if (!ok)
		return type_report(p, e, "'%s' needs %s", e->text, t->function->needs);
	t->type = result_type(t);
	if (!find_unit(p, e, t))
		return NULL;
	for (size_t i = 0; i < t->nargs; i++) {
		t->nullable = t->nullable || t->args[i]->nullable;
		if (t->type == TYPE_IS_REAL && !type_to_real(p, e, t, i))
			return NULL;
	}
	return t;
}
