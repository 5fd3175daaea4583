/*
 * trial: runs a scene in a child process and collects its outcome.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libraries.h"
#include "stack.h"
#include "trial.h"

#define SECONDS_MAX 60          /* that a run may take on a busy machine */
#define PIPED_MAX   (60u << 10) /* bytes that a pipe takes without a reader */

int __real_main(int argc, char **argv);

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "faults: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* The report of all runs, in memory that outlives their processes. */
static struct fault_report *
shared_report(void)
{
	static struct fault_report *report;
	int fd;

	if (report != NULL)
		return report;
	fd = open("/dev/zero", O_RDWR);
	report = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (report == MAP_FAILED)
		die("no memory to share");
	close(fd);
	return report;
}

static void
clear(struct fault_report *r)
{
	for (size_t i = 0; i < FAULT_CLASSES; i++)
		atomic_store(&r->calls[i], 0);
	for (size_t i = 0; i < FAULT_FILES_MAX; i++)
		atomic_store(&r->open[i], false);
	atomic_store(&r->foreign, 0);
	atomic_store(&r->hit, false);
	atomic_store(&r->memory, 0);
	r->ended = r->exited = false;
	r->out.size = r->err.size = 0;
}

/* A pipe that holds what is in the file, and its end. */
static int
make_pipe(const char *path)
{
	char bytes[PIPED_MAX];
	FILE *f = fopen(path, "rb");
	size_t size;
	int fds[2];

	if (f == NULL || pipe(fds) != 0)
		die("no pipe for standard input");
	size = fread(bytes, 1, sizeof bytes, f);
	if (size == sizeof bytes || write(fds[1], bytes, size) != (ssize_t)size)
		die("standard input is too large for a pipe");
	fclose(f);
	close(fds[1]);
	return fds[0];
}

/* The child's life. */
static _Noreturn void
run(const struct scene *scene, const struct fault *fault, int input)
{
	int status;

	if (dup2(input, STDIN_FILENO) < 0)
		die("no standard input");
	close(input);
	alarm(SECONDS_MAX);
	libraries_take_over();
	stack_begin(__builtin_frame_address(0));
	fault_arm(fault, shared_report());
	status = __real_main(scene->argc, scene->argv);
	stream_close();
	fault_end(status);
}

void
trial_run(const struct scene *scene, const struct fault *fault, struct outcome *o)
{
	const char *path = scene->input != NULL ? scene->input : "/dev/null";
	int input = scene->piped ? make_pipe(path) : open(path, O_RDONLY);
	pid_t child;

	if (input < 0)
		die("no standard input");
	left_put(&scene->old, scene->work);
	o->report = shared_report();
	clear(o->report);
	fflush(stdout);
	child = fork();
	if (child == 0)
		run(scene, fault, input);
	if (child < 0 || waitpid(child, &o->wait, 0) != child)
		die("no process");
	close(input);
	left_take(&o->left, scene->work);
}

void
trial_free(struct outcome *o)
{
	left_free(&o->left);
}
