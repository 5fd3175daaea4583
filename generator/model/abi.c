/*
 * abi: facts about basic types that follow from their sizes in all data models.
 */
#include "model/abi.h"

#include <string.h>

const struct ctype *
abi_find_type(const struct abi *abi, const char *name)
{
	for (size_t i = 0; i < abi->ntypes; i++)
		if (strcmp(abi->types[i].name.text, name) == 0)
			return &abi->types[i];
	return NULL;
}

unsigned
abi_widest(const struct abi *abi, const struct ctype *t)
{
	unsigned most = 0;

	for (size_t m = 0; m < abi->nmodels; m++)
		if (t->size[m] > most)
			most = t->size[m];
	return most;
}

unsigned
abi_narrowest(const struct abi *abi, const struct ctype *t)
{
	unsigned least = t->size[0];

	for (size_t m = 1; m < abi->nmodels; m++)
		if (t->size[m] < least)
			least = t->size[m];
	return least;
}

bool
abi_size_varies(const struct abi *abi, const struct ctype *t)
{
	return abi_widest(abi, t) != abi_narrowest(abi, t);
}
