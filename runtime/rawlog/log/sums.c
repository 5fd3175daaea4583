/*
 * sums: adds up the structs of a block by the rules of one release, and compares the sums with the record.
 */
#include <inttypes.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/sums.h"

#define TASKS_MAX (1u << 22) /* the most tasks that a machine can run: PID_MAX_LIMIT of the kernel */

/* Whether sum `i` of block `block` has the same terms in `release` as in `held`. */
static bool
adds_alike(const struct catalog_release *held, const struct catalog_release *release, size_t block, size_t i)
{
	const struct catalog_block *a = &held->blocks[block], *b = &release->blocks[block];

	for (size_t k = 0; k < b->nsums; k++)
		if (strcmp(a->sum_names[i], b->sum_names[k]) == 0)
			return strcmp(a->sum_terms[i], b->sum_terms[k]) == 0;
	return false;
}

/* Whether sum `i` of the current block has the same terms in all releases that may have written the sample. */
static bool
is_certain(const struct rawlog_sample *sample, size_t i)
{
	for (size_t k = 0; k < catalog_nreleases; k++) {
		const struct layout other = { catalog_releases[k], sample->layout->model, sample->layout->order };

		if (other.release != sample->held && recorder_may_be(&sample->candidates, other.release) &&
		    alike(&other, sample->layout) && !adds_alike(sample->held, other.release, sample->current, i))
			return false;
	}
	return true;
}

bool
sums_add_held(struct rawlog_sample *sample, const unsigned char *p, size_t size)
{
	const struct layout *layout = sample->layout;
	const struct catalog_block *held = &sample->held->blocks[sample->current];
	struct fault fault;

	if (held->sums == NULL)
		return true;
	if (sample->held_host == NULL)
		sample->held_host = host_new(held->entry);
	if (sample->held_host == NULL)
		return false;
	if (held->entry->decode(sample->held_host, p, size, layout->model, layout->order, &fault))
		held->sums(sample->held_host, sample->sums);
	return true;
}

/* How the sums that a record states differ from the sums of the structs. */
struct comparison {
	size_t ncompared;        /* sums with the same terms in all candidates */
	size_t ndiffer, nlarger; /* of these: sums that differ; that the record states larger */
	size_t first;            /* the first sum that differs */
	bool possible;           /* none is larger than TASKS_MAX */
};

static void
compare(const struct rawlog_sample *sample, const uint64_t *stated, struct comparison *c)
{
	const struct catalog_block *of = &sample->held->blocks[sample->current];

	*c = (struct comparison){ .first = SIZE_MAX, .possible = true };
	for (size_t i = 0; i < of->nsums; i++) {
		if (!is_certain(sample, i))
			continue;
		c->ncompared++;
		c->nlarger += stated[i] > sample->sums[i];
		c->ndiffer += stated[i] != sample->sums[i];
		c->possible = c->possible && stated[i] <= TASKS_MAX;
		if (stated[i] != sample->sums[i] && c->first == SIZE_MAX)
			c->first = i;
	}
}

/*
 * Whether structs are missing: the record counts more of several kinds. If only one of several sums differs, that number in
 * the record is wrong instead.
 */
static bool
are_missing(const struct comparison *c)
{
	return c->nlarger == c->ndiffer && (c->ndiffer > 1 || c->ncompared == 1) && c->possible;
}

enum rawlog_result
sums_compare(const struct rawlog_sample *sample, struct rawlog_damage *damage)
{
	const struct catalog_block *of = &sample->held->blocks[sample->current];
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const struct record_facts *facts = &sample->frame.facts;
	uint64_t stated[CATALOG_SUMS_MAX];
	struct comparison c;

	if (of->nsums == 0 || sample->header_fault || sample->ndecoded != b->count ||
	    sample->held->rawrecord->decode != sample->layout->release->rawrecord->decode)
		return RAWLOG_END;
	of->stated(sample->record, stated);
	if (memcmp(stated, sample->sums, of->nsums * sizeof stated[0]) == 0)
		return RAWLOG_END;
	compare(sample, stated, &c);
	if (c.ndiffer == 0)
		return RAWLOG_END;
	damage_describe(damage, DAMAGE_RECORD, sample->offset, b->offset - sample->offset, sample->number,
	    "the record header is wrong: it states %" PRIu64 " for %s, and the structs make it %" PRIu64,
	    stated[c.first], of->sum_names[c.first], sample->sums[c.first]);
	if (!are_missing(&c))
		return RAWLOG_DAMAGED;
	damage_describe(damage, DAMAGE_NONE, sample->offset, 0, sample->number,
	    "structs are missing: the record states %" PRIu64 " for %s, and the structs make it %" PRIu64,
	    stated[c.first], of->sum_names[c.first], sample->sums[c.first]);
	damage->block = of->entry->role;
	damage->from = (int64_t)((uint64_t)facts->curtime - facts->interval);
	damage->to = facts->curtime;
	damage->interval = facts->interval;
	return RAWLOG_GAP;
}
