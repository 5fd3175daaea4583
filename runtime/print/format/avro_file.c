/*
 * avro_file: the marker is four CRC-32 of the schema and the salt, each behind another byte. Readers search for the 16 bytes in
 * compressed blocks; they need not be secret.
 */
#include "print/format/avro_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/put_avro.h"

int
avro_file_open(struct avro_file *file)
{
	file->nrows = 0;
	file->out = NULL;
	return writer_open(&file->rows, -1);
}

void
avro_file_close(struct avro_file *file)
{
	writer_close(&file->rows);
}

/* --- the header ----------------------------------------------------------------------------------------------- */

static void
put_string(struct writer *w, const char *text, size_t size)
{
	writer_commit(w, put_avro_long(writer_room(w, PUT_AVRO_LONG_MAX), (int64_t)size));
	writer_put(w, text, size);
}

static void
make_marker(struct avro_file *file, const char *schema, size_t schema_size, const void *salt, size_t salt_size)
{
	for (unsigned i = 0; i < AVRO_MARKER_SIZE / 4; i++) {
		const unsigned char start = (unsigned char)(i + 1);
		uint32_t sum = deflate_crc32(0, &start, 1);

		sum = deflate_crc32(deflate_crc32(sum, schema, schema_size), salt, salt_size);
		for (unsigned k = 0; k < 4; k++)
			file->marker[4 * i + k] = (unsigned char)(sum >> 8 * k);
	}
}

void
avro_file_begin(struct avro_file *file, const char *schema, size_t schema_size, const void *salt, size_t salt_size)
{
	struct writer *head = &file->rows;
	static const char magic[] = { 'O', 'b', 'j', 1 }, two_entries = 4, no_more = 0;

	make_marker(file, schema, schema_size, salt, salt_size);
	writer_put(head, magic, sizeof magic);
	writer_put(head, &two_entries, 1);
	put_string(head, "avro.schema", strlen("avro.schema"));
	put_string(head, schema, schema_size);
	put_string(head, "avro.codec", strlen("avro.codec"));
	put_string(head, "deflate", strlen("deflate"));
	writer_put(head, &no_more, 1);
	writer_put(head, file->marker, AVRO_MARKER_SIZE);
}

/* --- blocks ---------------------------------------------------------------------------------------------------- */

static int
put_block(struct avro_file *file, struct deflate *deflate)
{
	const size_t size = (size_t)(file->rows.next - file->rows.buffer);
	char numbers[2 * PUT_AVRO_LONG_MAX], *end;
	char *packed;
	size_t packed_size;

	if (file->rows.error != 0)
		return file->rows.error;
	packed = malloc(deflate_most(deflate, size));
	packed_size = packed != NULL ? deflate_block(deflate, file->rows.buffer, size, packed) : 0;
	if (packed_size > 0) {
		end = put_avro_long(put_avro_long(numbers, file->nrows), (int64_t)packed_size);
		writer_put(file->out, numbers, (size_t)(end - numbers));
		writer_put(file->out, packed, packed_size);
		writer_put(file->out, file->marker, AVRO_MARKER_SIZE);
	}
	free(packed);
	writer_commit(&file->rows, file->rows.buffer);
	file->nrows = 0;
	return packed_size > 0 ? 0 : ENOMEM;
}

int
avro_file_row(struct avro_file *file, struct deflate *deflate)
{
	file->nrows++;
	if ((size_t)(file->rows.next - file->rows.buffer) < AVRO_BLOCK_SIZE)
		return file->rows.error;
	return put_block(file, deflate);
}

int
avro_file_end(struct avro_file *file, struct deflate *deflate)
{
	return file->nrows > 0 && file->out != NULL ? put_block(file, deflate) : file->rows.error;
}
