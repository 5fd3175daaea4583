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
	const struct layout *layout;
	const struct catalog_release *fits; /* its buffers are for structs of this release; NULL: there are none */
	struct file *file;
	uint64_t number;          /* in the log, from 0 */
	uint64_t run;             /* runs of atop that began in the log before its own */
	uint64_t offset;          /* of its record in the log */
	void *record;             /* host struct of its rawrecord */
	const void *header;       /* host struct of the rawheader, which the sample does not own. NULL: unknown */
	struct rawlog_pack *pack; /* its own copy, after rawlog_detach; NULL: it has none */
	void *no_header;          /* used in place of an unknown header: all zeros */
	bool as_stored;           /* members are shown as stored: none is null, none is corrected */
	bool header_fault;        /* the record header is wrong; the next rawlog_next reports it */
	struct frame frame;
	struct recorder_candidates candidates; /* which releases may have written it */
	const struct catalog_release *held;    /* the first of these; sums are made by its rules */
	struct block block;
	size_t current;                                /* the block being read */
	uint64_t index;                                /* of the next struct in that block */
	uint64_t ndecoded;                             /* structs of that block that were returned */
	uint64_t sums[CATALOG_SUMS_MAX];               /* of these structs; the record states them too */
	void (*sum)(const void *host, uint64_t *sums); /* adds a struct of that block to them; NULL: see `held` */
	size_t size;                                   /* of a struct of that block in the log, in bytes */
	enum block_result state;                       /* of inflating that block */
	bool finished;                                 /* all of that block has been read */
	const char *flaw;                              /* of the struct at which reading the block ended, or NULL */
	void *hosts[CATALOG_BLOCKS_MAX];               /* host structs by block, allocated when first needed */
	void *held_host; /* host struct of the current block, if `held` is not the release shown */
	/* Where the release has cgroups. */
	bool has_groups; /* rawlog_groups has read them */
	struct cgroups groups;
	enum block_result chain_state, list_state;
	enum cgroup_result chain_result, list_result;
	uint64_t first; /* the parts of each struct of the block that are decoded before it is returned */
	/* About the struct that was returned last. */
	struct fault fault;             /* why it was not decoded */
	const unsigned char *bytes;     /* where it is in the block; valid until the next one is taken */
	uint64_t parts;                 /* what of it has been decoded; CATALOG_NULLS: and `nulls` is known */
	const struct catalog_block *of; /* the kind of its block; NULL: it is the record */
	bool grouped;                   /* it can be in a cgroup */
	const struct cgroup *group;     /* the cgroup that it is in or describes; NULL: unknown */
	uint64_t allowance;             /* bytes left for long paths of its block */
	uint64_t nuntold;               /* structs of its block whose cgroup is unknown because of that limit */
	uint64_t faults;                /* known faults of its recorder that show in it: bits of the release's faults */
	uint64_t nulls;                 /* which of its members mean nothing, as in catalog_block */
	bool unverified;                /* no correct checksum covers it */
};

/*
 * Prepares the object for samples of a layout, which outlives them. The object is all zeros, or has served samples of any
 * layout; buffers of the same release are kept. The caller sets record and frame. 0, or ENOMEM; the object can be used again,
 * and rawlog_sample_free frees it as before.
 */
int rawlog_sample_fit(struct rawlog_sample *sample, const struct layout *layout);

void rawlog_sample_free(struct rawlog_sample *sample);

/* Sets which releases may have written the sample, which has been fitted to its layout. */
void rawlog_sample_set_candidates(struct rawlog_sample *sample, const struct recorder_candidates *candidates);

/*
 * Says which parts of the structs of the current block, which has just begun, are needed; CATALOG_NULLS: and their nulls. Of
 * structs that are checked as a whole all are decoded, as they are without this call. sample_fill decodes more of the struct
 * that was returned last.
 */
void sample_want(struct rawlog_sample *sample, uint64_t parts);
void sample_fill(struct rawlog_sample *sample, uint64_t parts);

/* Begins sample `number`, whose record and frame are set and whose blocks are in `file`. No block of it is begun. */
void rawlog_sample_begin(struct rawlog_sample *sample, struct file *file, uint64_t number);

#endif
