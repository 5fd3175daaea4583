/*
 * command_table: the rows.
 */
#include <stdint.h>

#include "command_table.h"

const struct command_verb command_verbs[] = {
	{ "generate", "ol", 1, SIZE_MAX, run_generate, "[-o DIR] [--lock FILE] SCHEMA...",
	    "write C into DIR (generated)" },
	{ "check", "l", 1, SIZE_MAX, run_check, "[--lock FILE] SCHEMA...", "report errors and warnings" },
	{ "show", "", 1, SIZE_MAX, run_show, "SCHEMA [STRUCT...]", "print the schema with all that it inherits" },
	{ "where", "o", 2, 2, run_where, "[-o DIR] VERSION|SCHEMA MEMBER",
	    "print the lines that define and decode a member" },
	{ "layout", "m", 1, 1, run_layout, "[--model M] SCHEMA", "print every member's offset and size" },
	{ "diff", "", 2, 2, run_diff, "OLD NEW", "print what changed between two schemas" },
	{ "assert", "", 1, 1, run_assert, "SCHEMA", "print C that checks upstream's headers" },
	{ "new", "of", 1, 1, run_new, "[-o FILE] --from VERSION|SCHEMA VERSION", "print a schema's skeleton" },
	{ "tables", "alv", 1, SIZE_MAX, run_tables, "[--as ENGINE] [--lock FILE] [--view LIST] SCHEMA...",
	    "print the columns of all releases" },
	{ "fields", "al", 1, SIZE_MAX, run_fields, "[--as FORM] [--lock FILE] SCHEMA...",
	    "explain the columns: markdown or mdoc" },
};

const size_t command_nverbs = sizeof command_verbs / sizeof command_verbs[0];

const struct command_option command_options[] = {
	{ 'o', true, "output", "PATH", "the folder that is written to, or the file" },
	{ 'm', true, "model", "MODEL", "only this data model" },
	{ 'f', true, "from", "RELEASE", "the release that the new one extends, or the path of its schema" },
	{ 'l', false, "lock", "FILE", "the columns that are published, instead of generated/tables.lock" },
	{ 'a', false, "as", "FORM", "a database engine for tables, or a form of text for fields" },
	{ 'v', false, "view", "LIST", "the columns of these views instead; their files are among the SCHEMAs" },
	{ 'h', true, "help", NULL, "print the list of verbs; after a verb, what it takes" },
	{ 'V', true, "version", NULL, "print the version" },
};

const size_t command_noptions = sizeof command_options / sizeof command_options[0];
