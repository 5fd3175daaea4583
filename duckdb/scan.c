/*
 * scan: the stages of a sample are its record, its block, and the structs of that; each struct has rows of the table.
 */
#include "duckdb/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/role.h"

enum stage {
	STAGE_LOG,    /* between samples */
	STAGE_SAMPLE, /* a sample begins */
	STAGE_BLOCK,  /* within the block of a sample */
	STAGE_ROWS,   /* within the rows of a struct of it */
	STAGE_ALONE,  /* within the rows of a header or a record */
	STAGE_VERIFY  /* within a block that is read for its damage */
};

static enum scan_event
fail(struct scan *s, int error)
{
	snprintf(s->why, sizeof s->why, "%.512s: %s", s->path, strerror(error));
	return SCAN_FAILED;
}

enum scan_event
scan_open(struct scan *s, const struct scan_request *request, const char *path)
{
	struct rawlog_error error;

	*s = (struct scan){ .request = request, .path = path, .stage = STAGE_LOG };
	s->sample = rawlog_sample_new();
	if (s->sample == NULL)
		return fail(s, ENOMEM);
	switch (shared_open(&s->shared, path, request->layout, &request->window, &error)) {
	case RAWLOG_OK: return SCAN_END;
	case RAWLOG_REFUSED:
		snprintf(s->why, sizeof s->why, "%.512s: %.448s", path, error.text);
		scan_close(s);
		return SCAN_REFUSED;
	default:
		fail(s, error.code);
		scan_close(s);
		return SCAN_FAILED;
	}
}

enum scan_event
scan_join(struct scan *s, const struct scan_request *request, const char *path, struct shared *shared)
{
	*s = (struct scan){ .request = request, .path = path, .stage = STAGE_LOG };
	if (!shared_join(shared))
		return SCAN_REFUSED;
	s->shared = shared;
	s->sample = rawlog_sample_new();
	if (s->sample != NULL)
		return SCAN_END;
	scan_close(s);
	return fail(s, ENOMEM);
}

void
scan_close(struct scan *s)
{
	places_free(s->places);
	free(s->host);
	batch_free(&s->batch);
	if (s->shared != NULL)
		shared_leave(s->shared);
	rawlog_sample_delete(s->sample);
	s->places = NULL;
	s->host = NULL;
	s->shared = NULL;
	s->sample = NULL;
}

/* --- a log ------------------------------------------------------------------------------------------------------ */

static void
need_column(void *context, unsigned column)
{
	struct scan *s = context;
	const struct column *c = &s->request->table->columns[column];

	s->parts |= places_parts(s->places, column);
	s->groups = s->groups ||
	    (c->source == COLUMN_CONTEXT && c->context >= CONTEXT_CGROUP && c->context <= CONTEXT_PID);
}

/* Finds what the rows of the current log need: parts of structs, and cgroups. */
static void
find_needs(struct scan *s)
{
	const struct column_table *table = s->request->table;

	s->parts = s->places->array.field != NULL ? s->places->array.parts : 0;
	s->groups = table->kind == TABLE_PIDS;
	for (size_t i = 0; i < table->ncolumns; i++)
		if (s->request->columns[i])
			need_column(s, (unsigned)(table->columns[i].source == COLUMN_BYTES ? i - 1 : i));
	if (s->request->where != NULL)
		where_each_column(s->request->where, need_column, s);
	s->wide = overflow_is_possible(s->places);
	if (s->wide)
		s->parts |= overflow_parts(s->places);
}

static size_t
find_block(const struct catalog_release *release, const struct catalog_struct *of)
{
	for (size_t i = 0; i < release->nblocks; i++)
		if (release->blocks[i].entry == of) {
			return i;
		}
	return RAWLOG_NONE;
}

/* Keeps the name of the host. False: out of memory. */
static bool
keep_host(struct scan *s, const struct rawlog *log)
{
	const char *host;
	const size_t size = rawlog_host(log, &host);

	free(s->host);
	s->host = host != NULL ? strndup(host, size) : NULL;
	return host == NULL || s->host != NULL;
}

/* Binds the table to the structs of a release. False: out of memory. */
static bool
bind_table(struct scan *s, const struct catalog_release *release)
{
	const struct column_table *table = s->request->table;
	const struct catalog_struct *of = NULL;
	bool missing = true;

	places_free(s->places);
	s->places = NULL;
	s->bound++;
	s->block = RAWLOG_NONE;
	if (table->role != NULL)
		of = role_find(release, table->role, strlen(table->role));
	if (of == NULL)
		return true;
	s->places = places_make(table, of, &missing);
	if (s->places == NULL)
		return missing;
	s->block = find_block(release, of);
	find_needs(s);
	if (s->block != RAWLOG_NONE && release->blocks[s->block].kind == CATALOG_CHAIN)
		s->groups = true;
	return true;
}

/* Chooses the blocks that batches have. */
static void
choose_blocks(struct scan *s)
{
	const bool all = s->request->verifies && s->request->table->kind == TABLE_DAMAGE;

	for (size_t i = 0; i < s->release->nblocks; i++)
		s->batch.blocks[i] = all || i == s->block || (s->groups && s->release->blocks[i].kind != CATALOG_PLAIN);
}

static void begin_rows(struct scan *s, enum stage stage);

/* Prepares the scan for the current run of its file. False: out of memory. */
static bool
bind(void *context, const struct rawlog *log)
{
	struct scan *s = context;

	s->release = rawlog_catalog_release(log);
	if (!keep_host(s, log) || !bind_table(s, s->release))
		return false;
	s->about = (struct row_log){ .file = s->path,
		.host = s->host,
		.host_size = s->host != NULL ? strlen(s->host) : 0,
		.release = s->release->version };
	choose_blocks(s);
	if (rawlog_header(log) != NULL && (!s->batch.bound || s->batch.part != rawlog_number(log))) {
		rawlog_row_of_header(&s->row, log);
		begin_rows(s, STAGE_ALONE);
	}
	return true;
}

bool
scan_splits(const struct column_table *table)
{
	for (size_t i = 0; table->role != NULL && i < catalog_nreleases; i++) {
		const struct catalog_struct *of = role_find(catalog_releases[i], table->role, strlen(table->role));

		if (of != NULL)
			return find_block(catalog_releases[i], of) != RAWLOG_NONE;
	}
	return false;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

/* Describes the value of the current row that tables cannot hold. */
static void
describe_overflow(struct scan *s)
{
	const struct row_sample *sample = s->row.row.sample;

	damage_describe(&s->damage, DAMAGE_RANGE, sample != NULL ? sample->offset : 0, 0,
	    sample != NULL ? sample->number : 0, "%s of %s is %llu, more than tables can hold: it is null there",
	    s->overflow.column, s->overflow.table->name, (unsigned long long)s->overflow.value);
	s->overflow.table = NULL;
}

/* Goes on in the rows of the current struct. False: there are no more. */
static bool
next_row(struct scan *s, enum scan_event *event)
{
	while (table_rows_next(&s->walk)) {
		if (s->wide)
			overflow_note(&s->walk.row, &s->overflow);
		if (s->request->where == NULL || where_row_holds(s->request->where, &s->walk.row, &s->about)) {
			*event = SCAN_ROW;
			return true;
		}
	}
	return false;
}

/* Begins the rows of the current struct, if it has rows of the table. */
static void
begin_rows(struct scan *s, enum stage stage)
{
	if (s->places == NULL || s->places->of != s->row.row.of)
		return;
	row_fill(&s->row.row, s->parts | CATALOG_NULLS);
	table_rows_begin(&s->walk, s->places, &s->row.row);
	s->stage = stage;
}

void
scan_cell(const struct scan *s, size_t column, struct cell *cell)
{
	if (!cells_get_plain(&s->walk.row, column, cell))
		cells_get(&s->walk.row, &s->about, column, cell);
}

void
scan_damage_cell(const struct scan *s, size_t column, struct cell *cell)
{
	cells_get_damage(&s->damage, &s->about, s->request->table->columns[column].context, cell);
}

/* --- stages: each returns whether there is an event ------------------------------------------------------------- */

/* Takes the next samples of the file. */
static bool
take_samples(struct scan *s, enum scan_event *event)
{
	if (shared_take(s->shared, &s->batch, bind, s) != RAWLOG_FAILED)
		return false;
	*event = fail(s, ENOMEM);
	return true;
}

static bool
next_sample(struct scan *s, enum scan_event *event)
{
	struct batch *b = &s->batch;
	int error;

	if (b->samples != NULL && b->ntaken < rawlog_pack_count(b->samples)) {
		if (rawlog_pack_take(b->samples, b->ntaken++, s->sample, &error) == RAWLOG_OK) {
			s->stage = STAGE_SAMPLE;
			return false;
		}
		*event = fail(s, error);
		return true;
	}
	switch (b->after) {
	case RAWLOG_OK: return take_samples(s, event);
	case RAWLOG_DAMAGED:
		b->after = RAWLOG_OK;
		s->damage = b->damage;
		*event = SCAN_DAMAGE;
		return true;
	case RAWLOG_END: *event = SCAN_END; return true;
	default: *event = fail(s, b->error); return true;
	}
}

/* Begins the next block that is read for its damage, or goes back to the samples. */
static void
verify_next_block(struct scan *s)
{
	const struct catalog_release *release = s->release;

	while (s->block < release->nblocks && release->blocks[s->block].kind == CATALOG_LIST)
		s->block++;
	s->stage = STAGE_LOG;
	if (s->block >= release->nblocks)
		return;
	rawlog_rows_of_block(&s->row, s->sample, s->block++, CATALOG_WHOLE);
	s->stage = STAGE_VERIFY;
}

/* A sample of a table that has no structs of its own. */
static bool
show_sample(struct scan *s, enum scan_event *event)
{
	int error;

	*event = SCAN_SAMPLE;
	if (!s->request->verifies)
		return true;
	if (rawlog_groups(s->sample, &error) != RAWLOG_OK)
		*event = fail(s, error);
	s->block = 0;
	verify_next_block(s);
	return true;
}

static bool
begin_sample(struct scan *s, enum scan_event *event)
{
	int error;

	rawlog_row_of_record(&s->row, s->sample);
	s->stage = STAGE_LOG;
	if (s->request->table->kind == TABLE_DAMAGE)
		return show_sample(s, event);
	if (s->block == RAWLOG_NONE) {
		begin_rows(s, STAGE_ALONE);
		return false;
	}
	if (s->groups && rawlog_groups(s->sample, &error) != RAWLOG_OK) {
		*event = fail(s, error);
		return true;
	}
	rawlog_rows_of_block(&s->row, s->sample, s->block, s->parts);
	s->stage = STAGE_BLOCK;
	return false;
}

static bool
next_struct(struct scan *s, enum scan_event *event)
{
	int error;

	switch (rawlog_row_of_struct(&s->row, &s->damage, &error)) {
	case RAWLOG_OK:
		if (s->stage == STAGE_BLOCK)
			begin_rows(s, STAGE_ROWS);
		return false;
	case RAWLOG_DAMAGED: *event = SCAN_DAMAGE; return true;
	case RAWLOG_GAP: return false;
	case RAWLOG_END:
		if (s->stage == STAGE_VERIFY)
			verify_next_block(s);
		else
			s->stage = STAGE_LOG;
		return false;
	default: *event = fail(s, error); return true;
	}
}

enum scan_event
scan_next(struct scan *s)
{
	enum scan_event event = SCAN_END;
	bool found = false;

	while (!found) {
		if (s->overflow.table != NULL) {
			describe_overflow(s);
			return SCAN_DAMAGE;
		}
		switch ((enum stage)s->stage) {
		case STAGE_LOG: found = next_sample(s, &event); break;
		case STAGE_SAMPLE: found = begin_sample(s, &event); break;
		case STAGE_BLOCK:
		case STAGE_VERIFY: found = next_struct(s, &event); break;
		case STAGE_ROWS:
		case STAGE_ALONE:
			found = next_row(s, &event);
			if (!found)
				s->stage = s->stage == STAGE_ROWS ? STAGE_BLOCK : STAGE_LOG;
			break;
		}
	}
	return event;
}
