/*
 * part: one of the logs that stand one behind the other in a file: where it begins, its layout, and what its header says.
 */
#ifndef PART_H
#define PART_H

#include <stdint.h>

#include "rawlog/io/file.h"
#include "rawlog/log/header.h"

struct part {
	uint64_t		 number;	/* in the file, from 1 on; 0: none has been read */
	uint64_t		 offset;	/* of its header; of its first record, if its header is lost */
	struct layout		 layout;
	void			*header;	/* host struct of its rawheader; NULL: it is lost */
	struct header_facts	 facts;		/* all zeros if there is no header */
	const char		*flaw;		/* what is wrong with the header, and was not told yet; or NULL */
};

/*
 * Goes to the next part, or the first: the header of `layout` at `offset`, which is lost if no magic number stands there.
 * 0, or an errno; part_free is due in either case.
 */
int	part_read(struct part *part, struct file *file, uint64_t offset, const struct layout *layout);

/* Goes to the next part, which has the same layout, and has lost its header. */
void	part_lose(struct part *part, uint64_t offset);

void	part_free(struct part *part);

/* Offset of what follows the header. */
uint64_t	part_begin(const struct part *part);

#endif
