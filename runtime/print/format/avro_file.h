/*
 * avro_file: an object container file of Avro: a header with the schema, then blocks of rows, each compressed and followed by
 * the file's marker. It knows no tables.
 *
 * Source: Apache Avro 1.11 specification, "Object Container Files".
 */
#ifndef AVRO_FILE_H
#define AVRO_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "print/format/deflate.h"
#include "rawlog/io/writer.h"

#define AVRO_MARKER_SIZE 16
#define AVRO_BLOCK_SIZE  (256u << 10) /* rows are collected up to about so many bytes */

struct avro_file {
	struct writer rows; /* those of the next block, in memory */
	int64_t nrows;      /* how many these are */
	struct writer *out; /* NULL: the file has not begun */
	unsigned char marker[AVRO_MARKER_SIZE];
};

/* 0, or an errno; after failure nothing is owned. */
int avro_file_open(struct avro_file *file);
void avro_file_close(struct avro_file *file);

/*
 * Leaves the header of a file with that schema in file->rows, which the caller empties. The marker is made of the schema and
 * of `salt`, so that the same input gives the same file.
 */
void avro_file_begin(struct avro_file *file, const char *schema, size_t schema_size, const void *salt,
    size_t salt_size);

/* The row that was written to file->rows is complete. 0, or an errno. */
int avro_file_row(struct avro_file *file, struct deflate *deflate);

/* Writes the rows that are left. 0, or an errno. */
int avro_file_end(struct avro_file *file, struct deflate *deflate);

#endif
