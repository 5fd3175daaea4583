/*
 * gaps: what logs do not have: times of a host without samples, clocks that were set back, samples that are missing, damage.
 *
 * Within a log, rawlog says which records do not follow each other (runtime/rawlog/log/sequence.h). Between logs, and between
 * runs of atop, the times of samples are compared here, by host and boot, whatever the files and their order.
 */
#ifndef GAPS_H
#define GAPS_H

#include "atopdump/report/hosts.h"
#include "atopdump/report/log_facts.h"

enum gap_kind {
	GAP_UNRECORDED, /* no sample for longer than the usual interval: atop did not run, or its log is not here */
	GAP_MISSING,    /* the sample after it covers less than the time since the one before: samples are in no log */
	GAP_REBOOT,     /* the machine was started in between */
	GAP_CLOCK,      /* the sample after it has an earlier time */
	GAP_SEQUENCE,   /* records of a log that do not follow each other */
	GAP_DAMAGE,     /* bytes of a log that cannot be read */
	GAP_TRUNCATED,  /* the same at its end: a run of atop without an end */
	GAP_KINDS
};

/* The words for them in the output. */
extern const char *const gap_words[GAP_KINDS];

#define GAP_NO_SAMPLE UINT32_MAX

struct gap {
	enum gap_kind kind;
	uint32_t host;          /* HASH_INDEX_END: unknown, since the log has no sample */
	int64_t from, to;       /* the times of the samples around it; HOST_NO_TIME: there is none */
	uint32_t before, after; /* these samples; GAP_NO_SAMPLE */
	uint64_t
	    interval;  /* seconds that the sample after it covers; of GAP_UNRECORDED: the usual interval; 0: unknown */
	uint32_t file; /* a string: the log with the damage or the sequence, or the sample after; STRING_NONE */
	uint64_t offset, length; /* of damage and sequence; RAWLOG_NO_OFFSET: no place in the log */
	uint32_t reason;         /* a string */
};

#define GAP_NO_OFFSET UINT64_MAX

/* A sample of a log. */
struct gap_sample {
	int64_t time;
	uint32_t interval;
	uint32_t host;
	uint32_t file, number;
	uint32_t part;
	bool since_boot;
	bool copy; /* another log has it too */
};

struct gaps {
	struct strings strings;
	struct hosts hosts;
	struct chunks samples; /* struct gap_sample */
	struct chunks list;    /* struct gap */
	uint32_t *order;       /* of `list`; made by gaps_finish */
	bool failed;           /* out of memory */
	/* The current log. */
	uint32_t file, part;
	int64_t boot;
	uint32_t last;    /* its last sample; GAP_NO_SAMPLE: none yet */
	uint32_t waiting; /* the first gap that waits for the next sample */
};

void gaps_init(struct gaps *g, enum host_by by);
void gaps_free(struct gaps *g);

/* For facts_options: a sample of a log, damage or a gap of it, its end. */
void gaps_take_sample(void *context, const struct log_facts *facts, const struct rawlog_sample *sample);
void gaps_take_loss(void *context, const struct log_facts *facts, const struct rawlog_damage *damage);
void gaps_take_end(void *context, const struct log_facts *facts);

/* All logs are taken: finds what is between them, and sorts. False: out of memory. */
bool gaps_finish(struct gaps *g);

static inline const struct gap_sample *
gaps_sample(const struct gaps *g, uint32_t number)
{
	return chunks_at(&g->samples, number);
}

static inline struct gap *
gaps_at(const struct gaps *g, uint32_t number)
{
	return chunks_at(&g->list, number);
}

#endif
