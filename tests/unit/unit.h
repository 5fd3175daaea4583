/*
 * unit: how a test case joins its program. A file test_MODULE.c ends in REGISTER(test_module); no other file names it.
 */
#ifndef UNIT_H
#define UNIT_H

#include <check.h>

typedef TCase *unit_case(void);

/* Adds a test case to those that main runs. */
void unit_add(unit_case *make);

/* Adds it before main is called. */
#define REGISTER(make)                                                 \
	__attribute__((constructor)) static void register_##make(void) \
	{                                                              \
		unit_add(make);                                        \
	}                                                              \
	_Static_assert(1, "takes the semicolon")

#endif
