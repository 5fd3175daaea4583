/*
 * emit_release: a release's row of the catalog: the blocks after a record, and the members of rawheader and rawrecord that
 * hold their lengths and counts. Releases that read these from the same members share the functions.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"
#include "emit/emit_shared.h"
#include "model/field_facts.h"

/* The condition, in C, under which differences count since boot. */
static const char *
since_boot(struct arena *a, const struct release *r)
{
	return r->since_boot != NULL ? emit_expr(a, r->since_boot) : "false";
}

/* The function that reads the facts of a rawheader. */
static const char *
header_facts(struct arena *a, const struct release *r, size_t top)
{
	static const char *const own[] = { "magic", "aversion", "rawheadlen", "rawreclen" };
	struct out o = { .arena = a, .indent = 1 };

	out_printf(&o, "const struct %s *v = rawheader;\n\n", c_struct(a, release_top(r, top)));
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		out_printf(&o, "facts->%s = v->%s;\n", own[i], own[i]);
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].header_length != NULL)
			out_printf(&o, "facts->block_size[%zu] = v->%s;\n", i, r->blocks[i].header_length->key);
		else
			out_printf(&o, "facts->block_size[%zu] = -1;\n", i);
	if (r->host != NULL) {
		const char *member = c_member(a, r->rawheader, r->host->text);

		out_printf(&o, "facts->host = v->%s;\nfacts->host_size = sizeof v->%s;\n", member, member);
	} else {
		out_printf(&o, "facts->host = \"\";\n");
		out_printf(&o, "facts->host_size = 0;\n");
	}
	return o.text;
}

/* The same of a rawrecord. */
static const char *
record_facts(struct arena *a, const struct release *r, size_t top)
{
	const struct field *interval = definition_find(r->rawrecord, "interval");
	struct out o = { .arena = a, .indent = 1 };

	out_printf(&o, "const struct %s *v = rawrecord;\n\n", c_struct(a, release_top(r, top)));
	out_printf(&o, "facts->curtime = v->curtime;\n");
	out_printf(&o, "facts->interval = %s;\n", interval != NULL ? "v->interval" : "0");
	out_printf(&o, "facts->since_boot = %s;\n", since_boot(a, r));
	for (size_t i = 0; i < r->nblocks; i++) {
		const struct resolved_block *b = &r->blocks[i];

		out_printf(&o, "facts->block[%zu].length = v->%s;\n", i, b->length->key);
		if (b->count != NULL)
			out_printf(&o, "facts->block[%zu].count = v->%s;\n", i, b->count->key);
		else
			out_printf(&o, "facts->block[%zu].count = 1;\n", i);
		if (b->size != NULL)
			out_printf(&o, "facts->block[%zu].size = v->%s;\n", i, b->size->key);
	}
	return o.text;
}

/* The functions that read facts, by the top-level struct that they read. */
static const struct facts {
	const char *name, *parameters;
	shared_body *body;
} facts[] = {
	{ "header_facts", "const void *rawheader, struct header_facts *facts", header_facts },
	{ "record_facts", "const void *rawrecord, struct record_facts *facts", record_facts },
};

#define NFACTS (sizeof facts / sizeof facts[0])

static const struct release *
facts_owner(struct arena *a, const struct emit_plan *p, const struct release *r, size_t i)
{
	return shared_owner(a, p, r, i, facts[i].body);
}

static void
emit_facts(struct out *o, const struct emit_plan *p, const struct release *r)
{
	for (size_t i = 0; i < NFACTS; i++)
		if (facts_owner(o->arena, p, r, i) == r)
			out_printf(o, "void\n%s_%s(%s)\n{\n%s}\n\n", c_release(o->arena, r), facts[i].name,
			    facts[i].parameters, shared_text(o->arena, p, r, i, facts[i].body));
}

/* A string as a C literal. */
static void
emit_literal(struct out *o, const char *text)
{
	out_printf(o, "\"");
	out_c_string(o, text);
	out_printf(o, "\"");
}

static void
emit_row(struct out *o, const struct emit_plan *p, const struct release *r)
{
	struct arena *a = o->arena;
	const struct schema *s = r->schema;
	const char *symbol = c_release(a, r);

	out_printf(o, "const struct catalog_release %s_release = {\n", symbol);
	o->indent++;
	out_printf(o, ".version = \"%s\",\n", s->version.text);
	out_printf(o, ".covers = \"");
	for (size_t i = 0; i < s->nreleases; i++) {
		out_printf(o, "%s", i > 0 ? ", " : "");
		out_c_string(o, s->releases[i].text);
	}
	out_printf(o, "\",\n.source = ");
	emit_literal(o, s->tag.text != NULL ? s->tag.text : "");
	out_printf(o, ",\n.magic = 0x%" PRIx64 ",\n", release_find_constant(r, "MYMAGIC")->value);
	out_printf(o, ".aversion = 0x%04" PRIx64 ",\n", s->aversion);
	out_printf(o, ".rawheader = &%s_entry,\n", c_own(a, r->rawheader));
	out_printf(o, ".rawrecord = &%s_entry,\n", c_own(a, r->rawrecord));
	out_printf(o, ".blocks = %s_blocks,\n", symbol);
	out_printf(o, ".nblocks = sizeof %s_blocks / sizeof %s_blocks[0],\n", symbol, symbol);
	if (r->nfaults > 0)
		out_printf(o, ".faults = %s_faults,\n.nfaults = %zu,\n", symbol, r->nfaults);
	for (size_t i = 0; i < NFACTS; i++)
		out_printf(o, ".%s = %s_%s,\n", facts[i].name, c_release(a, facts_owner(a, p, r, i)), facts[i].name);
	if (r->begins != NULL)
		out_printf(o, ".tell = &%s_tell,\n", symbol);
	emit_feature_row(o, r);
	emit_check_row(o, p, r, 0, "rawheader_");
	emit_check_row(o, p, r, 1, "rawrecord_");
	o->indent--;
	out_printf(o, "};\n");
}

/* Where the integer at `path` lies in the host struct. */
static void
emit_int_ref(struct out *o, const char *name, const struct definition *d, const char *path, const struct field *f)
{
	out_printf(o, ".%s = %s,\n", name, c_int_ref(o->arena, d, path, f));
}

static void
emit_block(struct out *o, const struct emit_plan *p, const struct release *r, const struct resolved_block *b)
{
	const struct block *block = b->block;

	out_printf(o, "{\n");
	o->indent++;
	out_printf(o, ".entry = &%s_entry,\n", c_own(o->arena, b->def));
	emit_judging(o, p, r, b, JUDGING_MEMBERS);
	emit_check_row(o, p, r, 2 + (size_t)(b - r->blocks), "");
	if (b->size != NULL) {
		out_printf(o, ".kind = CATALOG_CHAIN,\n");
		out_printf(o, ".tail = \"%s\",\n", block->tail.text);
		out_printf(o, ".modulo = UINT64_C(1) << %u,\n", 8 * abi_widest(r->abi, b->count->ctype));
		emit_int_ref(o, "stride", b->def, block->stride.text, b->stride);
		emit_int_ref(o, "parent", b->def, block->parent.text, b->parent);
	}
	if (b->of != NULL) {
		out_printf(o, ".kind = CATALOG_LIST,\n");
		out_printf(o, ".of = %td,\n", b->of - r->blocks);
		emit_int_ref(o, "share", b->of->def, block->share.text, b->share);
		emit_int_ref(o, "value", b->def, b->def->fields[0].member->name.text, &b->def->fields[0]);
		out_printf(o, ".named = %td,\n", b->named - r->blocks);
		emit_int_ref(o, "id", b->named->def, b->named_path, b->named_field);
	}
	if (b->process != NULL)
		emit_int_ref(o, "process", b->def, block->process.text, b->process);
	if (b->inactive != NULL)
		emit_int_ref(o, "inactive", b->def, block->inactive.text, b->inactive);
	o->indent--;
	out_printf(o, "},\n");
}

void
emit_release(struct out *o, const struct emit_plan *p, const struct release *r)
{
	const char *symbol = c_release(o->arena, r);

	emit_facts(o, p, r);
	for (size_t i = 0; i < r->nblocks; i++)
		emit_judging(o, p, r, &r->blocks[i], JUDGING_FUNCTIONS);
	if (r->nfaults > 0)
		emit_known_faults(o, r);
	out_printf(o, "static const struct catalog_block %s_blocks[] = {\n", symbol);
	o->indent++;
	for (size_t i = 0; i < r->nblocks; i++)
		emit_block(o, p, r, &r->blocks[i]);
	o->indent--;
	out_printf(o, "};\n\n");
	emit_tell(o, r);
	emit_features(o, r);
	emit_row(o, p, r);
}

void
emit_release_header(struct out *o, const struct emit_plan *p, const struct release *r)
{
	const char *symbol = c_release(o->arena, r);

	out_printf(o, "#ifndef %s_RELEASE_H\n#define %s_RELEASE_H\n\n#include \"abi.h\"\n\n", symbol, symbol);
	out_printf(o, "extern const struct catalog_release %s_release;\n", symbol);
	for (size_t k = 0; k < r->nblocks; k++)
		emit_judging(o, p, r, &r->blocks[k], JUDGING_PROTOTYPES);
	emit_check_prototypes(o, p, r);
	for (size_t i = 0; i < NFACTS; i++)
		if (facts_owner(o->arena, p, r, i) == r)
			out_printf(o, "void %s_%s(%s);\n", symbol, facts[i].name, facts[i].parameters);
	out_printf(o, "\n#endif\n");
}

/* Whether the release's row names a function of `owner`. */
static bool
uses_functions(struct arena *a, const struct emit_plan *p, const struct release *r, const struct release *owner)
{
	for (size_t i = 0; i < NFACTS; i++)
		if (facts_owner(a, p, r, i) == owner)
			return true;
	return owner == r || emit_judging_uses(a, p, r, owner) || emit_check_uses(a, p, r, owner);
}

void
emit_release_includes(struct out *o, const struct emit_plan *p, const struct release *r)
{
	for (size_t i = 0; i < p->model->nreleases; i++)
		if (p->named[i] && uses_functions(o->arena, p, r, p->model->releases[i]))
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, p->model->releases[i], "release.h"));
}

/* "x86_64 aarch64": the machines of a data model, as a literal. */
static void
emit_machines(struct out *o, const struct data_model *model)
{
	out_printf(o, "\t\"");
	for (size_t i = 0; i < model->nmachines; i++) {
		out_printf(o, "%s", i > 0 ? " " : "");
		out_c_string(o, model->machines[i].text);
	}
	out_printf(o, "\",\n");
}

static void
emit_list(struct out *o, const struct emit_plan *p)
{
	size_t n;
	const size_t *order = plan_order(o->arena, p, &n);

	for (size_t i = 0; i < n; i++)
		out_printf(o, "\t&%s_release,\n", c_release(o->arena, p->model->releases[order[i]]));
}

void
emit_catalog(struct out *o, const struct emit_plan *p)
{
	emit_all_includes(o, p, "release.h");
	out_printf(o, "\n");
	out_printf(o, "const char *const catalog_models[] = {\n");
	for (size_t i = 0; i < p->model->abi->nmodels; i++)
		out_printf(o, "\t\"%s\",\n", p->model->abi->models[i].name.text);
	out_printf(o, "};\nconst char *const catalog_machines[] = {\n");
	for (size_t i = 0; i < p->model->abi->nmodels; i++)
		emit_machines(o, &p->model->abi->models[i]);
	out_printf(o, "};\nconst size_t catalog_nmodels = sizeof catalog_models / sizeof catalog_models[0];\n\n");
	out_printf(o, "const struct catalog_release *const catalog_releases[] = {\n");
	emit_list(o, p);
	out_printf(o, "};\n");
	out_printf(o, "const size_t catalog_nreleases = sizeof catalog_releases / sizeof catalog_releases[0];\n\n");
	out_printf(o, "_Static_assert(CATALOG_BLOCKS_MAX == %d, \"the limit of blocks is that of atopgen\");\n",
	    BLOCKS_MAX);
	out_printf(o, "_Static_assert(CATALOG_SUMS_MAX == %d, \"the limit of sums is that of atopgen\");\n", SUMS_MAX);
}
