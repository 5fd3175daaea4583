/*
 * outputs: the files that a formatter writes to: one for everything, or a folder with a file for each table. They appear
 * under their names when all of them are complete, or not at all.
 */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "print/format/output.h"

struct output_file {
	const char *table;    /* "": everything goes here */
	struct output output; /* of a part: only the writer is used */
	size_t head;          /* bytes that it begins with */
};

struct outputs {
	const struct output_place *place;
	const char *ending; /* of the names of files in a folder */
	struct output_file **list;
	size_t count;
	struct output_file *unused;    /* not a folder: the one file, until a table has it; else NULL */
	int failure;                   /* the errno of the first failure beside those of the files; 0 */
	int folder, parent;            /* descriptors of the folder, and of where it was made; -1 */
	struct unfinished made_folder; /* the folder, if it was made here */
	struct outputs *whole;         /* of a part: what it is a part of; else NULL */
	struct writer_order *order;    /* of a part: when it may be appended */
};

/*
 * Opens the one file, or makes the folder if `place` is one; `place` must outlive the outputs. Without `by_table` everything
 * goes to one file. 0 or an errno; after failure nothing is owned.
 */
int outputs_open(struct outputs *o, const struct output_place *place, bool by_table, const char *ending);

/* A part of `whole`, in memory; both must outlive it. 0 or an errno; after failure nothing is owned. */
int outputs_open_part(struct outputs *o, struct outputs *whole, struct writer_order *order);

/* The writer for everything, if not by table. */
static inline struct writer *
outputs_whole(struct outputs *o)
{
	return &o->list[0]->output.writer;
}

/*
 * The writer for the rows of a table. A new table begins with the `size` bytes at `head`; a part waits until it is next in
 * order before it writes them. NULL: the outputs have failed, or no more output is wanted. `table` must outlive the outputs.
 */
struct writer *outputs_table(struct outputs *o, const char *table, const char *head, size_t size);

/* Writes out what is buffered; not of a part. */
void outputs_flush(struct outputs *o);

/* The errno of the first failure; 0. */
int outputs_error(const struct outputs *o);

/* Appends what the part has in memory to the whole; discards it; frees the part. */
void outputs_append(struct outputs *part);
void outputs_discard(struct outputs *part);
void outputs_free_part(struct outputs *part);

/* Ends all files, which are kept or removed. The errno of the first failure; 0. */
int outputs_finish(struct outputs *o, bool keep);

/* The path of the file for a table in a folder, the caller's to free. NULL: no memory. */
char *outputs_path(const char *folder, const char *table, const char *ending);

#endif
