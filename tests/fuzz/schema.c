/*
 * The target `schema`: the whole schema compiler in memory, from YAML to C and back. Input: schemas one after
 * the other, a base before what extends it, parted by form feeds, which no schema may hold. A part that
 * begins with "models:" is the abi.yaml of the others; if none does, a small one is. Opens no file.
 */
#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "emit/emit.h"
#include "fuzz.h"
#include "model/layout.h"
#include "model/lock.h"
#include "model/tables.h"
#include "read/load.h"
#include "read/resolve.h"
#include "read/schema.h"
#include "text.h"
#include "verb/verbs.h"

#define PARTS_MAX 8
#define SEPARATOR '\f'

static const char abi_text[] = "models:\n"
			       "  - {name: lp64, machines: [x86_64], doc: \"64-bit long\"}\n"
			       "  - {name: i386, machines: [i386, i686], doc: \"32-bit long\"}\n"
			       "types:\n"
			       "  - {name: char, kind: char, size: 1, align: 1}\n"
			       "  - {name: unsigned char, kind: unsigned, size: 1, align: 1}\n"
			       "  - {name: short, kind: signed, size: 2, align: 2}\n"
			       "  - {name: unsigned short, kind: unsigned, size: 2, align: 2}\n"
			       "  - {name: int, kind: signed, size: 4, align: 4}\n"
			       "  - {name: unsigned int, kind: unsigned, size: 4, align: 4}\n"
			       "  - {name: int32_t, kind: signed, size: 4, align: 4}\n"
			       "  - {name: pid_t, kind: signed, size: 4, align: 4}\n"
			       "  - {name: long, kind: signed, size: [8, 4], align: [8, 4]}\n"
			       "  - {name: unsigned long, kind: unsigned, size: [8, 4], align: [8, 4]}\n"
			       "  - {name: long long, kind: signed, size: 8, align: [8, 4]}\n"
			       "  - {name: time_t, kind: signed, size: [8, 4], align: [8, 4]}\n"
			       "  - {name: count_t, kind: signed, size: 8, align: [8, 4]}\n"
			       "  - {name: float, kind: float, size: 4, align: 4}\n";

static const char abi_start[] = "models:";

/* One run of the compiler. */
struct compiler {
	struct arena arena;
	struct diag diag;
	struct loaded loaded;
	struct schema *schemas[PARTS_MAX];
	bool named[PARTS_MAX];
};

/* --- the stages ----------------------------------------------------------------------------------------- */

static struct node *
parse(struct compiler *c, const char *text, size_t size)
{
	struct source *source = arena_alloc(&c->arena, sizeof *source);

	source->name = arena_printf(&c->arena, "%u.yaml", c->diag.nsources);
	source->text = arena_strndup(&c->arena, text, size);
	source->length = size;
	source->order = c->diag.nsources++;
	return document_parse(&c->arena, &c->diag, source);
}

static bool
begins_with(const char *text, size_t size, const char *word)
{
	return size >= strlen(word) && memcmp(text, word, strlen(word)) == 0;
}

static void
read_part(struct compiler *c, const char *text, size_t size)
{
	const bool is_abi = begins_with(text, size, abi_start);
	struct node *root;

	if (is_abi ? c->loaded.abi != NULL : c->loaded.nschemas == PARTS_MAX)
		return;
	root = parse(c, text, size);
	if (root == NULL)
		return;
	if (is_abi) {
		c->loaded.abi = schema_read_abi(&c->arena, &c->diag, root);
		return;
	}
	c->named[c->loaded.nschemas] = true;
	c->schemas[c->loaded.nschemas++] = schema_read(&c->arena, &c->diag, root);
}

/* Whether there is a schema of that version among the first `n`. */
static bool
has_version(const struct compiler *c, size_t n, const char *version)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(c->schemas[i]->version.text, version) == 0)
			return true;
	return false;
}

/* What loading files sees to: versions differ, and a base comes before what extends it. */
static bool
is_loadable(const struct compiler *c)
{
	for (size_t i = 0; i < c->loaded.nschemas; i++) {
		const struct schema *s = c->schemas[i];

		if (s->version.text == NULL || has_version(c, i, s->version.text) ||
		    (s->extends.text != NULL && !has_version(c, i, s->extends.text)))
			return false;
	}
	return c->loaded.nschemas > 0 && c->loaded.abi != NULL;
}

/* What the schemas mean; NULL if a stage reports errors. */
static struct model *
build(struct compiler *c)
{
	struct model *m;

	c->loaded.schemas = c->schemas;
	c->loaded.named = c->named;
	if (c->loaded.abi == NULL && c->diag.nerrors == 0)
		read_part(c, abi_text, strlen(abi_text));
	if (c->diag.nerrors > 0 || !is_loadable(c))
		return NULL;
	m = resolve(&c->arena, &c->diag, &c->loaded);
	if (c->diag.nerrors == 0)
		check_model(&c->diag, m);
	if (c->diag.nerrors == 0)
		layout_model(&c->diag, m);
	if (c->diag.nerrors == 0)
		check_layouts(&c->diag, m);
	return c->diag.nerrors == 0 ? m : NULL;
}

/* --- what must hold ------------------------------------------------------------------------------------- */

/* What is behind the last line is a line of its own, also where nothing ends the last one. */
static size_t
count_lines(const struct source *s)
{
	const bool ended = s->length > 0 && s->text[s->length - 1] == '\n';

	return text_count(s->text, s->length, "\n") + (ended ? 1 : 2);
}

/* Every message has a place in what was read. */
static void
check_messages(const struct compiler *c, FILE *nowhere)
{
	for (size_t i = 0; i < c->diag.nmessages; i++) {
		const struct message *m = &c->diag.messages[i];

		fuzz_require(m->at.source != NULL && m->text[0] != '\0', "a message has a place and a text");
		fuzz_require(text_is_utf8(m->text, strlen(m->text)), "a message is UTF-8");
		fuzz_require(m->at.line <= count_lines(m->at.source), "a message names a line that there is");
	}
	diag_print(&c->diag, nowhere);
}

/* A name that stays in its folder, which may be one folder of a release below the output: "atop-2.7/types.h". */
static bool
is_file_name(const char *name)
{
	const char *slash = strchr(name, '/'), *file = slash != NULL ? slash + 1 : name;

	if (slash != NULL &&
	    (strncmp(name, "atop-", strlen("atop-")) != 0 ||
		strspn(name, "atop-0123456789.") != (size_t)(slash - name)))
		return false;
	return file[0] != '\0' && file[0] != '.' &&
	    file[strspn(file, "abcdefghijklmnopqrstuvwxyz0123456789_.")] == '\0';
}

static bool
is_c_file(const char *name)
{
	const size_t length = strlen(name);

	return length > 2 && name[length - 2] == '.';
}

/* What the schemas say can break neither the C nor its place. */
static void
check_output(struct compiler *c, const struct model *m, struct tables *t)
{
	struct out_set set = { .arena = &c->arena };
	const struct lock lock = { .lines = NULL };

	lock_number(&c->arena, t, &lock);
	emit_model(&set, m, c->named, t);
	emit_tables_of_all(&set, m, t, &lock);
	for (size_t i = 0; i < set.nfiles; i++) {
		const struct out_file *file = set.files[i];

		fuzz_require(is_file_name(file->name), "a file is written where it should be");
		for (size_t k = 0; k < i; k++)
			fuzz_require(strcmp(set.files[k]->name, file->name) != 0, "no file is written twice");
		fuzz_require(text_is_utf8(file->out.text, file->out.length), "what is written is UTF-8");
		if (is_c_file(file->name))
			fuzz_require(text_is_c(file->out.text, file->out.length), "C is C");
	}
}

/* What `show` prints of a release is a schema that means the same: it prints the same. */
static void
check_show(struct compiler *c, const struct release *r)
{
	struct compiler again = { .diag = { .arena = &again.arena } };
	struct out first = { .arena = &c->arena }, second = { .arena = &again.arena };
	const struct model *m;

	verb_show(&first, r, NULL, 0);
	again.loaded.abi = c->loaded.abi;
	read_part(&again, first.text, first.length);
	m = build(&again);
	fuzz_require(m != NULL, "what is shown compiles");
	verb_show(&second, m->releases[0], NULL, 0);
	fuzz_require(first.length == second.length && memcmp(first.text, second.text, first.length) == 0,
	    "what is shown means the same");
	arena_free(&again.arena);
}

/* The verbs that print a release. */
static void
check_verbs(struct compiler *c, const struct model *m)
{
	const struct release *first = m->releases[0], *last = m->releases[m->nreleases - 1];
	struct out o = { .arena = &c->arena };

	verb_diff(&o, first, last);
	verb_new(&o, "99.9", last);
	emit_layout(&o, last, (int)m->abi->nmodels - 1, false);
	fuzz_require(text_is_utf8(o.text, o.length), "what is printed is UTF-8");
	o = (struct out){ .arena = &c->arena };
	verb_assert(&o, last);
	fuzz_require(text_is_c(o.text, o.length), "assertions are C");
	check_show(c, last);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *nowhere;
	struct compiler c = { .diag = { .arena = &c.arena } };
	const char *text = (const char *)data, *end = text + size, *part;
	struct tables *tables = NULL;
	const struct model *m;

	if (nowhere == NULL)
		nowhere = fopen("/dev/null", "w");
	fuzz_require(nowhere != NULL, "there is a null device");
	for (part = text; part != NULL; text = part) {
		part = size > 0 ? memchr(text, SEPARATOR, (size_t)(end - text)) : NULL;
		read_part(&c, text, (size_t)((part != NULL ? part : end) - text));
		if (part != NULL)
			part++;
	}
	m = build(&c);
	if (m != NULL)
		tables = tables_build(&c.diag, m);
	check_messages(&c, nowhere);
	if (m != NULL) {
		if (c.diag.nerrors == 0)
			check_output(&c, m, tables);
		check_verbs(&c, m);
	}
	arena_free(&c.arena);
	return 0;
}
