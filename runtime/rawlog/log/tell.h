/*
 * tell: which release wrote a run of a log, where lengths cannot tell: by what stands in the first samples of the run.
 * Such a log has the header of the first release that wrote to it. Says nothing where little stands in them.
 */
#ifndef TELL_H
#define TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/block.h"
#include "rawlog/io/file.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"

#define TELL_SAMPLES_MAX	8		/* of a run that are looked at; of a pipe, which may still be written, one */
#define TELL_BYTES_MAX		(UINT64_C(8) << 20)	/* of the log that these may have */

#define TELL_NAMES_MAX	64

struct tell {
	struct layout	 layout;		/* of the release that tells; its release is NULL: none does */
	const struct catalog_release *least;	/* of all that are alike, the one that claims least */
	void		*record;		/* host structs */
	void		*hosts[CATALOG_BLOCKS_MAX];
	struct block	 block;
	char		 others[TELL_NAMES_MAX];	/* the names of the releases that are alike, this one aside */
	int		 error;			/* errno: memory was short */
};

/* A run of the recorder in a log: what the header says of it, and what stands in it. */
struct tell_run {
	uint64_t			 number;	/* grows with each run that is shown otherwise, and with each log */
	const struct catalog_release	*stated;	/* by the header, or chosen */
	const struct catalog_release	*shown;		/* that it is read as */
	const char			*told;		/* "2.4 or 2.5": what wrote it, by what stands in it; NULL: unknown */
	bool				 denied;	/* it is not of the release stated */
	uint64_t			 sample, offset;	/* of its first record */
};

/* Prepares to tell runs of logs of `layout`. Whatever it served before is freed. 0, or an errno. */
int	tell_init(struct tell *t, const struct layout *layout);

void	tell_free(struct tell *t);

/* Whether a run begins with the record, a host struct of any of the releases that are alike. */
bool	tell_begins(const struct tell *t, const void *record);

/*
 * Fills in what `run`, whose first record is that of `first` and whose stated release is set, is read as. A stream must be
 * held there. 0, or an errno.
 */
int	tell_apart(struct tell *t, struct file *file, const struct frame *first, struct tell_run *run);

#endif
