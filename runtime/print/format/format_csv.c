/*
 * format_csv: CSV as in RFC 4180: one table to one output, or each table to a file in a folder.
 * Owns the names of columns and the first cells of each row; the rest of a row is printed by generated code.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "print/format/csv_columns.h"
#include "print/format/formats.h"
#include "print/query/query_words.h"
#include "print/text/put_text.h"

/* A table of the current log and where its rows go. */
struct binding {
	const struct catalog_struct *of;
	const struct table *table;
	const char *tail; /* of a chain: the key of the names; else NULL */
	bool grouped;     /* the structs of the rows can be in a cgroup */
	struct writer *out;
};

struct csv {
	struct formatter formatter;
	struct binding *bindings;
	size_t nbindings;
	struct writer head; /* the first cells of a row; while a log begins, a header row */
	size_t log_size;    /* of the head: the part that all rows of the log share */
	bool in_sample;     /* the head is that of a sample */
	uint64_t sample;    /* its number */
};

/* An incomplete head is a failure of output. */
static void
note_failure(struct csv *c)
{
	if (c->formatter.failure == 0)
		c->formatter.failure = c->head.error;
}

/* The head cut back to its first `size` bytes. */
static void
cut_head(struct csv *c, size_t size)
{
	writer_commit(&c->head, c->head.buffer + size);
}

static size_t
head_size(const struct csv *c)
{
	return (size_t)(c->head.next - c->head.buffer);
}

/* --- the tables of a log -------------------------------------------------------------------------------- */

static bool
is_selected(const struct csv *c, const char *table)
{
	return c->formatter.query->tables->count == 0 || word_set_has(c->formatter.query->tables, table);
}

/* Writes the header row of the table to the head; its columns of cgroups come last. */
static void
put_header_row(struct csv *c, const struct binding *b)
{
	const struct query *query = c->formatter.query;
	struct writer *out = &c->head;

	cut_head(c, 0);
	if (query->several)
		writer_put(out, "file,", strlen("file,"));
	writer_put(out, "host,time,sample", strlen("host,time,sample"));
	csv_columns_put(out, b->of, b->table, (query->print & PRINT_RESERVED) != 0);
	if (b->tail != NULL) {
		writer_put(out, ",", 1);
		writer_put(out, b->tail, strlen(b->tail));
		writer_put(out, ",", 1);
		writer_put(out, b->tail, strlen(b->tail));
		writer_put(out, "_hex,path,path_hex,pids", strlen("_hex,path,path_hex,pids"));
	} else if (b->grouped) {
		writer_put(out, ",cgroup,cgroup_hex", strlen(",cgroup,cgroup_hex"));
	}
	writer_put(out, "\r\n", strlen("\r\n"));
	note_failure(c);
}

/* Adds the requested tables of `s`, without their files. Only the first holds the structs themselves. */
static bool
add_bindings(struct csv *c, const struct catalog_struct *s, const char *tail, bool grouped)
{
	const struct printer *p = printer_of(s);
	struct binding *bindings;

	if (p->ntables == 0)
		return true;
	bindings = realloc(c->bindings, (c->nbindings + p->ntables) * sizeof *bindings);
	if (bindings == NULL) {
		c->formatter.failure = ENOMEM;
		return false;
	}
	c->bindings = bindings;
	for (size_t i = 0; i < p->ntables; i++)
		if (is_selected(c, p->tables[i].name))
			c->bindings[c->nbindings++] = (struct binding){
				.of = s,
				.table = &p->tables[i],
				.tail = i == 0 ? tail : NULL,
				.grouped = i == 0 && grouped,
			};
	return true;
}

/* The block that assigns structs to cgroups; NULL: none. */
static const struct catalog_block *
list_of(const struct catalog_release *r)
{
	for (size_t i = 0; i < r->nblocks; i++)
		if (r->blocks[i].kind == CATALOG_LIST)
			return &r->blocks[i];
	return NULL;
}

/* Lists the requested tables of the log's release. */
static bool
list_tables(struct csv *c, const struct catalog_release *r)
{
	const struct catalog_block *list = list_of(r);

	c->nbindings = 0;
	if (!add_bindings(c, r->rawheader, NULL, false) || !add_bindings(c, r->rawrecord, NULL, false))
		return false;
	for (size_t i = 0; i < r->nblocks; i++) {
		const struct catalog_block *b = &r->blocks[i];

		if (b == list) /* is in the rows of the chain */
			continue;
		if (!add_bindings(c, b->entry, b->tail, list != NULL && list->named == i))
			return false;
	}
	return true;
}

/* The first table requested by name that the log's release does not have; NULL: it has them all. */
static const char *
missing_table(const struct csv *c)
{
	size_t i, b;

	for (i = 0; i < c->formatter.query->tables->count; i++) {
		for (b = 0; b < c->nbindings; b++)
			if (strcmp(c->bindings[b].table->name, c->formatter.query->tables->words[i]) == 0)
				break;
		if (b == c->nbindings)
			return c->formatter.query->tables->words[i];
	}
	return NULL;
}

/* The first table whose header row differs from the one already written; NULL: none. */
static const struct table *
changed_table(struct csv *c)
{
	for (size_t b = 0; b < c->nbindings; b++) {
		const struct table *t = c->bindings[b].table;
		size_t size = 0;
		const char *written = outputs_head(&c->formatter.outputs, t->name, &size);

		if (written == NULL)
			continue;
		put_header_row(c, &c->bindings[b]);
		if (head_size(c) != size || memcmp(written, c->head.buffer, size) != 0)
			return t;
	}
	return NULL;
}

/* Finds where the rows of each table go. */
static bool
bind(struct csv *c)
{
	for (size_t b = 0; b < c->nbindings; b++) {
		struct binding *binding = &c->bindings[b];

		put_header_row(c, binding);
		if (c->formatter.failure != 0)
			return false;
		binding->out = outputs_table(&c->formatter.outputs, binding->table->name, c->head.buffer, head_size(c));
		if (binding->out == NULL)
			return false;
	}
	return true;
}

/* --- the format ----------------------------------------------------------------------------------------- */

/* Begins the head with the cells that all rows of the log share. */
static void
begin_head(struct csv *c, const struct format_log *log)
{
	size_t size = strlen(log->file), host_size = log->host_size;
	char *w;

	cut_head(c, 0);
	w = writer_room(&c->head, PUT_CSV_TEXT_MAX(size) + PUT_CSV_TEXT_MAX(host_size) + 8 + PUT_SLACK);
	if (c->formatter.query->several)
		w = PUT(put_csv_cell(w, log->file, size, c->formatter.query->print), ",");
	if (log->host != NULL)
		w = put_csv_cell(w, log->host, host_size, c->formatter.query->print);
	c->log_size = (size_t)(w - c->head.buffer);
	writer_commit(&c->head, PUT(w, ",,")); /* a rawheader has neither time nor sample */
	c->in_sample = false;
	note_failure(c);
}

/* The errno of what failed. */
static int
error(const struct csv *c)
{
	return c->formatter.failure != 0 ? c->formatter.failure : outputs_error(&c->formatter.outputs);
}

/* Finds the tables of a log, and where their rows go. False: the log cannot be shown; `why` says why. */
static bool
begin_tables(struct csv *c, const struct catalog_release *r, char *why)
{
	const struct table *changed;
	const char *name;

	if (!list_tables(c, r)) {
		snprintf(why, FORMAT_WHY_MAX, "%s", strerror(error(c)));
		return false;
	}
	name = missing_table(c);
	if (name != NULL) {
		snprintf(why, FORMAT_WHY_MAX, "atop %s has no table %s", r->version, name);
		return false;
	}
	changed = changed_table(c);
	if (changed != NULL) {
		snprintf(why, FORMAT_WHY_MAX,
		    "atop %s has other columns in table %s than the header row already written", r->version,
		    changed->name);
		return false;
	}
	if (!bind(c)) {
		snprintf(why, FORMAT_WHY_MAX, "no place for its tables: %s", strerror(error(c)));
		return false;
	}
	return true;
}

static bool
begin(struct formatter *f, const struct format_log *log, char *why)
{
	struct csv *c = (struct csv *)f;
	const bool begun = begin_tables(c, log->release, why);

	begin_head(c, log);
	return begun;
}

static bool
shows(const struct formatter *f, const struct catalog_struct *s)
{
	const struct csv *c = (const struct csv *)f;
	size_t b;

	for (b = 0; b < c->nbindings; b++)
		if (c->bindings[b].of == s)
			return true;
	return false;
}

/* Ends the head with the cells that rows of the sample share. */
static void
put_sample(struct csv *c, const struct row_sample *sample)
{
	char *w;

	cut_head(c, c->log_size);
	w = writer_room(&c->head, 2 + PUT_UTC_MAX + PUT_INTEGER_MAX + PUT_SLACK);
	w = put_utc(PUT(w, ","), sample->time);
	writer_commit(&c->head, put_u64(PUT(w, ","), sample->number));
	c->sample = sample->number;
	c->in_sample = true;
	note_failure(c);
}

/* A cell of text and its cell of exact bytes; both are empty if the text is unknown. */
static void
put_text_cells(struct writer *out, const char *text, size_t size, bool known, unsigned print)
{
	char *w = writer_room(out, 2 + PUT_CSV_TEXT_MAX(size) + PUT_HEX_MAX(size) + PUT_SLACK);

	writer_commit(out, known ? put_csv_text(PUT(w, ","), text, size, print) : PUT(w, ",,"));
}

/* The cells of cgroups at the end of the row just printed. */
static void
put_group_cells(struct writer *out, const struct row_cgroup *group, unsigned print)
{
	char *w;

	writer_unput(out, strlen("\r\n"));
	if (group->name_key != NULL)
		put_text_cells(out, group->name, group->name_size, group->has_name, print);
	put_text_cells(out, group->path, group->path_size, group->path_size > 0, print);
	if (group->name_key != NULL)
		writer_put(out, ",", 1);
	for (size_t i = 0; group->has_pids && i < group->npids; i++) {
		w = writer_room(out, 1 + PUT_INTEGER_MAX + PUT_SLACK);
		if (i > 0)
			w = PUT(w, " ");
		writer_commit(out, put_i64(w, row_pid(group, i)));
	}
	writer_put(out, "\r\n", strlen("\r\n"));
}

static void
row(struct formatter *f, const struct row *row)
{
	struct csv *c = (struct csv *)f;

	if (row->sample != NULL && (!c->in_sample || c->sample != row->sample->number))
		put_sample(c, row->sample);
	for (size_t b = 0; b < c->nbindings; b++) {
		const struct binding *binding = &c->bindings[b];

		if (binding->of != row->of)
			continue;
		binding->table->rows(binding->out, row->host, c->head.buffer, head_size(c), f->query->print,
		    row->nulls);
		if (binding->tail != NULL || binding->grouped)
			put_group_cells(binding->out, row->cgroup, f->query->print);
	}
}

/* A row of the damage table. It exists only in a folder, and only if there is damage. */
static void
damage(struct formatter *f, const struct rawlog_damage *damage)
{
	static const char head[] = "file,host,offset,length,sample,block,reason\r\n";
	const size_t skipped = f->query->several ? 0 : strlen("file,");
	struct csv *c = (struct csv *)f;
	struct writer *out;
	char *w;

	if (!f->outputs.place->folder)
		return;
	out = outputs_damage(&f->outputs, head + skipped, sizeof head - 1 - skipped);
	if (out == NULL)
		return;
	writer_put(out, c->head.buffer, c->log_size);
	w = writer_room(out, 8 + 3 * PUT_INTEGER_MAX + PUT_SLACK);
	w = put_u64(PUT(w, ","), damage->offset);
	w = put_u64(PUT(w, ","), damage->length);
	w = put_u64(PUT(w, ","), damage->sample);
	writer_commit(out, PUT(w, ","));
	if (damage->block != NULL)
		writer_put(out, damage->block, strlen(damage->block));
	w = writer_room(out, 8 + PUT_CSV_TEXT_MAX(sizeof damage->reason) + PUT_SLACK);
	w = put_csv_cell(PUT(w, ","), damage->reason, sizeof damage->reason, f->query->print);
	writer_commit(out, PUT(w, "\r\n"));
}

static bool
add_tables(struct word_set *words, const struct catalog_struct *s)
{
	const struct printer *p = printer_of(s);

	for (size_t i = 0; i < p->ntables; i++)
		if (!word_set_add(words, p->tables[i].name))
			return false;
	return true;
}

/* The names of all tables. */
static bool
add_words(struct word_set *words)
{
	return query_words_of_structs(words, add_tables);
}

static int
open_csv(struct formatter *f)
{
	return writer_open(&((struct csv *)f)->head, -1);
}

static void
close_csv(struct formatter *f)
{
	struct csv *c = (struct csv *)f;

	free(c->bindings);
	writer_close(&c->head);
}

const struct format format_csv = {
	.name = "csv",
	.summary = "RFC 4180; one table to standard output, or each to a file of its own",
	.size = sizeof(struct csv),
	.by_table = true,
	.ending = "csv",
	.groups = true,
	.print = PRINT_RESERVED | PRINT_CSV_SAFE,
	.add_words = add_words,
	.open = open_csv,
	.close = close_csv,
	.begin = begin,
	.shows = shows,
	.row = row,
	.damage = damage,
};
