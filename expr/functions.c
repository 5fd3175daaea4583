/*
 * functions: the table of functions.
 */
#include "expr/functions.h"

#include <string.h>

#define BOTH (DIALECT_LABEL | DIALECT_VIEW)
#define ALL  (DIALECT_SCHEMA | BOTH)

static const struct expr_function functions[] = {
	{ "version_number", "iml", ALL, "a member that is a text, and a number", false },
	{ "int", "ii", BOTH, "an integer", false },
	{ "double", "rn", BOTH, "a number", false },
	{ "float", "rn", BOTH, "a number", false },
	{ "min", "snn", BOTH, "two numbers", false },
	{ "max", "snn", BOTH, "two numbers", false },
	{ "floor", "rn", BOTH, "a number", false },
	{ "round", "rn", BOTH, "a number", false },
	{ "length", "it", BOTH, "a text", false },
	{ "contains", "btt", BOTH, "two texts", false },
	{ "starts_with", "btt", BOTH, "two texts", false },
	{ "lower", "tt", DIALECT_VIEW, "a text", true },
	{ "sum", "sAn", DIALECT_LABEL, "an array and a number", false },
	{ "word", "tt", DIALECT_LABEL, "a text", true },
	{ "hash", "tt", DIALECT_LABEL, "a text", true },
	{ "escape", "tt", DIALECT_LABEL, "a text", true },
	{ "path", "tR", DIALECT_LABEL, "a cgroup", true },
	{ "pids", "tR", DIALECT_LABEL, "a cgroup", true },
};

#define NFUNCTIONS (sizeof functions / sizeof functions[0])

const struct expr_function *
expr_function_find(const char *name, enum expr_dialect dialect)
{
	for (size_t i = 0; i < NFUNCTIONS; i++)
		if ((functions[i].dialects & dialect) != 0 && strcmp(functions[i].name, name) == 0)
			return &functions[i];
	return NULL;
}

const struct expr_function *
expr_function_at(size_t i, enum expr_dialect dialect)
{
	for (size_t k = 0; k < NFUNCTIONS; k++)
		if ((functions[k].dialects & dialect) != 0 && i-- == 0)
			return &functions[k];
	return NULL;
}
