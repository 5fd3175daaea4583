/*
 * unfinished: the names of files and folders that are removed if a signal ends the run: output that is not whole yet. The
 * list is the runtime's one global, because a signal handler has nothing else to look at. Who handles signals, and what is
 * said then, is not its business.
 *
 * The list, and the names in it, change between unfinished_lock and unfinished_unlock only. Meanwhile the calling thread
 * takes none of the signals that end a run, so that what is done there is done whole. All threads but the first block
 * these signals for good: a handler then never waits for its own thread.
 */
#ifndef UNFINISHED_H
#define UNFINISHED_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* A name in the list; the object that has the output owns it. */
struct unfinished {
	const char		*path;		/* NULL: it is not in the list */
	bool			 folder;	/* of an empty folder, which is made before the files in it */
	struct unfinished	*next;
};

/* The signals that end a run and can be handled: `count` of them. */
const int	*unfinished_signals(size_t *count);

void	unfinished_lock(sigset_t *before);
void	unfinished_unlock(const sigset_t *before);

/* Adds a name, which must outlive its being in the list; removes it, if it is there. */
void	unfinished_add(struct unfinished *u, const char *path, bool folder);
void	unfinished_remove(struct unfinished *u);

/*
 * For a signal handler, and async-signal-safe: removes all that is in the list, the latest first. Nothing can be added any
 * more; the caller ends the process. False: there was nothing.
 */
bool	unfinished_clean(void);

#endif
