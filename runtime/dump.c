/*
 * dump: see dump.h. The walk: one log from its header to its end, into one format.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dump.h"

/* A walk along one log. */
struct walk {
	struct dump		*dump;
	const char		*path;
	void			(*tell)(const char *path, const char *text);
	struct rawlog		*log;
	struct rawlog_sample	 sample;
	struct rawlog_damage	 damage;
	bool			 wanted[CATALOG_BLOCKS_MAX];
	bool			 wants_record;
	bool			 wants_groups;
	enum dump_result	 result;
};

/* Input or memory failed: the end of the walk. */
static void
fail(struct walk *w, int error)
{
	w->tell(w->path, strerror(error));
	w->result = DUMP_FAILED;
}

static void
report_damage(struct walk *w)
{
	const struct rawlog_damage *d = &w->damage;
	const char *block = d->block != NULL ? d->block : "";
	char text[DUMP_MESSAGE_MAX];

	snprintf(text, sizeof text,
	    "damage at byte %" PRIu64 ", %" PRIu64 " bytes, sample %" PRIu64 "%s%s: %s",
	    d->offset, d->length, d->sample, *block != '\0' ? ", " : "", block, d->reason);
	w->tell(w->path, text);
	w->dump->format->damage(w->dump, d);
	if (w->result == DUMP_OK)
		w->result = DUMP_DAMAGED;
}

/* Whether the walk is to go on. */
static bool
is_alive(const struct walk *w)
{
	return w->result != DUMP_FAILED && w->dump->format->error(w->dump) == 0;
}

/* All structs of the sample's block `i`. */
static void
dump_block(struct walk *w, size_t i)
{
	const struct catalog_struct *s = w->sample.layout->release->blocks[i].entry;
	enum rawlog_result result;
	const void *host;
	int error;

	rawlog_block(&w->sample, i);
	while ((result = rawlog_struct(&w->sample, &host, &w->damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			w->dump->format->put(w->dump, s, host, &w->sample);
		else if (result == RAWLOG_DAMAGED)
			report_damage(w);
		else
			fail(w, error);
		if (result != RAWLOG_OK && !is_alive(w))
			return;
	}
}

static void
dump_sample(struct walk *w)
{
	const struct catalog_release *release = w->sample.layout->release;
	size_t i;
	int error;

	w->dump->format->sample(w->dump, &w->sample);
	if (w->wants_record)
		w->dump->format->put(w->dump, release->rawrecord, w->sample.record, &w->sample);
	if (w->wants_groups && rawlog_groups(&w->sample, &error) != RAWLOG_OK)
		fail(w, error);
	for (i = 0; i < release->nblocks && is_alive(w); i++)
		if (w->wanted[i])
			dump_block(w, i);
}

static void
dump_samples(struct walk *w)
{
	enum rawlog_result result;
	int error;

	while (is_alive(w) && (result = rawlog_next(w->log, &w->sample, &w->damage, &error)) != RAWLOG_END) {
		if (result == RAWLOG_OK)
			dump_sample(w);
		else if (result == RAWLOG_DAMAGED)
			report_damage(w);
		else
			fail(w, error);
	}
}

/*
 * Whether block `i` is to be read. A list is read with the chain that it belongs to; and both of them before structs
 * that it names.
 */
static bool
wants_block(struct walk *w, const struct catalog_release *release, size_t i)
{
	const struct catalog_block *b = &release->blocks[i];
	size_t list;

	if (b->share.size > 0)
		return w->wants_groups;
	if (!w->dump->format->wants(w->dump, b->entry))
		return false;
	if (b->tail != NULL || (w->dump->format->groups && cgroups_find_list(release, &list) &&
	    release->blocks[list].named == i))
		w->wants_groups = true;
	return true;
}

/* The open log. */
static void
dump_log(struct walk *w)
{
	const struct dump_format *format = w->dump->format;
	const struct catalog_release *release = rawlog_layout(w->log)->release;
	const struct dump_log log = {w->path, rawlog_layout(w->log), rawlog_facts(w->log)};
	char why[DUMP_MESSAGE_MAX];
	size_t i;
	int error;

	if (!format->begin(w->dump, &log, why)) {
		w->tell(w->path, why);
		w->result = DUMP_FAILED;
		return;
	}
	if (rawlog_header(w->log) != NULL && format->wants(w->dump, release->rawheader))
		format->put(w->dump, release->rawheader, rawlog_header(w->log), NULL);
	w->wants_record = format->wants(w->dump, release->rawrecord);
	for (i = 0; i < release->nblocks; i++)
		w->wanted[i] = wants_block(w, release, i);
	error = rawlog_sample_init(&w->sample, w->log);
	if (error == 0)
		dump_samples(w);
	else
		fail(w, error);
	rawlog_sample_free(&w->sample);
}

enum dump_result
dump_file(struct dump *d, const char *path, const struct choice *choice, void (*tell)(const char *path, const char *text))
{
	struct walk w = {.dump = d, .path = path, .tell = tell, .result = DUMP_OK};
	struct rawlog_error error;

	switch (rawlog_open(&w.log, path, choice, &error)) {
	case RAWLOG_OK:
		dump_log(&w);
		rawlog_close(w.log);
		return w.result;
	case RAWLOG_REFUSED:
		tell(path, error.refusal);
		return DUMP_REFUSED;
	default:
		tell(path, strerror(error.error));
		return DUMP_FAILED;
	}
}
