/*
 * options: the command line as a struct, checked as far as it can be without opening a log. Prints nothing.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "atopdump/dump/dump.h"
#include "print/format/formats.h"
#include "print/query/query.h"

enum options_action {
	OPTIONS_DUMP,
	OPTIONS_REPAIR,
	OPTIONS_VERSION,
	OPTIONS_LIST,
	OPTIONS_HELP
};

struct options {
	enum options_action	  action;
	const struct format	 *format;
	struct names		  tables;
	struct query		  query;
	struct output_place	  place;
	struct dump_options	  dump;
	struct choice		  choice;	/* of the release that the logs are read as */
	char			**files;	/* at least one */
	int			  nfiles;
	bool			  unnamed;	/* no file was named: it is standard input */
	unsigned		  part;		/* repair: the only log of the file that is wanted; 0: all */
	bool			  sandbox;	/* what reading and writing do not need is given up */
	char			 *list;		/* owns the words of `tables` */
};

#define OPTIONS_MESSAGE_MAX	1024

/* Fills in `o` from a command line. False: it is wrong, and `why` (OPTIONS_MESSAGE_MAX bytes) says how. */
bool	options_parse(struct options *o, int argc, char **argv, char *why);

void	options_free(struct options *o);

extern const char	options_usage[];

#endif
