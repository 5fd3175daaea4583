/*
 * What Eva analyses: every struct that a release of the catalog brought, decoded from a block of unknown bytes of exactly
 * its size, in every data model and both byte orders. Eva shows that no execution reads or writes out of bounds, reads
 * memory that nothing wrote, overflows a signed integer or shifts too far. Each release has an entry point, which run.sh
 * appends; another one's blocks are a byte too short, which must be noticed.
 */
#include <__fc_builtin.h>
#include <stdlib.h>

#include "load_spec.h"
#include "rawlog/catalog/catalog.h"

static void
prove_one(const struct catalog_struct *s, unsigned model, enum byte_order order, size_t missing)
{
	const size_t size = s->size[model] - missing;
	unsigned char *block = malloc(size);
	void *host = malloc(s->definition->size);
	struct fault fault;

	if (block != NULL && host != NULL) {
		Frama_C_make_unknown((char *)block, size);
		s->decode(host, block, s->size[model], model, order, &fault);
		s->decode(host, block, Frama_C_size_t_interval(0, size - 1), model, order, &fault);
		if (s->decode_parts != NULL)
			s->decode_parts(host, block, Frama_C_unsigned_long_long_interval(0, CATALOG_WHOLE), model,
			    order, &fault);
	}
}

/* The release before has the struct too, so it is proved already. */
static int
is_inherited(const struct catalog_struct *s, size_t release)
{
	const struct catalog_release *before;

	if (release == 0)
		return 0;
	before = catalog_releases[release - 1];
	if (s == before->rawheader || s == before->rawrecord)
		return 1;
	/*@ loop unroll 8; */
	for (size_t i = 0; i < before->nblocks; i++)
		if (s == before->blocks[i].entry)
			return 1;
	return 0;
}

static void
prove_struct(const struct catalog_struct *s, size_t release, size_t missing)
{
	if (is_inherited(s, release))
		return;
	/*@ loop unroll 8; */
	for (unsigned m = 0; m < catalog_nmodels; m++) {
		prove_one(s, m, ORDER_LITTLE, missing);
		prove_one(s, m, ORDER_BIG, missing);
	}
}

static void
prove_release(size_t release)
{
	const struct catalog_release *r = catalog_releases[release];

	prove_struct(r->rawheader, release, 0);
	prove_struct(r->rawrecord, release, 0);
	/*@ loop unroll 8; */
	for (size_t i = 0; i < r->nblocks; i++)
		prove_struct(r->blocks[i].entry, release, 0);
}

void
prove_short(void)
{
	prove_struct(catalog_releases[0]->rawheader, 0, 1);
}
