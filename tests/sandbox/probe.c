/*
 * probe: makes system calls behind the sandbox, each in a child of its own, and says what became of it. It
 * must not judge.
 *
 * probe NEEDS FOLDER
 *
 * NEEDS is the number given to sandbox_enter; files are made in FOLDER. A line for each call, "NAME OUTCOME":
 * "allowed", the errno's name or number, or "killed" by the signal SIGSYS, or by another one's number.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS, syscall */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "atopdump/cli/sandbox.h"

#define LARGE (1u << 20) /* bytes that malloc maps */

static int own; /* a descriptor, open for reading and writing */
static char *page;
static size_t page_size;

/* Each makes its call: 0, or -1 and errno. */

static int
call_read(void)
{
	char byte;

	return pread(own, &byte, 1, 0) < 0 ? -1 : 0;
}

static int
call_write(void)
{
	return write(own, "x", 1) < 0 ? -1 : 0;
}

static int
call_fstat(void)
{
	struct stat st;

	return fstat(own, &st);
}

static int
call_malloc(void)
{
	char *bytes = malloc(LARGE), *more;

	if (bytes == NULL)
		return -1;
	memset(bytes, 1, LARGE);
	more = realloc(bytes, 2 * LARGE);
	free(more != NULL ? more : bytes);
	return more != NULL ? 0 : -1;
}

static void *
live(void *told)
{
	free(malloc(LARGE));
	return told;
}

static int
call_thread(void)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, live, NULL);
	return errno != 0 ? -1 : pthread_join(thread, NULL);
}

static int
call_abort(void)
{
	abort();
}

static int
call_open_read(void)
{
	return open("own", O_RDONLY) < 0 ? -1 : 0;
}

static int
call_open_folder(void)
{
	return open(".", O_RDONLY | O_DIRECTORY) < 0 ? -1 : 0;
}

static int
call_open_write(void)
{
	return open("own", O_WRONLY) < 0 ? -1 : 0;
}

static int
call_open_both(void)
{
	return open("own", O_RDWR) < 0 ? -1 : 0;
}

static int
call_create(void)
{
	return open("made", O_WRONLY | O_CREAT | O_EXCL, 0600) < 0 ? -1 : 0;
}

static int
call_truncate(void)
{
	return open("own", O_RDONLY | O_TRUNC) < 0 ? -1 : 0;
}

static int
call_pwrite(void)
{
	return pwrite(own, "x", 1, 0) == 1 ? 0 : -1;
}

static int
call_ftruncate(void)
{
	return ftruncate(own, 0);
}

static int
call_stat(void)
{
	struct stat st;

	return stat("own", &st);
}

static int
call_rename(void)
{
	return rename("old", "new");
}

static int
call_unlink(void)
{
	return unlink("unwanted");
}

static int
call_rmdir(void)
{
	return rmdir("empty");
}

static int
call_mkdir(void)
{
	return mkdir("folder", 0700);
}

static int
call_chmod(void)
{
	return chmod("own", 0777);
}

static int
call_link(void)
{
	return link("own", "second");
}

static int
call_fsync(void)
{
	return fsync(own);
}

static int
call_exec(void)
{
	char *argv[] = { (char[]){ "true" }, NULL };

	return execv("/bin/true", argv);
}

static int
call_fork(void)
{
	const pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child < 0 ? -1 : 0;
}

static int
call_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 ? -1 : 0;
}

static int
call_ptrace(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 ? -1 : 0;
}

static int
call_kill(void)
{
	return kill(getppid(), 0);
}

static int
call_ioctl(void)
{
	int ready;

	return ioctl(own, FIONREAD, &ready);
}

static int
call_mmap_exec(void)
{
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS;

	return mmap(NULL, page_size, PROT_READ | PROT_EXEC, flags, -1, 0) == MAP_FAILED ? -1 : 0;
}

static int
call_mprotect_exec(void)
{
	return mprotect(page, page_size, PROT_READ | PROT_EXEC);
}

static const struct call {
	const char *name;
	int (*make)(void);
} calls[] = { { "read", call_read }, { "write", call_write }, { "fstat", call_fstat }, { "malloc", call_malloc },
	{ "thread", call_thread }, { "abort", call_abort }, { "open-read", call_open_read },
	{ "open-folder", call_open_folder }, { "open-write", call_open_write }, { "open-both", call_open_both },
	{ "create", call_create }, { "truncate", call_truncate }, { "pwrite", call_pwrite },
	{ "ftruncate", call_ftruncate }, { "stat", call_stat }, { "rename", call_rename }, { "unlink", call_unlink },
	{ "rmdir", call_rmdir }, { "mkdir", call_mkdir }, { "chmod", call_chmod }, { "link", call_link },
	{ "fsync", call_fsync }, { "exec", call_exec }, { "fork", call_fork }, { "socket", call_socket },
	{ "ptrace", call_ptrace }, { "kill", call_kill }, { "ioctl", call_ioctl }, { "mmap-exec", call_mmap_exec },
	{ "mprotect-exec", call_mprotect_exec } };

/* The child's life: its status is the errno. */
static void
make(const struct call *call, unsigned needs)
{
	sandbox_enter(needs);
	_exit(call->make() == 0 ? 0 : errno);
}

static void
report(const struct call *call, int status)
{
	printf("%s ", call->name);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		printf("killed\n");
	else if (WIFSIGNALED(status))
		printf("signal %d\n", WTERMSIG(status));
	else if (WEXITSTATUS(status) == 0)
		printf("allowed\n");
	else if (WEXITSTATUS(status) == ENOSYS)
		printf("ENOSYS\n");
	else
		printf("errno %d\n", WEXITSTATUS(status));
	fflush(stdout);
}

/* Files for the calls to work on. */
static int
prepare(const char *folder)
{
	page_size = (size_t)sysconf(_SC_PAGESIZE);
	page = mmap(NULL, page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED || chdir(folder) < 0 || mkdir("empty", 0700) < 0)
		return -1;
	if (close(open("old", O_WRONLY | O_CREAT, 0600)) < 0 || close(open("unwanted", O_WRONLY | O_CREAT, 0600)) < 0)
		return -1;
	own = open("own", O_RDWR | O_CREAT, 0600);
	return own < 0 ? -1 : 0;
}

int
main(int argc, char **argv)
{
	if (argc != 3 || prepare(argv[2]) < 0) {
		perror("probe");
		return 1;
	}
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		const pid_t child = fork();
		int status;

		if (child == 0)
			make(&calls[i], (unsigned)strtoul(argv[1], NULL, 10));
		if (child < 0 || waitpid(child, &status, 0) != child) {
			perror("probe");
			return 1;
		}
		report(&calls[i], status);
	}
	return 0;
}
