/*
 * label_lines: one buffer in memory for each label.
 */
#include <stdlib.h>
#include <string.h>

#include "print/label/label_internal.h"

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

/* Opens the buffers of the labels that have lines. False: out of memory. */
static bool
open_buffers(struct label_lines *l)
{
	for (size_t i = 0; i < l->bound.count; i++) {
		struct bound_line *b = &l->bound.lines[i];

		b->out = &l->buffers[b->line->label];
		if (b->out->buffer == NULL && writer_open(b->out, -1) != 0)
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
	label_set_root(l, LABEL_HEADER, l->header);
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

/* --- the rows of a sample ----------------------------------------------------------------------------------------- */

/* Whether the line is printed in this sample; a list then begins. */
static void
begin_line(struct label_lines *l, struct bound_line *b)
{
	if (b->source != NULL)
		label_find_parts(l, b);
	b->wanted = label_holds(l, b, b->line->when);
	b->opened = false;
	if (b->wanted && b->line->list)
		label_open_key(b);
}

/* Begins the lines whose elements are the rows of a block, and lists those that are printed in this sample. */
static void
begin_rows(struct label_lines *l)
{
	l->bound.nactive = 0;
	for (size_t i = 0; i < l->bound.nof_rows; i++) {
		struct bound_line *b = l->bound.of_rows[i];

		begin_line(l, b);
		if (b->wanted && b->source != NULL)
			l->bound.active[l->bound.nactive++] = b;
	}
}

void
label_lines_record(struct label_lines *l, const struct row *row)
{
	label_set_root(l, LABEL_RECORD, row->host);
	label_set_root(l, LABEL_SAMPLE, NULL);
	label_set_root(l, LABEL_ELEMENT, NULL);
	label_set_root(l, LABEL_GROUP, NULL);
	l->block = NULL;
	label_head_set(&l->head, &l->style, &l->log, l->bound.how->year_modulo, row->sample);
	l->start_size = l->head.size;
	for (size_t i = 0; i < l->bound.count; i++)
		l->bound.lines[i].wanted = l->bound.lines[i].opened = false;
	begin_rows(l);
}

static void
close_list(struct bound_line *b)
{
	if (b->opened && b->line->list)
		writer_put(b->out, "]", 1);
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
		label_set_root(l, LABEL_ELEMENT, element);
		l->row.index = (int64_t)i;
		for (size_t k = 0; k < n; k++) {
			if (!b[k].wanted || b[k].source == NULL)
				continue;
			label_find_parts(l, &b[k]);
			label_put_element(l, &b[k]);
		}
	}
	for (size_t i = 0; i < n; i++)
		close_list(&b[i]);
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
				label_put_line(l, b);
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
	label_set_root(l, LABEL_GROUP, joined != NULL ? joined->host : NULL);
	l->row.grouped = joined != NULL;
	l->row.path = joined != NULL ? joined->path : NULL;
	l->row.path_size = joined != NULL ? joined->path_size : 0;
}

/* A struct that describes a cgroup, or one that is in none. */
static void
use_own_group(struct label_lines *l, const struct row *row)
{
	const bool is_group = row->cgroup != NULL && row->cgroup->name_key != NULL;

	label_set_root(l, LABEL_GROUP, NULL);
	l->row.grouped = false;
	l->row.path = is_group ? row->cgroup->path : NULL;
	l->row.path_size = is_group ? row->cgroup->path_size : 0;
}

/* A row of a block: the next element of the lines over it. */
static void
take_element(struct label_lines *l, const struct row *row)
{
	bool joined = false;

	l->start_size = l->head.size;
	label_set_root(l, LABEL_ELEMENT, row->host);
	l->row.row = row;
	l->row.index = l->ntaken;
	use_own_group(l, row);
	for (size_t i = 0; i < l->bound.nactive; i++) {
		struct bound_line *b = l->bound.active[i];

		if (b->array->of != row->of)
			continue;
		if (b->joins && !joined) {
			find_group(l, b->array, row);
			joined = true;
		}
		label_find_parts(l, b);
		label_put_element(l, b);
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
		label_set_root(l, LABEL_SAMPLE, row->host);
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
		close_list(&l->bound.lines[i]);
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
