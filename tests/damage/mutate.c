/*
 * mutate: copies a log and applies one fault.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

#define GROWTH_MAX (16u << 10) /* bytes inserted at most */

enum kind {
	FLIP,
	OVERWRITE,
	INSERT,
	REMOVE,
	SWAP,
	TRUNCATE,
	DUPLICATE,
	NKINDS
};

static const char *const names[] = { "flip", "overwrite", "insert", "delete", "swap", "truncate", "duplicate" };

void
mutate_begin(struct mutation *m, uint64_t seed, size_t size)
{
	memset(m, 0, sizeof *m);
	m->dice = seed;
	m->bytes = malloc(size + GROWTH_MAX);
	if (m->bytes == NULL)
		abort();
}

void
mutate_end(struct mutation *m)
{
	free(m->bytes);
}

/* A number below `n`, which is not 0. */
static size_t
roll(struct mutation *m, size_t n)
{
	uint64_t x = m->dice += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((x ^ x >> 31) % n);
}

static void
fill(struct mutation *m, unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		p[i] = (unsigned char)roll(m, 256);
}

static void
start(struct mutation *m, const unsigned char *whole, size_t size, size_t at)
{
	memcpy(m->bytes, whole, size);
	m->size = size;
	m->at = at;
	m->removed = 0;
	m->number++;
}

void
mutate_byte(struct mutation *m, const unsigned char *whole, size_t size, size_t at, unsigned how)
{
	unsigned char flip = 0xff;

	start(m, whole, size, at);
	if (how == 0)
		flip = (unsigned char)(1u << roll(m, 8));
	else if (how == 2)
		flip = (unsigned char)(1 + roll(m, 255));
	m->bytes[at] ^= flip;
	snprintf(m->name, sizeof m->name, "%lu: byte %zu ^ %u", m->number, at, flip);
}

void
mutate_cut(struct mutation *m, const unsigned char *whole, size_t size, size_t at)
{
	start(m, whole, size, at);
	m->removed = size - at;
	m->size = at;
	snprintf(m->name, sizeof m->name, "%lu: cut at %zu", m->number, at);
}

/* Moves what stands from `from` on to `to`. */
static void
move_tail(struct mutation *m, size_t to, size_t from)
{
	memmove(m->bytes + to, m->bytes + from, m->size - from);
	m->size = m->size - from + to;
}

/* Swaps `length` bytes at `m->at` with others that do not overlap them, if there are. */
static void
swap(struct mutation *m, size_t length)
{
	size_t left = m->size - m->at - length, other, i;
	unsigned char byte;

	if (left < length)
		return;
	other = m->at + length + roll(m, left - length + 1);
	for (i = 0; i < length; i++) {
		byte = m->bytes[m->at + i];
		m->bytes[m->at + i] = m->bytes[other + i];
		m->bytes[other + i] = byte;
	}
}

static void
apply(struct mutation *m, enum kind kind, size_t length)
{
	unsigned char *p = m->bytes + m->at;

	switch (kind) {
	case FLIP: *p ^= (unsigned char)(1u << roll(m, 8)); break;
	case OVERWRITE: fill(m, p, length); break;
	case INSERT:
		move_tail(m, m->at + length, m->at);
		fill(m, p, length);
		break;
	case REMOVE:
		move_tail(m, m->at, m->at + length);
		m->removed = length;
		break;
	case SWAP: swap(m, length); break;
	case TRUNCATE:
		m->removed = m->size - m->at;
		m->size = m->at;
		break;
	case DUPLICATE: move_tail(m, m->at + length, m->at); break;
	case NKINDS: break;
	}
}

/* A place anywhere, or in or near a record header, or rarely in the log's own header. */
static size_t
choose_place(struct mutation *m, size_t size, const size_t *starts, size_t n)
{
	size_t place = starts[0] + roll(m, size - starts[0]), dice = roll(m, 20);

	if (dice == 0)
		return roll(m, starts[0]);
	if (dice < 10)
		place = starts[roll(m, n)] + roll(m, 128);
	else if (dice < 12)
		place = starts[roll(m, n)];
	return place < size ? place : size - 1;
}

void
mutate_random(struct mutation *m, const unsigned char *whole, size_t size, const size_t *starts, size_t n)
{
	static const size_t lengths[] = { 1, 2, 4, 16, 96, 512, 4096, GROWTH_MAX };
	size_t length = 1 + roll(m, lengths[roll(m, sizeof lengths / sizeof lengths[0])]);
	enum kind kind = (enum kind)roll(m, NKINDS);

	start(m, whole, size, choose_place(m, size, starts, n));
	if (length > size - m->at)
		length = size - m->at;
	snprintf(m->name, sizeof m->name, "%lu: %s %zu bytes at %zu", m->number, names[kind], length, m->at);
	apply(m, kind, length);
}
