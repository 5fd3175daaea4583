/*
 * label_version: versions are compared by their numbers. Whether there is one is a question of the schemas beside the labels,
 * because a run can be for some of them only.
 */
#include "read/label_version.h"

#include <stdlib.h>
#include <string.h>

#include "read/resolve_label.h"

/* The numbers of "2.2-3"; the last one is 0 if it is missing. */
static void
split(const char *version, unsigned long numbers[3])
{
	char *end;

	numbers[0] = strtoul(version, &end, 10);
	numbers[1] = *end == '.' ? strtoul(end + 1, &end, 10) : 0;
	numbers[2] = *end == '-' ? strtoul(end + 1, &end, 10) : 0;
}

static int
compare(const char *a, const char *b)
{
	unsigned long x[3], y[3];

	split(a, x);
	split(b, y);
	for (size_t i = 0; i < 3; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

bool
label_range_has(const struct label_range *range, const struct release *r)
{
	const char *version = r->schema->version.text;

	return (range->from.text == NULL || compare(range->from.text, version) <= 0) &&
	    (range->to.text == NULL || compare(version, range->to.text) <= 0);
}

struct checker {
	struct arena *arena;
	struct diag *diag;
	const struct model *model;
};

static void
check_version(const struct checker *c, const struct word *version)
{
	const struct model *m = c->model;
	const char **known;

	if (version->text == NULL)
		return;
	known = arena_alloc(c->arena, (m->nreleases + 1) * sizeof(*known));
	for (size_t i = 0; i < m->nreleases; i++) {
		known[i] = m->releases[i]->schema->version.text;
		if (strcmp(known[i], version->text) == 0)
			return;
	}
	if (!load_has_schema(c->arena, m->releases[0]->schema->source, version->text))
		diag_error(c->diag, version->at, "there is no schema of version '%s'%s", version->text,
		    diag_hint(c->diag, version->text, known, m->nreleases));
}

static void
check_range(const struct checker *c, const struct label_range *range)
{
	check_version(c, &range->from);
	check_version(c, &range->to);
	if (range->from.text != NULL && range->to.text != NULL && compare(range->from.text, range->to.text) > 0)
		diag_error(c->diag, range->to.at, "'%s' is before '%s', where the range begins", range->to.text,
		    range->from.text);
}

static void
check_label(const struct checker *c, const struct label *l)
{
	for (size_t i = 0; i < l->nlines; i++) {
		check_range(c, &l->lines[i].range);
		for (size_t k = 0; k < l->lines[i].ncolumns; k++)
			check_range(c, &l->lines[i].columns[k].range);
	}
}

static void
check_common(const struct checker *c, const struct label_common *common)
{
	for (size_t i = 0; i < common->narrays; i++)
		check_range(c, &common->arrays[i].range);
	for (size_t i = 0; i < common->nnames; i++)
		check_range(c, &common->names[i].range);
	for (size_t i = 0; i < common->nframe; i++)
		check_range(c, &common->frame[i].range);
}

void
label_check_versions(struct arena *a, struct diag *d, const struct model *m, const struct loaded *loaded)
{
	const struct checker c = { a, d, m };

	for (size_t i = 0; i < loaded->nlabels; i++)
		check_label(&c, loaded->labels[i]);
	if (loaded->common != NULL)
		check_common(&c, loaded->common);
}
