/*
 * where_internal: a compiled condition: a program for a machine with a stack of cells. Only for where*.c.
 */
#ifndef WHERE_INTERNAL_H
#define WHERE_INTERNAL_H

#include <regex.h>

#include <string.h>

#include "expr/typed.h"
#include "print/query/where.h"
#include "print/text/values.h"

enum step_kind {
	STEP_COLUMN,     /* pushes the value of column `index` */
	STEP_LITERAL,    /* pushes `literal` */
	STEP_TRUTH,      /* replaces the top by true or false */
	STEP_NOT,        /* the same, negated */
	STEP_MINUS,      /* negates the top */
	STEP_REAL,       /* makes a number of an integer at the top */
	STEP_IS_NULL,    /* replaces the top by whether it is null */
	STEP_COMPARE,    /* replaces two by the result of `op` */
	STEP_TEST,       /* pushes the result of `op` on the value of column `index` and `literal` */
	STEP_ARITHMETIC, /* the same; the result has the kind of `literal` */
	STEP_CALL,       /* replaces `index` operands by the result of `function` */
	STEP_MATCH,      /* replaces a text by whether pattern `index` matches; OP_NO_MATCH: whether not */
	STEP_JUMP,       /* goes on at step `index` */
	STEP_UNLESS,     /* pops; goes on at step `index` if that was false */
	STEP_AND,        /* goes on at step `index` if the top is false; else pops */
	STEP_OR          /* goes on at step `index` if the top is true; else pops */
};

/*
 * A function: `args` are its operands, the result goes to the first. No text is made: the `integer` of a text on the stack says
 * whether its capital letters of ASCII stand for small ones.
 */
struct where_function {
	const char *name;
	void (*call)(struct cell *args);
};

struct step {
	enum step_kind kind;
	enum expr_operator op;
	size_t index;
	struct cell literal;
	const struct where_function *function;
};

/* A node makes at most two steps, and two conversions of it one each; a step pushes at most one cell. */
#define WHERE_STEPS_MAX (4 * EXPR_NODES_MAX)

struct where_chunk;

struct where {
	struct where_chunk *chunks; /* memory of the tree, freed as a whole */
	struct step *steps;
	size_t nsteps;
	size_t ncells;     /* on the stack, at most */
	bool only_tests;   /* there are no steps but STEP_TEST, _NOT, _AND and _OR */
	unsigned *columns; /* each once */
	size_t ncolumns;
	regex_t *patterns; /* EXPR_NODES_MAX of them if there is one */
	size_t npatterns;
};

/* Whether two integers compare as the operator says. */
static inline bool
where_compares(enum expr_operator op, int64_t a, int64_t b)
{
	switch (op) {
	case OP_EQ: return a == b;
	case OP_NE: return a != b;
	case OP_LT: return a < b;
	case OP_LE: return a <= b;
	case OP_GT: return a > b;
	default: return a >= b;
	}
}

/* Of a condition that consists of tests: the next step after `step`, which is no test and before step `next`. */
static inline size_t
where_follow(const struct step *step, bool *truth, size_t next)
{
	if (step->kind == STEP_NOT)
		*truth = !*truth;
	else if (*truth == (step->kind == STEP_OR))
		return step->index;
	return next;
}

/* Whether a column of the row compares with the literal as STEP_TEST says. */
bool where_test(const struct step *step, where_get *get, void *context);

/* Memory that lives as long as the condition; NULL: none. */
void *where_alloc(void *w, size_t size);

/*
 * The typed tree of a condition; the `integer` of a path is the number of its column. Lists the columns. NULL: `error` is
 * filled.
 */
struct typed *where_type(struct where *w, const struct expr *e, const struct where_names *names,
    struct expr_error *error);

/* Appends the steps of the tree. False: `error` is filled. */
bool where_make_steps(struct where *w, const struct typed *t, struct expr_error *error);

/* The function of that name, which is one of DIALECT_WHERE. */
const struct where_function *where_function_find(const char *name);

/* Runs STEP_CALL. Returns the new top. */
struct cell *where_call(const struct step *step, struct cell *top);

/* A byte of a text on the stack. */
static inline char
where_letter(const struct cell *text, size_t i)
{
	return text->integer != 0 ? value_lower_letter(text->text[i]) : text->text[i];
}

/* Whether the bytes of `part` stand at `at` in the text, which reaches so far. */
static inline bool
where_has_at(const struct cell *text, size_t at, const struct cell *part)
{
	size_t i = 0;

	if (text->integer == part->integer && text->integer == 0)
		return part->size == 0 || memcmp(text->text + at, part->text, part->size) == 0;
	while (i < part->size && where_letter(text, at + i) == where_letter(part, i))
		i++;
	return i == part->size;
}

/* Compiles the literal `e` into the next pattern. False: `error` is filled. */
bool where_pattern(struct where *w, const struct expr *e, struct expr_error *error);

/* The time that a text stands for: RFC 3339 without fractions, or a date, whose first second it is. False: it is none. */
bool where_time(const char *text, int64_t *seconds);

#endif
