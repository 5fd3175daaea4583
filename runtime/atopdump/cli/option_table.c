/*
 * option_table: the rows, and a setter for each.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/cli/option_report.h"
#include "atopdump/cli/option_table.h"
#include "atopdump/cli/refuse.h"
#include "print/text/put.h"

#define PART_MAX       1000000
#define TOP_MAX        100000
#define LIMIT_MAX      1000000000
#define NAME_MAX_SHOWN 64 /* bytes of a word that are compared with option names */

_Static_assert(OPTION_ROWS_MAX <= 8 * sizeof((struct options *)0)->given, "a bit for each row");

/* --- setters ------------------------------------------------------------------------------------------------ */

/* Sets the bool that the row names. */
static bool
set_flag(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)value, (void)why;
	*(bool *)((char *)o + row->to) = true;
	return true;
}

/* The name of format `i` and what it is; NULL: there are no more. */
static const char *
format_word(size_t i, const char **summary)
{
	if (i >= formats_count)
		return NULL;
	*summary = formats[i]->summary;
	return formats[i]->name;
}

static bool
set_format(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const char *word, *summary, *missing = formats_explain(value);

	if (o->verb->forms != NULL)
		return option_set_form(o, row, value, why);
	o->format = formats_find(value);
	if (o->format != NULL)
		return true;
	if (missing != NULL)
		return refuse(why, "--%s=%s: %s", row->name, value, missing);
	refuse(why, "there is no %s '%s'; there are", row->name, value);
	for (size_t i = 0; (word = row->word(i, &summary)) != NULL; i++)
		refuse_add(why, i > 0 ? ", " : " ", word, "");
	return false;
}

/* Adds the words between the commas of `value`. */
static bool
set_tables(struct options *o, const struct option_row *row, const char *value, char *why)
{
	char *word, *next;

	if (o->words != NULL)
		return refuse(why, "--%s is given twice; it takes several names, with commas", row->name);
	o->words = strdup(value);
	if (o->words == NULL)
		return refuse(why, "out of memory");
	for (word = o->words; word != NULL; word = next) {
		next = strchr(word, ',');
		if (next != NULL)
			*next++ = '\0';
		if (*word == '\0')
			return refuse(why, "--%s has an empty name in '%s'", row->name, value);
		if (!word_set_add(&o->tables, word))
			return refuse(why, "out of memory");
	}
	return true;
}

static bool
set_output(struct options *o, const struct option_row *row, const char *value, char *why)
{
	if (*value == '\0')
		return refuse(why, "--%s needs a path", row->name);
	o->place.path = value;
	return true;
}

static bool
set_partition(struct options *o, const struct option_row *row, const char *value, char *why)
{
	if (*value == '\0')
		return refuse(why, "--%s needs a path", row->name);
	o->partition = value;
	return true;
}

static bool
set_number(unsigned *to, const struct option_row *row, const char *value, char *why)
{
	char *end;
	const unsigned long number = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || number < 1 || number > row->most)
		return refuse(why, "--%s takes a number from 1 to %u, not '%.64s'", row->name, row->most, value);
	*to = (unsigned)number;
	return true;
}

static bool
set_jobs(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_number(&o->dump.jobs, row, value, why);
}

static bool
set_limit(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_number(&o->limit, row, value, why);
}

static bool
set_part(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_number(&o->part, row, value, why);
}

static bool
set_schema(struct options *o, const struct option_row *row, const char *value, char *why)
{
	struct rawlog_error error;

	(void)row;
	o->layout = value;
	return rawlog_is_layout(value, &error) || refuse(why, "%s", error.text);
}

static bool
set_reserved(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.print |= PRINT_RESERVED;
	return true;
}

static bool
set_csv_safe(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.print |= PRINT_CSV_SAFE;
	return true;
}

static bool
set_fields(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)why;
	o->selects.fields = value;
	return true;
}

static bool
set_where(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)why;
	o->selects.condition = value;
	return true;
}

static bool
set_top(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_number(&o->query.top, row, value, why);
}

static bool
set_by(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)why;
	o->selects.by = value;
	return true;
}

static bool
set_begin(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)why;
	o->window.begin = value;
	return true;
}

static bool
set_end(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)why;
	o->window.end = value;
	return true;
}

static bool
set_tz(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)why;
	o->window.zone = value;
	return true;
}

static bool
set_files_from(struct options *o, const struct option_row *row, const char *value, char *why)
{
	if (*value == '\0')
		return refuse(why, "--%s needs a path", row->name);
	o->list = value;
	return true;
}

/* The words of --time, of which the first is the default. */
static const char *
time_word(size_t i, const char **summary)
{
	static const char *const words[] = { "iso", "epoch" };
	static const char *const summaries[] = { "times of lines as 2022-11-11T19:51:50Z (the default)",
		"as seconds since 1970" };

	if (i >= sizeof words / sizeof words[0])
		return NULL;
	*summary = summaries[i];
	return words[i];
}

/* Sets `print` if the value is the second of two words, of which the first is the default. */
static bool
set_word(struct options *o, const struct option_row *row, const char *value, unsigned print, char *why)
{
	const char *words[2], *summary;

	for (size_t i = 0; i < 2; i++) {
		words[i] = row->word(i, &summary);
		if (strcmp(words[i], value) == 0) {
			o->query.print = (o->query.print & ~print) | (i > 0 ? print : 0);
			return true;
		}
	}
	return refuse(why, "--%s takes %s or %s, not '%.64s'", row->name, words[0], words[1], value);
}

static bool
set_time(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_word(o, row, value, PRINT_EPOCH, why);
}

/* The words of --flags, of which the first is the default. */
static const char *
flags_word(size_t i, const char **summary)
{
	static const char *const words[] = { "number", "names" };
	static const char *const summaries[] = { "columns of flags in tables as they are stored (the default)",
		"as upstream's names, RRBOOT|RRNETATOP, and in hex what has none; not with json" };

	if (i >= sizeof words / sizeof words[0])
		return NULL;
	*summary = summaries[i];
	return words[i];
}

static bool
set_flags(struct options *o, const struct option_row *row, const char *value, char *why)
{
	return set_word(o, row, value, PRINT_NAMES, why);
}

/* Of these two the last one counts. */
static bool
set_with_file(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.with_file = true;
	o->query.without_file = false;
	return true;
}

static bool
set_without_file(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->query.with_file = false;
	o->query.without_file = true;
	return true;
}

static bool
set_no_sandbox(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->sandbox = false;
	return true;
}

/* An old spelling: the option has the name of the verb. */
static bool
set_verb(struct options *o, const struct option_row *row, const char *value, char *why)
{
	const struct verb *verb = verbs_find(row->name);

	(void)value;
	if (o->verb_named && o->verb != verb)
		return refuse(why, "--%s does not go with %s", row->name, o->verb->name);
	o->verb = verb;
	o->verb_named = true;
	return true;
}

static bool
set_version(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->request = OPTIONS_VERSION;
	return true;
}

static bool
set_help(struct options *o, const struct option_row *row, const char *value, char *why)
{
	(void)row, (void)value, (void)why;
	o->request = OPTIONS_HELP;
	return true;
}

/* --- the table ---------------------------------------------------------------------------------------------- */

#define PRINTING (VERB_DUMP | VERB_CARVE)
#define READING  (VERB_DUMP | VERB_CARVE | VERB_REPAIR | VERB_INFO)
#define LISTED   (VERB_DUMP | VERB_CARVE | VERB_INFO) /* of several FILEs */

const struct option_row option_rows[] = {
	{ 'f', "format", "FORMAT", PRINTING | VERB_INFO | VERB_DESCRIBE, set_format, .word = format_word },
	{ 't', "tables", "LIST", PRINTING, set_tables,
	    .help = "print only these: for json rawheader, rawrecord, sstat, tstat, cstat; for csv and rows also\n"
		    "such as sstat_cpu_cpu (a wrong name lists them all)" },
	{ 'F', "fields", "LIST", PRINTING, set_fields,
	    .help = "print only these columns, in this order: names or member paths, * and ? stand for any\n"
		    "characters, NAME=COLUMN prints it under that name" },
	{ '\0', "where", "CONDITION", PRINTING, set_where,
	    .help = "print only rows for which this holds: columns or member paths, numbers, \"text\", null, true,\n"
		    "false, == != < <= > >= =~ !~ && || ! + - * / % &. A comparison with null is false" },
	{ '\0', "top", "N", PRINTING, set_top, .most = TOP_MAX,
	    .help = "print only the N rows of each sample that have the largest values in the column of --by,\n"
		    "the largest first" },
	{ '\0', "by", "COLUMN", PRINTING, set_by, .help = "the column of --top: a name or a member path" },
	{ 'b', "begin", "TIME", PRINTING, set_begin,
	    .help = "leave out the samples before TIME: 2022-11-11, 2022-11-11T19:51:50Z (or +01:00),\n"
		    "202211111951, @1668196310, 19:51 or 19:51:50 (of every day; a window may cross\n"
		    "midnight), -2h (before now; s, m, h or d). Damage in blocks of these samples is not\n"
		    "reported, damage of their records is" },
	{ 'e', "end", "TIME", PRINTING, set_end,
	    .help = "leave out the samples after TIME, which is itself included: all of a day, but of a minute\n"
		    "only its first second" },
	{ '\0', "tz", "ZONE", PRINTING, set_tz,
	    .help = "the zone of these times, if they state none: UTC (the default), local, or a name such as\n"
		    "Europe/Berlin. Of a time that clocks show twice or never, begin means the earlier moment\n"
		    "and end the later one" },
	{ '\0', "skip-since-boot", NULL, PRINTING, set_flag, .to = offsetof(struct options, samples.skip_since_boot),
	    .help = "leave out samples whose values count since boot: the first one of each run of atop" },
	{ '\0', "active", NULL, PRINTING, set_flag, .to = offsetof(struct options, query.rows.active),
	    .help = "leave out tasks that atop marked as inactive in the interval (logs that mark none: no task)" },
	{ '\0', "processes", NULL, PRINTING, set_flag, .to = offsetof(struct options, query.rows.processes),
	    .help = "leave out threads (logs without threads: no task)" },
	{ '\0', "limit", "N", PRINTING, set_limit, .most = LIMIT_MAX,
	    .help = "print at most N lines of each table in all, with one thread; reading ends when no further\n"
		    "line can be printed, and damage behind that is not reported" },
	{ 'o', "output", "PATH", READING, set_output,
	    .help = "write to this file, which appears when all is written; with csv, if PATH is a folder,\n"
		    "ends in a slash, or there is not exactly one table: to PATH/TABLE.csv" },
	{ '\0', "partition", "DIR", VERB_DUMP, set_partition,
	    .help = "csv and rows: write each FILE to DIR/TABLE/date=DAY/host=HOST/LOG.csv (or .jsonl), a file for\n"
		    "each table that has rows. DAY is the UTC day of its first sample (__none__: no sample), LOG\n"
		    "is the first 16 hex digits of the SHA-256 of FILE, gzip undone; .2 follows for the second\n"
		    "of several logs in FILE. The column log has it. Files of these names are replaced when all\n"
		    "of the log is written. One thread works; any number of processes may write to DIR" },
	{ '\0', "force", NULL, READING, set_flag, .to = offsetof(struct options, place.force),
	    .help = "replace files that exist, but never one that is read" },
	{ 'j', "jobs", "N", PRINTING, set_jobs, .most = OPTION_JOBS_MAX,
	    .help = "use N threads (default: one for each core); the output is the same" },
	{ '\0', "reserved", NULL, PRINTING, set_reserved,
	    .help = "print all that is stored: reserved members too, and members that were not measured" },
	{ '\0', "csv-safe", NULL, PRINTING, set_csv_safe,
	    .help = "csv for spreadsheets: put ' before text that begins like a formula (= + - @) and print\n"
		    "controls as \\x1b; NAME_bytes has the exact bytes of each text that is changed" },
	{ '\0', "schema", "RELEASE[/MODEL]", READING, set_schema,
	    .help = "read the logs as of that release and data model ('atopdump list' shows them), whatever\n"
		    "their headers say" },
	{ '\0', "as", "ENGINE", VERB_SCHEMA, option_set_engine, .word = option_engine_word },
	{ '\0', "part", "N", VERB_REPAIR, set_part, .most = PART_MAX,
	    .help = "repair only the Nth of several logs in FILE; atop reads one log a file" },
	{ '\0', "files-from", "LIST", LISTED, set_files_from,
	    .help = "read the FILEs whose names are in this file, one a line, in their order; - is standard\n"
		    "input. With -0 (--null) names end in NULs, as find -print0 prints them" },
	{ '0', "null", NULL, LISTED, set_flag, .to = offsetof(struct options, list_nul),
	    .help = "names of --files-from end in NULs" },
	{ '\0', "time", "FORM", PRINTING, set_time, .word = time_word },
	{ '\0', "flags", "FORM", PRINTING, set_flags, .word = flags_word },
	{ '\0', "check", NULL, VERB_INFO, option_set_check,
	    .help = "inflate and verify all blocks too; each damage is reported, and the exit status is 3" },
	{ '\0', "accept-damage", NULL, READING, set_flag, .to = offsetof(struct options, accept_damage),
	    .help = "exit with 0 where it would be 3: damage is reported, but is no failure" },
	{ '\0', "with-filename", NULL, PRINTING, set_with_file,
	    .help = "json: lines name their FILE, as they do if several or a folder are read" },
	{ '\0', "no-filename", NULL, PRINTING, set_without_file, .help = "json: lines do not name their FILE" },
	{ 'q', "quiet", NULL, PRINTING, set_flag, .to = offsetof(struct options, dump.quiet),
	    .help = "report nothing but what the exit status reports too: no gaps, no notes, no summary" },
	{ 'v', "verbose", NULL, PRINTING, set_flag, .to = offsetof(struct options, dump.verbose),
	    .help = "report also why files of folders are passed over, and a summary" },
	{ '\0', "strict", NULL, PRINTING, set_flag, .to = offsetof(struct options, dump.strict),
	    .help = "stop at the first damage" },
	{ '\0', "no-sandbox", NULL, VERB_ANY, set_no_sandbox,
	    .help = "keep the permissions that reading and writing open files does not need" },
	{ '\0', "carve", NULL, VERB_CARVE, set_verb, .help = "old spelling of the verb carve" },
	{ '\0', "list", NULL, VERB_LIST, set_verb, .help = "old spelling of the verb list" },
	{ 'V', "version", NULL, VERB_ANY, set_version,
	    .help = "print the version and the releases of atop whose logs it reads" },
	{ 'h', "help", NULL, VERB_ANY, set_help, .help = "print this; after a verb, what belongs to the verb" },
};

const size_t option_nrows = sizeof option_rows / sizeof option_rows[0];

_Static_assert(sizeof option_rows / sizeof option_rows[0] <= OPTION_ROWS_MAX, "a bit for each row");

const char *
option_nearest(const char *word, size_t length)
{
	struct word_set names = { NULL, 0 };
	char name[NAME_MAX_SHOWN];
	const char *nearest = NULL;
	bool complete = true;

	if (length >= sizeof name)
		return NULL;
	memcpy(name, word, length);
	name[length] = '\0';
	for (size_t i = 0; i < option_nrows && complete; i++)
		complete = word_set_add(&names, option_rows[i].name);
	if (complete)
		nearest = word_set_nearest(&names, name);
	word_set_free(&names);
	return nearest;
}
