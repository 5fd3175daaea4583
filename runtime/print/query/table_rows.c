/*
 * table_rows: walks over the array that places have found.
 */
#include "print/query/table_rows.h"

static void
each_pid(struct table_row *r, void (*found)(void *context, const struct table_row *row), void *context)
{
	const struct row_cgroup *group = r->row->cgroup;

	if (group == NULL || !group->has_pids)
		return;
	for (r->index = 0; r->index < group->npids; r->index++)
		found(context, r);
}

void
table_rows_each(const struct places *places, const struct row *row,
    void (*found)(void *context, const struct table_row *row), void *context)
{
	struct table_row r = { .places = places, .row = row, .host = row->host, .nulls = row->nulls };
	const struct field *f = places->array.field;
	const unsigned char *element;
	uint64_t used;

	if (places->table->kind == TABLE_PIDS) {
		each_pid(&r, found, context);
		return;
	}
	if (f == NULL) {
		found(context, &r);
		return;
	}
	if (place_is_null(&places->array, row->host, row->nulls))
		return;
	used = place_used(&places->array, row->host);
	element = (const unsigned char *)row->host + places->array.offset;
	r.nulls = row->nulls >> places->shift;
	for (r.index = 0; r.index < used; r.index++, element += f->size) {
		r.host = element;
		if (f->live == NULL || f->live(element, r.index))
			found(context, &r);
	}
}
