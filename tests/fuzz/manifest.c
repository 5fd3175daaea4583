/*
 * The target `manifest`: a text that verify may get as a manifest. A tree has only UTF-8 and no key twice, and what is written of it
 * reads back as the same; an error has a place and a reason; files of a manifest have paths.
 */
#include <stdlib.h>
#include <string.h>

#include "atopdump/report/json_in.h"
#include "atopdump/report/verify.h"
#include "fuzz.h"
#include "text.h"

/* A text that grows. */
struct text {
	char *bytes;
	size_t size, room;
};

static void
put(struct text *t, const char *bytes, size_t size)
{
	if (t->size + size > t->room) {
		char *larger = fuzz_alloc(2 * (t->size + size));

		if (t->size > 0)
			memcpy(larger, t->bytes, t->size);
		free(t->bytes);
		t->bytes = larger;
		t->room = 2 * (t->size + size);
	}
	memcpy(t->bytes + t->size, bytes, size);
	t->size += size;
}

/* Writes a text with as few escapes as possible. */
static void
put_text(struct text *t, const char *text)
{
	static const char digits[] = "0123456789abcdef";

	fuzz_require(text_is_utf8(text, strlen(text)), "a text is UTF-8");
	put(t, "\"", 1);
	for (; *text != '\0'; text++) {
		const char escape[6] = { '\\', 'u', '0', '0', digits[(unsigned char)*text >> 4], digits[*text & 15] };

		if ((unsigned char)*text < 0x20)
			put(t, escape, sizeof escape);
		else if (*text == '"' || *text == '\\')
			put(t, "\\", 1), put(t, text, 1);
		else
			put(t, text, 1);
	}
	put(t, "\"", 1);
}

static void
put_node(struct text *t, const struct json_node *n, unsigned depth)
{
	static const char *const words[] = { [JSON_NULL] = "null", [JSON_FALSE] = "false", [JSON_TRUE] = "true" };
	const bool object = n->kind == JSON_OBJECT;
	size_t count = 0;

	fuzz_require(depth <= JSON_IN_DEPTH, "depth is bounded");
	if (n->kind == JSON_TEXT) {
		put_text(t, n->text);
	} else if (n->kind == JSON_NUMBER) {
		put(t, n->text, strlen(n->text));
	} else if (n->kind < JSON_NUMBER) {
		put(t, words[n->kind], strlen(words[n->kind]));
	} else {
		put(t, object ? "{" : "[", 1);
		for (const struct json_node *v = n->first; v != NULL; v = v->next) {
			if (count++ > 0)
				put(t, ",", 1);
			fuzz_require((v->key != NULL) == object, "values of objects have keys");
			if (object) {
				put_text(t, v->key);
				put(t, ":", 1);
			}
			put_node(t, v, depth + 1);
		}
		fuzz_require(count == n->count, "values are counted");
		put(t, object ? "}" : "]", 1);
	}
}

/* What is written of the tree reads back, and is written alike. */
static void
check_again(const struct json_tree *tree)
{
	struct text first = { .bytes = NULL }, second = { .bytes = NULL };
	struct json_tree *again;
	const char *why;
	size_t at;
	char *copy;

	put_node(&first, json_root(tree), 0);
	copy = fuzz_alloc(first.size);
	memcpy(copy, first.bytes, first.size);
	again = json_read(copy, first.size, &why, &at);
	fuzz_require(again != NULL, "what is written of a tree can be read");
	put_node(&second, json_root(again), 0);
	fuzz_require(first.size == second.size && memcmp(first.bytes, second.bytes, first.size) == 0,
	    "it reads back as it was");
	json_tree_free(again);
	free(copy);
	free(first.bytes);
	free(second.bytes);
}

static void
check_list(const struct json_tree *tree)
{
	struct verify_list list;
	char why[VERIFY_TEXT_MAX];

	if (!verify_list_make(&list, json_root(tree), why)) {
		fuzz_require(*why != '\0' && text_is_utf8(why, strlen(why)), "a refusal has a reason");
		return;
	}
	for (size_t i = 0; i < list.count; i++)
		fuzz_require(*list.files[i].path != '\0', "a file has a path");
	verify_list_free(&list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_alloc(size + 1);
	struct json_tree *tree;
	const char *why = NULL;
	size_t at = 0;

	memcpy(text, data, size);
	tree = json_read(text, size, &why, &at);
	if (tree == NULL) {
		fuzz_require(why != NULL && at <= size, "an error has a reason and a place");
	} else {
		check_again(tree);
		check_list(tree);
	}
	json_tree_free(tree);
	free(text);
	return 0;
}
