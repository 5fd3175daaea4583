/*
 * emit_label_cell: one cell in C: a call of put_label.h for each conversion, each inside the next one.
 */
#include "emit/emit_label.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"

static const char *
put_literal(struct arena *a, const char *w, const char *text)
{
	struct out literal = { .arena = a };

	out_c_string(&literal, text);
	return text[0] == '\0' ? w : arena_printf(a, "PUT(%s, \"%s\")", w, literal.text);
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* What a function does to a text, for put_text. */
static const char *
flag_of(const char *function)
{
	static const char *const flags[][2] = {
		{ "word", "LABEL_WORD" },
		{ "hash", "LABEL_HASH" },
		{ "escape", "LABEL_ESCAPE" },
	};

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (strcmp(flags[i][0], function) == 0)
			return flags[i][1];
	return NULL;
}

static const char *
add_flag(struct arena *a, const char *flags, const char *more)
{
	return strcmp(flags, "0") == 0 ? more : arena_printf(a, "%s | %s", flags, more);
}

/* The path of a cgroup; that of an element has no parentheses around it, so blanks in it are escaped. */
static const char *
put_path(struct arena *a, const char *w, const struct typed *t, unsigned cut, const char *flags)
{
	if (strcmp(leaf_of(t->args[0])->root->name, "it") == 0)
		flags = add_flag(a, flags, "LABEL_PLAIN");
	return arena_printf(a, "put_path(%s, row, %u, %s)", w, cut, flags);
}

/* Whether a constant text is written as it is, whatever the style. */
static bool
is_plain(const char *text, unsigned cut, const char *flags)
{
	size_t size = 0;

	while (text[size] > ' ' && text[size] < 0x7f && text[size] != '"' && text[size] != '\\')
		size++;
	return text[size] == '\0' && (cut == 0 || size <= cut) && strcmp(flags, "0") == 0;
}

/* Writes a text at `w`. */
static const char *
put_text(struct arena *a, const char *w, const struct typed *t, unsigned cut, const char *flags)
{
	if (t->kind == EXPR_CHOICE)
		return arena_printf(a, "(%s\n    ? %s\n    : %s)", emit_expr(a, t->args[0]),
		    put_text(a, w, t->args[1], cut, flags), put_text(a, w, t->args[2], cut, flags));
	if (t->kind == EXPR_CALL && flag_of(t->function->name) != NULL)
		return put_text(a, w, t->args[0], cut, add_flag(a, flags, flag_of(t->function->name)));
	if (t->kind == EXPR_CALL)
		return put_path(a, w, t, cut, flags);
	if (t->kind == EXPR_TEXT && is_plain(t->text, cut, flags))
		return put_literal(a, w, t->text);
	if (t->kind == EXPR_TEXT)
		return arena_printf(a, "put_text(%s, row, \"%s\", %zu, %u, %s)", w, t->text, strlen(t->text), cut,
		    flags);
	return arena_printf(a, "put_text(%s, row, %s, sizeof %s, %u, %s)", w, leaf_of(t)->access, leaf_of(t)->access,
	    cut, flags);
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

/* The widest type that the value is made of, at least long: what %ld takes in each data model. */
static void
widen(const struct abi *abi, const struct typed *t, uint64_t *sizes)
{
	const struct ctype *type = leaf_of(t)->ctype;

	if (type != NULL && abi_size_varies(abi, type))
		for (size_t m = 0; m < abi->nmodels; m++)
			if (type->size[m] > sizes[m])
				sizes[m] = type->size[m];
	for (size_t i = 0; i < t->nargs; i++)
		widen(abi, t->args[i], sizes);
}

static const char *
put_long(struct arena *a, const struct abi *abi, const char *w, const struct typed *t)
{
	const struct ctype *type = abi_find_type(abi, "long");
	uint64_t sizes[MODELS_MAX] = { 0 };

	for (size_t m = 0; m < abi->nmodels; m++)
		sizes[m] = type != NULL ? type->size[m] : 8;
	widen(abi, t, sizes);
	return arena_printf(a, "put_ld(%s, %s, %s)", w, emit_expr(a, t), c_at(a, abi, sizes));
}

static bool
is_call_of(const struct typed *t, const char *name)
{
	return t->kind == EXPR_CALL && strcmp(t->function->name, name) == 0;
}

/* The integer that a real is made of; NULL: it is not made of one. */
static const struct typed *
integer_behind(const struct typed *t)
{
	if (is_call_of(t, "double"))
		t = t->args[0];
	return t->kind == EXPR_TO_REAL ? t->args[0] : NULL;
}

/*
 * A real number, in C, as it is where the recorder computed with more digits: float() cuts nothing, and integers are divided as they
 * are. NULL: it is the same everywhere.
 */
static const char *
wide_real(struct arena *a, const struct typed *t)
{
	if (is_call_of(t, "float"))
		return arena_printf(a, "(double)(%s)", emit_expr(a, t->args[0]));
	if (t->kind == EXPR_CHOICE && wide_real(a, t->args[1]) != NULL)
		return arena_printf(a, "((%s) ? %s : %s)", emit_expr(a, t->args[0]), wide_real(a, t->args[1]),
		    emit_expr(a, t->args[2]));
	if (t->kind == EXPR_BINARY && t->op == OP_DIV && integer_behind(t->args[0]) != NULL &&
	    integer_behind(t->args[1]) != NULL)
		return arena_printf(a, "label_wide_quotient(%s, %s)", emit_expr(a, integer_behind(t->args[0])),
		    emit_expr(a, integer_behind(t->args[1])));
	return NULL;
}

static const char *
real(struct arena *a, const struct abi *abi, const struct typed *t)
{
	const char *value = arena_printf(a, "(double)(%s)", emit_expr(a, t)), *other = wide_real(a, t);
	uint64_t wide[MODELS_MAX] = { 0 };

	for (size_t m = 0; m < abi->nmodels; m++)
		wide[m] = abi->models[m].wide_reals;
	return other == NULL ? value : arena_printf(a, "%s ? %s : %s", c_at(a, abi, wide), other, value);
}

static const char *
put_value(struct arena *a, const struct abi *abi, const struct label_segment *s, const char *w, const struct typed *t,
    bool bare)
{
	static const char *const functions[] = {
		[CONVERT_D] = "put_d",
		[CONVERT_U] = "put_u",
		[CONVERT_X] = "put_x",
		[CONVERT_HD] = "put_hd",
		[CONVERT_LLD] = "put_lld",
		[CONVERT_LLU] = "put_llu",
	};

	switch (s->conversion) {
	case CONVERT_TEXT: return put_text(a, w, t, s->precision, "0");
	case CONVERT_LD: return put_long(a, abi, w, t);
	case CONVERT_LETTER: return arena_printf(a, "put_letter(%s, row, %s)", w, emit_expr(a, t));
	case CONVERT_WIDE_D:
		return arena_printf(a, "put_wide_d(%s, %s, %u, %s)", w, emit_expr(a, t), s->width,
		    s->zeros ? "true" : "false");
	case CONVERT_REAL:
		return arena_printf(a, "%s, %s, %u, %u)",
		    arena_printf(a, bare ? "put_number(%s, row" : "put_real(%s", w), real(a, abi, t), s->width,
		    s->precision);
	default: break;
	}
	if (t->kind == EXPR_CALL && strcmp(t->function->name, "pids") == 0)
		return arena_printf(a, "put_pids(%s, row)", w);
	return arena_printf(a, "%s(%s, %s)", functions[s->conversion], w, emit_expr(a, t));
}

/* --- the cell ----------------------------------------------------------------------------------------------------- */

/* The condition in C under which one of the values is null; NULL: none can be. */
static const char *
null_of(struct arena *a, const struct label_cell *cell, const struct typed_cell *typed)
{
	const char *text = NULL;

	for (size_t i = 0; i < cell->column->nvalues; i++) {
		const char *one = emit_null(a, typed->values[i]);

		if (one != NULL)
			text = text == NULL ? one : arena_printf(a, "%s || %s", text, one);
	}
	return text;
}

/* Whether a format is a conversion and nothing else, so that a number is one of JSON too. */
static bool
is_bare(const struct label_format *f)
{
	return f->nsegments == 2 && f->segments[0].text[0] == '\0' && f->segments[1].text[0] == '\0';
}

const char *
label_cell_statement(struct arena *a, const struct abi *abi, const struct label_cell *cell,
    const struct typed_cell *typed, const char *start)
{
	const char *null = null_of(a, cell, typed), *w = start;
	size_t n = 0;

	for (size_t i = 0; i < cell->format.nsegments; i++) {
		w = put_literal(a, w, cell->format.segments[i].text);
		if (cell->format.segments[i].conversion != CONVERT_NONE)
			w = put_value(a, abi, &cell->format.segments[i], w, typed->values[n++], is_bare(&cell->format));
	}
	if (label_text_reads(w, "header")) /* which is not known of every log */
		null = null == NULL ? "header == NULL" : arena_printf(a, "header == NULL || %s", null);
	if (null == NULL)
		return arena_printf(a, "w = %s;", w);
	return arena_printf(a, "w = (%s) ? put_none(%s, row) : %s;", null, start, w);
}

/* The most bytes that the text has, before it is escaped. */
static uint64_t
text_room(const struct typed *t)
{
	uint64_t most = t->kind == EXPR_TEXT ? strlen(t->text) : t->kind == EXPR_PATH ? t->room : 0;

	for (size_t i = t->kind == EXPR_CHOICE ? 1 : 0; i < t->nargs; i++)
		if (text_room(t->args[i]) > most)
			most = text_room(t->args[i]);
	return most;
}

static bool
has_path(const struct typed *t)
{
	bool found = t->kind == EXPR_CALL && strcmp(t->function->name, "path") == 0;

	for (size_t i = 0; i < t->nargs; i++)
		found = found || has_path(t->args[i]);
	return found;
}

const char *
label_cell_most(struct arena *a, const struct label_cell *cell, const struct typed_cell *typed)
{
	uint64_t literals = 0;
	const char *most = "";
	size_t n = 0;

	for (size_t i = 0; i < cell->format.nsegments; i++) {
		const struct label_segment *s = &cell->format.segments[i];
		const struct typed *t = typed->values[n];

		literals += strlen(s->text);
		n += s->conversion != CONVERT_NONE ? 1 : 0;
		switch (s->conversion) {
		case CONVERT_NONE: break;
		case CONVERT_LETTER: most = arena_printf(a, "%sPUT_LABEL_LETTER_MAX + ", most); break;
		case CONVERT_REAL: most = arena_printf(a, "%sPUT_LABEL_REAL_MAX + ", most); break;
		case CONVERT_WIDE_D: literals += s->width + 20; break;
		case CONVERT_TEXT:
			most = has_path(t)
			    ? arena_printf(a, "%sPUT_LABEL_PATH_MAX + ", most)
			    : arena_printf(a, "%sPUT_LABEL_TEXT_MAX(%" PRIu64 ") + ", most, text_room(t));
			break;
		default: literals += 20; break;
		}
	}
	return arena_printf(a, "%s%" PRIu64, most, literals);
}
