/*
 * emit_reference: reference.c: for each definition, its schema, its decoder, and for each member the lines of both and the
 * offsets in all data models.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"

/* Texts that members share; their index is one more than that in the list. */
struct texts {
	const char **list;
	size_t count;
};

/* The index of `text`, which is added if the list lacks it. */
static size_t
find_text(struct arena *a, struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (strcmp(texts->list[i], text) == 0)
			return i + 1;
	texts->list = arena_grow(a, texts->list, texts->count, sizeof(*texts->list));
	texts->list[texts->count++] = text;
	return texts->count;
}

/* `, .name = 3`, if there is a text. */
static void
emit_text(struct out *o, struct texts *texts, const char *name, const char *text)
{
	if (text != NULL)
		out_printf(o, ", .%s = %zu", name, find_text(o->arena, texts, text));
}

static void
emit_texts(struct out *o, const struct texts *texts)
{
	out_printf(o, "const char *const catalog_reference_texts[] = {\n\tNULL,\n");
	for (size_t i = 0; i < texts->count; i++) {
		out_printf(o, "\t\"");
		out_c_string(o, texts->list[i]);
		out_printf(o, "\",\n");
	}
	out_printf(o, "};\n\n");
}

/* The names of the known faults that make the member null; NULL: none does. */
static const char *
fault_names(struct arena *a, const struct definition *d, const struct field *f)
{
	const char *names = NULL;

	for (size_t i = 0; i < d->nguards && i < GUARDS_MAX; i++)
		if ((f->guards >> i & 1) != 0 && d->guards[i].kind == GUARD_FAULT)
			names = names == NULL ? d->guards[i].key : arena_printf(a, "%s, %s", names, d->guards[i].key);
	return names;
}

/* Whether a struct that holds this one can say that the member is never filled. */
static bool
is_unfilled(const struct definition *d, const struct field *f)
{
	for (size_t i = 0; i < d->nguards && i < GUARDS_MAX; i++)
		if ((f->guards >> i & 1) != 0 && d->guards[i].kind == GUARD_UNFILLED)
			return true;
	return false;
}

static void
emit_member(struct out *o, const struct emit_plan *p, struct texts *texts, const struct definition *d, size_t i)
{
	const struct field *f = &d->fields[i];

	out_printf(o, "{ .schema_line = %u, .decode_line = %u, .offset = {", f->member->name.at.line,
	    p->lines[d->code->number][i]);
	for (size_t m = 0; m < p->model->abi->nmodels; m++)
		out_printf(o, "%s%" PRIu64, m > 0 ? ", " : "", f->offset[m]);
	out_printf(o, "}");
	emit_text(o, texts, "when", f->member->when.word.text);
	emit_text(o, texts, "live", f->member->live.word.text);
	emit_text(o, texts, "faults", fault_names(o->arena, d, f));
	if (is_unfilled(d, f))
		out_printf(o, ", .unfilled = true");
	out_printf(o, " }, /* %s */\n", f->member->name.text);
}

static void
emit_members(struct out *o, const struct emit_plan *p, struct texts *texts, const struct definition *d)
{
	out_printf(o, "static const struct reference_member %s_members[] = {\n", c_own(o->arena, d));
	o->indent++;
	for (size_t i = 0; i < d->nfields; i++)
		emit_member(o, p, texts, d, i);
	o->indent--;
	out_printf(o, "};\n\n");
}

/* "v2.7.1: rawlog.h, photosyst.h": upstream's tag and files, of the schema that has the struct's lines. */
static const char *
upstream(struct arena *a, const struct model *m, const struct definition *d)
{
	const struct schema *s = d->origin->schema;
	const char *text;

	for (size_t i = 0; i < m->nreleases; i++)
		if (m->releases[i]->schema->source == d->structure->name.at.source)
			s = m->releases[i]->schema;
	text = s->tag.text != NULL ? s->tag.text : "";
	for (size_t i = 0; i < s->nfiles; i++)
		text = arena_printf(a, "%s%s %s", text, i == 0 ? ":" : ",", s->files[i].text);
	return text;
}

static void
emit_row(struct out *o, const struct model *m, const struct definition *d)
{
	struct arena *a = o->arena;
	const char *path = d->structure->name.at.source->name, *slash = strrchr(path, '/');
	const char *own = c_own(a, d);

	out_printf(o, "{ &%s_definition, \"", own);
	out_c_string(o, slash != NULL ? slash + 1 : path);
	out_printf(o, "\", \"");
	out_c_string(o, upstream(a, m, d));
	out_printf(o, "\",\n  \"%s_decode\", \"%s\", %s_members },\n", c_struct(a, d),
	    c_file(a, d->code->origin, "decode.c"), own);
}

void
emit_reference(struct out *o, const struct emit_plan *p)
{
	const struct definition **all = NULL;
	struct texts texts = { NULL, 0 };
	size_t n = 0;

	out_printf(o, "#include \"rawlog/catalog/reference.h\"\n");
	emit_definition_includes(o, p);
	out_printf(o, "\n");
	for (size_t i = 0; i < p->model->nreleases; i++) {
		size_t count;
		const struct definition **list = plan_definitions(o->arena, p, p->model->releases[i], &count);

		for (size_t k = 0; k < count; k++) {
			all = arena_grow(o->arena, all, n, sizeof(*all));
			all[n++] = list[k];
		}
	}
	for (size_t i = 0; i < n; i++)
		emit_members(o, p, &texts, all[i]);
	emit_texts(o, &texts);
	out_printf(o, "const struct reference catalog_references[] = {\n");
	o->indent++;
	for (size_t i = 0; i < n; i++)
		emit_row(o, p->model, all[i]);
	o->indent--;
	out_printf(o, "};\nconst size_t catalog_nreferences = %zu;\n\n", n);
	out_printf(o, "_Static_assert(REFERENCE_MODELS >= %zu, \"there is room for the data models\");\n",
	    p->model->abi->nmodels);
}
