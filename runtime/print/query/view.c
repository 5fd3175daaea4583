/*
 * view: finds views, and makes texts for their expressions.
 */
#include "print/query/view.h"

#include <string.h>

#include "print/text/values.h"

const struct view *
view_find(const char *name)
{
	for (size_t i = 0; i < catalog_nviews; i++)
		if (strcmp(catalog_views[i].table.name, name) == 0)
			return &catalog_views[i];
	return NULL;
}

const struct view *
view_of(const struct column_table *table)
{
	return (const struct view *)table;
}

struct text
value_lower(struct text_memory *memory, struct text text)
{
	char *copy = memory->bytes + memory->used;

	if (text.size > sizeof memory->bytes - memory->used)
		return TEXT("");
	for (size_t i = 0; i < text.size; i++)
		copy[i] = value_lower_letter(text.bytes[i]);
	memory->used += text.size;
	return (struct text){ copy, text.size };
}
