/*
 * rawlog: see rawlog.h. Ties file, header, frame and block together, and puts damage into words.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "place.h"
#include "rawlog.h"

#define GATHER_MAX	(64u << 10)	/* bytes of a chain or list taken at once */

struct rawlog {
	struct file		 file;
	struct layout		 layout;
	void			*header;	/* host struct */
	bool			 has_header;	/* there is one: it begins with the magic */
	struct header_facts	 facts;
	uint64_t		 next;		/* offset of the next record */
	uint64_t		 nsamples;	/* seen so far */
	struct frame		 last;		/* of the sample before */
	bool			 ended;		/* and what there is to say of the end has been said */
};

static void __attribute__((format(printf, 5, 6)))
describe(struct rawlog_damage *damage, uint64_t offset, uint64_t length, uint64_t sample,
    const char *reason, ...)
{
	va_list args;

	damage->offset = offset;
	damage->length = length;
	damage->sample = sample;
	damage->block = NULL;
	va_start(args, reason);
	vsnprintf(damage->reason, sizeof damage->reason, reason, args);
	va_end(args);
}

static void *
host_struct(const struct catalog_struct *s)
{
	return calloc(1, s->definition->size > 0 ? s->definition->size : 1);
}

/* --- opening -------------------------------------------------------------------------------------------- */

/* The layout, as the header says or as is chosen. */
static enum rawlog_result
recognise(struct rawlog *log, const struct choice *choice, struct rawlog_error *error)
{
	enum header_result result;
	const unsigned char *p;
	size_t got;

	if (choice != NULL && choice->release != NULL) {
		result = choice_find(choice, &log->file, &log->layout, error->refusal);
	} else {
		p = file_at(&log->file, 0, header_size_max(), &got);
		result = header_identify(p, got, &log->layout, error->refusal);
	}
	if (log->file.error != 0 || result == HEADER_NO_MEMORY) {
		error->error = log->file.error != 0 ? log->file.error : ENOMEM;
		return RAWLOG_FAILED;
	}
	return result == HEADER_OK ? RAWLOG_OK : RAWLOG_REFUSED;
}

/* The layout, and the header in it. */
static enum rawlog_result
read_header(struct rawlog *log, const struct choice *choice, struct rawlog_error *error)
{
	const enum rawlog_result result = recognise(log, choice, error);
	const struct catalog_struct *rawheader;
	struct fault fault;
	const unsigned char *p;
	size_t got;

	if (result != RAWLOG_OK)
		return result;
	p = file_at(&log->file, 0, header_size_max(), &got);
	rawheader = log->layout.release->rawheader;
	log->header = host_struct(rawheader);
	if (log->header == NULL) {
		error->error = ENOMEM;
		return RAWLOG_FAILED;
	}
	rawheader->decode(log->header, p, got, log->layout.model, log->layout.order, &fault);
	log->layout.release->header_facts(log->header, &log->facts);
	log->has_header = log->facts.magic == log->layout.release->magic;
	if (!log->has_header)
		log->facts.host_size = 0;
	log->next = rawheader->size[log->layout.model];
	return RAWLOG_OK;
}

/* Makes a log of the file that `opened` says is open, or frees what there is of it. */
static enum rawlog_result
finish_open(struct rawlog **made, struct rawlog *log, int opened, const struct choice *choice,
    struct rawlog_error *error)
{
	enum rawlog_result result;

	if (opened != 0) {
		error->error = opened;
		free(log);
		return RAWLOG_FAILED;
	}
	result = read_header(log, choice, error);
	if (result != RAWLOG_OK) {
		rawlog_close(log);
		return result;
	}
	*made = log;
	return RAWLOG_OK;
}

enum rawlog_result
rawlog_open(struct rawlog **log, const char *path, const struct choice *choice, struct rawlog_error *error)
{
	struct rawlog *l = calloc(1, sizeof *l);

	return finish_open(log, l, l == NULL ? ENOMEM : file_open(&l->file, path), choice, error);
}

enum rawlog_result
rawlog_open_memory(struct rawlog **log, const void *bytes, size_t size, struct rawlog_error *error)
{
	struct rawlog *l = calloc(1, sizeof *l);

	return finish_open(log, l, l == NULL ? ENOMEM : file_open_memory(&l->file, bytes, size), NULL, error);
}

void
rawlog_close(struct rawlog *log)
{
	file_close(&log->file);
	free(log->header);
	free(log);
}

const struct layout *
rawlog_layout(const struct rawlog *log)
{
	return &log->layout;
}

const void *
rawlog_header(const struct rawlog *log)
{
	return log->has_header ? log->header : NULL;
}

const struct header_facts *
rawlog_facts(const struct rawlog *log)
{
	return &log->facts;
}

int
rawlog_sample_init(struct rawlog_sample *sample, const struct rawlog *log)
{
	memset(sample, 0, sizeof *sample);
	block_init(&sample->block);
	sample->layout = &log->layout;
	cgroups_init(&sample->groups, &log->layout);
	sample->record = host_struct(log->layout.release->rawrecord);
	return sample->record == NULL ? ENOMEM : 0;
}

void
rawlog_sample_free(struct rawlog_sample *sample)
{
	size_t i;

	for (i = 0; i < CATALOG_BLOCKS_MAX; i++)
		free(sample->hosts[i]);
	free(sample->record);
	block_free(&sample->block);
	cgroups_free(&sample->groups);
}

/* --- the walk ------------------------------------------------------------------------------------------- */

/* The log ends at `end`, inside the blocks of the sample before. */
static void
describe_cut(const struct rawlog *log, uint64_t end, struct rawlog_damage *damage)
{
	const struct catalog_release *release = log->layout.release;
	const struct frame_block *blocks = log->last.blocks;
	size_t i = 0;

	while (i + 1 < release->nblocks && blocks[i].offset + blocks[i].length <= end)
		i++;
	describe(damage, blocks[i].offset, end - blocks[i].offset, log->nsamples - 1,
	    "the log ends %" PRIu64 " bytes before the sample does", log->last.end - end);
	damage->block = release->blocks[i].entry->role;
}

/*
 * No whole rawrecord stands at log->next, and the log ends at `end`. RAWLOG_END if that is because all is
 * read; otherwise what is wrong with the end is said, this once.
 */
static enum rawlog_result
describe_end(const struct rawlog *log, uint64_t end, struct rawlog_damage *damage)
{
	const char *flaw = file_flaw(&log->file);
	size_t used;

	if (end == log->next && flaw == NULL)
		return RAWLOG_END;
	if (end < log->next && log->nsamples > 0)
		describe_cut(log, end, damage);
	else if (end > log->next)
		describe(damage, log->next, end - log->next, log->nsamples,
		    "the log ends inside a record header");
	else
		describe(damage, end, 0, log->nsamples, "the log ends here");
	if (flaw != NULL) {
		used = strlen(damage->reason);
		snprintf(damage->reason + used, sizeof damage->reason - used, ": %s", flaw);
	}
	return RAWLOG_DAMAGED;
}

/* The record header at log->next cannot be true; the log ends at `end`. */
static enum rawlog_result
describe_bad_record(const struct rawlog *log, enum frame_result why, size_t block, uint64_t end,
    struct rawlog_damage *damage)
{
	const char *what = why == FRAME_UNREADABLE ? "it" : log->layout.release->blocks[block].entry->role;

	describe(damage, log->next, end - log->next, log->nsamples, "no record header: %s %s", what,
	    frame_reason(why));
	return RAWLOG_DAMAGED;
}

/*
 * The walk ends: at the log's end, or because there is no plausible record at log->next (`why`). In the
 * second case a search for the next one would begin here, with the window still at log->next.
 */
static enum rawlog_result
end_walk(struct rawlog *log, enum frame_result why, size_t block, struct rawlog_damage *damage, int *error)
{
	uint64_t end = file_end(&log->file);

	log->ended = true;
	if (log->file.error != 0) {
		*error = log->file.error;
		return RAWLOG_FAILED;
	}
	if (why == FRAME_OK)
		return describe_end(log, end, damage);
	return describe_bad_record(log, why, block, end, damage);
}

enum rawlog_result
rawlog_next(struct rawlog *log, struct rawlog_sample *sample, struct rawlog_damage *damage, int *error)
{
	size_t size = log->layout.release->rawrecord->size[log->layout.model], got;
	const unsigned char *p;
	enum frame_result why;

	if (log->ended)
		return RAWLOG_END;
	file_release(&log->file);
	p = file_at(&log->file, log->next, size, &got);
	if (got < size)
		return end_walk(log, FRAME_OK, 0, damage, error);
	why = frame_read(&log->layout, p, size, log->next, sample->record, &sample->frame);
	if (why != FRAME_OK)
		return end_walk(log, why, sample->frame.bad, damage, error);
	sample->file = &log->file;
	sample->number = log->nsamples++;
	sample->offset = log->next;
	sample->finished = true;
	sample->has_groups = false;
	sample->of = NULL;
	log->last = sample->frame;
	log->next = sample->frame.end;
	return RAWLOG_OK;
}

/* --- a sample's blocks ---------------------------------------------------------------------------------- */

/* Begins block `i` as compressed bytes, whatever kind it is. */
static void
begin_block(struct rawlog_sample *sample, size_t i)
{
	const struct frame_block *b = &sample->frame.blocks[i];

	sample->current = i;
	sample->index = 0;
	sample->finished = false;
	sample->group = NULL;
	sample->state = block_begin(&sample->block, sample->file, b->offset, b->length, b->inflated);
}

/* Hands all that comes out of block `i` to `add`. False: no memory, or input failed. */
static bool
gather(struct rawlog_sample *sample, size_t i, bool (*add)(struct cgroups *, const void *, size_t))
{
	struct block *b = &sample->block;
	const unsigned char *p;
	size_t size;

	begin_block(sample, i);
	while (b->good > 0) {
		size = b->good < GATHER_MAX ? (size_t)b->good : GATHER_MAX;
		p = block_take(b, size);
		if (p == NULL)
			break;
		if (!add(&sample->groups, p, size))
			return false;
	}
	return sample->state != BLOCK_NO_MEMORY && b->result != BLOCK_NO_MEMORY && sample->file->error == 0;
}

/* The chain and the list of a sample that has them. False: no memory, or input failed. */
static bool
read_groups(struct rawlog_sample *sample, size_t chain)
{
	struct cgroups *g = &sample->groups;
	size_t list;

	file_hold(sample->file, sample->frame.blocks[0].offset);
	if (!gather(sample, chain, cgroups_add_chain))
		return false;
	sample->chain_state = sample->state;
	sample->chain_result = cgroups_read_chain(g, sample->frame.blocks[chain].count);
	if (cgroups_find_list(sample->layout->release, &list)) {
		if (!gather(sample, list, cgroups_add_list))
			return false;
		sample->list_state = sample->state;
		if (sample->chain_state == BLOCK_OK && sample->chain_result == CGROUP_OK &&
		    sample->list_state == BLOCK_OK)
			sample->list_result = cgroups_read_list(g);
	}
	return sample->chain_result != CGROUP_NO_MEMORY && sample->list_result != CGROUP_NO_MEMORY;
}

enum rawlog_result
rawlog_groups(struct rawlog_sample *sample, int *error)
{
	size_t chain;

	cgroups_clear(&sample->groups);
	sample->chain_result = sample->list_result = CGROUP_OK;
	sample->chain_state = sample->list_state = BLOCK_OK;
	if (!cgroups_find_chain(sample->layout->release, &chain))
		return RAWLOG_OK;
	if (!read_groups(sample, chain)) {
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
}

static const char *
block_reason(enum block_result result)
{
	switch (result) {
	case BLOCK_SHORT:	return "fewer bytes come out of the block than should";
	case BLOCK_SURPLUS:	return "other bytes follow the compressed data";
	case BLOCK_LONG:	return "more bytes come out of the block than should";
	case BLOCK_UNFINISHED:	return "the block ends before the compressed data does";
	case BLOCK_CHECKSUM:	return "the checksum of the block is wrong";
	default:		return "the compressed data is corrupt";
	}
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
	if (state == BLOCK_OK || state == BLOCK_CUT)
		return RAWLOG_END;
	describe(damage, b->offset, b->length, sample->number, "%s; %" PRIu64 " of %" PRIu64 " structs read",
	    block_reason(state), sample->index, b->count);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* The struct just taken could not be decoded. */
static enum rawlog_result
lose_struct(struct rawlog_sample *sample, const struct fault *fault, struct rawlog_damage *damage)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const char *member = fault->member != NULL ? fault->member : "its size";

	describe(damage, b->offset, b->length, sample->number,
	    "struct %" PRIu64 " of %" PRIu64 ": %s is %" PRId64 ", not within 0 and %" PRIu64,
	    sample->index, b->count, member, fault->count, fault->limit);
	damage->block = sample->layout->release->blocks[sample->current].entry->role;
	return RAWLOG_DAMAGED;
}

/* Says what is wrong with the block of the chain, or of the list. */
static enum rawlog_result
finish_groups(struct rawlog_sample *sample, enum block_result state, enum cgroup_result result,
    struct rawlog_damage *damage)
{
	const struct frame_block *b = &sample->frame.blocks[sample->current];
	const size_t n = sample->groups.ngroups;

	sample->finished = true;
	if (!sample->has_groups || state == BLOCK_CUT || (state == BLOCK_OK && result == CGROUP_OK))
		return RAWLOG_END;
	if (state != BLOCK_OK)
		describe(damage, b->offset, b->length, sample->number, "%s; %zu structs read", block_reason(state), n);
	else if (result == CGROUP_SHARE)
		describe(damage, b->offset, b->length, sample->number, "the structs before it %s", cgroup_reason(result));
	else
		describe(damage, b->offset, b->length, sample->number, "struct %zu %s",
		    result == CGROUP_COUNT ? n : n + 1, cgroup_reason(result));
	damage->block = sample->of->entry->role;
	return RAWLOG_DAMAGED;
}

/* The next instance of the chain, which rawlog_groups has read. */
static enum rawlog_result
next_group(struct rawlog_sample *sample, void *room, const void **host, struct rawlog_damage *damage)
{
	const struct layout *layout = sample->layout;
	const struct cgroups *g = &sample->groups;
	struct fault fault;

	if (!sample->has_groups || sample->index == g->ngroups)
		return finish_groups(sample, sample->chain_state, sample->chain_result, damage);
	sample->group = &g->groups[sample->index++];
	sample->of->entry->decode(room, g->chain + sample->group->offset, g->chain_size - sample->group->offset,
	    layout->model, layout->order, &fault);
	*host = room;
	return RAWLOG_OK;
}

/* The cgroup that the struct in `host` is named in. */
static const struct cgroup *
group_of(const struct rawlog_sample *sample, const void *host)
{
	size_t list;

	if (!sample->grouped || !sample->has_groups || !sample->groups.shared ||
	    !cgroups_find_list(sample->layout->release, &list))
		return NULL;
	return cgroups_of(&sample->groups, place_read(host, sample->layout->release->blocks[list].id));
}

enum rawlog_result
rawlog_struct(struct rawlog_sample *sample, const void **host, struct rawlog_damage *damage, int *error)
{
	const struct layout *layout = sample->layout;
	const struct catalog_struct *s = layout->release->blocks[sample->current].entry;
	size_t size = s->size[layout->model];
	struct fault fault = {0};
	const unsigned char *p;
	void **room = &sample->hosts[sample->current];

	if (sample->finished)
		return RAWLOG_END;
	if (*room == NULL && (*room = host_struct(s)) == NULL) {
		*error = ENOMEM;
		return RAWLOG_FAILED;
	}
	if (sample->of->tail != NULL)
		return next_group(sample, *room, host, damage);
	if (sample->of->share.size > 0)
		return finish_groups(sample, sample->list_state, sample->list_result, damage);
	p = block_take(&sample->block, size);
	if (p == NULL)
		return finish_block(sample, damage, error);
	sample->index++;
	if (!s->decode(*room, p, size, layout->model, layout->order, &fault))
		return lose_struct(sample, &fault, damage);
	*host = *room;
	sample->group = group_of(sample, *host);
	return RAWLOG_OK;
}
