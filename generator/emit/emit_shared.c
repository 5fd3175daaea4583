/*
 * emit_shared: keeps the bodies of functions by release, and compares them.
 */
#include "emit/emit_shared.h"

#include <string.h>

struct shared_one {
	shared_body *body;
	size_t top;
	const char *text;
};

/* Of one release. */
struct shared_list {
	struct shared_one *list;
	size_t count;
};

struct shared_bodies {
	struct shared_list *releases; /* by index of a release */
};

struct shared_bodies *
shared_bodies_make(struct arena *a, const struct model *m)
{
	struct shared_bodies *s = arena_alloc(a, sizeof(*s));

	s->releases = arena_alloc(a, (m->nreleases + 1) * sizeof(*s->releases));
	return s;
}

/* The body of release number `i`. */
static const char *
text_of(struct arena *a, const struct emit_plan *p, size_t i, size_t top, shared_body *body)
{
	struct shared_list *l = &p->bodies->releases[i];
	const char *text;

	for (size_t k = 0; k < l->count; k++)
		if (l->list[k].body == body && l->list[k].top == top)
			return l->list[k].text;
	text = body(a, p->model->releases[i], top);
	l->list = arena_grow(a, l->list, l->count, sizeof(*l->list));
	l->list[l->count++] = (struct shared_one){ body, top, text };
	return text;
}

const char *
shared_text(struct arena *a, const struct emit_plan *p, const struct release *r, size_t top, shared_body *body)
{
	size_t i = 0;

	while (p->model->releases[i] != r)
		i++;
	return text_of(a, p, i, top, body);
}

/* Whether release number `i` has the text for a struct with the role. */
static bool
has_text(struct arena *a, const struct emit_plan *p, size_t i, const char *role, shared_body *body, const char *text)
{
	const struct release *r = p->model->releases[i];
	const char *other;

	for (size_t top = 0; top < 2 + r->nblocks; top++) {
		if (strcmp(release_top_role(r, top), role) != 0)
			continue;
		other = text_of(a, p, i, top, body);
		if (other != NULL && strcmp(other, text) == 0)
			return true;
	}
	return false;
}

const struct release *
shared_owner(struct arena *a, const struct emit_plan *p, const struct release *r, size_t top, shared_body *body)
{
	const char *text = shared_text(a, p, r, top, body);

	if (text == NULL)
		return NULL;
	for (size_t i = 0; p->model->releases[i] != r; i++)
		if (p->named[i] && has_text(a, p, i, release_top_role(r, top), body, text))
			return p->model->releases[i];
	return r;
}
