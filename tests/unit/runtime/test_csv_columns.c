/*
 * test_csv_columns: the names of columns, from a field dictionary made up here.
 */
#include <string.h>

#include "print/format/csv_columns.h"
#include "unit.h"

#define NUMBER(n) .name = n, .key = n, .type = FIELD_UNSIGNED, .size = 4
#define TEXT(n)   .name = n, .key = n, .type = FIELD_CHAR, .show = FIELD_TEXT, .size = 1
#define COUNT(a)  (sizeof(a) / sizeof(a)[0])

/* A struct in a struct in an array of structs. */
static const struct field id_fields[] = { { NUMBER("pid") }, { NUMBER("spare"), .flags = FIELD_RESERVED },
	{ TEXT("comm"), .ndims = 1, .dims = { 16 } } };

static const struct definition id_definition = { "id", 0, COUNT(id_fields), id_fields };

static const struct field element_fields[] = {
	{ .name = "id", .key = "id", .type = FIELD_STRUCT, .of = &id_definition },
	{ NUMBER("load"), .ndims = 1, .dims = { 2 } }
};

static const struct definition element_definition = { "element", 0, COUNT(element_fields), element_fields };

/* A struct with an array of structs in it; another member's key is longer than that of the array. */
static const struct field unit_fields[] = { { NUMBER("elements") },
	{ .name = "element",
	    .key = "element",
	    .type = FIELD_STRUCT,
	    .of = &element_definition,
	    .ndims = 1,
	    .dims = { 3 } },
	{ .name = "id", .key = "id", .type = FIELD_STRUCT, .of = &id_definition } };

static const struct definition unit_definition = { "unit", 0, COUNT(unit_fields), unit_fields };

static const struct field fields[] = { { .name = "n", .key = "count", .type = FIELD_SIGNED, .size = 4 },
	{ .name = "state", .key = "state", .type = FIELD_CHAR, .show = FIELD_LETTER, .size = 1 },
	{ .name = "raw", .key = "raw", .type = FIELD_CHAR, .show = FIELD_HEX, .size = 1, .ndims = 1, .dims = { 4 } },
	{ NUMBER("grid"), .ndims = 2, .dims = { 2, 3 } }, { TEXT("name"), .ndims = 1, .dims = { 8 } },
	{ NUMBER("future"), .flags = FIELD_RESERVED, .ndims = 1, .dims = { 2 } },
	{ .name = "unit", .key = "unit", .type = FIELD_STRUCT, .of = &unit_definition },
	{ .name = "later", .key = "later", .type = FIELD_STRUCT, .of = &id_definition, .flags = FIELD_RESERVED } };

static const struct definition definition = { "whole", 0, COUNT(fields), fields };
static const struct catalog_struct whole = { .role = "whole", .definition = &definition };

/* The columns of the table. */
static void
check_columns(const char *name, bool reserved, const char *want)
{
	const struct table table = { name, NULL };
	struct writer out;

	ck_assert_int_eq(writer_open(&out, -1), 0);
	csv_columns_put(&out, &whole, &table, reserved);
	writer_put(&out, "", 1);
	ck_assert_int_eq(out.error, 0);
	ck_assert_str_eq(out.buffer, want);
	writer_close(&out);
}

#define BEFORE ",count,state,state_hex,raw,grid.0.0,grid.0.1,grid.0.2,grid.1.0,grid.1.1,grid.1.2,name,name_hex"

START_TEST(of_a_struct)
{
	check_columns("whole", false, BEFORE ",unit.elements,unit.id.pid,unit.id.comm,unit.id.comm_hex");
}
END_TEST

START_TEST(of_a_struct_with_reserved_members)
{
	check_columns("whole", true,
	    BEFORE ",future.0,future.1"
		   ",unit.elements,unit.id.pid,unit.id.spare,unit.id.comm,unit.id.comm_hex"
		   ",later.pid,later.spare,later.comm,later.comm_hex");
}
END_TEST

START_TEST(of_an_array)
{
	check_columns("whole.unit.element", false, ",index,id.pid,id.comm,id.comm_hex,load.0,load.1");
}
END_TEST

START_TEST(of_an_array_with_reserved_members)
{
	check_columns("whole.unit.element", true, ",index,id.pid,id.spare,id.comm,id.comm_hex,load.0,load.1");
}
END_TEST

static TCase *
test_csv_columns(void)
{
	TCase *t = tcase_create("csv columns");

	tcase_add_test(t, of_a_struct);
	tcase_add_test(t, of_a_struct_with_reserved_members);
	tcase_add_test(t, of_an_array);
	tcase_add_test(t, of_an_array_with_reserved_members);
	return t;
}

REGISTER(test_csv_columns);
