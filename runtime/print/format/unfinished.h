/*
 * unfinished: the list of incomplete output files and folders, which are removed if a signal ends the run. It is the only
 * global variable of the runtime, because a signal handler has no arguments of its own. The program installs the handlers
 * and prints the message.
 *
 * The list and the names in it change only between unfinished_lock and unfinished_unlock. In between, the calling thread
 * blocks the signals that end a run, so no change is interrupted. All threads except the first block these signals
 * permanently: a handler then never waits for its own thread.
 */
#ifndef UNFINISHED_H
#define UNFINISHED_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* A name in the list; the object that owns the output owns it. */
struct unfinished {
	const char *path; /* NULL: it is not in the list */
	bool folder;      /* of an empty folder, which is made before the files in it */
	struct unfinished *next;
};

/* The signals that end a run and can be handled: `count` of them. */
const int *unfinished_signals(size_t *count);

void unfinished_lock(sigset_t *before);
void unfinished_unlock(const sigset_t *before);

/* Add a name, which must stay valid while it is in the list; remove it, if it is in the list. */
void unfinished_add(struct unfinished *u, const char *path, bool folder);
void unfinished_remove(struct unfinished *u);

/*
 * For signal handlers (async-signal-safe): removes all files and folders in the list, the latest first. Then no name can be
 * added any more; the caller must end the process. False: the list was empty.
 */
bool unfinished_clean(void);

#endif
