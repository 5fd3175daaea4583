/*
 * functions: the table of functions.
 */
#include "expr/functions.h"

#include <string.h>

#define ROWS  (DIALECT_VIEW | DIALECT_WHERE)
#define LINES (DIALECT_LABEL | ROWS)
#define ALL   (DIALECT_SCHEMA | LINES)

static const struct expr_function functions[] = {
	{ "version_number", "iml", ALL, "a member that is a text, and a number", false },
	{ "int", "ii", LINES, "an integer", false },
	{ "double", "rn", LINES, "a number", false },
	{ "float", "rn", LINES, "a number", false },
	{ "min", "snn", LINES, "two numbers", false },
	{ "max", "snn", LINES, "two numbers", false },
	{ "floor", "rn", LINES, "a number", false },
	{ "round", "rn", LINES, "a number", false },
	{ "length", "it", LINES, "a text", false },
	{ "contains", "btt", LINES, "two texts", false },
	{ "starts_with", "btt", LINES, "two texts", false },
	{ "lower", "tt", ROWS, "a text", true },
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
