/*
 * meter: what a program that is linked with it takes, counted without a clock: bytes that inflating takes in and gives
 * out, and memory. Calls of the libraries pass through it (-Wl,@tests/meter/wrapped). It judges nothing.
 */
#ifndef METER_H
#define METER_H

#include <stdint.h>

#define METER_CALL 64 /* what a call of inflate counts beside its bytes */

/* Begins to count anew; memory that is allocated by now does not count. */
void meter_begin(void);

/* Bytes inflated, in and out, and METER_CALL for each call; since meter_begin. */
uint64_t meter_work(void);

/* The most bytes that were allocated at once. */
uint64_t meter_memory(void);

#endif
