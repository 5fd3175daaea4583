/*
 * verb_where: where a member comes from, and the generated line that reads it: its definition may be shared by many releases,
 * and the code by several definitions.
 */
#include "verb/verbs.h"

#include <inttypes.h>
#include <string.h>

#include "emit/c_names.h"

/* The length of the first name in `path`: indices in brackets follow it. */
static size_t
name_length(const char *path)
{
	return strcspn(path, ".[");
}

/* What follows the first name and its indices; NULL: nothing. */
static const char *
rest_of(const char *path)
{
	const char *dot = strchr(path, '.');

	return dot != NULL ? dot + 1 : NULL;
}

/* The member with the key or the name; the count of members: there is none. */
static size_t
find_member(const struct definition *d, const char *name)
{
	size_t i = 0;

	while (
	    i < d->nfields && strcmp(d->fields[i].key, name) != 0 && strcmp(d->fields[i].member->name.text, name) != 0)
		i++;
	return i;
}

static void
print_place(struct out *o, const struct release *r, const struct definition *d, size_t i, const unsigned *const *lines,
    const char *folder)
{
	const struct field *f = &d->fields[i];
	const struct abi *abi = r->abi;

	out_printf(o, "defined  %s:%u  struct %s, member %s\n", f->member->name.at.source->name,
	    f->member->name.at.line, d->structure->name.text, f->member->name.text);
	out_printf(o, "decoded  %s/%s:%u  %s_decode\n", folder, c_file(o->arena, d->code->origin, "decode.c"),
	    lines[d->code->number][i], c_struct(o->arena, d));
	out_printf(o, "offset  ");
	for (size_t m = 0; m < abi->nmodels; m++)
		out_printf(o, " %s %" PRIu64, abi->models[m].name.text, f->offset[m]);
	out_printf(o, "\n");
}

const char *
verb_where(struct out *o, const struct release *r, const char *path, const unsigned *const *lines, const char *folder,
    const struct definition **in)
{
	const char *name = arena_printf(o->arena, "%.*s", (int)name_length(path), path), *rest = rest_of(path);
	const struct definition *d = release_find(r, name);

	*in = NULL;
	while (d != NULL) {
		const struct definition *outer = d;
		size_t i;

		*in = outer;
		name = rest == NULL ? "" : arena_printf(o->arena, "%.*s", (int)name_length(rest), rest);
		i = find_member(outer, name);
		if (i == outer->nfields)
			return name;
		rest = rest_of(rest);
		if (rest == NULL) {
			print_place(o, r, outer, i, lines, folder);
			return NULL;
		}
		d = outer->fields[i].def;
		if (d == NULL)
			return arena_printf(o->arena, "%s.%s", name, rest);
	}
	return name;
}
