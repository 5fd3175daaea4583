/*
 * label_text: expressions as text, to compare what releases mean by them.
 */
#include "read/resolve_label.h"

#include <inttypes.h>
#include <string.h>

#define DEPTH_MAX 8 /* named expressions within each other; more are reported when they are typed */

struct text_scope {
	struct arena *arena;
	const struct scope_name *names;
	size_t nnames;
	unsigned depth;
};

static const char *text_of(struct text_scope s, const struct expr *e);

static const char *
path_text(struct text_scope s, const struct expr *e)
{
	for (size_t i = 0; i < s.nnames && s.depth < DEPTH_MAX; i++)
		if (strcmp(s.names[i].name.text, e->text) == 0 && s.names[i].value.tree != NULL) {
			s.depth++;
			return text_of(s, s.names[i].value.tree);
		}
	return e->text;
}

static const char *
call_text(struct text_scope s, const struct expr *e)
{
	const char *text = arena_printf(s.arena, "%s(", e->text);

	for (size_t i = 0; i < e->nargs; i++)
		text = arena_printf(s.arena, "%s%s%s", text, i > 0 ? ", " : "", text_of(s, e->args[i]));
	return arena_printf(s.arena, "%s)", text);
}

static const char *
text_of(struct text_scope s, const struct expr *e)
{
	switch (e->kind) {
	case EXPR_INTEGER: return arena_printf(s.arena, "%" PRIu64, e->integer);
	case EXPR_LETTER: return arena_printf(s.arena, "'%s'", e->text);
	case EXPR_TEXT: return arena_printf(s.arena, "\"%s\"", e->text);
	case EXPR_PATH: return path_text(s, e);
	case EXPR_CALL: return call_text(s, e);
	case EXPR_MINUS: return arena_printf(s.arena, "(-%s)", text_of(s, e->args[0]));
	case EXPR_NOT: return arena_printf(s.arena, "(!%s)", text_of(s, e->args[0]));
	case EXPR_BINARY:
		return arena_printf(s.arena, "(%s %s %s)", text_of(s, e->args[0]), expr_operator_text(e->op),
		    text_of(s, e->args[1]));
	case EXPR_CHOICE:
		return arena_printf(s.arena, "(%s ? %s : %s)", text_of(s, e->args[0]), text_of(s, e->args[1]),
		    text_of(s, e->args[2]));
	default: return e->text;
	}
}

const char *
label_text(struct arena *a, const struct expr *e, const struct scope_name *names, size_t nnames)
{
	return text_of((struct text_scope){ a, names, nnames, 0 }, e);
}
