/*
 * test_places: where a release has the columns of a table, from a dictionary made up here: structs in structs, arrays of
 * values and of structs, guards and conditions on the way.
 */
#include <string.h>

#include "dictionary.h"
#include "print/query/places.h"
#include "unit.h"

static struct places *places;
static struct dictionary_host host;

static void
setup(void)
{
	memset(&host, 0, sizeof host);
}

static void
teardown(void)
{
	places_free(places);
	places = NULL;
}

static void
make(const char *table)
{
	bool missing;

	places = places_make(dictionary_table(table), &dictionary_struct, &missing);
	ck_assert_ptr_nonnull(places);
	ck_assert(!missing);
}

/* The place of a column. */
static const struct place *
at(const char *column)
{
	return &places->columns[dictionary_column(places->table, column)];
}

static const struct {
	const char *column;
	size_t offset;
	const char *field;
} members[] = {
	{ "first", offsetof(struct dictionary_host, first), "first" },
	{ "inner_value", offsetof(struct dictionary_host, inner.value), "value" },
	{ "inner_deep_value", offsetof(struct dictionary_host, inner.deep.value), "value" },
	{ "renamed", offsetof(struct dictionary_host, upstream), "Upstream" },
	{ "grid_0_0", offsetof(struct dictionary_host, grid), "grid" },
	{ "grid_0_2", offsetof(struct dictionary_host, grid[0][2]), "grid" },
	{ "grid_1_0", offsetof(struct dictionary_host, grid[1][0]), "grid" },
	{ "grid_1_2", offsetof(struct dictionary_host, grid[1][2]), "grid" },
	{ "counted_0", offsetof(struct dictionary_host, counted[0]), "counted" },
	{ "counted_2", offsetof(struct dictionary_host, counted[2]), "counted" },
	{ "text", offsetof(struct dictionary_host, text), "text" },
	{ "text_bytes", offsetof(struct dictionary_host, text), "text" },
	{ "names_0", offsetof(struct dictionary_host, names[0]), "names" },
	{ "names_1", offsetof(struct dictionary_host, names[1]), "names" },
	{ "names_1_bytes", offsetof(struct dictionary_host, names[1]), "names" },
};

START_TEST(offsets)
{
	make("whole");
	ck_assert_ptr_nonnull(at(members[_i].column)->field);
	ck_assert_uint_eq(at(members[_i].column)->offset, members[_i].offset);
	ck_assert_str_eq(field_name(at(members[_i].column)->field), members[_i].field);
	ck_assert_ptr_null(places->array.field);
	ck_assert_ptr_eq(places->of, &dictionary_struct);
}
END_TEST

/*
 * Columns that the release lacks, reserved members, elements beyond an array, members of structs in an array, and columns
 * that are no members.
 */
START_TEST(no_place)
{
	make("whole");
	ck_assert_ptr_null(at("lacking")->field);
	ck_assert_ptr_null(at("lacking_bytes")->field);
	ck_assert_ptr_null(at("spare")->field);
	ck_assert_ptr_null(at("grid_2_0")->field);
	ck_assert_ptr_null(at("inner_list_id")->field);
	ck_assert_ptr_null(at("host")->field);
}
END_TEST

START_TEST(in_an_array)
{
	make("whole_inner_list");
	ck_assert_uint_eq(places->array.offset, offsetof(struct dictionary_host, inner.list));
	ck_assert_uint_eq(at("id")->offset, offsetof(struct dictionary_element, id));
	ck_assert_uint_eq(at("deep_value")->offset, offsetof(struct dictionary_element, deep.value));
	ck_assert_ptr_null(at("lacking")->field);
}
END_TEST

START_TEST(a_missing_array)
{
	static const char *const tables[] = { "whole_inner_gone", "whole_inner_lis" };
	bool missing = false;

	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		ck_assert_ptr_null(places_make(dictionary_table(tables[i]), &dictionary_struct, &missing));
		ck_assert(missing);
	}
}
END_TEST

/* Whether a column is null if these bits of the nulls are set. */
static void
check_guards(const char *column, uint64_t guards)
{
	for (unsigned bit = 0; bit < 64; bit++)
		ck_assert_msg(place_is_null(at(column), &host, UINT64_C(1) << bit) == ((guards >> bit & 1) != 0),
		    "%s, bit %u", column, bit);
}

/* A struct's own guards hold for its members, whose own ones are shifted by the bases of the structs on the way. */
START_TEST(guards)
{
	host.means_value = host.inner.means_deep = true;
	make("whole");
	check_guards("first", 0);
	check_guards("renamed", DICTIONARY_NO_UPSTREAM);
	check_guards("inner_value", DICTIONARY_NO_INNER | DICTIONARY_NO_VALUE << DICTIONARY_INNER_BASE);
	check_guards("inner_deep_value",
	    DICTIONARY_NO_INNER | DICTIONARY_NO_DEEP << DICTIONARY_INNER_BASE |
		DICTIONARY_NO_DEEP_VALUE << (DICTIONARY_INNER_BASE + DICTIONARY_DEEP_BASE));
	places_free(places);
	make("whole_inner_list");
	ck_assert_uint_eq(places->array.guards, DICTIONARY_NO_INNER | DICTIONARY_NO_LIST << DICTIONARY_INNER_BASE);
	ck_assert_uint_eq(places->shift, DICTIONARY_INNER_BASE + DICTIONARY_LIST_BASE);
	ck_assert_uint_eq(at("deep_value")->guards, DICTIONARY_NO_DEEP_VALUE << DICTIONARY_DEEP_BASE);
}
END_TEST

/* A condition is asked of the struct that has the member. */
START_TEST(conditions)
{
	make("whole");
	for (unsigned i = 0; i < 4; i++) {
		host.means_value = i & 1;
		host.inner.means_deep = i & 2;
		ck_assert(!place_is_null(at("first"), &host, 0));
		ck_assert_int_eq(place_is_null(at("grid_0_0"), &host, 0), (i & 1) == 0);
		ck_assert_int_eq(place_is_null(at("grid_1_2"), &host, 0), (i & 1) == 0);
		ck_assert_int_eq(place_is_null(at("inner_deep_value"), &host, 0), (i & 2) == 0);
		ck_assert(!place_is_null(at("inner_value"), &host, 0));
	}
}
END_TEST

/* How many elements of each array of values are in use. */
START_TEST(counts)
{
	static const struct {
		int count;
		unsigned used;
	} counted[] = { { 0, 0 }, { 1, 1 }, { 3, 3 }, { 4, 3 }, { -1, 0 }, { INT32_MAX, 3 }, { INT32_MIN, 0 } };
	static const char *const columns[] = { "counted_0", "counted_1", "counted_2" };

	make("whole");
	for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
		host.ncounted = counted[i].count;
		ck_assert_uint_eq(place_used(at("counted_0"), &host), counted[i].used);
		for (unsigned k = 0; k < 3; k++)
			ck_assert_int_eq(place_is_null(at(columns[k]), &host, 0), k >= counted[i].used);
	}
	ck_assert_uint_eq(place_used(at("grid_0_0"), &host), 2);
}
END_TEST

/* Up to the first element without a text; a later one does not count. */
START_TEST(until)
{
	make("whole");
	for (unsigned i = 0; i < 8; i++) {
		const unsigned used = (i & 1) == 0 ? 0 : (i & 2) == 0 ? 1 : 2;

		host.names[0][0] = i & 1 ? 'a' : '\0';
		host.names[1][0] = i & 2 ? 'b' : '\0';
		ck_assert_uint_eq(place_used(at("names_0"), &host), used);
		ck_assert_int_eq(place_is_null(at("names_0"), &host, 0), used < 1);
		ck_assert_int_eq(place_is_null(at("names_1"), &host, 0), used < 2);
		ck_assert_int_eq(place_is_null(at("names_1_bytes"), &host, 0), used < 2);
	}
}
END_TEST

static TCase *
test_places(void)
{
	TCase *t = tcase_create("places");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, offsets, 0, sizeof members / sizeof members[0]);
	tcase_add_test(t, no_place);
	tcase_add_test(t, in_an_array);
	tcase_add_test(t, a_missing_array);
	tcase_add_test(t, guards);
	tcase_add_test(t, conditions);
	tcase_add_test(t, counts);
	tcase_add_test(t, until);
	return t;
}

REGISTER(test_places);
