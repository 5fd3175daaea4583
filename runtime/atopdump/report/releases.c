/*
 * releases: rows and columns of the table. The columns follow from the catalog.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "atopdump/report/releases.h"
#include "rawlog/catalog/catalog.h"
#include "rawlog/catalog/role.h"

#define COLUMNS_MAX (2 + CATALOG_BLOCKS_MAX)

/* The structs whose sizes are columns: the rawheader, the rawrecord, and each struct of a block. */
struct columns {
	const char *roles[COLUMNS_MAX];
	size_t count;
};

static void
add_column(struct columns *c, const char *role)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->roles[i], role) == 0)
			return;
	if (c->count < COLUMNS_MAX)
		c->roles[c->count++] = role;
}

static void
find_columns(struct columns *c)
{
	c->count = 0;
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct catalog_release *r = catalog_releases[i];

		add_column(c, r->rawheader->role);
		add_column(c, r->rawrecord->role);
		for (size_t b = 0; b < r->nblocks; b++)
			if (r->blocks[b].kind != CATALOG_LIST)
				add_column(c, r->blocks[b].entry->role);
	}
}

static void
print_row(FILE *out, const struct columns *c, const struct catalog_release *r, size_t model)
{
	fprintf(out, "%-7s  %-9s  0x%04" PRIx32, r->version, catalog_models[model], r->aversion);
	for (size_t i = 0; i < c->count; i++) {
		const struct catalog_struct *s = role_find(r, c->roles[i], strlen(c->roles[i]));

		if (s != NULL)
			fprintf(out, "  %9" PRIu32, s->size[model]);
		else
			fprintf(out, "  %9s", "-");
	}
	fprintf(out, "  %s\n", r->covers);
}

/*
 * Whether the two releases have the same lengths in every data model. `differ`: whether a struct behind the header differs
 * nevertheless. (The header is always that of the release that wrote first.)
 */
static bool
equal_lengths(const struct columns *c, const struct catalog_release *a, const struct catalog_release *b, bool *differ)
{
	*differ = false;
	for (size_t i = 0; i < c->count; i++) {
		const size_t size = strlen(c->roles[i]);
		const struct catalog_struct *x = role_find(a, c->roles[i], size), *y = role_find(b, c->roles[i], size);

		if (x == y)
			continue;
		if (x == NULL || y == NULL || memcmp(x->size, y->size, catalog_nmodels * sizeof x->size[0]) != 0)
			return false;
		*differ = *differ || x != a->rawheader;
	}
	return true;
}

static void
print_ambiguous(FILE *out, const struct columns *c)
{
	bool differ;

	for (size_t i = 0; i < catalog_nreleases; i++)
		for (size_t k = i + 1; k < catalog_nreleases; k++)
			if (equal_lengths(c, catalog_releases[i], catalog_releases[k], &differ) && differ)
				fprintf(out, "%s and %s: equal lengths, different meaning\n",
				    catalog_releases[i]->version, catalog_releases[k]->version);
}

void
releases_print(FILE *out)
{
	struct columns c;

	find_columns(&c);
	fprintf(out, "%-7s  %-9s  %-6s", "release", "model", "header");
	for (size_t i = 0; i < c.count; i++)
		fprintf(out, "  %9s", c.roles[i]);
	fprintf(out, "  covers\n");
	for (size_t i = 0; i < catalog_nreleases; i++)
		for (size_t m = 0; m < catalog_nmodels; m++)
			print_row(out, &c, catalog_releases[i], m);
	fprintf(out, "\n");
	for (size_t m = 0; m < catalog_nmodels; m++)
		fprintf(out, "%-9s  %s\n", catalog_models[m], catalog_machines[m]);
	fprintf(out,
	    "\nA log that both of two such releases appended to has the first one's header; each run begins with\n"
	    "a boot record. --schema=RELEASE decides how it is read:\n");
	print_ambiguous(out, &c);
}
