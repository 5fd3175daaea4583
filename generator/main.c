/*
 * main: the command line of atopgen. Knows which verbs there are and what they take, not what they do.
 */
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#ifndef ATOPGEN_VERSION
#define ATOPGEN_VERSION "unknown"
#endif

struct verb {
	const char *name;
	const char *options; /* the letters of its options */
	size_t least, most;  /* arguments */
	bool (*run)(struct run *run);
	const char *usage;
	const char *does;
};

static const struct verb verbs[] = {
	{ "generate", "ol", 1, SIZE_MAX, run_generate, "[-o DIR] [--lock FILE] SCHEMA...",
	    "write C into DIR (generated)" },
	{ "check", "l", 1, SIZE_MAX, run_check, "[--lock FILE] SCHEMA...", "report errors and warnings" },
	{ "show", "", 1, 2, run_show, "SCHEMA [STRUCT]", "print the schema with all that it inherits" },
	{ "layout", "m", 1, 1, run_layout, "[--model M] SCHEMA", "print every member's offset and size" },
	{ "diff", "", 2, 2, run_diff, "OLD NEW", "print what changed between two schemas" },
	{ "assert", "", 1, 1, run_assert, "SCHEMA", "print C that checks upstream's headers" },
	{ "new", "of", 1, 1, run_new, "[-o FILE] --from VERSION|SCHEMA VERSION", "print a schema's skeleton" },
	{ "tables", "al", 1, SIZE_MAX, run_tables, "[--as ENGINE] [--lock FILE] SCHEMA...",
	    "print the columns of all releases" },
	{ "fields", "al", 1, SIZE_MAX, run_fields, "[--as FORM] [--lock FILE] SCHEMA...",
	    "explain the columns: markdown or mdoc" },
};

#define NVERBS (sizeof(verbs) / sizeof(verbs[0]))

static const struct option long_options[] = {
	{ "output", required_argument, NULL, 'o' },
	{ "model", required_argument, NULL, 'm' },
	{ "from", required_argument, NULL, 'f' },
	{ "lock", required_argument, NULL, 'l' },
	{ "as", required_argument, NULL, 'a' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

#define USAGE "usage: atopgen VERB [OPTION]... ARGUMENT..."

static void
print_help(void)
{
	printf(USAGE "\n\n");
	for (size_t i = 0; i < NVERBS; i++)
		printf("  %-8s %-41s %s\n", verbs[i].name, verbs[i].usage, verbs[i].does);
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

static const struct verb *
find_verb(struct diag *d, const char *name)
{
	const char *names[NVERBS];

	for (size_t i = 0; i < NVERBS; i++) {
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
		names[i] = verbs[i].name;
	}
	fprintf(stderr, "atopgen: unknown verb '%s'%s (atopgen --help lists them)\n", name,
	    diag_hint(d, name, names, NVERBS));
	return NULL;
}

/* Stores the options. False if the verb does not take one of them, or that number of arguments. */
static bool
parse_options(struct run *run, const struct verb *verb, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "o:m:f:", long_options, NULL)) != -1) {
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
	const struct verb *verb = find_verb(run->diag, argv[0]);
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
