/*
 * shortest: the shortest decimal that reads back to a double, for numbers of usual size.
 */
#ifndef SHORTEST_H
#define SHORTEST_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The decimal digits * 10^power, with as few digits as possible and the nearest to `value` among these; the last digit is not
 * 0. `value` is positive and finite. False: it is not between about 1e-11 and 1e16, or a power of two; then nothing is set.
 */
bool shortest_find(double value, uint64_t *digits, int *power);

#endif
