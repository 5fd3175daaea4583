/*
 * stack: tells by which functions a call was reached.
 */
#ifndef STACK_H
#define STACK_H

#include <stdint.h>

/* From now on frames of the process outside of this one do not count. */
void stack_begin(const void *frame);

/*
 * A number for the return addresses of the calling thread outside of `frame`, never 0. Two calls, also in different
 * processes, have the same number if the same instructions of the program led to them; those of libraries do not count.
 */
uint64_t stack_here(const void *frame);

#endif
