/*
 * main: the command line of atopgen, and the order of the stages. A stage that reports errors is the last to
 * run, and then no file is written.
 */
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "emit.h"
#include "layout.h"
#include "load.h"
#include "resolve.h"
#include "schema.h"
#include "verbs.h"

#ifndef ATOPGEN_VERSION
#define ATOPGEN_VERSION	"unknown"
#endif

/* One run of one verb. */
struct run {
	struct arena	*arena;
	struct diag	*diag;
	const char	*output;	/* -o, or NULL */
	const char	*model;		/* --model, or NULL */
	const char	*from;		/* --from, or NULL */
	char		**args;
	size_t		 nargs;
	const bool	*named;		/* which releases of the model the user asked for */
};

struct verb {
	const char	*name;
	const char	*options;	/* letters of those it takes */
	size_t		 least, most;	/* arguments */
	bool		(*run)(struct run *run);
	const char	*usage;
	const char	*does;
};

static void
complain(const char *text)
{
	fprintf(stderr, "atopgen: %s\n", text);
}

/* --- stages -------------------------------------------------------------------------------------------- */

/* The model of the schemas and all that they extend; NULL if any stage reported errors. */
static struct model *
build(struct run *run, const char *const *paths, size_t npaths)
{
	struct loaded loaded;
	struct model *m;

	if (!load_schemas(run->arena, run->diag, paths, npaths, &loaded))
		return NULL;
	run->named = loaded.named;
	m = resolve(run->arena, run->diag, &loaded);
	if (run->diag->nerrors == 0)
		check_model(run->diag, m);
	if (run->diag->nerrors == 0)
		layout_model(run->diag, m);
	if (run->diag->nerrors == 0)
		check_layouts(run->diag, m);
	return run->diag->nerrors == 0 ? m : NULL;
}

/* The release that one schema describes: it extends all others that were loaded, so it stands last. */
static const struct release *
build_one(struct run *run, const char *path)
{
	const struct model *m = build(run, &path, 1);

	return m != NULL ? m->releases[m->nreleases - 1] : NULL;
}

static bool
print(const struct out *o)
{
	if (fwrite(o->text, 1, o->length, stdout) == o->length && fflush(stdout) == 0)
		return true;
	complain("cannot write to standard output");
	return false;
}

/* --- verbs --------------------------------------------------------------------------------------------- */

static bool
run_generate(struct run *run)
{
	struct out_set set = {.arena = run->arena};
	const struct model *m = build(run, (const char *const *)run->args, run->nargs);
	char error[512];

	if (m == NULL)
		return false;
	emit_model(&set, m, run->named);
	if (out_write(&set, run->output != NULL ? run->output : "generated", error, sizeof(error)) == 0)
		return true;
	complain(error);
	return false;
}

static bool
run_check(struct run *run)
{
	return build(run, (const char *const *)run->args, run->nargs) != NULL;
}

static bool
run_show(struct run *run)
{
	const struct release *r = build_one(run, run->args[0]);
	const struct definition *only = NULL;
	struct out o = {.arena = run->arena};

	if (r == NULL)
		return false;
	if (run->nargs > 1) {
		only = release_find(r, run->args[1]);
		if (only == NULL) {
			complain(arena_printf(run->arena, "atop %s has no struct '%s'",
			    r->schema->version.text, run->args[1]));
			return false;
		}
	}
	verb_show(&o, r, only);
	return print(&o);
}

static bool
run_layout(struct run *run)
{
	const struct release *r = build_one(run, run->args[0]);
	struct out o = {.arena = run->arena};
	int model = -1;

	if (r == NULL)
		return false;
	if (run->model != NULL) {
		for (size_t m = 0; m < r->abi->nmodels; m++)
			if (strcmp(r->abi->models[m].name.text, run->model) == 0)
				model = (int)m;
		if (model < 0) {
			complain(arena_printf(run->arena, "'%s' has no data model '%s'", r->abi->source->name,
			    run->model));
			return false;
		}
	}
	verb_layout(&o, r, model);
	return print(&o);
}

/* The two are built apart, so that they may be states of one schema. */
static bool
run_diff(struct run *run)
{
	const struct release *from = build_one(run, run->args[0]);
	const struct release *to = build_one(run, run->args[1]);
	struct out o = {.arena = run->arena};

	if (from == NULL || to == NULL)
		return false;
	verb_diff(&o, from, to);
	return print(&o);
}

static bool
run_new(struct run *run)
{
	const struct release *base;
	struct out o = {.arena = run->arena};
	char error[512];

	if (run->from == NULL || !schema_is_version(run->args[0])) {
		complain(run->from == NULL ? "new needs --from: the release to start from" :
		    "new needs a version, MAJOR.MINOR or MAJOR.MINOR-N");
		return false;
	}
	if (schema_is_version(run->from))
		run->from = arena_printf(run->arena, "schemas/atop-%s.yaml", run->from);
	base = build_one(run, run->from);
	if (base == NULL)
		return false;
	verb_new(&o, run->args[0], base);
	if (run->output == NULL)
		return print(&o);
	if (out_write_new(&o, run->output, error, sizeof(error)) == 0)
		return true;
	complain(error);
	return false;
}

static const struct verb verbs[] = {
	{"generate", "o", 1, SIZE_MAX, run_generate, "[-o DIR] SCHEMA...", "write C into DIR (generated)"},
	{"check", "", 1, SIZE_MAX, run_check, "SCHEMA...", "report errors and warnings"},
	{"show", "", 1, 2, run_show, "SCHEMA [STRUCT]", "print the schema with all that it inherits"},
	{"layout", "m", 1, 1, run_layout, "[--model M] SCHEMA", "print every member's offset and size"},
	{"diff", "", 2, 2, run_diff, "OLD NEW", "print what changed between two schemas"},
	{"new", "of", 1, 1, run_new, "[-o FILE] --from VERSION|SCHEMA VERSION", "print a schema's skeleton"},
};

#define NVERBS	(sizeof(verbs) / sizeof(verbs[0]))

/* --- command line -------------------------------------------------------------------------------------- */

static const struct option long_options[] = {
	{"output", required_argument, NULL, 'o'},
	{"model", required_argument, NULL, 'm'},
	{"from", required_argument, NULL, 'f'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{NULL, 0, NULL, 0},
};

static void
print_help(void)
{
	printf("usage: atopgen VERB [OPTION]... ARGUMENT...\n\n");
	for (size_t i = 0; i < NVERBS; i++)
		printf("  %-8s %-41s %s\n", verbs[i].name, verbs[i].usage, verbs[i].does);
	printf("\n  -h, --help     this text\n  -V, --version  the version of atopgen\n");
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

/* Sets what the options say; false if the verb does not take one of them, or as many arguments. */
static bool
parse_options(struct run *run, const struct verb *verb, int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "o:m:f:", long_options, NULL)) != -1) {
		if (c == '?' || strchr(verb->options, c) == NULL)
			return false;
		*(c == 'o' ? &run->output : c == 'm' ? &run->model : &run->from) = optarg;
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
	struct arena arena = {.chunks = NULL};
	struct diag diag = {.arena = &arena};
	struct run run = {.arena = &arena, .diag = &diag};
	const char *first = argc > 1 ? argv[1] : "";
	bool ok = true;

	if (strcmp(first, "-h") == 0 || strcmp(first, "--help") == 0)
		print_help();
	else if (strcmp(first, "-V") == 0 || strcmp(first, "--version") == 0)
		printf("atopgen %s\n", ATOPGEN_VERSION);
	else if (argc > 1)
		ok = run_verb(&run, argc - 1, argv + 1);
	else
		ok = find_verb(&diag, "") != NULL;
	arena_free(&arena);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
