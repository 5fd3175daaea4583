/*
 * definitions: the tables of all releases, as a database defines them.
 */
#ifndef DEFINITIONS_H
#define DEFINITIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "ddl/ddl.h"

/* Prints the definitions in the words of the engine. False: out of memory; then nothing was printed. */
bool definitions_print(FILE *out, enum ddl_engine engine);

#endif
