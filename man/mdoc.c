/*
 * mdoc: parts of manual pages in mdoc(7).
 */
#include <stdio.h>
#include <string.h>

#include "man/page.h"

#define LINE 76 /* columns of a line of text */

/* The length of the word as it is written in mdoc(7). */
static size_t
width(const char *word, size_t length)
{
	size_t n = length;

	for (size_t i = 0; i < length; i++)
		n += word[i] == '\\' || word[i] == '~' || word[i] == '^' || word[i] == '\'' || word[i] == '`' ? 3 : 0;
	return n;
}

static void
put_word(const char *word, size_t length, bool begins)
{
	if (begins && (word[0] == '.' || word[0] == '\''))
		fputs("\\&", stdout);
	for (size_t i = 0; i < length; i++) {
		switch (word[i]) {
		case '\\': fputs("\\e", stdout); break;
		case '~': fputs("\\(ti", stdout); break;
		case '^': fputs("\\(ha", stdout); break;
		case '\'': fputs("\\(aq", stdout); break;
		case '`': fputs("\\(ga", stdout); break;
		default: putchar(word[i]);
		}
	}
}

/* Whether a sentence ends with the word, so that a line must end there. */
static bool
ends_sentence(const char *word, size_t length)
{
	const char last = word[length - 1];

	if (last == ')' && length > 1)
		return word[length - 2] == '.';
	return last == '.' || last == '?' || last == '!';
}

void
mdoc_text(const char *text)
{
	size_t column = 0, length;

	while (text += strspn(text, " \n"), *text != '\0') {
		length = strcspn(text, " \n");
		if (column > 0 && column + 1 + width(text, length) > LINE) {
			putchar('\n');
			column = 0;
		}
		if (column > 0)
			putchar(' ');
		put_word(text, length, column == 0);
		column += width(text, length) + (column > 0);
		if (ends_sentence(text, length)) {
			putchar('\n');
			column = 0;
		}
		text += length;
	}
	if (column > 0)
		putchar('\n');
}

/* Prints the words that have a meaning, each with it. */
static void
put_words(const struct page_words *words)
{
	printf(".Bl -tag -width Ds -compact\n");
	for (size_t i = 0; i < words->n; i++)
		if (words->meanings[i] != NULL) {
			printf(".It Cm %s\n", words->words[i]);
			mdoc_text(words->meanings[i]);
		}
	printf(".El\n");
}

void
mdoc_verbs(const struct page *page)
{
	printf(".Bl -tag -width Ds\n");
	for (size_t i = 0; i < page->nverbs; i++) {
		const struct page_verb *verb = &page->verbs[i];

		printf(".It Ic %s\n", verb->name);
		mdoc_text(verb->text != NULL ? verb->text : verb->summary);
		printf(".Pp\nUsage:\n.Ql ");
		put_word(page->program, strlen(page->program), false);
		if (page->default_verb == NULL)
			printf(" %s", verb->name);
		putchar(' ');
		put_word(verb->usage, strlen(verb->usage), false);
		putchar('\n');
		if (verb->forms.meanings != NULL) {
			printf(".Pp\nIts values of\n.Fl \\-format\nare:\n");
			put_words(&verb->forms);
		}
	}
	printf(".El\n");
}

/* Prints the commands that the file gives as examples of an option. */
static void
put_examples(const struct page *page, const char *option, const char *examples)
{
	FILE *file = fopen(examples, "r");
	char line[1024], key[160];
	size_t length;

	if (file == NULL)
		return;
	snprintf(key, sizeof key, "%s %s ", page->program, option);
	while (fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, key, strlen(key)) != 0)
			continue;
		length = strcspn(line, "\n");
		line[length] = '\0';
		printf(".Pp\n.Dl ");
		put_word(line + strlen(key), length - strlen(key), false);
		putchar('\n');
	}
	fclose(file);
}

/* Prints the verbs that take the option, unless all do. */
static void
put_verbs(const struct page *page, const struct page_option *option)
{
	size_t n = 0;

	for (size_t i = 0; i < page->nverbs; i++)
		n += option->of_verb[i];
	if (n == page->nverbs || n == 0)
		return;
	printf(".Pp\nFor");
	for (size_t i = 0, put = 0; i < page->nverbs; i++)
		if (option->of_verb[i]) {
			printf("%s\n.Ic %s", put > 0 && put + 1 == n ? "\nand" : "", page->verbs[i].name);
			if (++put == n)
				printf(" .");
			else if (put + 1 < n)
				printf(" ,");
		}
	putchar('\n');
}

static void
put_option(const struct page *page, const struct page_option *option, const char *examples)
{
	printf(".It ");
	if (option->letter != '\0')
		printf("Fl %c , ", option->letter);
	printf("Fl \\-%s", option->name);
	if (option->value != NULL)
		printf(" Ns = Ns Ar %s", option->value);
	if (option->optional != NULL)
		printf(" Ns Op = Ns Ar %s", option->optional);
	putchar('\n');
	if (option->help != NULL)
		mdoc_text(option->help);
	if (option->kind == PAGE_WORDS && option->words.meanings != NULL)
		put_words(&option->words);
	put_verbs(page, option);
	put_examples(page, option->name, examples);
}

void
mdoc_options(const struct page *page, const char *examples)
{
	printf(".Bl -tag -width Ds\n");
	for (size_t i = 0; i < page->noptions; i++)
		put_option(page, &page->options[i], examples);
	printf(".El\n");
}
