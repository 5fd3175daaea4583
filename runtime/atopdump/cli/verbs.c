/*
 * verbs: the table.
 */
#include <limits.h>
#include <string.h>

#include "atopdump/cli/verb_describe.h"
#include "atopdump/cli/verb_dump.h"
#include "atopdump/cli/verb_gaps.h"
#include "atopdump/cli/verb_info.h"
#include "atopdump/cli/verb_list.h"
#include "atopdump/cli/verb_repair.h"
#include "atopdump/cli/verb_report.h"
#include "atopdump/cli/verb_schema.h"
#include "atopdump/cli/verb_timeline.h"
#include "atopdump/cli/verb_verify.h"
#include "atopdump/cli/verbs.h"
#include "atopdump/report/timeline.h"
#include "print/query/word_set.h"

/* The format that has all tables. */
static const struct format *
table_formats(size_t i)
{
	return i == 0 ? &format_rows : NULL;
}

const struct verb verbs[] = {
	{ VERB_DUMP, "dump", "[OPTION]... [FILE]...", "print logs (the default)",
	    "Prints the raw logs FILE of atop; of a folder, the logs in it and in its subfolders, sorted by name. Release, data "
	    "model and byte order are found from each log. Without FILE, or where FILE is -, standard input is read. A log "
	    "may be compressed by gzip; with libarchive also by xz, zstd, bzip2 or lz4, or in a tar or zip archive.",
	    INT_MAX, "FILE", true, NULL, verb_dump, NULL, 0, NULL },
	{ VERB_CARVE, "carve", "carve [OPTION]... [FILE]...",
	    "print the records in any file, such as the image of a disk",
	    "Searches FILE, which may be anything, such as the image of a disk, for records of any release. Each extent of "
	    "records is reported with its offset; lines say how sure host and release are. One thread works, whatever "
	    "--jobs says.",
	    INT_MAX, "FILE", true, NULL, verb_carve, NULL, 0, NULL },
	{ VERB_REPAIR, "repair", "repair [OPTION]... [FILE]", "write a log of the intact records of FILE",
	    "Writes a raw log: the header of FILE and each record that is intact with all its blocks, byte for byte. What is "
	    "left out is reported.",
	    1, "FILE", true, NULL, verb_repair, NULL, 0, NULL },
	{ VERB_LIST, "list", "list", "list the releases and data models that are known",
	    "Lists the releases and data models that are known, the lengths in a log's header that recognise each, and which "
	    "releases have equal lengths.",
	    0, "FILE", false, NULL, verb_list, NULL, 0, NULL },
	{ VERB_SCHEMA, "schema", "schema [OPTION]... [RELEASE[/MODEL]]",
	    "print the tables, or the lines of a release, as a schema",
	    "Without RELEASE prints statements that create the tables of all releases, or those of --tables and --view, with an engine's "
	    "types and comments, and a table 'columns' that says what each column is: its unit, whether it is a difference, "
	    "its first and last release. With RELEASE prints a JSON Schema (draft 2020-12) of the lines of JSON that its logs give.",
	    1, "RELEASE", false, NULL, verb_schema, NULL, 0, table_formats },
	{ VERB_INFO, "info", "info [OPTION]... [FILE]...", "say what logs are: release, host, times, samples, gaps",
	    "Says what each log is: its release, data model, host, kernel and boot times; how many runs of atop, samples, "
	    "tasks and gaps it has; its times and interval; which optional sources of data were active. A row for each log, "
	    "or, of a single FILE, a line for each fact. Blocks are not inflated, unless --check asks for it.",
	    INT_MAX, "FILE", true, verb_info_forms, verb_info, NULL, 0, NULL },
	{ VERB_TIMELINE, "timeline", "timeline [OPTION]... [FILE]...",
	    "list the processes of logs: who ran, when, as whom",
	    "Lists the processes that logs show, one a row: who ran, when, as whom, started by what, and how it ended; with all "
	    "names and command lines that it had, what it used, and where it was first and last seen. Logs of one boot of a "
	    "host are read as one, in any order; a sample that several FILEs have counts once. Threads are no processes.",
	    INT_MAX, "FILE", true, NULL, verb_timeline, &timeline_table, 2, timeline_format },
	{ VERB_VERIFY, "verify", "verify [OPTION]... [MANIFEST]", "compare a manifest with the files that it lists",
	    "Reads the files again that a manifest (--manifest) lists, inputs and outputs, and compares their sizes, digests and, "
	    "of inputs, what is in them: releases, samples, tasks, damage, gaps, notes. Prints a sentence for each difference. "
	    "Relative paths are those of the current folder. The exit status is 0 if all is as it was, 3 if something "
	    "differs, and 1 if MANIFEST is none or a file cannot be read.",
	    1, "MANIFEST", false, NULL, verb_verify, NULL, 0, NULL },
	{ VERB_GAPS, "gaps", "gaps [OPTION]... [FILE]...", "list what logs do not have: times without samples, damage",
	    "Lists, for each host and boot, the times that logs do not cover: spans without samples, longer than the interval "
	    "explains; samples that are missing; restarts of the machine; clocks that were set back; records that do not follow "
	    "each other; damage, and logs that end inside a sample. FILEs are read in any order. Blocks are not inflated, unless "
	    "--check asks for it.",
	    INT_MAX, "FILE", true, verb_gaps_forms, verb_gaps, NULL, 0, NULL },
	{ VERB_REPORT, "report", "report [OPTION]... [FILE]...",
	    "write a page about logs, for people who would rather look",
	    "Writes one page of HTML, for any browser, without a script and without anything from elsewhere: processors, memory, "
	    "swap space, pressure, disks and network over time, with gaps and boots; the processes that used most, in all of "
	    "the time and in each span of it; a lane for each process; damage. Hosts have sections of their own. Logs are "
	    "read in any order; a sample that several FILEs have counts once.",
	    INT_MAX, "FILE", true, NULL, verb_report, NULL, 0, NULL },
	{ VERB_DESCRIBE, "describe", "describe [OPTION]... WORD...",
	    "explain members and columns: unit, meaning, source",
	    "Explains what WORD names: a path (tstat.cpu.utime, or its end cpu.utime), a column (cpu_utime), a view (top) or a "
	    "column of one (top.rss), or a pattern of one of these (* and ?); else every member whose description has all WORDs. Says meaning, unit, column, the views that "
	    "use it, releases, when it is null, and where it comes from: upstream's files, the line of the schema, the line of the decoder and "
	    "the offset in a log. 'suspect', or the name of a hint of 'timeline --suspect': why it is one.",
	    INT_MAX, "WORD", false, verb_describe_forms, verb_describe, NULL, 0, NULL },
};

const size_t nverbs = sizeof verbs / sizeof verbs[0];

const struct verb *
verbs_find(const char *name)
{
	for (size_t i = 0; i < nverbs; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

const char *
verbs_nearest(const char *word)
{
	struct word_set names = { NULL, 0 };
	const char *nearest = NULL;
	bool complete = true;

	for (size_t i = 0; i < nverbs && complete; i++)
		complete = word_set_add(&names, verbs[i].name);
	if (complete)
		nearest = word_set_nearest(&names, word);
	word_set_free(&names);
	return nearest;
}
