/*
 * dump_csv: CSV as RFC 4180 has it, a table at a time to one place, or a file for each table in a folder.
 * Owns the names of columns and the first cells of each row; the rest of a row is printed by generated code.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atopdump/dump/dump.h"
#include "print/format/sinks.h"
#include "print/text/put.h"

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
	struct sinks			 sinks;
	struct binding			*bindings;
	size_t				 nbindings;
	struct writer			 head;		/* the first cells of a row, in memory */
	size_t				 log_size;	/* of the head: what all rows of the log begin with */
};

/* --- the tables of a log -------------------------------------------------------------------------------- */

static bool
is_selected(const struct dump_csv *c, const char *table)
{
	return c->dump.options->tables->count == 0 || names_have(c->dump.options->tables, table);
}

/* The header cells of the table, what is known of cgroups at their end. The caller's; NULL: no memory. */
static char *
columns_of(const struct dump_csv *c, const struct binding *b)
{
	static const char grouped[] = ",cgroup,cgroup_hex";
	const char *columns = b->table->columns[c->dump.options->print & PRINT_RESERVED ? 1 : 0];
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
		c->dump.failure = ENOMEM;
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

	for (i = 0; i < c->dump.options->tables->count; i++) {
		for (b = 0; b < c->nbindings; b++)
			if (strcmp(c->bindings[b].table->name, c->dump.options->tables->list[i]) == 0)
				break;
		if (b == c->nbindings)
			return c->dump.options->tables->list[i];
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
		const char *written = sinks_columns(&c->sinks, t->name);
		char *columns = columns_of(c, &c->bindings[b]);
		const bool changed = written != NULL && columns != NULL && strcmp(written, columns) != 0;

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
	for (size_t b = 0; b < c->nbindings; b++) {
		struct binding *binding = &c->bindings[b];
		char *columns = columns_of(c, binding);

		if (columns == NULL) {
			c->dump.failure = ENOMEM;
			return false;
		}
		binding->sink = sinks_get(&c->sinks, binding->table->name, "host,time,sample", columns);
		free(columns);
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
	if (c->dump.options->several)
		w = PUT(put_csv_cell(w, log->file, size, c->dump.options->print), ",");
	if (log->facts->host != NULL)
		w = put_csv_cell(w, log->facts->host, host_size, c->dump.options->print);
	c->log_size = (size_t)(w - c->head.buffer);
	writer_commit(&c->head, PUT(w, ",,"));	/* a rawheader has neither time nor sample */
}

static int
error(const struct dump *d)
{
	const struct dump_csv *c = (const struct dump_csv *)d;

	if (d->failure != 0)
		return d->failure;
	return c->head.error != 0 ? c->head.error : sinks_error(&c->sinks);
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
		snprintf(why, DUMP_MESSAGE_MAX, "%s", strerror(error(d)));
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
		snprintf(why, DUMP_MESSAGE_MAX, "no place for its tables: %s", strerror(error(d)));
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

/* A cell of text and the one beside it, for bytes that are no text; empty if the text is not known. */
static void
put_text_cells(struct writer *out, const char *text, size_t size, bool known, unsigned print)
{
	char *w = writer_room(out, 2 + PUT_CSV_TEXT_MAX(size) + PUT_HEX_MAX(size) + PUT_SLACK);

	writer_commit(out, known ? put_csv_text(PUT(w, ","), text, size, print) : PUT(w, ",,"));
}

/* The cells of cgroups at the end of the row just printed. */
static void
put_group_cells(struct writer *out, const struct binding *b, const struct rawlog_sample *sample,
    unsigned print)
{
	const struct cgroups *g = &sample->groups;
	const struct cgroup *group = sample->group;
	char path[CGROUP_PATH_MAX], *w;
	const size_t size = group != NULL ? cgroups_path(g, group, path) : 0;

	writer_unput(out, strlen("\r\n"));
	if (b->tail != NULL)
		put_text_cells(out, (const char *)g->chain + group->name, group->name_size, group->has_name, print);
	put_text_cells(out, path, size, size > 0, print);
	if (b->tail != NULL)
		writer_put(out, ",", 1);
	for (size_t i = 0; b->tail != NULL && g->shared && i < group->count; i++) {
		w = writer_room(out, 1 + PUT_INTEGER_MAX + PUT_SLACK);
		if (i > 0)
			w = PUT(w, " ");
		writer_commit(out, put_i64(w, cgroups_value(g, group->first + i)));
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
		binding->table->rows(&binding->sink->output.writer, host, c->head.buffer, size, c->dump.options->print,
		    sample != NULL ? sample->nulls : 0);
		if (binding->tail != NULL || binding->grouped)
			put_group_cells(&binding->sink->output.writer, binding, sample, c->dump.options->print);
	}
}

/* A row of the table of damage, which there is in a folder only, and only when there is damage. */
static void
damage(struct dump *d, const struct rawlog_damage *damage)
{
	struct dump_csv *c = (struct dump_csv *)d;
	struct writer *out;
	struct sink *sink;
	char *w;

	if (!d->options->folder)
		return;
	sink = sinks_get_damage(&c->sinks, "host,offset,length,sample,block,reason");
	if (sink == NULL)
		return;
	out = &sink->output.writer;
	writer_put(out, c->head.buffer, c->log_size);
	w = writer_room(out, 8 + 3 * PUT_INTEGER_MAX + PUT_SLACK);
	w = put_u64(PUT(w, ","), damage->offset);
	w = put_u64(PUT(w, ","), damage->length);
	w = put_u64(PUT(w, ","), damage->sample);
	writer_commit(out, PUT(w, ","));
	if (damage->block != NULL)
		writer_put(out, damage->block, strlen(damage->block));
	w = writer_room(out, 8 + PUT_CSV_TEXT_MAX(sizeof damage->reason) + PUT_SLACK);
	w = put_csv_cell(PUT(w, ","), damage->reason, sizeof damage->reason, d->options->print);
	writer_commit(out, PUT(w, "\r\n"));
}

static void
prune(struct dump *branch)
{
	struct dump_csv *c = (struct dump_csv *)branch;

	sinks_prune(&c->sinks);
	free(c->bindings);
	writer_close(&c->head);
	free(c);
}

static struct dump *
branch(struct dump *d, struct writer_turn *turn)
{
	struct dump_csv *trunk = (struct dump_csv *)d, *c = calloc(1, sizeof *c);

	if (c == NULL)
		return NULL;
	c->dump = trunk->dump;
	sinks_branch(&c->sinks, &trunk->sinks, turn);
	if (writer_open(&c->head, -1) != 0) {
		prune(&c->dump);
		return NULL;
	}
	return &c->dump;
}

static void
join(struct dump *branch)
{
	sinks_join(&((struct dump_csv *)branch)->sinks);
}

static void
drop(struct dump *branch)
{
	sinks_drop(&((struct dump_csv *)branch)->sinks);
}

static void
flush(struct dump *d)
{
	sinks_flush(&((struct dump_csv *)d)->sinks);
}

static int
finish(struct dump *d, bool keep)
{
	struct dump_csv *c = (struct dump_csv *)d;
	const int failure = error(d), closing = sinks_finish(&c->sinks, keep && failure == 0);

	free(c->bindings);
	writer_close(&c->head);
	free(c);
	return failure != 0 ? failure : closing;
}

static const struct dump_format format = {
	.begin = begin, .wants = wants, .sample = sample, .put = put, .damage = damage,
	.branch = branch, .join = join, .drop = drop, .prune = prune, .flush = flush, .error = error, .finish = finish,
	.groups = true, .unverified = false,
};

int
dump_csv_open(struct dump **d, const struct dump_options *options)
{
	struct dump_csv *c = calloc(1, sizeof *c);
	int failure;

	if (c == NULL)
		return ENOMEM;
	c->dump = (struct dump){&format, options, 0};
	failure = writer_open(&c->head, -1);
	if (failure == 0)
		failure = sinks_open(&c->sinks, options);
	if (failure != 0) {
		writer_close(&c->head);
		free(c);
		return failure;
	}
	*d = &c->dump;
	return 0;
}
