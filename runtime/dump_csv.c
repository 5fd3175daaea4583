/*
 * dump_csv: CSV as RFC 4180 has it, a table at a time to one place, or a file for each table in a folder.
 * Owns header rows and the first cells of each row; the rest of a row is printed by generated code.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dump.h"
#include "output.h"
#include "put.h"

#define DAMAGE_TABLE	"damage"

/* Where the rows of one table go, whatever log they come from. */
struct sink {
	const char	*name;			/* of the table */
	char		*columns;		/* as in the header row, which is written; the sink's own */
	struct output	 output;
};

/* A table of the log at hand and its sink. */
struct binding {
	const struct catalog_struct	*of;
	const struct table		*table;
	const char			*tail;		/* the rows are of a chain, whose names are called so */
	bool				 grouped;	/* the rows are of structs that can be in a cgroup */
	struct sink			*sink;
};

struct dump_csv {
	struct dump			 dump;
	const struct dump_options	*options;
	struct sink			**sinks;
	size_t				 nsinks;
	struct binding			*bindings;
	size_t				 nbindings;
	struct writer			 head;		/* the first cells of a row, in memory */
	size_t				 log_size;	/* of the head: what all rows of the log begin with */
	int				 failure;	/* errno of what failed beside the sinks; 0 */
	bool				 made_folder;
};

/* --- sinks ---------------------------------------------------------------------------------------------- */

/* Opens the place for a table in `sink`. 0, or an errno. */
static int
open_sink(const struct dump_options *options, struct sink *sink)
{
	size_t size;
	char *path;
	int failure;

	if (!options->folder)
		return output_open(&sink->output, options->path);
	/* every sink has a name: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	size = strlen(options->path) + strlen(sink->name) + sizeof "/.csv";
	path = malloc(size);
	if (path == NULL)
		return ENOMEM;
	snprintf(path, size, "%s/%s.csv", options->path, sink->name);
	failure = output_open(&sink->output, path);
	free(path);
	return failure;
}

static void
put_header_row(const struct dump_options *options, const char *first, struct sink *sink)
{
	struct writer *out = &sink->output.writer;

	if (options->several)
		writer_put(out, "file,", strlen("file,"));
	writer_put(out, first, strlen(first));
	writer_put(out, sink->columns, strlen(sink->columns));
	writer_put(out, "\r\n", 2);
}

/*
 * A new sink with its header row: the cells named `first`, then the table's `columns`, which become the sink's. NULL,
 * and `failure` is set.
 */
static struct sink *
add_sink(struct dump_csv *c, const char *name, const char *first, char *columns)
{
	struct sink **sinks = realloc(c->sinks, (c->nsinks + 1) * sizeof *sinks);
	struct sink *sink = calloc(1, sizeof *sink);

	if (sinks != NULL)
		c->sinks = sinks;
	if (sinks == NULL || sink == NULL || columns == NULL) {
		free(sink);
		free(columns);
		c->failure = ENOMEM;
		return NULL;
	}
	sink->name = name;
	sink->columns = columns;
	c->failure = open_sink(c->options, sink);
	if (c->failure != 0) {
		free(columns);
		free(sink);
		return NULL;
	}
	put_header_row(c->options, first, sink);
	c->sinks[c->nsinks++] = sink;
	return sink;
}

static struct sink *
find_sink(const struct dump_csv *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->nsinks; i++)
		if (strcmp(c->sinks[i]->name, name) == 0)
			return c->sinks[i];
	return NULL;
}

/* --- the tables of a log -------------------------------------------------------------------------------- */

static bool
is_selected(const struct dump_csv *c, const char *table)
{
	return c->options->tables->count == 0 || names_have(c->options->tables, table);
}

/* The header cells of the table, what is known of cgroups at their end. The caller's; NULL: no memory. */
static char *
columns_of(const struct dump_csv *c, const struct binding *b)
{
	static const char grouped[] = ",cgroup,cgroup_hex";
	const char *columns = b->table->columns[c->options->print & PRINT_RESERVED ? 1 : 0];
	const size_t size = strlen(columns) + sizeof grouped + (b->tail != NULL ? 2 * strlen(b->tail) : 0) + 64;
	char *text = malloc(size);

	if (text == NULL)
		return NULL;
	if (b->tail != NULL)
		snprintf(text, size, "%s,%s,%s_hex,path,path_hex,pids", columns, b->tail, b->tail);
	else
		snprintf(text, size, "%s%s", columns, b->grouped ? grouped : "");
	return text;
}

/* Adds the tables of `s` that are asked for, without sinks. Only the first holds the structs themselves. */
static bool
add_bindings(struct dump_csv *c, const struct catalog_struct *s, const char *tail, bool grouped)
{
	struct binding *bindings;
	size_t i;

	if (s->ntables == 0)
		return true;
	bindings = realloc(c->bindings, (c->nbindings + s->ntables) * sizeof *bindings);
	if (bindings == NULL) {
		c->failure = ENOMEM;
		return false;
	}
	c->bindings = bindings;
	for (i = 0; i < s->ntables; i++)
		if (is_selected(c, s->tables[i].name))
			c->bindings[c->nbindings++] = (struct binding){
				.of = s, .table = &s->tables[i],
				.tail = i == 0 ? tail : NULL, .grouped = i == 0 && grouped,
			};
	return true;
}

/* Lists the tables of the log's release that are asked for. */
static bool
list_tables(struct dump_csv *c, const struct catalog_release *r)
{
	size_t i, list = 0;
	const bool has_list = cgroups_find_list(r, &list);

	c->nbindings = 0;
	if (!add_bindings(c, r->rawheader, NULL, false) || !add_bindings(c, r->rawrecord, NULL, false))
		return false;
	for (i = 0; i < r->nblocks; i++) {
		const struct catalog_block *b = &r->blocks[i];

		if (has_list && i == list)		/* is in the rows of the chain */
			continue;
		if (!add_bindings(c, b->entry, b->tail, has_list && r->blocks[list].named == i))
			return false;
	}
	return true;
}

/* The first table asked for by name that the log's release has not; NULL if it has them all. */
static const char *
missing_table(const struct dump_csv *c)
{
	size_t i, b;

	for (i = 0; i < c->options->tables->count; i++) {
		for (b = 0; b < c->nbindings; b++)
			if (strcmp(c->bindings[b].table->name, c->options->tables->list[i]) == 0)
				break;
		if (b == c->nbindings)
			return c->options->tables->list[i];
	}
	return NULL;
}

/* The first table whose columns are not those of the header row already written; NULL if there is none. */
static const struct table *
changed_table(const struct dump_csv *c)
{
	size_t b;

	for (b = 0; b < c->nbindings; b++) {
		const struct table *t = c->bindings[b].table;
		const struct sink *sink = find_sink(c, t->name);
		char *columns = columns_of(c, &c->bindings[b]);
		const bool changed = sink != NULL && columns != NULL && strcmp(sink->columns, columns) != 0;

		free(columns);
		if (changed)
			return t;
	}
	return NULL;
}

/* Gives each table its sink. */
static bool
bind(struct dump_csv *c)
{
	size_t b;

	for (b = 0; b < c->nbindings; b++) {
		struct binding *binding = &c->bindings[b];
		const char *name = binding->table->name;

		binding->sink = find_sink(c, name);
		if (binding->sink == NULL)
			binding->sink = add_sink(c, name, "host,time,sample", columns_of(c, binding));
		if (binding->sink == NULL)
			return false;
	}
	return true;
}

/* --- the format ----------------------------------------------------------------------------------------- */

/* The head cut back to its first `size` bytes. */
static void
cut_head(struct dump_csv *c, size_t size)
{
	writer_commit(&c->head, c->head.buffer + size);
}

static void
begin_head(struct dump_csv *c, const struct dump_log *log)
{
	size_t size = strlen(log->file), host_size = log->facts->host_size;
	char *w;

	cut_head(c, 0);
	w = writer_room(&c->head, PUT_CSV_TEXT_MAX(size) + PUT_CSV_TEXT_MAX(host_size) + 8 + PUT_SLACK);
	if (c->options->several)
		w = PUT(put_csv_cell(w, log->file, size, c->options->print), ",");
	w = put_csv_cell(w, log->facts->host, host_size, c->options->print);
	c->log_size = (size_t)(w - c->head.buffer);
	writer_commit(&c->head, PUT(w, ",,"));	/* a rawheader has neither time nor sample */
}

static bool
begin(struct dump *d, const struct dump_log *log, char *why)
{
	struct dump_csv *c = (struct dump_csv *)d;
	const struct catalog_release *r = log->layout->release;
	const struct table *changed;
	const char *name;

	begin_head(c, log);
	if (!list_tables(c, r)) {
		snprintf(why, DUMP_MESSAGE_MAX, "%s", strerror(c->failure));
		return false;
	}
	name = missing_table(c);
	if (name != NULL) {
		snprintf(why, DUMP_MESSAGE_MAX, "atop %s has no table %s", r->version, name);
		return false;
	}
	changed = changed_table(c);
	if (changed != NULL) {
		snprintf(why, DUMP_MESSAGE_MAX,
		    "atop %s has other columns in table %s than the header row already written",
		    r->version, changed->name);
		return false;
	}
	if (!bind(c)) {
		snprintf(why, DUMP_MESSAGE_MAX, "no place for its tables: %s", strerror(c->failure));
		return false;
	}
	return true;
}

static bool
wants(const struct dump *d, const struct catalog_struct *s)
{
	const struct dump_csv *c = (const struct dump_csv *)d;
	size_t b;

	for (b = 0; b < c->nbindings; b++)
		if (c->bindings[b].of == s)
			return true;
	return false;
}

static void
sample(struct dump *d, const struct rawlog_sample *sample)
{
	struct dump_csv *c = (struct dump_csv *)d;
	char *w;

	cut_head(c, c->log_size);
	w = writer_room(&c->head, 2 + PUT_UTC_MAX + PUT_INTEGER_MAX + PUT_SLACK);
	w = put_utc(PUT(w, ","), sample->frame.facts.curtime);
	writer_commit(&c->head, put_u64(PUT(w, ","), sample->number));
}

/* A cell of text and the one beside it, for bytes that are no text. */
static void
put_text_cells(struct writer *out, const char *text, size_t size, unsigned print)
{
	char *w = writer_room(out, 2 + PUT_CSV_TEXT_MAX(size) + PUT_HEX_MAX(size) + PUT_SLACK);

	writer_commit(out, put_csv_text(PUT(w, ","), text, size, print));
}

/* The cells of cgroups at the end of the row just printed. */
static void
put_group_cells(struct writer *out, const struct binding *b, const struct rawlog_sample *sample,
    unsigned print)
{
	const struct cgroups *g = &sample->groups;
	const struct cgroup *group = sample->group;
	char *w;

	writer_unput(out, strlen("\r\n"));
	if (group == NULL) {
		writer_put(out, ",,\r\n", strlen(",,\r\n"));
		return;
	}
	if (b->tail != NULL)
		put_text_cells(out, (const char *)g->chain + group->name, group->name_size, print);
	put_text_cells(out, g->paths + group->path, group->path_size, print);
	if (b->tail != NULL)
		writer_put(out, ",", 1);
	for (size_t i = 0; b->tail != NULL && i < group->count; i++) {
		w = writer_room(out, 1 + PUT_INTEGER_MAX + PUT_SLACK);
		if (i > 0)
			w = PUT(w, " ");
		writer_commit(out, put_i64(w, g->values[group->first + i].value));
	}
	writer_put(out, "\r\n", strlen("\r\n"));
}

static void
put(struct dump *d, const struct catalog_struct *s, const void *host, const struct rawlog_sample *sample)
{
	struct dump_csv *c = (struct dump_csv *)d;
	size_t b, size = (size_t)(c->head.next - c->head.buffer);

	for (b = 0; b < c->nbindings; b++) {
		const struct binding *binding = &c->bindings[b];

		if (binding->of != s)
			continue;
		binding->table->rows(&binding->sink->output.writer, host, c->head.buffer, size, c->options->print);
		if (binding->tail != NULL || binding->grouped)
			put_group_cells(&binding->sink->output.writer, binding, sample, c->options->print);
	}
}

/* A row of the table of damage, which there is in a folder only, and only when there is damage. */
static void
damage(struct dump *d, const struct rawlog_damage *damage)
{
	struct dump_csv *c = (struct dump_csv *)d;
	struct sink *sink;
	char *w;

	if (!c->options->folder)
		return;
	sink = find_sink(c, DAMAGE_TABLE);
	if (sink == NULL)
		sink = add_sink(c, DAMAGE_TABLE, "host,offset,length,sample,block,reason", calloc(1, 1));
	if (sink == NULL)
		return;
	writer_put(&sink->output.writer, c->head.buffer, c->log_size);
	w = writer_room(&sink->output.writer, 8 + 3 * PUT_INTEGER_MAX + PUT_SLACK);
	w = put_u64(PUT(w, ","), damage->offset);
	w = put_u64(PUT(w, ","), damage->length);
	w = put_u64(PUT(w, ","), damage->sample);
	writer_commit(&sink->output.writer, PUT(w, ","));
	if (damage->block != NULL)
		writer_put(&sink->output.writer, damage->block, strlen(damage->block));
	w = writer_room(&sink->output.writer, 8 + PUT_CSV_TEXT_MAX(sizeof damage->reason) + PUT_SLACK);
	w = put_csv_cell(PUT(w, ","), damage->reason, sizeof damage->reason, c->options->print);
	writer_commit(&sink->output.writer, PUT(w, "\r\n"));
}

static void
prune(struct dump *branch)
{
	struct dump_csv *c = (struct dump_csv *)branch;

	for (size_t i = 0; i < c->nsinks; i++) {
		writer_close(&c->sinks[i]->output.writer);
		free(c->sinks[i]);
	}
	free(c->sinks);
	free(c->bindings);
	writer_close(&c->head);
	free(c);
}

/* Gives each table of the branch a sink that is a branch of the trunk's. */
static bool
branch_sinks(struct dump_csv *c, const struct dump_csv *trunk, struct writer_turn *turn)
{
	c->sinks = calloc(trunk->nbindings, sizeof(struct sink *));
	c->bindings = calloc(trunk->nbindings, sizeof *c->bindings);
	if (c->sinks == NULL || c->bindings == NULL)
		return false;
	for (size_t b = 0; b < trunk->nbindings; b++) {
		struct sink *sink = calloc(1, sizeof *sink);

		if (sink == NULL)
			return false;
		c->sinks[c->nsinks++] = sink;
		c->bindings[b] = trunk->bindings[b];
		c->bindings[b].sink = sink;
		if (writer_branch(&sink->output.writer, &trunk->bindings[b].sink->output.writer, turn) != 0)
			return false;
	}
	c->nbindings = trunk->nbindings;
	return true;
}

static struct dump *
branch(struct dump *d, struct writer_turn *turn)
{
	struct dump_csv *trunk = (struct dump_csv *)d, *c = calloc(1, sizeof *c);

	if (c == NULL)
		return NULL;
	c->dump = trunk->dump;
	c->options = trunk->options;
	if (writer_open(&c->head, -1) != 0 || !branch_sinks(c, trunk, turn)) {
		prune(&c->dump);
		return NULL;
	}
	writer_put(&c->head, trunk->head.buffer, trunk->log_size);
	c->log_size = trunk->log_size;
	return &c->dump;
}

static void
join(struct dump *branch)
{
	struct dump_csv *c = (struct dump_csv *)branch;

	for (size_t i = 0; i < c->nsinks; i++)
		writer_join(&c->sinks[i]->output.writer);
}

static int
error(const struct dump *d)
{
	const struct dump_csv *c = (const struct dump_csv *)d;
	size_t i;

	for (i = 0; i < c->nsinks; i++)
		if (c->sinks[i]->output.writer.error != 0)
			return c->sinks[i]->output.writer.error;
	return c->failure != 0 ? c->failure : c->head.error;
}

static int
finish(struct dump *d, bool keep)
{
	struct dump_csv *c = (struct dump_csv *)d;
	int failure = error(d), closing;
	size_t i;

	for (i = 0; i < c->nsinks; i++) {
		closing = output_end(&c->sinks[i]->output);
		if (failure == 0)
			failure = closing;
	}
	for (i = 0; i < c->nsinks && keep && failure == 0; i++)
		failure = output_name(&c->sinks[i]->output);
	for (i = 0; i < c->nsinks; i++) {
		output_release(&c->sinks[i]->output, keep && failure == 0);
		free(c->sinks[i]->columns);
		free(c->sinks[i]);
	}
	if (c->made_folder && !(keep && failure == 0))
		rmdir(c->options->path);
	free(c->sinks);
	free(c->bindings);
	writer_close(&c->head);
	free(c);
	return failure;
}

static const struct dump_format format = {
	.begin = begin, .wants = wants, .sample = sample, .put = put, .damage = damage,
	.branch = branch, .join = join, .prune = prune, .error = error, .finish = finish,
	.groups = true, .opens_late = true, .unverified = false,
};

/* Makes the folder unless there is one. 0, or an errno. */
static int
make_folder(struct dump_csv *c)
{
	if (mkdir(c->options->path, 0777) == 0)
		c->made_folder = true;
	else if (errno != EEXIST)
		return errno;
	return 0;
}

int
dump_csv_open(struct dump **d, const struct dump_options *options)
{
	struct dump_csv *c = calloc(1, sizeof *c);
	int failure;

	if (c == NULL)
		return ENOMEM;
	c->dump.format = &format;
	c->dump.jobs = options->jobs;
	c->options = options;
	failure = writer_open(&c->head, -1);
	if (failure == 0 && options->folder)
		failure = make_folder(c);
	if (failure != 0) {
		writer_close(&c->head);
		free(c);
		return failure;
	}
	*d = &c->dump;
	return 0;
}
