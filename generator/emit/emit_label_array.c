/*
 * emit_label_array: how many elements an array has, which of them are printed, and by what cgroups list them.
 */
#include "emit/emit_label.h"

#include <inttypes.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"

static const char *
add(struct label_functions *f, const struct release_labels *r, const char *name, const char *what, const char *comment,
    const char *before, const char *behind, const struct out *body)
{
	const struct label_function made = {
		.name = arena_printf(f->arena, "%s_%s_%s", c_release(f->arena, r->release), name, what),
		.origin = r->release,
		.comment = comment,
		.before = before,
		.behind = behind,
		.body = body->text,
	};

	return label_function_add(f, &made);
}

/* The elements that can be read, in C: those that are decoded. */
static const char *
most(struct arena *a, const struct typed_array *t)
{
	const char *key = t->part->key;

	if (t->field->member->count_rule == COUNT_NONE)
		return arena_printf(a, "%" PRIu64, t->limit);
	if (t->holder_path[0] == '\0')
		return arena_printf(a, "%s_%s_live(%s)", c_struct(a, t->holder), t->field->key, key);
	return arena_printf(a, "%s_%s_live(&%s->%s)", c_struct(a, t->holder), t->field->key, key, t->holder_path);
}

static const char *
make_count(struct label_functions *f, const struct release_labels *r, const struct typed_array *t, const char *name)
{
	struct arena *a = f->arena;
	struct out o = { .arena = a, .indent = 1 };

	out_printf(&o, "const struct %s *%s = part;\n", c_struct(a, t->part->def), t->part->key);
	if (t->count != NULL) {
		out_printf(&o, "\nreturn label_count(%s, %s);\n", emit_expr(a, t->count), most(a, t));
	} else {
		out_printf(&o, "const size_t most = %s;\nsize_t n = 0;\n\n", most(a, t));
		out_printf(&o, "for (; n < most; n++) {\n");
		out_printf(&o, "\tconst struct %s *it = &%s->%s[n];\n\n", c_struct(a, t->element), t->part->key,
		    t->path);
		out_printf(&o, "\tif (%s)\n\t\tbreak;\n}\nreturn n;\n", emit_expr(a, t->until));
	}
	return add(f, r, name, "count", arena_printf(a, "The elements of %s.", name), "size_t", "(const void *part)",
	    &o);
}

static const char *
make_shown(struct label_functions *f, const struct release_labels *r, const struct typed_array *t, const char *name)
{
	struct out o = { .arena = f->arena, .indent = 1 };

	if (t->only == NULL)
		return NULL;
	out_printf(&o, "const struct %s *it = element;\n\n", c_struct(f->arena, t->element));
	out_printf(&o, "return %s;\n", emit_expr(f->arena, t->only));
	return add(f, r, name, "shown", arena_printf(f->arena, "Whether an element of %s is printed.", name), "bool",
	    "(const void *element)", &o);
}

static const char *
make_listed(struct label_functions *f, const struct release_labels *r, const struct typed_array *t, const char *name)
{
	struct out o = { .arena = f->arena, .indent = 1 };

	if (t->by == NULL)
		return NULL;
	out_printf(&o, "const struct %s *%s = part;\n\n", c_struct(f->arena, t->listed_part->def), t->listed_part->key);
	out_printf(&o, "*number = %s;\n", emit_expr(f->arena, t->by));
	out_printf(&o, "return %s;\n", emit_expr(f->arena, t->listed));
	return add(f, r, name, "listed",
	    arena_printf(f->arena, "The number by which cgroups list an element of %s.", name), "bool",
	    "(const void *part, int64_t *number)", &o);
}

struct label_array_code
label_array_make(struct label_functions *f, const struct release_labels *r, const struct typed_array *array,
    const char *name)
{
	struct label_array_code code = { NULL, NULL, NULL };

	if (array->array == NULL)
		return code;
	if (array->path != NULL) {
		code.count = make_count(f, r, array, name);
		code.shown = make_shown(f, r, array, name);
	}
	code.listed = make_listed(f, r, array, name);
	return code;
}
