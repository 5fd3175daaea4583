/*
 * document: libyaml's events to nodes. The only file that sees libyaml.
 */
#include "read/document.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/utf8.h"

#define DEPTH_MAX 16   /* of nodes within nodes; the language needs 6 */
#define ITEMS_MAX 1024 /* of one list or mapping */
#define TEXT_MAX  4096 /* bytes of one value */

struct parse {
	struct arena *arena;
	struct diag *diag;
	const struct source *source;
	yaml_parser_t yaml;
	yaml_event_t event; /* the current one */
};

/* --- text ---------------------------------------------------------------------------------------------- */

/* The file is UTF-8 and holds no control characters but tabs and newlines. Reports the first fault. */
static bool
check_text(struct diag *d, const struct source *source)
{
	struct position at = { .source = source, .line = 1, .column = 1 };
	size_t length;

	for (size_t i = 0; i < source->length; i += length) {
		const int32_t c = utf8_decode(source->text + i, source->length - i, &length);

		if (c < 0) {
			diag_error(d, at, "the text is not UTF-8: byte 0x%02x", (unsigned char)source->text[i]);
			return false;
		}
		if (utf8_is_control(c) && c != '\t' && c != '\n') {
			diag_error(d, at, "control character U+%04X", (unsigned)c);
			return false;
		}
		at.column++;
		if (c == '\n') {
			at.line++;
			at.column = 1;
		}
	}
	return true;
}

/* --- events -------------------------------------------------------------------------------------------- */

static struct position
position(const struct parse *p, yaml_mark_t mark)
{
	return (struct position){
		.source = p->source,
		.line = (unsigned)mark.line + 1,
		.column = (unsigned)mark.column + 1,
	};
}

static struct position
here(const struct parse *p)
{
	return position(p, p->event.start_mark);
}

static void
report_syntax(struct parse *p)
{
	const yaml_parser_t *y = &p->yaml;
	const char *problem = y->problem != NULL ? y->problem : "unreadable YAML";
	const char *context = "";

	if (y->error == YAML_MEMORY_ERROR)
		problem = "not enough memory";
	if (y->context != NULL && y->context_mark.line == y->problem_mark.line)
		context = arena_printf(p->arena, " %s", y->context);
	else if (y->context != NULL)
		context = arena_printf(p->arena, " %s that begins in line %u", y->context,
		    position(p, y->context_mark).line);
	diag_error(p->diag, position(p, y->problem_mark), "%s%s", problem, context);
}

/* Reads the next event. False after reporting why there is none. */
static bool
advance(struct parse *p)
{
	yaml_event_delete(&p->event);
	if (yaml_parser_parse(&p->yaml, &p->event))
		return true;
	report_syntax(p);
	return false;
}

static void
refuse_properties(struct parse *p, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor != NULL)
		diag_error(p->diag, here(p), "anchors are not part of the language");
	if (tag != NULL)
		diag_error(p->diag, here(p), "tags are not part of the language");
}

static bool read_node(struct parse *p, struct node *node, unsigned depth);

static bool
read_scalar(struct parse *p, struct node *node)
{
	const char *text = (const char *)p->event.data.scalar.value;
	const size_t size = p->event.data.scalar.length;
	size_t length;

	refuse_properties(p, p->event.data.scalar.anchor, p->event.data.scalar.tag);
	if (size > TEXT_MAX) {
		diag_error(p->diag, here(p), "a value of more than %d bytes", TEXT_MAX);
		return false;
	}
	for (size_t i = 0; i < size; i += length) {
		const int32_t c = utf8_decode(text + i, size - i, &length);

		if (utf8_is_control(c)) {
			diag_error(p->diag, here(p), "control character U+%04X in a value", (unsigned)c);
			break;
		}
	}
	node->kind = NODE_SCALAR;
	node->text = arena_strndup(p->arena, text, size);
	node->quoted = p->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return true;
}

/* Whether one more item fits in a list or mapping. Reports it if not. */
static bool
expect_room(struct parse *p, const struct node *node)
{
	if (node->nitems < ITEMS_MAX)
		return true;
	diag_error(p->diag, here(p), "more than %d items in one list or mapping", ITEMS_MAX);
	return false;
}

static bool
read_sequence(struct parse *p, struct node *node, unsigned depth)
{
	node->kind = NODE_SEQUENCE;
	refuse_properties(p, p->event.data.sequence_start.anchor, p->event.data.sequence_start.tag);
	for (;;) {
		if (!advance(p))
			return false;
		if (p->event.type == YAML_SEQUENCE_END_EVENT)
			return true;
		if (!expect_room(p, node))
			return false;
		node->items = arena_grow(p->arena, node->items, node->nitems, sizeof(*node->items));
		if (!read_node(p, &node->items[node->nitems], depth + 1))
			return false;
		node->nitems++;
	}
}

static void
refuse_duplicate(struct parse *p, const struct node *mapping, const struct node *key)
{
	for (size_t i = 0; i < mapping->nitems; i++)
		if (strcmp(mapping->keys[i].text, key->text) == 0) {
			diag_error(p->diag, key->at, "duplicate key '%s': line %u has it already", key->text,
			    mapping->keys[i].at.line);
			return;
		}
}

static bool
read_mapping(struct parse *p, struct node *node, unsigned depth)
{
	node->kind = NODE_MAPPING;
	refuse_properties(p, p->event.data.mapping_start.anchor, p->event.data.mapping_start.tag);
	for (;;) {
		struct node *key;

		if (!advance(p))
			return false;
		if (p->event.type == YAML_MAPPING_END_EVENT)
			return true;
		if (!expect_room(p, node))
			return false;
		node->keys = arena_grow(p->arena, node->keys, node->nitems, sizeof(*node->keys));
		node->items = arena_grow(p->arena, node->items, node->nitems, sizeof(*node->items));
		key = &node->keys[node->nitems];
		if (!read_node(p, key, depth + 1))
			return false;
		if (key->kind != NODE_SCALAR) {
			diag_error(p->diag, key->at, "a key must be a word");
			return false;
		}
		refuse_duplicate(p, node, key);
		if (!advance(p) || !read_node(p, &node->items[node->nitems], depth + 1))
			return false;
		node->nitems++;
	}
}

/* Reads the node that begins with the current event, up to its last event. */
static bool
read_node(struct parse *p, struct node *node, unsigned depth)
{
	memset(node, 0, sizeof(*node));
	node->at = here(p);
	if (depth > DEPTH_MAX) {
		diag_error(p->diag, node->at, "nested too deeply");
		return false;
	}
	switch (p->event.type) {
	case YAML_SCALAR_EVENT: return read_scalar(p, node);
	case YAML_SEQUENCE_START_EVENT: return read_sequence(p, node, depth);
	case YAML_MAPPING_START_EVENT: return read_mapping(p, node, depth);
	default: diag_error(p->diag, node->at, "aliases are not part of the language"); return false;
	}
}

static bool
has_directives(const yaml_event_t *start)
{
	return start->data.document_start.version_directive != NULL ||
	    start->data.document_start.tag_directives.start != start->data.document_start.tag_directives.end;
}

/* Reads the one document of the stream. */
static bool
read_stream(struct parse *p, struct node *root)
{
	/* Reads the start of the stream and of the document. */
	for (int i = 0; i < 2; i++)
		if (!advance(p))
			return false;
	if (p->event.type == YAML_STREAM_END_EVENT) {
		diag_error(p->diag, (struct position){ .source = p->source }, "the file is empty");
		return false;
	}
	if (has_directives(&p->event))
		diag_error(p->diag, here(p), "YAML directives are not part of the language");
	if (!advance(p) || !read_node(p, root, 0))
		return false;
	/* Reads the end of the document and of the stream. A second document is an error. */
	for (int i = 0; i < 2; i++)
		if (!advance(p))
			return false;
	if (p->event.type == YAML_STREAM_END_EVENT)
		return true;
	diag_error(p->diag, here(p), "a second document in one file");
	return false;
}

struct node *
document_parse(struct arena *a, struct diag *d, const struct source *source)
{
	struct parse p = { .arena = a, .diag = d, .source = source };
	struct node *root = arena_alloc(a, sizeof(*root));
	const size_t nerrors = d->nerrors;

	if (!check_text(d, source))
		return NULL;
	if (!yaml_parser_initialize(&p.yaml)) {
		diag_error(d, (struct position){ .source = source }, "not enough memory for libyaml");
		return NULL;
	}
	yaml_parser_set_encoding(&p.yaml, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p.yaml, (const unsigned char *)source->text, source->length);
	if (!read_stream(&p, root))
		root = NULL;
	yaml_event_delete(&p.event);
	yaml_parser_delete(&p.yaml);
	return d->nerrors == nerrors ? root : NULL;
}
