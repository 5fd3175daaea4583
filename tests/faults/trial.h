/*
 * trial: one run of the program under test, in a process of its own, with one fault or none. Says what came
 * of it; whether that is right is not its business.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "fault.h"
#include "left.h"

/* What is run, and where. */
struct scene {
	char **argv;
	int argc;
	const char *work;    /* the folder that the program writes into; nothing else is in it */
	struct left old;     /* what is there when it begins */
	const char **inputs; /* the files that it reads, by the names that messages have */
	size_t ninputs;
	const char *input; /* standard input; NULL: it is empty */
	bool piped;        /* it is a pipe */
};

struct outcome {
	struct fault_report *report; /* valid until the next run */
	int wait;                    /* what waitpid says */
	struct left left;
};

/* Runs the scene. The caller frees the outcome. */
void trial_run(const struct scene *scene, const struct fault *fault, struct outcome *o);

void trial_free(struct outcome *o);

#endif
