/*
 * main: runs all suites of the generator.
 */
#include <stdlib.h>

#include "suites.h"

int
main(void)
{
	Suite *(*const suites[])(void) = {
		mem_suite, utf8_suite, diag_suite, document_suite, keys_suite, expr_suite, schema_suite, load_suite,
		model_suite, resolve_suite, check_suite, layout_suite, out_suite, verbs_suite,
	};
	SRunner *runner;
	int failed;

	setenv("CK_DEFAULT_TIMEOUT", "600", 0);	/* against hanging: a slow machine must not fail a test */
	runner = srunner_create(NULL);
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		srunner_add_suite(runner, suites[i]());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
