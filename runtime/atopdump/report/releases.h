/*
 * list: the catalog as a table for people.
 */
#ifndef LIST_H
#define LIST_H

#include <stdio.h>

/*
 * Prints a row for each release and data model with the lengths that recognise it, then which releases have equal
 * lengths and yet different layouts, so that a log that both wrote to cannot be told apart. Errors are left in `out`.
 */
void	list_catalog(FILE *out);

#endif
