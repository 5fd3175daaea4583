/*
 * unfinished: a linked list, its lock, and the removal of the files in it.
 */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "print/format/unfinished.h"

static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM,
	SIGPROF };

#define NSIGNALS (sizeof signals / sizeof signals[0])

static atomic_flag busy = ATOMIC_FLAG_INIT;
static struct unfinished *list;

const int *
unfinished_signals(size_t *count)
{
	*count = NSIGNALS;
	return signals;
}

/* Waits for the lock. Another thread holds it only for a few system calls. */
static void
take_list(void)
{
	while (atomic_flag_test_and_set(&busy))
		poll(NULL, 0, 1);
}

void
unfinished_lock(sigset_t *before)
{
	sigset_t all;

	sigemptyset(&all);
	for (size_t i = 0; i < NSIGNALS; i++)
		sigaddset(&all, signals[i]);
	pthread_sigmask(SIG_BLOCK, &all, before);
	take_list();
}

void
unfinished_unlock(const sigset_t *before)
{
	atomic_flag_clear(&busy);
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

void
unfinished_add(struct unfinished *u, const char *path, bool folder)
{
	*u = (struct unfinished){ path, folder, list };
	list = u;
}

void
unfinished_remove(struct unfinished *u)
{
	struct unfinished **at = &list;

	if (u->path == NULL)
		return;
	while (*at != u)
		at = &(*at)->next;
	*at = u->next;
	u->path = NULL;
}

bool
unfinished_clean(void)
{
	const struct unfinished *u;

	take_list();
	for (u = list; u != NULL; u = u->next) {
		if (u->folder)
			rmdir(u->path);
		else
			unlink(u->path);
	}
	return list != NULL;
}
