/*
 * tally: how many logs a run has read, of how many releases, and what was lost. Not for several threads at once: logs are
 * counted by the thread that goes from log to log, losses in the order of output.
 */
#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

struct catalog_release;

#define TALLY_TEXT_MAX 192

struct tally {
	uint64_t logs;
	uint64_t passed;   /* files of folders that are no logs */
	uint64_t refused;  /* files that could not be read, or whose layout is not known */
	uint64_t damaged;  /* logs with damage, */
	uint64_t losses;   /* and how often there was some */
	uint64_t last;     /* id of the last log that was counted as damaged; 0: none */
	size_t nreleases;  /* how many different releases the logs are of */
	uint64_t seen[16]; /* bits of the numbers of these releases */
};

/* Counts a log of `release`. */
void tally_log(struct tally *t, const struct catalog_release *release);

/* Counts damage of the log with that id, which is not 0. */
void tally_damage(struct tally *t, uint64_t log);

/* Writes "34 logs of 20 releases, 3 passed over, 1 damaged (3 losses)". */
void tally_describe(const struct tally *t, char text[TALLY_TEXT_MAX]);

#endif
