/*
 * ensure: an assertion for what is checked many times. Each ck_assert that holds makes a system call, since Check notes it in
 * a file; these do not.
 */
#ifndef ENSURE_H
#define ENSURE_H

#include <check.h>
#include <string.h>

#define ENSURE(condition)                               \
	do {                                            \
		if (!(condition))                       \
			ck_abort_msg("%s", #condition); \
	} while (0)

/* Two texts are equal; both are shown if they are not. */
#define ENSURE_STR_EQ(a, b)                     \
	do {                                    \
		if (strcmp(a, b) != 0)          \
			ck_assert_str_eq(a, b); \
	} while (0)

#endif
