/*
 * suites: one per module of the runtime, in the file test_MODULE.c. Each returns its test cases for main to
 * run.
 */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

TCase	*test_block(void);
TCase	*test_budget(void);
TCase	*test_cgroup(void);
TCase	*test_pool(void);
TCase	*test_dump(void);
TCase	*test_dump_threads(void);
TCase	*test_file(void);
TCase	*test_frame(void);
TCase	*test_header(void);
TCase	*test_headers(void);
TCase	*test_inflate(void);
TCase	*test_inputs(void);
TCase	*test_word_set(void);
TCase	*test_options(void);
TCase	*test_output(void);
TCase	*test_host(void);
TCase	*test_probe(void);
TCase	*test_put(void);
TCase	*test_put_text(void);
TCase	*test_rawlog(void);
TCase	*test_records(void);
TCase	*test_search(void);
TCase	*test_sequence(void);
TCase	*test_outputs(void);
TCase	*test_source(void);
TCase	*test_writer(void);

#endif
