/*
 * json_in: a text of JSON as a tree. Strict (RFC 8259): UTF-8 only, no key twice in an object, no NUL in a text, nothing behind the
 * value. The text may be hostile: depth and number of values are bounded, and memory is a multiple of that number.
 *
 * Own code and no library, because the grammar is small, verify then works in every build, and starting the program loads nothing
 * for it. tests/fuzz/json.c is its fuzz target.
 */
#ifndef JSON_IN_H
#define JSON_IN_H

#include <stdbool.h>
#include <stddef.h>

#define JSON_IN_DEPTH  16        /* levels of objects and arrays */
#define JSON_IN_VALUES (4 << 20) /* in a text */
#define JSON_IN_KEYS   64        /* of an object */

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_TEXT,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_node {
	enum json_kind kind;
	const char *key;         /* in its object; NULL: none */
	const char *text;        /* JSON_TEXT: decoded; JSON_NUMBER: as it is written */
	struct json_node *first; /* of the values in it; NULL: none */
	struct json_node *next;  /* the value behind it in the same array or object */
	size_t count;            /* values in it */
};

struct json_tree;

/*
 * Reads the `size` bytes at `text`, which are changed and must outlive the tree. NULL: `why` says why, and `at` is the offset of the
 * byte where it went wrong; "out of memory" is one reason.
 */
struct json_tree *json_read(char *text, size_t size, const char **why, size_t *at);
void json_tree_free(struct json_tree *tree);

const struct json_node *json_root(const struct json_tree *tree);

/* The value of that key, which is of that kind; NULL: `object` is no object, or has none. */
const struct json_node *json_find(const struct json_node *object, const char *key, enum json_kind kind);

#endif
