/*
 * options: the command line as a struct, checked as far as it can be without opening a log. Prints nothing.
 *
 * The rows of option_table.h say which options there are; verbs.h says which verbs.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "atopdump/cli/file_list.h"
#include "atopdump/cli/verbs.h"
#include "atopdump/dump/dump.h"
#include "atopdump/dump/sample_choice.h"
#include "atopdump/report/hosts.h"
#include "ddl/ddl.h"
#include "print/format/formats.h"
#include "print/query/query.h"

enum options_request {
	OPTIONS_RUN,     /* run the verb */
	OPTIONS_HELP,    /* print its help instead */
	OPTIONS_VERSION, /* print the version instead */
	OPTIONS_VIEWS    /* list the views instead */
};

struct option_row;

/* The values of --begin, --end and --tz; NULL: not given. */
struct window_options {
	const char *begin, *end, *zone;
};

/* An option of the command line, as it is given. */
struct option_word {
	const struct option_row *row;
	const char *value; /* NULL: it takes none */
};

#define OPTION_WORD_MAX (16u << 10) /* bytes of one in a manifest */

struct options {
	enum options_request request;
	const struct verb *verb;
	uint64_t given; /* bit n: row n of the option table */
	const struct format *format;
	const struct option_row *format_by; /* the option that set it; NULL: none */
	unsigned form;                      /* of the verb's forms, the one that --format names */
	enum host_by host_by;               /* --host-by */
	const char *tree_time;              /* of --tree; NULL: the last sample */
	struct word_set tables;             /* what --tables names */
	char *words;                        /* owns the strings in `tables` */
	char *views;  /* what --view names, cut into words once `tables` has them too; NULL: nothing */
	char *fields; /* what all --fields name; NULL: nothing */
	struct selection_options selects; /* --fields, --where and --by */
	struct selection selection;       /* of these, if one is given */
	struct query query;               /* without its tables: options_query() */
	struct output_place place;
	struct option_word *option_words; /* all options, in their order */
	size_t nwords;
	const char *manifest;     /* --manifest; NULL: none */
	const char *partition;    /* --partition, which is then the place too; NULL: none */
	struct dump_options dump; /* without its samples */
	struct window_options window;
	struct sample_choice samples; /* which samples are shown; none has been seen */
	const char *layout;           /* --schema; NULL: none */
	bool as_given;                /* --as */
	enum ddl_engine engine;       /* --as; that with the number 0 by default */
	unsigned part;                /* --part; 0: all logs of the FILE */
	unsigned limit;               /* rows of each table; 0: all */
	bool summary;    /* standard error is a terminal, or --verbose: a run over several files ends with a summary */
	bool verb_named; /* the command line names it */
	bool check;      /* --check */
	bool suspect;    /* --suspect */
	bool accept_damage; /* damage is no failure */
	bool sandbox;
	const char *list; /* --files-from; NULL: none */
	bool list_nul;    /* its names end in NULs */
	struct file_list listed;
	char **files; /* at least one, "-" if none is named */
	int nfiles;
	bool unnamed; /* no FILE is named */
};

#define OPTIONS_MESSAGE_MAX 2048

/*
 * Fills `o` from a command line, whose strings must outlive it. False: the line is wrong, and `why` (OPTIONS_MESSAGE_MAX
 * bytes) says how. options_free is due in either case.
 */
bool options_parse(struct options *o, int argc, char **argv, char *why);

void options_free(struct options *o);

/* The query, complete. `o` must outlive it. */
struct query options_query(const struct options *o);

#endif
