/*
 * headers: searches for magic numbers and identifies the headers that they begin.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/headers.h"

#define PIECE     (256u << 10) /* bytes searched at once */
#define TRY_COST  512          /* bytes that must be passed to pay for one identification */
#define TRIES_MAX (1u << 20)   /* the most that can be saved up */

static const enum byte_order orders[] = { ORDER_LITTLE, ORDER_BIG };

#define NORDERS (sizeof orders / sizeof orders[0])

/* Whether `magic` is a known magic number. */
static bool
is_known(const struct headers *h, const unsigned char *magic)
{
	for (size_t i = 0; i < h->nmagics; i++)
		if (memcmp(h->magics[i], magic, HEADERS_MAGIC_SIZE) == 0)
			return true;
	return false;
}

static void
add_magic(struct headers *h, uint32_t number, enum byte_order order)
{
	unsigned char magic[HEADERS_MAGIC_SIZE];

	for (size_t i = 0; i < sizeof magic; i++)
		magic[order == ORDER_BIG ? sizeof magic - 1 - i : i] = (unsigned char)(number >> 8 * i);
	if (!is_known(h, magic))
		memcpy(h->magics[h->nmagics++], magic, sizeof magic);
	h->begins[magic[0]] = true;
}

bool
headers_init(struct headers *h, const struct choice *choice)
{
	memset(h, 0, sizeof *h);
	h->choice = choice != NULL ? *choice : (struct choice){ NULL, -1 };
	h->tries = TRIES_MAX;
	h->magics = calloc(catalog_nreleases * NORDERS + 1, sizeof *h->magics);
	if (h->magics == NULL)
		return false;
	for (size_t i = 0; i < catalog_nreleases; i++)
		for (size_t o = 0; o < NORDERS; o++)
			if (h->choice.release == NULL || h->choice.release == catalog_releases[i])
				add_magic(h, catalog_releases[i]->magic, orders[o]);
	return true;
}

void
headers_free(struct headers *h)
{
	free(h->magics);
	h->magics = NULL;
}

/* Identifies the header at `offset`, which begins with a magic number. */
static enum headers_result
look(struct headers *h, struct file *file, uint64_t offset, struct layout *layout)
{
	enum header_result result;
	const unsigned char *p;
	size_t got;

	p = file_at(file, offset, header_size_max(), &got);
	result = header_identify_as(p, got, h->choice.release, layout, h->why);
	if (result == HEADER_NO_MEMORY)
		return HEADERS_NO_MEMORY;
	if (result == HEADER_OK && h->choice.release != NULL && h->choice.model >= 0 &&
	    layout->model != (unsigned)h->choice.model) {
		strcpy(h->why, "of another data model");
		return HEADERS_REFUSED;
	}
	return result == HEADER_OK ? HEADERS_FOUND : HEADERS_REFUSED;
}

enum headers_result
headers_at(struct headers *h, struct file *file, uint64_t offset, struct layout *layout)
{
	size_t got;
	const unsigned char *p = file_at(file, offset, HEADERS_MAGIC_SIZE, &got);

	if (got < HEADERS_MAGIC_SIZE || !is_known(h, p))
		return HEADERS_NONE;
	return look(h, file, offset, layout);
}

/* The index of the first magic number in the `size` bytes at `p`, in one pass; `size`: there is none. */
static size_t
find_magic(const struct headers *h, const unsigned char *p, size_t size)
{
	for (size_t at = 0; size - at >= HEADERS_MAGIC_SIZE; at++)
		if (h->begins[p[at]] && is_known(h, p + at))
			return at;
	return size;
}

/* Pays for identifying one header at `offset` with the bytes passed. False: not enough bytes were passed. */
static bool
pay(struct headers *h, uint64_t offset)
{
	const uint64_t way = offset > h->passed ? offset - h->passed : 0;

	h->passed += way;
	h->tries = way < TRIES_MAX - h->tries ? h->tries + way : TRIES_MAX;
	if (h->tries < TRY_COST)
		return false;
	h->tries -= TRY_COST;
	return true;
}

enum headers_result
headers_find(struct headers *h, struct file *file, uint64_t from, uint64_t end, uint64_t *offset, struct layout *layout,
    struct budget *budget)
{
	enum headers_result result;
	const unsigned char *p;
	size_t size, got, at;

	while (from < end) {
		size = end - from < PIECE ? (size_t)(end - from) : PIECE;
		p = file_at(file, from, size + HEADERS_MAGIC_SIZE - 1, &got);
		at = find_magic(h, p, got);
		if (at == got && got < size + HEADERS_MAGIC_SIZE - 1)
			return HEADERS_NONE;
		from += at < got ? at : size;
		if (at == got)
			continue;
		if (pay(h, from)) {
			result = look(h, file, from, layout);
			if (result != HEADERS_REFUSED) {
				*offset = from;
				return result;
			}
		} else {
			budget_miss(budget, from);
		}
		from++;
	}
	return HEADERS_NONE;
}
