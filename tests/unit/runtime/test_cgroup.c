/*
 * test_cgroup: intact chains of cgroups, and chains whose distances or parents are invalid. The catalog of the made-up
 * releases has no chain; this file defines a third release.
 */
#include <string.h>

#include "rawlog/log/cgroup.h"
#include "tiny.h"
#include "unit.h"

#define GROUP 12 /* bytes of a chain's struct: three numbers */

struct group {
	int32_t stride, parent, share;
};

struct member {
	int32_t id;
};

static bool
group_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct group *g = host;

	(void)model;
	*fault = (struct fault){ NULL, (int64_t)size, GROUP };
	if (size < GROUP)
		return false;
	*g = (struct group){ load_i32(p, order), load_i32(p + 4, order), load_i32(p + 8, order) };
	return true;
}

static bool
member_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct member *m = host;

	(void)model;
	*fault = (struct fault){ NULL, (int64_t)size, 4 };
	if (size < 4)
		return false;
	m->id = load_i32(p, order);
	return true;
}

static const uint32_t group_size[] = { GROUP, GROUP }, member_size[] = { 4, 4 };
static const struct definition group_definition = { "group", sizeof(struct group), 0, NULL };
static const struct definition member_definition = { "member", sizeof(struct member), 0, NULL };
static const struct catalog_struct group_entry = { .role = "group",
	.number = 0,
	.size = group_size,
	.definition = &group_definition,
	.decode = group_decode };
static const struct catalog_struct member_entry = { .role = "member",
	.number = 1,
	.size = member_size,
	.definition = &member_definition,
	.decode = member_decode };

static const struct catalog_block blocks[] = {
	{
	    .entry = &group_entry,
	    .kind = CATALOG_CHAIN,
	    .tail = "name",
	    .modulo = 4,
	    .stride = { 0, 4, true },
	    .parent = { 4, 4, true },
	},
	{
	    .entry = &member_entry,
	    .kind = CATALOG_LIST,
	    .of = 0,
	    .share = { 8, 4, true },
	    .value = { 0, 4, true },
	},
};

static const struct catalog_release release = { .version = "0.3", .blocks = blocks, .nblocks = 2 };
static const struct layout layout = { &release, TINY_WIDE, ORDER_LITTLE };
static struct cgroups groups;

static void
setup(void)
{
	cgroups_init(&groups, &layout);
}

static void
teardown(void)
{
	cgroups_free(&groups);
}

static void
put32(unsigned char *p, int32_t value)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)((uint32_t)value >> 8 * i);
}

/* Appends an instance; its name and padding fill `stride` if that is more than the struct, else 8 bytes. */
static void
add(int32_t stride, int32_t parent, int32_t share, const char *name)
{
	unsigned char bytes[8192] = { 0 };
	size_t size = stride > GROUP && stride < (int32_t)sizeof bytes ? (size_t)stride : GROUP + 8;

	put32(bytes, stride);
	put32(bytes + 4, parent);
	put32(bytes + 8, share);
	memcpy(bytes + GROUP, name, strlen(name));
	ck_assert(cgroups_add_chain(&groups, bytes, size));
}

static void
add_member(int32_t id)
{
	unsigned char bytes[4];

	put32(bytes, id);
	ck_assert(cgroups_add_list(&groups, bytes, sizeof bytes));
}

static void
check_path(const struct cgroup *g, const char *path)
{
	char got[CGROUP_PATH_MAX];

	ck_assert_ptr_nonnull(g);
	ck_assert_uint_eq(cgroups_path(&groups, g, got), strlen(path));
	ck_assert_int_eq(memcmp(got, path, strlen(path)), 0);
}

START_TEST(paths_and_members)
{
	add(16, -1, 1, "");
	add(24, 0, 2, "system");
	add(16, 1, 0, "ssh");
	add(16, 0, 1, "usr");
	for (int32_t id = 10; id < 14; id++)
		add_member(id == 13 ? 10 : id); /* one is in two */
	ck_assert_int_eq(cgroups_read_chain(&groups, 0), CGROUP_OK);
	ck_assert_uint_eq(groups.ngroups, 4);
	check_path(&groups.groups[0], "/");
	check_path(&groups.groups[2], "/system/ssh");
	ck_assert_int_eq(cgroups_read_list(&groups), CGROUP_OK);
	ck_assert_int_eq(cgroups_value(&groups, 2), 12);
	ck_assert(cgroups_sort(&groups));
	check_path(cgroups_of(&groups, 10), "/usr");
	check_path(cgroups_of(&groups, 11), "/system");
	ck_assert_ptr_null(cgroups_of(&groups, 13));
	ck_assert_ptr_null(cgroups_of(&groups, INT64_MIN));
	cgroups_clear(&groups);
	ck_assert_int_eq(cgroups_read_chain(&groups, 0), CGROUP_OK);
	ck_assert_uint_eq(groups.ngroups, 0);
}
END_TEST

static const struct {
	int32_t stride, parent;
	const char *name;
	enum cgroup_result result;
} wrong[] = { { 0, 0, "x", CGROUP_STRIDE }, { -1, 0, "x", CGROUP_STRIDE },
	{ -16, 0, "x", CGROUP_STRIDE }, /* back to the one before */
	{ INT32_MIN, 0, "x", CGROUP_STRIDE }, { INT32_MAX, 0, "x", CGROUP_STRIDE },
	{ GROUP, 0, "x", CGROUP_STRIDE },                              /* no room for a name */
	{ GROUP - 8, 0, "x", CGROUP_STRIDE },                          /* inside itself */
	{ 16, 0, "long", CGROUP_NAME }, { 16, 1, "x", CGROUP_PARENT }, /* itself */
	{ 16, 2, "x", CGROUP_PARENT }, { 16, INT32_MAX, "x", CGROUP_PARENT } };

START_TEST(what_leads_nowhere_ends_the_chain)
{
	add(16, -1, 0, "");
	add(wrong[_i].stride, wrong[_i].parent, 0, wrong[_i].name);
	ck_assert_int_eq(cgroups_read_chain(&groups, 2), wrong[_i].result);
	ck_assert_uint_eq(groups.ngroups, 1);
	check_path(&groups.groups[0], "/");
}
END_TEST

START_TEST(a_chain_cut_anywhere)
{
	for (size_t size = 1; size < 32; size++) {
		cgroups_clear(&groups);
		add(16, -1, 0, "");
		add(16, 0, 0, "usr");
		groups.chain_size = size;
		ck_assert_int_eq(cgroups_read_chain(&groups, 2), size == 16 ? CGROUP_COUNT : CGROUP_STRIDE);
		ck_assert_uint_eq(groups.ngroups, size < 16 ? 0 : 1);
	}
}
END_TEST

/* A chain of cgroups that are each inside the one before, all with names of `size` letters. */
static void
add_nested(int32_t n, size_t size)
{
	char name[CGROUP_NAME_MAX + 2] = { 0 };

	memset(name, 'x', size);
	for (int32_t i = 0; i < n; i++)
		add((int32_t)(GROUP + size + 1), i - 1, 0, name);
}

/* Earlier paths have used up the allowance: short paths are still known. */
START_TEST(paths_are_bounded)
{
	char path[CGROUP_PATH_MAX];
	size_t known = 0, bytes = 0;

	add_nested(1025, 3); /* 4 bytes a level: the last has one level too many */
	ck_assert_int_eq(cgroups_read_chain(&groups, 1), CGROUP_DEPTH);
	ck_assert_uint_eq(groups.ngroups, 1025);
	ck_assert_uint_eq(groups.groups[1023].path_size, CGROUP_PATH_MAX);
	ck_assert_uint_eq(groups.groups[1024].path_size, 0);
	for (size_t i = 0; i < groups.ngroups; i++) {
		known += cgroups_path(&groups, &groups.groups[i], path) > 0;
		bytes += cgroups_path(&groups, &groups.groups[i], path);
	}
	ck_assert_uint_eq(groups.npathless, groups.ngroups - known);
	ck_assert_uint_ge(groups.pathless, CGROUP_PATH_SHORT / 4);
	ck_assert_uint_le(bytes, groups.chain_size + groups.ngroups * CGROUP_PATH_SHORT);
	ck_assert_uint_ge(bytes, groups.chain_size);
}
END_TEST

START_TEST(a_path_that_is_allowed)
{
	char path[CGROUP_PATH_MAX];

	add(8000, -1, 0, ""); /* as many bytes as these paths have */
	for (int32_t i = 0; i < 16; i++) {
		char name[256] = { 0 };

		memset(name, 'y', 255);
		add(GROUP + 256, i, 0, name);
	}
	add(GROUP + 2, 16, 0, "z"); /* 16 times 256 are CGROUP_PATH_MAX */
	ck_assert_int_eq(cgroups_read_chain(&groups, 2), CGROUP_DEPTH);
	ck_assert_uint_eq(cgroups_path(&groups, &groups.groups[5], path), 5 * 256);
	ck_assert_uint_eq(path[1279], 'y');
	ck_assert_uint_eq(path[1024], '/');
	ck_assert_uint_eq(groups.groups[16].path_size, CGROUP_PATH_MAX);
	ck_assert_uint_eq(cgroups_path(&groups, &groups.groups[17], path), 0);
}
END_TEST

/* A name of CGROUP_NAME_MAX bytes, and one that has one more; what is below the latter has no path either. */
START_TEST(names_are_bounded)
{
	char name[CGROUP_NAME_MAX + 2] = { 0 };
	char path[CGROUP_PATH_MAX];

	add(16, -1, 0, "");
	memset(name, 'n', CGROUP_NAME_MAX);
	add(GROUP + 256, 0, 0, name);
	name[CGROUP_NAME_MAX] = 'n';
	add(GROUP + 257, 0, 0, name);
	add(16, 2, 0, "x");
	add(16, 1, 0, "x");
	ck_assert_int_eq(cgroups_read_chain(&groups, 1), CGROUP_DEPTH);
	ck_assert_uint_eq(groups.npathless, 2);
	ck_assert_uint_eq(groups.pathless, 2);
	ck_assert(groups.groups[1].has_name && !groups.groups[2].has_name);
	ck_assert_uint_eq(cgroups_path(&groups, &groups.groups[2], path), 0);
	ck_assert_uint_eq(cgroups_path(&groups, &groups.groups[3], path), 0);
	ck_assert_uint_eq(cgroups_path(&groups, &groups.groups[4], path), 258);
}
END_TEST

/* Names that are empty do not make a path that never ends. */
START_TEST(empty_names)
{
	char path[CGROUP_PATH_MAX];

	for (int32_t i = 0; i < 5000; i++)
		add(16, i - 1, 0, "");
	ck_assert_int_eq(cgroups_read_chain(&groups, 0), CGROUP_DEPTH);
	ck_assert_uint_eq(cgroups_path(&groups, &groups.groups[3], path), 3);
	ck_assert_uint_eq(groups.groups[CGROUP_PATH_MAX].path_size, CGROUP_PATH_MAX);
	ck_assert_uint_eq(groups.groups[CGROUP_PATH_MAX + 1].path_size, 0);
}
END_TEST

START_TEST(counts_modulo)
{
	for (int i = 0; i < 6; i++)
		add(16, -1, 0, "x");
	ck_assert_int_eq(cgroups_read_chain(&groups, 2), CGROUP_OK);
	groups.ngroups = 0;
	ck_assert_int_eq(cgroups_read_chain(&groups, 3), CGROUP_COUNT);
	ck_assert_uint_eq(groups.ngroups, 6);
}
END_TEST

/* Many values in no order, some in several cgroups: the last of them is found. */
START_TEST(finds_each_value)
{
	const int32_t n = 1000;

	add(16, -1, n, "");
	add(16, 0, n, "a");
	for (int32_t i = 0; i < 2 * n; i++)
		add_member(i * 7919 % n - n / 2);
	ck_assert_int_eq(cgroups_read_chain(&groups, 2), CGROUP_OK);
	ck_assert_int_eq(cgroups_read_list(&groups), CGROUP_OK);
	ck_assert(cgroups_sort(&groups));
	for (int32_t i = -n / 2; i < n / 2; i++)
		ck_assert_ptr_eq(cgroups_of(&groups, i), &groups.groups[1]);
	ck_assert_ptr_null(cgroups_of(&groups, n / 2));
	ck_assert_ptr_null(cgroups_of(&groups, -n / 2 - 1));
	ck_assert_ptr_null(cgroups_of(&groups, INT64_MAX));
	ck_assert_ptr_null(cgroups_of(&groups, (INT64_C(1) << 32) + 1));
}
END_TEST

START_TEST(shares_that_do_not_add_up)
{
	static const int32_t shares[] = { 1, 3, -1, INT32_MAX, CGROUP_LIST_MAX, CGROUP_LIST_MAX + 1 };

	add(16, -1, shares[_i], "");
	add_member(1);
	add_member(2);
	ck_assert_int_eq(cgroups_read_chain(&groups, 1), CGROUP_OK);
	ck_assert_int_eq(cgroups_read_list(&groups), CGROUP_SHARE);
	ck_assert(!groups.shared);
	ck_assert_ptr_null(cgroups_of(&groups, 1));
	ck_assert_uint_eq(groups.nvalues, 0);
}
END_TEST

START_TEST(each_result_has_words)
{
	for (enum cgroup_result i = CGROUP_OK; i <= CGROUP_NO_MEMORY; i++)
		for (enum cgroup_result j = CGROUP_OK; j < i; j++)
			ck_assert_str_ne(cgroup_reason(i), cgroup_reason(j));
}
END_TEST

static TCase *
test_cgroup(void)
{
	TCase *t = tcase_create("cgroup");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, paths_and_members);
	tcase_add_loop_test(t, what_leads_nowhere_ends_the_chain, 0, sizeof wrong / sizeof wrong[0]);
	tcase_add_test(t, a_chain_cut_anywhere);
	tcase_add_test(t, paths_are_bounded);
	tcase_add_test(t, a_path_that_is_allowed);
	tcase_add_test(t, names_are_bounded);
	tcase_add_test(t, empty_names);
	tcase_add_test(t, finds_each_value);
	tcase_add_test(t, counts_modulo);
	tcase_add_loop_test(t, shares_that_do_not_add_up, 0, 6);
	tcase_add_test(t, each_result_has_words);
	return t;
}

REGISTER(test_cgroup);
