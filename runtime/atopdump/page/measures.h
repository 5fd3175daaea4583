/*
 * measures: what is measured in each sample, and by which column of which view. The views are those of schemas/views.
 */
#ifndef MEASURES_H
#define MEASURES_H

enum measure {
	MEASURE_PROCESSORS,
	MEASURE_USER,
	MEASURE_SYSTEM,
	MEASURE_INTERRUPTS,
	MEASURE_WAIT,
	MEASURE_STEAL,
	MEASURE_LOAD1,
	MEASURE_LOAD5,
	MEASURE_LOAD15,
	MEASURE_TOTAL,
	MEASURE_FREE,
	MEASURE_CACHE,
	MEASURE_BUFFERS,
	MEASURE_AVAILABLE,
	MEASURE_SWAP_TOTAL,
	MEASURE_SWAP_FREE,
	MEASURE_SWAP_IN,
	MEASURE_SWAP_OUT,
	MEASURE_DISK_BUSY,
	MEASURE_DISK_READ,
	MEASURE_DISK_WRITE,
	MEASURE_RECEIVE,
	MEASURE_SEND,
	MEASURE_CPU_SOME,
	MEASURE_MEMORY_SOME,
	MEASURE_MEMORY_FULL,
	MEASURE_IO_SOME,
	MEASURE_IO_FULL,
	MEASURES
};

struct measure_source {
	const char *view, *column;
	const char *name; /* the column with the name of what was measured; NULL: the sample itself */
	int rate;         /* the column counts in the interval, and is divided by its seconds */
};

/* By number. */
extern const struct measure_source measure_sources[MEASURES];

#endif
