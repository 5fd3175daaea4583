/*
 * What Eva analyses: every struct that release number PROVE_RELEASE of the catalog brought, decoded from a block of
 * unknown bytes of exactly its size, in every data model and both byte orders. Eva shows that no execution reads or
 * writes out of bounds, reads memory that nothing wrote, overflows a signed integer or shifts too far. With PROVE_SHORT
 * the blocks are that much too short, which it must notice.
 */
#include <__fc_builtin.h>
#include <stdlib.h>

#include "releases.h"

#ifndef PROVE_RELEASE
#define PROVE_RELEASE	0
#endif

#ifndef PROVE_SHORT
#define PROVE_SHORT	0
#endif

static void
prove_one(const struct catalog_struct *s, unsigned model, enum byte_order order)
{
	const size_t size = s->size[model] - PROVE_SHORT;
	unsigned char *block = malloc(size);
	void *host = malloc(s->definition->size);
	struct fault fault;

	if (block != NULL && host != NULL) {
		Frama_C_make_unknown((char *)block, size);
		s->decode(host, block, s->size[model], model, order, &fault);
		s->decode(host, block, Frama_C_size_t_interval(0, size - 1), model, order, &fault);
	}
}

/* The release before has the struct too, so it is proved already. */
static int
is_inherited(const struct catalog_struct *s)
{
	const struct catalog_release *before;

	if (PROVE_RELEASE == 0)
		return 0;
	before = catalog_releases[PROVE_RELEASE - 1];
	if (s == before->rawheader || s == before->rawrecord)
		return 1;
	/*@ loop unroll 8; */
	for (size_t i = 0; i < before->nblocks; i++)
		if (s == before->blocks[i].entry)
			return 1;
	return 0;
}

static void
prove_struct(const struct catalog_struct *s)
{
	if (is_inherited(s))
		return;
	/*@ loop unroll 8; */
	for (unsigned m = 0; m < catalog_nmodels; m++) {
		prove_one(s, m, ORDER_LITTLE);
		prove_one(s, m, ORDER_BIG);
	}
}

int
main(void)
{
	const struct catalog_release *r = catalog_releases[PROVE_RELEASE];

	prove_struct(r->rawheader);
	if (PROVE_SHORT > 0)
		return 0;
	prove_struct(r->rawrecord);
	/*@ loop unroll 8; */
	for (size_t i = 0; i < r->nblocks; i++)
		prove_struct(r->blocks[i].entry);
	return 0;
}
