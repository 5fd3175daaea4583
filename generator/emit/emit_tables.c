/*
 * emit_tables: the CSV tables of a top-level struct of a file: one of its own cells, and one for each array of structs in
 * it, at any depth. A table is a name and a function that prints the rows; the names of columns come from the field
 * dictionary.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "model/field_facts.h"

/* A table: its name, the path to its array, and the conditions under which structs on that path are null. */
struct table {
	const char *name;     /* "sstat.cpu.cpu" */
	const char *function; /* stem of its C symbols */
	const char *path;     /* "v->cpu.", what a member of the holder is read through */
	const struct definition *holder;
	const struct field *array; /* NULL: the struct itself */
	size_t base;               /* the holder's first guard among those of the outermost struct */
	const char **conditions;
	size_t nconditions;
};

struct table_list {
	const struct definition *top;
	struct table *list;
	size_t count;
};

/* The struct that a row of the table shows. */
static const struct definition *
row_definition(const struct table *t)
{
	return t->array != NULL ? t->array->def : t->holder;
}

/* Prints one row: the prefix from the caller, the index of an array, the cells. */
static void
emit_row(struct out *o, const struct table *t, const char *element)
{
	const struct definition *d = row_definition(t);
	const size_t base = t->base + (t->array != NULL ? t->array->base : 0);
	const char *nulls = d->nbits == 0 ? "" : base == 0 ? ", nulls" : arena_printf(o->arena, ", nulls >> %zu", base);

	out_printf(o, "w = writer_room(out, prefix_size + 1 + PUT_INTEGER_MAX + %s_CSV_MAX + PUT_SLACK);\n",
	    c_macro(o->arena, d));
	out_printf(o, "memcpy(w, prefix, prefix_size);\n");
	out_printf(o, "w += prefix_size;\n");
	if (t->array != NULL)
		out_printf(o, "w = put_u64(PUT(w, \",\"), i);\n");
	out_printf(o, "w = %s_csv(w, %s, print%s);\n", c_struct(o->arena, d), element, nulls);
	out_printf(o, "writer_commit(out, PUT(w, \"\\r\\n\"));\n");
}

/* The struct that holds the table's array, as a pointer. */
static const char *
holder_pointer(struct arena *a, const struct table_list *all, const struct table *t)
{
	if (t->holder == all->top)
		return "v";
	return arena_printf(a, "&%.*s", (int)(strlen(t->path) - strlen(".")), t->path);
}

/* The loop over the array, around the row of each element. */
static void
emit_array_rows(struct out *o, const struct table_list *all, const struct table *t)
{
	const struct field *f = t->array;

	emit_live_loop(o, t->holder, f, holder_pointer(o->arena, all, t));
	if (f->live != NULL)
		out_printf(o, "if (!(print & PRINT_RESERVED || %s(&%s%s[i], i)))\n\tcontinue;\n",
		    c_shows(o->arena, t->holder, f), t->path, f->key);
	emit_row(o, t, arena_printf(o->arena, "&%s%s[i]", t->path, f->key));
	o->indent--;
	out_printf(o, "}\n");
}

static bool
uses_nulls(const struct table *t)
{
	for (size_t i = 0; i < t->nconditions; i++)
		if (strncmp(t->conditions[i], "nulls", strlen("nulls")) == 0)
			return true;
	return row_definition(t)->nbits > 0;
}

static void
emit_rows(struct out *o, const struct table_list *all, const struct table *t)
{
	out_printf(o,
	    "static void\n%s_rows(struct writer *out, const void *host, const char *prefix, size_t prefix_size,\n"
	    "    unsigned print, uint64_t nulls)\n{\n",
	    t->function);
	o->indent++;
	out_printf(o, "const struct %s *v = host;\n", c_struct(o->arena, all->top));
	out_printf(o, "char *w;\n\n");
	if (!uses_nulls(t))
		out_printf(o, "(void)nulls;\n");
	for (size_t i = 0; i < t->nconditions; i++)
		out_printf(o, "if (%s)\n\treturn;\n", t->conditions[i]);
	if (t->array == NULL)
		emit_row(o, t, "v");
	else
		emit_array_rows(o, all, t);
	o->indent--;
	out_printf(o, "}\n\n");
}

/* Adds a table below `from`; the caller fills it in. */
static struct table *
add_table(struct arena *a, struct table_list *all, const struct table *from)
{
	all->list = arena_grow(a, all->list, all->count, sizeof *all->list);
	all->list[all->count] = *from;
	return &all->list[all->count++];
}

/* Adds a condition to a copy of the list of `t`, which other tables share. */
static void
add_condition(struct arena *a, struct table *t, const char *condition)
{
	const char **list = arena_alloc(a, (t->nconditions + 1) * sizeof *list);

	for (size_t i = 0; i < t->nconditions; i++)
		list[i] = t->conditions[i];
	list[t->nconditions++] = condition;
	t->conditions = list;
}

/* Adds a table for each array of structs in the struct that `at` describes. */
static void
find_tables(struct arena *a, struct table_list *all, const struct table *at)
{
	for (size_t i = 0; i < at->holder->nfields; i++) {
		const struct field *f = &at->holder->fields[i];
		struct table next = *at;

		if (f->def == NULL)
			continue;
		next.name = arena_printf(a, "%s.%s", at->name, f->key);
		next.function = arena_printf(a, "%s_%s", at->function, f->key);
		if (f->guards != 0)
			add_condition(a, &next, c_mask(a, "nulls", f->guards << at->base));
		if (f->when != NULL)
			add_condition(a, &next,
			    arena_printf(a, "!(print & PRINT_RESERVED || %s(%s))", c_means(a, at->holder, f),
				holder_pointer(a, all, at)));
		if (field_is_struct_array(f)) {
			next.array = f;
			add_table(a, all, &next);
		} else if (definition_has_struct_array(f->def)) {
			next.path = arena_printf(a, "%s%s.", at->path, f->key);
			next.holder = f->def;
			next.base = at->base + f->base;
			find_tables(a, all, &next);
		}
	}
}

size_t
tables_count(const struct definition *d)
{
	size_t count = 1;

	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];

		if (f->def != NULL)
			count += field_is_struct_array(f) ? 1 : tables_count(f->def) - 1;
	}
	return count;
}

void
emit_tables(struct out *o, const struct emit_plan *p, const struct definition *d)
{
	struct arena *a = o->arena;
	const char *symbol = c_struct(a, d);
	const struct table top = { .name = plan_role(p, d), .function = symbol, .path = "v->", .holder = d };
	struct table_list all = { .top = d };

	add_table(a, &all, &top);
	find_tables(a, &all, &top);
	for (size_t i = 0; i < all.count; i++)
		emit_rows(o, &all, &all.list[i]);
	out_printf(o, "const struct table %s_tables[] = {\n", symbol);
	o->indent++;
	for (size_t i = 0; i < all.count; i++)
		out_printf(o, "{\"%s\", %s_rows},\n", all.list[i].name, all.list[i].function);
	o->indent--;
	out_printf(o, "};\n\n");
}
