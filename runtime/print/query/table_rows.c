/*
 * table_rows: walks over the array that places have found.
 */
#include "print/query/table_rows.h"

void
table_rows_begin(struct table_walk *walk, const struct places *places, const struct row *row)
{
	const struct row_cgroup *group = row->cgroup;
	const struct place *array = &places->array;

	*walk = (struct table_walk){ .row = { .places = places, .row = row, .host = row->host, .nulls = row->nulls } };
	if (places->table->kind == TABLE_PIDS) {
		walk->used = group != NULL && group->has_pids ? group->npids : 0;
	} else if (array->field == NULL) {
		walk->used = 1;
	} else if (!place_is_null(array, row->host, row->nulls)) {
		walk->used = place_used(array, row->host);
		walk->elements = (const unsigned char *)row->host + array->offset;
		walk->row.nulls = row->nulls >> places->shift;
	}
}

bool
table_rows_next(struct table_walk *walk)
{
	struct table_row *r = &walk->row;
	const struct field *f = r->places->array.field;

	while (walk->next < walk->used) {
		r->index = walk->next++;
		if (walk->elements == NULL)
			return true;
		r->host = walk->elements + r->index * f->size;
		if (field_shows(f, r->host, r->index))
			return true;
	}
	return false;
}

void
table_rows_each(const struct places *places, const struct row *row,
    void (*found)(void *context, const struct table_row *row), void *context)
{
	struct table_walk walk;

	table_rows_begin(&walk, places, row);
	while (table_rows_next(&walk))
		found(context, &walk.row);
}
