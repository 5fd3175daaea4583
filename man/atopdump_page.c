/*
 * atopdump_page: prints a part of atopdump's manual page, or a completion, from the tables of the program.
 *
 *	atopdump_page PART EXAMPLES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/cli/option_table.h"
#include "atopdump/cli/status.h"
#include "atopdump/cli/verbs.h"
#include "man/page.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/rawlog.h"

#define WORDS_MAX 4096

static struct page page = { .program = "atopdump" };

/* Adds a word, unless the list has it. */
static void
add(struct page_words *to, const char *word, const char *meaning)
{
	if (to->words == NULL) {
		to->words = calloc(WORDS_MAX, sizeof *to->words);
		to->meanings = meaning != NULL ? calloc(WORDS_MAX, sizeof *to->meanings) : NULL;
	}
	for (size_t i = 0; i < to->n; i++)
		if (strcmp(to->words[i], word) == 0)
			return;
	if (to->words == NULL || to->n == WORDS_MAX || (meaning != NULL && to->meanings == NULL)) {
		fprintf(stderr, "atopdump_page: too many words, or out of memory\n");
		exit(EXIT_FAILURE);
	}
	to->words[to->n] = word;
	if (meaning != NULL)
		to->meanings[to->n] = meaning;
	to->n++;
}

static void
add_tables(struct page_words *to)
{
	for (size_t i = 0; i < catalog_ntables; i++)
		add(to, catalog_tables[i].name, NULL);
}

static void
add_columns(struct page_words *to)
{
	for (size_t i = 0; i < catalog_ntables; i++)
		for (size_t c = 0; c < catalog_tables[i].ncolumns; c++)
			add(to, column_name(&catalog_tables[i].columns[c]), NULL);
}

static void
add_releases(struct page_words *to)
{
	for (size_t i = 0; i < rawlog_nreleases(); i++)
		add(to, rawlog_release_name(i), NULL);
}

/* What the value of an option is: the words of its row, or what its name says. */
static void
fill_words(struct page_option *to, const struct option_row *row)
{
	const char *word, *summary;

	to->kind = PAGE_WORDS;
	for (size_t i = 0; row->word != NULL && (word = row->word(&verbs[0], i, &summary)) != NULL; i++)
		add(&to->words, word, summary);
	for (size_t v = 1; v < nverbs && row->word != NULL; v++)
		for (size_t i = 0;
		     (row->verbs & verbs[v].bit) != 0 && (word = row->word(&verbs[v], i, &summary)) != NULL; i++)
			add(&to->words, word, NULL);
	if (row->word != NULL)
		return;
	if (strcmp(row->name, "tables") == 0)
		add_tables(&to->words);
	else if (strcmp(row->name, "fields") == 0 || strcmp(row->name, "by") == 0)
		add_columns(&to->words);
	else if (strcmp(row->name, "schema") == 0)
		add_releases(&to->words);
	else
		to->kind = row->value != NULL && row->most == 0 ? PAGE_FILE : PAGE_NOTHING;
	to->words.several = strcmp(row->name, "tables") == 0 || strcmp(row->name, "fields") == 0;
}

/* The forms of the output of a verb. */
static void
fill_forms(struct page_words *to, const struct verb_form *forms)
{
	for (size_t i = 0; forms != NULL && forms[i].name != NULL; i++)
		add(to, forms[i].name, forms[i].summary);
}

static void
fill_formats(struct page_words *to, const struct verb *verb)
{
	const struct format *format;

	for (size_t i = 0; verb->formats != NULL && (format = verb->formats(i)) != NULL; i++)
		add(to, format->name, format->summary);
}

static void
fill(void)
{
	page.default_verb = verbs[0].name;
	for (size_t i = 0; i < nverbs && i < PAGE_VERBS_MAX; i++) {
		struct page_verb *to = &page.verbs[page.nverbs++];

		*to = (struct page_verb){ .name = verbs[i].name,
			.usage = verbs[i].usage,
			.summary = verbs[i].summary,
			.text = verbs[i].text };
		fill_forms(&to->forms, verbs[i].forms);
		fill_formats(&to->forms, &verbs[i]);
	}
	for (size_t i = 0; i < option_nrows && i < PAGE_OPTIONS_MAX; i++) {
		const struct option_row *row = &option_rows[i];
		struct page_option *to = &page.options[page.noptions++];

		*to = (struct page_option){ row->letter, row->name, row->optional ? NULL : row->value,
			row->optional ? row->value : NULL, row->help, .kind = PAGE_NOTHING };
		for (size_t v = 0; v < page.nverbs; v++)
			to->of_verb[v] = (row->verbs & verbs[v].bit) != 0;
		fill_words(to, row);
	}
}

static void
print_statuses(void)
{
	printf(".Bl -tag -width Ds -compact\n");
	for (int i = 0; i < STATUS_COUNT; i++) {
		printf(".It %d\n", i);
		mdoc_text(status_meanings[i]);
	}
	printf(".El\n");
}

static void
print_tables(void)
{
	printf(".Bl -tag -width Ds -compact\n");
	for (size_t i = 0; i < catalog_ntables; i++) {
		printf(".It Cm %s\n", catalog_tables[i].name);
		mdoc_text(catalog_tables[i].doc);
	}
	printf(".El\n");
}

static void
print_releases(void)
{
	for (size_t i = 0; i < rawlog_nreleases(); i++)
		printf("%s%s\n", rawlog_release_covers(i), i + 1 < rawlog_nreleases() ? "," : ".");
}

int
main(int argc, char **argv)
{
	const char *part = argc > 1 ? argv[1] : "";

	fill();
	if (strcmp(part, "STATUSES") == 0)
		print_statuses();
	else if (strcmp(part, "TABLES") == 0)
		print_tables();
	else if (strcmp(part, "RELEASES") == 0)
		print_releases();
	else if (!page_print(&page, part, argc > 2 ? argv[2] : ""))
		return EXIT_FAILURE;
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
