/*
 * units: the units of values, and what an operator makes of them.
 */
#ifndef EXPR_UNITS_H
#define EXPR_UNITS_H

#include <stdbool.h>

/* Whether two values can be added or compared: a unit is unknown (NULL), both are one, or both are numbers of things. */
bool units_fit(const char *a, const char *b);

/* The unit of a sum or of a choice of two values whose units fit; NULL: unknown. */
const char *units_sum(const char *a, const char *b);

#endif
