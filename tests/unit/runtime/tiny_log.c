/*
 * tiny_log: builds logs of the made-up releases. Has its own copy of their layouts, independent of the catalog.
 */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "tiny.h"

#define TSTAT_MAX 48

static void
store(unsigned char *p, uint64_t value, size_t size, enum byte_order order)
{
	size_t i;

	for (i = 0; i < size; i++)
		p[order == ORDER_LITTLE ? i : size - 1 - i] = (unsigned char)(value >> 8 * i);
}

static size_t
long_size(const struct tiny_log *log)
{
	return log->model == TINY_WIDE ? 8 : 4;
}

static void *
must(void *p)
{
	if (p == NULL)
		abort();
	return p;
}

void
tiny_append(struct tiny_log *log, const void *bytes, size_t size)
{
	log->bytes = must(realloc(log->bytes, log->size + size + 1));
	memcpy(log->bytes + log->size, bytes, size);
	log->size += size;
}

static size_t
tstat_size(const struct tiny_log *log)
{
	if (log->release == 1)
		return log->model == TINY_WIDE ? 40 : 36;
	return log->model == TINY_WIDE ? 48 : 40;
}

void
tiny_begin(struct tiny_log *log, unsigned release, enum tiny_model model, enum byte_order order)
{
	unsigned char header[36] = { 0 };

	*log = (struct tiny_log){ NULL, 0, release, model, order };
	store(header, release == 3 ? TINY_MAGIC_3 : TINY_MAGIC, 4, order);
	store(header + 4, 0x8000 + release, 2, order);
	store(header + 6, sizeof header, 2, order);
	store(header + 8, model == TINY_WIDE ? 24 : 16, 2, order);
	store(header + 12, model == TINY_WIDE ? 48 : 44, 4, order);
	store(header + 16, tstat_size(log), 4, order);
	memcpy(header + 20, "tiny", 4);
	tiny_append(log, header, sizeof header);
}

size_t
tiny_raw_sample(struct tiny_log *log, const void *sstat, uint32_t scomplen, const void *tstat, uint32_t pcomplen,
    uint32_t ndeviat)
{
	unsigned char record[24] = { 0 };
	size_t offset = log->size, l = long_size(log);

	store(record, 1000000000, l, log->order);
	store(record + l, scomplen, 4, log->order);
	store(record + l + 4, pcomplen, 4, log->order);
	store(record + l + 8, ndeviat, 4, log->order);
	tiny_append(log, record, log->model == TINY_WIDE ? 24 : 16);
	tiny_append(log, sstat, scomplen);
	tiny_append(log, tstat, pcomplen);
	return offset;
}

size_t
tiny_sstat(const struct tiny_log *log, unsigned char *p, int32_t ncpu)
{
	static const uint32_t half = 0x3f000000; /* 0.5 as a float */
	int32_t i;

	memset(p, 0, 64);
	store(p, (uint32_t)ncpu, 4, log->order);
	for (i = 0; i < TINY_NCPU; i++) {
		store(p + 4 + 8 * i, (uint32_t)i, 4, log->order);
		store(p + 8 + 8 * i, half, 4, log->order);
	}
	store(p + 36, 77, 4, log->order);
	store(p + 40, 12345, long_size(log), log->order);
	return 40 + long_size(log);
}

static void
fill_task(const struct tiny_log *log, unsigned char *p, uint32_t pid, const char *name)
{
	store(p, pid, 4, log->order);
	memcpy(p + 4, name, strlen(name) < 16 ? strlen(name) : 16);
	p[20] = pid % 2 == 0 ? 'S' : 0;
	store(p + 24, pid == 1 ? UINT32_MAX : 20, 4, log->order);
	store(p + 28, 5, 4, log->order);
	store(p + 32, 999999999, long_size(log), log->order);
	if (log->release == 2)
		store(p + 32 + long_size(log), 3, 4, log->order);
}

/* Compresses into fresh memory and sets `size` to what came out. */
static void *
pack(const void *bytes, size_t *size)
{
	uLongf room = compressBound(*size);
	void *packed = must(malloc(room));

	if (compress(packed, &room, bytes, *size) != Z_OK)
		abort();
	*size = room;
	return packed;
}

size_t
tiny_sample(struct tiny_log *log, int64_t curtime, int32_t ncpu, uint32_t ntasks, const char *name)
{
	unsigned char system[64], *tasks = must(calloc(ntasks + 1, TSTAT_MAX));
	size_t ssize = tiny_sstat(log, system, ncpu), psize = ntasks * tstat_size(log), offset;
	void *scomp, *pcomp;
	uint32_t i;

	for (i = 0; i < ntasks; i++)
		fill_task(log, tasks + i * tstat_size(log), i + 1, name);
	scomp = pack(system, &ssize);
	pcomp = pack(tasks, &psize);
	offset = tiny_raw_sample(log, scomp, (uint32_t)ssize, pcomp, (uint32_t)psize, ntasks);
	store(log->bytes + offset, (uint64_t)curtime, long_size(log), log->order);
	free(scomp);
	free(pcomp);
	free(tasks);
	return offset;
}

void
tiny_free(struct tiny_log *log)
{
	free(log->bytes);
	log->bytes = NULL;
}
