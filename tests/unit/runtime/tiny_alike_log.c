/*
 * tiny_alike_log: builds logs of 0.4 and 0.5. Their layouts are written here a second time, apart from the catalog.
 */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "tiny_alike.h"

#define SSTAT_SIZE 72
#define TSTAT_SIZE 32
#define NTASKS     2

static void
store(unsigned char *p, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

void
alike_begin(struct tiny_log *log, unsigned release, uint16_t kernel, uint32_t flags)
{
	unsigned char header[ALIKE_HEADER] = { 0 };

	*log = (struct tiny_log){ NULL, 0, release, TINY_WIDE, ORDER_LITTLE };
	store(header, TINY_MAGIC, 4);
	store(header + 4, 0x8000 + release, 2);
	store(header + 6, ALIKE_HEADER, 2);
	store(header + 8, ALIKE_RECORD, 2);
	store(header + 12, SSTAT_SIZE, 4);
	store(header + 16, TSTAT_SIZE, 4);
	memcpy(header + 20, "alike", 5);
	store(header + ALIKE_HEADER_KERNEL, kernel, 2);
	store(header + ALIKE_HEADER_FLAGS, flags, 4);
	tiny_append(log, header, sizeof header);
}

static uint32_t
pack(unsigned char *out, uLongf room, const unsigned char *bytes, size_t size)
{
	if (compress(out, &room, bytes, size) != Z_OK)
		abort();
	return (uint32_t)room;
}

size_t
alike_sample(struct tiny_log *log, int64_t curtime, uint16_t flags, uint32_t err)
{
	unsigned char record[ALIKE_RECORD] = { 0 }, system[SSTAT_SIZE] = { 0 }, tasks[NTASKS * TSTAT_SIZE] = { 0 };
	unsigned char scomp[256], pcomp[256];
	const uint32_t values[] = { 2, 0, 10, 40, 1, 11, 41, 100, err, 300, 400, 7, 8, 9, 66 };
	const size_t offset = log->size;
	uint32_t scomplen, pcomplen;

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		store(system + 4 * i, values[i], 4);
	for (size_t i = 0; i < NTASKS; i++) {
		unsigned char *task = tasks + TSTAT_SIZE * i;

		store(task, i + 1, 4);
		store(task + 4, 5, 4);
		task[8] = i == 0 ? 'S' : 'E';
		store(task + 12, 50 + i, 4);
		store(task + 16, 60 + i, 4);
	}
	scomplen = pack(scomp, sizeof scomp, system, sizeof system);
	pcomplen = pack(pcomp, sizeof pcomp, tasks, sizeof tasks);
	store(record + ALIKE_RECORD_TIME, (uint64_t)curtime, 8);
	store(record + 8, scomplen, 4);
	store(record + 12, pcomplen, 4);
	store(record + 16, NTASKS, 4);
	store(record + ALIKE_RECORD_FLAGS, flags, 2);
	tiny_append(log, record, sizeof record);
	tiny_append(log, scomp, scomplen);
	tiny_append(log, pcomp, pcomplen);
	return offset;
}
