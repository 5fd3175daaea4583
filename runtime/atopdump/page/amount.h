/*
 * amount: values as people read them, and round values for an axis.
 */
#ifndef AMOUNT_H
#define AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

#define AMOUNT_MAX 32 /* bytes of a text, with its NUL */

enum amount_unit {
	AMOUNT_NUMBER,
	AMOUNT_PERCENT,
	AMOUNT_SECONDS,
	AMOUNT_BYTES,
	AMOUNT_BYTES_PER_SECOND,
	AMOUNT_PAGES_PER_SECOND
};

/* "12.5 %", "1.46 GiB", "3.20 MiB/s": three digits. NaN: "none". */
void amount_text(char text[AMOUNT_MAX], double value, enum amount_unit unit);

/* The step of an axis from 0 to `greatest` that has about `nsteps` steps: a round number of the unit. Not 0. */
double amount_step(double greatest, unsigned nsteps, enum amount_unit unit);

/* The step, in seconds, of a time axis over `span` seconds: at most `nsteps` steps of minutes, hours or days. */
int64_t amount_time_step(int64_t span, unsigned nsteps);

#endif
