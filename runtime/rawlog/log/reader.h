/*
 * reader: a log and its samples, from the inside: the objects behind ../rawlog.h, and what the rest of the program still
 * uses of them.
 */
#ifndef READER_H
#define READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"
#include "rawlog/io/block.h"
#include "rawlog/io/file.h"
#include "rawlog/log/cgroup.h"
#include "rawlog/log/choice.h"
#include "rawlog/log/damage.h"
#include "rawlog/log/frame.h"
#include "rawlog/log/header.h"
#include "rawlog/log/part.h"
#include "rawlog/log/recorder.h"
#include "rawlog/log/records.h"
#include "rawlog/log/row.h"
#include "rawlog/rawlog.h"

/*
 * One record of a log, and the block of it that is being read. Its buffers serve one sample after the other.
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
	bool			 lied;		/* what is wrong with the record is said by the next rawlog_next */
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
 * Opens a descriptor, or a negative errno, as rawlog_open_fd does; with a choice that may name a release, or NULL.
 */
enum rawlog_result	rawlog_open_choice(struct rawlog **log, int fd, const struct choice *choice,
			    struct rawlog_error *error);

/* The same for `size` bytes of memory, which must outlive the log. */
enum rawlog_result	rawlog_open_bytes(struct rawlog **log, const void *bytes, size_t size, const struct choice *choice,
			    struct rawlog_error *error);

/* Of the log at hand; the same object for all logs of the file. */
const struct layout		*rawlog_layout(const struct rawlog *log);

/* The run at hand, and which of the file's logs it is in. */
const struct recorder_run		*rawlog_run(const struct rawlog *log);
const struct part		*rawlog_part(const struct rawlog *log);

/* The log's bytes; of a stream, those of its header only before the first record. */
struct file			*rawlog_file(struct rawlog *log);

/* What the rawheader says in general, until the next log begins. All zeros, and no host: the header is lost. */
const struct header_facts	*rawlog_facts(const struct rawlog *log);

/*
 * Prepares a sample object for the samples of `log`. 0, or an errno; rawlog_sample_free is due in either
 * case.
 */
int	rawlog_sample_init(struct rawlog_sample *sample, const struct rawlog *log);

void	rawlog_sample_free(struct rawlog_sample *sample);

/*
 * The same for samples of a layout, which outlives them, wherever they are; record and frame are the caller's to set.
 * The object is all zeros, or has served samples of whatever layout: what it has allocated for these it keeps if it can.
 */
int	rawlog_sample_fit(struct rawlog_sample *sample, const struct layout *layout);

/* Says which releases may have written the sample, which has been fitted to its layout. */
void	rawlog_sample_set_candidates(struct rawlog_sample *sample, const struct recorder_candidates *candidates);

/* None of the blocks is begun of the sample whose record and frame have been set, and whose blocks are in `file`. */
void	rawlog_sample_begin(struct rawlog_sample *sample, struct file *file, uint64_t number);

/*
 * Makes `to` the sample that `from` is, which is then none: before the first of its blocks, and with `file` to read these
 * from. So a sample object that has buffers can serve samples that have none.
 */
void	rawlog_sample_take(struct rawlog_sample *to, struct rawlog_sample *from, struct file *file);

/* A row and what it points to, but for the bytes of the sample. */
struct rawlog_row {
	struct row		row;
	struct row_sample	sample;
	struct row_cgroup	cgroup;
	char			path[CGROUP_PATH_MAX];
};

/*
 * Describes the record of the sample, which comes before its structs; the struct in `host` that rawlog_struct returned last;
 * a rawheader.
 */
const struct row	*rawlog_row_of_record(struct rawlog_row *r, const struct rawlog_sample *sample);
const struct row	*rawlog_row_of_struct(struct rawlog_row *r, const struct rawlog_sample *sample, const void *host);
const struct row	*rawlog_row_of_header(struct rawlog_row *r, const struct layout *layout, const void *host);

#endif
