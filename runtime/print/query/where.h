/*
 * where: conditions over the columns of a row, written in the language of expr/expr.h. A condition is compiled once, and
 * then evaluated for any number of rows, by several threads at once if need be. It knows no release and no table: the caller
 * looks up names, and gives values.
 *
 * Types. Integers have 64 bits and a sign; beside a number they become one, but are compared exactly. x / 0 and x % 0 are null,
 * and so are an integer that does not fit and a result that is NaN. Texts are compared with == and != byte by byte; =~ and !~
 * match a POSIX extended regular expression with a part of the text, byte by byte. A time is compared with times, epochs, and texts such as
 * "2022-11-11T19:51:50Z" or "2022-11-11"; time - time is an integer, and time + integer a time. A literal that is compared
 * with a column of float32 is rounded as the column is, so that the value that is printed is found.
 *
 * Null. A comparison or match with null is false, != and !~ too; x == null and x != null ask for it. Arithmetic with null is
 * null. Where true or false is needed, null is false. `!` is a plain negation: !(x > 1) holds if x is null.
 *
 * Functions. min and max of two numbers, floor, round, int, double and float of a number; length, lower, contains and
 * starts_with of texts, byte by byte, in ASCII; version_number(text, n), the n-th number of a version. Of null each is null.
 *
 * Units. +, - and comparisons of two values with different known units are errors, except of count and load. A sum, min and
 * max, and functions of one number keep the unit. A product or a quotient has no known unit.
 */
#ifndef WHERE_H
#define WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/error.h"
#include "print/query/cell.h"
#include "print/query/word_set.h"

#define WHERE_TEXT_MAX    4096 /* bytes of a condition */
#define WHERE_PATTERN_MAX 256  /* bytes of a regular expression */
#define WHERE_PARTS_MAX   1000 /* characters and groups of one, its repetitions written out */

struct where_column {
	unsigned id;
	enum cell_kind kind; /* not CELL_NULL */
	const char *unit;    /* NULL: none is known; must outlive where_compile */
	bool single;         /* CELL_NUMBER: its numbers are float32 */
};

/* The names of a table. */
struct where_names {
	/* Looks up the name of a column ("gen_pid") or a path ("cpu.all[3].stime"). False: unknown. */
	bool (*find)(void *context, const char *name, struct where_column *column);
	void *context;
	const struct word_set *near; /* names to propose for an unknown one; NULL: none */
};

struct where;

/* All names are looked up before the types are compared. NULL: `error` says why. */
struct where *where_compile(const char *text, const struct where_names *names, struct expr_error *error);

/* Stores the value of a column of the current row. Its kind is the column's, or CELL_NULL. */
typedef void where_get(void *context, unsigned id, struct cell *cell);

/* Whether the row meets the condition. Asks only for the columns that decide. Allocates nothing of its own. */
bool where_holds(const struct where *w, where_get *get, void *context);

/* Calls `found` once for each column of the condition. */
void where_each_column(const struct where *w, void (*found)(void *context, unsigned id), void *context);

void where_free(struct where *w);

/* --- messages ------------------------------------------------------------------------------------------------- */

#define WHERE_EXPLAIN_SIZE 1024

/*
 * Two lines, each with its line end: the condition, or the part of it around the error, and a caret below the first
 * character that is at fault with tildes below the others. What must not be shown is shown as '?'.
 */
void where_explain(char lines[WHERE_EXPLAIN_SIZE], const char *text, const struct expr_error *error);

#endif
