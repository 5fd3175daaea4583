/*
 * The runtime's unit tests: a test case for each module, all against the tiny catalog.
 */
#include <stdlib.h>

#include "suites.h"

int
main(void)
{
	Suite *suite = suite_create("runtime");
	SRunner *runner;
	int failed;

	setenv("CK_DEFAULT_TIMEOUT", "600", 0);	/* against hanging: a slow machine must not fail a test */
	suite_add_tcase(suite, test_put());
	suite_add_tcase(suite, test_put_text());
	suite_add_tcase(suite, test_writer());
	suite_add_tcase(suite, test_source());
	suite_add_tcase(suite, test_inputs());
	suite_add_tcase(suite, test_file());
	suite_add_tcase(suite, test_header());
	suite_add_tcase(suite, test_headers());
	suite_add_tcase(suite, test_frame());
	suite_add_tcase(suite, test_inflate());
	suite_add_tcase(suite, test_block());
	suite_add_tcase(suite, test_probe());
	suite_add_tcase(suite, test_budget());
	suite_add_tcase(suite, test_search());
	suite_add_tcase(suite, test_sequence());
	suite_add_tcase(suite, test_records());
	suite_add_tcase(suite, test_host());
	suite_add_tcase(suite, test_cgroup());
	suite_add_tcase(suite, test_rawlog());
	suite_add_tcase(suite, test_word_set());
	suite_add_tcase(suite, test_output());
	suite_add_tcase(suite, test_outputs());
	suite_add_tcase(suite, test_pool());
	suite_add_tcase(suite, test_dump());
	suite_add_tcase(suite, test_dump_threads());
	suite_add_tcase(suite, test_options());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
