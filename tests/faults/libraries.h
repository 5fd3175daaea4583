/*
 * libraries: what a program under test uses besides the C library, and how its allocations are made to fail.
 * One program is linked with inflating.c, the other with yaml.c.
 */
#ifndef LIBRARIES_H
#define LIBRARIES_H

/* Sees to it that they allocate through the wrappers. */
void libraries_take_over(void);

#endif
