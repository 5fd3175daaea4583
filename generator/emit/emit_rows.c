/*
 * emit_rows: which functions there are, and their files. The bodies are made by emit_row_body.
 */
#include "emit/emit_rows.h"

#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_internal.h"
#include "emit/emit_row_body.h"

/* The function of the list that prints the same; the latest one of the table decides. SIZE_MAX: none. */
static size_t
find_same(const struct row_functions *f, const struct row_function *made)
{
	for (size_t i = f->count; i > 0; i--) {
		const struct row_function *known = &f->list[i - 1];

		if (known->table == made->table && known->row == made->row && strcmp(known->csv, made->csv) == 0 &&
		    strcmp(known->json, made->json) == 0)
			return i - 1;
	}
	return SIZE_MAX;
}

/* The struct of the table's rows in a release that has `top`; NULL: it has no such array. */
static const struct definition *
find_row(const struct column_table *table, const struct definition *top)
{
	struct member_path path;

	if (table->kind == TABLE_STRUCT)
		return top;
	path = tables_array(top->origin, table);
	return path.nfields > 0 ? path.fields[path.nfields - 1]->def : NULL;
}

/* Whether a sample of the release has one row of the table at most: its struct is no element of a block. */
static bool
is_once(const struct release *r, const struct column_table *table)
{
	for (size_t i = 0; i < r->nblocks; i++)
		if (strcmp(r->blocks[i].role, table->role) == 0 && r->blocks[i].count != NULL)
			return false;
	return table->kind == TABLE_STRUCT;
}

/* Adds the functions of the table for the entry `d`. */
static void
add_table(struct arena *a, struct row_functions *f, const struct tables *t, const struct column_table *table,
    const struct definition *d, size_t entry)
{
	const struct definition *row = find_row(table, d);
	struct row_function made = { .table = table, .origin = d->origin };
	struct row_body body;
	size_t same;

	if (row == NULL)
		return;
	made.row = row->code;
	made.once = is_once(d->origin, table);
	made.stem = arena_printf(a, "%s_%s", c_release(a, d->origin), table->name);
	body = row_body(a, table, tables_places(a, t, d->origin, table), row, ROW_CSV);
	made.csv = body.text;
	made.csv_max = body.max;
	body = row_body(a, table, tables_places(a, t, d->origin, table), row, ROW_JSON);
	made.json = body.text;
	made.json_max = body.max;
	same = find_same(f, &made);
	if (same == SIZE_MAX) {
		same = f->count;
		f->list = arena_grow(a, f->list, f->count, sizeof(*f->list));
		f->list[f->count++] = made;
	}
	f->of_entry[entry] = arena_grow(a, (size_t *)f->of_entry[entry], f->nof_entry[entry], sizeof(size_t));
	((size_t *)f->of_entry[entry])[f->nof_entry[entry]++] = same;
}

struct row_functions
rows_make(struct arena *a, const struct emit_plan *p, const struct tables *t)
{
	struct row_functions f = {
		.of_entry = arena_alloc(a, (p->nentries + 1) * sizeof(*f.of_entry)),
		.nof_entry = arena_alloc(a, (p->nentries + 1) * sizeof(*f.nof_entry)),
	};

	for (size_t i = 0; i < p->nentries; i++)
		for (size_t k = 0; k < t->count; k++) {
			const struct column_table *table = t->list[k];

			if ((table->kind == TABLE_STRUCT || table->kind == TABLE_ARRAY) &&
			    strcmp(table->role, plan_role(p, p->entries[i])) == 0)
				add_table(a, &f, t, table, p->entries[i], i);
		}
	return f;
}

bool
rows_has(const struct row_functions *f, const struct release *r)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].origin == r)
			return true;
	return false;
}

void
emit_row_prototypes(struct out *o, const struct row_functions *f, const struct release *r)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct row_function *one = &f->list[i];

		if (one->origin != r)
			continue;
		for (size_t k = 0; k < 2; k++)
			out_printf(o, "%schar *%s_row_%s(char *w, const void *row, unsigned print, uint64_t nulls);\n",
			    one->once ? "COLD " : "", one->stem, k == 0 ? "csv" : "json");
	}
}

/* The structs of rows, and those that structs in them come from: their functions tell what is null. */
void
emit_row_includes(struct out *o, const struct emit_plan *p, const struct row_functions *f, const struct release *r)
{
	const struct definition **list = NULL;
	size_t count = 0;

	for (size_t i = 0; i < f->count; i++) {
		if (f->list[i].origin != r)
			continue;
		list = arena_grow(o->arena, list, count, sizeof(*list));
		list[count++] = f->list[i].row;
	}
	emit_includes(o, p, NULL, list, count, "types.h", uses_code);
}

static void
emit_function(struct out *o, const struct row_function *f, const char *kind, const char *body)
{
	out_printf(o, "char *\n%s_row_%s(char *w, const void *row, unsigned print, uint64_t nulls)\n{\n", f->stem,
	    kind);
	out_printf(o, "%s", body);
	out_printf(o, "}\n\n");
}

void
emit_row_functions(struct out *o, const struct row_functions *f, const struct release *r)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->list[i].origin != r)
			continue;
		emit_function(o, &f->list[i], "csv", f->list[i].csv);
		emit_function(o, &f->list[i], "json", f->list[i].json);
	}
}
