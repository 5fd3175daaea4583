/*
 * scope_path: what a path means: a flag, a constant, the index, a named expression, whether a struct is there, or a member,
 * which scope_member.c looks up.
 */
#include "read/scope_internal.h"

#include <string.h>

#include "read/scope_member.h"

/* The length of the name that a path begins with. */
static size_t
first_length(const char *path)
{
	return strcspn(path, ".[");
}

const struct scope_root *
scope_find_root(const struct scope *s, const char *path)
{
	for (size_t i = 0; i < s->nroots; i++)
		if (strlen(s->roots[i].name) == first_length(path) &&
		    memcmp(s->roots[i].name, path, first_length(path)) == 0)
			return &s->roots[i];
	return NULL;
}

const struct bit_table *
scope_bits_of(const struct scope_context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const struct scope_root *root;
	const struct field *f = NULL;

	if (e->kind == EXPR_BINARY && e->op == OP_BITS) {
		const struct bit_table *left = scope_bits_of(c, e->args[0]);

		return left != NULL ? left : scope_bits_of(c, e->args[1]);
	}
	if (e->kind != EXPR_PATH)
		return NULL;
	root = scope_find_root(s, e->text);
	if (s->own != NULL)
		f = definition_walk(s->own, e->text);
	if (f == NULL && root != NULL && root->def != NULL && e->text[strlen(root->name)] == '.')
		f = definition_walk(root->def, e->text + strlen(root->name) + 1);
	return f != NULL ? f->bits : NULL;
}

static struct typed *
type_constant(const struct scope_context *c, const struct expr *e, uint64_t value)
{
	struct typed *t = scope_make(c, e, TYPE_IS_INTEGER, (struct typed_leaf){ .source = FROM_LITERAL });

	t->kind = EXPR_INTEGER;
	t->integer = value;
	return t;
}

/* A flag of the other operand's table, a constant, the index; NULL: it is none of them. */
static struct typed *
type_word(const struct scope_context *c, const struct expr *e, const struct bit_table *bits)
{
	const struct scope *s = c->scope;
	const struct constant *constant = release_find_constant(s->release, e->text);

	for (size_t i = 0; bits != NULL && i < bits->nbits; i++)
		if (strcmp(bits->bits[i].name.text, e->text) == 0)
			return type_constant(c, e, bits->bits[i].value);
	if (s->index != NULL && strcmp(e->text, "i") == 0)
		return scope_make(c, e, TYPE_IS_INTEGER,
		    (struct typed_leaf){ .source = FROM_INDEX, .access = s->index });
	return constant != NULL ? type_constant(c, e, constant->value) : NULL;
}

/* Whether the struct of the root is there. */
static struct typed *
type_presence(const struct scope_context *c, const struct expr *e, const struct scope_root *root)
{
	return scope_make(c, e, TYPE_IS_BOOLEAN,
	    (struct typed_leaf){ .source = FROM_ROOT, .root = root, .access = root->present });
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
type_variable(const struct scope_context *c, const struct expr *e, const struct scope_name *name)
{
	struct typed *t = scope_make(c, e, name->typed->type,
	    (struct typed_leaf){ .source = FROM_VARIABLE, .access = name->access, .null = name->null });

	t->kind = typed_is_null(name->typed) ? EXPR_NULL : EXPR_PATH;
	t->unit = name->typed->unit;
	t->nullable = name->null != NULL;
	return t;
}

/* The expression in the place of its name. What is wrong with it is reported where it stands. */
static struct typed *
type_named(const struct scope_context *c, const struct expr *e, const struct scope_name *name)
{
	struct scope_context inner = { .scope = c->scope, .source = &name->value.word, .nopen = c->nopen + 1 };
	const struct expr_resolver r = scope_resolver(&inner);
	bool circle = c->nopen == SCOPE_NAMES_DEPTH;

	for (size_t i = 0; i < c->nopen; i++)
		circle = circle || c->open[i] == name;
	if (circle) {
		diag_error(c->scope->diag, scope_place(c, e),
		    "'%s' is part of itself, or has more than %d levels of names", e->text, SCOPE_NAMES_DEPTH);
		return NULL;
	}
	memcpy(inner.open, c->open, sizeof(inner.open));
	inner.open[c->nopen] = name;
	return name->typed != NULL     ? type_variable(c, e, name)
	    : name->value.tree != NULL ? expr_type_part(&r, name->value.tree)
				       : NULL;
}

/* --- paths ---------------------------------------------------------------------------------------------------- */

struct typed *
scope_type_path(struct scope_context *c, const struct expr *e, const struct bit_table *bits)
{
	const struct scope *s = c->scope;
	const size_t length = first_length(e->text);
	const struct scope_root *root = scope_find_root(s, e->text);
	const char *first = arena_strndup(s->diag->arena, e->text, length);
	const struct scope_name *name = find_named(s, e->text);
	struct typed *t;

	if (name != NULL)
		return type_named(c, e, name);
	if (s->own != NULL && definition_find(s->own, first) != NULL)
		return scope_type_member(c, e, NULL, e->text, bits);
	if (root != NULL && e->text[length] == '.')
		return scope_type_member(c, e, root, e->text + length + 1, bits);
	t = e->text[length] == '\0' ? type_word(c, e, bits) : NULL;
	if (t != NULL)
		return t;
	if (root != NULL && root->present != NULL)
		return type_presence(c, e, root);
	if (root != NULL) {
		diag_error(s->diag, scope_place(c, e), "'%s' is a struct, and has no value", first);
		return NULL;
	}
	return scope_type_member(c, e, NULL, e->text, bits);
}
