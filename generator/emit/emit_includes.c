/*
 * emit_includes: which headers of which releases a generated file needs. Definitions of one release are made of structs of
 * others, and can share their code.
 */
#include "emit/emit_internal.h"

#include "emit/c_names.h"

bool
uses_code(const struct definition *d, const struct release *r)
{
	return d->code->origin == r;
}

bool
uses_parts(const struct definition *d, const struct release *r)
{
	for (size_t i = 0; i < d->nfields && d->code == d; i++)
		if (d->fields[i].def != NULL && d->fields[i].def->code->origin == r)
			return true;
	return false;
}

bool
uses_top(const struct definition *d, const struct release *r)
{
	return d->code->origin == r || d->origin == r;
}

void
emit_includes(struct out *o, const struct emit_plan *p, const struct release *except,
    const struct definition *const *list, size_t count, const char *header, uses_release *uses)
{
	for (size_t i = 0; i < p->model->nreleases; i++) {
		const struct release *r = p->model->releases[i];
		bool used = false;

		for (size_t k = 0; k < count && r != except && !used; k++)
			used = uses(list[k], r);
		if (used)
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, r, header));
	}
}

void
emit_definition_includes(struct out *o, const struct emit_plan *p)
{
	for (size_t i = 0; i < p->model->nreleases; i++) {
		size_t count;

		plan_definitions(o->arena, p, p->model->releases[i], &count);
		if (count > 0)
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, p->model->releases[i], "types.h"));
	}
}

void
emit_all_includes(struct out *o, const struct emit_plan *p, const char *header)
{
	for (size_t i = 0; i < p->model->nreleases; i++)
		if (p->named[i])
			out_printf(o, "#include \"%s\"\n", c_file(o->arena, p->model->releases[i], header));
}
