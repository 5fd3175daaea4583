/*
 * test_tables: the columns of a model, where releases have them, and the numbers that a lock gives.
 */
#include "fixture.h"

#include <string.h>

#include "model/lock.h"
#include "unit.h"

static struct tables *
build(const char *const *texts, size_t n)
{
	return tables_build(&fixture_diag, fixture_model(texts, n));
}

static const struct column *
find(const struct tables *t, const char *table, const char *column)
{
	const struct column *c = tables_find_column(t, table, column);

	ck_assert_msg(c != NULL, "%s.%s", table, column);
	return c;
}

/* A column follows its member through two renames; the place of it is that of each release. */
START_TEST(renamed)
{
	const char *const texts[] = {
		fixture_text("", "    - {name: first, type: int}\n    - {name: Same, type: count_t}\n"),
		fixture_next("structs:\n  sstat:\n    - {name: Same, type: count_t}\n"
			     "    - {name: second, type: int, was: first}\n    - {name: x, type: float, dims: [2]}\n"),
	};
	const struct tables *t = build(texts, 2);
	const struct column_table *sstat = tables_find(t, "sstat");
	const struct column *c = find(t, "sstat", "first");
	const size_t at = (size_t)(c - sstat->columns);
	struct member_path *old, *new;

	ck_assert_errors(0);
	ck_assert_ptr_null(tables_find_column(t, "sstat", "second"));
	ck_assert_str_eq(c->first->schema->version.text, "1.0");
	ck_assert_str_eq(c->last->schema->version.text, "1.1");
	ck_assert_str_eq(member_path_text(&fixture_arena, &c->path), "second");
	ck_assert_int_eq(find(t, "sstat", "x_1")->type, COLUMN_NUMBER);
	ck_assert_str_eq(find(t, "sstat", "same")->path.fields[0]->key, "Same");

	old = tables_places(&fixture_arena, t, t->releases[0], sstat);
	new = tables_places(&fixture_arena, t, t->releases[1], sstat);
	ck_assert_str_eq(member_path_text(&fixture_arena, &old[at]), "first");
	ck_assert_str_eq(member_path_text(&fixture_arena, &new[at]), "second");
	ck_assert_uint_eq(old[find(t, "sstat", "x_1") - sstat->columns].nfields, 0);
	ck_assert_str_eq(member_path_text(&fixture_arena, &new[find(t, "sstat", "x_1") - sstat->columns]), "x[1]");
}
END_TEST

/* The elements of an array below a struct have a table, with an index and without what surrounds the array. */
START_TEST(arrays)
{
	const char *const text = fixture_text(
	    "  per:\n    - {name: name, type: char, dims: [4]}\n"
	    "  net:\n    - {name: intf, type: per, dims: [3]}\n    - {name: n, type: int}\n",
	    "    - {name: net, type: net}\n    - {name: spare, type: int, reserved: true}\n");
	const struct tables *t = build(&text, 1);
	const struct column_table *intf = tables_find(t, "sstat_net_intf");
	struct member_path *places;

	ck_assert_errors(0);
	ck_assert_ptr_nonnull(intf);
	ck_assert_int_eq(intf->kind, TABLE_ARRAY);
	ck_assert_str_eq(member_path_text(&fixture_arena, &intf->array), "net.intf");
	ck_assert_int_eq(find(t, "sstat_net_intf", "idx")->context, CONTEXT_IDX);
	ck_assert_int_eq(find(t, "sstat_net_intf", "name_bytes")->source, COLUMN_BYTES);
	ck_assert_ptr_eq(find(t, "sstat_net_intf", "name_bytes"), find(t, "sstat_net_intf", "name") + 1);
	places = tables_places(&fixture_arena, t, t->releases[0], intf);
	ck_assert_str_eq(member_path_text(&fixture_arena, &places[find(t, "sstat_net_intf", "name") - intf->columns]),
	    "name");
	find(t, "sstat", "net_n");
	ck_assert_ptr_null(tables_find_column(t, "sstat", "spare"));
	ck_assert_ptr_null(tables_find_column(t, "sstat", "idx"));
	ck_assert_ptr_nonnull(tables_find(t, DAMAGE_TABLE));
}
END_TEST

/* Columns that the lock has keep their numbers, and stand in its order; new ones follow the highest number. */
START_TEST(numbered)
{
	const char *const text = fixture_text("",
	    "    - {name: a, type: int}\n    - {name: b, type: int}\n"
	    "    - {name: c, type: int}\n");
	struct tables *t = build(&text, 1);
	const struct lock_line lines[] = {
		{ .number = 3, .table = "sstat", .column = "c", .since = "0.9" },
		{ .number = 7, .table = "sstat", .column = "a", .since = "1.0" },
		{ .number = 9, .table = "sstat", .column = "later", .since = "2.0" },
	};
	const struct lock lock = { .lines = lines, .nlines = 3 };

	lock_number(&fixture_arena, t, &lock);
	ck_assert_ptr_eq(find(t, "sstat", "c"), tables_find(t, "sstat")->columns);
	ck_assert_uint_eq(find(t, "sstat", "c")->number, 3);
	ck_assert_str_eq(find(t, "sstat", "c")->since, "0.9");
	ck_assert_uint_eq(find(t, "sstat", "a")->number, 7);
	ck_assert_uint_eq(find(t, "rawheader", "file")->number, 10);
	ck_assert_uint_gt(find(t, "sstat", "b")->number, find(t, "rawheader", "file")->number);
	ck_assert_str_eq(find(t, "sstat", "b")->since, "1.0");
}
END_TEST

static TCase *
test_tables(void)
{
	const TTest *const tests[] = { renamed, arrays, numbered };

	return fixture_case("tables", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_tables);
