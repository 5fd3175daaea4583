/*
 * The driver of faults.py: runs atopdump, or atopgen, with one fault at a time: each kind of fault at the
 * first call that it can befall, at the second, and so on until the program needs no more such calls. Prints
 * how many of each were injected, and a line that begins with FAIL for each run that is not as it must be.
 *
 * 	faults --work=FOLDER [--input=FILE|--pipe=FILE] [--raw] [--spare=N] [--point=KIND:N]
 * 	    -- PROGRAM [ARGUMENT]...
 *
 * What is in FOLDER is there again before each run; --raw: output is not lines of text; --spare: the first N
 * allocations never fail. --point shows one run.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "trial.h"

/* What the command line says of how to try. */
struct plan {
	uint64_t spared;   /* allocations that never fail */
	const char *point; /* to be shown; NULL: all are tried */
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
	{ "writes-one-byte", FAULT_WRITE, FAULT_ONE, 0, FAULT_EACH, JUDGE_SAME },
	{ "write-error", FAULT_WRITE, FAULT_FAIL, EIO, FAULT_ONCE, JUDGE_TROUBLE },
	{ "write-gone", FAULT_WRITE, FAULT_FAIL, EIO, FAULT_FROM, JUDGE_TROUBLE },
	{ "write-full", FAULT_WRITE, FAULT_HALF, ENOSPC, FAULT_ONCE, JUDGE_TROUBLE },
	{ "write-unread", FAULT_WRITE, FAULT_FAIL, EPIPE, FAULT_FROM, JUDGE_QUIET },
	{ "print-one-byte", FAULT_PRINT, FAULT_ONE, 0, FAULT_ONCE, JUDGE_SAME },
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
	return kind->rule == JUDGE_QUIET && j->output != NULL;
}

/* Runs with one fault. `hit` is set if it came true; false: the run was not as it must be. */
static bool
try(const struct judge *j, const struct kind *kind, uint64_t number, bool *hit, bool show)
{
	const struct fault fault = { kind->class, kind->way, kind->error, kind->reach, number };
	char why[JUDGE_WHY_MAX] = "";
	struct outcome o;
	bool right;

	trial_run(j->scene, &fault, &o);
	*hit = atomic_load(&o.report->hit);
	right = judge_outcome(j, &fault, kind->rule, &o, why);
	if (!right || show) {
		printf("%s %s:%" PRIu64 ": %s; status %d, output %zu of %zu bytes, said: ", right ? "right" : "FAIL",
		    kind->name, number, why, o.report->status, o.report->out.size, j->out_size);
		fwrite(o.report->err.bytes, 1, o.report->err.size < 400 ? o.report->err.size : 400, stdout);
		printf("\n");
	}
	trial_free(&o);
	return right;
}

/* Tries a kind of fault at each call. Returns how many runs failed. */
static unsigned
try_kind(const struct judge *j, const struct kind *kind, uint64_t spared)
{
	const uint64_t first = kind->class == FAULT_MEMORY ? spared + 1 : 1;
	const bool is_single = kind->reach == FAULT_EACH || kind->reach == FAULT_OTHER;
	unsigned nfailed = 0;
	uint64_t n = 0;
	bool hit;

	do {
		if (!try(j, kind, first + n, &hit, false))
			nfailed++;
		n += hit;
	} while (hit && !is_single && nfailed < FAILED_MAX);
	printf("points %s %" PRIu64 " %u\n", kind->name, n, nfailed);
	return nfailed;
}

/* Shows the one run that `point` says, KIND:N. */
static int
try_point(const struct judge *j, const char *point)
{
	const char *number = strchr(point, ':');
	bool hit;

	for (size_t i = 0; i < NKINDS && number != NULL; i++)
		if (strlen(kinds[i].name) == (size_t)(number - point) &&
		    strncmp(kinds[i].name, point, (size_t)(number - point)) == 0)
			return !try(j, &kinds[i], strtoull(number + 1, NULL, 10), &hit, true);
	die("no such point");
}

/* All kinds of faults that the program gives occasion to. */
static int
try_all(const struct judge *j, const uint64_t *calls, uint64_t spared)
{
	unsigned nfailed = 0;

	for (size_t i = 0; i < NKINDS; i++)
		if (calls[kinds[i].class] > 0 && !is_senseless(j, &kinds[i]))
			nfailed += try_kind(j, &kinds[i], spared);
	return nfailed > 0;
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

static void
parse(int argc, char **argv, struct scene *scene, struct judge *j, struct plan *plan)
{
	const char *number;
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (takes(argv[i], "--pipe=", &scene->input))
			scene->piped = true;
		else if (strcmp(argv[i], "--raw") == 0)
			j->is_raw = true;
		else if (takes(argv[i], "--spare=", &number))
			plan->spared = strtoull(number, NULL, 10);
		else if (!takes(argv[i], "--work=", &scene->work) && !takes(argv[i], "--input=", &scene->input) &&
		    !takes(argv[i], "--point=", &plan->point))
			die("an option that it does not know");
	}
	if (scene->work == NULL || i + 1 >= argc)
		die("--work=FOLDER -- PROGRAM [ARGUMENT]... are missing");
	scene->argv = argv + i + 1;
	scene->argc = argc - i - 1;
	for (i = 0; i < scene->argc; i++)
		takes(scene->argv[i], "--output=", &j->output);
	j->generates = strcmp(scene->argv[0], "atopgen") == 0;
}

/* Where the program would begin. */
int
__wrap_main(int argc, char **argv)
{
	static const struct fault none = { .way = FAULT_PASS };
	uint64_t calls[FAULT_CLASSES];
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
	for (size_t i = 0; i < FAULT_CLASSES; i++)
		calls[i] = atomic_load(&o.report->calls[i]);
	printf("begin status %d, output %zu bytes, files %zu, foreign %" PRIu64 "\n", j.status, j.out_size,
	    j.left.count, atomic_load(&o.report->foreign));
	failed = plan.point != NULL ? try_point(&j, plan.point) : try_all(&j, calls, plan.spared);
	printf("end\n");
	left_free(&scene.old);
	judge_free(&j);
	return failed;
}
