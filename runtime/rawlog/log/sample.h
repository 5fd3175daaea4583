/*
 * sample: one record of a log and its blocks, from compressed bytes to host structs; the object behind struct rawlog_sample
 * of ../rawlog.h. sample.c has the functions below, sample_read.c rawlog_groups, rawlog_block and rawlog_struct. They use
 * only the buffers of the sample and the file that it reads from, so several threads can read different samples.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/block.h"
#include "rawlog/io/file.h"
#include "rawlog/log/cgroup.h"
#include "rawlog/log/damage.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"
#include "rawlog/log/recorder.h"
#include "rawlog/rawlog.h"

/*
 * One record of a log, and the block of it that is being read. Its buffers serve one sample after another.
 */
struct rawlog_sample {
	const struct layout	*layout;
	const struct catalog_release *fits;	/* its buffers are for structs of this release; NULL: there are none */
	struct file		*file;
	uint64_t		 number;	/* in the log, from 0 */
	uint64_t		 offset;	/* of its record in the log */
	void			*record;	/* the host struct of its rawrecord */
	const void		*header;	/* that of the rawheader; whoever sets it keeps it. NULL: unknown */
	struct detached		*detached;	/* its own copy of the log's bytes; NULL: it has none */
	void			*no_header;	/* what stands for one that is unknown: all zeros */
	bool			 as_stored;	/* nothing is said of what members mean: there are no nulls */
	struct frame		 frame;
	struct recorder_candidates candidates;	/* which releases may have written it */
	const struct catalog_release *held;	/* the first of these: its structs are summed up by its rules */
	bool			 header_fault;	/* the record header is wrong; the next rawlog_next reports it */
	struct block		 block;
	size_t			 current;	/* the block being read */
	uint64_t		 index;		/* of the next struct in it */
	uint64_t		 ndecoded;	/* structs of it that were handed out… */
	uint64_t		 sums[CATALOG_SUMS_MAX];	/* …and what they add up to, that the record states too */
	enum block_result	 state;		/* of that block */
	bool			 finished;	/* with that block */
	const char		*flaw;		/* of the struct that ended it, or NULL */
	void			*hosts[CATALOG_BLOCKS_MAX];	/* host structs by block, made when needed */
	void			*held_host;	/* of the current block, of the release `held` where that is not the one shown */
	/* Where the release has cgroups. */
	bool			 has_groups;	/* rawlog_groups has read them */
	struct cgroups		 groups;
	enum block_result	 chain_state, list_state;
	enum cgroup_result	 chain_result, list_result;
	/* What belongs to the struct handed out last. */
	const struct catalog_block *of;		/* the kind of block it came from; NULL: it is the record */
	bool			 grouped;	/* it can be in a cgroup */
	const struct cgroup	*group;		/* that it is in, or that it is; NULL: unknown */
	uint64_t		 allowance;	/* bytes that long paths of its block may still have… */
	uint64_t		 nuntold;	/* …and structs whose cgroup is unknown because of that */
	uint64_t		 faults;	/* of its recorder, that show in it: bits of the release's faults */
	uint64_t		 nulls;		/* which of its members mean nothing: see catalog_block */
	bool			 unverified;	/* no checksum vouches for it: it may be right or wrong */
};

/*
 * Prepares the object for samples of a layout, which outlives them. The object is all zeros, or has served samples of any
 * layout; buffers of the same release are kept. The caller sets record and frame. 0, or ENOMEM; rawlog_sample_free is
 * needed in either case.
 */
int	rawlog_sample_fit(struct rawlog_sample *sample, const struct layout *layout);

void	rawlog_sample_free(struct rawlog_sample *sample);

/* Sets which releases may have written the sample, which has been fitted to its layout. */
void	rawlog_sample_set_candidates(struct rawlog_sample *sample, const struct recorder_candidates *candidates);

/* Begins sample `number`, whose record and frame are set and whose blocks are in `file`. No block of it is begun. */
void	rawlog_sample_begin(struct rawlog_sample *sample, struct file *file, uint64_t number);

/*
 * Moves the sample of `from` to `to`, to before its first block; `from` then has none. Both are fitted to the same layout.
 * The blocks are read from `file`. So an object that has buffers can serve samples of objects that have none.
 */
void	rawlog_sample_take(struct rawlog_sample *to, struct rawlog_sample *from, struct file *file);

#endif
