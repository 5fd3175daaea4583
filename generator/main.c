/*
 * main: the command line of atopgen. Knows which verbs there are and what they take, not what they do.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_line.h"
#include "run.h"

#ifndef ATOPGEN_VERSION
#define ATOPGEN_VERSION "unknown"
#endif

#define VERB_WORDS 64 /* bytes of an option with the name of its value */

#define USAGE "usage: atopgen VERB [OPTION]... ARGUMENT..."

static void
print_help(void)
{
	printf(USAGE "\n\n");
	for (size_t i = 0; i < command_nverbs; i++)
		printf("  %-8s %-41s %s\n", command_verbs[i].name, command_verbs[i].usage, command_verbs[i].does);
	printf("\n  -h, --help     this text; after a verb, what it takes\n  -V, --version  the version of atopgen\n");
}

/* Flushes standard output. False after printing why that failed. */
static bool
end_printing(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	fprintf(stderr, "atopgen: cannot write to standard output: %s\n", strerror(errno));
	return false;
}

/* Prints what one verb does, and its options. */
static void
print_verb(const struct command_verb *verb)
{
	char words[VERB_WORDS];

	printf("usage: atopgen %s %s\n\n%s\n\n", verb->name, verb->usage, verb->does);
	for (size_t i = 0; i < command_noptions; i++) {
		const struct command_option *option = &command_options[i];

		if (option->value != NULL && strchr(verb->options, option->letter) == NULL)
			continue;
		snprintf(words, sizeof words, "--%s%s%s", option->name, option->value != NULL ? "=" : "",
		    option->value != NULL ? option->value : "");
		printf("  %c%c%c %-16s %s\n", option->short_form ? '-' : ' ', option->short_form ? option->letter : ' ',
		    option->short_form ? ',' : ' ', words, option->does);
	}
}

static bool
print_version(void)
{
	printf("atopgen %s\n", ATOPGEN_VERSION);
	return end_printing();
}

static bool
run_verb(struct run *run, int argc, char **argv)
{
	const struct command_verb *verb = command_line_find_verb(run->diag, argv[0]);
	bool ok;

	if (verb == NULL)
		return false;
	switch (command_line_parse(run, verb, argc, argv)) {
	case COMMAND_LINE_WRONG: return false;
	case COMMAND_LINE_VERSION: return print_version();
	case COMMAND_LINE_HELP: print_verb(verb); return end_printing();
	case COMMAND_LINE_RUN: break;
	}
	ok = verb->run(run);
	diag_print(run->diag, stderr);
	return ok;
}

int
main(int argc, char **argv)
{
	struct arena arena = { .chunks = NULL };
	struct diag diag = { .arena = &arena };
	struct run run = { .arena = &arena, .diag = &diag };
	const char *first = argc > 1 ? argv[1] : "";
	bool ok = true;

	if (strcmp(first, "-h") == 0 || strcmp(first, "--help") == 0) {
		print_help();
		ok = end_printing();
	} else if (strcmp(first, "-V") == 0 || strcmp(first, "--version") == 0) {
		ok = print_version();
	} else if (*first == '-') {
		command_line_refuse(&diag, first);
		ok = false;
	} else if (argc > 1) {
		ok = run_verb(&run, argc - 1, argv + 1);
	} else {
		fprintf(stderr, "atopgen: " USAGE "\n" COMMAND_LINE_HINT "\n");
		ok = false;
	}
	arena_free(&arena);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
