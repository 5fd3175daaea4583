/*
 * sandbox: the only file that names system calls by number.
 */
#define _GNU_SOURCE /* CLONE_THREAD, AT_EMPTY_PATH */

#include <stdio.h>

#include "atopdump/cli/sandbox.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

#if defined(HAVE_SECCOMP) && !defined(SANITIZED)

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Calls allowed with any arguments. A call that the machine does not have has a negative number and cannot be added, so the
 * list may name more calls than any one machine and C library need.
 */
static const int always[] = { SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(lseek),
	SCMP_SYS(_llseek), SCMP_SYS(close), SCMP_SYS(dup), SCMP_SYS(fstat), SCMP_SYS(fstat64), SCMP_SYS(fadvise64),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64), SCMP_SYS(restart_syscall), SCMP_SYS(brk),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(futex_time64),
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(rt_sigprocmask), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(sched_yield), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64),
	SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(exit), SCMP_SYS(exit_group) };

static const int for_names[] = { SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink),
	SCMP_SYS(unlinkat), SCMP_SYS(rmdir), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(fsync) };

/* Opening for writing first resolves the path. */
static const int for_creation[] = { SCMP_SYS(stat), SCMP_SYS(stat64), SCMP_SYS(lstat), SCMP_SYS(lstat64),
	SCMP_SYS(newfstatat), SCMP_SYS(fstatat64), SCMP_SYS(statx), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
	SCMP_SYS(getcwd) };

static const int for_folders[] = { SCMP_SYS(mkdir), SCMP_SYS(mkdirat) };
static const int for_writing_within[] = { SCMP_SYS(pwrite64), SCMP_SYS(ftruncate), SCMP_SYS(ftruncate64) };

/* Calls that a program which reads files never makes. */
static const int deadly[] = { SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace),
	SCMP_SYS(socket) };

/* Which argument of clone(2) has the flags, and which call maps memory with its arguments in registers, if one does. */
#if defined(__s390__)
#define CLONE_FLAGS 1u
#else
#define CLONE_FLAGS 0u
#define MMAP        (sizeof(void *) == 4 ? SCMP_SYS(mmap2) : SCMP_SYS(mmap))
#endif

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static void
add_all(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		seccomp_rule_add(filter, action, calls[i], 0);
}

/* Adds the action for a call whose argument number `argument`, under the mask, is `value`. */
static void
add_if(scmp_filter_ctx filter, uint32_t action, int call, unsigned argument, uint64_t mask, uint64_t value)
{
	const struct scmp_arg_cmp condition = { argument, SCMP_CMP_MASKED_EQ, mask, value };

	seccomp_rule_add_array(filter, action, call, 1, &condition);
}

/* Allows memory, unless executable. */
static void
add_memory(scmp_filter_ctx filter)
{
	add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
	add_if(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(mprotect), 2, PROT_EXEC, PROT_EXEC);
#ifdef MMAP
	add_if(filter, SCMP_ACT_ALLOW, MMAP, 2, PROT_EXEC, 0);
	add_if(filter, SCMP_ACT_KILL_PROCESS, MMAP, 2, PROT_EXEC, PROT_EXEC);
#else
	seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 0);
#endif
}

/* Allows threads, but no processes, and signals to the own process, which abort(3) sends. */
static void
add_threads(scmp_filter_ctx filter)
{
	add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), CLONE_FLAGS, CLONE_THREAD, CLONE_THREAD);
	add_if(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), CLONE_FLAGS, CLONE_THREAD, 0);
	add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 0, UINT32_MAX, (uint32_t)getpid());
	add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(tkill), 0, UINT32_MAX, (uint32_t)getpid());
}

/* Allows opening if the flags, under the mask, are `flags`. */
static void
add_open(scmp_filter_ctx filter, int mask, int flags)
{
	add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 2, (unsigned)mask, (unsigned)flags);
	add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, (unsigned)mask, (unsigned)flags);
}

static void
add_needs(scmp_filter_ctx filter, unsigned needs)
{
	if (needs & SANDBOX_NAMES)
		add_all(filter, SCMP_ACT_ALLOW, for_names, COUNT(for_names));
	if (needs & SANDBOX_WITHIN)
		add_all(filter, SCMP_ACT_ALLOW, for_writing_within, COUNT(for_writing_within));
	if (needs & SANDBOX_READ)
		add_open(filter, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
	if (needs & SANDBOX_FOLDERS) {
		add_open(filter, O_ACCMODE | O_CREAT | O_TRUNC | O_DIRECTORY, O_RDONLY | O_DIRECTORY);
		add_all(filter, SCMP_ACT_ALLOW, for_folders, COUNT(for_folders));
	}
	if (needs & SANDBOX_CREATE) {
		add_open(filter, O_ACCMODE, O_WRONLY);
		add_all(filter, SCMP_ACT_ALLOW, for_creation, COUNT(for_creation));
	} else { /* some C libraries make fstat(2) of these */
		add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
		add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(fstatat64), 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
		add_if(filter, SCMP_ACT_ALLOW, SCMP_SYS(statx), 2, AT_EMPTY_PATH, AT_EMPTY_PATH);
	}
}

bool
sandbox_is_built_in(void)
{
	return true;
}

void
sandbox_describe(char words[SANDBOX_WORDS_MAX])
{
	const struct scmp_version *v = seccomp_version();

	snprintf(words, SANDBOX_WORDS_MAX, "sandbox: libseccomp %u.%u.%u", v->major, v->minor, v->micro);
}

static bool
is_in_valgrind(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return preloaded != NULL && strstr(preloaded, "/vgpreload_") != NULL;
}

int
sandbox_enter(unsigned needs)
{
	scmp_filter_ctx filter;
	int error;

	if (is_in_valgrind())
		return 0;
	filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	if (filter == NULL)
		return ENOMEM;
	seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	add_all(filter, SCMP_ACT_ALLOW, always, COUNT(always));
	add_memory(filter);
	add_threads(filter);
	add_needs(filter, needs);
	add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
	error = -seccomp_load(filter);
	seccomp_release(filter);
	return error;
}

#else

bool
sandbox_is_built_in(void)
{
	return false;
}

void
sandbox_describe(char words[SANDBOX_WORDS_MAX])
{
	snprintf(words, SANDBOX_WORDS_MAX, "no sandbox");
}

int
sandbox_enter(unsigned needs)
{
	(void)needs;
	return 0;
}

#endif
