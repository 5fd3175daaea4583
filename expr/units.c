/*
 * units: rules that schemas and conditions share.
 */
#include "expr/units.h"

#include <stddef.h>
#include <string.h>

/* A number of things can be compared with other such numbers: a load is one of processes. */
static bool
is_number_of_things(const char *unit)
{
	return strcmp(unit, "count") == 0 || strcmp(unit, "load") == 0;
}

bool
units_fit(const char *a, const char *b)
{
	return a == NULL || b == NULL || strcmp(a, b) == 0 || (is_number_of_things(a) && is_number_of_things(b));
}

const char *
units_sum(const char *a, const char *b)
{
	return a != NULL ? a : b;
}
