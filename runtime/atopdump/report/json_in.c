/*
 * json_in: one pass over the text. Texts are decoded in place: no text is longer than what stands for it.
 */
#include "atopdump/report/json_in.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "print/text/character.h"

#define CHUNK 1024 /* nodes that are allocated at once */

struct chunk {
	struct chunk *next;
	size_t used;
	struct json_node nodes[CHUNK];
};

struct json_tree {
	struct chunk *chunks;
	struct json_node *root;
};

struct reading {
	struct json_tree *tree;
	char *begin, *next, *end;
	size_t nvalues;
	const char *why; /* NULL: nothing is wrong */
};

static bool
fail(struct reading *r, const char *why)
{
	if (r->why == NULL)
		r->why = why;
	return false;
}

static struct json_node *
new_node(struct reading *r)
{
	struct chunk *chunk = r->tree->chunks;

	if (r->nvalues++ == JSON_IN_VALUES) {
		fail(r, "it has too many values");
		return NULL;
	}
	if (chunk == NULL || chunk->used == CHUNK) {
		chunk = malloc(sizeof *chunk);
		if (chunk == NULL) {
			fail(r, "out of memory");
			return NULL;
		}
		chunk->used = 0;
		chunk->next = r->tree->chunks;
		r->tree->chunks = chunk;
	}
	chunk->nodes[chunk->used] = (struct json_node){ .kind = JSON_NULL };
	return &chunk->nodes[chunk->used++];
}

/* --- characters ------------------------------------------------------------------------------------------------- */

static void
skip_space(struct reading *r)
{
	while (r->next < r->end && strchr(" \t\n\r", *r->next) != NULL && *r->next != '\0')
		r->next++;
}

/* The next character; '\0' at the end, and of a NUL, which is nowhere allowed. */
static char
peek(const struct reading *r)
{
	return r->next < r->end ? *r->next : '\0';
}

static bool
take(struct reading *r, char c)
{
	if (peek(r) != c)
		return false;
	r->next++;
	return true;
}

static bool
take_word(struct reading *r, const char *word)
{
	const size_t size = strlen(word);

	if ((size_t)(r->end - r->next) < size || memcmp(r->next, word, size) != 0)
		return fail(r, "a value was expected");
	r->next += size;
	return true;
}

/* --- texts ------------------------------------------------------------------------------------------------------ */

/* Reads the four hex digits of an escape. */
static bool
take_unit(struct reading *r, uint32_t *unit)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *found;

	*unit = 0;
	for (int i = 0; i < 4; i++) {
		found = peek(r) != '\0' ? strchr(digits, peek(r)) : NULL;
		if (found == NULL)
			return fail(r, "an escape has four hex digits");
		*unit = *unit << 4 | ((uint32_t)(found - digits) & 15);
		r->next++;
	}
	return true;
}

static char *
put_character(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (char)(0xe0 | c >> 12);
		} else {
			*to++ = (char)(0xf0 | c >> 18);
			*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (c & 0x3f));
	return to;
}

/* Decodes what follows "\u". */
static bool
take_escaped(struct reading *r, char **to)
{
	uint32_t c, low;

	if (!take_unit(r, &c))
		return false;
	if (c == 0)
		return fail(r, "a text has a NUL");
	if (c >= 0xdc00 && c < 0xe000)
		return fail(r, "half a surrogate pair");
	if (c >= 0xd800 && c < 0xdc00) {
		if (!take(r, '\\') || !take(r, 'u') || !take_unit(r, &low) || low < 0xdc00 || low >= 0xe000)
			return fail(r, "half a surrogate pair");
		c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
	}
	*to = put_character(*to, c);
	return true;
}

/* Decodes what follows a backslash. */
static bool
take_escape(struct reading *r, char **to)
{
	static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter;

	if (take(r, 'u'))
		return take_escaped(r, to);
	letter = peek(r) != '\0' ? strchr(letters, peek(r)) : NULL;
	if (letter == NULL)
		return fail(r, "there is no such escape");
	r->next++;
	*(*to)++ = meanings[letter - letters];
	return true;
}

/* Reads a text behind its first quote. NULL: it is wrong. */
static const char *
take_text(struct reading *r)
{
	char *start = r->next, *to = start;
	size_t size;

	for (;;) {
		if (r->next == r->end) {
			fail(r, "a text has no end");
			return NULL;
		}
		if (take(r, '"'))
			break;
		if (take(r, '\\')) {
			if (!take_escape(r, &to))
				return NULL;
			continue;
		}
		size = (unsigned char)*r->next < 0x20
		    ? 0
		    : character_length((const unsigned char *)r->next, (size_t)(r->end - r->next));
		if (size == 0) {
			fail(r, "a text has a control character, or is not UTF-8");
			return NULL;
		}
		memmove(to, r->next, size);
		to += size;
		r->next += size;
	}
	*to = '\0'; /* over the quote, or before it */
	return start;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static size_t
skip_digits(struct reading *r)
{
	const char *start = r->next;

	while (peek(r) >= '0' && peek(r) <= '9')
		r->next++;
	return (size_t)(r->next - start);
}

/* Reads a number. Its text stays where it is, and is ended later, when what follows has been read. */
static bool
take_number(struct reading *r)
{
	const bool zero = (take(r, '-'), peek(r) == '0');
	const size_t digits = skip_digits(r);

	if (digits == 0 || (zero && digits > 1) || (take(r, '.') && skip_digits(r) == 0))
		return fail(r, "a value was expected");
	if (take(r, 'e') || take(r, 'E')) {
		if (!take(r, '+'))
			take(r, '-');
		if (skip_digits(r) == 0)
			return fail(r, "a value was expected");
	}
	return true;
}

/* Ends the text of a number, over the character behind it, which has been read. */
static void
end_number(const struct json_node *node, char *end)
{
	if (node->kind == JSON_NUMBER)
		*end = '\0';
}

static bool take_value(struct reading *r, struct json_node *node, unsigned depth, char **end);

/* Reads the key of a value in an object, and the colon. */
static bool
take_key(struct reading *r, const struct json_node *object, struct json_node *node)
{
	skip_space(r);
	if (!take(r, '"'))
		return fail(r, "a key was expected");
	node->key = take_text(r);
	if (node->key == NULL)
		return false;
	if (object->count == JSON_IN_KEYS)
		return fail(r, "an object has too many keys");
	for (const struct json_node *n = object->first; n != NULL; n = n->next)
		if (strcmp(n->key, node->key) == 0)
			return fail(r, "a key stands twice in an object");
	skip_space(r);
	return take(r, ':') || fail(r, "':' was expected");
}

/* Reads the values of an array or object behind its bracket, up to `close`. */
static bool
take_values(struct reading *r, struct json_node *of, char close, unsigned depth)
{
	struct json_node **link = &of->first, *node;
	char *end;

	if (depth == JSON_IN_DEPTH)
		return fail(r, "it is nested too deeply");
	skip_space(r);
	if (take(r, close))
		return true;
	for (;;) {
		const bool in_object = close == '}';
		char behind;

		node = new_node(r);
		if (node == NULL || (in_object && !take_key(r, of, node)) || !take_value(r, node, depth + 1, &end))
			return false;
		*link = node;
		link = &node->next;
		of->count++;
		skip_space(r);
		behind = peek(r);
		if (behind != ',' && behind != close)
			return fail(r, "',' or the end was expected");
		r->next++;
		end_number(node, end);
		if (behind == close)
			return true;
	}
}

static bool
take_value(struct reading *r, struct json_node *node, unsigned depth, char **end)
{
	bool ok;

	skip_space(r);
	node->text = r->next;
	switch (peek(r)) {
	case '{':
	case '[':
		node->kind = *r->next++ == '{' ? JSON_OBJECT : JSON_ARRAY;
		ok = take_values(r, node, node->kind == JSON_OBJECT ? '}' : ']', depth);
		break;
	case '"':
		r->next++;
		node->kind = JSON_TEXT;
		node->text = take_text(r);
		ok = node->text != NULL;
		break;
	case 'n': ok = take_word(r, "null"); break;
	case 't':
		node->kind = JSON_TRUE;
		ok = take_word(r, "true");
		break;
	case 'f':
		node->kind = JSON_FALSE;
		ok = take_word(r, "false");
		break;
	default: node->kind = JSON_NUMBER; ok = take_number(r);
	}
	*end = r->next;
	return ok;
}

/* --- the text --------------------------------------------------------------------------------------------------- */

struct json_tree *
json_read(char *text, size_t size, const char **why, size_t *at)
{
	struct json_tree *tree = calloc(1, sizeof *tree);
	struct reading r = { .tree = tree, .begin = text, .next = text, .end = text + size };
	bool ok = false;
	char *end;

	if (tree == NULL)
		fail(&r, "out of memory");
	else if ((tree->root = new_node(&r)) != NULL)
		ok = take_value(&r, tree->root, 0, &end);
	if (ok) {
		skip_space(&r);
		ok = r.next == r.end || fail(&r, "something follows the value");
	}
	if (ok && tree->root->kind != JSON_NUMBER)
		return tree;
	*why = ok ? "it is a mere number" : r.why;
	*at = (size_t)(r.next - r.begin);
	json_tree_free(tree);
	return NULL;
}

void
json_tree_free(struct json_tree *tree)
{
	struct chunk *next;

	if (tree == NULL)
		return;
	for (struct chunk *chunk = tree->chunks; chunk != NULL; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(tree);
}

const struct json_node *
json_root(const struct json_tree *tree)
{
	return tree->root;
}

const struct json_node *
json_find(const struct json_node *object, const char *key, enum json_kind kind)
{
	if (object == NULL || object->kind != JSON_OBJECT)
		return NULL;
	for (const struct json_node *n = object->first; n != NULL; n = n->next)
		if (strcmp(n->key, key) == 0)
			return n->kind == kind ? n : NULL;
	return NULL;
}
