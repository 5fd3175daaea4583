/*
 * room: sums up what the printers of a definition can need. Follows emit_json and emit_csv: what they put, it counts.
 */
#include "emit/room.h"

#include <inttypes.h>
#include <string.h>

#include "base/out.h"
#include "emit/c_names.h"
#include "model/field_facts.h"

/* A sum under way: bytes of literals and numbers of each kind of value, then everything else as text. */
struct room {
	uint64_t	 literal;
	uint64_t	 integers;
	uint64_t	 floats;
	uint64_t	 flags;
	struct out	 rest;
};

static const char *
room_text(struct arena *a, const struct room *r)
{
	const char *text = arena_printf(a, "%" PRIu64, r->literal);

	if (r->integers > 0)
		text = arena_printf(a, "%s + %" PRIu64 " * PUT_INTEGER_MAX", text, r->integers);
	if (r->floats > 0)
		text = arena_printf(a, "%s + %" PRIu64 " * PUT_FLOAT_MAX", text, r->floats);
	if (r->flags > 0)
		text = arena_printf(a, "%s + %" PRIu64 " * PUT_FLAG_MAX", text, r->flags);
	return r->rest.length > 0 ? arena_printf(a, "%s%s", text, r->rest.text) : text;
}

/* A number, as each of `n` elements. */
static void
add_numbers(struct room *r, const struct field *f, uint64_t n)
{
	if (field_show(f) == SHOW_FLAG)
		r->flags += n;
	else if (f->ctype->kind == TYPE_FLOAT)
		r->floats += n;
	else
		r->integers += n;
}

const char *
room_json(struct arena *a, const struct definition *d)
{
	struct room r = {.literal = strlen("{}"), .rest = {.arena = a}};

	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const size_t key = strlen(",\"\":") + strlen(f->key);
		const enum show show = field_show(f);

		r.literal += key + strlen("null");
		if (field_is_struct_array(f)) {
			r.literal += strlen("[]");
		} else if (f->def != NULL) {
			if (!definition_has_struct_array(f->def))
				out_printf(&r.rest, " + \\\n\t %s_JSON_MAX", c_macro(a, f->def));
		} else if (show == SHOW_TEXT || show == SHOW_LETTER) {
			r.literal += key + strlen("_hex");
			out_printf(&r.rest, " + \\\n\t PUT_JSON_TEXT_MAX(%" PRIu64 ")",
			    field_is_text(f) ? field_text_size(f) : 1);
		} else if (field_is_text(f)) {
			out_printf(&r.rest, " + \\\n\t PUT_HEX_MAX(%" PRIu64 ")", field_text_size(f));
		} else {
			r.literal += f->ndims > 0 ? strlen("[]") + f->elements * (1 + strlen("[]") * (f->ndims - 1)) : 0;
			add_numbers(&r, f, f->elements);
		}
	}
	return room_text(a, &r);
}

const char *
room_csv(struct arena *a, const struct definition *d)
{
	struct room r = {.literal = definition_cells(d, true), .rest = {.arena = a}};	/* a comma each */

	for (size_t i = 0; i < d->nfields; i++) {
		const struct field *f = &d->fields[i];
		const enum show show = field_show(f);
		const uint64_t room = field_is_text(f) ? field_text_size(f) : 1;

		if (field_is_struct_array(f))
			continue;
		if (f->def != NULL)
			out_printf(&r.rest, " + \\\n\t %s_CSV_MAX", c_macro(a, f->def));
		else if (show == SHOW_TEXT || show == SHOW_LETTER)
			out_printf(&r.rest, " + \\\n\t PUT_CSV_TEXT_MAX(%" PRIu64 ") + PUT_HEX_MAX(%" PRIu64 ")",
			    room, room);
		else if (field_is_text(f))
			out_printf(&r.rest, " + \\\n\t PUT_HEX_MAX(%" PRIu64 ")", room);
		else
			add_numbers(&r, f, f->elements);
	}
	return room_text(a, &r);
}
