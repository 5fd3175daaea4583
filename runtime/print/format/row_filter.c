/*
 * row_filter: binds the condition to the structs of a log's release.
 */
#include "print/format/row_filter.h"

#include <string.h>

void
row_filter_free(struct row_filter *filter)
{
	for (size_t i = 0; i < filter->nbound; i++) {
		json_fields_free(&filter->bound[i].fields);
		places_free(filter->bound[i].places);
	}
	filter->nbound = 0;
}

/* The table that has the structs as rows; NULL: it is not asked for. */
static const struct selected_table *
find(const struct selection *selection, const char *role)
{
	for (size_t i = 0; i < selection->ntables; i++)
		if (selection->tables[i].table->kind == TABLE_STRUCT &&
		    strcmp(selection->tables[i].table->role, role) == 0)
			return &selection->tables[i];
	return NULL;
}

bool
row_filter_shows(const struct selection *selection, const struct catalog_struct *s)
{
	return selection == NULL || find(selection, s->role) != NULL;
}

static bool
bind(struct row_filter *filter, const struct catalog_struct *s)
{
	const struct selected_table *selected = find(filter->selection, s->role);
	struct places *places;
	bool missing;

	if (selected == NULL || filter->nbound == ROW_FILTER_MAX)
		return true;
	places = places_make(selected->table, s, &missing);
	if (places == NULL)
		return missing;
	if (!json_fields_make(&filter->bound[filter->nbound].fields, selected, places)) {
		places_free(places);
		return false;
	}
	filter->bound[filter->nbound].selected = selected;
	filter->bound[filter->nbound++].places = places;
	return true;
}

bool
row_filter_begin(struct row_filter *filter, const struct selection *selection, const struct format_log *log)
{
	const struct catalog_release *r = log->release;
	bool done;

	row_filter_free(filter);
	filter->selection = selection;
	filter->log = (struct row_log){ .file = log->file,
		.digest = log->digest,
		.host = log->host,
		.host_size = log->host_size,
		.release = log->nfits > 1 ? NULL : r->version };
	if (selection == NULL)
		return true;
	done = bind(filter, r->rawheader) && bind(filter, r->rawrecord);
	for (size_t i = 0; i < r->nblocks && done; i++)
		done = bind(filter, r->blocks[i].entry);
	return done;
}

/* The number of what is bound to the row's struct; nbound: nothing is. */
static size_t
find_bound(const struct row_filter *filter, const struct row *row)
{
	size_t i = 0;

	while (i < filter->nbound && filter->bound[i].places->of != row->of)
		i++;
	return i;
}

bool
row_filter_passes(const struct row_filter *filter, const struct row *row)
{
	const size_t i = find_bound(filter, row);
	struct table_row r = { .row = row, .host = row->host, .nulls = row->nulls };

	if (i == filter->nbound || filter->bound[i].selected->where == NULL)
		return true;
	r.places = filter->bound[i].places;
	return where_row_holds(filter->bound[i].selected->where, &r, &filter->log);
}

bool
row_filter_put(const struct row_filter *filter, struct writer *out, const struct row *row, unsigned print)
{
	const size_t i = find_bound(filter, row);

	if (i == filter->nbound || filter->bound[i].selected->columns == NULL)
		return false;
	json_fields_put(&filter->bound[i].fields, out, row, &filter->log, print);
	return true;
}
