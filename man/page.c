/*
 * page: the names of the parts.
 */
#include <stdio.h>
#include <string.h>

#include "man/page.h"

/* A line for each option, for tests: its name, and its letter or "-". */
static void
list_options(const struct page *page)
{
	for (size_t i = 0; i < page->noptions; i++)
		printf("%s %c\n", page->options[i].name,
		    page->options[i].letter != '\0' ? page->options[i].letter : '-');
}

bool
page_print(const struct page *page, const char *part, const char *examples)
{
	if (strcmp(part, "VERBS") == 0)
		mdoc_verbs(page);
	else if (strcmp(part, "OPTIONS") == 0)
		mdoc_options(page, examples);
	else if (strcmp(part, "bash") == 0)
		complete_bash(page);
	else if (strcmp(part, "zsh") == 0)
		complete_zsh(page);
	else if (strcmp(part, "fish") == 0)
		complete_fish(page);
	else if (strcmp(part, "list") == 0)
		list_options(page);
	else
		return false;
	return true;
}
