/*
 * sandbox: removes the permissions that a reader of open files does not need, before a log is read.
 * Linux only, by a seccomp filter that libseccomp makes; elsewhere, or built without it, nothing happens. It is a second
 * line of defence: nothing else relies on it.
 *
 * Reading, writing, seeking and closing open files, memory that is not executable, and threads are always allowed. All
 * other calls fail in one of two ways:
 * - What only foreign code would ask for kills the process: executing a program, forking, tracing, sockets, executable
 *   memory. A core dump and a line in the audit log record the attempt.
 * - Everything else gives ENOSYS, as from a kernel without that call. C libraries try calls of their own (clone3, a
 *   file in /proc, calls of future versions) and have a fallback. Killing them would make the update of a library a crash.
 *
 * If the kernel refuses the filter, or an older filter forbids it, the caller learns the errno and can go on. The program
 * is then as safe as one built without a sandbox. Under valgrind, which works inside the process and would be killed by the
 * filter, no filter is set.
 *
 * A filter sees numbers, not the memory that pointers lead to, so it cannot distinguish paths. Further permissions are
 * therefore kinds of calls, and only runs that need a kind ask for it.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

#define SANDBOX_NAMES   1u  /* rename, sync and remove files: output gets its name when it is whole */
#define SANDBOX_CREATE  2u  /* open files for writing: tables are known only when the log is */
#define SANDBOX_READ    4u  /* open files for reading: there are more than can be open at once */
#define SANDBOX_FOLDERS 8u  /* make folders and sync them: names of files depend on the log */
#define SANDBOX_WITHIN  16u /* write anywhere in open files, and cut them: a database is not written front to back */

#define SANDBOX_WORDS_MAX 64

/* Whether this build has one. Builds with sanitizers have none, because these make forbidden calls at exit. */
bool sandbox_is_built_in(void);

/* Writes what makes the filter: "sandbox: libseccomp 2.5.4" or "no sandbox". */
void sandbox_describe(char words[SANDBOX_WORDS_MAX]);

/*
 * Removes, irrevocably, all permissions except those that are always allowed and `needs` (SANDBOX_*), for the calling
 * thread and the threads that it starts later. 0, or the errno with which the filter was refused.
 */
int sandbox_enter(unsigned needs);

#endif
