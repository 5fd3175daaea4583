/*
 * main: the command line of atopgen. Knows which verbs there are and what they take, not what they do.
 */
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command_table.h"
#include "run.h"

#ifndef ATOPGEN_VERSION
#define ATOPGEN_VERSION "unknown"
#endif

#define VERBS_MAX   32
#define OPTIONS_MAX 16

#define USAGE "usage: atopgen VERB [OPTION]... ARGUMENT..."

static void
print_help(void)
{
	printf(USAGE "\n\n");
	for (size_t i = 0; i < command_nverbs; i++)
		printf("  %-8s %-41s %s\n", command_verbs[i].name, command_verbs[i].usage, command_verbs[i].does);
	printf("\n  -h, --help     this text\n  -V, --version  the version of atopgen\n");
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

static const struct command_verb *
find_verb(struct diag *d, const char *name)
{
	const char *names[VERBS_MAX];

	for (size_t i = 0; i < command_nverbs && i < VERBS_MAX; i++) {
		if (strcmp(command_verbs[i].name, name) == 0)
			return &command_verbs[i];
		names[i] = command_verbs[i].name;
	}
	fprintf(stderr, "atopgen: unknown verb '%s'%s (atopgen --help lists them)\n", name,
	    diag_hint(d, name, names, command_nverbs));
	return NULL;
}

/* The options as getopt_long takes them, and the letters of those that have a short form. */
static void
fill_options(struct option *to, char *letters)
{
	for (size_t i = 0; i < command_noptions && i < OPTIONS_MAX; i++) {
		const struct command_option *option = &command_options[i];
		const bool has_value = option->value != NULL;

		to[i] = (struct option){ option->name, has_value ? required_argument : no_argument, NULL,
			option->letter };
		if (!has_value || !option->short_form)
			continue;
		*letters++ = option->letter;
		*letters++ = ':';
	}
	*letters = '\0';
}

/* Stores the options. False if the verb does not take one of them, or that number of arguments. */
static bool
parse_options(struct run *run, const struct command_verb *verb, int argc, char **argv)
{
	struct option long_options[OPTIONS_MAX + 1] = { { 0 } };
	char letters[2 * OPTIONS_MAX + 1];
	int c;

	fill_options(long_options, letters);
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		if (c == '?' || strchr(verb->options, c) == NULL)
			return false;
		*(c == 'o'         ? &run->output
			: c == 'm' ? &run->model
			: c == 'l' ? &run->lock
			: c == 'a' ? &run->as
				   : &run->from) = optarg;
	}
	run->args = argv + optind;
	run->nargs = (size_t)(argc - optind);
	return run->nargs >= verb->least && run->nargs <= verb->most;
}

static bool
run_verb(struct run *run, int argc, char **argv)
{
	const struct command_verb *verb = find_verb(run->diag, argv[0]);
	bool ok;

	if (verb == NULL)
		return false;
	opterr = 0;
	if (!parse_options(run, verb, argc, argv)) {
		fprintf(stderr, "atopgen: usage: atopgen %s %s\n", verb->name, verb->usage);
		return false;
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
		printf("atopgen %s\n", ATOPGEN_VERSION);
		ok = end_printing();
	} else if (argc > 1) {
		ok = run_verb(&run, argc - 1, argv + 1);
	} else {
		fprintf(stderr, "atopgen: " USAGE " (atopgen --help lists the verbs)\n");
		ok = false;
	}
	arena_free(&arena);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
