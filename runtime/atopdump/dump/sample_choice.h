/*
 * sample_choice: which samples are shown, and what was seen of the times of all samples. Used by the thread that goes from
 * record to record; blocks of samples that are not shown are neither inflated nor judged.
 */
#ifndef SAMPLE_CHOICE_H
#define SAMPLE_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "print/query/window.h"

struct sample_choice {
	struct window window;
	bool skip_since_boot;  /* samples whose values count since boot are left out */
	uint64_t nseen;        /* samples so far */
	uint64_t ninside;      /* of these, how many are in the window */
	int64_t first, latest; /* the least and the greatest time of these samples, if there are some */
};

/* Whether the sample of `time` is shown; counts it. */
bool sample_choice_takes(struct sample_choice *c, int64_t time, bool since_boot);

#endif
