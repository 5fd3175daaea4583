/*
 * where_call: the functions of conditions. Their operands are never null; the result takes the place of the first.
 */
#include <math.h>
#include <string.h>

#include "print/query/where_internal.h"
#include "print/text/values.h"
#include "rawlog/catalog/codegen.h"

static struct text
text_at(const struct cell *cell)
{
	return (struct text){ cell->size > 0 ? cell->text : "", cell->size };
}

static void
call_int(struct cell *args)
{
	cell_set(args, CELL_INTEGER, value_int(args->integer));
}

/* The operand is a real already. */
static void
call_double(struct cell *args)
{
	args->number = value_double(args->number);
}

static void
call_float(struct cell *args)
{
	args->number = value_float(args->number);
}

static void
call_min(struct cell *args)
{
	if (args->kind == CELL_NUMBER)
		args->number = real_min(args[0].number, args[1].number);
	else
		args->integer = value_min(args[0].integer, args[1].integer);
}

static void
call_max(struct cell *args)
{
	if (args->kind == CELL_NUMBER)
		args->number = real_max(args[0].number, args[1].number);
	else
		args->integer = value_max(args[0].integer, args[1].integer);
}

static void
call_floor(struct cell *args)
{
	args->number = value_floor(args->number);
}

static void
call_round(struct cell *args)
{
	args->number = value_round(args->number);
}

static void
call_length(struct cell *args)
{
	cell_set(args, CELL_INTEGER, value_length(text_at(args)));
}

static void
call_contains(struct cell *args)
{
	bool found = false;

	for (size_t at = 0; !found && at + args[1].size <= args[0].size; at++)
		found = where_has_at(&args[0], at, &args[1]);
	cell_set(args, CELL_BOOLEAN, found);
}

static void
call_starts_with(struct cell *args)
{
	cell_set(args, CELL_BOOLEAN, args[1].size <= args[0].size && where_has_at(&args[0], 0, &args[1]));
}

static void
call_version_number(struct cell *args)
{
	const struct text text = text_at(&args[0]);

	cell_set(args, CELL_INTEGER, version_number(text.bytes, text.size, args[1].integer));
}

static void
call_lower(struct cell *args)
{
	args->integer = 1;
}

static const struct where_function functions[] = {
	{ "version_number", call_version_number },
	{ "int", call_int },
	{ "double", call_double },
	{ "float", call_float },
	{ "min", call_min },
	{ "max", call_max },
	{ "floor", call_floor },
	{ "round", call_round },
	{ "length", call_length },
	{ "contains", call_contains },
	{ "starts_with", call_starts_with },
	{ "lower", call_lower },
};

const struct where_function *
where_function_find(const char *name)
{
	size_t i = 0;

	while (i < sizeof functions / sizeof functions[0] - 1 && strcmp(functions[i].name, name) != 0)
		i++;
	return &functions[i];
}

struct cell *
where_call(const struct step *step, struct cell *top)
{
	struct cell *args = top - (step->index - 1);

	for (size_t i = 0; i < step->index; i++)
		if (args[i].kind == CELL_NULL) {
			args->kind = CELL_NULL;
			return args;
		}
	step->function->call(args);
	return args;
}
