/*
 * judge: decides whether the outcome of a run with a fault is allowed, given a run without one. Runs nothing.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "trial.h"

#define JUDGE_WHY_MAX 1024

/* What a fault may cost. */
enum judge_rule {
	JUDGE_SAME,    /* nothing */
	JUDGE_TROUBLE, /* speed; or the rest of the output, and that is said */
	JUDGE_CUT,     /* what is behind the end of input: nothing passes for whole */
	JUDGE_QUIET    /* output that nobody reads */
};

/* A run without faults, kept. */
struct judge {
	const struct scene *scene;
	const char *output;   /* the value of --output or --partition; NULL: standard output */
	const char *manifest; /* the value of --manifest; NULL: none */
	bool is_tree;         /* it is that of --partition: the files of each log are whole or not there */
	bool is_database;     /* output is read, too */
	bool generates;       /* the program is atopgen */
	bool is_raw;          /* output is not lines */
	int status;
	char *out, *err;
	size_t out_size, err_size;
	struct left left;
};

/* Keeps the outcome of a run without faults as what is right. */
void judge_learn(struct judge *j, const struct outcome *o);

void judge_free(struct judge *j);

/* What is wrong, into `why`; true if nothing is. */
bool judge_outcome(const struct judge *j, const struct fault *fault, enum judge_rule rule, const struct outcome *o,
    char *why);

#endif
