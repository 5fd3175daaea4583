/*
 * main: runs all test cases that the files of a unit test program registered.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define CASES_MAX 200

static unit_case *cases[CASES_MAX];
static size_t ncases;

void
unit_add(unit_case *make)
{
	if (ncases == CASES_MAX) {
		fprintf(stderr, "more than %d test cases\n", CASES_MAX);
		exit(EXIT_FAILURE);
	}
	cases[ncases++] = make;
}

int
main(int argc, char **argv)
{
	const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
	Suite *suite = suite_create(slash != NULL ? slash + 1 : "unit");
	SRunner *runner = srunner_create(suite);
	int failed;

	if (ncases == 0) {
		fprintf(stderr, "no test cases\n");
		return EXIT_FAILURE;
	}
	setenv("CK_DEFAULT_TIMEOUT", "600", 0); /* against hanging: a slow machine must not fail a test */
	for (size_t i = 0; i < ncases; i++)
		suite_add_tcase(suite, cases[i]());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
