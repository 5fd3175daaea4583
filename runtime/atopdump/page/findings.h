/*
 * findings: the logs that were read, and what was wrong with them: damage, gaps between samples, notes.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "atopdump/report/strings.h"
#include "print/format/format.h"

#define FINDINGS_MAX 10000 /* messages of a log that are kept */

enum finding_kind {
	FINDING_DAMAGE,
	FINDING_GAP,
	FINDING_NOTE,
	FINDING_KINDS
};

/* A log. */
struct finding_log {
	uint32_t file; /* a string */
	uint64_t part; /* which of the logs in the file */
	const struct catalog_release *release;
	const char *model;
	uint32_t host; /* a string: the name; STRING_NONE: unknown */
	uint64_t nsamples;
	int64_t first, last; /* times, if there are samples */
	uint64_t count[FINDING_KINDS];
};

/* A message about a log. */
struct finding {
	uint32_t log;
	enum finding_kind kind;
	uint32_t text; /* a string */
};

struct findings {
	struct strings *strings;
	struct chunks logs; /* struct finding_log */
	struct chunks list; /* struct finding */
	struct hash_index index;
	uint32_t current; /* the log that is read */
};

/* The strings must outlive it. */
void findings_init(struct findings *f, struct strings *strings);
void findings_free(struct findings *f);

/* In all of the following: false: out of memory. */

/* A log begins, or its next run. */
bool findings_begin(struct findings *f, const struct format_log *log);

/* The current log has a sample. */
void findings_count(struct findings *f, int64_t time);

bool findings_add(struct findings *f, enum finding_kind kind, const char *text);

/* Damage of a file that holds logs. The current log stays the current one. */
bool findings_add_file(struct findings *f, const char *path, const char *text);

static inline struct finding_log *
findings_log_at(const struct findings *f, uint32_t number)
{
	return chunks_at(&f->logs, number);
}

static inline const struct finding *
findings_at(const struct findings *f, uint32_t number)
{
	return chunks_at(&f->list, number);
}

#endif
