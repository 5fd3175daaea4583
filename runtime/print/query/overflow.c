/*
 * overflow: looks at the columns that are unsigned members of eight bytes; few tables have one.
 */
#include "print/query/overflow.h"

#include "rawlog/catalog/host.h"

/* Whether the member can have a value above INT64_MAX. */
static bool
is_wide(const struct place *place)
{
	return place->field != NULL && place->field->type == FIELD_UNSIGNED && place->field->size == sizeof(uint64_t);
}

bool
overflow_is_possible(const struct places *places)
{
	for (size_t i = 0; i < places->table->ncolumns; i++)
		if (is_wide(&places->columns[i]))
			return true;
	return false;
}

uint64_t
overflow_parts(const struct places *places)
{
	uint64_t parts = 0;

	for (size_t i = 0; i < places->table->ncolumns; i++)
		if (is_wide(&places->columns[i]))
			parts |= places_parts(places, i);
	return parts;
}

void
overflow_note(const struct table_row *row, struct overflow *first)
{
	const struct column_table *table = row->places->table;

	for (size_t i = 0; i < table->ncolumns && first->table == NULL; i++) {
		const struct place *place = &row->places->columns[i];
		uint64_t value;

		if (!is_wide(place) || place_is_null(place, row->host, row->nulls))
			continue;
		value = (uint64_t)host_int(row->host, (struct field_place){ place->offset, sizeof value, false });
		if (value > INT64_MAX)
			*first = (struct overflow){ table, column_name(&table->columns[i]), value };
	}
}
