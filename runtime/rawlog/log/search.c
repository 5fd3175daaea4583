/*
 * search: scans for headers of compressed streams, and tries the records that could end in front of them.
 */
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/search.h"

#define VIEW           (32u << 10)            /* bytes scanned at once */
#define TIME_MAX       (INT64_C(1) << 33)     /* in the year 2242 */
#define LAYOUTS_A_BYTE 2                      /* the number of layouts tried for each byte passed */
#define ATTEMPT_COST   (3 * PROBE_BLOCK_COST) /* of inflating one deflate block, in addition to its bytes */

size_t
search_record_size(const struct layout *layout)
{
	return layout->release->rawrecord->size[layout->model];
}

/* The first layout whose records look like those of layout `i`. */
static size_t
find_like(const struct layout *layouts, size_t i)
{
	size_t k = 0;

	while (layouts[k].release->rawrecord != layouts[i].release->rawrecord ||
	    layouts[k].release->record_facts != layouts[i].release->record_facts ||
	    layouts[k].model != layouts[i].model || layouts[k].order != layouts[i].order)
		k++;
	return k;
}

bool
search_init(struct search *s, const struct layout *layouts, size_t n)
{
	size_t i, size, room = 1;

	memset(s, 0, sizeof *s);
	probe_init(&s->probe);
	s->layouts = layouts;
	s->nlayouts = n;
	budget_init(&s->budget);
	s->keep = UINT64_MAX;
	s->record_min = SIZE_MAX;
	for (i = 0; i < n; i++) {
		size = search_record_size(&layouts[i]);
		s->record_min = size < s->record_min ? size : s->record_min;
		s->record_max = size > s->record_max ? size : s->record_max;
		size = layouts[i].release->rawrecord->definition->size;
		room = size > room ? size : room;
	}
	s->record = malloc(room);
	s->candidates = calloc(n + 1, sizeof *s->candidates);
	if (s->record == NULL || s->candidates == NULL) {
		search_free(s);
		return false;
	}
	for (i = 0; i < n; i++)
		s->candidates[i].like = find_like(layouts, i);
	return true;
}

void
search_free(struct search *s)
{
	probe_free(&s->probe);
	free(s->record);
	free(s->candidates);
	s->record = NULL;
	s->candidates = NULL;
}

bool
search_turn(struct search *s, const struct layout *layouts, size_t n)
{
	const struct budget budget = s->budget;
	bool made;

	search_free(s);
	made = search_init(s, layouts, n);
	s->budget = budget;
	return made;
}

/* --- attempts ------------------------------------------------------------------------------------------- */

void
search_hand_over(const struct search *from, struct search *to)
{
	to->budget = from->budget;
	to->found = from->found;
}

/* Pays for the last attempt, which may have exceeded the budget by one step. */
static void
pay(struct search *s)
{
	const uint64_t cost = s->probe.cost;

	budget_pay(&s->budget, cost < s->budget.credit ? cost : s->budget.credit);
}

/* Inflates the block at `offset`, of `length` bytes, up to `most` bytes, if the budget allows it. Does not pay yet. */
static enum probe_result
attempt(struct search *s, struct file *file, uint64_t offset, uint64_t length, uint64_t most)
{
	s->probe.length = s->probe.inflated = s->probe.cost = 0;
	budget_reach(&s->budget, offset);
	if (length + most + ATTEMPT_COST >= s->budget.credit)
		return PROBE_UNTRIED;
	return probe_block(&s->probe, file, offset, length, most, s->budget.credit);
}

enum probe_result
search_probe(struct search *s, struct file *file, uint64_t offset, uint64_t inflated, bool charged, uint64_t *length)
{
	enum probe_result result;

	if (s->found.length > 0 && s->found.offset == offset && s->found.inflated == inflated) {
		*length = s->found.length;
		return PROBE_WHOLE;
	}
	result = attempt(s, file, offset, frame_length_max(inflated), inflated);
	if (result == PROBE_WHOLE && s->probe.inflated != inflated)
		result = PROBE_BAD;
	if (result != PROBE_WHOLE || charged)
		pay(s);
	*length = s->probe.length;
	return result;
}

bool
search_is_exact(struct search *s, struct file *file, const struct frame_block *b)
{
	enum probe_result result;

	budget_reach(&s->budget, b->offset);
	result = probe_block(&s->probe, file, b->offset, b->length, b->inflated, s->budget.credit);
	if (result == PROBE_WHOLE && s->probe.length == b->length && s->probe.inflated == b->inflated)
		return true;
	pay(s);
	return false;
}

/* --- the search ----------------------------------------------------------------------------------------- */

/* The index of the first byte at `p` that begins a stream's header; `size` if none does. */
static size_t
find_header(const unsigned char *p, size_t size)
{
	const unsigned char *at = p, *end = p + size;

	while (end - at >= PROBE_HEADER_SIZE) {
		at = memchr(at, 0x78, (size_t)(end - at) - 1);
		if (at == NULL)
			return size;
		if (probe_is_header(at))
			return (size_t)(at - p);
		at++;
	}
	return size;
}

/* Whether the members of the record of `size` bytes at `p` are possible, apart from its blocks. */
static bool
is_plausible(struct search *s, const struct layout *layout, const unsigned char *p, size_t size)
{
	const struct catalog_release *release = layout->release;
	struct record_facts facts;
	struct fault fault;

	if (!release->rawrecord->decode(s->record, p, size, layout->model, layout->order, &fault))
		return false;
	memset(&facts, 0, sizeof facts);
	release->record_facts(s->record, &facts);
	return facts.curtime > 0 && facts.curtime < TIME_MAX && facts.block[0].length > 0;
}

/* Stores the first blocks of the record of `size` bytes at `p`, which ends at `offset`, if they are possible. */
static bool
note_blocks(struct search *s, size_t i, const unsigned char *p, size_t size, uint64_t offset)
{
	struct frame frame;

	if (frame_read(&s->layouts[i], p, size, offset - size, s->record, &frame) != FRAME_OK)
		return false;
	s->candidates[i].first = frame.blocks[0];
	s->candidates[i].second = frame.blocks[1];
	return true;
}

/*
 * Stores as candidates the records that may end at `offset`, the end of the `size` bytes at `p`. Computes the maximum
 * compressed and inflated size of their first blocks. False: there are no candidates.
 */
static bool
find_candidates(struct search *s, const unsigned char *p, size_t size, uint64_t offset, struct frame_block *most)
{
	struct search_candidate *c;
	const unsigned char *record;
	size_t i, own;

	most->length = most->inflated = 0;
	for (i = 0; i < s->nlayouts; i++) {
		c = &s->candidates[i];
		own = search_record_size(&s->layouts[i]);
		record = p + size - (own <= size ? own : 0);
		if (c->like == i)
			c->is_plausible = own <= size && is_plausible(s, &s->layouts[i], record, own);
		c->fits = s->candidates[c->like].is_plausible && note_blocks(s, i, record, own, offset);
		if (c->fits && c->first.inflated > most->inflated)
			most->inflated = c->first.inflated;
		if (c->fits && c->first.length > most->length)
			most->length = c->first.length;
	}
	return most->inflated > 0;
}

bool
search_fits(const struct search *s, size_t i)
{
	return s->candidates[i].fits;
}

/* Keeps the candidates whose first block is the one just found. False: none. */
static bool
sift(struct search *s)
{
	struct search_candidate *c;
	bool any = false;
	size_t i;

	for (i = 0; i < s->nlayouts; i++) {
		c = &s->candidates[i];
		c->fits = c->fits && c->first.length == s->probe.length && c->first.inflated == s->probe.inflated;
		any = any || c->fits;
	}
	return any;
}

/* Whether the second block is as candidate `i` states, too. */
static bool
fits_twice(struct search *s, struct file *file, size_t i)
{
	const struct search_candidate *c = &s->candidates[i];
	uint64_t length;

	if (!c->fits || (c->second.length == 0 && c->second.inflated == 0))
		return c->fits;
	return search_probe(s, file, c->second.offset, c->second.inflated, true, &length) == PROBE_WHOLE &&
	    length == c->second.length;
}

/* The best candidate: one with two fitting blocks before one with one, the preferred layout before the last. */
static size_t
choose(struct search *s, struct file *file)
{
	size_t i, last = s->preferred;

	if (s->nlayouts == 1 || fits_twice(s, file, s->preferred))
		return s->preferred;
	for (i = s->nlayouts; i-- > 0;)
		if (fits_twice(s, file, i))
			return i;
	for (i = 0; i < s->nlayouts && !s->candidates[s->preferred].fits; i++)
		last = s->candidates[i].fits ? i : last;
	return last;
}

/* Keeps a stream's bytes from `offset` on, and those that the caller needs. */
static void
hold(const struct search *s, struct file *file, uint64_t offset)
{
	file_hold(file, s->keep < offset ? s->keep : offset);
}

/* Whether any candidate has no second block, or one that begins as a block. */
static bool
goes_on_well(const struct search *s, struct file *file)
{
	for (size_t i = 0; i < s->nlayouts; i++) {
		const struct search_candidate *c = &s->candidates[i];
		const unsigned char *p;
		size_t got;

		if (!c->fits)
			continue;
		if (c->second.length == 0)
			return true;
		p = file_at(file, c->second.offset, PROBE_HEADER_SIZE, &got);
		if (got == PROBE_HEADER_SIZE && probe_is_header(p))
			return true;
	}
	return false;
}

/*
 * Whether a record ends at `offset`, where a stream's header follows the `size` bytes at `p`. Invalidates `p`.
 */
static enum search_result
try_place(struct search *s, struct file *file, const unsigned char *p, size_t size, uint64_t offset, size_t *layout)
{
	enum probe_result result = PROBE_UNTRIED;
	struct frame_block most;

	budget_reach(&s->budget, offset);
	if (!budget_look(&s->budget, s->nlayouts / LAYOUTS_A_BYTE)) {
		budget_miss(&s->budget, offset - size);
		return SEARCH_NONE;
	}
	if (!find_candidates(s, p, size, offset, &most))
		return SEARCH_NONE;
	hold(s, file, offset - size);
	s->probe.cost = 0;
	if (s->budget.credit >= BUDGET_CREDIT_MAX / 2 || goes_on_well(s, file))
		result = attempt(s, file, offset, most.length, most.inflated);
	if (result == PROBE_NO_MEMORY)
		return SEARCH_NO_MEMORY;
	if (result == PROBE_UNTRIED)
		budget_miss(&s->budget, offset - size);
	if (result != PROBE_WHOLE || !sift(s)) {
		pay(s);
		return SEARCH_NONE;
	}
	s->found = (struct search_found){ offset, s->probe.length, s->probe.inflated };
	*layout = choose(s, file);
	return SEARCH_FOUND;
}

/* The earliest start of a record that ends at `at`, `from` at least. */
static uint64_t
start_before(const struct search *s, uint64_t at, uint64_t from)
{
	return at - from > s->record_max ? at - s->record_max : from;
}

enum search_result
search_next(struct search *s, struct file *file, uint64_t from, uint64_t until, uint64_t *offset, size_t *layout)
{
	enum search_result result = SEARCH_NONE;
	uint64_t at = from + s->record_min, view, start; /* `at`: a possible start of a first block */
	const unsigned char *p;
	size_t got, before;

	while (result == SEARCH_NONE && at < until) {
		view = start_before(s, at, from);
		before = (size_t)(at - view);
		hold(s, file, view);
		p = file_at(file, view, VIEW, &got);
		if (got < before + PROBE_HEADER_SIZE)
			return SEARCH_NONE;
		at += find_header(p + before, got - before);
		if (at == view + got) {
			at--; /* its last byte may begin a header */
			continue;
		}
		if (at >= until)
			break;
		start = start_before(s, at, from);
		result = try_place(s, file, p + (start - view), (size_t)(at - start), at, layout);
		at++;
	}
	if (result == SEARCH_FOUND)
		*offset = at - 1 - search_record_size(&s->layouts[*layout]);
	return result;
}
