/*
 * atopgen_page: prints a part of atopgen's manual page, or a completion, from the tables of the program.
 *
 *	atopgen_page PART EXAMPLES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_table.h"
#include "ddl/ddl.h"
#include "man/page.h"
#include "verb/verbs.h"

static struct page page = { .program = "atopgen" };

/* The words of --as: engines, and forms of text. */
static void
fill_words(struct page_option *to)
{
	static const char *words[64];

	if (strcmp(to->name, "as") != 0)
		return;
	to->kind = PAGE_WORDS;
	to->words.words = words;
	for (size_t i = 0; ddl_engines[i] != NULL && to->words.n < 60; i++)
		words[to->words.n++] = ddl_engines[i];
	for (size_t i = 0; fields_forms[i] != NULL && to->words.n < 60; i++)
		words[to->words.n++] = fields_forms[i];
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < command_nverbs && i < PAGE_VERBS_MAX; i++)
		page.verbs[page.nverbs++] = (struct page_verb){ .name = command_verbs[i].name,
			.usage = command_verbs[i].usage,
			.summary = command_verbs[i].does };
	for (size_t i = 0; i < command_noptions && i < PAGE_OPTIONS_MAX; i++) {
		const struct command_option *row = &command_options[i];
		struct page_option *to = &page.options[page.noptions++];

		*to = (struct page_option){ row->short_form ? row->letter : '\0', row->name, row->value, NULL,
			row->does, .kind = PAGE_FILE };
		for (size_t v = 0; v < page.nverbs; v++)
			to->of_verb[v] = strchr(command_verbs[v].options, row->letter) != NULL;
		if (row->value == NULL || strcmp(row->name, "model") == 0)
			to->kind = PAGE_NOTHING;
		fill_words(to);
	}
	if (!page_print(&page, argc > 1 ? argv[1] : "", argc > 2 ? argv[2] : ""))
		return EXIT_FAILURE;
	return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
