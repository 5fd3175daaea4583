/*
 * options: the walk along the command line. getopt_long gets its arrays from the option table.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atopdump/cli/option_check.h"
#include "atopdump/cli/option_table.h"
#include "atopdump/cli/options.h"
#include "atopdump/cli/refuse.h"

#define LONG_ONLY 256 /* getopt's value of row n: its letter, or LONG_ONLY + n */

/* The option table as getopt_long wants it. */
struct getopt_arrays {
	char letters[3 * OPTION_ROWS_MAX + 2];
	struct option names[OPTION_ROWS_MAX + 1];
};

static void
fill_arrays(struct getopt_arrays *g)
{
	char *letter;

	memset(g, 0, sizeof *g);
	letter = g->letters;
	*letter++ = ':'; /* a missing value gives ':', not '?' */
	for (size_t i = 0; i < option_nrows; i++) {
		const struct option_row *row = &option_rows[i];

		g->names[i].name = row->name;
		g->names[i].has_arg = row->optional ? optional_argument
		    : row->value != NULL            ? required_argument
						    : no_argument;
		g->names[i].val = LONG_ONLY + (int)i;
		if (row->letter == '\0')
			continue;
		*letter++ = row->letter;
		if (row->value != NULL)
			*letter++ = ':';
	}
}

/* The row of a value that getopt_long returned or left in optopt; NULL: none. */
static const struct option_row *
find_row(int value)
{
	if (value >= LONG_ONLY)
		return &option_rows[value - LONG_ONLY];
	for (size_t i = 0; i < option_nrows; i++)
		if (value != '\0' && option_rows[i].letter == value)
			return &option_rows[i];
	return NULL;
}

/* Refuses a word that is not the name of an option; "--" is already removed. */
static bool
refuse_name(const char *word, char *why)
{
	const size_t length = strcspn(word, "=");
	const char *before = ": ", *nearest;
	size_t nmatches = 0;

	for (size_t i = 0; i < option_nrows; i++)
		nmatches += strncmp(option_rows[i].name, word, length) == 0;
	if (nmatches == 0) {
		refuse(why, "unknown option '--%.*s'", (int)length, word);
		nearest = option_nearest(word, length);
		if (nearest != NULL)
			refuse_add(why, "; did you mean '--", nearest, "'?");
		return false;
	}
	refuse(why, "ambiguous option '--%.*s'", (int)length, word);
	for (size_t i = 0; i < option_nrows; i++)
		if (strncmp(option_rows[i].name, word, length) == 0) {
			refuse_add(why, before, "--", option_rows[i].name);
			before = ", ";
		}
	return false;
}

/* Refuses the word that getopt_long could not parse. */
static bool
refuse_word(const char *word, bool value_missing, char *why)
{
	const struct option_row *row = find_row(optopt);
	const bool by_letter = optopt != 0 && optopt < LONG_ONLY;

	if (value_missing)
		return by_letter ? refuse(why, "-%c needs a value", optopt)
				 : refuse(why, "--%s needs a value", row->name);
	if (by_letter)
		return refuse(why, "unknown option '-%c'", optopt);
	if (row != NULL)
		return refuse(why, "--%s takes no value", row->name);
	return refuse_name(word + 2, why);
}

static bool
set_option(struct options *o, const struct option_row *row, char *why)
{
	const uint64_t bit = UINT64_C(1) << (row - option_rows);

	if (row->value != NULL && !row->adds && (o->given & bit) != 0)
		return refuse(why, "--%s is given twice", row->name);
	o->given |= bit;
	o->option_words[o->nwords++] = (struct option_word){ row, optarg };
	return row->set(o, row, optarg, why);
}

/* Whether the verb takes the option of that name. */
static bool
verb_takes(const struct options *o, const char *name)
{
	for (size_t i = 0; i < option_nrows; i++)
		if (strcmp(option_rows[i].name, name) == 0)
			return (option_rows[i].verbs & o->verb->bit) != 0;
	return false;
}

/* Makes the files of --files-from those of the command line. */
static bool
read_list(struct options *o, char *why)
{
	if (o->list == NULL)
		return true;
	if (!o->unnamed)
		return refuse(why, "--files-from does not go with FILE '%.64s'", o->files[0]);
	if (o->request != OPTIONS_RUN || !verb_takes(o, "files-from")) /* which option_check refuses */
		return true;
	if (!file_list_read(&o->listed, o->list, o->list_nul, why))
		return false;
	o->unnamed = false;
	o->files = o->listed.files;
	o->nfiles = o->listed.count;
	return true;
}

/* Makes the list of all --tables the set of their words. */
static bool
split_tables(struct options *o, char *why)
{
	for (char *word = o->words, *next; word != NULL; word = next) {
		next = strchr(word, ',');
		if (next != NULL)
			*next++ = '\0';
		if (!word_set_add(&o->tables, word))
			return refuse(why, "out of memory");
	}
	return true;
}

/* At least as many as the options among these words: a word may have several letters. */
static size_t
count_options(int argc, char **argv)
{
	size_t n = 1;

	for (int i = 0; i < argc; i++)
		n += argv[i][0] != '-' ? 0 : argv[i][1] == '-' ? 1 : strlen(argv[i]);
	return n;
}

static bool
parse_words(struct options *o, int argc, char **argv, char *why)
{
	static char standard_input[] = "-";
	static char *no_files[] = { standard_input, NULL };
	struct getopt_arrays g;
	int value;

	o->option_words = calloc(count_options(argc, argv), sizeof *o->option_words);
	if (o->option_words == NULL)
		return refuse(why, "out of memory");
	fill_arrays(&g);
	optind = 0; /* getopt starts anew */
	opterr = 0;
	while ((value = getopt_long(argc, argv, g.letters, g.names, NULL)) != -1) {
		if (value == '?' || value == ':')
			return refuse_word(argv[optind - 1], value == ':', why);
		if (!set_option(o, find_row(value), why))
			return false;
	}
	o->unnamed = optind == argc;
	o->files = o->unnamed ? no_files : argv + optind;
	o->nfiles = o->unnamed ? 1 : argc - optind;
	return split_tables(o, why) && read_list(o, why);
}

/* Refuses a first word that is neither a file nor a path, but almost a verb. */
static bool
check_first(const char *word, char *why)
{
	const char *nearest;

	if (*word == '-' || strchr(word, '/') != NULL || access(word, F_OK) == 0 || errno != ENOENT)
		return true;
	nearest = verbs_nearest(word);
	return nearest == NULL || refuse(why, "no file '%.64s'; did you mean the verb '%s'?", word, nearest);
}

bool
options_parse(struct options *o, int argc, char **argv, char *why)
{
	const struct verb *verb = argc > 1 ? verbs_find(argv[1]) : NULL;
	const int skipped = verb != NULL;

	memset(o, 0, sizeof *o);
	o->verb = verb != NULL ? verb : &verbs[0];
	o->verb_named = verb != NULL;
	o->format = o->verb->formats != NULL ? o->verb->formats(0) : formats[0];
	o->sandbox = true;
	o->summary = isatty(STDERR_FILENO);
	if (verb == NULL && argc > 1 && !check_first(argv[1], why))
		return false;
	return parse_words(o, argc - skipped, argv + skipped, why) && option_check(o, why);
}

void
options_free(struct options *o)
{
	selection_free(&o->selection);
	word_set_free(&o->tables);
	free(o->words);
	o->words = NULL;
	free(o->views);
	o->views = NULL;
	free(o->fields);
	o->fields = NULL;
	file_list_free(&o->listed);
	free(o->option_words);
	o->option_words = NULL;
}

struct query
options_query(const struct options *o)
{
	struct query query = o->query;

	query.tables = &o->tables;
	query.selection = option_check_selects(o) ? &o->selection : NULL;
	return query;
}
