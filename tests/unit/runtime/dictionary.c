/*
 * dictionary: written by hand as generated dictionaries and columns are.
 */
#include "dictionary.h"

#include <string.h>

#include <check.h>

#include "words.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

#define MEMBER(s, m) .name = WORD(m), .key = WORD(m), .column = WORD(m), .offset = offsetof(struct s, m)
#define VALUE(t, n)  .type = FIELD_##t, .size = n
#define TEXT(n)      .type = FIELD_CHAR, .show = FIELD_TEXT, .size = 1, .ndims = 1, .dims = { n }

bool
dictionary_deep_means(const void *host)
{
	const struct dictionary_inner *v = host;

	return v->means_deep;
}

bool
dictionary_grid_means(const void *host)
{
	const struct dictionary_host *v = host;

	return v->means_value;
}

bool
dictionary_is_live(const void *element, size_t i)
{
	const struct dictionary_element *v = element;

	(void)i;
	return v->id >= 0;
}

static const struct field deep_fields[] = { { MEMBER(dictionary_deep, pad), VALUE(UNSIGNED, 4) },
	{ MEMBER(dictionary_deep, value), VALUE(UNSIGNED, 4), .guards = DICTIONARY_NO_DEEP_VALUE } };

const struct definition dictionary_deep_definition = { "deep", sizeof(struct dictionary_deep), COUNT(deep_fields),
	deep_fields };

static const struct field element_fields[] = { { MEMBER(dictionary_element, id), VALUE(SIGNED, 2) },
	{ MEMBER(dictionary_element, name), TEXT(4) },
	{ MEMBER(dictionary_element, deep), VALUE(STRUCT, sizeof(struct dictionary_deep)), .of = OF_dictionary_deep,
	    .base = DICTIONARY_DEEP_BASE } };

const struct definition dictionary_element_definition = { "element", sizeof(struct dictionary_element),
	COUNT(element_fields), element_fields };

static const struct field inner_fields[] = {
	{ MEMBER(dictionary_inner, value), VALUE(SIGNED, 8), .guards = DICTIONARY_NO_VALUE },
	{ MEMBER(dictionary_inner, deep), VALUE(STRUCT, sizeof(struct dictionary_deep)), .of = OF_dictionary_deep,
	    .when = IF_dictionary_deep_means, .guards = DICTIONARY_NO_DEEP, .base = DICTIONARY_DEEP_BASE },
	{ MEMBER(dictionary_inner, list), VALUE(STRUCT, sizeof(struct dictionary_element)), .of = OF_dictionary_element,
	    .ndims = 1, .dims = { DICTIONARY_LIST }, .count_rule = FIELD_COUNTED,
	    .count = { offsetof(struct dictionary_inner, nlist), 1, false }, .live = IF_dictionary_is_live,
	    .guards = DICTIONARY_NO_LIST, .base = DICTIONARY_LIST_BASE },
	{ MEMBER(dictionary_inner, named), VALUE(STRUCT, sizeof(struct dictionary_element)),
	    .of = OF_dictionary_element, .ndims = 1, .dims = { DICTIONARY_LIST }, .count_rule = FIELD_UNTIL,
	    .count = { offsetof(struct dictionary_element, name), 1, false } },
};

const struct definition dictionary_inner_definition = { "inner", sizeof(struct dictionary_inner), COUNT(inner_fields),
	inner_fields };

static const struct field host_fields[] = { { MEMBER(dictionary_host, first), VALUE(SIGNED, 4) },
	{ .name = WORD(Upstream),
	    .key = WORD(Upstream),
	    .column = WORD(renamed),
	    .offset = offsetof(struct dictionary_host, upstream),
	    VALUE(UNSIGNED, 8),
	    .guards = DICTIONARY_NO_UPSTREAM },
	{ MEMBER(dictionary_host, inner), VALUE(STRUCT, sizeof(struct dictionary_inner)), .of = OF_dictionary_inner,
	    .guards = DICTIONARY_NO_INNER, .base = DICTIONARY_INNER_BASE },
	{ MEMBER(dictionary_host, grid), VALUE(SIGNED, 2), .ndims = 2, .dims = { 2, 3 },
	    .when = IF_dictionary_grid_means },
	{ MEMBER(dictionary_host, counted), VALUE(UNSIGNED, 4), .ndims = 1, .dims = { 3 }, .count_rule = FIELD_COUNTED,
	    .count = { offsetof(struct dictionary_host, ncounted), 4, true } },
	{ MEMBER(dictionary_host, text), TEXT(8) },
	{ MEMBER(dictionary_host, names), .type = FIELD_CHAR, .show = FIELD_TEXT, .size = 1, .ndims = 2,
	    .dims = { 2, 4 }, .count_rule = FIELD_UNTIL, .count = { 0, 1, false } },
	{ MEMBER(dictionary_host, spare), VALUE(UNSIGNED, 4), .flags = FIELD_RESERVED },
	{ MEMBER(dictionary_host, small), VALUE(SIGNED, 1) }, { MEMBER(dictionary_host, wide), VALUE(UNSIGNED, 8) },
	{ MEMBER(dictionary_host, missing), VALUE(SIGNED, 8), .flags = FIELD_ABSENT, .absent = -5 },
	{ MEMBER(dictionary_host, missing_too), VALUE(UNSIGNED, 2), .flags = FIELD_ABSENT, .absent = 65535 },
	{ MEMBER(dictionary_host, number), VALUE(FLOAT, 4) }, { MEMBER(dictionary_host, twice), VALUE(FLOAT, 8) },
	{ MEMBER(dictionary_host, flag), VALUE(CHAR, 1), .show = FIELD_FLAG },
	{ MEMBER(dictionary_host, letter), VALUE(CHAR, 1), .show = FIELD_LETTER },
	{ MEMBER(dictionary_host, code), VALUE(CHAR, 1) },
	{ MEMBER(dictionary_host, when), VALUE(SIGNED, 8), .show = FIELD_TIME } };

static const struct definition definition = { "whole", sizeof(struct dictionary_host), COUNT(host_fields),
	host_fields };

const struct catalog_struct dictionary_struct = { .role = "whole", .definition = &definition };

/* --- the tables ---------------------------------------------------------------------------------------------- */

/* clang-format off */

#define CONTEXT(c, n, t, d) { COLUMN_TEXTS(n, "", "", "", "", d), 0, COLUMN_##t, COLUMN_CONTEXT, CONTEXT_##c, false, false },
#define COLUMN(n, t) { COLUMN_TEXTS(n, "", "", "", "", ""), 0, COLUMN_##t, COLUMN_MEMBER, 0, false, false }
#define BYTES(n) { COLUMN_TEXTS(n BYTES_COLUMN, "", "", "", "", ""), 0, COLUMN_TEXT, COLUMN_BYTES, 0, false, false }

/* Not in the order of the members. */
static const struct column whole_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	TASK_COLUMNS(CONTEXT)
	BYTES("cgroup"),
	COLUMN("inner_value", INTEGER),
	COLUMN("first", INTEGER),
	COLUMN("lacking", TEXT),
	BYTES("lacking"),
	COLUMN("names_0", TEXT),
	BYTES("names_0"),
	COLUMN("names_1", TEXT),
	BYTES("names_1"),
	COLUMN("grid_0_0", INTEGER),
	COLUMN("grid_0_1", INTEGER),
	COLUMN("grid_0_2", INTEGER),
	COLUMN("grid_1_0", INTEGER),
	COLUMN("grid_1_1", INTEGER),
	COLUMN("grid_1_2", INTEGER),
	COLUMN("grid_2_0", INTEGER),
	COLUMN("renamed", INTEGER),
	COLUMN("inner_deep_value", INTEGER),
	COLUMN("inner_deep_pad", INTEGER),
	COLUMN("inner_list_id", INTEGER),
	COLUMN("counted_0", INTEGER),
	COLUMN("counted_1", INTEGER),
	COLUMN("counted_2", INTEGER),
	COLUMN("text", TEXT),
	BYTES("text"),
	COLUMN("spare", INTEGER),
	COLUMN("small", INTEGER),
	COLUMN("wide", INTEGER),
	COLUMN("missing", INTEGER),
	COLUMN("missing_too", INTEGER),
	COLUMN("number", NUMBER),
	COLUMN("twice", NUMBER),
	COLUMN("flag", BOOLEAN),
	COLUMN("letter", TEXT),
	BYTES("letter"),
	COLUMN("code", INTEGER),
	COLUMN("when", TIME)
};

static const struct column element_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	ARRAY_COLUMNS(CONTEXT)
	COLUMN("id", INTEGER),
	COLUMN("lacking", INTEGER),
	COLUMN("name", TEXT),
	BYTES("name"),
	COLUMN("deep_value", INTEGER)
};

static const struct column pids_columns[] = {
	FIRST_COLUMNS(CONTEXT)
	{ COLUMN_TEXTS("name", "", "", "", "", ""), 0, COLUMN_TEXT, COLUMN_CONTEXT, CONTEXT_TAIL, false, false },
	BYTES("name"),
	{ COLUMN_TEXTS("path", "", "", "", "", ""), 0, COLUMN_TEXT, COLUMN_CONTEXT, CONTEXT_PATH, false, false },
	BYTES("path"),
	PIDS_COLUMNS(CONTEXT)
};

/* clang-format on */

static const struct column_table tables[] = {
	{ "whole", TABLE_STRUCT, "whole", NULL, whole_columns, COUNT(whole_columns), NULL },
	{ "whole_inner_list", TABLE_ARRAY, "whole", NULL, element_columns, COUNT(element_columns), NULL },
	{ "whole_inner_named", TABLE_ARRAY, "whole", NULL, element_columns, COUNT(element_columns), NULL },
	{ "whole_inner_gone", TABLE_ARRAY, "whole", NULL, element_columns, COUNT(element_columns), NULL },
	{ "whole_inner_lis", TABLE_ARRAY, "whole", NULL, element_columns, COUNT(element_columns), NULL },
	{ "whole_pids", TABLE_PIDS, "whole", NULL, pids_columns, COUNT(pids_columns), NULL },
};

const struct column_table *
dictionary_table(const char *name)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	ck_abort_msg("no table %s", name);
	return NULL;
}

size_t
dictionary_column(const struct column_table *table, const char *name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (strcmp(column_name(&table->columns[i]), name) == 0)
			return i;
	ck_abort_msg("no column %s", name);
	return 0;
}
