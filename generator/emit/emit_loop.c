/*
 * emit_loop: emits loops over arrays, and the conditions under which a member is printed.
 */
#include "emit/emit_internal.h"

#include <inttypes.h>

#include "emit/c_names.h"

void
emit_loop(struct out *o, const struct field *f, size_t k)
{
	const char *i = c_index(k);

	out_printf(o, "for (size_t %s = 0; %s < %" PRIu64 "; %s++) {\n", i, i, f->dims[k], i);
	o->indent++;
}

void
emit_live_loop(struct out *o, const struct definition *d, const struct field *f, const char *holder)
{
	if (f->member->count_rule == COUNT_NONE) {
		emit_loop(o, f, 0);
		return;
	}
	out_printf(o, "for (size_t i = 0, n = %s_%s_live(%s); i < n; i++) {\n", c_struct(o->arena, d), f->key, holder);
	o->indent++;
}

void
emit_close(struct out *o, unsigned indent)
{
	while (o->indent > indent) {
		o->indent--;
		out_printf(o, "}\n");
	}
}

void
emit_reserved(struct out *o, const struct field *f)
{
	if (!f->member->reserved)
		return;
	out_printf(o, "if (print & PRINT_RESERVED) {\n");
	o->indent++;
}

bool
emit_if_null(struct out *o, const struct definition *d, const struct field *f)
{
	const char *null = c_null(o->arena, d, f);

	if (null == NULL)
		return false;
	out_printf(o, "if (%s) {\n", null);
	o->indent++;
	return true;
}

void
emit_else(struct out *o)
{
	o->indent--;
	out_printf(o, "} else {\n");
	o->indent++;
}
