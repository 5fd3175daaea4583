/*
 * label_internal: what label_lines, which takes the rows of a sample, and label_line, which writes a line, share.
 */
#ifndef LABEL_INTERNAL_H
#define LABEL_INTERNAL_H

#include "print/label/label_bind.h"
#include "print/label/label_head.h"
#include "print/label/label_lines.h"

struct label_lines {
	const struct label_choice *choice;
	struct label_style style;
	struct label_bound bound;
	struct label_log log;
	char host[LABEL_NODE_MAX];
	void *header;                   /* a copy of the log's; NULL: it is unknown */
	struct writer *buffers;         /* by label */
	struct label_row row;           /* of the line being written */
	const void *roots[LABEL_ROOTS]; /* the structs that are current; set by label_set_root */
	uint64_t changes;               /* of these, and one */
	int64_t ntaken;                 /* rows of the current block so far */
	const struct catalog_struct *block;
	struct label_head head;
	/*
	 * Words: bytes of head.text with which lines begin behind their label's name. They are more than head.size while the
	 * columns that lines of the current row share stand behind the head.
	 */
	size_t start_size;
};

/* Makes the struct at `host` the current one of its kind. Most are where the one before was. */
static inline void
label_set_root(struct label_lines *l, unsigned kind, const void *host)
{
	l->changes += l->roots[kind] != host;
	l->roots[kind] = host;
}

/* Points the row at the parts that the cells of the line's source read. */
static inline void
label_find_parts(struct label_lines *l, struct bound_line *b)
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

/* Whether the condition holds for the row that is set up. */
static inline bool
label_holds(const struct label_lines *l, const struct bound_line *b, uint16_t condition)
{
	if (condition == LABEL_ALWAYS)
		return true;
	return b->source != NULL && b->source->holds != NULL && b->source->holds(&l->row, condition);
}

/* Writes the key before the line's value, in JSON. */
void label_open_key(struct bound_line *b);

/* Writes the line for the row that is set up. */
void label_put_line(struct label_lines *l, struct bound_line *b);

/* The same if the line's condition on the element holds. */
static inline void
label_put_element(struct label_lines *l, struct bound_line *b)
{
	if (b->line->only == LABEL_ALWAYS || label_holds(l, b, b->line->only))
		label_put_line(l, b);
}

#endif
