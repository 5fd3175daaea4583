/*
 * The driver of faults.py: runs atopdump, or atopgen, with one fault at a time. The first run has none. It shows
 * the calls that can fail and how each was reached. Each kind of fault then befalls, of the calls that were reached in the
 * same way, the first. Prints how many of each kind were injected, and a line that begins with FAIL
 * for each run that is not as it must be.
 *
 * 	faults --work=FOLDER [--input=FILE|--pipe=FILE] [--read=FILE]... [--raw] [--spare=N] [--three|--every] [--tried=FILE]
 * 	    [--tried-inside=FILE] [--point=KIND:N] -- PROGRAM [ARGUMENT]...
 *
 * What is in FOLDER is there again before each run. --read: the program reads the file, though it is no argument; --raw: output
 * is not lines of text; --spare: the first N allocations never fail; --three: the second and the last ones fail, too;
 * --every: each call fails in turn; --tried: calls
 * that the list in FILE has do not fail, and it gets those that do; --tried-inside: the same for calls that have nothing to do
 * with files of the output. --point shows the run in which call N fails.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "points.h"
#include "trial.h"

/* What the command line says of how to try. */
struct plan {
	uint64_t spared; /* allocations that never fail */
	enum points_choice choice;
	const char *tried;  /* the file that lists what other command lines have tried; NULL: nothing */
	const char *inside; /* the same for memory, reading and threads */
	const char *point;  /* to be shown; NULL: all are tried */
};

#define FAILED_MAX 20 /* failures of one kind, after which the next kind is tried */

static const struct kind {
	const char *name;
	enum fault_class class;
	enum fault_way way;
	int error;
	enum fault_reach reach;
	enum judge_rule rule;
} kinds[] = { { "memory", FAULT_MEMORY, FAULT_FAIL, ENOMEM, FAULT_ONCE, JUDGE_TROUBLE },
	{ "memory-gone", FAULT_MEMORY, FAULT_FAIL, ENOMEM, FAULT_FROM, JUDGE_TROUBLE },
	{ "open", FAULT_OPEN, FAULT_FAIL, EMFILE, FAULT_ONCE, JUDGE_TROUBLE },
	{ "open-gone", FAULT_OPEN, FAULT_FAIL, EMFILE, FAULT_FROM, JUDGE_TROUBLE },
	{ "read-interrupted", FAULT_READ, FAULT_FAIL, EINTR, FAULT_ONCE, JUDGE_SAME },
	{ "read-one-byte", FAULT_READ, FAULT_ONE, 0, FAULT_ONCE, JUDGE_SAME },
	{ "reads-interrupted", FAULT_READ, FAULT_FAIL, EINTR, FAULT_OTHER, JUDGE_SAME },
	{ "reads-one-byte", FAULT_READ, FAULT_ONE, 0, FAULT_EACH, JUDGE_SAME },
	{ "read-error", FAULT_READ, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "read-gone", FAULT_READ, FAULT_FAIL, EIO, FAULT_FROM, JUDGE_TROUBLE },
	{ "read-end", FAULT_READ, FAULT_END, 0, FAULT_FROM, JUDGE_CUT },
	{ "write-interrupted", FAULT_WRITE, FAULT_FAIL, EINTR, FAULT_ONCE, JUDGE_SAME },
	{ "write-one-byte", FAULT_WRITE, FAULT_ONE, 0, FAULT_ONCE, JUDGE_SAME },
	{ "write-later", FAULT_WRITE, FAULT_FAIL, EAGAIN, FAULT_ONCE, JUDGE_SAME },
	{ "writes-interrupted", FAULT_WRITE, FAULT_FAIL, EINTR, FAULT_OTHER, JUDGE_SAME },
	{ "writes-later", FAULT_WRITE, FAULT_FAIL, EAGAIN, FAULT_OTHER, JUDGE_SAME },
	{ "writes-one-byte", FAULT_WRITE, FAULT_ONE, 0, FAULT_EACH, JUDGE_SAME },
	{ "write-error", FAULT_WRITE, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "write-gone", FAULT_WRITE, FAULT_FAIL, EIO, FAULT_FROM, JUDGE_TROUBLE },
	{ "write-full", FAULT_WRITE, FAULT_HALF, ENOSPC, FAULT_ONCE, JUDGE_TROUBLE },
	{ "write-unread", FAULT_WRITE, FAULT_FAIL, EPIPE, FAULT_FROM, JUDGE_QUIET },
	{ "scan-error", FAULT_SCAN, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "scan-gone", FAULT_SCAN, FAULT_FAIL, EIO, FAULT_FROM, JUDGE_TROUBLE },
	{ "print-one-byte", FAULT_PRINT, FAULT_ONE, 0, FAULT_ONCE, JUDGE_SAME },
	{ "prints-one-byte", FAULT_PRINT, FAULT_ONE, 0, FAULT_EACH, JUDGE_SAME },
	{ "print-error", FAULT_PRINT, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "print-full", FAULT_PRINT, FAULT_HALF, ENOSPC, FAULT_ONCE, JUDGE_TROUBLE },
	{ "print-unread", FAULT_PRINT, FAULT_FAIL, EPIPE, FAULT_FROM, JUDGE_QUIET },
	{ "look", FAULT_LOOK, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "look-gone", FAULT_LOOK, FAULT_FAIL, EIO, FAULT_FROM, JUDGE_TROUBLE },
	{ "change", FAULT_CHANGE, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "change-gone", FAULT_CHANGE, FAULT_FAIL, EIO, FAULT_FROM, JUDGE_TROUBLE },
	{ "thread", FAULT_THREAD, FAULT_FAIL, EAGAIN, FAULT_ONCE, JUDGE_SAME },
	{ "thread-gone", FAULT_THREAD, FAULT_FAIL, EAGAIN, FAULT_FROM, JUDGE_SAME } };

#define NKINDS (sizeof kinds / sizeof kinds[0])

int __wrap_main(int argc, char **argv);

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "faults: %s\n", what);
	exit(2);
}

/* What is under test does not read or print as this kind of fault has it. */
static bool
is_senseless(const struct judge *j, const struct kind *kind)
{
	if (j->generates) /* what a schema says ends where it ends; and it has no quiet end */
		return kind->rule == JUDGE_CUT || kind->rule == JUDGE_QUIET || kind->error == EAGAIN;
	if (j->is_tree && kind->rule == JUDGE_CUT) /* each log is read twice: it may shrink to a whole one in between */
		return true;
	return kind->rule == JUDGE_QUIET && j->output != NULL;
}

/* Whether another kind does this to each call, and each call is made again: then it is tried with --every alone. */
static bool
is_implied(const struct kind *kind)
{
	return kind->rule == JUDGE_SAME && kind->reach == FAULT_ONCE && kind->class != FAULT_THREAD;
}

/* The calls of the run without faults. */
struct calls {
	uint64_t count[FAULT_CLASSES];
	struct points chosen[FAULT_CLASSES];
};

/*
 * Only where threads run is the order of calls not the same in all runs. There a call is known by its stack, else by its
 * number.
 */
static struct fault
fault_at(const struct calls *calls, const struct kind *kind, const struct point *point)
{
	struct fault fault = { kind->class, kind->way, kind->error, kind->reach, 0, point->number };

	if (calls->count[FAULT_THREAD] > 0 && point->stack != 0) {
		fault.stack = point->stack;
		fault.number = point->turn;
	}
	return fault;
}

/* Runs with one fault. `hit` is set if it came true; false: the run was not as it must be. */
static bool
try(const struct judge *j, const struct calls *calls, const struct kind *kind, const struct point *point, bool *hit,
    bool show)
{
	const struct fault fault = fault_at(calls, kind, point);
	char why[JUDGE_WHY_MAX] = "";
	struct outcome o;
	bool right;

	trial_run(j->scene, &fault, &o);
	*hit = atomic_load(&o.report->hit);
	right = judge_outcome(j, &fault, kind->rule, &o, why);
	if (!right || show) {
		printf("%s %s:%" PRIu64 ": %s; status %d, output %zu of %zu bytes, said: ", right ? "right" : "FAIL",
		    kind->name, point->number, why, o.report->status, o.report->out.size, j->out_size);
		fwrite(o.report->err.bytes, 1, o.report->err.size < 400 ? o.report->err.size : 400, stdout);
		printf("\n");
	}
	trial_free(&o);
	return right;
}

/* Tries a kind of fault at each call that is chosen. Returns how many runs failed. */
static unsigned
try_kind(const struct judge *j, const struct calls *calls, const struct kind *kind)
{
	const struct points *points = &calls->chosen[kind->class];
	const bool is_single = kind->reach == FAULT_EACH || kind->reach == FAULT_OTHER;
	const size_t ntries = is_single && points->count > 0 ? 1 : points->count;
	unsigned nfailed = 0;
	uint64_t nhit = 0;
	bool hit;

	for (size_t i = 0; i < ntries && nfailed < FAILED_MAX; i++) {
		if (points->list[i].is_later && kind->reach == FAULT_FROM && points->choice != POINTS_EVERY)
			continue;
		if (!try(j, calls, kind, &points->list[i], &hit, false))
			nfailed++;
		nhit += hit;
	}
	printf("points %s %" PRIu64 " %u\n", kind->name, nhit, nfailed);
	return nfailed;
}

/* The calls among those chosen with the number; ends the program if there is none. */
static const struct point *
find_point(const struct points *points, uint64_t number)
{
	for (size_t i = 0; i < points->count; i++)
		if (points->list[i].number == number)
			return &points->list[i];
	die("no such point");
}

/* Shows the one run that `point` says, KIND:N. */
static int
try_point(const struct judge *j, const struct calls *calls, const char *point)
{
	const char *number = strchr(point, ':');
	bool hit;

	for (size_t i = 0; i < NKINDS && number != NULL; i++)
		if (strlen(kinds[i].name) == (size_t)(number - point) &&
		    strncmp(kinds[i].name, point, (size_t)(number - point)) == 0)
			return !try(j, calls, &kinds[i],
			    find_point(&calls->chosen[kinds[i].class], strtoull(number + 1, NULL, 10)), &hit, true);
	die("no such point");
}

/* All kinds of faults that the program gives occasion to. */
static int
try_all(const struct judge *j, const struct calls *calls, bool every)
{
	unsigned nfailed = 0;

	for (size_t i = 0; i < NKINDS; i++)
		if (calls->count[kinds[i].class] > 0 && !is_senseless(j, &kinds[i]) &&
		    (every || !is_implied(&kinds[i])))
			nfailed += try_kind(j, calls, &kinds[i]);
	return nfailed > 0;
}

/* Whether what becomes of a failed call does not depend on the files that the output goes to. */
static bool
is_inside(size_t class)
{
	return class == FAULT_MEMORY || class == FAULT_READ || class == FAULT_SCAN || class == FAULT_THREAD;
}

/* Chooses the calls that fail, of those inside or of the others; `path` is of the list of those that have been tried. */
static void
choose_calls(struct calls *calls, struct fault_report *r, const struct plan *plan, bool inside, const char *path)
{
	struct tried tried = { NULL, 0, 0 };

	if (path != NULL)
		tried_read(&tried, path);
	for (size_t i = 0; i < FAULT_CLASSES; i++) {
		if (is_inside(i) != inside)
			continue;
		calls->count[i] = atomic_load(&r->calls[i]);
		points_choose(&calls->chosen[i], r->stacks[i], calls->count[i], i == FAULT_MEMORY ? plan->spared : 0,
		    plan->choice, &tried, (unsigned)i);
	}
	if (path != NULL)
		tried_write(&tried, path);
	tried_free(&tried);
}

/* Keeps what a run without faults called, and chooses the calls that fail. */
static void
learn_calls(struct calls *calls, struct fault_report *r, const struct plan *plan)
{
	choose_calls(calls, r, plan, true, plan->inside);
	choose_calls(calls, r, plan, false, plan->tried);
}

/* The value of `--name=`, if that is what `arg` is. */
static bool
takes(const char *arg, const char *name, const char **value)
{
	const size_t size = strlen(name);

	if (strncmp(arg, name, size) != 0)
		return false;
	*value = arg + size;
	return true;
}

static bool
is_input(const char *arg)
{
	static const char *const verbs[] = { "dump", "carve", "repair", "list", "schema" };

	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(arg, verbs[i]) == 0)
			return false;
	return *arg != '-';
}

static void
add_input(struct scene *scene, const char *path)
{
	scene->inputs[scene->ninputs++] = path;
}

static void
parse(int argc, char **argv, struct scene *scene, struct judge *j, struct plan *plan)
{
	const char *number, *path;
	int i;

	scene->inputs = calloc((size_t)argc, sizeof *scene->inputs);
	if (scene->inputs == NULL)
		die("no memory");
	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (takes(argv[i], "--pipe=", &scene->input))
			scene->piped = true;
		else if (strcmp(argv[i], "--raw") == 0)
			j->is_raw = true;
		else if (takes(argv[i], "--spare=", &number))
			plan->spared = strtoull(number, NULL, 10);
		else if (strcmp(argv[i], "--every") == 0)
			plan->choice = POINTS_EVERY;
		else if (strcmp(argv[i], "--three") == 0)
			plan->choice = POINTS_THREE;
		else if (takes(argv[i], "--tried=", &plan->tried) || takes(argv[i], "--tried-inside=", &plan->inside))
			continue;
		else if (takes(argv[i], "--read=", &path))
			add_input(scene, path);
		else if (!takes(argv[i], "--work=", &scene->work) && !takes(argv[i], "--input=", &scene->input) &&
		    !takes(argv[i], "--point=", &plan->point))
			die("an option that it does not know");
	}
	if (scene->work == NULL || i + 1 >= argc)
		die("--work=FOLDER -- PROGRAM [ARGUMENT]... are missing");
	scene->argv = argv + i + 1;
	scene->argc = argc - i - 1;
	for (i = 1; i < scene->argc; i++)
		if (takes(scene->argv[i], "--partition=", &j->output))
			j->is_tree = true;
		else if (!takes(scene->argv[i], "--output=", &j->output) &&
		    !takes(scene->argv[i], "--manifest=", &j->manifest) && is_input(scene->argv[i]))
			add_input(scene, scene->argv[i]);
	for (i = 1; i < scene->argc; i++)
		j->is_database = j->is_database || strcmp(scene->argv[i], "--format=sqlite") == 0;
	j->generates = strcmp(scene->argv[0], "atopgen") == 0;
}

/* Where the program would begin. */
int
__wrap_main(int argc, char **argv)
{
	static const struct fault none = { .way = FAULT_PASS };
	static struct calls calls;
	struct scene scene = { 0 };
	struct judge j = { .scene = &scene };
	struct plan plan = { 0 };
	struct outcome o;
	int failed;

	parse(argc, argv, &scene, &j, &plan);
	left_take(&scene.old, scene.work);
	trial_run(&scene, &none, &o);
	if (!o.report->ended)
		die("it does not run without faults either");
	judge_learn(&j, &o);
	learn_calls(&calls, o.report, &plan);
	printf("begin status %d, output %zu bytes, files %zu, allocations %" PRIu64 ", foreign %" PRIu64 "\n", j.status,
	    j.out_size, j.left.count, calls.count[FAULT_MEMORY], atomic_load(&o.report->foreign));
	failed = plan.point != NULL ? try_point(&j, &calls, plan.point)
				    : try_all(&j, &calls, plan.choice == POINTS_EVERY);
	printf("end\n");
	for (size_t i = 0; i < FAULT_CLASSES; i++)
		points_free(&calls.chosen[i]);
	left_free(&scene.old);
	free(scene.inputs);
	judge_free(&j);
	return failed;
}
