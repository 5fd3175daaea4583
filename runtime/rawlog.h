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
 * Nothing here prints or exits.
 */
#ifndef RAWLOG_H
#define RAWLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "catalog.h"
#include "cgroup.h"
#include "choice.h"
#include "file.h"
#include "frame.h"
#include "header.h"

enum rawlog_result {
	RAWLOG_OK,
	RAWLOG_END,			/* nothing more of what was asked for */
	RAWLOG_DAMAGED,			/* something could not be read: `damage` says what; go on */
	RAWLOG_REFUSED,			/* not an atop log, or a layout that no schema describes */
	RAWLOG_FAILED			/* input or memory failed: errno is in the error */
};

#define RAWLOG_REASON_MAX	256

/* Bytes of the log that could not be read, and why. */
struct rawlog_damage {
	uint64_t	 offset;	/* in the log, gzip undone */
	uint64_t	 length;
	uint64_t	 sample;	/* the number it has or would have */
	const char	*block;		/* the role of the block concerned, or NULL */
	char		 reason[RAWLOG_REASON_MAX];
};

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
	struct file		*file;
	uint64_t		 number;	/* in the log, from 0 */
	uint64_t		 offset;	/* of its record in the log */
	void			*record;	/* the host struct of its rawrecord */
	struct frame		 frame;
	struct block		 block;
	size_t			 current;	/* the block being read */
	uint64_t		 index;		/* of the next struct in it */
	enum block_result	 state;		/* of that block */
	bool			 finished;	/* with that block */
	void			*hosts[CATALOG_BLOCKS_MAX];	/* host structs by block, made when needed */
	/* Where the release has cgroups. */
	bool			 has_groups;	/* rawlog_groups has read them */
	struct cgroups		 groups;
	enum block_result	 chain_state, list_state;
	enum cgroup_result	 chain_result, list_result;
	/* What belongs to the struct handed out last. */
	const struct catalog_block *of;		/* the kind of block it came from; NULL: it is the record */
	bool			 grouped;	/* it can be in a cgroup */
	const struct cgroup	*group;		/* that it is in, or that it is; NULL: unknown */
};

/*
 * Opens a log and recognises its layout, one of the release chosen if there is such a choice. RAWLOG_OK, _REFUSED or
 * _FAILED; only with _OK there is a log to close.
 */
enum rawlog_result	rawlog_open(struct rawlog **log, const char *path, const struct choice *choice,
			    struct rawlog_error *error);

/* The same for `size` bytes of memory, which must outlive the log. */
enum rawlog_result	rawlog_open_memory(struct rawlog **log, const void *bytes, size_t size,
			    struct rawlog_error *error);

void	rawlog_close(struct rawlog *log);

const struct layout		*rawlog_layout(const struct rawlog *log);

/* The host struct of the rawheader (NULL: a chosen layout's log has none), and what it says in general. */
const void			*rawlog_header(const struct rawlog *log);
const struct header_facts	*rawlog_facts(const struct rawlog *log);

/*
 * Prepares a sample object for the samples of `log`. 0, or an errno; rawlog_sample_free is due in either
 * case.
 */
int	rawlog_sample_init(struct rawlog_sample *sample, const struct rawlog *log);

void	rawlog_sample_free(struct rawlog_sample *sample);

/*
 * Goes to the next record: RAWLOG_OK, _END, _DAMAGED (no sample this time; call again) or _FAILED (an errno
 * in `error`). That a record's blocks are cut off by the end of the log is found and said here, at the next
 * call.
 */
enum rawlog_result	rawlog_next(struct rawlog *log, struct rawlog_sample *sample,
			    struct rawlog_damage *damage, int *error);

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
 * _DAMAGED (the one struct, or the rest of the block) or _FAILED.
 */
enum rawlog_result	rawlog_struct(struct rawlog_sample *sample, const void **host,
			    struct rawlog_damage *damage, int *error);

#endif
