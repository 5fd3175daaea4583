/*
 * page: a program's command line, as its manual page and its completions need it. Filled from the program's own tables.
 */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>

#define PAGE_OPTIONS_MAX 96
#define PAGE_VERBS_MAX   32

/* What the value of an option can be, for completions. */
enum page_value {
	PAGE_NOTHING,
	PAGE_FILE,
	PAGE_WORDS
};

struct page_words {
	const char **words;
	const char **meanings; /* NULL, as one of them: the word says it all, or is explained with its verb */
	size_t n;
	bool several; /* a list, with commas */
};

struct page_verb {
	const char *name, *usage, *summary;
	const char *text;        /* a paragraph, or NULL */
	struct page_words forms; /* of its output, if they are its own: values of --format */
};

struct page_option {
	char letter; /* '\0': none */
	const char *name;
	const char *value;            /* NULL: it takes none, or it can be left out */
	const char *optional;         /* a value that can be left out; NULL: there is none */
	const char *help;             /* lines with \n between them, or NULL */
	bool of_verb[PAGE_VERBS_MAX]; /* by the place of the verb */
	enum page_value kind;
	struct page_words words;
};

struct page {
	const char *program;
	struct page_verb verbs[PAGE_VERBS_MAX];
	size_t nverbs;
	struct page_option options[PAGE_OPTIONS_MAX];
	size_t noptions;
	const char *default_verb; /* what runs if no verb is named; NULL: one must be named */
};

/* Each prints to standard output. Examples come from the file of `examples`, a line for each option: PROGRAM OPTION COMMAND. */
void mdoc_text(const char *text);
void mdoc_verbs(const struct page *page);
void mdoc_options(const struct page *page, const char *examples);

void complete_bash(const struct page *page);
void complete_zsh(const struct page *page);
void complete_fish(const struct page *page);

/* Prints the part of that name: one of those above. False: there is none. */
bool page_print(const struct page *page, const char *part, const char *examples);

#endif
