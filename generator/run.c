/*
 * run: what each verb does with its arguments. Puts the stages in order: one that reports errors is the last
 * to run, and then no file is written.
 */
#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "ddl/ddl.h"
#include "emit/emit.h"
#include "emit/emit_sql.h"
#include "emit/emit_view.h"
#include "model/layout.h"
#include "read/load.h"
#include "read/read_lock.h"
#include "read/resolve.h"
#include "read/resolve_label.h"
#include "read/resolve_view.h"
#include "read/schema.h"
#include "verb/verbs.h"

static void
complain(const char *text)
{
	fprintf(stderr, "atopgen: %s\n", text);
}

/* --- stages -------------------------------------------------------------------------------------------- */

/* Checks and resolves the labels that were loaded beside the model. */
static const struct label_model *
build_labels(struct run *run, const struct model *m, const struct loaded *loaded)
{
	check_labels(run->diag, (const struct label *const *)loaded->labels, loaded->nlabels, loaded->common);
	return run->diag->nerrors == 0 ? resolve_labels(run->arena, run->diag, m, loaded) : NULL;
}

/*
 * The model of the schemas and all that they extend; NULL if any stage reported errors. `*named`, if it is
 * wanted, tells which of its releases the paths name; `*labels` and `*suspects`, if they are wanted, are the labels and the hints.
 */
static struct model *
build(struct run *run, const char *const *paths, size_t npaths, const bool **named, const struct label_model **labels,
    struct suspects *suspects)
{
	struct loaded loaded;
	struct model *m;

	if (!load_schemas(run->arena, run->diag, paths, npaths, &loaded))
		return NULL;
	if (named != NULL)
		*named = loaded.named;
	m = resolve(run->arena, run->diag, &loaded);
	m->views = loaded.views;
	m->nviews = loaded.nviews;
	if (run->diag->nerrors == 0)
		check_model(run->diag, m);
	if (run->diag->nerrors == 0)
		layout_model(run->diag, m);
	if (run->diag->nerrors == 0)
		check_layouts(run->diag, m);
	if (run->diag->nerrors == 0 && labels != NULL)
		*labels = build_labels(run, m, &loaded);
	if (run->diag->nerrors == 0 && suspects != NULL) {
		check_suspects(run->diag, &loaded.suspects);
		*suspects = loaded.suspects;
	}
	return run->diag->nerrors == 0 ? m : NULL;
}

/*
 * The tables of the model with their numbers. Those of `lock` come from the option's file, or from `path` if it exists.
 * NULL if anything was reported.
 */
static struct tables *
build_tables(struct run *run, const struct model *m, const char *path, struct lock *lock)
{
	struct tables *t = tables_build(run->diag, m);
	const struct source *source = NULL;

	*lock = (struct lock){ .lines = NULL };
	if (run->diag->nerrors == 0)
		source = load_text(run->arena, run->diag, run->lock != NULL ? run->lock : path, run->lock == NULL);
	if (source != NULL)
		*lock = read_lock(run->diag, source);
	if (run->diag->nerrors == 0)
		check_lock(run->diag, t, lock);
	if (run->diag->nerrors > 0)
		return NULL;
	lock_number(run->arena, t, lock);
	return t;
}

/* The views of the model. NULL if anything was reported. */
static const struct views *
build_views(struct run *run, const struct model *m, const struct tables *t, const struct lock *lock)
{
	const struct views *views;

	check_views(run->diag, m, t);
	views = run->diag->nerrors == 0 ? resolve_views(run->diag, m, t, lock_is_larger(lock, t)) : NULL;
	return run->diag->nerrors == 0 ? views : NULL;
}

/* The release that one schema describes: it extends all others that were loaded, so it stands last. */
static const struct release *
build_one(struct run *run, const char *path)
{
	const struct model *m = build(run, &path, 1, NULL, NULL, NULL);

	return m != NULL ? m->releases[m->nreleases - 1] : NULL;
}

static bool
print(const struct out *o)
{
	if (fwrite(o->text, 1, o->length, stdout) == o->length && fflush(stdout) == 0)
		return true;
	complain(arena_printf(o->arena, "cannot write to standard output: %s", strerror(errno)));
	return false;
}

/* --- verbs --------------------------------------------------------------------------------------------- */

bool
run_generate(struct run *run)
{
	const char *folder = run->output != NULL ? run->output : "generated";
	struct out_set set = { .arena = run->arena };
	const bool *named;
	const struct label_model *labels;
	struct suspects suspects;
	const struct model *m = build(run, (const char *const *)run->args, run->nargs, &named, &labels, &suspects);
	const struct tables *t;
	const struct views *views;
	struct lock lock;
	char error[512];

	if (m == NULL)
		return false;
	t = build_tables(run, m, arena_printf(run->arena, "%s/tables.lock", folder), &lock);
	views = t != NULL ? build_views(run, m, t, &lock) : NULL;
	if (views == NULL)
		return false;
	emit_model(&set, m, named, t);
	emit_labels(&set, m, named, labels);
	emit_tables_of_all(&set, m, t, &lock);
	emit_views(&set, m, named, views);
	emit_sql_views(&set, t, views);
	emit_suspects(&set, &suspects);
	emit_digest(&set);
	if (out_write(&set, folder, error, sizeof(error)) == 0)
		return true;
	complain(error);
	return false;
}

bool
run_check(struct run *run)
{
	const struct label_model *labels;
	struct suspects suspects;
	const bool *named;
	const struct model *m = build(run, (const char *const *)run->args, run->nargs, &named, &labels, &suspects);
	const struct tables *t;
	struct lock lock;

	if (m == NULL)
		return false;
	check_lengths(run->diag, m, named);
	t = build_tables(run, m, load_beside(run->arena, run->args[0], "../generated/tables.lock"), &lock);
	return t != NULL && build_views(run, m, t, &lock) != NULL;
}

/* Finds the structs that the arguments after the schema name. False after a message. */
static bool
find_structs(struct run *run, const struct release *r, const struct definition ***list, size_t *count)
{
	for (size_t i = 1; i < run->nargs; i++) {
		const struct definition *d = release_find(r, run->args[i]);

		if (d == NULL) {
			complain(arena_printf(run->arena, "atop %s has no struct '%s'", r->schema->version.text,
			    run->args[i]));
			return false;
		}
		*list = arena_grow(run->arena, *list, *count, sizeof(**list));
		(*list)[(*count)++] = d;
	}
	return true;
}

bool
run_show(struct run *run)
{
	const struct release *r = build_one(run, run->args[0]);
	const struct definition **only = NULL;
	struct out o = { .arena = run->arena };
	size_t nonly = 0;

	if (r == NULL || !find_structs(run, r, &only, &nonly))
		return false;
	verb_show(&o, r, only, nonly);
	return print(&o);
}

/* A version, or the path of a schema: the path. */
static const char *
path_of(struct run *run, const char *release)
{
	return schema_is_version(release) ? arena_printf(run->arena, "schemas/atop-%s.yaml", release) : release;
}

/* Generates all releases that were loaded, into memory, for the lines of what is generated. */
bool
run_where(struct run *run)
{
	const char *path = path_of(run, run->args[0]), *missing;
	const struct model *m = build(run, &path, 1, NULL, NULL, NULL);
	const struct tables *t = m != NULL ? tables_build(run->diag, m) : NULL;
	struct out_set set = { .arena = run->arena };
	struct out o = { .arena = run->arena };
	const struct release *r;
	const struct definition *in;
	bool *named;

	if (t == NULL || run->diag->nerrors > 0)
		return false;
	r = m->releases[m->nreleases - 1];
	named = arena_alloc(run->arena, m->nreleases * sizeof(*named));
	memset(named, true, m->nreleases * sizeof(*named));
	missing = verb_where(&o, r, run->args[1], emit_model(&set, m, named, t),
	    run->output != NULL ? run->output : "generated", &in);
	if (missing == NULL)
		return print(&o);
	if (in == NULL)
		complain(arena_printf(run->arena, "atop %s has no struct '%s'", r->schema->version.text, missing));
	else if (missing[0] == '\0')
		complain(arena_printf(run->arena, "'%s' is a struct; name a member of it", run->args[1]));
	else
		complain(arena_printf(run->arena, "struct '%s' of atop %s has no member '%s'", in->structure->name.text,
		    r->schema->version.text, missing));
	return false;
}

bool
run_layout(struct run *run)
{
	const struct release *r = build_one(run, run->args[0]);
	struct out o = { .arena = run->arena };
	int model = -1;

	if (r == NULL)
		return false;
	if (run->model != NULL) {
		for (size_t m = 0; m < r->abi->nmodels; m++)
			if (strcmp(r->abi->models[m].name.text, run->model) == 0)
				model = (int)m;
		if (model < 0) {
			complain(
			    arena_printf(run->arena, "'%s' has no data model '%s'", r->abi->source->name, run->model));
			return false;
		}
	}
	emit_layout(&o, r, model, false);
	return print(&o);
}

/* The two are built apart, so that they may be states of one schema. */
bool
run_diff(struct run *run)
{
	const struct release *from = build_one(run, run->args[0]);
	const struct release *to = build_one(run, run->args[1]);
	struct out o = { .arena = run->arena };

	if (from == NULL || to == NULL)
		return false;
	verb_diff(&o, from, to);
	return print(&o);
}

bool
run_assert(struct run *run)
{
	const struct release *r = build_one(run, run->args[0]);
	struct out o = { .arena = run->arena };

	if (r == NULL)
		return false;
	verb_assert(&o, r);
	return print(&o);
}

bool
run_new(struct run *run)
{
	const struct release *base;
	struct out o = { .arena = run->arena };
	char error[512];

	if (run->from == NULL || !schema_is_version(run->args[0])) {
		complain(run->from == NULL ? "new needs --from: the release to start from"
					   : "new needs a version, MAJOR.MINOR or MAJOR.MINOR-N");
		return false;
	}
	base = build_one(run, path_of(run, run->from));
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

/* The place in `names` of what --as says, 0 without --as. -1 after a message. */
static int
find_as(struct run *run, const char *what, const char *const *names)
{
	size_t n = 0;

	if (run->as == NULL)
		return 0;
	for (; names[n] != NULL; n++)
		if (strcmp(names[n], run->as) == 0)
			return (int)n;
	complain(arena_printf(run->arena, "unknown %s '%s'%s", what, run->as, diag_hint(run->diag, run->as, names, n)));
	return -1;
}

/* The views that --view names, as tables. NULL after messages. */
static const struct tables *
tables_of_views(struct run *run, const struct model *m, const struct tables *t, const struct lock *lock)
{
	const struct views *views = build_views(run, m, t, lock);
	const char *unknown = views != NULL ? verb_unknown_view(run->arena, views, run->view) : NULL;
	const char **names;

	if (views == NULL)
		return NULL;
	if (unknown == NULL)
		return verb_tables_of_views(run->arena, views, run->view);
	names = arena_alloc(run->arena, (views->count + 1) * sizeof(*names));
	for (size_t i = 0; i < views->count; i++)
		names[i] = views->list[i].view->name.text;
	complain(arena_printf(run->arena, "there is no view '%s' in the files%s", unknown,
	    diag_hint(run->diag, unknown, names, views->count)));
	return NULL;
}

/* The tables of the schemas that are the arguments, or their views. NULL after messages. */
static const struct tables *
tables_of_arguments(struct run *run)
{
	const struct model *m = build(run, (const char *const *)run->args, run->nargs, NULL, NULL, NULL);
	const struct tables *t;
	struct lock lock;

	if (m == NULL)
		return NULL;
	t = build_tables(run, m, load_beside(run->arena, run->args[0], "../generated/tables.lock"), &lock);
	return t != NULL && run->view != NULL ? tables_of_views(run, m, t, &lock) : t;
}

bool
run_tables(struct run *run)
{
	const int engine = find_as(run, "engine", ddl_engines);
	const struct tables *t = engine >= 0 ? tables_of_arguments(run) : NULL;
	struct out o = { .arena = run->arena };

	if (t == NULL)
		return false;
	if (run->as == NULL)
		verb_tables(&o, t);
	else
		verb_tables_as(&o, t, engine);
	return print(&o);
}

bool
run_fields(struct run *run)
{
	const int form = find_as(run, "form", fields_forms);
	const struct tables *t = form >= 0 ? tables_of_arguments(run) : NULL;
	struct out o = { .arena = run->arena };

	if (t == NULL)
		return false;
	verb_fields(&o, t, (size_t)form);
	return print(&o);
}
