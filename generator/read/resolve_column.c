/*
 * resolve_column: the component that a member has in the names of columns. A member keeps its component in later releases,
 * also if it is renamed there, unless the schema states another one.
 */
#include "read/resolve_internal.h"

#include <ctype.h>

/* The release's definition of the struct that has the index `i` in it and in all that extend it; NULL: it has none. */
static const struct definition *
struct_at(const struct release *r, size_t i)
{
	return i < r->ndefinitions ? r->definitions[i] : NULL;
}

/* The member of struct `i` in the nearest release that has it, among those that the release extends; NULL: none has. */
static const struct field *
find_older(const struct resolver *rs, size_t i, const char *member)
{
	const struct definition *last = NULL;

	for (const struct release *r = rs->release->base; r != NULL; r = r->base) {
		const struct definition *d = struct_at(r, i);
		const struct field *f = d != NULL && d != last ? definition_find(d, member) : NULL;

		if (f != NULL)
			return f;
		last = d;
	}
	return NULL;
}

static const char *
lower_case(struct arena *a, const char *text)
{
	char *lower = arena_printf(a, "%s", text);

	for (char *p = lower; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return lower;
}

static void
report_unknown_was(struct resolver *rs, size_t i, const struct word *was)
{
	const char *hint = "";

	for (const struct release *r = rs->release->base; r != NULL && hint[0] == '\0'; r = r->base) {
		const struct definition *d = struct_at(r, i);

		if (d != NULL)
			hint = definition_hint(rs->diag, d, was->text);
	}
	diag_error(rs->diag, was->at, "no release that this one extends has a member '%s' in '%s'%s", was->text,
	    rs->structures[i]->name.text, hint);
}

const char *
resolve_column(struct resolver *rs, size_t i, const struct field *f)
{
	const struct member *m = f->member;
	const struct field *older;

	if (m->column.text != NULL)
		return m->column.text;
	older = find_older(rs, i, m->was.text != NULL ? m->was.text : m->name.text);
	if (older != NULL)
		return older->column;
	if (m->was.text != NULL)
		report_unknown_was(rs, i, &m->was);
	return lower_case(rs->arena, f->key);
}
