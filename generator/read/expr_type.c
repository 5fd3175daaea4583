/*
 * expr_type: types a tree in a scope, with one function for each kind of node. All operands are checked, also after an error
 * in one.
 */
#include "model/typed.h"

#include <string.h>

#include "model/model.h"

/* The scope, and the table of bits whose flags can be named because the other operand is a member with it. */
struct context {
	const struct scope *scope;
	const struct word *source; /* of the tree */
	const struct bit_table *bits;
};

static struct typed *type_node(const struct context *c, const struct expr *e);

/* Where a node stands in its schema. */
static struct position
place(const struct context *c, const struct expr *e)
{
	return diag_within(c->source->at, c->source->text, e->offset);
}

static struct typed *
make(const struct context *c, const struct expr *e, enum expr_type type)
{
	struct typed *t = arena_alloc(c->scope->diag->arena, sizeof(*t));

	t->kind = e->kind;
	t->type = type;
	t->op = e->op;
	t->text = e->text;
	t->integer = e->integer;
	return t;
}

/* --- paths ---------------------------------------------------------------------------------------------------- */

/* The length of the name that a path begins with. */
static size_t
first_length(const char *path)
{
	return strcspn(path, ".[");
}

static const struct scope_root *
find_root(const struct scope *s, const char *path)
{
	for (size_t i = 0; i < s->nroots; i++)
		if (strlen(s->roots[i].name) == first_length(path) &&
		    memcmp(s->roots[i].name, path, first_length(path)) == 0)
			return &s->roots[i];
	return NULL;
}

/* "; did you mean 'curtime'?" among the members of `def`, or among all names of the scope. */
static const char *
hint(const struct context *c, const struct definition *def, const char *name, bool alone)
{
	const struct scope *s = c->scope;
	const char **names = NULL;
	size_t n = 0;

	for (size_t i = 0; def != NULL && i < def->nfields; i++) {
		names = arena_grow(s->diag->arena, names, n, sizeof(*names));
		names[n++] = def->fields[i].member->name.text;
	}
	for (size_t i = 0; alone && i < s->nroots; i++) {
		names = arena_grow(s->diag->arena, names, n, sizeof(*names));
		names[n++] = s->roots[i].name;
	}
	for (size_t i = 0; alone && c->bits != NULL && i < c->bits->nbits; i++) {
		names = arena_grow(s->diag->arena, names, n, sizeof(*names));
		names[n++] = c->bits->bits[i].name.text;
	}
	for (size_t i = 0; alone && i < s->release->nconstants; i++) {
		names = arena_grow(s->diag->arena, names, n, sizeof(*names));
		names[n++] = s->release->constants[i]->name.text;
	}
	return diag_hint(s->diag, name, names, n);
}

static struct typed *
report_unknown(const struct context *c, const struct expr *e, const struct definition *def, const char *what,
    const char *name, bool alone)
{
	struct diag *d = c->scope->diag;

	if (alone && c->bits != NULL)
		diag_error(d, place(c, e), "'%s' is neither a flag of '%s', nor a constant, nor a member of '%s'%s",
		    name, c->bits->name.text, what, hint(c, def, name, alone));
	else if (alone)
		diag_error(d, place(c, e), "'%s' is neither a member of '%s' nor a constant%s", name, what,
		    hint(c, def, name, alone));
	else
		diag_error(d, place(c, e), "'%s' is not a member of '%s'%s", name, what, hint(c, def, name, alone));
	return NULL;
}

static bool
is_counted(const struct field *f)
{
	return f->member->count_rule != COUNT_NONE || f->member->live.word.text != NULL;
}

/* Parses the indices of the member `f` at `*path`. */
static bool
walk_indices(const struct context *c, const struct expr *e, const struct field *f, const char **path,
    const char **access)
{
	struct diag *d = c->scope->diag;
	const size_t dims = f->ndims - (field_is_text(f) ? 1 : 0);
	size_t k = 0;

	for (; **path == '['; k++) {
		const size_t length = strcspn(*path, "]") + 1;
		uint64_t index = 0;

		for (const char *digit = *path + 1; *digit >= '0' && *digit <= '9' && index <= SIZE_MAX_STRUCT; digit++)
			index = index * 10 + (uint64_t)(*digit - '0');
		if (k >= dims || index >= f->dims[k]) {
			diag_error(d, place(c, e), "'%s' has no element %s", f->member->name.text,
			    arena_strndup(d->arena, *path, length));
			return false;
		}
		*access = arena_printf(d->arena, "%s[%llu]", *access, (unsigned long long)index);
		*path += length;
	}
	if (k < dims) {
		diag_error(d, place(c, e), "'%s' is an array: an element of it needs an index", f->member->name.text);
		return false;
	}
	if (k > 0 && is_counted(f)) {
		diag_error(d, place(c, e), "'%s' is an array that may have fewer elements", f->member->name.text);
		return false;
	}
	return true;
}

/* The member at the path in `def`. `alone`: the first name of the path can also be a constant or a flag. */
static struct typed *
type_member(const struct context *c, const struct expr *e, const struct definition *def, const char *what,
    const char *path, const char *access, bool alone)
{
	struct arena *a = c->scope->diag->arena;
	const struct field *f;
	struct typed *t;

	for (;;) {
		const size_t length = first_length(path);
		const char *name = arena_strndup(a, path, length);

		f = definition_find(def, name);
		if (f == NULL)
			return report_unknown(c, e, def, what, name, alone && path[length] == '\0');
		path += length;
		access = arena_printf(a, "%s%s", access, f->key);
		if (!walk_indices(c, e, f, &path, &access))
			return NULL;
		if (*path == '\0')
			break;
		if (f->def == NULL) {
			diag_error(c->scope->diag, place(c, e), "'%s' has no members", name);
			return NULL;
		}
		path++;
		def = f->def;
		what = def->structure->name.text;
		access = arena_printf(a, "%s.", access);
		alone = false;
	}
	if (f->def != NULL) {
		diag_error(c->scope->diag, place(c, e), "'%s' is a struct, and has no value", e->text);
		return NULL;
	}
	t = make(c, e, field_is_text(f) ? TYPE_IS_TEXT : f->ctype->kind == TYPE_FLOAT ? TYPE_IS_REAL : TYPE_IS_INTEGER);
	t->source = FROM_MEMBER;
	t->access = access;
	t->ctype = f->ctype;
	t->room = field_is_text(f) ? f->dims[f->ndims - 1] : 0;
	return t;
}

/* A name that does not denote a member: a flag of the other operand's table, a constant, the index. */
static struct typed *
type_name(const struct context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const struct constant *constant = release_find_constant(s->release, e->text);
	struct typed *t = make(c, e, TYPE_IS_INTEGER);

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

static struct typed *
type_path(const struct context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const size_t length = first_length(e->text);
	const struct scope_root *root = find_root(s, e->text);
	const char *first = arena_strndup(s->diag->arena, e->text, length);
	struct typed *t;

	if (s->own != NULL && definition_find(s->own, first) != NULL)
		return type_member(c, e, s->own, s->what, e->text, s->access, true);
	if (root != NULL && e->text[length] == '.')
		return type_member(c, e, root->def, root->name, e->text + length + 1, root->access, false);
	t = e->text[length] == '\0' ? type_name(c, e) : NULL;
	if (t != NULL)
		return t;
	if (root != NULL) {
		diag_error(s->diag, place(c, e), "'%s' is a struct, and has no value", first);
		return NULL;
	}
	return report_unknown(c, e, s->own, s->what, first, true);
}

/* --- operations ----------------------------------------------------------------------------------------------- */

/* The table of bits of a member, also of one that is masked; NULL: none. */
static const struct bit_table *
bits_of(const struct context *c, const struct expr *e)
{
	const struct scope *s = c->scope;
	const struct scope_root *root;
	const struct field *f = NULL;

	if (e->kind == EXPR_BINARY && e->op == OP_BITS) {
		const struct bit_table *left = bits_of(c, e->args[0]);

		return left != NULL ? left : bits_of(c, e->args[1]);
	}
	if (e->kind != EXPR_PATH)
		return NULL;
	root = find_root(s, e->text);
	if (s->own != NULL)
		f = definition_walk(s->own, e->text);
	if (f == NULL && root != NULL && e->text[strlen(root->name)] == '.')
		f = definition_walk(root->def, e->text + strlen(root->name) + 1);
	return f != NULL ? f->bits : NULL;
}

static struct typed *
report_operands(const struct context *c, const struct expr *e, const char *needs)
{
	diag_error(c->scope->diag, place(c, e), "'%s' needs %s", e->kind == EXPR_CHOICE ? "?" : e->text, needs);
	return NULL;
}

/* What conditions of the command line have, and schemas have not. */
static struct typed *
report_foreign(const struct context *c, const struct expr *e)
{
	diag_error(c->scope->diag, place(c, e), "'%s' cannot be used in a schema", e->text);
	return NULL;
}

static bool
is_number(const struct typed *t)
{
	return t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_REAL;
}

static bool
is_truth(const struct typed *t)
{
	return t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_BOOLEAN;
}

/* A comparison of a text member with a literal, which must fit in the member. */
static bool
are_texts(const struct typed *a, const struct typed *b)
{
	return a->type == TYPE_IS_TEXT && b->type == TYPE_IS_TEXT && a->source == FROM_MEMBER &&
	    b->source == FROM_LITERAL;
}

static struct typed *
type_compare(const struct context *c, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];
	const bool equal = e->op == OP_EQ || e->op == OP_NE;

	t->type = TYPE_IS_BOOLEAN;
	if (is_number(a) && is_number(b))
		return t;
	if (!equal || !are_texts(a, b))
		return report_operands(c, e,
		    equal ? "two numbers, or a member that is a text and a text" : "two numbers");
	if (strlen(b->text) > a->room)
		return report_operands(c, e, "a text that the member has room for");
	return t;
}

static struct typed *
type_binary(const struct context *c, const struct expr *e, struct typed *t)
{
	const struct typed *a = t->args[0], *b = t->args[1];

	switch (e->op) {
	case OP_OR:
	case OP_AND:
		t->type = TYPE_IS_BOOLEAN;
		return is_truth(a) && is_truth(b) ? t : report_operands(c, e, "two conditions");
	case OP_EQ:
	case OP_NE:
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE: return type_compare(c, e, t);
	case OP_MATCH:
	case OP_NO_MATCH: return report_foreign(c, e);
	case OP_BITS:
	case OP_MOD:
		t->type = TYPE_IS_INTEGER;
		return a->type == TYPE_IS_INTEGER && b->type == TYPE_IS_INTEGER ? t
										: report_operands(c, e, "two integers");
	case OP_ADD:
	case OP_SUB:
	case OP_MUL:
	case OP_DIV: break;
	}
	t->type = a->type == TYPE_IS_REAL || b->type == TYPE_IS_REAL ? TYPE_IS_REAL : TYPE_IS_INTEGER;
	return is_number(a) && is_number(b) ? t : report_operands(c, e, "two numbers");
}

static struct typed *
type_choice(const struct context *c, const struct expr *e, struct typed *t)
{
	const struct typed *yes = t->args[1], *no = t->args[2];
	const bool numbers = is_number(yes) && is_number(no);

	if (!is_truth(t->args[0]))
		return report_operands(c, e, "a condition before it");
	if (!numbers && (yes->type != no->type || yes->type == TYPE_IS_TEXT))
		return report_operands(c, e, "two numbers or two conditions to choose from");
	t->type = numbers && yes->type != no->type ? TYPE_IS_REAL : yes->type;
	return t;
}

/* Types the node's operands, each with the flags of the other one. False if one of them has no type. */
static bool
type_args(const struct context *c, const struct expr *e, struct typed *t)
{
	const bool beside = e->kind == EXPR_BINARY && (e->op == OP_BITS || e->op == OP_EQ || e->op == OP_NE);
	bool ok = true;

	t->args = arena_alloc(c->scope->diag->arena, e->nargs * sizeof(*t->args));
	t->nargs = e->nargs;
	for (size_t i = 0; i < e->nargs; i++) {
		struct context inner = *c;

		if (beside && bits_of(c, e->args[1 - i]) != NULL)
			inner.bits = bits_of(c, e->args[1 - i]);
		t->args[i] = type_node(&inner, e->args[i]);
		ok = ok && t->args[i] != NULL;
	}
	return ok;
}

/* --- functions ------------------------------------------------------------------------------------------------ */

/* version_number(TEXT, N): the number N of a text such as 5.15.0-52. */
static struct typed *
type_call(const struct context *c, const struct expr *e, struct typed *t)
{
	static const char *const functions[] = { "version_number" };
	struct diag *d = c->scope->diag;

	if (strcmp(e->text, functions[0]) != 0) {
		diag_error(d, place(c, e), "unknown function '%s'%s", e->text, diag_hint(d, e->text, functions, 1));
		return NULL;
	}
	if (!type_args(c, e, t))
		return NULL;
	if (t->nargs == 2 && t->args[0]->type == TYPE_IS_TEXT && t->args[0]->source == FROM_MEMBER &&
	    t->args[1]->kind == EXPR_INTEGER)
		return t;
	diag_error(d, place(c, e), "'%s' needs a member that is a text, and a number", e->text);
	return NULL;
}

static struct typed *
type_node(const struct context *c, const struct expr *e)
{
	struct typed *t = make(c, e, TYPE_IS_INTEGER);

	if (e->kind == EXPR_CALL)
		return type_call(c, e, t);
	if (!type_args(c, e, t))
		return NULL;
	switch (e->kind) {
	case EXPR_INTEGER:
	case EXPR_LETTER: return t;
	case EXPR_REAL: t->type = TYPE_IS_REAL; return t;
	case EXPR_TEXT: t->type = TYPE_IS_TEXT; return t;
	case EXPR_NULL:
	case EXPR_BOOLEAN: return report_foreign(c, e);
	case EXPR_PATH: return type_path(c, e);
	case EXPR_MINUS:
		t->type = t->args[0]->type;
		return is_number(t->args[0]) ? t : report_operands(c, e, "a number");
	case EXPR_NOT:
		t->type = TYPE_IS_BOOLEAN;
		return is_truth(t->args[0]) ? t : report_operands(c, e, "a condition");
	case EXPR_BINARY: return type_binary(c, e, t);
	case EXPR_CHOICE: return type_choice(c, e, t);
	case EXPR_CALL: break;
	}
	return NULL;
}

struct typed *
expr_type_condition(const struct scope *s, const struct condition *condition)
{
	const struct context c = { .scope = s, .source = &condition->word };
	struct typed *t = type_node(&c, condition->tree);

	if (t == NULL || is_truth(t))
		return t;
	diag_error(s->diag, place(&c, condition->tree), "a condition is an integer, or true or false; this is a %s",
	    t->type == TYPE_IS_TEXT ? "text" : "number with a point");
	return NULL;
}
