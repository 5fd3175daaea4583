/*
 * log_facts: what the header and the records of a log say about it as a whole. Blocks are not inflated, unless that is asked
 * for to check them.
 */
#ifndef LOG_FACTS_H
#define LOG_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/log/damage.h"
#include "rawlog/rawlog.h"

#define FACTS_TEXT_MAX     256 /* bytes of a text of the log */
#define FACTS_RELEASES_MAX 8
#define FACTS_BOOTS_MAX    32
#define FACTS_GAPS_MAX     32
#define FACTS_FEATURES_MAX 64
#define FACTS_LENGTHS_MAX  16

/* Bytes of the log, of any content, not terminated. */
struct facts_text {
	bool known;
	size_t size;
	char bytes[FACTS_TEXT_MAX];
};

/* Intervals of equal length. */
struct facts_length {
	uint64_t seconds;
	uint64_t count;
};

/* Optional data, such as "netatop", and in how many samples it is. */
struct facts_feature {
	const char *name;
	uint64_t count;
};

/* A gap between samples, or in a block. */
struct facts_gap {
	uint64_t offset, sample; /* behind it */
	int64_t from, to;        /* the times of the samples around it; RAWLOG_NO_TIME: unknown */
	uint64_t interval;       /* that the later one states */
	char reason[RAWLOG_REASON_MAX];
};

struct log_facts {
	const char *file;        /* its path, as given, valid until the next offer */
	uint64_t size;           /* as it is stored */
	const char *compression; /* "gzip", "xz"; NULL: none */
	uint64_t part;           /* which of the logs in the file, from 1 */
	const char *model;
	bool is_big_endian;
	bool has_size;    /* the file is a regular one, of `size` bytes */
	bool has_cgroups; /* the release has them */
	struct facts_text host, kernel, machine;
	const char
	    *releases[FACTS_RELEASES_MAX]; /* the first one that its records are read as, and others that follow */
	size_t nreleases;
	uint64_t samples;
	uint64_t tasks, cgroups; /* as the records count them */
	int64_t first, last;     /* the times of the first and the last sample, if there are some */
	uint64_t runs;           /* of atop */
	uint64_t gaps;           /* between samples, and in blocks that are checked; may be more than are listed */
	struct facts_gap gap_list[FACTS_GAPS_MAX];
	bool member;      /* the log is a member of an archive */
	uint64_t damages; /* reports of damage */
	bool checked;     /* all blocks have been inflated and verified */
	/*
	 * When the machine was started: the beginning of the interval of each sample that counts since boot. Times that differ
	 * by two seconds at most are one.
	 */
	int64_t boots[FACTS_BOOTS_MAX];
	uint64_t nboots; /* may be more than are listed */
	/* Of the samples that do not count since boot. */
	struct facts_length lengths[FACTS_LENGTHS_MAX];
	size_t nlengths; /* different ones; those that are more than fit are not listed */
	uint64_t shortest, longest;
	struct facts_feature features[FACTS_FEATURES_MAX]; /* those that the releases know */
	size_t nfeatures;
};

struct intake;

struct facts_options {
	const char *layout;                                 /* as for rawlog_open */
	bool check;                                         /* inflate all blocks */
	bool quiet;                                         /* report nothing that leaves the result RAWLOG_OK */
	bool verbose;                                       /* report also why files of folders are passed over */
	void (*report)(const char *path, const char *text); /* gets messages about the log */
	void (*take)(void *context, const struct log_facts *facts); /* gets the facts of each log in the file */
	/* Get each sample, and each damage and gap, where it is in the log; `facts` are those so far. NULL: nobody asks. */
	void (*take_sample)(void *context, const struct log_facts *facts, const struct rawlog_sample *sample);
	void (*take_loss)(void *context, const struct log_facts *facts, const struct rawlog_damage *damage);
	void *context;
};

/*
 * Reads the logs of the current offer, which is closed here. RAWLOG_OK, _DAMAGED, _REFUSED or _FAILED. A file that was found
 * in a folder or an archive and is not a log at all is passed over: it is counted there, and the result is RAWLOG_OK. If it is packed,
 * that is reported.
 */
enum rawlog_result log_facts_read(struct intake *intake, const struct facts_options *options);

/* The most frequent interval, in seconds; 0: unknown. */
uint64_t log_facts_interval(const struct log_facts *facts);

#endif
