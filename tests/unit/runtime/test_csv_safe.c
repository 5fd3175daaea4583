/*
 * test_csv_safe: texts that a spreadsheet takes for formulas, in the cells of a table: the text and its exact bytes.
 */
#include <stdio.h>
#include <string.h>

#include "dumping.h"
#include "print/text/put.h"
#include "scratch.h"
#include "tiny_tables.h"
#include "unit.h"

static struct tiny_log tiny;

static void
teardown(void)
{
	tiny_free(&tiny);
	scratch_remove();
}

/* A task's name, and the cells gen_name and gen_name_bytes, without and with csv-safe. */
static const struct {
	const char *name, *stored, *safe;
} names[] = {
	{ "init", "init,", "init," },
	{ "=1+1", "=1+1,", "'=1+1,3d312b31" },
	{ "-x", "-x,", "'-x,2d78" },
	{ "a;=b", "a;=b,", "a;'=b,613b3d62" },
	{ "@\"", "\"@\"\"\",", "\"'@\"\"\",4022" },
	{ "\xff", "\xef\xbf\xbd,ff", "\\xff,ff" },
	{ "", "\"\",", "\"\"," },
};

/* The table has one row, whose cells of the name are these. */
static void
check_cells(unsigned print, const char *cells)
{
	const struct dumping d = { .format = &format_csv, .print = print, .table = "tstat" };
	const char *text;
	char row[512];

	snprintf(row, sizeof row,
	    TSTAT_NAMES "~,,tiny,0.1,2001-09-09T01:46:40Z,0,,false,0,false,,,1,%s,0,,,2001-09-09T01:46:39Z,,,\r\n",
	    cells);
	text = dumping_text(&d, (const struct tiny_log *const[]){ &tiny }, 1);
	ck_assert_str_eq(text, scratch_expand(row, dumping_path(0)));
}

START_TEST(cells)
{
	tiny_begin(&tiny, 1, TINY_WIDE, ORDER_LITTLE);
	tiny_sample(&tiny, 1000000000, 1, 1, names[_i].name);
	check_cells(0, names[_i].stored);
	check_cells(PRINT_CSV_SAFE, names[_i].safe);
}
END_TEST

static TCase *
test_csv_safe(void)
{
	TCase *t = tcase_create("csv safe");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_loop_test(t, cells, 0, (int)(sizeof names / sizeof names[0]));
	return t;
}

REGISTER(test_csv_safe);
