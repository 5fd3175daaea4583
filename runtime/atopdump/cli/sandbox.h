/*
 * sandbox: gives up what a reader of open files has no need of, before the first byte of a log is looked at.
 * Linux only, by a seccomp filter that libseccomp makes; elsewhere, or built without it, it does nothing. A
 * second line of defence: nothing else relies on it.
 *
 * Allowed are reading, writing, seeking and closing what is open, memory that is not executable, and threads.
 * For the rest there is a choice:
 * - Kill the process for what nothing but foreign code in it would ask: to execute a program, to fork, to
 *   trace another process, to get a socket or executable memory. A core dump and a line in the audit log tell
 *   of the attempt.
 * - ENOSYS for the rest, as from a kernel that has no such call. C libraries ask for things nobody told them
 *   to (clone3, a file in /proc, tomorrow's calls) and know what to do without; to kill for that would make
 *   an update of one a crash.
 * - If the kernel refuses the filter, or there is one already that forbids it, the program says so once and goes on: it
 *   is as safe as one built without. In valgrind, which works inside the process that it watches and would die of the
 *   filter, none is asked for, and nothing is said.
 *
 * A filter sees numbers, not what pointers point to, so that it cannot tell one path from another. What is
 * asked for in addition is therefore asked for by kind, and only by those runs that cannot do without.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

#define SANDBOX_NAMES	1u	/* to name, sync and remove: output appears under its name when it is whole */
#define SANDBOX_CREATE	2u	/* to open files for writing: tables are known only when the log is */
#define SANDBOX_READ	4u	/* to open files for reading: there are more than can be open at once */

#define SANDBOX_WORDS_MAX	64

/* Whether there is one in this build. Sanitizers do at exit what it forbids: there is none with them. */
bool	sandbox_is_built_in(void);

/* What it is made with, in words: "sandbox: libseccomp 2.5.4" or "no sandbox". */
void	sandbox_describe(char words[SANDBOX_WORDS_MAX]);

/*
 * Gives up, for good, all but what is always allowed and the `needs` (SANDBOX_*). For the thread that calls
 * it, and those that it makes from then on. 0, or the errno with which the filter was refused.
 */
int	sandbox_enter(unsigned needs);

#endif
