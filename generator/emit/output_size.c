/*
 * output_size: sums bytes and the maxima of numbers apart, so that the expression stays short.
 */
#include "emit/output_size.h"

#include <inttypes.h>

#include "model/field_facts.h"

struct output_size
output_size(struct arena *a)
{
	return (struct output_size){ .times = 1, .rest = { .arena = a } };
}

void
output_size_add(struct output_size *s, size_t bytes)
{
	s->literal += s->times * bytes;
}

void
output_size_add_number(struct output_size *s, const struct field *f)
{
	if (field_show(f) == SHOW_FLAG)
		s->flags += s->times;
	else if (f->ctype->kind == TYPE_FLOAT)
		s->floats += s->times;
	else
		s->integers += s->times;
}

void
output_size_add_text(struct output_size *s, const char *expression)
{
	if (s->times == 1)
		out_printf(&s->rest, " + \\\n\t %s", expression);
	else if (s->times > 1)
		out_printf(&s->rest, " + \\\n\t %" PRIu64 " * (%s)", s->times, expression);
}

const char *
output_size_text(const struct output_size *s)
{
	struct arena *a = s->rest.arena;
	const char *text = arena_printf(a, "%" PRIu64, s->literal);

	if (s->integers > 0)
		text = arena_printf(a, "%s + %" PRIu64 " * PUT_INTEGER_MAX", text, s->integers);
	if (s->floats > 0)
		text = arena_printf(a, "%s + %" PRIu64 " * PUT_FLOAT_MAX", text, s->floats);
	if (s->flags > 0)
		text = arena_printf(a, "%s + %" PRIu64 " * PUT_FLAG_MAX", text, s->flags);
	return s->rest.length > 0 ? arena_printf(a, "%s%s", text, s->rest.text) : text;
}
