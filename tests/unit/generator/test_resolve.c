/*
 * test_resolve: what is inherited, what is shared, and what has no meaning.
 */
#include "fixture.h"

#include <string.h>

#include "read/schema.h"
#include "unit.h"

/* Three structs in each other, one of them shaped by a constant and one by a table of bits. */
static const char *
base(void)
{
	return fixture_text(
	    "  disk:\n    - {name: name, type: char, dims: [8]}\n"
	    "  cpu:\n    - {name: load, type: int, dims: [TWO, TWO + 1]}\n"
	    "  cpus:\n    - {name: n, type: int}\n    - {name: _list, type: cpu, dims: [TWO], count: n}\n",
	    "    - {name: cpus, type: cpus}\n    - {name: disk, type: disk}\n");
}

static bool
shared(const struct model *m, const char *name)
{
	const struct definition *first = release_find(m->releases[0], name);
	const struct definition *second = release_find(m->releases[1], name);

	ck_assert_ptr_eq(second->origin, first == second ? m->releases[0] : m->releases[1]);
	return first == second;
}

static const struct model *
two(const char *next)
{
	const char *texts[] = { base(), fixture_next(next) };

	return fixture_model(texts, 2);
}

START_TEST(fields)
{
	const struct release *r = fixture_model_of(base())->releases[0];
	const struct field *list = definition_find(release_find(r, "cpus"), "_list");
	const struct field *load = definition_find(release_find(r, "cpu"), "load");

	ck_assert_errors(0);
	ck_assert_str_eq(list->key, "list");
	ck_assert_ptr_eq(list->def, release_find(r, "cpu"));
	ck_assert_ptr_null(list->ctype);
	ck_assert_uint_eq(list->elements, 2);
	ck_assert_uint_eq(load->ndims, 2);
	ck_assert_uint_eq(load->dims[1], 3);
	ck_assert_uint_eq(load->elements, 6);
	ck_assert_str_eq(load->ctype->name.text, "int");
}
END_TEST

START_TEST(block)
{
	const struct release *r = fixture_model_of(base())->releases[0];

	ck_assert_uint_eq(r->nblocks, 1);
	ck_assert_str_eq(r->blocks[0].role, "sstat");
	ck_assert_str_eq(r->blocks[0].length->member->name.text, "scomplen");
	ck_assert_str_eq(r->blocks[0].header_length->member->name.text, "sstatlen");
	ck_assert_ptr_null(r->blocks[0].count);
}
END_TEST

START_TEST(nothing_changed)
{
	const struct model *m = two("");

	ck_assert_ptr_eq(m->releases[1]->base, m->releases[0]);
	for (size_t i = 0; i < m->releases[0]->ndefinitions; i++)
		ck_assert_ptr_eq(m->releases[0]->definitions[i], m->releases[1]->definitions[i]);
	ck_assert_ptr_eq(m->releases[1]->rawheader, m->releases[0]->rawheader);
	ck_assert_uint_eq(m->releases[1]->nblocks, 1);
}
END_TEST

START_TEST(constant_changed)
{
	const struct model *m = two("constants: {TWO: 3}\n");

	ck_assert(!shared(m, "cpu") && !shared(m, "cpus") && !shared(m, "sstat"));
	ck_assert(shared(m, "disk") && shared(m, "rawheader"));
	ck_assert_uint_eq(definition_find(release_find(m->releases[0], "cpu"), "load")->elements, 6);
	ck_assert_uint_eq(definition_find(release_find(m->releases[1], "cpu"), "load")->elements, 12);
}
END_TEST

START_TEST(constant_repeated)
{
	const struct model *m = two("constants: {TWO: 0x2}\n");

	ck_assert(shared(m, "cpu") && shared(m, "sstat"));
}
END_TEST

START_TEST(struct_replaced)
{
	const struct model *m = two("structs:\n  disk:\n    - {name: size, type: count_t}\n");

	ck_assert(!shared(m, "disk") && !shared(m, "sstat"));
	ck_assert(shared(m, "cpu") && shared(m, "cpus"));
	ck_assert_uint_eq(m->releases[1]->ndefinitions, m->releases[0]->ndefinitions);
}
END_TEST

START_TEST(bits_replaced)
{
	const char *texts[] = {
		arena_printf(&fixture_arena, "%sbits:\n  t:\n    - {name: A, value: 1}\n",
		    fixture_text("", "    - {name: flags, type: int, show: bits, bits: t}\n")),
		fixture_next("bits:\n  t:\n    - {name: B, value: 1}\n"),
	};

	ck_assert(!shared(fixture_model(texts, 2), "sstat"));
}
END_TEST

/* Whether the second release prints its sstat by the code of the first. */
static bool
shares_code(const char *first, const char *second)
{
	const char *texts[] = {
		fixture_text("  s:\n    - {name: n, type: int}\n    - {name: t, type: char, dims: [4]}\n", first),
		fixture_next(arena_printf(&fixture_arena, "structs:\n  sstat:\n%s", second)),
	};
	const struct model *m;

	texts[0] = arena_printf(&fixture_arena,
	    "%sbits:\n  f:\n    - {name: A, value: 1}\n  g:\n    - {name: A, value: 1}\n", texts[0]);
	m = fixture_model(texts, 2);
	return release_find(m->releases[1], "sstat")->code == release_find(m->releases[0], "sstat");
}

/* For every key of a member: two lines that differ in it alone, and whether code may be shared. */
static const struct {
	const char *key, *first, *second;
	bool shares;
} key_cases[] = {
	{ "name", "name: x, type: int", "name: y, type: int", false },
	{ "type", "name: x, type: int", "name: x, type: short", false },
	{ "dims", "name: x, type: int, dims: [2]", "name: x, type: int, dims: [3]", false },
	{ "dims", "name: x, type: int, dims: [2]", "name: x, type: int, dims: [TWO]", true },
	{ "count", "name: x, type: int, dims: [2], count: n", "name: x, type: int, dims: [2], count: {of: n, clamp: 1}",
	    false },
	{ "live", "name: x, type: s, dims: [2]", "name: x, type: s, dims: [2], live: n", false },
	{ "when", "name: x, type: int, when: n == 1", "name: x, type: int, when: n == 2", false },
	{ "unfilled", "name: x, type: s", "name: x, type: s, unfilled: [n]", false },
	{ "unit", "name: x, type: int", "name: x, type: int, unit: ms", true },
	{ "kind", "name: x, type: int", "name: x, type: int, kind: delta", true },
	{ "show", "name: x, type: int", "name: x, type: int, show: flag", false },
	{ "bits", "name: x, type: int, show: bits, bits: f", "name: x, type: int, show: bits, bits: g", true },
	{ "absent", "name: x, type: int", "name: x, type: int, absent: 0", false },
	{ "reserved", "name: x, type: int", "name: x, type: int, reserved: true", false },
	{ "column", "name: x, type: int", "name: x, type: int, column: y", true },
	{ "was", "name: x, type: int", "name: x, type: int, was: n", true },
	{ "doc", "name: x, type: int", "name: x, type: int, doc: \"other\"", true },
};

#define NKEY_CASES (sizeof(key_cases) / sizeof(key_cases[0]))

START_TEST(every_key_counts)
{
	for (size_t i = 0; i < NKEY_CASES; i++) {
		const char *first = arena_printf(&fixture_arena, "    - {name: n, type: int}\n    - {%s}\n",
		    key_cases[i].first);
		const char *second = arena_printf(&fixture_arena, "    - {name: n, type: int}\n    - {%s}\n",
		    key_cases[i].second);

		ck_assert(shares_code(first, first));
		ck_assert_msg(shares_code(first, second) == key_cases[i].shares, "%s", key_cases[i].key);
	}
}
END_TEST

/* The cases above are of all keys that there are: a message lists them. */
START_TEST(every_key_has_a_case)
{
	struct reader r = { .arena = &fixture_arena, .diag = &fixture_diag };
	struct member m;
	const char *known;

	schema_read_member(&r,
	    document_parse(&fixture_arena, &fixture_diag, fixture_source("{name: x, type: int, zzz: 1}")), &m);
	known = strstr(fixture_messages(), "(known: ");
	ck_assert_ptr_nonnull(known);
	for (known += strlen("(known: "); *known != '\n' && *known != ')'; known += strspn(known, ", ")) {
		const size_t length = strcspn(known, ",)");
		bool found = false;

		for (size_t i = 0; i < NKEY_CASES; i++)
			found = found ||
			    (strlen(key_cases[i].key) == length && memcmp(key_cases[i].key, known, length) == 0);
		ck_assert_msg(found, "%.*s", (int)length, known);
		known += length;
	}
}
END_TEST

/* The same words, but a constant or a flag in them has another value. */
START_TEST(names_in_conditions_count)
{
	const char *const lines =
	    "    - {name: f, type: int, show: bits, bits: f}\n    - {name: x, type: int, when: %s}\n";
	static const struct {
		const char *when;
		bool shares;
	} cases[] = { { "f & A", false }, { "f == TWO", false }, { "f == 2", true } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[256];
		const char *texts[2];
		const struct model *m;

		snprintf(text, sizeof(text), lines, cases[i].when);
		texts[0] = arena_printf(&fixture_arena, "%sbits:\n  f:\n    - {name: A, value: 1}\n",
		    fixture_text("", text));
		texts[1] = fixture_next("constants: {TWO: 3}\nbits:\n  f:\n    - {name: A, value: 2}\n");
		m = fixture_model(texts, 2);
		ck_assert(!shared(m, "sstat"));
		ck_assert((release_find(m->releases[1], "sstat")->code == release_find(m->releases[0], "sstat")) ==
		    cases[i].shares);
	}
}
END_TEST

START_TEST(unknown_names)
{
	fixture_model_of(fixture_text("",
	    "    - {name: a, type: inT}\n    - {name: b, type: int, dims: [TOW]}\n"
	    "    - {name: c, type: int, bits: t}\n"));
	ck_assert_errors(3);
	ck_assert_message("unknown type 'inT'; did you mean 'int'?");
	ck_assert_message("unknown constant 'TOW'; did you mean 'TWO'?");
	ck_assert_message("unknown table of bits 't'");
}
END_TEST

START_TEST(inherited_fault_is_reported_once)
{
	const char *texts[] = { fixture_text("", "    - {name: a, type: x}\n"), fixture_next("") };

	fixture_model(texts, 2);
	ck_assert_errors(1);
	ck_assert_ptr_null(strstr(fixture_messages(), "(in atop"));
}
END_TEST

START_TEST(fault_by_inheriting)
{
	two("constants: {TWO: 0}\n");
	ck_assert_message("dimension 'TWO' is 0 (in atop 1.1)");
}
END_TEST

START_TEST(cycles)
{
	fixture_model_of(fixture_text("  a:\n    - {name: x, type: b}\n  b:\n    - {name: x, type: a}\n",
	    "    - {name: s, type: sstat, dims: [2]}\n"));
	ck_assert_errors(2);
	ck_assert_message("struct 'a' contains itself");
	ck_assert_message("struct 'sstat' contains itself");
}
END_TEST

START_TEST(overflow)
{
	fixture_model_of(fixture_text("",
	    "    - {name: a, type: char, dims: [0xffffffffffffffff + TWO]}\n"
	    "    - {name: b, type: char, dims: [0x8000000000000000, 2]}\n"
	    "    - {name: c, type: char, dims: [0xffffffffffffffff]}\n"));
	ck_assert_errors(2);
}
END_TEST

static TCase *
test_resolve(void)
{
	const TTest *const tests[] = {
		fields,
		block,
		nothing_changed,
		constant_changed,
		constant_repeated,
		struct_replaced,
		bits_replaced,
		unknown_names,
		inherited_fault_is_reported_once,
		fault_by_inheriting,
		cycles,
		overflow,
		every_key_counts,
		every_key_has_a_case,
		names_in_conditions_count,
	};

	return fixture_case("resolve", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_resolve);
