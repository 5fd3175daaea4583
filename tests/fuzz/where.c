/*
 * The target `where`: conditions of the command line. Input: a condition up to the first NUL; the bytes behind it are the
 * values of the columns. A condition holds or not, twice alike, and its negation is the opposite; an error has a place in it.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "print/query/where.h"
#include "text.h"

static const char *const near_words[] = { "i", "j", "x", "s", "r", "b", "t" };

static const struct column {
	const char *name;
	enum cell_kind kind;
	const char *unit;
} columns[] = {
	{ "i", CELL_INTEGER, NULL },
	{ "j", CELL_INTEGER, "ticks" },
	{ "k", CELL_INTEGER, "KiB" },
	{ "x", CELL_NUMBER, NULL },
	{ "s", CELL_TEXT, NULL },
	{ "r.s[0]", CELL_TEXT, NULL },
	{ "b", CELL_BOOLEAN, NULL },
	{ "t", CELL_TIME, NULL },
};

#define NCOLUMNS (sizeof columns / sizeof columns[0])

/* The row: columns take their values from the bytes in turn. */
struct row {
	const uint8_t *bytes;
	size_t size;
};

static bool
find(void *context, const char *name, struct where_column *column)
{
	(void)context;
	for (unsigned i = 0; i < NCOLUMNS; i++)
		if (strcmp(columns[i].name, name) == 0) {
			*column = (struct where_column){ i, columns[i].kind, columns[i].unit,
				columns[i].kind == CELL_NUMBER };
			return true;
		}
	return false;
}

static void
get(void *context, unsigned id, struct cell *cell)
{
	const struct row *row = context;
	const size_t at = id * 8 < row->size ? id * 8 : row->size;
	uint8_t bytes[8] = { 0 };
	float number;

	fuzz_require(id < NCOLUMNS, "a column is one that was found");
	memcpy(bytes, row->bytes + at, row->size - at < 8 ? row->size - at : 8);
	memset(cell, 0, sizeof *cell);
	cell->kind = row->size % (id + 2) == 1 ? CELL_NULL : columns[id].kind;
	memcpy(&cell->integer, bytes, 8);
	memcpy(&number, bytes, sizeof number);
	cell->number = (double)number;
	if (columns[id].kind == CELL_BOOLEAN)
		cell->integer = bytes[0] & 1;
	cell->text = (const char *)row->bytes + at;
	cell->size = row->size - at;
}

static void
check_error(const char *text, const struct expr_error *error)
{
	char lines[WHERE_EXPLAIN_SIZE];

	fuzz_require(error->message[0] != '\0', "an error has a message");
	fuzz_require(text_is_utf8(error->message, strlen(error->message)), "a message is UTF-8");
	fuzz_require(error->offset <= strlen(text), "an error is in the condition");
	fuzz_require(error->length <= strlen(text) - error->offset, "an error ends in the condition");
	where_explain(lines, text, error);
	fuzz_require(strlen(lines) < WHERE_EXPLAIN_SIZE, "an explanation fits");
	fuzz_require(text_is_utf8(lines, strlen(lines)), "an explanation is UTF-8");
	fuzz_require(text_count(lines, strlen(lines), "\n") == 2 && strchr(lines, '^') != NULL, "it has two lines");
}

/* Compiles and evaluates BEFORE text AFTER. False: it is none. */
static bool
evaluate(const char *before, const char *text, const char *after, struct row *row, bool *result)
{
	const struct word_set near = { (const char **)near_words, sizeof near_words / sizeof near_words[0] };
	const struct where_names names = { find, NULL, &near };
	char *whole = fuzz_alloc(strlen(before) + strlen(text) + strlen(after) + 1);
	struct expr_error error;
	struct where *w;

	strcpy(whole, before);
	strcat(whole, text);
	strcat(whole, after);
	w = where_compile(whole, &names, &error);
	if (w != NULL) {
		*result = where_holds(w, get, row);
		fuzz_require(where_holds(w, get, row) == *result, "a condition holds for a row or not");
		where_free(w);
	} else {
		check_error(whole, &error);
	}
	free(whole);
	return w != NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_alloc(size + 1);
	struct row row;
	bool result, again;
	size_t length;

	memcpy(text, data, size);
	text[size] = '\0';
	length = strlen(text);
	row = (struct row){ data + length, size - length };
	if (evaluate("", text, "", &row, &result)) {
		if (evaluate("!(", text, ")", &row, &again))
			fuzz_require(again != result, "a negation is the opposite");
		if (evaluate("b != b || (", text, ")", &row, &again))
			fuzz_require(again == result, "what is never true adds nothing");
		if (evaluate("(", text, ") ? true : null", &row, &again))
			fuzz_require(again == result, "a choice takes the side that it should");
	}
	free(text);
	return 0;
}
