/*
 * test_options: command lines, right and wrong.
 */
#include <string.h>

#include "atopdump/cli/options.h"
#include "print/text/put.h"
#include "scratch.h"
#include "suites.h"

#define WORDS_MAX	10

static char words[256];
static char *argv[WORDS_MAX + 1];
static char why[OPTIONS_MESSAGE_MAX];
static struct options o;

static void
teardown(void)
{
	options_free(&o);
	scratch_remove();
}

/* Parses a line of words with single spaces between them, the program's name left out. */
static bool
parse(const char *line)
{
	int argc = 1;
	char *word;

	argv[0] = words;
	memset(words, 0, sizeof words);
	strcpy(words, "atopdump");
	strcpy(words + 16, line);
	for (word = words + 16; *word != '\0'; word += strlen(word) + 1) {
		ck_assert_int_lt(argc, WORDS_MAX);
		argv[argc++] = word;
		if (strchr(word, ' ') != NULL)
			*strchr(word, ' ') = '\0';
	}
	argv[argc] = NULL;
	return options_parse(&o, argc, argv, why);
}

START_TEST(nothing_means_json_of_standard_input)
{
	ck_assert(parse(""));
	ck_assert_int_eq(o.action, OPTIONS_DUMP);
	ck_assert(o.format == &format_json);
	ck_assert_int_eq(o.nfiles, 1);
	ck_assert_str_eq(o.files[0], "-");
	ck_assert(!o.query.several);
	ck_assert_ptr_null(o.place.path);
	ck_assert_uint_eq(o.tables.count, 0);
	ck_assert_uint_eq(o.query.print, 0);
	ck_assert(o.sandbox);
}
END_TEST

START_TEST(everything)
{
	ck_assert(parse("one --format=json --tables=sstat,tstat --reserved --no-sandbox -o out.json two"));
	ck_assert_int_eq(o.nfiles, 2);
	ck_assert_str_eq(o.files[0], "one");
	ck_assert_str_eq(o.files[1], "two");
	ck_assert(o.query.several);
	ck_assert_str_eq(o.place.path, "out.json");
	ck_assert(!o.place.folder);
	ck_assert_uint_eq(o.tables.count, 2);
	ck_assert_str_eq(o.tables.list[1], "tstat");
	ck_assert_uint_eq(o.query.print, PRINT_RESERVED);
	ck_assert(!o.sandbox);
}
END_TEST

START_TEST(actions)
{
	ck_assert(parse("-V"));
	ck_assert_int_eq(o.action, OPTIONS_VERSION);
	ck_assert(parse("--help -f csv"));
	ck_assert_int_eq(o.action, OPTIONS_HELP);
}
END_TEST

START_TEST(csv_places)
{
	ck_assert(parse("-f csv -t tstat"));
	ck_assert(!o.place.folder);
	options_free(&o);
	ck_assert(parse("-f csv -t tstat -o tasks.csv"));
	ck_assert(!o.place.folder);
	options_free(&o);
	ck_assert(parse("-f csv -t tstat -o folder/"));
	ck_assert(o.place.folder);
	options_free(&o);
	ck_assert(parse("-f csv -t tstat,sstat -o place"));
	ck_assert(o.place.folder);
	options_free(&o);
	ck_assert(parse("-f csv -o place --csv-safe"));
	ck_assert(o.place.folder);
	ck_assert_uint_eq(o.query.print, PRINT_CSV_SAFE);
}
END_TEST

START_TEST(an_existing_folder)
{
	char line[300] = "-f csv -t tstat -o ";

	strcat(line, scratch_path("."));
	ck_assert(parse(line));
	ck_assert(o.place.folder);
}
END_TEST

#define ROLES	"there are rawheader, rawrecord, sstat, tstat"
#define TABLES	"there are rawheader, sstat, sstat.cpu, tstat"
#define CHOOSE	"csv is one table at a time: choose one with --tables=TABLE (such as tstat), " \
		"or a folder for a file each with --output=DIR"

static const struct {
	const char	*line, *why;
} wrong[] = {
	{"-f xml", "there is no format 'xml'; there are json, csv and atopdump"},
	{"-f", "-f needs a value"},
	{"--format", "--format needs a value"},
	{"-q", "-q is no option it knows"},
	{"--quiet", "--quiet is no option it knows"},
	{"-t tsat", "there is no table 'tsat' (did you mean 'tstat'?); " ROLES},
	{"-t sstat.cpu", "there is no table 'sstat.cpu'; " ROLES},
	{"-f csv -t cpu", "there is no table 'cpu' (did you mean 'sstat.cpu'?); " TABLES},
	{"-t tstat,,sstat", "--tables has an empty name in 'tstat,,sstat'"},
	{"-t tstat -t sstat", "--tables is given twice; it takes several names, with commas"},
	{"-f atopdump -t tstat", "--tables does not go with --format=atopdump"},
	{"-f csv", CHOOSE},
	{"-f csv -t sstat,tstat", CHOOSE},
	{"-o folder/", "folder/ is a folder"},
	{"--csv-safe", "--csv-safe goes with --format=csv"},
	{"--csv-safe -f atopdump", "--csv-safe goes with --format=csv"}
};

START_TEST(what_is_wrong)
{
	ck_assert(!parse(wrong[_i].line));
	ck_assert_str_eq(why, wrong[_i].why);
}
END_TEST

TCase *
test_options(void)
{
	TCase *t = tcase_create("options");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, nothing_means_json_of_standard_input);
	tcase_add_test(t, everything);
	tcase_add_test(t, actions);
	tcase_add_test(t, csv_places);
	tcase_add_test(t, an_existing_folder);
	tcase_add_loop_test(t, what_is_wrong, 0, sizeof wrong / sizeof wrong[0]);
	return t;
}
