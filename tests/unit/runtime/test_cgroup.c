/*
 * test_cgroup: chains of cgroups that are whole, and chains that lead nowhere, back or on for ever. The catalog of the
 * made-up releases has none; a third release is made up here.
 */
#include <string.h>

#include "cgroup.h"
#include "suites.h"
#include "tiny.h"

#define GROUP	12		/* bytes of a chain's struct: three numbers */

struct group {
	int32_t		stride, parent, share;
};

struct member {
	int32_t		id;
};

static bool
group_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct group *g = host;

	(void)model;
	*fault = (struct fault){NULL, (int64_t)size, GROUP};
	if (size < GROUP)
		return false;
	*g = (struct group){load_i32(p, order), load_i32(p + 4, order), load_i32(p + 8, order)};
	return true;
}

static bool
member_decode(void *host, const unsigned char *p, size_t size, unsigned model, enum byte_order order,
    struct fault *fault)
{
	struct member *m = host;

	(void)model;
	*fault = (struct fault){NULL, (int64_t)size, 4};
	if (size < 4)
		return false;
	m->id = load_i32(p, order);
	return true;
}

static const uint32_t group_size[] = {GROUP, GROUP}, member_size[] = {4, 4};
static const struct definition group_definition = {"group", sizeof(struct group), 0, NULL};
static const struct definition member_definition = {"member", sizeof(struct member), 0, NULL};
static const struct catalog_struct group_entry = {
	"group", group_size, &group_definition, group_decode, NULL, NULL, 0
};
static const struct catalog_struct member_entry = {
	"member", member_size, &member_definition, member_decode, NULL, NULL, 0
};

static const struct catalog_block blocks[] = {
	{
		.entry = &group_entry,
		.tail = "name",
		.modulo = 4,
		.stride = {0, 4, true},
		.parent = {4, 4, true},
	},
	{
		.entry = &member_entry,
		.of = 0,
		.share = {8, 4, true},
		.value = {0, 4, true},
	},
};

static const struct catalog_release release = {.version = "0.3", .blocks = blocks, .nblocks = 2};
static const struct layout layout = {&release, TINY_WIDE, ORDER_LITTLE};
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
	unsigned char bytes[256] = {0};
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
	ck_assert_ptr_nonnull(g);
	ck_assert_uint_eq(g->path_size, strlen(path));
	ck_assert_int_eq(memcmp(groups.paths + g->path, path, g->path_size), 0);
}

START_TEST(paths_and_members)
{
	add(16, -1, 1, "");
	add(24, 0, 2, "system");
	add(16, 1, 0, "ssh");
	add(16, 0, 1, "usr");
	for (int32_t id = 10; id < 14; id++)
		add_member(id == 13 ? 10 : id);		/* one is in two */
	ck_assert_int_eq(cgroups_read_chain(&groups, 0), CGROUP_OK);
	ck_assert_uint_eq(groups.ngroups, 4);
	check_path(&groups.groups[0], "/");
	check_path(&groups.groups[2], "/system/ssh");
	ck_assert_int_eq(cgroups_read_list(&groups), CGROUP_OK);
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
	int32_t			stride, parent;
	const char		*name;
	enum cgroup_result	result;
} wrong[] = {
	{0, 0, "x", CGROUP_STRIDE},
	{-1, 0, "x", CGROUP_STRIDE},
	{-16, 0, "x", CGROUP_STRIDE},			/* back to the one before */
	{INT32_MIN, 0, "x", CGROUP_STRIDE},
	{INT32_MAX, 0, "x", CGROUP_STRIDE},
	{GROUP, 0, "x", CGROUP_STRIDE},			/* no room for a name */
	{GROUP - 8, 0, "x", CGROUP_STRIDE},		/* inside itself */
	{16, 0, "long", CGROUP_NAME},
	{16, 1, "x", CGROUP_PARENT},			/* itself */
	{16, 2, "x", CGROUP_PARENT},
	{16, INT32_MAX, "x", CGROUP_PARENT}
};

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

START_TEST(paths_do_not_grow_without_end)
{
	enum cgroup_result result;

	for (int32_t i = 0; i < 5000; i++)
		add(16, i - 1, 0, "abc");
	result = cgroups_read_chain(&groups, 0);
	ck_assert_int_eq(result, CGROUP_DEPTH);
	ck_assert_uint_eq(groups.ngroups, 1024);	/* 4096 bytes of "/abc" */
}
END_TEST

START_TEST(counts_modulo)
{
	for (int i = 0; i < 6; i++)
		add(16, -1, 0, "x");
	ck_assert_int_eq(cgroups_read_chain(&groups, 2), CGROUP_OK);
	groups.ngroups = groups.paths_size = 0;
	ck_assert_int_eq(cgroups_read_chain(&groups, 3), CGROUP_COUNT);
	ck_assert_uint_eq(groups.ngroups, 6);
}
END_TEST

START_TEST(shares_that_do_not_add_up)
{
	static const int32_t shares[] = {1, 3, -1, INT32_MAX};

	add(16, -1, shares[_i], "");
	add_member(1);
	add_member(2);
	ck_assert_int_eq(cgroups_read_chain(&groups, 1), CGROUP_OK);
	ck_assert_int_eq(cgroups_read_list(&groups), CGROUP_SHARE);
	ck_assert(!groups.shared);
	ck_assert_ptr_null(cgroups_of(&groups, 1));
	ck_assert_uint_eq(groups.groups[0].count, 0);
}
END_TEST

START_TEST(each_result_has_words)
{
	for (enum cgroup_result i = CGROUP_OK; i <= CGROUP_NO_MEMORY; i++)
		for (enum cgroup_result j = CGROUP_OK; j < i; j++)
			ck_assert_str_ne(cgroup_reason(i), cgroup_reason(j));
}
END_TEST

TCase *
test_cgroup(void)
{
	TCase *t = tcase_create("cgroup");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, paths_and_members);
	tcase_add_loop_test(t, what_leads_nowhere_ends_the_chain, 0, sizeof wrong / sizeof wrong[0]);
	tcase_add_test(t, a_chain_cut_anywhere);
	tcase_add_test(t, paths_do_not_grow_without_end);
	tcase_add_test(t, counts_modulo);
	tcase_add_loop_test(t, shares_that_do_not_add_up, 0, 4);
	tcase_add_test(t, each_result_has_words);
	return t;
}
