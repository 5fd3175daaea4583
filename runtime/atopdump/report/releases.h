/*
 * releases: the catalog of releases as a table for people.
 */
#ifndef RELEASES_H
#define RELEASES_H

#include <stdio.h>

/*
 * Prints a row for each release and data model with the lengths that identify it; the machines of each data model; and the
 * pairs of releases with equal lengths but different structs, which the header of a log cannot distinguish. Errors are
 * left in `out`.
 */
void releases_print(FILE *out);

#endif
