/*
 * part: one of several logs in a file: its offset, its layout, and the contents of its header.
 */
#ifndef PART_H
#define PART_H

#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/log/header.h"

struct part {
	uint64_t number; /* in the file, from 1; 0: none has been read */
	uint64_t offset; /* of its header, or of its first record if the header is lost */
	uint64_t begin;  /* of its first record, if it has one */
	struct layout layout;
	void *header;              /* host struct of its rawheader; NULL: it is lost */
	struct header_facts facts; /* all zeros if there is no header */
	const char *flaw;          /* what is wrong with the header and was not reported yet; or NULL */
};

/*
 * Moves to the next part, or to the first: reads the header of `layout` at `offset`. The header is lost if there is no
 * magic number. Returns 0 or an errno; after failure nothing is owned.
 */
int part_read(struct part *part, struct file *file, uint64_t offset, const struct layout *layout);

/* Moves to the next part, which has the same layout and no header: its first record is at `offset`. */
void part_lose(struct part *part, uint64_t offset);

void part_free(struct part *part);

#endif
