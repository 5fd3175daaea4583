/*
 * dialect: what expressions can do in each place where they stand.
 */
#ifndef EXPR_DIALECT_H
#define EXPR_DIALECT_H

#include <stdbool.h>

enum expr_dialect {
	DIALECT_SCHEMA = 1, /* a condition of a release's schema */
	DIALECT_LABEL = 2,  /* a column of a label */
	DIALECT_VIEW = 4,   /* a column of a view */
	DIALECT_WHERE = 8   /* a condition of the command line */
};

struct expr_rules {
	bool literals;        /* null, true and false can be written, and texts chosen */
	bool any_texts;       /* any two texts can be compared; else a member with a literal */
	bool units;           /* units that do not fit are an error */
	bool null_by_zero;    /* a division by 0 is null; else it is 0 */
	bool null_by_size;    /* an integer that does not fit into 64 bits, signed, is null; else it wraps */
	bool times;           /* texts beside times are times */
	bool patterns;        /* =~ and !~ */
	bool letters_as_text; /* 'c' is a text; else an integer */
	bool exact;           /* an integer is compared with a real as it is; else it becomes a real */
};

const struct expr_rules *expr_rules_of(enum expr_dialect dialect);

#endif
