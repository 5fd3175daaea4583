/*
 * help: the layout of the text. The words are in the tables.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/cli/help.h"
#include "atopdump/cli/option_table.h"

#define COLUMNS        80
#define INDENT         23 /* columns before what an option does */
#define BRIEF_INDENT   25 /* the same in the short help */
#define LINE_MAX_BYTES 256

void
help_usage(char *lines, const struct verb *verb)
{
	const bool other = verb != &verbs[0];

	snprintf(lines, HELP_USAGE_MAX, "usage: atopdump %s%s%s", verbs[0].usage, other ? "\n       atopdump " : "",
	    other ? verb->usage : "");
}

/* The length of the longest beginning of `text` that fits into `columns` and ends before a blank, or of its first word. */
static size_t
fitting(const char *text, size_t columns)
{
	size_t fits = 0;

	for (size_t end = strcspn(text, " "); fits == 0 || end <= columns; end += 1 + strcspn(text + end + 1, " ")) {
		fits = end;
		if (text[end] == '\0')
			break;
	}
	return fits;
}

/* Prints `text` from column `indent` to column COLUMNS, the cursor being at `column`. */
static void
print_filled(int column, int indent, const char *text)
{
	size_t length;

	if (column >= indent && indent > 0) {
		fputs("\n", stdout);
		column = 0;
	}
	for (;; text += length + 1) {
		length = fitting(text, (size_t)(COLUMNS - indent));
		printf("%*s%.*s\n", indent - column, "", (int)length, text);
		column = 0;
		if (text[length] == '\0')
			return;
	}
}

/* Prints the option's names. Returns the column of the cursor. */
static int
print_names(const struct option_row *row)
{
	int column;

	if (row->letter != '\0')
		column = printf("  -%c, --%s", row->letter, row->name);
	else
		column = printf("      --%s", row->name);
	if (row->value != NULL)
		column += printf(row->optional ? "[=%s]" : "=%s", row->value);
	return column;
}

static void
print_option(const struct option_row *row, const struct verb *verb)
{
	const char *word, *summary;
	int column = print_names(row);
	char line[LINE_MAX_BYTES];

	if (row->help != NULL)
		print_filled(column, INDENT, row->help);
	for (size_t i = 0; row->word != NULL && (word = row->word(verb, i, &summary)) != NULL; i++) {
		snprintf(line, sizeof line, "%s: %s", word, summary);
		print_filled(i == 0 && row->help == NULL ? column : 0, INDENT, line);
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
	printf("usage: atopdump %s\n", verb->usage);
	print_filled(0, 0, verb->text);
	printf("\nOptions:\n");
	for (size_t i = 0; i < option_nrows; i++)
		if ((option_rows[i].verbs & verb->bit) != 0 && strcmp(option_rows[i].name, verb->name) != 0)
			print_option(&option_rows[i], verb);
	if (verb->reads)
		print_statuses();
}

/* --- the short help ----------------------------------------------------------------------------------------- */

/* Prints an option: what it does, and the words that its value can be. */
static void
print_brief(const struct option_row *row)
{
	const char *word, *next, *summary;
	char line[LINE_MAX_BYTES];
	size_t used;
	int column = print_names(row);

	used = (size_t)snprintf(line, sizeof line, "%s", row->brief);
	word = row->word != NULL ? row->word(&verbs[0], 0, &summary) : NULL;
	for (size_t i = 1; word != NULL && used < sizeof line; word = next, i++) {
		next = row->word(&verbs[0], i, &summary);
		used += (size_t)snprintf(line + used, sizeof line - used, "%s%s",
		    i == 1             ? " "
			: next != NULL ? ", "
				       : " or ",
		    word);
	}
	print_filled(column, BRIEF_INDENT, line);
}

static void
print_task(const char *title, enum option_task task)
{
	printf("%s:\n", title);
	for (size_t i = 0; i < option_nrows; i++)
		if (option_rows[i].task == task)
			print_brief(&option_rows[i]);
}

static void
print_all(void)
{
	static const char *const titles[TASK_COUNT] = {
		[TASK_IN] = "What goes in (FILE: a log, a folder or an archive; none: standard input)",
		[TASK_OUT] = "What comes out",
		[TASK_CHOOSE] = "Choose",
		[TASK_CUT] = "Cut",
		[TASK_MORE] = "More"
	};

	printf("usage: atopdump %s\n       atopdump VERB [OPTION]... [FILE]...\n", verbs[0].usage);
	printf("'atopdump VERB --help' explains a verb and all its options. A file with the name\n"
	       "of a verb is given as ./NAME. The verbs:\n");
	for (size_t i = 0; i < nverbs; i++)
		printf("  %-8s %s\n", verbs[i].name, verbs[i].summary);
	for (int i = TASK_NONE + 1; i < TASK_COUNT; i++)
		print_task(titles[i], (enum option_task)i);
	printf("Exit status:");
	for (int i = 0; i < STATUS_COUNT; i++)
		printf("%s %d %s", i > 0 ? "," : "", i, status_words[i]);
	printf("\n");
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
