/*
 * tiny: a made-up atop for the runtime's tests: a catalog of three releases and two data models small enough to
 * follow by hand, and a builder of their logs in memory. In "0.2" a task has one member more. tiny_alike adds two releases.
 */
#ifndef TINY_H
#define TINY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/base/load.h"

#define TINY_MAGIC   0xfeedbeefu
#define TINY_MAGIC_3 0xfeedbee3u /* that of 0.3: releases may differ in it */
#define TINY_NCPU    4

enum tiny_model {
	TINY_WIDE,  /* a long has 8 bytes */
	TINY_NARROW /* a long has 4 bytes */
};

struct tiny_header {
	uint32_t magic;
	uint16_t aversion, rawheadlen, rawreclen;
	uint32_t sstatlen, tstatlen;
	char nodename[16];
};

struct tiny_record {
	int64_t curtime;
	uint32_t scomplen, pcomplen, ndeviat;
};

struct tiny_cpu {
	int32_t id;
	float load;
};

struct tiny_sstat {
	int32_t ncpu;
	struct tiny_cpu cpu[TINY_NCPU];
	uint32_t spare; /* reserved */
	int64_t uptime;
};

struct tiny_gen {
	int32_t pid;
	char name[16];
	char state;
};

struct tiny_tstat {
	struct tiny_gen gen;
	int32_t prio; /* -1: not available */
	uint32_t gpu; /* means nothing while gen.state is 0 */
	int64_t btime;
	int32_t nice; /* from 0.2 on */
};

/* Whether the gpu of a task means something. */
bool tiny_gpu_means(const void *host);

/* The numbers of the structs in the catalog; those of tiny_alike follow. */
enum {
	TINY_NUMBER_HEADER,
	TINY_NUMBER_RECORD,
	TINY_NUMBER_SSTAT,
	TINY_NUMBER_TSTAT_1, /* of 0.1 */
	TINY_NUMBER_TSTAT_2  /* of 0.2 and 0.3 */
};

/* A log being built. */
struct tiny_log {
	unsigned char *bytes;
	size_t size;
	unsigned release; /* 1 or 2 */
	enum tiny_model model;
	enum byte_order order;
};

/* Starts a log with a header. The test program ends if memory is short. */
void tiny_begin(struct tiny_log *log, unsigned release, enum tiny_model model, enum byte_order order);

/*
 * Appends a sample: `curtime`, one sstat of `ncpu` processors, `ntasks` tasks whose pids count from 1 and
 * whose name is `name`. Returns the offset of its record.
 */
size_t tiny_sample(struct tiny_log *log, int64_t curtime, int32_t ncpu, uint32_t ntasks, const char *name);

/* Appends a sample whose blocks are these bytes as they are. */
size_t tiny_raw_sample(struct tiny_log *log, const void *sstat, uint32_t scomplen, const void *tstat, uint32_t pcomplen,
    uint32_t ndeviat);

/* One uncompressed sstat; returns its size. `p` has room for 64 bytes. */
size_t tiny_sstat(const struct tiny_log *log, unsigned char *p, int32_t ncpu);

/* Appends bytes as they are. */
void tiny_append(struct tiny_log *log, const void *bytes, size_t size);

void tiny_free(struct tiny_log *log);

#endif
