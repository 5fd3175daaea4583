/*
 * option_check: asks the tables of verbs, options and formats; names no verb and no format itself.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atopdump/cli/option_check.h"
#include "atopdump/cli/option_table.h"
#include "atopdump/cli/option_window.h"
#include "atopdump/cli/refuse.h"
#include "atopdump/dump/digest.h"
#include "print/query/view.h"
#include "print/text/put.h"

/* Refuses an option that the verb does not take, and says which verbs do. */
static bool
refuse_option(const struct options *o, const struct option_row *row, char *why)
{
	const char *before = "; it goes with ";

	refuse(why, "--%s does not go with %s", row->name, o->verb->name);
	for (size_t i = 0; i < nverbs; i++)
		if ((row->verbs & verbs[i].bit) != 0) {
			refuse_add(why, before, verbs[i].name, "");
			before = ", ";
		}
	return false;
}

/* Whether the verb takes the options given and as many operands. */
static bool
check_verb(const struct options *o, char *why)
{
	for (size_t i = 0; i < option_nrows; i++)
		if ((o->given >> i & 1) != 0 && (option_rows[i].verbs & o->verb->bit) == 0)
			return refuse_option(o, &option_rows[i], why);
	if (o->verb->files_max == 0 && !o->unnamed)
		return refuse(why, "%s takes no %s", o->verb->name, o->verb->operand);
	if (o->nfiles > o->verb->files_max && !o->unnamed)
		return refuse(why, "%s takes one %s at a time", o->verb->name, o->verb->operand);
	return true;
}

/* Refuses the first of the tables, or views, asked for that is not `known`, and says which there are. */
static bool
check_known(const struct word_set *asked, const struct word_set *known, const char *what, char *why)
{
	const char *nearest;
	size_t i;

	for (i = 0; i < asked->count; i++)
		if (!word_set_has(known, asked->words[i]))
			break;
	if (i == asked->count)
		return true;
	refuse(why, "there is no %s '%.64s'", what, asked->words[i]);
	nearest = word_set_nearest(known, asked->words[i]);
	if (nearest != NULL)
		refuse_add(why, "; did you mean '", nearest, "'?");
	for (size_t k = 0; k < known->count; k++)
		refuse_add(why, k > 0 ? ", " : nearest != NULL ? " there are " : "; there are ", known->words[k], "");
	return false;
}

/* Whether the format has the tables asked for. */
static bool
check_tables(const struct options *o, char *why)
{
	struct word_set known = { NULL, 0 };
	bool ok;

	if (o->tables.count == 0)
		return true;
	if (o->format->add_words == NULL)
		return refuse(why, "--tables does not go with --format=%s", o->format->name);
	ok = o->format->add_words(&known) ? check_known(&o->tables, &known, "table", why)
					  : refuse(why, "out of memory");
	word_set_free(&known);
	return ok;
}

/* Cuts the list into its words. False: out of memory. */
static bool
split_list(char *list, struct word_set *words)
{
	for (char *next; list != NULL; list = next) {
		next = strchr(list, ',');
		if (next != NULL)
			*next++ = '\0';
		if (!word_set_add(words, list))
			return false;
	}
	return true;
}

/* Refuses an option that the format does not take, and says which formats do. */
static bool
refuse_format(const struct options *o, const char *name, bool (*takes)(const struct format *f, unsigned print),
    unsigned print, char *why)
{
	const char *before = "; it goes with ";

	refuse(why, "--%s does not go with --format=%s", name, o->format->name);
	for (size_t i = 0; i < formats_count; i++)
		if (takes(formats[i], print)) {
			refuse_add(why, before, formats[i]->name, "");
			before = ", ";
		}
	return false;
}

static bool
takes_print(const struct format *f, unsigned print)
{
	return (f->print & print) != 0;
}

static bool
takes_tables(const struct format *f, unsigned print)
{
	(void)print;
	return f->by_table;
}

static bool
takes_views(const struct format *f, unsigned print)
{
	(void)print;
	return f->selects;
}

/* Makes the views asked for tables asked for. */
static bool
add_views(struct options *o, char *why)
{
	struct word_set asked = { NULL, 0 }, known = { NULL, 0 };
	bool ok = true;

	if (o->views == NULL)
		return true;
	if (!o->format->selects)
		return refuse_format(o, "view", takes_views, 0, why);
	for (size_t i = 0; i < catalog_nviews && ok; i++)
		ok = word_set_add(&known, catalog_views[i].table.name);
	ok = ok && split_list(o->views, &asked);
	if (!ok)
		refuse(why, "out of memory");
	ok = ok && check_known(&asked, &known, "view", why);
	for (size_t i = 0; i < asked.count && ok; i++)
		ok = word_set_add(&o->tables, asked.words[i]) || refuse(why, "out of memory");
	word_set_free(&asked);
	word_set_free(&known);
	return ok;
}

/* Whether the format takes a printing option that is given as `name`. */
static bool
check_print(const struct options *o, unsigned print, const char *name, char *why)
{
	return (o->query.print & print & ~o->format->print) == 0 || refuse_format(o, name, takes_print, print, why);
}

static bool
takes_labels(const struct format *f, unsigned print)
{
	(void)print;
	return f->labels;
}

/* Whether the format takes the options of labels that are given. */
static bool
check_labels(const struct options *o, char *why)
{
	const struct label_choice *l = &o->query.labels;
	const char *name = l->labels != 0 ? "labels" : l->style.compat ? "compat" : l->as != NULL ? "as" : NULL;

	if (l->style.no_spaces && !o->format->joins_words)
		return refuse(why, "-Z (--no-spaces) goes with --format=parseable");
	return name == NULL || o->format->labels || refuse_format(o, name, takes_labels, 0, why);
}

/* Whether the list of files is not the output. */
static bool
check_list(const struct options *o, char *why)
{
	struct stat list, output;

	if (o->list_nul && o->list == NULL)
		return refuse(why, "--null goes with --files-from");
	if (o->list == NULL || o->place.path == NULL || stat(o->list, &list) < 0 || stat(o->place.path, &output) < 0 ||
	    !S_ISREG(list.st_mode) || list.st_dev != output.st_dev || list.st_ino != output.st_ino)
		return true;
	return refuse(why, "--output is the list of --files-from");
}

bool
option_check_selects(const struct options *o)
{
	return o->selects.fields != NULL || o->selects.condition != NULL || o->selects.by != NULL;
}

/* Makes the selection of rows of the verb's own table. */
static bool
select_rows(struct options *o, char *why)
{
	if (o->selects.fields != NULL && o->form >= o->verb->nchoosing)
		return refuse(why, "--fields does not go with --format=%s", o->format->name);
	return !option_check_selects(o) || selection_make_of(&o->selection, o->verb->table, &o->selects, why);
}

/* Makes the selection that the options ask for. */
static bool
make_selection(struct options *o, char *why)
{
	const char *name = o->selects.condition != NULL ? "where" : o->selects.fields != NULL ? "fields" : "top";

	if (o->verb->table != NULL)
		return select_rows(o, why);
	if ((o->query.top == 0) != (o->selects.by == NULL))
		return refuse(why, "--top and --by go together");
	if (!option_check_selects(o))
		return true;
	if (!o->format->selects)
		return refuse(why, "--%s does not go with --format=%s", name, o->format->name);
	if (!o->format->by_table && o->selects.by != NULL && (o->views == NULL || o->words != NULL))
		return refuse_format(o, "top", takes_tables, 0, why);
	o->selects.structs = !o->format->by_table;
	return selection_make(&o->selection, &o->tables, &o->selects, why) &&
	    (o->format->check == NULL || o->selects.fields == NULL || o->format->check(&o->selection, why));
}

static bool
check_limit(const struct options *o, char *why)
{
	return o->limit == 0 || o->format->limited ||
	    refuse(why, "--limit does not go with --format=%s", o->format->name);
}

/* Whether the options that say what is reported, and what damage means, go together. */
static bool
check_reports(const struct options *o, char *why)
{
	if ((o->query.with_file || o->query.without_file) && !o->format->names_files)
		return refuse(why, "--%s goes with --format=json",
		    o->query.with_file ? "with-filename" : "no-filename");
	if (o->dump.quiet && o->dump.verbose)
		return refuse(why, "--quiet does not go with --verbose");
	return !o->accept_damage || !o->dump.strict || refuse(why, "--accept-damage does not go with --strict");
}

/* Whether a partition tree can be written; it becomes the place of the output. */
static bool
check_partition(struct options *o, char *why)
{
	struct stat st;

	if (o->partition == NULL)
		return true;
	if (!digest_is_built_in())
		return refuse(why, "--partition needs SHA-256, and this build is without nettle: " DIGEST_PACKAGES);
	if (o->place.path != NULL)
		return refuse(why, "--partition does not go with --output");
	if (!o->format->by_table || o->format->rewrites)
		return refuse(why, "--partition does not go with --format=%s, but with csv, rows and avro",
		    o->format->name);
	if (o->limit > 0 || o->dump.strict)
		return refuse(why, "--partition does not go with --%s", o->limit > 0 ? "limit" : "strict");
	for (int i = 0; i < o->nfiles; i++)
		if (strcmp(o->files[i], "-") == 0)
			return refuse(why,
			    "--partition reads each FILE twice, which is not possible with standard input");
	if (stat(o->partition, &st) == 0 && !S_ISDIR(st.st_mode))
		return refuse(why, "--partition=%.512s is not a folder", o->partition);
	o->place.path = o->partition;
	return true;
}

/* Whether a manifest can be written. */
static bool
check_manifest(const struct options *o, char *why)
{
	if (o->manifest == NULL)
		return true;
	if (!digest_is_built_in())
		return refuse(why, "--manifest needs SHA-256, and this build is without nettle: " DIGEST_PACKAGES);
	for (size_t i = 0; i < o->nwords; i++) {
		const struct option_word *word = &o->option_words[i];

		if (word->value != NULL && strlen(word->row->name) + strlen(word->value) > OPTION_WORD_MAX - 8)
			return refuse(why, "--manifest cannot hold the value of --%s: it is longer than %d bytes",
			    word->row->name, (int)OPTION_WORD_MAX);
	}
	return true;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return path[strlen(path) - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* Whether the path is that of a regular file, which the format needs. */
static bool
check_file(const struct options *o, char *why)
{
	const char *path = o->place.path, *name = o->format->name;
	struct stat st;

	if (path == NULL)
		return refuse(why, "--format=%s writes a file: name it with --output=FILE", name);
	if (is_folder(path))
		return refuse(why, "%s is a folder; --format=%s writes one file", path, name);
	return stat(path, &st) < 0 || S_ISREG(st.st_mode) ||
	    refuse(why, "%s is no regular file, which --format=%s needs", path, name);
}

/* Whether the output fits the path: of tables, one goes to one place, several go to a folder. */
static bool
check_output(struct options *o, char *why)
{
	const char *path = o->place.path;

	if (o->format->rewrites)
		return check_file(o, why);
	if (!o->format->by_table)
		return path == NULL || !is_folder(path) || refuse(why, "%s is a folder", path);
	if (path != NULL) {
		o->place.folder = o->partition != NULL || is_folder(path) ||
		    (o->tables.count != 1 && !o->format->mixes);
		return true;
	}
	if (o->tables.count == 1 || o->format->mixes)
		return true;
	return refuse(why,
	    "%s is one table at a time: choose one with --tables=TABLE (such as tstat), "
	    "or a folder for a file each with --output=DIR",
	    o->format->name);
}

/* The number of cores that are online, if a run needs it. */
static void
set_default_jobs(struct options *o)
{
	long cores;

	if (o->dump.jobs != 0 || o->request != OPTIONS_RUN)
		return;
	cores = sysconf(_SC_NPROCESSORS_ONLN);
	o->dump.jobs = cores < 1 ? 1 : cores > OPTION_JOBS_MAX ? OPTION_JOBS_MAX : (unsigned)cores;
}

/* Makes the time of --tree the end of the window. */
static bool
check_tree(struct options *o, char *why)
{
	if (o->tree_time == NULL)
		return true;
	if (o->window.end != NULL)
		return refuse(why, "--tree=TIME does not go with --end");
	o->window.end = o->tree_time;
	return true;
}

bool
option_check(struct options *o, char *why)
{
	set_default_jobs(o);
	if (o->request == OPTIONS_VIEWS)
		return check_verb(o, why);
	return o->request != OPTIONS_RUN ||
	    (check_verb(o, why) && check_tree(o, why) && option_window_make(o, why) &&
		check_print(o, PRINT_RESERVED, "reserved", why) && check_print(o, PRINT_CSV_SAFE, "csv-safe", why) &&
		check_print(o, PRINT_EPOCH, "time=epoch", why) && check_print(o, PRINT_NAMES, "flags=names", why) &&
		check_labels(o, why) && check_reports(o, why) && check_limit(o, why) && check_list(o, why) &&
		check_tables(o, why) && add_views(o, why) && check_partition(o, why) && check_manifest(o, why) &&
		check_output(o, why) && make_selection(o, why));
}
