/*
 * options: see options.h.
 */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/cli/options.h"
#include "print/text/put.h"

const char options_usage[] =
    "usage: atopdump [OPTION]... [FILE]...\n"
    "       atopdump repair [OPTION]... [FILE]\n"
    "Prints what the raw logs FILE of atop hold, whatever release and machine wrote them. Without FILE,\n"
    "or where FILE is -, standard input is read. Gzip is undone.\n"
    "\n"
    "  -f, --format=FORMAT  json: an object a line (the default)\n"
    "                       csv: RFC 4180, one table to standard output, or each to a file of its own\n"
    "                       atopdump: the lines of the script atopdump.py\n"
    "  -t, --tables=LIST    only these: for json rawheader, rawrecord, sstat, tstat, cstat; for csv such as\n"
    "                       tstat or sstat.cpu.cpu (a wrong name lists them all)\n"
    "  -o, --output=PATH    write to this file, which appears when all is written; with csv, if PATH is\n"
    "                       a folder, ends in a slash, or there is not exactly one table: PATH/TABLE.csv\n"
    "      --force          replace files that exist; but never one that is read\n"
    "  -j, --jobs=N         work with N threads (default: one for each core); the output is the same\n"
    "      --reserved       show all that is stored: reserved members, and what means nothing\n"
    "      --csv-safe       csv for spreadsheets: a ' before text that begins as a formula (= + - @), controls\n"
    "                       as \\x1b; NAME_hex has the exact bytes of each text changed so\n"
    "      --schema=RELEASE[/MODEL]\n"
    "                       read the logs as of that release and data model (see --list), whatever\n"
    "                       their headers say\n"
    "      --carve          look for records in anything, such as the image of a disk, and say where they were\n"
    "      --strict         stop at the first damage\n"
    "      --no-sandbox     do not give up, once the files are open, what reading and writing do not need\n"
    "      --list           list the releases and data models it knows, and what tells them apart\n"
    "  -V, --version        print what this program is and which releases of atop it knows\n"
    "  -h, --help           print this\n"
    "\n"
    "repair writes a raw log: the header of FILE and each record that is intact, byte for byte. What it leaves\n"
    "out, it says. It takes --output, --force, --schema and --no-sandbox; and where several logs stand in FILE, one behind\n"
    "the other, --part=N: only the Nth, which atop itself can read.\n"
    "\n"
    "Exit status: 0 if all was read, 1 for a usage or I/O error, 2 for a file that is no atop log or of a\n"
    "layout that no schema describes, 3 if there was damage and everything readable was printed. Of several\n"
    "files the worst counts, in the order 1, 2, 3.\n";

enum long_only {
	OPTION_RESERVED = 256,
	OPTION_CSV_SAFE,
	OPTION_SCHEMA,
	OPTION_STRICT,
	OPTION_NO_SANDBOX,
	OPTION_CARVE,
	OPTION_PART,
	OPTION_LIST,
	OPTION_FORCE
};

static const struct option long_options[] = {
	{"format",	required_argument,	NULL, 'f'},
	{"tables",	required_argument,	NULL, 't'},
	{"output",	required_argument,	NULL, 'o'},
	{"force",	no_argument,		NULL, OPTION_FORCE},
	{"jobs",	required_argument,	NULL, 'j'},
	{"reserved",	no_argument,		NULL, OPTION_RESERVED},
	{"csv-safe",	no_argument,		NULL, OPTION_CSV_SAFE},
	{"schema",	required_argument,	NULL, OPTION_SCHEMA},
	{"strict",	no_argument,		NULL, OPTION_STRICT},
	{"no-sandbox",	no_argument,		NULL, OPTION_NO_SANDBOX},
	{"carve",	no_argument,		NULL, OPTION_CARVE},
	{"part",	required_argument,	NULL, OPTION_PART},
	{"list",	no_argument,		NULL, OPTION_LIST},
	{"version",	no_argument,		NULL, 'V'},
	{"help",	no_argument,		NULL, 'h'},
	{NULL,		0,			NULL, 0}
};

static bool __attribute__((format(printf, 2, 3)))
refuse(char *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, OPTIONS_MESSAGE_MAX, format, args);
	va_end(args);
	return false;
}

/* Appends to a refusal. */
static void
say(char *why, const char *before, const char *word, const char *after)
{
	size_t used = strlen(why);

	snprintf(why + used, OPTIONS_MESSAGE_MAX - used, "%s%s%s", before, word, after);
}

static bool
set_format(struct options *o, const char *name, char *why)
{
	o->format = formats_find(name);
	if (o->format != NULL)
		return true;
	refuse(why, "there is no format '%s'; there are ", name);
	for (size_t i = 0; i < formats_count; i++)
		say(why, i == 0 ? "" : i + 1 < formats_count ? ", " : " and ", formats[i]->name, "");
	return false;
}

/* Adds the words between the commas of `list` to the tables asked for. */
static bool
set_tables(struct options *o, const char *list, char *why)
{
	char *word, *next;

	if (o->list != NULL)
		return refuse(why, "--tables is given twice; it takes several names, with commas");
	o->list = strdup(list);
	if (o->list == NULL)
		return refuse(why, "not enough memory");
	for (word = o->list; word != NULL; word = next) {
		next = strchr(word, ',');
		if (next != NULL)
			*next++ = '\0';
		if (*word == '\0')
			return refuse(why, "--tables has an empty name in '%s'", list);
		if (!names_add(&o->tables, word))
			return refuse(why, "not enough memory");
	}
	return true;
}

#define JOBS_MAX	1024
#define PART_MAX	1000000

/* The number that an option takes, from 1 to `max`. */
static bool
set_number(unsigned *to, const char *option, const char *number, unsigned max, char *why)
{
	char *end;
	unsigned long value = strtoul(number, &end, 10);

	if (*number < '0' || *number > '9' || *end != '\0' || value < 1 || value > max)
		return refuse(why, "%s takes a number from 1 to %u, not '%.64s'", option, max, number);
	*to = (unsigned)value;
	return true;
}

/* One thread for each core that is on. */
static unsigned
count_cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (unsigned)n;
}

/* One option as getopt_long found it. */
static bool
set_option(struct options *o, int option, char **argv, char *why)
{
	char words[CHOICE_MESSAGE_MAX];

	switch (option) {
	case 'f':
		return set_format(o, optarg, why);
	case 't':
		return set_tables(o, optarg, why);
	case 'o':
		if (*optarg == '\0')
			return refuse(why, "--output needs a path");
		o->place.path = optarg;
		return true;
	case OPTION_FORCE:
		o->place.force = true;
		return true;
	case 'j':
		return set_number(&o->dump.jobs, "--jobs", optarg, JOBS_MAX, why);
	case OPTION_RESERVED:
		o->query.print |= PRINT_RESERVED;
		return true;
	case OPTION_CSV_SAFE:
		o->query.print |= PRINT_CSV_SAFE;
		return true;
	case OPTION_SCHEMA:
		if (choice_parse(&o->choice, optarg, words))
			return true;
		return refuse(why, "%s", words);
	case OPTION_STRICT:
		o->dump.strict = true;
		return true;
	case OPTION_NO_SANDBOX:
		o->sandbox = false;
		return true;
	case OPTION_CARVE:
		o->dump.carve = o->query.offsets = true;
		return true;
	case OPTION_PART:
		return set_number(&o->part, "--part", optarg, PART_MAX, why);
	case OPTION_LIST:
		o->action = OPTIONS_LIST;
		return true;
	case 'V':
		o->action = OPTIONS_VERSION;
		return true;
	case 'h':
		o->action = OPTIONS_HELP;
		return true;
	case ':':
		return refuse(why, "%s needs a value", argv[optind - 1]);
	default:
		if (optopt > 0 && optopt < OPTION_RESERVED)
			return refuse(why, "-%c is no option it knows", optopt);
		return refuse(why, "%s is no option it knows", argv[optind - 1]);
	}
}

/* --- what goes together --------------------------------------------------------------------------------- */

/* Refuses the first table asked for that no release has, and says which there are. */
static bool
check_known(const struct options *o, const struct names *known, char *why)
{
	const char *nearest;
	size_t i, k;

	for (i = 0; i < o->tables.count; i++)
		if (!names_have(known, o->tables.list[i]))
			break;
	if (i == o->tables.count)
		return true;
	refuse(why, "there is no table '%.64s'", o->tables.list[i]);
	nearest = names_nearest(known, o->tables.list[i]);
	if (nearest != NULL)
		say(why, " (did you mean '", nearest, "'?)");
	for (k = 0; k < known->count; k++)
		say(why, k == 0 ? "; there are " : ", ", known->list[k], "");
	return false;
}

/* Whether what is asked for is there in the format. */
static bool
check_content(const struct options *o, char *why)
{
	struct names known = {NULL, 0};
	bool right;

	if ((o->query.print & PRINT_CSV_SAFE & ~o->format->print) != 0)
		return refuse(why, "--csv-safe goes with --format=%s", formats_find_option(PRINT_CSV_SAFE)->name);
	if (o->format->add_words == NULL)
		return o->tables.count == 0 || refuse(why, "--tables does not go with --format=%s", o->format->name);
	right = o->format->add_words(&known) ? check_known(o, &known, why) : refuse(why, "not enough memory");
	names_free(&known);
	return right;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return path[strlen(path) - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* One table goes to one place, or each into a folder. */
static bool
check_output(struct options *o, char *why)
{
	const char *path = o->place.path;

	if (!o->format->by_table)
		return path == NULL || !is_folder(path) ? true : refuse(why, "%s is a folder", path);
	if (path != NULL) {
		o->place.folder = o->tables.count != 1 || is_folder(path);
		return true;
	}
	if (o->tables.count == 1)
		return true;
	return refuse(why, "%s is one table at a time: choose one with --tables=TABLE (such as tstat), "
	    "or a folder for a file each with --output=DIR", o->format->name);
}

/* A repair takes one log, and nothing that concerns text. */
static bool
check_repair(const struct options *o, char *why)
{
	if (o->nfiles > 1)
		return refuse(why, "repair takes one log at a time");
	if (o->format != formats[0] || o->tables.count > 0 || o->query.print != 0 || o->dump.strict ||
	    o->dump.carve)
		return refuse(why, "repair takes no other options than --output, --force, --part, --schema and --no-sandbox");
	return o->place.path == NULL || !is_folder(o->place.path) || refuse(why, "%s is a folder", o->place.path);
}

static bool
check(struct options *o, char *why)
{
	switch (o->action) {
	case OPTIONS_DUMP:
		if (o->part != 0)
			return refuse(why, "--part goes with repair");
		return check_content(o, why) && check_output(o, why);
	case OPTIONS_REPAIR:
		return check_repair(o, why);
	default:
		return true;
	}
}

bool
options_parse(struct options *o, int argc, char **argv, char *why)
{
	static char standard_input[] = "-";
	static char *no_files[] = {standard_input, NULL};
	int option;

	memset(o, 0, sizeof *o);
	o->format = formats[0];
	o->query.tables = &o->tables;
	o->dump.jobs = count_cores();
	o->sandbox = true;
	if (argc > 1 && strcmp(argv[1], "repair") == 0) {
		o->action = OPTIONS_REPAIR;
		argc--;
		argv++;
	}
	optind = 0;			/* forgets the line that was parsed before, if any */
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":f:t:o:j:Vh", long_options, NULL)) != -1)
		if (!set_option(o, option, argv, why))
			return false;
	o->files = optind < argc ? argv + optind : no_files;
	o->unnamed = optind == argc;
	o->nfiles = optind < argc ? argc - optind : 1;
	o->query.several = o->nfiles > 1;
	return check(o, why);
}

void
options_free(struct options *o)
{
	names_free(&o->tables);
	free(o->list);
	o->list = NULL;
}
