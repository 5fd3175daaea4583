/*
 * dialect: the table of rules.
 */
#include "expr/dialect.h"

static const struct expr_rules schema_rules = { .literals = false };

static const struct expr_rules label_rules = { .literals = true, .any_texts = true };

static const struct expr_rules view_rules = {
	.literals = true,
	.any_texts = true,
	.units = true,
	.null_by_zero = true,
	.null_by_size = true,
};

static const struct expr_rules where_rules = {
	.literals = true,
	.any_texts = true,
	.units = true,
	.null_by_zero = true,
	.null_by_size = true,
	.times = true,
	.patterns = true,
	.letters_as_text = true,
	.exact = true,
};

const struct expr_rules *
expr_rules_of(enum expr_dialect dialect)
{
	switch (dialect) {
	case DIALECT_LABEL: return &label_rules;
	case DIALECT_VIEW: return &view_rules;
	case DIALECT_WHERE: return &where_rules;
	default: return &schema_rules;
	}
}
