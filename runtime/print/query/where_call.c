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
call_int(struct cell *args, char *bytes)
{
	(void)bytes;
	cell_set(args, CELL_INTEGER, value_int(args->integer));
}

/* The operand is a real already. */
static void
call_double(struct cell *args, char *bytes)
{
	(void)bytes;
	args->number = value_double(args->number);
}

static void
call_float(struct cell *args, char *bytes)
{
	(void)bytes;
	args->number = value_float(args->number);
}

static void
call_min(struct cell *args, char *bytes)
{
	(void)bytes;
	if (args->kind == CELL_NUMBER)
		args->number = real_min(args[0].number, args[1].number);
	else
		args->integer = value_min(args[0].integer, args[1].integer);
}

static void
call_max(struct cell *args, char *bytes)
{
	(void)bytes;
	if (args->kind == CELL_NUMBER)
		args->number = real_max(args[0].number, args[1].number);
	else
		args->integer = value_max(args[0].integer, args[1].integer);
}

static void
call_floor(struct cell *args, char *bytes)
{
	(void)bytes;
	args->number = value_floor(args->number);
}

static void
call_round(struct cell *args, char *bytes)
{
	(void)bytes;
	args->number = value_round(args->number);
}

static void
call_length(struct cell *args, char *bytes)
{
	(void)bytes;
	cell_set(args, CELL_INTEGER, value_length(text_at(args)));
}

static void
call_contains(struct cell *args, char *bytes)
{
	(void)bytes;
	cell_set(args, CELL_BOOLEAN, value_contains(text_at(&args[0]), text_at(&args[1])));
}

static void
call_starts_with(struct cell *args, char *bytes)
{
	(void)bytes;
	cell_set(args, CELL_BOOLEAN, value_starts_with(text_at(&args[0]), text_at(&args[1])));
}

static void
call_version_number(struct cell *args, char *bytes)
{
	const struct text text = text_at(&args[0]);

	(void)bytes;
	cell_set(args, CELL_INTEGER, version_number(text.bytes, text.size, args[1].integer));
}

/* Writes the text at `bytes`. */
static void
call_lower(struct cell *args, char *bytes)
{
	args->size = args->size < CELL_TEXT_MAX ? args->size : CELL_TEXT_MAX;
	for (size_t i = 0; i < args->size; i++)
		bytes[i] = value_lower_letter(args->text[i]);
	args->text = bytes;
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
where_call(const struct step *step, struct cell *top, char (*texts)[CELL_TEXT_MAX])
{
	struct cell *args = top - (step->index - 1);

	for (size_t i = 0; i < step->index; i++)
		if (args[i].kind == CELL_NULL) {
			args->kind = CELL_NULL;
			return args;
		}
	step->function->call(args, texts != NULL ? texts[step->literal.integer] : NULL);
	return args;
}
