/*
 * emit_layout: the table of members and holes with their offsets. Collects the rows of one struct at a time and prints
 * them in columns at least two spaces apart. Offsets within a struct come from model/layout.
 */
#include "emit/emit.h"

#include <stdint.h>
#include <string.h>

#include "emit/c_names.h"
#include "model/layout.h"

#define NOWHERE UINT64_MAX

struct row {
	const char *path;
	uint64_t offset[MODELS_MAX]; /* NOWHERE: not in this data model */
	const char *type;
	const char *dims; /* of the whole path: "2048x6" */
	const char *unit;
	const char *kind;
	uint64_t size[MODELS_MAX];       /* of one element */
	const char *strides[MODELS_MAX]; /* one for each of dims: "168,8" */
	const char *decoded_in;          /* the generated file that decodes it */
};

/* The rows of one top-level struct of a file. */
struct layout_rows {
	struct arena *arena;
	const struct abi *abi;
	size_t first; /* data models shown: from first to last */
	size_t last;
	struct row *rows;
	size_t nrows;
	size_t nmembers;
	size_t nholes;
	bool decoded; /* the last column is the file that decodes a member */
};

/* --- rows ---------------------------------------------------------------------------------------------- */

static struct row *
add_row(struct layout_rows *t)
{
	t->rows = arena_grow(t->arena, t->rows, t->nrows, sizeof(*t->rows));
	return &t->rows[t->nrows++];
}

/* Space between two members, or at the end. No row if there is none in any model shown. */
static void
add_hole(struct layout_rows *t, const struct row *outer, const uint64_t *from, const uint64_t *to)
{
	struct row hole = { .type = "hole", .unit = "-", .kind = "-", .dims = "-", .decoded_in = "-" };
	bool any = false;

	for (size_t m = t->first; m <= t->last; m++) {
		hole.size[m] = to[m] - from[m];
		hole.offset[m] = hole.size[m] > 0 ? outer->offset[m] + from[m] : NOWHERE;
		hole.strides[m] = "-";
		any = any || hole.size[m] > 0;
	}
	if (!any)
		return;
	hole.path = arena_printf(t->arena, "%s(hole)", outer->path);
	*add_row(t) = hole;
	t->nholes++;
}

/* `list`, if not empty or "-", and a number behind it. */
static const char *
append_number(struct arena *a, const char *list, const char *separator, uint64_t number)
{
	if (strcmp(list, "-") == 0)
		return arena_printf(a, "%llu", (unsigned long long)number);
	return arena_printf(a, "%s%s%llu", list, separator, (unsigned long long)number);
}

/* The row of a field in `outer`, whose path ends where the field's name goes. */
static struct row
field_row(struct layout_rows *t, const struct row *outer, const struct field *f)
{
	const struct member *member = f->member;
	struct row row = {
		.path = arena_printf(t->arena, "%s%s", outer->path, member->name.text),
		.type = member->type.text,
		.dims = outer->dims,
		.unit = member->unit.text != NULL ? member->unit.text : "-",
		.kind = member->reserved ? "reserved"
		    : member->delta      ? "delta"
					 : "gauge",
	};

	if (f->def != NULL) {
		row.type = arena_printf(t->arena, "struct %s", member->type.text);
		row.kind = "-";
	}
	for (size_t i = 0; i < f->ndims; i++) {
		row.path = arena_printf(t->arena, "%s[]", row.path);
		row.dims = append_number(t->arena, row.dims, "x", f->dims[i]);
	}
	for (size_t m = t->first; m <= t->last; m++) {
		uint64_t stride = layout_field_size(f, m);

		row.offset[m] = outer->offset[m] + f->offset[m];
		row.size[m] = layout_element_size(f, m);
		row.strides[m] = outer->strides[m];
		for (size_t i = 0; i < f->ndims; i++) {
			stride /= f->dims[i];
			row.strides[m] = append_number(t->arena, row.strides[m], ",", stride);
		}
	}
	return row;
}

/* Adds rows for all members of `def`, which is at `outer`; a member's name is appended to the path of `outer`. */
static void
add_members(struct layout_rows *t, const struct row *outer, const struct definition *def)
{
	uint64_t end[MODELS_MAX] = { 0 };

	for (size_t i = 0; i < def->nfields; i++) {
		const struct field *f = &def->fields[i];
		struct row row = field_row(t, outer, f);

		row.decoded_in = c_file(t->arena, def->code->origin, "decode.c");
		add_hole(t, outer, end, f->offset);
		*add_row(t) = row;
		if (f->def != NULL) {
			row.path = arena_printf(t->arena, "%s.", row.path);
			add_members(t, &row, f->def);
		} else {
			t->nmembers++;
		}
		for (size_t m = t->first; m <= t->last; m++)
			end[m] = f->offset[m] + layout_field_size(f, m);
	}
	add_hole(t, outer, end, def->size);
}

/* The last row: the end of the struct, and its contents. */
static void
add_total(struct layout_rows *t, const struct definition *def)
{
	struct row total = { .path = "(total)", .dims = "-", .unit = "-", .kind = "-", .decoded_in = "-" };

	total.type = arena_printf(t->arena, "%zu member%s, %zu hole%s", t->nmembers, t->nmembers == 1 ? "" : "s",
	    t->nholes, t->nholes == 1 ? "" : "s");
	for (size_t m = t->first; m <= t->last; m++) {
		total.offset[m] = total.size[m] = def->size[m];
		total.strides[m] = "-";
	}
	*add_row(t) = total;
}

/* --- columns ------------------------------------------------------------------------------------------- */

static const char *
offset_text(const struct layout_rows *t, const struct row *row, size_t model)
{
	if (row->offset[model] == NOWHERE)
		return "-";
	return arena_printf(t->arena, "%llu", (unsigned long long)row->offset[model]);
}

/* "8", or "8/4/8/4/8" where the models differ. */
static const char *
size_text(const struct layout_rows *t, const struct row *row)
{
	const char *text = arena_printf(t->arena, "%llu", (unsigned long long)row->size[t->first]);
	bool same = true;

	for (size_t m = t->first; m <= t->last; m++)
		same = same && row->size[m] == row->size[t->first];
	for (size_t m = t->first + 1; m <= t->last && !same; m++)
		text = append_number(t->arena, text, "/", row->size[m]);
	return text;
}

static void
widen(int *width, const char *text)
{
	const int length = (int)strlen(text);

	if (length > *width)
		*width = length;
}

static void
print_table(struct out *o, const struct layout_rows *t, const char *title)
{
	int path = (int)strlen(title), type = 4, dims = 4, unit = 4, kind = 4, size = 4;
	int offset[MODELS_MAX] = { 0 };
	const bool one = t->first == t->last;

	for (size_t i = 0; i < t->nrows; i++) {
		widen(&path, t->rows[i].path);
		widen(&type, t->rows[i].type);
		widen(&dims, t->rows[i].dims);
		widen(&unit, t->rows[i].unit);
		widen(&kind, t->rows[i].kind);
		widen(&size, size_text(t, &t->rows[i]));
	}
	out_printf(o, "%-*s", path, title);
	for (size_t m = t->first; m <= t->last; m++) {
		const char *name = t->abi->models[m].name.text;

		widen(&offset[m], name);
		for (size_t i = 0; i < t->nrows; i++)
			widen(&offset[m], offset_text(t, &t->rows[i], m));
		out_printf(o, "  %*s", offset[m], name);
	}
	out_printf(o, "  %-*s  %-*s  %-*s  %-*s  ", type, "type", dims, "dims", unit, "unit", kind, "kind");
	if (one)
		out_printf(o, "%-*s  strides\n", size, "size");
	else if (t->decoded)
		out_printf(o, "%-*s  decoded in\n", size, "size");
	else
		out_printf(o, "size\n");

	for (size_t i = 0; i < t->nrows; i++) {
		const struct row *row = &t->rows[i];

		out_printf(o, "%-*s", path, row->path);
		for (size_t m = t->first; m <= t->last; m++)
			out_printf(o, "  %*s", offset[m], offset_text(t, row, m));
		out_printf(o, "  %-*s  %-*s  %-*s  %-*s  ", type, row->type, dims, row->dims, unit, row->unit, kind,
		    row->kind);
		if (one)
			out_printf(o, "%-*s  %s\n", size, size_text(t, row), row->strides[t->first]);
		else if (t->decoded)
			out_printf(o, "%-*s  %s\n", size, size_text(t, row), row->decoded_in);
		else
			out_printf(o, "%s\n", size_text(t, row));
	}
}

/* --- the file ------------------------------------------------------------------------------------------ */

static void
print_struct(struct out *o, const struct release *r, const struct definition *def, int model, bool decoded)
{
	struct layout_rows t = {
		.arena = o->arena,
		.abi = r->abi,
		.first = model >= 0 ? (size_t)model : 0,
		.decoded = decoded,
		.last = model >= 0 ? (size_t)model : r->abi->nmodels - 1,
	};
	struct row top = { .path = "", .dims = "-" };

	for (size_t m = t.first; m <= t.last; m++)
		top.strides[m] = "-";
	add_members(&t, &top, def);
	add_total(&t, def);
	out_printf(o, "\n");
	print_table(o, &t, arena_printf(o->arena, "struct %s", def->structure->name.text));
}

void
emit_layout(struct out *o, const struct release *r, int model, bool decoded)
{
	out_printf(o, "# atop %s: where members lie, in bytes from the start of a struct; of arrays, the first.\n",
	    r->schema->version.text);
	out_printf(o, "# A hole is space that C compilers leave between members. size is that of one element.\n");
	if (model < 0) {
		out_printf(o, "# Where sizes differ they are listed as");
		for (size_t m = 0; m < r->abi->nmodels; m++)
			out_printf(o, "%s%s", m > 0 ? "/" : " ", r->abi->models[m].name.text);
		out_printf(o, ".\n");
	}
	for (size_t i = 0; i < 2 + r->nblocks; i++)
		print_struct(o, r, release_top(r, i), model, decoded);
}
