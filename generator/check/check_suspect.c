/*
 * check_suspect: the rules on hints: their names, and the columns that their conditions name.
 */
#include "check/check.h"

#include <string.h>

#include "check/check_internal.h"
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

struct lookup {
	struct diag *diag;
	const struct condition *condition;
};

static void
check_hint_column(const struct expr *path, void *context)
{
	const struct lookup *lookup = context;
	const struct word *word = &lookup->condition->word;

	for (size_t i = 0; i < NCOLUMNS; i++)
		if (strcmp(columns[i], path->text) == 0)
			return;
	diag_error(lookup->diag, diag_within(word->at, word->text, path->offset), "a process has no column '%s'%s",
	    path->text, diag_hint(lookup->diag, path->text, columns, NCOLUMNS));
}

void
check_suspects(struct diag *d, const struct suspects *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct lookup lookup = { d, &s->list[i].when };

		check_hint_name(d, s, i);
		if (lookup.condition->tree != NULL)
			expr_each_path(lookup.condition->tree, check_hint_column, &lookup);
	}
}
