/*
 * expr_path: what a path means: a flag, a constant, the index, a named expression, whether a struct is there, or a member,
 * which expr_member.c looks up.
 */
#include "read/expr_internal.h"

#include <string.h>

#include "read/expr_member.h"

/* The length of the name that a path begins with. */
static size_t
first_length(const char *path)
{
	return strcspn(path, ".[");
}

const struct scope_root *
expr_find_root(const struct scope *s, const char *path)
{
	for (size_t i = 0; i < s->nroots; i++)
		if (strlen(s->roots[i].name) == first_length(path) &&
		    memcmp(s->roots[i].name, path, first_length(path)) == 0)
			return &s->roots[i];
	return NULL;
}

const struct bit_table *
expr_bits_of(const struct expr_context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const struct scope_root *root;
	const struct field *f = NULL;

	if (e->kind == EXPR_BINARY && e->op == OP_BITS) {
		const struct bit_table *left = expr_bits_of(c, e->args[0]);

		return left != NULL ? left : expr_bits_of(c, e->args[1]);
	}
	if (e->kind != EXPR_PATH)
		return NULL;
	root = expr_find_root(s, e->text);
	if (s->own != NULL)
		f = definition_walk(s->own, e->text);
	if (f == NULL && root != NULL && root->def != NULL && e->text[strlen(root->name)] == '.')
		f = definition_walk(root->def, e->text + strlen(root->name) + 1);
	return f != NULL ? f->bits : NULL;
}

/* A flag of the other operand's table, a constant, the index; NULL: it is none of them. */
static struct typed *
type_word(const struct expr_context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const struct constant *constant = release_find_constant(s->release, e->text);
	struct typed *t = expr_make(c, e, TYPE_IS_INTEGER);

	t->kind = EXPR_INTEGER;
	for (size_t i = 0; c->bits != NULL && i < c->bits->nbits; i++)
		if (strcmp(c->bits->bits[i].name.text, e->text) == 0) {
			t->integer = c->bits->bits[i].value;
			return t;
		}
	if (s->index != NULL && strcmp(e->text, "i") == 0) {
		t->kind = EXPR_PATH;
		t->source = FROM_INDEX;
		t->access = s->index;
		return t;
	}
	if (constant == NULL)
		return NULL;
	t->integer = constant->value;
	return t;
}

/* Whether the struct of the root is there. */
static struct typed *
type_presence(const struct expr_context *c, const struct expr *e, const struct scope_root *root)
{
	struct typed *t = expr_make(c, e, TYPE_IS_BOOLEAN);

	t->source = FROM_ROOT;
	t->root = root;
	t->access = root->present;
	return t;
}

/* --- named expressions ---------------------------------------------------------------------------------------- */

static const struct scope_name *
find_named(const struct scope *s, const char *path)
{
	for (size_t i = 0; i < s->nnames; i++)
		if (strcmp(s->names[i].name.text, path) == 0)
			return &s->names[i];
	return NULL;
}

/* A variable that has the value of the named expression. */
static struct typed *
type_variable(const struct expr_context *c, const struct expr *e, const struct scope_name *name)
{
	struct typed *t = expr_make(c, e, name->typed->type);

	t->kind = name->typed->kind == EXPR_NULL ? EXPR_NULL : EXPR_PATH;
	t->source = FROM_VARIABLE;
	t->access = name->access;
	t->null = name->null;
	t->unit = name->typed->unit;
	return t;
}

/* The expression in the place of its name. What is wrong with it is reported where it stands. */
static struct typed *
type_named(const struct expr_context *c, const struct expr *e, const struct scope_name *name)
{
	struct expr_context inner = { .scope = c->scope, .source = &name->value.word, .nopen = c->nopen + 1 };
	bool circle = c->nopen == EXPR_NAMES_DEPTH;

	for (size_t i = 0; i < c->nopen; i++)
		circle = circle || c->open[i] == name;
	if (circle) {
		diag_error(c->scope->diag, expr_place(c, e),
		    "'%s' is part of itself, or has more than %d levels of names", e->text, EXPR_NAMES_DEPTH);
		return NULL;
	}
	memcpy(inner.open, c->open, sizeof(inner.open));
	inner.open[c->nopen] = name;
	return name->typed != NULL     ? type_variable(c, e, name)
	    : name->value.tree != NULL ? expr_type_node(&inner, name->value.tree)
				       : NULL;
}

/* --- paths ---------------------------------------------------------------------------------------------------- */

struct typed *
expr_type_path(const struct expr_context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const size_t length = first_length(e->text);
	const struct scope_root *root = expr_find_root(s, e->text);
	const char *first = arena_strndup(s->diag->arena, e->text, length);
	const struct scope_name *name = find_named(s, e->text);
	struct typed *t;

	if (name != NULL)
		return type_named(c, e, name);
	if (s->own != NULL && definition_find(s->own, first) != NULL)
		return expr_type_member(c, e, NULL, e->text);
	if (root != NULL && e->text[length] == '.')
		return expr_type_member(c, e, root, e->text + length + 1);
	t = e->text[length] == '\0' ? type_word(c, e) : NULL;
	if (t != NULL)
		return t;
	if (root != NULL && root->present != NULL)
		return type_presence(c, e, root);
	if (root != NULL) {
		diag_error(s->diag, expr_place(c, e), "'%s' is a struct, and has no value", first);
		return NULL;
	}
	return expr_type_member(c, e, NULL, e->text);
}
