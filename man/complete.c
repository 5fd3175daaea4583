/*
 * complete: completions of the shells bash, zsh and fish.
 */
#include <stdio.h>
#include <string.h>

#include "man/page.h"

#define SENTENCE 96 /* bytes of a description */

/* The first words of what an option does, in which no quote or bracket would end the shell's word. */
static const char *
brief(const char *text)
{
	static char line[SENTENCE];
	size_t n = 0;

	for (; text != NULL && *text != '\0' && *text != '.' && *text != ';' && *text != ':' && n + 1 < sizeof line;
	     text++)
		if (strchr("'\"[]()\\`$", *text) == NULL)
			line[n++] = *text == '\n' ? ' ' : *text;
	line[n] = '\0';
	return line;
}

static void
put_list(const struct page_words *words, const char *between)
{
	for (size_t i = 0; i < words->n; i++)
		printf("%s%s", i > 0 ? between : "", words->words[i]);
}

static void
put_verbs(const struct page *page, const char *between)
{
	for (size_t i = 0; i < page->nverbs; i++)
		printf("%s%s", i > 0 ? between : "", page->verbs[i].name);
}

/* --- bash --------------------------------------------------------------------------------------------------- */

/* The options of one verb, or of all: SIZE_MAX. */
static void
put_bash_options(const struct page *page, size_t verb)
{
	for (size_t i = 0; i < page->noptions; i++)
		if (verb >= page->nverbs || page->options[i].of_verb[verb])
			printf(" --%s%s", page->options[i].name, page->options[i].value != NULL ? "=" : "");
}

static void
put_bash_value(const struct page *page, const struct page_option *option)
{
	printf("\t--%s", option->name);
	if (option->letter != '\0')
		printf(" | -%c", option->letter);
	printf(")\n");
	if (option->kind == PAGE_FILE)
		printf("\t\tcompopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$value\"); return ;;\n");
	else if (option->kind == PAGE_WORDS && option->words.several)
		printf("\t\t_%s_list; return ;;\n", page->program);
	else
		printf("\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$value\"); return ;;\n");
}

/* A function that has the words of an option, so that long lists are only read when they are needed. */
static void
put_bash_words(const struct page *page)
{
	printf("_%s_words() {\n\tcase $1 in\n", page->program);
	for (size_t i = 0; i < page->noptions; i++) {
		const struct page_option *option = &page->options[i];

		if (option->kind != PAGE_WORDS)
			continue;
		printf("\t--%s", option->name);
		if (option->letter != '\0')
			printf(" | -%c", option->letter);
		printf(") echo '");
		put_list(&option->words, " ");
		printf("' ;;\n");
	}
	printf("\tesac\n}\n\n");
}

void
complete_bash(const struct page *page)
{
	const char *name = page->program;

	printf("# Completion of %s for bash. Made from its tables of verbs and options.\n\n", name);
	put_bash_words(page);
	printf("# The last of several words with commas.\n_%s_list() {\n\tlocal before=\n"
	       "\tcase $value in *,*) before=${value%%,*}, ;; esac\n\tcompopt -o nospace\n"
	       "\tmapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$words\" -- \"${value##*,}\")\n}\n\n",
	    name);
	printf(
	    "_%s() {\n\tlocal value=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]} words\n"
	    "\tif [[ $value == = ]]; then value=\n\telif [[ $option == = ]]; then option=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
	    "\twords=$(_%s_words \"$option\")\n\tcase $option in\n",
	    name, name);
	for (size_t i = 0; i < page->noptions; i++)
		if (page->options[i].value != NULL)
			put_bash_value(page, &page->options[i]);
	printf("\tesac\n\tif [[ $value == -* ]]; then\n\t\tcase $verb in\n");
	for (size_t v = 0; v < page->nverbs; v++) {
		printf("\t\t%s) words='", page->verbs[v].name);
		put_bash_options(page, v);
		printf("' ;;\n");
	}
	printf("\t\t*) words='");
	put_bash_options(page, page->nverbs);
	printf(
	    "' ;;\n\t\tesac\n\t\tcompopt -o nospace\n\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$value\")\n\t\treturn\n\tfi\n"
	    "\tcompopt -o filenames\n\tmapfile -t COMPREPLY < <(compgen -f -- \"$value\")\n"
	    "\tif (( COMP_CWORD == 1 )); then mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W '");
	put_verbs(page, " ");
	printf("' -- \"$value\"); fi\n}\n\ncomplete -F _%s %s\n", name, name);
}

/* --- zsh ---------------------------------------------------------------------------------------------------- */

static void
put_zsh_option(const struct page_option *option)
{
	if (option->letter != '\0' && option->value != NULL)
		printf("\t\t'(-%c --%s)'{-%c+,--%s=}'[%s]", option->letter, option->name, option->letter, option->name,
		    brief(option->help));
	else if (option->letter != '\0')
		printf("\t\t'(-%c --%s)'{-%c,--%s}'[%s]", option->letter, option->name, option->letter, option->name,
		    brief(option->help));
	else
		printf("\t\t'--%s%s[%s]", option->name, option->value != NULL ? "=" : "", brief(option->help));
	if (option->value != NULL)
		printf(":%s:", brief(option->value));
	if (option->kind == PAGE_FILE)
		printf("_files");
	else if (option->kind == PAGE_WORDS) {
		printf(option->words.several ? "_values -s , word " : "(");
		put_list(&option->words, " ");
		printf(option->words.several ? "" : ")");
	}
	printf("' \\\n");
}

void
complete_zsh(const struct page *page)
{
	const char *name = page->program;

	printf("#compdef %s\n# Completion of %s for zsh. Made from its tables of verbs and options.\n\n_%s() {\n"
	       "\tlocal -a verbs\n\tverbs=(\n",
	    name, name, name);
	for (size_t i = 0; i < page->nverbs; i++)
		printf("\t\t'%s:%s'\n", page->verbs[i].name, brief(page->verbs[i].summary));
	printf("\t)\n\t_arguments -s -S \\\n");
	for (size_t i = 0; i < page->noptions; i++)
		put_zsh_option(&page->options[i]);
	printf("\t\t'1: :{_describe verb verbs; _files}' \\\n\t\t'*:file:_files'\n}\n\n_%s \"$@\"\n", name);
}

/* --- fish --------------------------------------------------------------------------------------------------- */

static void
put_fish_option(const struct page *page, const struct page_option *option)
{
	printf("complete -c %s -l %s", page->program, option->name);
	if (option->letter != '\0')
		printf(" -s %c", option->letter);
	if (option->value != NULL)
		printf(option->kind == PAGE_FILE ? " -rF" : " -x");
	if (option->kind == PAGE_WORDS) {
		printf(option->words.several ? " -a '(__fish_complete_list , \"string split \\' \\' \\'" : " -a '");
		put_list(&option->words, " ");
		printf(option->words.several ? "\\'\")'" : "'");
	}
	printf(" -d '%s'\n", brief(option->help));
}

void
complete_fish(const struct page *page)
{
	printf("# Completion of %s for fish. Made from its tables of verbs and options.\n\n", page->program);
	for (size_t i = 0; i < page->nverbs; i++)
		printf("complete -c %s -n __fish_is_first_token -a %s -d '%s'\n", page->program, page->verbs[i].name,
		    brief(page->verbs[i].summary));
	for (size_t i = 0; i < page->noptions; i++)
		put_fish_option(page, &page->options[i]);
}
