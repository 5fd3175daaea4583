/*
 * Ties file, header, records and block together, and puts damage in blocks into words.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rawlog/catalog/host.h"
#include "rawlog/log/alike.h"
#include "rawlog/log/damage_block.h"
#include "rawlog/log/detach.h"
#include "rawlog/log/groups.h"
#include "rawlog/log/part.h"
#include "rawlog/log/reader.h"
#include "rawlog/log/recorder.h"

#define TASKS_MAX	(1u << 22)	/* that a machine can run: the kernel's PID_MAX_LIMIT */

struct rawlog {
	struct file		 file;
	struct headers		 headers;
	struct part		 part;		/* at hand */
	struct records		 records;
	struct recorder		 recorder;
	struct recorder_run	 run;		/* at hand */
	struct layout		 layout;	/* that it is read as */
	void			*record;	/* host struct, of the layout that the header states */
	bool			 pending;	/* the record found last has not been handed out */
	bool			 chosen;	/* the release; runs are not judged then */
};

/* --- opening -------------------------------------------------------------------------------------------- */

/* Prepares for the runs of the log at hand. 0, or an errno. */
static int
begin_runs(struct rawlog *log)
{
	free(log->record);
	log->record = host_new(log->part.layout.release->rawrecord);
	log->layout = log->part.layout;
	log->run = (struct recorder_run){.number = log->run.number + 1, .stated = log->layout.release,
	    .shown = log->layout.release};
	if (log->record == NULL)
		return ENOMEM;
	return log->chosen ? 0 : recorder_init(&log->recorder, &log->part.layout);
}

/* The layout, as the header says or as is chosen. */
static enum rawlog_result
recognise(struct rawlog *log, const struct choice *choice, struct layout *layout, struct rawlog_error *error)
{
	const unsigned char *p;
	enum header_result result;
	size_t got;

	p = file_at(&log->file, 0, header_size_max(), &got);
	result = log->chosen ? choice_find(choice, &log->file, layout, error->text) :
	    header_identify(p, got, layout, error->text);
	if (result == HEADER_REFUSED && !log->chosen)
		choice_suggest(&log->file, error->text);
	if (log->file.error != 0 || result == HEADER_NO_MEMORY) {
		error->code = log->file.error != 0 ? log->file.error : ENOMEM;
		return RAWLOG_FAILED;
	}
	return result == HEADER_OK ? RAWLOG_OK : RAWLOG_REFUSED;
}

/* The layout, and the header in it. */
static enum rawlog_result
read_header(struct rawlog *log, const struct choice *choice, struct rawlog_error *error)
{
	struct layout layout;
	const enum rawlog_result result = recognise(log, choice, &layout, error);

	if (result != RAWLOG_OK)
		return result;
	error->code = part_read(&log->part, &log->file, 0, &layout);
	if (error->code == 0 && !headers_init(&log->headers, choice))
		error->code = ENOMEM;
	if (error->code == 0)
		error->code = records_init(&log->records, &log->file, &log->part.layout, &log->headers, 0,
		    part_begin(&log->part));
	if (error->code == 0)
		error->code = begin_runs(log);
	return error->code == 0 ? RAWLOG_OK : RAWLOG_FAILED;
}

/* Makes a log of the file that `opened` says is open, or frees what there is of it. */
static enum rawlog_result
finish_open(struct rawlog **made, struct rawlog *log, int opened, const struct choice *choice,
    struct rawlog_error *error)
{
	enum rawlog_result result;

	if (opened != 0) {
		error->code = opened;
		free(log);
		return RAWLOG_FAILED;
	}
	log->chosen = choice != NULL && choice->release != NULL;
	result = read_header(log, choice, error);
	if (result != RAWLOG_OK) {
		rawlog_close(log);
		return result;
	}
	*made = log;
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_open_choice(struct rawlog **log, int fd, const struct choice *choice, struct rawlog_error *error)
{
	struct rawlog *l = calloc(1, sizeof *l);

	if (l == NULL && fd > STDIN_FILENO)
		close(fd);
	return finish_open(log, l, l == NULL ? ENOMEM : file_open_fd(&l->file, fd), choice, error);
}

enum rawlog_result
rawlog_open_bytes(struct rawlog **log, const void *bytes, size_t size, const struct choice *choice,
    struct rawlog_error *error)
{
	struct rawlog *l = calloc(1, sizeof *l);

	return finish_open(log, l, l == NULL ? ENOMEM : file_open_memory(&l->file, bytes, size), choice, error);
}

void
rawlog_close(struct rawlog *log)
{
	records_free(&log->records);
	headers_free(&log->headers);
	part_free(&log->part);
	recorder_free(&log->recorder);
	free(log->record);
	file_close(&log->file);
	free(log);
}

const struct layout *
rawlog_layout(const struct rawlog *log)
{
	return &log->layout;
}

const struct recorder_run *
rawlog_run(const struct rawlog *log)
{
	return &log->run;
}

struct file *
rawlog_file(struct rawlog *log)
{
	return &log->file;
}

void
rawlog_on_wait(struct rawlog *log, void (*waits)(void *context), void *context)
{
	file_on_wait(&log->file, waits, context);
}

const void *
rawlog_header(const struct rawlog *log)
{
	return log->part.header;
}

const struct header_facts *
rawlog_facts(const struct rawlog *log)
{
	return &log->part.facts;
}

const struct part *
rawlog_part(const struct rawlog *log)
{
	return &log->part;
}

/* Frees what is made for structs of one release. */
static void
free_structs(struct rawlog_sample *sample)
{
	for (size_t i = 0; i < CATALOG_BLOCKS_MAX; i++) {
		free(sample->hosts[i]);
		sample->hosts[i] = NULL;
	}
	free(sample->record);
	free(sample->no_header);
	free(sample->held_host);
	sample->held_host = NULL;
	sample->held = NULL;
	sample->record = sample->no_header = NULL;
	cgroups_free(&sample->groups);
	sample->fits = NULL;
}

int
rawlog_sample_fit(struct rawlog_sample *sample, const struct layout *layout)
{
	if (sample->fits != layout->release) {
		free_structs(sample);
		sample->record = host_new(layout->release->rawrecord);
		sample->no_header = host_new(layout->release->rawheader);
		if (sample->record == NULL || sample->no_header == NULL)
			return ENOMEM;
		cgroups_init(&sample->groups, layout);
		sample->fits = layout->release;
	}
	sample->layout = layout;
	sample->groups.layout = layout;
	return 0;
}

int
rawlog_sample_init(struct rawlog_sample *sample, const struct rawlog *log)
{
	memset(sample, 0, sizeof *sample);
	block_init(&sample->block);
	return rawlog_sample_fit(sample, &log->layout);
}

void
rawlog_sample_free(struct rawlog_sample *sample)
{
	free_structs(sample);
	block_free(&sample->block);
	detached_free(sample->detached);
	sample->detached = NULL;
}

void
rawlog_sample_set_candidates(struct rawlog_sample *sample, const struct recorder_candidates *candidates)
{
	const struct catalog_release *held = recorder_first(candidates, sample->layout);

	if (sample->held != held) {
		free(sample->held_host);
		sample->held_host = NULL;
	}
	sample->held = held;
	sample->candidates = *candidates;
}

void
rawlog_sample_begin(struct rawlog_sample *sample, struct file *file, uint64_t number)
{
	sample->file = file;
	sample->number = number;
	sample->offset = sample->frame.offset;
	sample->finished = true;
	sample->has_groups = false;
	sample->of = NULL;
	sample->faults = sample->nulls = 0;
	sample->unverified = false;
}

/* Makes the log that the records have come to the one at hand. */
static enum rawlog_result
turn(struct rawlog *log, int *error)
{
	struct records *r = &log->records;

	*error = 0;
	if (r->begins == RECORDS_HEADED_LOG)
		*error = part_read(&log->part, &log->file, r->next, &r->next_layout);
	else
		part_lose(&log->part, r->next);
	if (*error == 0)
		*error = records_turn(r);
	if (*error == 0)
		*error = begin_runs(log);
	return *error == 0 ? RAWLOG_NEXT_LOG : RAWLOG_FAILED;
}

/*
 * The record just found begins a run: finds out as of which release the run is read. RAWLOG_OK, or _NEXT_RUN: another one
 * than so far, or one that its header denies.
 */
static enum rawlog_result
judge_run(struct rawlog *log, int *error)
{
	const struct catalog_release *before = log->run.shown;

	*error = recorder_judge_run(&log->recorder, &log->file, &log->records.last, &log->run);
	if (*error == 0)
		*error = records_set_run(&log->records, log->record, &log->run.candidates);
	if (*error != 0)
		return RAWLOG_FAILED;
	log->run.sample = log->records.count - 1;
	log->layout.release = log->run.shown;
	if (log->run.shown == before && !log->run.contradicts)
		return RAWLOG_OK;
	log->run.number++;
	log->pending = true;
	return RAWLOG_NEXT_RUN;
}

/* Decodes the record found last for what it is read as. */
static enum rawlog_result
hand_out(struct rawlog *log, struct rawlog_sample *sample, int *error)
{
	const struct catalog_struct *rawrecord = log->layout.release->rawrecord;
	struct fault fault;
	const unsigned char *p;
	size_t got;

	*error = rawlog_sample_fit(sample, &log->layout);
	if (*error != 0)
		return RAWLOG_FAILED;
	p = file_at(&log->file, log->records.last.offset, rawrecord->size[log->layout.model], &got);
	if (!rawrecord->decode(sample->record, p, got, log->layout.model, log->layout.order, &fault)) {
		*error = log->file.error != 0 ? log->file.error : EIO;	/* it was there a moment ago */
		return RAWLOG_FAILED;
	}
	sample->header = rawlog_header(log);
	log->pending = false;
	sample->frame = log->records.last;
	sample->lied = records_has_fault(&log->records);
	rawlog_sample_set_candidates(sample, records_candidates(&log->records));
	rawlog_sample_begin(sample, &log->file, log->records.count - 1);
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_next(struct rawlog *log, struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	struct frame frame;
	enum rawlog_result result;

	if (log->part.flaw != NULL) {
		damage_describe(damage, DAMAGE_HEADER, log->part.offset, part_begin(&log->part) - log->part.offset, 0,
		    "the header is wrong: %s", log->part.flaw);
		log->part.flaw = NULL;
		return RAWLOG_DAMAGED;
	}
	if (log->pending)
		return hand_out(log, sample, error);
	result = records_next(&log->records, log->record, &frame, damage, error);
	if (result == RAWLOG_NEXT_LOG)
		return turn(log, error);
	if (result == RAWLOG_OK && log->recorder.layout.release != NULL &&
	    (log->records.count == 1 || recorder_begins_run(&log->recorder, log->record)))
		result = judge_run(log, error);
	return result == RAWLOG_OK ? hand_out(log, sample, error) : result;
}

void
rawlog_sample_take(struct rawlog_sample *to, struct rawlog_sample *from, struct file *file)
{
	void *record = to->record;

	to->record = from->record;
	from->record = record;
	to->header = from->header;
	to->frame = from->frame;
	rawlog_sample_begin(to, file, from->number);
	to->lied = from->lied;
	rawlog_sample_set_candidates(to, &from->candidates);
}

/* --- a sample's blocks ---------------------------------------------------------------------------------- */

/*
 * Begins block `i` as compressed bytes, whatever kind it is. Somewhere in a block whose checksum is wrong a byte is; where
 * there is only one struct, it is that one's.
 */
static void
begin_block(struct rawlog_sample *sample, size_t i)
{
	const struct frame_block *b = &sample->frame.blocks[i];
	enum block_result state;

	sample->current = i;
	sample->index = sample->ndecoded = 0;
	sample->finished = false;
	sample->group = NULL;
	state = block_begin(&sample->block, sample->file, b->offset, b->length, b->inflated);
	if (b->count == 1 && (state == BLOCK_CHECKSUM || state == BLOCK_LONG))
		sample->block.good = 0;
	sample->state = state;
	sample->flaw = NULL;
	memset(sample->sums, 0, sizeof sample->sums);
}

enum rawlog_result
rawlog_groups(struct rawlog_sample *sample, int *error)
{
	size_t chain;

	cgroups_clear(&sample->groups);
	if (!cgroups_find_chain(sample->layout->release, &chain))
		return RAWLOG_OK;
	if (!groups_read(sample)) {
		*error = sample->file->error != 0 ? sample->file->error : ENOMEM;
		return RAWLOG_FAILED;
	}
	sample->has_groups = true;
	sample->finished = true;
	return RAWLOG_OK;
}

/* Whether the structs of block `i` are those that the release's list names. */
static bool
is_named(const struct catalog_release *release, size_t i)
{
	size_t list;

	return cgroups_find_list(release, &list) && release->blocks[list].named == i;
}

void
rawlog_block(struct rawlog_sample *sample, size_t i)
{
	const struct catalog_block *of = &sample->layout->release->blocks[i];

	if (of->tail == NULL && of->share.size == 0)
		begin_block(sample, i);
	sample->current = i;
	sample->index = 0;
	sample->finished = false;
	sample->of = of;
	sample->grouped = is_named(sample->layout->release, i);
	sample->group = NULL;
	groups_prepare(sample);
}

/* --- sums over a block -------------------------------------------------------------------------------------- */

/* Whether `release` adds up the same for number `i` of block `block` of `held`. */
static bool
adds_alike(const struct catalog_release *held, const struct catalog_release *release, size_t block, size_t i)
{
	const struct catalog_block *a = &held->blocks[block], *b = &release->blocks[block];

	for (size_t k = 0; k < b->nsums; k++)
		if (strcmp(a->sum_names[i], b->sum_names[k]) == 0)
			return strcmp(a->sum_terms[i], b->sum_terms[k]) == 0;
	return false;
}

/* Whether all releases that may have written the sample add up the same for number `i` of the block at hand. */
static bool
is_certain(const struct rawlog_sample *sample, size_t i)
{
	for (size_t k = 0; k < catalog_nreleases; k++) {
		const struct layout other = {catalog_releases[k], sample->layout->model, sample->layout->order};

		if (other.release != sample->held && recorder_may_be(&sample->candidates, other.release) &&
		    alike(&other, sample->layout) && !adds_alike(sample->held, other.release, sample->current, i))
			return false;
	}
	return true;
}

/* Adds what the struct that stands at `p`, decoded into `host`, adds to the sums. False: no memory. */
static bool
add_to_sums(struct rawlog_sample *sample, const unsigned char *p, size_t size, const void *host)
{
	const struct layout *layout = sample->layout;
	const struct catalog_block *held = &sample->held->blocks[sample->current];
	struct fault fault;

	if (held->sums == NULL)
		return true;
	if (sample->held != layout->release) {
		if (sample->held_host == NULL)
			sample->held_host = host_new(held->entry);
		if (sample->held_host == NULL)
			return false;
		host = sample->held_host;
		if (!held->entry->decode(sample->held_host, p, size, layout->model, layout->order, &fault))
			return true;
	}
	held->sums(host, sample->sums);
	return true;
}

/* How the numbers that a record states of a block's structs differ from what the structs add up to. */
struct comparison {
	size_t	ncompared;		/* numbers that mean the same for all candidates */
	size_t	ndiffer, nlarger;	/* of these: numbers that differ; that are larger than the structs make them */
	size_t	first;			/* the first that differs */
	bool	possible;		/* no machine runs too few processes for any of them */
};

static void
compare(const struct rawlog_sample *sample, const uint64_t *stated, struct comparison *c)
{
	const struct catalog_block *of = &sample->held->blocks[sample->current];

	*c = (struct comparison){.first = SIZE_MAX, .possible = true};
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
 * Structs are missing if the record counts more of several kinds. One number alone is wrong by itself, unless it is the only
 * one that there is.
 */
static bool
are_missing(const struct comparison *c)
{
	return c->nlarger == c->ndiffer && (c->ndiffer > 1 || c->ncompared == 1) && c->possible;
}

/*
 * Holds what the record states of all structs of the block against the structs, all of which were handed out. RAWLOG_END if
 * that agrees, or nobody can tell. _GAP if structs are missing; otherwise the record is wrong, _DAMAGED.
 */
static enum rawlog_result
compare_sums(const struct rawlog_sample *sample, struct rawlog_damage *damage)
{
	const struct catalog_block *of = &sample->held->blocks[sample->current];
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const struct record_facts *facts = &sample->frame.facts;
	uint64_t stated[CATALOG_SUMS_MAX];
	struct comparison c;

	if (of->nsums == 0 || sample->lied || sample->ndecoded != b->count ||
	    sample->held->rawrecord->decode != sample->layout->release->rawrecord->decode)
		return RAWLOG_END;
	of->stated(sample->record, stated);
	if (memcmp(stated, sample->sums, of->nsums * sizeof stated[0]) == 0)
		return RAWLOG_END;
	compare(sample, stated, &c);
	if (c.ndiffer == 0)
		return RAWLOG_END;
	damage_describe(damage, DAMAGE_RECORD, sample->offset, b->offset - sample->offset, sample->number,
	    "the record header is wrong: it states %" PRIu64 " for %s, and the structs make it %" PRIu64, stated[c.first],
	    of->sum_names[c.first], sample->sums[c.first]);
	if (!are_missing(&c))
		return RAWLOG_DAMAGED;
	damage_describe(damage, DAMAGE_NONE, sample->offset, 0, sample->number,
	    "structs are missing: the record states %" PRIu64 " for %s, and the structs make it %" PRIu64, stated[c.first],
	    of->sum_names[c.first], sample->sums[c.first]);
	damage->block = of->entry->role;
	damage->from = (int64_t)((uint64_t)facts->curtime - facts->interval);
	damage->to = facts->curtime;
	damage->interval = facts->interval;
	return RAWLOG_GAP;
}

/*
 * Nothing more comes out of the block, at the latest when all of it is taken. That the log's end cuts it is
 * left for rawlog_next to say.
 */
static enum rawlog_result
finish_block(struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	enum block_result state = sample->state;

	sample->finished = true;
	if (state == BLOCK_OK)			/* a block inflated for the second time may have changed */
		state = sample->block.result;
	if (state == BLOCK_NO_MEMORY || sample->file->error != 0) {
		*error = sample->file->error != 0 ? sample->file->error : ENOMEM;
		return RAWLOG_FAILED;
	}
	if (state == BLOCK_OK && sample->grouped && sample->nuntold > 0)
		return groups_describe_untold(sample, damage);
	if (state == BLOCK_OK)
		return compare_sums(sample, damage);
	if (state == BLOCK_CUT && sample->flaw == NULL)
		return RAWLOG_END;
	damage_describe(damage, damage_block(state), b->offset, b->length, sample->number, "%s; %" PRIu64 " of %" PRIu64 " structs read",
	    block_reason(state), sample->index, b->count);
	if (sample->flaw != NULL)
		damage_add(damage, "; the next cannot be one: %s", sample->flaw);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* The struct just taken could not be decoded. */
static enum rawlog_result
lose_struct(struct rawlog_sample *sample, const struct fault *fault, struct rawlog_damage *damage)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const char *member = fault->member != NULL ? fault->member : "its size";

	damage_describe(damage, DAMAGE_COUNT, b->offset, b->length, sample->number,
	    "struct %" PRIu64 " of %" PRIu64 ": %s is %" PRId64 ", not within 0 and %" PRIu64,
	    sample->index, b->count, member, fault->count, fault->limit);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* Finds what is wrong in the struct just decoded, mends it, and finds which of its members mean nothing. */
static void
judge(struct rawlog_sample *sample, void *host)
{
	const struct catalog_block *of = sample->of;
	const void *header = sample->header != NULL ? sample->header : sample->no_header;

	sample->faults = sample->nulls = 0;
	if (sample->as_stored)
		return;
	if (of->faults != NULL)
		sample->faults = of->faults(header, sample->record, host);
	if (of->nulls != NULL)
		sample->nulls = of->nulls(header, sample->record, host, sample->faults);
	if (sample->faults != 0 && of->mend != NULL)
		of->mend(host, sample->faults);
}

/* The next instance of the chain, which rawlog_groups has read. */
static enum rawlog_result
next_group(struct rawlog_sample *sample, void *room, const void **host, struct rawlog_damage *damage)
{
	const struct layout *layout = sample->layout;
	const struct cgroups *g = &sample->groups;
	struct fault fault;

	if (!sample->has_groups || sample->index == g->ngroups)
		return groups_finish(sample, damage);
	sample->group = &g->groups[sample->index++];
	sample->unverified = !block_is_verified(sample->chain_state);
	sample->of->entry->decode(room, g->chain + sample->group->offset, g->chain_size - sample->group->offset,
	    layout->model, layout->order, &fault);
	judge(sample, room);
	*host = room;
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_struct(struct rawlog_sample *sample, const void **host, struct rawlog_damage *damage, int *error)
{
	const struct layout *layout = sample->layout;
	const struct catalog_struct *s = layout->release->blocks[sample->current].entry;
	size_t size = s->size[layout->model];
	struct fault fault = {0};
	const unsigned char *p;
	bool decoded;
	void **room = &sample->hosts[sample->current];

	if (sample->finished)
		return RAWLOG_END;
	if (*room == NULL && (*room = host_new(s)) == NULL) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	if (sample->of->tail != NULL)
		return next_group(sample, *room, host, damage);
	if (sample->of->share.size > 0)
		return groups_finish(sample, damage);
	p = block_take(&sample->block, size);
	if (p == NULL)
		return finish_block(sample, damage, error);
	sample->unverified = !block_is_verified(sample->state);
	decoded = s->decode(*room, p, size, layout->model, layout->order, &fault);
	if (decoded && sample->unverified && sample->of->flaw != NULL)
		sample->flaw = sample->of->flaw(*room, sample->record);
	if (sample->flaw != NULL)
		return finish_block(sample, damage, error);
	sample->index++;
	if (!decoded)
		return lose_struct(sample, &fault, damage);
	*host = *room;
	sample->ndecoded++;
	if (!add_to_sums(sample, p, size, *host)) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	judge(sample, *room);
	groups_find(sample, *host, size);
	return RAWLOG_OK;
}
