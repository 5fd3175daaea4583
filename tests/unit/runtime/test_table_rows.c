/*
 * test_table_rows: which rows of a table a struct has, from a dictionary made up here.
 */
#include <stdio.h>
#include <string.h>

#include "dictionary.h"
#include "print/query/table_rows.h"
#include "unit.h"

static struct dictionary_host host;
static struct row row;
static char found[1024];
static uint64_t nulls; /* of the row found last */

static void
setup(void)
{
	memset(&host, 0, sizeof host);
	row = (struct row){ .of = &dictionary_struct, .host = &host };
	for (int i = 0; i < DICTIONARY_LIST; i++) {
		host.inner.list[i].id = (int16_t)(10 + i);
		snprintf(host.inner.named[i].name, sizeof host.inner.named[i].name, "n%d", i);
		host.inner.named[i].id = (int16_t)(20 + i);
	}
}

/* Notes "index:id" of an element, "index" of another row. */
static void
note(void *context, const struct table_row *r)
{
	const size_t used = strlen(found);

	ck_assert_ptr_eq(context, &host);
	ck_assert_ptr_eq(r->row, &row);
	nulls = r->nulls;
	if (r->places->table->kind == TABLE_ARRAY)
		snprintf(found + used, sizeof found - used, "%ju:%d ", (uintmax_t)r->index,
		    ((const struct dictionary_element *)r->host)->id);
	else
		snprintf(found + used, sizeof found - used, "%ju ", (uintmax_t)r->index);
	if (r->places->table->kind != TABLE_ARRAY)
		ck_assert_ptr_eq(r->host, &host);
}

/* The rows of the table are these. */
static void
check(const char *table, const char *want)
{
	bool missing;
	struct places *places = places_make(dictionary_table(table), &dictionary_struct, &missing);

	ck_assert_ptr_nonnull(places);
	found[0] = '\0';
	table_rows_each(places, &row, note, &host);
	ck_assert_str_eq(found, want);
	places_free(places);
}

START_TEST(of_a_struct_it_is_one)
{
	row.nulls = 0x1234;
	check("whole", "0 ");
	ck_assert_uint_eq(nulls, 0x1234);
}
END_TEST

START_TEST(a_counted_array)
{
	check("whole_inner_list", "");
	host.inner.nlist = 2;
	check("whole_inner_list", "0:10 1:11 ");
	host.inner.nlist = 4;
	check("whole_inner_list", "0:10 1:11 2:12 3:13 ");
	host.inner.nlist = 200; /* more than there is room for */
	check("whole_inner_list", "0:10 1:11 2:12 3:13 ");
}
END_TEST

/* An index is that in the array, whichever elements are live. */
START_TEST(elements_that_are_not_live)
{
	host.inner.nlist = 4;
	host.inner.list[0].id = host.inner.list[2].id = -1;
	check("whole_inner_list", "1:11 3:13 ");
	host.inner.list[1].id = host.inner.list[3].id = -1;
	check("whole_inner_list", "");
}
END_TEST

START_TEST(an_array_up_to_an_empty_name)
{
	check("whole_inner_named", "0:20 1:21 2:22 3:23 ");
	host.inner.named[2].name[0] = '\0';
	check("whole_inner_named", "0:20 1:21 ");
	host.inner.named[0].name[0] = '\0';
	check("whole_inner_named", "");
}
END_TEST

/* An array that means nothing, or is in a struct that does not, has no rows. */
START_TEST(an_array_that_is_null)
{
	host.inner.nlist = 1;
	row.nulls = DICTIONARY_NO_LIST << DICTIONARY_INNER_BASE;
	check("whole_inner_list", "");
	check("whole_inner_named", "0:20 1:21 2:22 3:23 ");
	row.nulls = DICTIONARY_NO_INNER;
	check("whole_inner_list", "");
	check("whole_inner_named", "");
	row.nulls = DICTIONARY_NO_DEEP << DICTIONARY_INNER_BASE;
	check("whole_inner_list", "0:10 ");
}
END_TEST

START_TEST(nulls_of_an_element)
{
	const uint64_t of_list = DICTIONARY_NO_DEEP_VALUE << DICTIONARY_DEEP_BASE;

	host.inner.nlist = 1;
	row.nulls = of_list << (DICTIONARY_INNER_BASE + DICTIONARY_LIST_BASE);
	check("whole_inner_list", "0:10 ");
	ck_assert_uint_eq(nulls, of_list);
	check("whole_inner_named", "0:20 1:21 2:22 3:23 "); /* has another base */
	ck_assert_uint_eq(nulls, of_list << DICTIONARY_LIST_BASE);
}
END_TEST

START_TEST(processes_of_a_cgroup)
{
	struct row_cgroup all = { .has_pids = true, .npids = 3 };

	check("whole_pids", "");
	row.cgroup = &all;
	check("whole_pids", "0 1 2 ");
	all.npids = 0;
	check("whole_pids", "");
	all.npids = 3;
	all.has_pids = false;
	check("whole_pids", "");
}
END_TEST

static TCase *
test_table_rows(void)
{
	TCase *t = tcase_create("table rows");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, of_a_struct_it_is_one);
	tcase_add_test(t, a_counted_array);
	tcase_add_test(t, elements_that_are_not_live);
	tcase_add_test(t, an_array_up_to_an_empty_name);
	tcase_add_test(t, an_array_that_is_null);
	tcase_add_test(t, nulls_of_an_element);
	tcase_add_test(t, processes_of_a_cgroup);
	return t;
}

REGISTER(test_table_rows);
