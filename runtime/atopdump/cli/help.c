/*
 * help: the layout of the text. The words are in the tables.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/cli/help.h"
#include "atopdump/cli/option_table.h"

#define INDENT 23 /* columns before what an option does */

void
help_usage(char *lines, const struct verb *verb)
{
	const bool other = verb != &verbs[0];

	snprintf(lines, HELP_USAGE_MAX, "usage: atopdump %s%s%s", verbs[0].usage, other ? "\n       atopdump " : "",
	    other ? verb->usage : "");
}

/* Prints `text` at column INDENT, the cursor being at `column`. */
static void
print_lines(int column, const char *text)
{
	size_t length;

	for (;; text += length + 1) {
		length = strcspn(text, "\n");
		if (column >= INDENT) {
			fputs("\n", stdout);
			column = 0;
		}
		printf("%*s%.*s\n", INDENT - column, "", (int)length, text);
		column = 0;
		if (text[length] == '\0')
			return;
	}
}

/* Word `i` of the option's value with the verb, and what it means; NULL: there are no more. */
static const char *
word_of(const struct option_row *row, const struct verb *verb, size_t i, const char **summary)
{
	if (verb->forms == NULL || strcmp(row->name, "format") != 0)
		return row->word(i, summary);
	*summary = verb->forms[i].summary;
	return verb->forms[i].name;
}

static void
print_option(const struct option_row *row, const struct verb *verb)
{
	const char *word, *summary;
	char line[128];
	int column;

	if (row->letter != '\0')
		column = printf("  -%c, --%s", row->letter, row->name);
	else
		column = printf("      --%s", row->name);
	if (row->value != NULL)
		column += printf("=%s", row->value);
	if (row->help != NULL)
		print_lines(column, row->help);
	for (size_t i = 0; row->word != NULL && (word = word_of(row, verb, i, &summary)) != NULL; i++) {
		snprintf(line, sizeof line, "%s: %s", word, summary);
		print_lines(i == 0 && row->help == NULL ? column : 0, line);
	}
}

static void
print_statuses(void)
{
	printf("\nExit status:\n");
	for (int i = 0; i < STATUS_COUNT; i++)
		printf("  %d  %s\n", i, status_meanings[i]);
	printf("Of several FILEs the worst counts, in the order 1, 2, 3.\n");
}

/* The help of one verb. Old spellings of it are left out. */
static void
print_verb(const struct verb *verb)
{
	printf("usage: atopdump %s\n%s\nOptions:\n", verb->usage, verb->text);
	for (size_t i = 0; i < option_nrows; i++)
		if ((option_rows[i].verbs & verb->bit) != 0 && strcmp(option_rows[i].name, verb->name) != 0)
			print_option(&option_rows[i], verb);
	if (verb->files_max > 0)
		print_statuses();
}

static void
print_all(void)
{
	printf("usage: atopdump %s\n       atopdump VERB [OPTION]... [FILE]...\n%s\n", verbs[0].usage, verbs[0].text);
	printf("A verb is the first word. A FILE with the name of a verb is given as ./NAME, or after --.\n");
	for (size_t i = 0; i < nverbs; i++)
		printf("  %-8s %s\n", verbs[i].name, verbs[i].summary);
	printf("\nOptions ('atopdump VERB --help' prints those of a verb):\n");
	for (size_t i = 0; i < option_nrows; i++)
		print_option(&option_rows[i], &verbs[0]);
	print_statuses();
}

enum exit_status
help_print(const struct options *o)
{
	if (o->verb_named)
		print_verb(o->verb);
	else
		print_all();
	return status_of_stdout();
}
