/*
 * check_suspect: the rules on hints: their names, and the columns and the types of their conditions.
 */
#include "check/check.h"

#include <string.h>

#include "check/check_internal.h"
#include "expr/type.h"
#include "model/suspect.h"
#include "runtime/atopdump/report/process_columns.h"

#define COLUMN_NAME(id, name, type, unit, doc) name,
static const char *const columns[] = { PROCESS_COLUMNS(COLUMN_NAME) PROCESS_FACTS(COLUMN_NAME) };

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))

/* A hint's name is a word of the command line, and of a list with commas. */
static void
check_hint_name(struct diag *d, const struct suspects *s, size_t i)
{
	const struct word *name = &s->list[i].name;
	const size_t length = strspn(name->text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (length == 0 || name->text[length] != '\0' || length > NAME_MAX)
		diag_error(d, name->at, "hint '%s': the name must be at most %d lower case letters, digits and hyphens",
		    name->text, NAME_MAX);
	for (size_t k = 0; k < i; k++)
		if (strcmp(s->list[k].name.text, name->text) == 0)
			diag_error(d, name->at, "two hints have the name '%s'", name->text);
}

/* --- conditions --------------------------------------------------------------------------------------------------- */

#define TYPE_OF_INTEGER TYPE_IS_INTEGER
#define TYPE_OF_DOUBLE  TYPE_IS_REAL
#define TYPE_OF_BOOLEAN TYPE_IS_BOOLEAN
#define TYPE_OF_TEXT    TYPE_IS_TEXT
#define TYPE_OF_TIME    TYPE_IS_TIME

#define COLUMN_ROW(id, name, type, unit, doc) { TYPE_OF_##type, unit },
static const struct {
	enum expr_type type;
	const char *unit;
} rows[] = { PROCESS_COLUMNS(COLUMN_ROW) PROCESS_FACTS(COLUMN_ROW) };

/* A condition that is typed. */
struct typing {
	struct diag *diag;
	const struct word *word;
	struct expr_resolver resolver;
};

static void
report(void *context, const struct expr *e, const char *message)
{
	const struct typing *t = context;

	diag_error(t->diag, diag_within(t->word->at, t->word->text, e->offset), "%s", message);
}

static const char *
hint(void *context, const char *name, const char *const *candidates, size_t n)
{
	const struct typing *t = context;

	return diag_hint(t->diag, name, candidates, n);
}

/* The node of a column; NULL: there is none, which is reported. */
static struct typed *
check_hint_column(void *context, const struct expr *path, const void *beside)
{
	struct typing *t = context;
	struct typed *typed;
	size_t i = 0;

	(void)beside;
	while (i < NCOLUMNS && strcmp(columns[i], path->text) != 0)
		i++;
	if (i == NCOLUMNS) {
		diag_error(t->diag, diag_within(t->word->at, t->word->text, path->offset),
		    "a process has no column '%s'%s", path->text, diag_hint(t->diag, path->text, columns, NCOLUMNS));
		return NULL;
	}
	typed = typed_make(&t->resolver, path, rows[i].type);
	if (typed == NULL)
		return NULL;
	typed->unit = *rows[i].unit != '\0' ? rows[i].unit : NULL;
	typed->member = true;
	typed->nullable = true;
	return typed;
}

/* A hint that holds at a certain time is none. */
static bool
refuse_time(const char *text, int64_t *seconds)
{
	(void)text;
	(void)seconds;
	return false;
}

static void
check_hint_condition(struct diag *d, const struct condition *condition)
{
	const struct expr_memory memory = condition_memory(d->arena);
	struct typing t = { .diag = d, .word = &condition->word };

	t.resolver = (struct expr_resolver){
		.dialect = DIALECT_WHERE,
		.memory = &memory,
		.context = &t,
		.path = check_hint_column,
		.time = refuse_time,
		.hint = hint,
		.report = report,
	};
	if (condition->tree != NULL)
		expr_type_truth(&t.resolver, condition->tree);
}

void
check_suspects(struct diag *d, const struct suspects *s)
{
	for (size_t i = 0; i < s->count; i++) {
		check_hint_name(d, s, i);
		check_hint_condition(d, &s->list[i].when);
	}
}
