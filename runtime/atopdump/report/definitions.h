/*
 * definitions: the tables of all releases, as a database defines them.
 */
#ifndef DEFINITIONS_H
#define DEFINITIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "ddl/ddl.h"
#include "print/query/word_set.h"

/*
 * Prints the definitions of the tables and views in `names`, or, if it is empty, of all tables, in the words of the engine.
 * False: out of memory; then nothing was printed.
 */
bool definitions_print(FILE *out, enum ddl_engine engine, const struct word_set *names);

#endif
