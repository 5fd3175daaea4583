/*
 * rawlog: the public way to read an atop log. The walk along the records is cheap and sequential
 * (rawlog_next); the work on one sample (rawlog_block, rawlog_struct) touches only that sample's own buffers
 * and a file to read from.
 *
 * 	if (rawlog_open(&log, path, NULL, &error) == RAWLOG_OK) {
 * 		… rawlog_header(log) …
 * 		while ((result = rawlog_next(log, &sample, &damage)) != RAWLOG_END)
 * 			for each block i: rawlog_block(&sample, i);
 * 				while ((result = rawlog_struct(&sample, &host, &damage)) != RAWLOG_END) …
 * 	}
 *
 * Several logs can stand in one file, one behind the other: then rawlog_next comes from one to the next, and the log at
 * hand has another header, and perhaps another layout.
 *
 * Nothing here prints or exits.
 */
#ifndef RAWLOG_H
#define RAWLOG_H

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
#include "rawlog/log/records.h"
#include "rawlog/log/recorder.h"
#include "rawlog/log/row.h"

struct rawlog_error {
	int	error;			/* RAWLOG_FAILED: an errno */
	char	refusal[HEADER_MESSAGE_MAX];	/* RAWLOG_REFUSED: why */
};

struct rawlog;

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
 * Opens a log and recognises its layout, one of the release chosen if there is such a choice. RAWLOG_OK, _REFUSED or
 * _FAILED; only with _OK there is a log to close.
 */
enum rawlog_result	rawlog_open(struct rawlog **log, const char *path, const struct choice *choice,
			    struct rawlog_error *error);

/* The same for a descriptor, which becomes the log's, or the negative errno that there is instead. */
enum rawlog_result	rawlog_open_fd(struct rawlog **log, int fd, const struct choice *choice,
			    struct rawlog_error *error);

/* The same for `size` bytes of memory, which must outlive the log. */
enum rawlog_result	rawlog_open_memory(struct rawlog **log, const void *bytes, size_t size,
			    struct rawlog_error *error);

void	rawlog_close(struct rawlog *log);

/* Of the log at hand; the same object for all logs of the file. */
const struct layout		*rawlog_layout(const struct rawlog *log);

/* The run at hand, and which of the file's logs it is in. */
const struct recorder_run		*rawlog_run(const struct rawlog *log);
const struct part		*rawlog_part(const struct rawlog *log);

/* The log's bytes; of a stream, those of its header only before the first record. */
struct file			*rawlog_file(struct rawlog *log);

/*
 * Has `waits` called with `context`, in the thread that reads the log, before whoever writes the log is waited for. So what
 * was made of it so far can be shown.
 */
void				rawlog_on_wait(struct rawlog *log, void (*waits)(void *context), void *context);

/*
 * The host struct of the rawheader, and what it says in general, until the next log begins. NULL, and no host: the header
 * is lost.
 */
const void			*rawlog_header(const struct rawlog *log);
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
 * Goes to the next record: RAWLOG_OK, _END, _DAMAGED (no sample this time; call again), _NEXT_LOG (another log begins:
 * fit the sample to its layout, then call again), _NEXT_RUN (the same, for a run that is read as of another release than
 * so far, or denies its header) or _FAILED (an errno in `error`). That a record's blocks are cut off by
 * the end of the log is found and said here, at the next call.
 */
enum rawlog_result	rawlog_next(struct rawlog *log, struct rawlog_sample *sample,
			    struct rawlog_damage *damage, int *error);

/*
 * Makes `to` the sample that `from` is, which is then none: before the first of its blocks, and with `file` to read these
 * from. So a sample object that has buffers can serve samples that have none.
 */
void	rawlog_sample_take(struct rawlog_sample *to, struct rawlog_sample *from, struct file *file);

/*
 * Reads the sample's cgroups, if its release has them, so that structs of its blocks can be told theirs. Called before
 * the first of its blocks is begun, or not at all. RAWLOG_OK or _FAILED; damage is said when the turn of their blocks
 * comes.
 */
enum rawlog_result	rawlog_groups(struct rawlog_sample *sample, int *error);

/* Begins block number `i` of the layout's blocks. They are read in order, none twice; any may be left out. */
void	rawlog_block(struct rawlog_sample *sample, size_t i);

/*
 * The next struct of that block, decoded into `host`, which is valid until the next call: RAWLOG_OK, _END,
 * _DAMAGED (the one struct, or the rest of the block), _GAP (the record counts more of them) or _FAILED.
 */
enum rawlog_result	rawlog_struct(struct rawlog_sample *sample, const void **host,
			    struct rawlog_damage *damage, int *error);

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
