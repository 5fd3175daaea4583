/*
 * fixture: what the suites of the generator share: an arena and a queue of messages per test, and models made
 * from text instead of files.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <check.h>

#include "model/model.h"
#include "read/document.h"

extern struct arena fixture_arena;
extern struct diag fixture_diag;

void fixture_begin(void);
void fixture_end(void);

/* A case of these tests, each between fixture_begin and fixture_end. */
TCase *fixture_case(const char *name, const TTest *const *tests, size_t ntests);

/* A source "t.yaml" of this text. */
const struct source *fixture_source(const char *text);

/*
 * A whole schema 1.0: header, record and a block of sstat, whose members are `members`, lines as in a schema.
 * `structs` go before it.
 */
const char *fixture_text(const char *structs, const char *members);

/* A schema 1.1 that extends 1.0 and says this besides. */
const char *fixture_next(const char *text);

/* What the texts mean, in this order; resolved, not checked. */
struct model *fixture_model(const char *const *texts, size_t ntexts);
struct model *fixture_model_of(const char *text);

/* All messages as printed. */
const char *fixture_messages(void);

/* The number of errors, and whether the text occurs in the messages. */
#define ck_assert_errors(n)     ck_assert_uint_eq(fixture_diag.nerrors, (n))
#define ck_assert_message(text) ck_assert_ptr_nonnull(strstr(fixture_messages(), (text)))

#endif
