/*
 * suites: one for each module of the generator, in the order of the stages.
 */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

Suite	*mem_suite(void);
Suite	*utf8_suite(void);
Suite	*diag_suite(void);
Suite	*document_suite(void);
Suite	*keys_suite(void);
Suite	*expr_suite(void);
Suite	*schema_suite(void);
Suite	*load_suite(void);
Suite	*model_suite(void);
Suite	*resolve_suite(void);
Suite	*check_suite(void);
Suite	*layout_suite(void);
Suite	*out_suite(void);
Suite	*verbs_suite(void);

#endif
