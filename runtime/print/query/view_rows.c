/*
 * view_rows: gives generated functions the structs of a sample.
 */
#include "print/query/view_rows.h"

#include <stdlib.h>
#include <string.h>

#include "rawlog/catalog/host.h"
#include "rawlog/catalog/role.h"

/* --- the sample ------------------------------------------------------------------------------------------------ */

enum {
	TOP_HEADER,
	TOP_RECORD,
	TOP_BLOCKS
};

bool
view_sample_begin(struct view_sample *s, const struct catalog_release *release, const void *header)
{
	void *const copy = host_new(release->rawheader);
	const uint64_t changes = s->changes + 1;

	view_sample_free(s);
	*s = (struct view_sample){ .release = release, .changes = changes, .header = copy };
	if (copy != NULL && header != NULL)
		memcpy(copy, header, release->rawheader->definition->size);
	s->structs.top[TOP_HEADER] = copy;
	return copy != NULL;
}

void
view_sample_free(struct view_sample *s)
{
	free(s->header);
	s->header = NULL;
}

static void
set_top(struct view_sample *s, size_t i, const struct row *row)
{
	s->structs.top[i] = row->host;
	s->structs.nulls[i] = row->nulls;
	s->changes++;
}

void
view_sample_note(struct view_sample *s, const struct row *row, const bool reads[CATALOG_BLOCKS_MAX])
{
	if (row->of == s->release->rawrecord) {
		for (size_t i = TOP_BLOCKS; i < TOP_BLOCKS + CATALOG_BLOCKS_MAX; i++)
			s->structs.top[i] = NULL;
		set_top(s, TOP_RECORD, row);
	}
	for (size_t i = 0; i < s->release->nblocks; i++)
		if (reads[i] && row->of == s->release->blocks[i].entry)
			set_top(s, TOP_BLOCKS + i, row);
}

/* --- a view in a log ------------------------------------------------------------------------------------------- */

/* The view in the release; NULL: the release lacks its table. */
static const struct view_code *
find_code(const struct view *view, const struct catalog_release *release)
{
	const struct view_code *code = view->code;

	while (code->release != NULL && code->release != release)
		code++;
	return code->release != NULL ? code : NULL;
}

static const struct column_table *
find_table(const char *name)
{
	size_t i = 0;

	while (strcmp(catalog_tables[i].name, name) != 0)
		i++;
	return &catalog_tables[i];
}

static struct view_state *
make_state(const struct view *view, const struct view_sample *sample)
{
	struct view_state *state = calloc(1, sizeof *state);

	if (state == NULL)
		return NULL;
	state->view = view;
	state->code = find_code(view, sample->release);
	state->sample = sample;
	state->names = calloc(1, view->names_size + 1);
	if (state->names == NULL) {
		free(state);
		return NULL;
	}
	state->row.names = state->names;
	state->row.memory = &state->memory;
	return state;
}

void
view_state_free(struct view_state *state)
{
	if (state == NULL)
		return;
	free(state->names);
	free(state);
}

struct places *
view_places_make(const struct view *view, const struct view_sample *sample, bool *missing)
{
	const struct column_table *table = find_table(view->of);
	const struct catalog_struct *s = role_find(sample->release, table->role, strlen(table->role));
	struct places *p = NULL;

	*missing = s == NULL || find_code(view, sample->release) == NULL;
	if (!*missing)
		p = places_make(table, s, missing);
	if (p == NULL)
		return NULL;
	p->view = make_state(view, sample);
	if (p->view == NULL || !places_replace(p, &view->table, p->view->code->reads->parts)) {
		places_free(p);
		return NULL;
	}
	return p;
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

static void
compute_names(struct view_state *state)
{
	const struct view_sample *sample = state->sample;

	if (state->computed == sample->changes)
		return;
	state->computed = sample->changes;
	state->row.rawheader = sample->structs.top[TOP_HEADER];
	state->row.rawrecord = sample->structs.top[TOP_RECORD];
	if (state->code->once != NULL)
		state->code->once(state->names, &sample->structs);
}

bool
view_rows_takes(struct view_state *state, const struct table_row *row)
{
	compute_names(state);
	state->memory.used = 0;
	view_rows_set(state, row);
	return state->code->holds == NULL || state->code->holds(&state->row);
}
