/*
 * label_lines: one buffer in memory for each label.
 */
#include "print/label/label_lines.h"

#include <stdlib.h>
#include <string.h>

#include "print/label/label_bind.h"
#include "print/label/label_head.h"
#include "print/label/put_label.h"
#include "print/text/put_text.h"

#define NAME_ROOM 64 /* of a label's name or key, and what stands around it */

struct label_lines {
	const struct label_choice *choice;
	struct label_style style;
	struct label_bound bound;
	struct label_log log;
	char host[LABEL_NODE_MAX];
	void *header;                   /* a copy of the log's; NULL: it is unknown */
	struct writer *buffers;         /* by label */
	struct label_row row;           /* of the line being written */
	const void *roots[LABEL_ROOTS]; /* the structs that are current; set by set_root */
	uint64_t changes;               /* of these, and one */
	int64_t ntaken;                 /* rows of the current block so far */
	const struct catalog_struct *block;
	const struct row_joined *joined; /* the cgroup of the current row */
	struct label_head head;
	char shared[4 * COPY_SIZE]; /* the columns with which lines of several labels begin, in words */
	size_t shared_size;         /* 0: they are not made yet */
};

/* --- memory ------------------------------------------------------------------------------------------------------- */

struct label_lines *
label_lines_new(const struct label_choice *choice, bool json)
{
	struct label_lines *l = calloc(1, sizeof *l);

	if (l == NULL)
		return NULL;
	l->choice = choice;
	l->changes = 1;
	l->style = choice->style;
	l->style.json = json;
	l->row.style = &l->style;
	l->buffers = calloc(labels_count + 1, sizeof *l->buffers);
	if (l->buffers != NULL)
		return l;
	free(l);
	return NULL;
}

void
label_lines_free(struct label_lines *l)
{
	for (size_t i = 0; i < labels_count; i++)
		writer_close(&l->buffers[i]);
	free(l->buffers);
	free(l->header);
	label_unbind(&l->bound);
	free(l);
}

/* Makes the struct at `host` the current one of its kind. Most are where the one before was. */
static inline void
set_root(struct label_lines *l, unsigned kind, const void *host)
{
	l->changes += l->roots[kind] != host;
	l->roots[kind] = host;
}

/* Opens the buffers of the labels that have lines. False: out of memory. */
static bool
open_buffers(struct label_lines *l)
{
	for (size_t i = 0; i < l->bound.count; i++) {
		struct writer *buffer = &l->buffers[l->bound.lines[i].line->label];

		if (buffer->buffer == NULL && writer_open(buffer, -1) != 0)
			return false;
	}
	return true;
}

/* Copies the header, which may live shorter than the part of a formatter. False: out of memory. */
static bool
copy_header(struct label_lines *l, const struct label_log *log)
{
	const size_t size = log->release->rawheader->definition->size;
	void *copy = log->header != NULL ? malloc(size) : NULL;

	if (log->header != NULL && copy == NULL)
		return false;
	if (copy != NULL)
		memcpy(copy, log->header, size);
	free(l->header);
	l->header = copy;
	return true;
}

bool
label_lines_begin(struct label_lines *l, const struct label_log *log)
{
	struct label_bound bound;

	if (!copy_header(l, log) || !label_bind(&bound, l->choice, l->style.json, log->release))
		return false;
	label_unbind(&l->bound);
	l->bound = bound;
	l->log = *log;
	if (log->host_size > LABEL_NODE_MAX)
		l->log.host_size = LABEL_NODE_MAX;
	if (log->host != NULL)
		l->log.host = memcpy(l->host, log->host, l->log.host_size);
	l->row.model = log->model;
	set_root(l, LABEL_HEADER, l->header);
	return open_buffers(l);
}

bool
label_lines_shows(const struct label_lines *l, const struct catalog_struct *s)
{
	return s == l->log.release->rawrecord || label_bound_shows(&l->bound, s);
}

uint64_t
label_lines_needs(const struct label_lines *l, const struct catalog_struct *s)
{
	return label_bound_needs(&l->bound, s);
}

bool
label_lines_joins(const struct label_lines *l, const struct catalog_struct *s)
{
	return label_bound_joins(&l->bound, s);
}

/* --- one line ----------------------------------------------------------------------------------------------------- */

/* Points the row at the parts that the cells of the line's source read. */
static inline void
find_parts(struct label_lines *l, struct bound_line *b)
{
	const struct label_source *source = b->source;

	for (size_t i = 0; b->found != l->changes && i < source->nparts; i++) {
		const struct label_part *part = &source->parts[i];
		const char *root = l->roots[part->root];

		b->part[i] = root != NULL ? root + part->offset : NULL;
	}
	b->found = l->changes;
	l->row.part = b->part;
}

static bool
holds(struct label_lines *l, const struct bound_line *b, uint16_t condition)
{
	if (condition == LABEL_ALWAYS)
		return true;
	return b->source != NULL && b->source->holds != NULL && b->source->holds(&l->row, condition);
}

/* Writes the columns at `w`. */
static char *
put_columns(struct label_lines *l, const struct bound_line *b, char *w)
{
	const struct label_line *line = b->line;

	if (b->source != NULL)
		return b->source->cells(w, &l->row, line->columns, line->ncolumns);
	for (size_t i = 0; i < line->ncolumns; i++) {
		memcpy(w, line->columns[i].lead, LABEL_LEAD_MAX);
		w = put_none(w + line->columns[i].size, &l->row);
	}
	return w;
}

/* The columns with which lines of several labels begin: they are made once for each row. */
static char *
put_head(struct label_lines *l, const struct bound_line *b, char *w)
{
	char *end;

	if (l->shared_size > 0)
		return put_copy(w, l->shared, l->shared_size);
	end = b->source->head(w, &l->row);
	if ((size_t)(end - w) > sizeof l->shared)
		return end;
	l->shared_size = (size_t)(end - w);
	memcpy(l->shared, w, l->shared_size);
	return end;
}

/* The line as words, behind the label's name and what all lines of the sample share. */
static void
put_words(struct label_lines *l, const struct bound_line *b, struct writer *out)
{
	char *w = put_copy(writer_room(out, l->row.room), b->start, b->start_size);

	if (!b->own) {
		w = put_columns(l, b, w);
	} else {
		if (b->source->head != NULL)
			w = put_head(l, b, w);
		w = b->source->words(w, &l->row);
	}
	*w++ = '\n';
	writer_commit(out, w);
}

/* The line as an object of JSON: the comma before its first key is cut off, and the blank behind it becomes the brace. */
static void
put_object(struct label_lines *l, const struct bound_line *b, struct writer *out)
{
	char *w = writer_room(out, l->row.room), *end;
	const size_t start = (size_t)(w - out->buffer);
	const char before = w[-1];

	end = put_columns(l, b, w - 1);
	out->buffer[start - 1] = before;
	out->buffer[start] = '{';
	*end++ = '}';
	writer_commit(out, end);
}

/* Writes the key before the line's value. */
static void
open_key(struct bound_line *b, struct writer *out)
{
	const size_t length = strlen(b->line->key);
	char *w = writer_room(out, NAME_ROOM + length + PUT_SLACK);

	w = PUT(w, ", \"");
	memcpy(w, b->line->key, length);
	w = PUT(w + length, "\": ");
	if (b->line->list)
		*w++ = '[';
	writer_commit(out, w);
	b->opened = true;
	b->filled = false;
}

/* A comma between the elements of a list. Upstream writes one before each element but that with index 0. */
static void
put_comma(const struct label_lines *l, const struct bound_line *b, struct writer *out)
{
	if (l->style.compat ? l->row.index > 0 : b->filled)
		writer_put(out, ", ", 2);
}

/* Writes the line for the row that is set up. */
static void
put_line(struct label_lines *l, struct bound_line *b)
{
	struct writer *out = &l->buffers[b->line->label];

	l->row.out = out;
	l->row.room = b->room + LABEL_START_MAX + COPY_SIZE;
	if (!l->style.json) {
		put_words(l, b, out);
		return;
	}
	if (b->line->list)
		put_comma(l, b, out);
	else
		open_key(b, out);
	put_object(l, b, out);
	b->filled = true;
}

/* Writes the line if its condition on the element holds. */
static void
put_element(struct label_lines *l, struct bound_line *b)
{
	if (holds(l, b, b->line->only))
		put_line(l, b);
}

/* --- the rows of a sample ----------------------------------------------------------------------------------------- */

/* Whether the line is printed in this sample; a list then begins. */
static void
begin_line(struct label_lines *l, struct bound_line *b)
{
	if (b->source != NULL)
		find_parts(l, b);
	b->wanted = holds(l, b, b->line->when);
	b->opened = false;
	if (b->wanted && b->line->list)
		open_key(b, &l->buffers[b->line->label]);
}

/* What stands at the start of the line of words in this sample. */
static void
set_start(const struct label_lines *l, struct bound_line *b)
{
	const char *name = labels[b->line->label].name;
	const size_t size = strlen(name);

	memcpy(b->start, name, size);
	memcpy(b->start + size, l->head.text, l->head.size);
	b->start_size = size + l->head.size;
}

void
label_lines_record(struct label_lines *l, const struct row *row)
{
	set_root(l, LABEL_RECORD, row->host);
	set_root(l, LABEL_SAMPLE, NULL);
	set_root(l, LABEL_ELEMENT, NULL);
	set_root(l, LABEL_GROUP, NULL);
	l->block = NULL;
	label_head_set(&l->head, &l->style, &l->log, l->bound.how->year_modulo, row->sample);
	for (size_t i = 0; i < l->bound.count; i++) {
		l->bound.lines[i].wanted = l->bound.lines[i].opened = false;
		set_start(l, &l->bound.lines[i]);
		if (label_takes_rows(&l->bound.lines[i]))
			begin_line(l, &l->bound.lines[i]);
	}
}

static void
close_list(struct label_lines *l, struct bound_line *b)
{
	if (b->opened && b->line->list)
		writer_put(&l->buffers[b->line->label], "]", 1);
	b->opened = false;
}

/* The elements of an array in the sample's struct, for the lines from `b` on, which alternate; their number is returned. */
static size_t
put_array(struct label_lines *l, struct bound_line *b, size_t most)
{
	const struct label_array *array = b->array;
	const char *part = array->of != NULL ? (const char *)l->roots[LABEL_SAMPLE] + array->part : NULL;
	const size_t count = part != NULL ? array->count(part) : 0;
	size_t n = 1;

	while (n < most && b[n].array == array && b[n].line->label == b->line->label)
		n++;
	for (size_t i = 0; i < n; i++)
		begin_line(l, &b[i]);
	for (size_t i = 0; i < count; i++) {
		const char *element = part + array->first + i * array->stride;

		if (array->shown != NULL && !array->shown(element))
			continue;
		set_root(l, LABEL_ELEMENT, element);
		l->row.index = (int64_t)i;
		for (size_t k = 0; k < n; k++) {
			if (!b[k].wanted || b[k].source == NULL)
				continue;
			find_parts(l, &b[k]);
			put_element(l, &b[k]);
		}
	}
	for (size_t i = 0; i < n; i++)
		close_list(l, &b[i]);
	return n;
}

/* The struct of the sample: all lines but those of blocks. */
static void
take_sample(struct label_lines *l)
{
	for (size_t i = 0; i < l->bound.count;) {
		struct bound_line *b = &l->bound.lines[i];

		l->row.index = 0;
		if (label_takes_rows(b)) {
			i++;
		} else if (b->array != NULL) {
			i += put_array(l, b, l->bound.count - i);
		} else {
			begin_line(l, b);
			if (b->wanted)
				put_line(l, b);
			i++;
		}
	}
}

/* Finds the cgroup that lists the element of the row. */
static void
find_group(struct label_lines *l, const struct label_array *array, const struct row *row)
{
	const struct row_joined *joined = NULL;
	int64_t number;

	if (row->join != NULL && array->listed((const char *)row->host + array->part, &number))
		joined = row->join(row->filler, number);
	set_root(l, LABEL_GROUP, joined != NULL ? joined->host : NULL);
	l->row.grouped = joined != NULL;
	l->row.path = joined != NULL ? joined->path : NULL;
	l->row.path_size = joined != NULL ? joined->path_size : 0;
}

/* A struct that describes a cgroup, or one that is in none. */
static void
use_own_group(struct label_lines *l, const struct row *row)
{
	const bool is_group = row->cgroup != NULL && row->cgroup->name_key != NULL;

	set_root(l, LABEL_GROUP, NULL);
	l->row.grouped = false;
	l->row.path = is_group ? row->cgroup->path : NULL;
	l->row.path_size = is_group ? row->cgroup->path_size : 0;
}

/* A row of a block: the next element of the lines over it. */
static void
take_element(struct label_lines *l, const struct row *row)
{
	bool joined = false;

	l->shared_size = 0;
	set_root(l, LABEL_ELEMENT, row->host);
	l->row.row = row;
	l->row.index = l->ntaken;
	use_own_group(l, row);
	for (size_t i = 0; i < l->bound.nof_rows; i++) {
		struct bound_line *b = l->bound.of_rows[i];

		if (!b->wanted || b->source == NULL || b->array->of != row->of)
			continue;
		if (b->source->joins && b->array->listed != NULL && !joined) {
			find_group(l, b->array, row);
			joined = true;
		}
		find_parts(l, b);
		put_element(l, b);
	}
}

void
label_lines_row(struct label_lines *l, const struct row *row)
{
	if (l->block != row->of) {
		l->block = row->of;
		l->ntaken = 0;
	}
	if (row->of == l->bound.of->sample) {
		set_root(l, LABEL_SAMPLE, row->host);
		l->row.row = row;
		take_sample(l);
	} else {
		take_element(l, row);
	}
	l->ntaken++;
}

/* Appends the lines of a label to `out`. */
static void
append(struct writer *buffer, struct writer *out)
{
	if (buffer->next > buffer->buffer)
		writer_put(out, buffer->buffer, (size_t)(buffer->next - buffer->buffer));
	writer_discard(buffer);
}

/* The errno of the first label whose lines could not be kept; 0. */
static int
find_failure(const struct label_lines *l)
{
	for (size_t i = 0; i < labels_count; i++)
		if (l->buffers[i].error != 0)
			return l->buffers[i].error;
	return 0;
}

int
label_lines_end(struct label_lines *l, struct writer *out)
{
	int failure;

	for (size_t i = 0; i < l->bound.count; i++)
		close_list(l, &l->bound.lines[i]);
	failure = find_failure(l);
	if (failure != 0)
		return failure;
	if (l->style.json)
		writer_put(out, l->head.text, l->head.size);
	else if (l->head.since_boot)
		writer_put(out, "RESET\n", strlen("RESET\n"));
	for (size_t i = 0; i < labels_count; i++)
		if (l->buffers[i].buffer != NULL)
			append(&l->buffers[i], out);
	writer_put(out, l->style.json ? "}\n" : "SEP\n", l->style.json ? 2 : 4);
	return 0;
}
