/*
 * test_document: nodes with their places, and what YAML has that the language has not.
 */
#include "fixture.h"

#include <string.h>

#include "unit.h"

static struct node *
parse(const char *text)
{
	return document_parse(&fixture_arena, &fixture_diag, fixture_source(text));
}

START_TEST(nodes)
{
	const struct node *root = parse("# c\na: 1\nb: [x, \"2\"]\nc: {d: \xc3\xa9, e: ''}\n");
	const struct node *inner;

	ck_assert_ptr_nonnull(root);
	ck_assert_int_eq(root->kind, NODE_MAPPING);
	ck_assert_uint_eq(root->nitems, 3);
	ck_assert_uint_eq(root->at.line, 2);
	ck_assert_str_eq(root->keys[1].text, "b");
	ck_assert_str_eq(root->items[0].text, "1");
	ck_assert(!root->items[0].quoted);
	ck_assert_int_eq(root->items[1].kind, NODE_SEQUENCE);
	ck_assert(root->items[1].items[1].quoted);
	ck_assert_uint_eq(root->items[1].items[1].at.column, 8);
	inner = &root->items[2];
	ck_assert_uint_eq(inner->keys[1].at.column, 11);
	ck_assert_str_eq(inner->items[1].text, "");
}
END_TEST

START_TEST(refused)
{
	static const struct {
		const char *text;
		const char *message;
	} cases[] = {
		{ "a: &x 1\n", "t.yaml:1:4: error: anchors" },
		{ "a: &x [1]\n", "1:4: error: anchors" },
		{ "a: *x\n", "1:4: error: aliases" },
		{ "a: !t 1\n", "1:4: error: tags" },
		{ "a: !!map {}\n", "1:4: error: tags" },
		{ "a: 1\nb: 2\na: 3\n", "3:1: error: duplicate key 'a': line 1" },
		{ "a: 1\n---\nb: 2\n", "2:1: error: a second" },
		{ "", "t.yaml: error: the file is empty" },
		{ "# only\n", "error: the file is empty" },
		{ "a: \x01\n", "1:4: error: control character U+0001" },
		{ "a: \xff\n", "1:4: error: the text is not UTF-8" },
		{ "\xef\xbb\xbf{a: 1}\n", "1:1: error: control character U+FEFF" },
		{ "a: 1\r\n", "1:5: error: control" },
		{ "a: \"\\0\"\n", "1:4: error: control character U+0000" },
		{ "a: |\n  x\n", "1:4: error: control character U+000A" },
		{ "? [a]\n: 1\n", "1:3: error: a key must be a word" },
		{ "a: {b\n", "2:1: error: did not find expected" },
		{ "%YAML 1.1\n---\na: 1\n", "error: YAML directives" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture_diag = (struct diag){ .arena = &fixture_arena };
		ck_assert_ptr_null(parse(cases[i].text));
		ck_assert_msg(strstr(fixture_messages(), cases[i].message) != NULL, "%s\nfor %s", fixture_messages(),
		    cases[i].text);
	}
}
END_TEST

START_TEST(several_faults)
{
	ck_assert_ptr_null(parse("a: &x 1\nb: !t 2\nb: 3\n"));
	ck_assert_errors(3);
}
END_TEST

START_TEST(deep_nesting)
{
	char *text = arena_alloc(&fixture_arena, 2001);

	memset(text, '[', 1000);
	memset(text + 1000, ']', 1000);
	ck_assert_ptr_null(parse(text));
	ck_assert_message("nested too deeply");
}
END_TEST

static TCase *
test_document(void)
{
	const TTest *const tests[] = { nodes, refused, several_faults, deep_nesting };

	return fixture_case("document", tests, sizeof(tests) / sizeof(tests[0]));
}

REGISTER(test_document);
