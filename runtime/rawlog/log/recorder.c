/*
 * recorder: counts the structs of a run's first samples that the schema's `tell` section names, and compares the shares.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/recorder.h"

#define COUNTS_MAX  8    /* the most counts of a release */
#define OTHERS_MAX  8    /* the most releases with the same sizes */
#define STRUCTS_MAX 2000 /* the most structs of a block that are counted */

/* The number of structs counted, and of those that have the property. */
struct tally {
	uint64_t n, has;
};

/* --- candidates --------------------------------------------------------------------------------------------- */

bool
recorder_may_be(const struct recorder_candidates *c, const struct catalog_release *release)
{
	return c->verdict == RECORDER_UNKNOWN || (c->verdict == RECORDER_OWN) == (release == c->teller);
}

const struct catalog_release *
recorder_first(const struct recorder_candidates *c, const struct layout *layout)
{
	if (recorder_may_be(c, layout->release))
		return layout->release;
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct layout other = { catalog_releases[i], layout->model, layout->order };

		if (recorder_may_be(c, other.release) && alike(&other, layout))
			return other.release;
	}
	return layout->release;
}

/* --- runs ---------------------------------------------------------------------------------------------------- */

void
recorder_free(struct recorder *t)
{
	for (size_t i = 0; i < CATALOG_BLOCKS_MAX; i++) {
		free(t->hosts[i]);
		t->hosts[i] = NULL;
	}
	free(t->record);
	t->record = NULL;
	block_free(&t->block);
	t->layout.release = NULL;
}

/* Allocates the host structs. False: out of memory. */
static bool
make_room(struct recorder *t)
{
	const struct catalog_release *r = t->layout.release;

	t->record = host_new(r->rawrecord);
	for (size_t i = 0; i < r->nblocks; i++) {
		t->hosts[i] = host_new(r->blocks[i].entry);
		if (t->hosts[i] == NULL)
			return false;
	}
	return t->record != NULL;
}

int
recorder_init(struct recorder *t, const struct layout *layout)
{
	const struct catalog_release *others[OTHERS_MAX];
	size_t least = SIZE_MAX, nothers = 0, claims;

	recorder_free(t);
	memset(t, 0, sizeof *t);
	block_init(&t->block);
	for (size_t i = 0; i < catalog_nreleases; i++) {
		const struct layout other = { catalog_releases[i], layout->model, layout->order };

		if (!alike(&other, layout))
			continue;
		claims = alike_claims(other.release);
		if (claims < least) {
			least = claims;
			t->least = other.release;
		}
		if (other.release->tell != NULL)
			t->layout = other;
		else if (nothers < OTHERS_MAX)
			others[nothers++] = other.release;
	}
	alike_names(t->others, sizeof t->others, others, nothers);
	if (t->layout.release == NULL || make_room(t))
		return 0;
	recorder_free(t);
	return ENOMEM;
}

bool
recorder_begins_run(const struct recorder *t, const void *record)
{
	return t->layout.release->tell->begins(record);
}

/* Counts the structs of a block, if it is intact. */
static void
count_block(struct recorder *t, struct file *file, const struct frame_block *b, size_t block,
    const struct catalog_count *c, struct tally *tally)
{
	const struct catalog_struct *s = t->layout.release->blocks[block].entry;
	const size_t size = s->size[t->layout.model];
	const unsigned char *p;
	enum block_result result;
	struct fault fault;
	bool has;

	if (b->inflated > BLOCK_KEPT_MAX)
		return;
	result = block_begin(&t->block, file, b->offset, b->length, b->inflated);
	if (result == BLOCK_NO_MEMORY)
		t->error = ENOMEM;
	if (result != BLOCK_OK)
		return;
	for (size_t i = 0; i < STRUCTS_MAX && (p = block_take(&t->block, size)) != NULL; i++) {
		if (!s->decode(t->hosts[block], p, size, t->layout.model, t->layout.order, &fault) ||
		    !c->counts(t->record, t->hosts[block], &has))
			continue;
		tally->n++;
		tally->has += has;
	}
}

static void
count_sample(struct recorder *t, struct file *file, const struct frame *frame, struct tally *tallies)
{
	const struct catalog_release *r = t->layout.release;
	bool has;

	for (size_t i = 0; i < r->tell->ncounts && i < COUNTS_MAX; i++) {
		const struct catalog_count *c = &r->tell->counts[i];

		if (c->of < r->nblocks) {
			count_block(t, file, &frame->blocks[c->of], c->of, c, &tallies[i]);
		} else if (c->counts(t->record, NULL, &has)) {
			tallies[i].n++;
			tallies[i].has += has;
		}
	}
}

/* The verdict of the counts so far. */
static enum recorder_verdict
judge(const struct recorder *t, const struct tally *tallies)
{
	const struct catalog_tell *tell = t->layout.release->tell;

	for (size_t i = 0; i < tell->ncounts && i < COUNTS_MAX; i++) {
		const struct catalog_count *c = &tell->counts[i];
		const struct tally *a = &tallies[i];

		if (a->n < c->least || a->n == 0)
			continue;
		if (c->own >= 0 && 100 * a->has >= (uint64_t)c->own * a->n)
			return RECORDER_OWN;
		if (c->other >= 0 && 100 * a->has <= (uint64_t)c->other * a->n)
			return RECORDER_OTHER;
	}
	return RECORDER_UNKNOWN;
}

/* Judges the run whose first record is that of `first`. */
static enum recorder_verdict
look_ahead(struct recorder *t, struct file *file, const struct frame *first)
{
	const size_t size = t->layout.release->rawrecord->size[t->layout.model];
	const size_t most = source_is_live(&file->source) ? 1 : RECORDER_SAMPLES_MAX;
	enum recorder_verdict verdict = RECORDER_UNKNOWN;
	struct tally tallies[COUNTS_MAX] = { { 0, 0 } };
	uint64_t offset = first->offset;
	const unsigned char *p;
	struct frame frame;
	size_t got;

	for (size_t i = 0; i < most && verdict == RECORDER_UNKNOWN && t->error == 0; i++) {
		p = file_at(file, offset, size, &got);
		if (got < size || frame_read(&t->layout, p, size, offset, t->record, &frame) != FRAME_OK ||
		    (i > 0 && recorder_begins_run(t, t->record)) || frame.end - first->offset > RECORDER_BYTES_MAX)
			break;
		count_sample(t, file, &frame, tallies);
		verdict = judge(t, tallies);
		offset = frame.end;
	}
	return verdict;
}

int
recorder_judge_run(struct recorder *t, struct file *file, const struct frame *first, struct recorder_run *run)
{
	const bool is_stated = run->stated == t->layout.release;
	const enum recorder_verdict verdict = look_ahead(t, file, first);

	run->candidates = (struct recorder_candidates){ verdict, t->layout.release };
	run->recorded_by = verdict == RECORDER_OWN ? t->layout.release->version
	    : verdict == RECORDER_OTHER            ? t->others
						   : NULL;
	run->contradicts = (verdict == RECORDER_OWN && !is_stated) || (verdict == RECORDER_OTHER && is_stated);
	run->shown = run->contradicts ? t->least : run->stated;
	run->offset = first->offset;
	return file->error != 0 ? file->error : t->error;
}
