/*
 * option_table: the rows.
 */
#include <stddef.h>
#include <string.h>

#include "atopdump/cli/option_label.h"
#include "atopdump/cli/option_report.h"
#include "atopdump/cli/option_set.h"
#include "atopdump/cli/option_table.h"

#define PART_MAX       1000000
#define TOP_MAX        100000
#define LIMIT_MAX      1000000000
#define NAME_MAX_SHOWN 64 /* bytes of a word that are compared with option names */

_Static_assert(OPTION_ROWS_MAX <= 8 * sizeof((struct options *)0)->given, "a bit for each row");

#define PRINTING (VERB_DUMP | VERB_CARVE)
#define SHOWING  (PRINTING | VERB_TIMELINE)
#define SPANNING (SHOWING | VERB_REPORT) /* of the samples in a window */
#define READING  (SPANNING | VERB_REPAIR | VERB_INFO | VERB_GAPS)
#define LISTED   (SPANNING | VERB_INFO | VERB_GAPS) /* of several FILEs */

const struct option_row option_rows[] = {
	{ 'f', "format", "FORMAT", SHOWING | VERB_INFO | VERB_GAPS | VERB_DESCRIBE, option_set_format,
	    .word = option_format_word, .task = TASK_OUT, .brief = "print as" },
	{ 't', "tables", "LIST", PRINTING | VERB_SCHEMA, option_set_tables,
	    .help = "print only these: for json rawheader, rawrecord, sstat, tstat, cstat; for csv and rows also "
		    "such as sstat_cpu_cpu (a wrong name lists them all). Given again, it adds to the list",
	    .adds = true, .task = TASK_CHOOSE, .brief = "only these tables, such as tstat,sstat" },
	{ '\0', "view", "LIST", PRINTING | VERB_SCHEMA, option_set_tables, .to = offsetof(struct options, views),
	    .help = "print only these views, and no table that --tables does not name: tables with columns that are "
		    "computed, such as top, cpu and disk ('atopdump --list-views' lists them). Given again, it adds to "
		    "the list",
	    .adds = true, .task = TASK_CHOOSE, .brief = "only these views, such as top,cpu" },
	{ '\0', "list-views", NULL, VERB_DUMP, option_set_list_views, .help = "list the views and their columns" },
	{ 'F', "fields", "LIST", SHOWING, option_set_fields,
	    .help = "print only these columns, in this order: names or member paths, * and ? stand for any "
		    "characters, NAME=COLUMN prints it under that name. Given again, it adds to the list",
	    .adds = true, .task = TASK_CHOOSE, .brief = "only these columns; * and ? match, NEW=OLD renames" },
	{ '\0', "where", "CONDITION", SHOWING, option_set_text, .to = offsetof(struct options, selects.condition),
	    .help = "print only rows for which this holds: columns or member paths, numbers, \"text\", null, true, "
		    "false, == != < <= > >= =~ !~ && || ! + - * / % & ?:, and the functions of views, such as "
		    "contains(TEXT, TEXT), lower, min, max and round. A comparison with null is false",
	    .task = TASK_CHOOSE, .brief = "only rows for which this holds: \"cpu_utime > 10\"" },
	{ '\0', "top", "N", PRINTING, option_set_number, .to = offsetof(struct options, query.top), .most = TOP_MAX,
	    .help = "print only the N rows of each sample that have the largest values in the column of --by, "
		    "the largest first",
	    .task = TASK_CUT, .brief = "only the N rows of each sample with the largest" },
	{ '\0', "by", "COLUMN", PRINTING, option_set_text, .to = offsetof(struct options, selects.by),
	    .help = "the column of --top: a name or a member path", .task = TASK_CUT,
	    .brief = "values in this column" },
	{ 'b', "begin", "TIME", SPANNING, option_set_text, .to = offsetof(struct options, window.begin),
	    .help = "leave out the samples before TIME: 2022-11-11, 2022-11-11T19:51:50Z (or +01:00), "
		    "202211111951, @1668196310, 19:51 or 19:51:50 (of every day; a window may cross "
		    "midnight), -2h (before now; s, m, h or d). Damage in blocks of these samples is not "
		    "reported, damage of their records is",
	    .task = TASK_CUT, .brief = "only samples from then on: 2022-11-11, 07:00 or -2h" },
	{ 'e', "end", "TIME", SPANNING, option_set_text, .to = offsetof(struct options, window.end),
	    .help = "leave out the samples after TIME, which is itself included: all of a day, but of a minute "
		    "only its first second",
	    .task = TASK_CUT, .brief = "only samples until then" },
	{ '\0', "tz", "ZONE", SPANNING, option_set_text, .to = offsetof(struct options, window.zone),
	    .help = "the zone of these times, if they state none: UTC (the default), local, or a name such as "
		    "Europe/Berlin. Of a time that clocks show twice or never, begin means the earlier moment "
		    "and end the later one",
	    .task = TASK_CUT, .brief = "the zone of these times, instead of UTC" },
	{ '\0', "skip-since-boot", NULL, PRINTING, option_set_flag,
	    .to = offsetof(struct options, samples.skip_since_boot),
	    .help = "leave out samples whose values count since boot: the first one of each run of atop" },
	{ '\0', "active", NULL, PRINTING, option_set_flag, .to = offsetof(struct options, query.rows.active),
	    .help = "leave out tasks that atop marked as inactive in the interval (logs that mark none: no task)",
	    .task = TASK_CHOOSE, .brief = "no tasks that were inactive in the interval" },
	{ '\0', "processes", NULL, PRINTING, option_set_flag, .to = offsetof(struct options, query.rows.processes),
	    .help = "leave out threads (logs without threads: no task)", .task = TASK_CHOOSE, .brief = "no threads" },
	{ '\0', "limit", "N", SHOWING, option_set_number, .to = offsetof(struct options, limit), .most = LIMIT_MAX,
	    .help = "print at most N lines of each table in all, with one thread; reading ends when no further "
		    "line can be printed, and damage behind that is not reported. Of timeline: at most N "
		    "processes; all logs are read",
	    .task = TASK_CUT, .brief = "at most N lines of each table" },
	{ 'o', "output", "PATH", READING, option_set_path, .to = offsetof(struct options, place.path),
	    .help = "write to this file, which appears when all is written; with csv, if PATH is a folder, "
		    "ends in a slash, or there is not exactly one table: to PATH/TABLE.csv",
	    .task = TASK_OUT, .brief = "write to this file, or csv to this folder" },
	{ '\0', "partition", "DIR", VERB_DUMP, option_set_path, .to = offsetof(struct options, partition),
	    .help =
		"csv, rows and avro: write each FILE to DIR/TABLE/date=DAY/host=HOST/LOG.csv (or .jsonl, .avro), a file for "
		"each table that has rows. DAY is the UTC day of its first sample (__none__: no sample), LOG "
		"is the first 16 hex digits of the SHA-256 of FILE, gzip undone; .2 follows for the second "
		"of several logs in FILE. The column log has it. Files of these names are replaced when all "
		"of the log is written. One thread works; any number of processes may write to DIR",
	    .task = TASK_OUT, .brief = "write csv, rows or avro as a tree of days and hosts" },
	{ '\0', "force", NULL, READING, option_set_flag, .to = offsetof(struct options, place.force), .aside = true,
	    .help = "replace files that exist, but never one that is read", .task = TASK_OUT,
	    .brief = "replace files that exist" },
	{ '\0', "manifest", "FILE", READING, option_set_path, .to = offsetof(struct options, manifest), .aside = true,
	    .help =
		"write a manifest too: what was read, of which size, digest, release and damage, and what was written, "
		"as JSON. 'atopdump verify FILE' compares it with the files. Each FILE is read once more for it; a "
		"file that grows is read up to the size that it has then. Not written if the exit status is 1",
	    .task = TASK_OUT, .brief = "write also what was read and written, with digests" },
	{ 'j', "jobs", "N", PRINTING, option_set_number, .to = offsetof(struct options, dump.jobs),
	    .most = OPTION_JOBS_MAX, .aside = true,
	    .help = "use N threads (default: one for each core); the output is the same", .task = TASK_MORE,
	    .brief = "use N threads, instead of one a core" },
	{ '\0', "reserved", NULL, PRINTING, option_set_reserved,
	    .help = "print all that is stored: reserved members too, and members that were not measured" },
	{ '\0', "csv-safe", NULL, SHOWING, option_set_csv_safe,
	    .help = "csv for spreadsheets: put ' before text that begins like a formula (= + - @) and print "
		    "controls as \\x1b; NAME_bytes has the exact bytes of each text that is changed; of timeline, "
		    "the lists have them" },
	{ '\0', "schema", "RELEASE[/MODEL]", READING, option_set_schema,
	    .help = "read the logs as of that release and data model ('atopdump list' shows them), whatever "
		    "their headers say",
	    .task = TASK_IN, .brief = "read logs as of this release, not as they say" },
	{ 'P', "parseable", "LABELS", PRINTING, option_set_format_labels,
	    .help =
		"print the lines of atop -P for these labels (PRG,PRC or ALL), as the release that recorded the log "
		"prints them, in UTC unless --tz says otherwise. Given again, it adds to the labels",
	    .adds = true, .task = TASK_OUT, .brief = "print what atop -P prints, of these labels; -J: as JSON" },
	{ 'J', "atop-json", "LABELS", PRINTING, option_set_format_labels,
	    .help =
		"print the JSON of atop -J for these labels, one object for each sample. Given again, it adds to the "
		"labels",
	    .adds = true },
	{ '\0', "labels", "LABELS", PRINTING, option_set_labels,
	    .help = "parseable and atop-json: print only these labels (default: all). Given again, it adds to the list",
	    .adds = true },
	{ 'Z', "no-spaces", NULL, PRINTING, option_set_flag,
	    .to = offsetof(struct options, query.labels.style.no_spaces),
	    .help = "parseable: texts of tasks have _ for each blank, and no parentheses around them" },
	{ '\0', "compat", NULL, PRINTING, option_set_flag, .to = offsetof(struct options, query.labels.style.compat),
	    .help =
		"parseable and atop-json: print every byte as the release of atop does, also where it is wrong, cuts "
		"texts or is not JSON" },
	{ '\0', "as", "NAME", PRINTING | VERB_SCHEMA, option_set_as, .word = option_engine_word,
	    .help = "with labels: print the columns of this release of atop for logs of any release; - or null "
		    "stands for what a log lacks. With schema: the engine" },
	{ '\0', "part", "N", VERB_REPAIR, option_set_number, .to = offsetof(struct options, part), .most = PART_MAX,
	    .help = "repair only the Nth of several logs in FILE; atop reads one log a file" },
	{ '\0', "files-from", "LIST", LISTED, option_set_path, .to = offsetof(struct options, list),
	    .help = "read the FILEs whose names are in this file, one a line, in their order; - is standard "
		    "input. With -0 (--null) names end in NULs, as find -print0 prints them",
	    .task = TASK_IN, .brief = "read the FILEs named in this file; -0: names end in NUL" },
	{ '0', "null", NULL, LISTED, option_set_flag, .to = offsetof(struct options, list_nul),
	    .help = "names of --files-from end in NULs" },
	{ '\0', "time", "FORM", SHOWING, option_set_time, .word = option_time_word, .task = TASK_OUT,
	    .brief = "print times as" },
	{ '\0', "flags", "FORM", PRINTING, option_set_flags, .word = option_flags_word },
	{ '\0', "check", NULL, VERB_INFO | VERB_GAPS, option_set_flag, .to = offsetof(struct options, check),
	    .help = "inflate and verify all blocks too; each damage is reported, and the exit status is 3" },
	{ '\0', "tree", "TIME", VERB_TIMELINE, option_set_tree, .optional = true,
	    .help = "the same as --format=tree, of the last sample up to TIME" },
	{ '\0', "suspect", NULL, VERB_TIMELINE, option_set_flag, .to = offsetof(struct options, suspect),
	    .help = "add the column suspect: names of hints that hold for the process, such as name-unlike-cmdline; "
		    "'atopdump describe suspect' explains them. A hint is no proof" },
	{ '\0', "host-by", "WHAT", VERB_TIMELINE | VERB_GAPS | VERB_REPORT, option_set_host_by,
	    .word = option_host_word },
	{ '\0', "accept-damage", NULL, READING, option_set_flag, .to = offsetof(struct options, accept_damage),
	    .help = "exit with 0 where it would be 3: damage is reported, but is no failure", .task = TASK_MORE,
	    .brief = "exit with 0 if all that is wrong is damage" },
	{ '\0', "with-filename", NULL, PRINTING, option_set_with_file,
	    .help = "json: lines name their FILE, as they do if several or a folder are read" },
	{ '\0', "no-filename", NULL, PRINTING, option_set_without_file, .help = "json: lines do not name their FILE" },
	{ 'q', "quiet", NULL, READING, option_set_flag, .to = offsetof(struct options, dump.quiet), .aside = true,
	    .help = "report nothing but what the exit status reports too: no gaps, no notes, no summary, no "
		    "progress",
	    .task = TASK_MORE, .brief = "report only what the exit status reports too" },
	{ 'v', "verbose", NULL, LISTED, option_set_flag, .to = offsetof(struct options, dump.verbose), .aside = true,
	    .help = "report also why files of folders are passed over, and a summary", .task = TASK_MORE,
	    .brief = "report also what is passed over, and a summary" },
	{ '\0', "strict", NULL, SPANNING, option_set_flag, .to = offsetof(struct options, dump.strict),
	    .help = "stop at the first damage" },
	{ '\0', "no-sandbox", NULL, VERB_ANY, option_set_no_sandbox, .aside = true,
	    .help = "keep the permissions that reading and writing open files does not need" },
	{ '\0', "carve", NULL, VERB_CARVE, option_set_verb, .help = "old spelling of the verb carve" },
	{ '\0', "list", NULL, VERB_LIST, option_set_verb, .help = "old spelling of the verb list" },
	{ 'V', "version", NULL, VERB_ANY, option_set_version,
	    .help = "print the version and the releases of atop whose logs it reads", .task = TASK_MORE,
	    .brief = "print the version and the releases it reads" },
	{ 'h', "help", NULL, VERB_ANY, option_set_help, .help = "print this; after a verb, what belongs to the verb",
	    .task = TASK_MORE, .brief = "print this; after a verb, all about it" },
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
