/*
 * check_check: the rules on a schema's checks.
 */
#include "check/check_internal.h"

#include <string.h>

/* A check has either a condition or a sum. */
static void
check_check_kind(struct diag *d, const struct check *c)
{
	const bool that = c->that.word.text != NULL, sum = c->sum.word.text != NULL, is = c->is.text != NULL;

	if (that ? sum || is : !sum || !is)
		diag_error(d, c->at, "check '%s' needs either 'that', or 'sum' and 'is'", c->name.text);
}

/* The role exists; a sum is over a block whose structs the record counts. */
static void
check_check_role(struct diag *d, const struct release *r, const struct resolved_check *c)
{
	const struct word *of = &c->check->of;

	if (c->top == SIZE_MAX)
		diag_error(d, of->at, "'%s' is neither 'rawheader' nor 'rawrecord' nor the role of a block", of->text);
	else if (c->check->sum.word.text != NULL &&
	    (c->top < 2 || r->blocks[c->top - 2].count == NULL || r->blocks[c->top - 2].block->size.text != NULL ||
		r->blocks[c->top - 2].block->of.text != NULL))
		diag_error(d, of->at, "'%s' is not a block whose structs the record counts", of->text);
}

static void
check_check_total(struct diag *d, const struct resolved_check *c)
{
	const struct word *is = &c->check->is;

	if (is->text != NULL && (c->is == NULL || !field_is_integer(c->is)))
		diag_error(d, is->at, "'%s' is not an integer member of 'rawrecord'", is->text);
}

/* The number of sums over a block is bounded by the runtime. */
static void
check_check_sums(struct diag *d, const struct release *r, size_t i)
{
	size_t before = 0;

	for (size_t k = 0; k < i; k++)
		before += r->checks[k].check->sum.word.text != NULL && r->checks[k].top == r->checks[i].top;
	if (before == SUMS_MAX && r->checks[i].check->sum.word.text != NULL)
		diag_error(d, r->checks[i].check->at, "more than %d sums over one block", SUMS_MAX);
}

/* No two checks of a file have the same name. */
static void
check_check_name(struct diag *d, const struct schema *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(s->checks[k].name.text, s->checks[i].name.text) == 0) {
			diag_error(d, s->checks[i].name.at, "check '%s' is named twice", s->checks[i].name.text);
			return;
		}
}

void
check_checks(struct diag *d, const struct release *r)
{
	for (size_t i = 0; i < r->schema->nchecks; i++) {
		check_check_kind(d, &r->schema->checks[i]);
		check_check_name(d, r->schema, i);
	}
	for (size_t i = 0; i < r->nchecks; i++) {
		check_check_role(d, r, &r->checks[i]);
		check_check_total(d, &r->checks[i]);
		check_check_sums(d, r, i);
	}
}
