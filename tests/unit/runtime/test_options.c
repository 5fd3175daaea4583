/*
 * test_options: command lines, right and wrong.
 */
#include <stdio.h>
#include <string.h>

#include "atopdump/cli/help.h"
#include "atopdump/cli/option_table.h"
#include "atopdump/cli/options.h"
#include "print/text/put.h"
#include "scratch.h"
#include "unit.h"

#define WORDS_MAX 10

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
	ck_assert_int_eq(o.request, OPTIONS_RUN);
	ck_assert_str_eq(o.verb->name, "dump");
	ck_assert(o.format == &format_json);
	ck_assert_int_eq(o.nfiles, 1);
	ck_assert_str_eq(o.files[0], "-");
	ck_assert(!o.query.several);
	ck_assert_ptr_null(o.place.path);
	ck_assert_uint_eq(o.tables.count, 0);
	ck_assert_uint_eq(o.query.print, 0);
	ck_assert(o.sandbox);
	ck_assert(o.unnamed);
	ck_assert_uint_ge(o.dump.jobs, 1);
}
END_TEST

START_TEST(everything)
{
	ck_assert(parse("one --format=json --tables=sstat,tstat --reserved --no-sandbox -o out.json two"));
	ck_assert_int_eq(o.nfiles, 2);
	ck_assert_str_eq(o.files[0], "one");
	ck_assert_str_eq(o.files[1], "two");
	ck_assert_str_eq(o.place.path, "out.json");
	ck_assert(!o.place.folder);
	ck_assert_uint_eq(o.tables.count, 2);
	ck_assert_str_eq(o.tables.words[1], "tstat");
	ck_assert_uint_eq(o.query.print, PRINT_RESERVED);
	ck_assert(!o.sandbox);
}
END_TEST

START_TEST(lists_that_are_given_again_add_up)
{
	ck_assert(parse("-f rows -t tstat,rawrecord --tables=sstat -F gen_pid -F gen_name,time"));
	ck_assert_uint_eq(o.tables.count, 3);
	ck_assert_str_eq(o.tables.words[0], "tstat");
	ck_assert_str_eq(o.tables.words[1], "rawrecord");
	ck_assert_str_eq(o.tables.words[2], "sstat");
	ck_assert_str_eq(o.selects.fields, "gen_pid,gen_name,time");
}
END_TEST

START_TEST(requests)
{
	ck_assert(parse("-V"));
	ck_assert_int_eq(o.request, OPTIONS_VERSION);
	options_free(&o);
	ck_assert(parse("--help -f csv"));
	ck_assert_int_eq(o.request, OPTIONS_HELP);
	ck_assert(!o.verb_named);
	options_free(&o);
	ck_assert(parse("list --help"));
	ck_assert_int_eq(o.request, OPTIONS_HELP);
	ck_assert(o.verb_named);
}
END_TEST

static const struct {
	const char *line, *verb, *file;
	int nfiles;
} verb_lines[] = { { "dump a b", "dump", "a", 2 }, { "carve a b", "carve", "a", 2 }, { "repair a", "repair", "a", 1 },
	{ "repair", "repair", "-", 1 }, { "list", "list", "-", 1 }, { "--carve a", "carve", "a", 1 },
	{ "a --carve", "carve", "a", 1 }, { "--list", "list", "-", 1 }, { "carve --carve a", "carve", "a", 1 },
	{ "-- list", "dump", "list", 1 }, { "./list", "dump", "./list", 1 }, { "-j1 list", "dump", "list", 1 },
	{ "dump list", "dump", "list", 1 }, { "no-such-file repair", "dump", "no-such-file", 2 } };

START_TEST(verbs_and_files)
{
	ck_assert(parse(verb_lines[_i].line));
	ck_assert_str_eq(o.verb->name, verb_lines[_i].verb);
	ck_assert_str_eq(o.files[0], verb_lines[_i].file);
	ck_assert_int_eq(o.nfiles, verb_lines[_i].nfiles);
}
END_TEST

START_TEST(options_of_a_copy)
{
	struct options copy;
	struct query query;

	ck_assert(parse("-t tstat"));
	copy = o;
	query = options_query(&copy);
	ck_assert_ptr_eq(query.tables, &copy.tables);
	ck_assert_str_eq(query.tables->words[0], "tstat");
}
END_TEST

START_TEST(every_option_has_a_row_that_explains_it)
{
	const char *summary;

	for (size_t i = 0; i < option_nrows; i++) {
		const struct option_row *row = &option_rows[i];

		ck_assert_uint_ne(row->verbs & VERB_ANY, 0);
		ck_assert(row->help != NULL || row->word(&verbs[0], 0, &summary) != NULL);
		ck_assert(row->value != NULL || (row->most == 0 && row->word == NULL));
		for (size_t k = 0; k < i; k++) {
			ck_assert_str_ne(option_rows[k].name, row->name);
			ck_assert(row->letter == '\0' || option_rows[k].letter != row->letter);
		}
	}
}
END_TEST

START_TEST(every_usage_line_fits)
{
	char line[HELP_USAGE_MAX];

	for (size_t i = 0; i < nverbs; i++) {
		help_usage(line, &verbs[i]);
		ck_assert_uint_lt(strlen(line), sizeof line - 1);
		ck_assert_ptr_eq(verbs_find(verbs[i].name), &verbs[i]);
	}
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

/* Rows of several tables can share one output. */
START_TEST(places_of_rows)
{
	ck_assert(parse("-f rows"));
	ck_assert(!o.place.folder);
	options_free(&o);
	ck_assert(parse("-f rows -t tstat,sstat -o rows.jsonl"));
	ck_assert(!o.place.folder);
	options_free(&o);
	ck_assert(parse("-f rows -t tstat -o folder/"));
	ck_assert(o.place.folder);
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

#define ROLES  "there are rawheader, rawrecord, sstat, tstat"
#define TABLES "there are rawheader, rawrecord, sstat, sstat_cpu, tstat, damage"
#define CHOOSE                                                                         \
	"csv is one table at a time: choose one with --tables=TABLE (such as tstat), " \
	"or a folder for a file each with --output=DIR"

static const struct {
	const char *line, *why;
} wrong[] = { { "-f", "-f needs a value" }, { "--format", "--format needs a value" }, { "-x", "unknown option '-x'" },
	{ "-xf", "unknown option '-x'" }, { "--qqqqqq", "unknown option '--qqqqqq'" },
	{ "-q -v", "--quiet does not go with --verbose" },
	{ "--tbales=tstat", "unknown option '--tbales'; did you mean '--tables'?" },
	{ "--s=1", "ambiguous option '--s': --skip-since-boot, --schema, --suspect, --strict" },
	{ "--strict=1", "--strict takes no value" }, { "--jobs", "--jobs needs a value" },
	{ "-j 0", "--jobs takes a number from 1 to 1024, not '0'" },
	{ "-j 1025", "--jobs takes a number from 1 to 1024, not '1025'" },
	{ "-j 1x", "--jobs takes a number from 1 to 1024, not '1x'" }, { "--output=", "--output needs a path" },
	{ "repiar a", "no file 'repiar'; did you mean the verb 'repair'?" }, { "list a", "list takes no FILE" },
	{ "--list a", "list takes no FILE" }, { "list -", "list takes no FILE" },
	{ "repair a b", "repair takes one FILE at a time" },
	{ "--part=1", "--part does not go with dump; it goes with repair" },
	{ "carve --part=1", "--part does not go with carve; it goes with repair" },
	{ "repair --part=0", "--part takes a number from 1 to 1000000, not '0'" },
	{ "repair -j2", "--jobs does not go with repair; it goes with dump, carve" },
	{ "repair --strict", "--strict does not go with repair; it goes with dump, carve, timeline, report" },
	{ "repair -f json",
	    "--format does not go with repair; it goes with dump, carve, info, timeline, gaps, describe" },
	{ "repair -o folder/", "folder/ is a folder" }, { "repair --carve", "--carve does not go with repair" },
	{ "--carve --list", "--list does not go with carve" },
	{ "list -o x",
	    "--output does not go with list; it goes with dump, carve, repair, info, timeline, gaps, report" },
	{ "-t tstat --list", "--tables does not go with list; it goes with dump, carve, schema" },
	{ "-t tsat", "there is no table 'tsat'; did you mean 'tstat'? " ROLES },
	{ "-t sstat.cpu", "there is no table 'sstat.cpu'; " ROLES },
	{ "-f csv -t sstat_cp", "there is no table 'sstat_cp'; did you mean 'sstat_cpu'? " TABLES },
	{ "-f csv -t sstat.cpu", "there is no table 'sstat.cpu'; did you mean 'sstat_cpu'? " TABLES },
	{ "-f rows -t nothing", "there is no table 'nothing'; " TABLES },
	{ "-t tstat,,sstat", "--tables has an empty name in 'tstat,,sstat'" },
	{ "-t tstat -t sstat,", "--tables has an empty name in 'sstat,'" },
	{ "-t tstat -t tsat", "there is no table 'tsat'; did you mean 'tstat'? " ROLES },
	{ "-f json --format=csv", "--format is given twice" }, { "-j1 -j1", "--jobs is given twice" },
	{ "--where=true --where=false", "--where is given twice" },
	{ "-f atopdump -t tstat", "--tables does not go with --format=atopdump" }, { "-f csv", CHOOSE },
	{ "-f csv -t sstat,tstat", CHOOSE }, { "-o folder/", "folder/ is a folder" },
	{ "-0", "--null goes with --files-from" }, { "--files-from=", "--files-from needs a path" },
	{ "--files-from=x a", "--files-from does not go with FILE 'a'" },
	{ "--files-from=no-such-list", "--files-from=no-such-list: No such file or directory" },
	{ "--files-from=/dev/null", "--files-from=/dev/null names no file" },
	{ "repair --files-from=x",
	    "--files-from does not go with repair; it goes with dump, carve, info, timeline, gaps, report" },
	{ "--accept-damage --strict", "--accept-damage does not go with --strict" },
	{ "--limit=0", "--limit takes a number from 1 to 1000000000, not '0'" },
	{ "--limit=5 -f atopdump", "--limit does not go with --format=atopdump" },
	{ "--top=5 -f csv -t tstat", "--top and --by go together" },
	{ "--by=gen_pid -f csv -t tstat", "--top and --by go together" },
	{ "--top=0 --by=time -f csv", "--top takes a number from 1 to 100000, not '0'" },
	{ "--where=true -f atopdump", "--where does not go with --format=atopdump" },
	{ "--time=utc", "--time takes iso or epoch, not 'utc'" },
	{ "--flags=name -f csv", "--flags takes number or names, not 'name'" },
	{ "--csv-safe", "--csv-safe does not go with --format=json; it goes with csv" },
	{ "--csv-safe -f atopdump", "--csv-safe does not go with --format=atopdump; it goes with csv" } };

START_TEST(what_is_wrong)
{
	ck_assert(!parse(wrong[_i].line));
	ck_assert_str_eq(why, wrong[_i].why);
}
END_TEST

/* Options of some formats, and how the message begins; it ends with the formats that the build has besides. */
static const struct {
	const char *line, *why;
} of_formats[] = { { "--time=epoch -f atopdump",
		       "--time=epoch does not go with --format=atopdump; it goes with json, rows, csv" },
	{ "--flags=names", "--flags=names does not go with --format=json; it goes with rows, csv" },
	{ "--top=5 --by=time", "--top does not go with --format=json; it goes with rows, csv" } };

START_TEST(what_goes_with_some_formats)
{
	const struct format *sqlite = formats_find("sqlite");
	char want[OPTIONS_MESSAGE_MAX];

	snprintf(want, sizeof want, "%s%s, avro", of_formats[_i].why, sqlite != NULL ? ", sqlite" : "");
	ck_assert(!parse(of_formats[_i].line));
	ck_assert_str_eq(why, want);
}
END_TEST

START_TEST(an_unknown_format)
{
	static const char start[] = "there is no format 'xml'; there are json, rows, csv, ";

	ck_assert(!parse("-f xml"));
	ck_assert(strncmp(why, start, strlen(start)) == 0);
	for (size_t i = 0; i < formats_count; i++)
		ck_assert_ptr_nonnull(strstr(why, formats[i]->name));
}
END_TEST

static TCase *
test_options(void)
{
	TCase *t = tcase_create("options");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, nothing_means_json_of_standard_input);
	tcase_add_test(t, everything);
	tcase_add_test(t, requests);
	tcase_add_loop_test(t, verbs_and_files, 0, sizeof verb_lines / sizeof verb_lines[0]);
	tcase_add_test(t, options_of_a_copy);
	tcase_add_test(t, every_option_has_a_row_that_explains_it);
	tcase_add_test(t, every_usage_line_fits);
	tcase_add_test(t, csv_places);
	tcase_add_test(t, places_of_rows);
	tcase_add_test(t, lists_that_are_given_again_add_up);
	tcase_add_test(t, an_existing_folder);
	tcase_add_test(t, an_unknown_format);
	tcase_add_loop_test(t, what_is_wrong, 0, sizeof wrong / sizeof wrong[0]);
	tcase_add_loop_test(t, what_goes_with_some_formats, 0, sizeof of_formats / sizeof of_formats[0]);
	return t;
}

REGISTER(test_options);
