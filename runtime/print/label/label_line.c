/*
 * label_line: one line of a label, for the row that is set up.
 */
#include <string.h>

#include "print/label/label_internal.h"
#include "print/label/put_label.h"

#define NAME_ROOM 64 /* of a key, and what stands around it */

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

/* --- words -------------------------------------------------------------------------------------------------------- */

/* What the lines of a row begin with behind the label's name. The columns that they share are made once for each row. */
static inline char *
put_start(struct label_lines *l, const struct bound_line *b, char *w)
{
	char *end;

	if (l->start_size > l->head.size)
		return put_copy(w, l->head.text, l->start_size);
	w = put_copy(w, l->head.text, l->head.size);
	end = b->source->head(w, &l->row);
	if ((size_t)(end - w) <= sizeof l->head.text - l->head.size) {
		memcpy(l->head.text + l->head.size, w, (size_t)(end - w));
		l->start_size = l->head.size + (size_t)(end - w);
	}
	return end;
}

static inline char *
put_name(char *w, const struct bound_line *b)
{
	if (b->name_size <= sizeof b->name)
		memcpy(w, b->name, sizeof b->name);
	else
		memcpy(w, labels[b->line->label].name, b->name_size);
	return w + b->name_size;
}

static inline void
put_words(struct label_lines *l, const struct bound_line *b)
{
	struct writer *out = b->out;
	char *w = put_name(writer_room(out, b->room), b);

	if (b->head)
		w = put_start(l, b, w);
	else
		w = put_copy(w, l->head.text, l->head.size);
	w = b->own ? b->source->words(w, &l->row) : put_columns(l, b, w);
	*w++ = '\n';
	writer_commit(out, w);
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

/* The line as an object: the comma before its first key is cut off, and the blank behind it becomes the brace. */
static void
put_object(struct label_lines *l, const struct bound_line *b)
{
	struct writer *out = b->out;
	char *w = writer_room(out, b->room), *end;
	const size_t start = (size_t)(w - out->buffer);
	const char before = w[-1];

	end = put_columns(l, b, w - 1);
	out->buffer[start - 1] = before;
	out->buffer[start] = '{';
	*end++ = '}';
	writer_commit(out, end);
}

void
label_open_key(struct bound_line *b)
{
	const size_t length = strlen(b->line->key);
	char *w = writer_room(b->out, NAME_ROOM + length + PUT_SLACK);

	w = PUT(w, ", \"");
	memcpy(w, b->line->key, length);
	w = PUT(w + length, "\": ");
	if (b->line->list)
		*w++ = '[';
	writer_commit(b->out, w);
	b->opened = true;
	b->filled = false;
}

/* A comma between the elements of a list. Upstream writes one before each element but that with index 0. */
static void
put_comma(const struct label_lines *l, const struct bound_line *b)
{
	if (l->style.compat ? l->row.index > 0 : b->filled)
		writer_put(b->out, ", ", 2);
}

/* ------------------------------------------------------------------------------------------------------------------ */

void
label_put_line(struct label_lines *l, struct bound_line *b)
{
	l->row.out = b->out;
	l->row.room = b->room;
	if (!l->style.json) {
		put_words(l, b);
		return;
	}
	if (b->line->list)
		put_comma(l, b);
	else
		label_open_key(b);
	put_object(l, b);
	b->filled = true;
}
