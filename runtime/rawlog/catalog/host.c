/*
 * host: allocates host structs.
 */
#include <stdlib.h>

#include "rawlog/catalog/host.h"

void *
host_new(const struct catalog_struct *s)
{
	return calloc(1, s->definition->size > 0 ? s->definition->size : 1);
}
