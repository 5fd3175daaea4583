/*
 * tiny_alike: two more made-up releases, 0.4 and 0.5, whose lengths are equal. They have what 0.1 to 0.3 lack: conditions
 * that make members null, faults of the recorder, and checks of the header and the record. They differ in the checks of
 * the record alone. tiny_alike_log builds their logs, which are wide and little-endian.
 */
#ifndef TINY_ALIKE_H
#define TINY_ALIKE_H

#include "print/text/printers.h"
#include "rawlog/catalog/catalog.h"
#include "tiny.h"

/* Places in catalog_releases. */
#define ALIKE_4 3
#define ALIKE_5 4

#define ALIKE_HEADER 36 /* bytes of a rawheader */
#define ALIKE_RECORD 32 /* bytes of a rawrecord */

/* Offsets in a rawheader. */
#define ALIKE_HEADER_PADDING 10
#define ALIKE_HEADER_KERNEL  28
#define ALIKE_HEADER_FUTURE  30
#define ALIKE_HEADER_FLAGS   32

/* Offsets in a rawrecord. */
#define ALIKE_RECORD_TIME    0
#define ALIKE_RECORD_NDEVIAT 16 /* 0.5: 1000 at most */
#define ALIKE_RECORD_FLAGS   20
#define ALIKE_RECORD_PADDING 22
#define ALIKE_RECORD_SPARE   24 /* 0.4: reserved. 0.5: a level, 9 at most */

/* Flags of a rawheader. */
#define ALIKE_HAS_HISTORY 1u /* sstat.hist means something */
#define ALIKE_HAS_GPU     2u /* tstat.gpu means something, if the record's flag is set too */

/* Flags of a rawrecord. */
#define ALIKE_TEMPERATURE 1u /* sstat.cpu.temp means something */
#define ALIKE_GPU         2u
#define ALIKE_FLAGS_4     7u  /* all flags of 0.4 */
#define ALIKE_FLAGS_5     15u /* and of 0.5 */

struct alike_header {
	uint32_t magic;
	uint16_t aversion, rawheadlen, rawreclen;
	uint32_t sstatlen, tstatlen;
	char nodename[8];
	uint16_t kernel; /* 6: the recorder is at fault if net.err is not 0. 0: unknown */
	uint16_t future; /* reserved */
	uint32_t flags;
};

struct alike_record {
	int64_t curtime;
	uint32_t scomplen, pcomplen, ndeviat;
	uint16_t flags;
	uint32_t spare; /* reserved */
};

/* The rawrecord of 0.5: its host struct has the members at other places. */
struct alike_record_5 {
	uint32_t level;
	uint16_t flags;
	uint32_t scomplen, pcomplen, ndeviat;
	int64_t curtime;
};

struct alike_cpu {
	int32_t id;
	uint32_t ticks;
	uint32_t temp;
};

struct alike_net {
	uint32_t in;
	uint32_t err; /* of kernel 6: that of another member; out and lost stand one place later */
	uint32_t out;
	uint32_t lost;
};

struct alike_sstat {
	int32_t ncpu;
	struct alike_cpu cpu[2];
	struct alike_net net;
	uint32_t hist[3];
	uint32_t spare; /* reserved */
};

struct alike_tstat {
	int32_t pid;
	uint32_t gpu;
	char state; /* 'E': it has ended, and io means nothing */
	uint32_t io[2];
};

/* Bits that say which members mean nothing. Of a struct in sstat they are shifted down, by ALIKE_NET_BASE for net. */
#define ALIKE_NO_TEMP     1u
#define ALIKE_NO_HISTORY  2u
#define ALIKE_NET_BASE    2
#define ALIKE_NET_SHIFTED 1u /* net.lost means nothing */
#define ALIKE_NET_UNKNOWN 2u /* net.err, out and lost mean nothing */
#define ALIKE_NO_GPU      1u
#define ALIKE_NO_IO       2u

extern const struct catalog_release alike_release_4, alike_release_5;
extern const struct row_printer alike_header_rows[1], alike_record_rows[1], alike_record_5_rows[1], alike_sstat_rows[2],
    alike_tstat_rows[1];

/* By the structs' numbers, behind those of the first releases. */
enum {
	ALIKE_NUMBER_HEADER = TINY_NUMBER_TSTAT_2 + 1,
	ALIKE_NUMBER_RECORD,
	ALIKE_NUMBER_RECORD_5,
	ALIKE_NUMBER_SSTAT,
	ALIKE_NUMBER_TSTAT
};

void alike_header_json(struct writer *out, const void *host, unsigned print, uint64_t nulls);
void alike_record_json(struct writer *out, const void *host, unsigned print, uint64_t nulls);
void alike_record_5_json(struct writer *out, const void *host, unsigned print, uint64_t nulls);
void alike_sstat_json(struct writer *out, const void *host, unsigned print, uint64_t nulls);
void alike_tstat_json(struct writer *out, const void *host, unsigned print, uint64_t nulls);

/* Starts a log of 0.4 or 0.5 (`release` 4 or 5) with a header. */
void alike_begin(struct tiny_log *log, unsigned release, uint16_t kernel, uint32_t flags);

/*
 * Appends a sample of two processors and two tasks, of which the second has ended: its time in seconds, the record's
 * flags, and net.err. Returns the offset of its record.
 */
size_t alike_sample(struct tiny_log *log, int64_t curtime, uint16_t flags, uint32_t err);

#endif
