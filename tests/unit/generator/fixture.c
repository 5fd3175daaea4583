/*
 * fixture: models from text. Stages before resolve must succeed; a test of their failures calls them itself.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "read/resolve.h"
#include "read/schema.h"

struct arena fixture_arena;
struct diag fixture_diag;

static const char abi_text[] = "models:\n"
			       "  - {name: lp64, machines: [x86_64], doc: \"64-bit long\"}\n"
			       "  - {name: i386, machines: [i386], doc: \"32-bit long\"}\n"
			       "types:\n"
			       "  - {name: char, kind: char, size: 1, align: 1}\n"
			       "  - {name: short, kind: signed, size: 2, align: 2}\n"
			       "  - {name: int, kind: signed, size: 4, align: 4}\n"
			       "  - {name: unsigned, kind: unsigned, size: 4, align: 4}\n"
			       "  - {name: long, kind: signed, size: [8, 4], align: [8, 4]}\n"
			       "  - {name: count_t, kind: signed, size: 8, align: [8, 4]}\n"
			       "  - {name: float, kind: float, size: 4, align: 4}\n";

void
fixture_begin(void)
{
	fixture_arena = (struct arena){ .chunks = NULL };
	fixture_diag = (struct diag){ .arena = &fixture_arena };
}

void
fixture_end(void)
{
	arena_free(&fixture_arena);
}

TCase *
fixture_case(const char *name, const TTest *const *tests, size_t ntests)
{
	TCase *tcase = tcase_create(name);

	tcase_add_checked_fixture(tcase, fixture_begin, fixture_end);
	for (size_t i = 0; i < ntests; i++)
		tcase_add_test(tcase, tests[i]);
	return tcase;
}

const struct source *
fixture_source(const char *text)
{
	struct source *source = arena_alloc(&fixture_arena, sizeof(*source));

	source->name = "t.yaml";
	source->text = text;
	source->length = strlen(text);
	source->order = fixture_diag.nsources++;
	return source;
}

const char *
fixture_text(const char *structs, const char *members)
{
	return arena_printf(&fixture_arena,
	    "version: \"1.0\"\nreleases: [\"1.0\"]\naversion: 0x8100\nsource: {tag: t, files: [f]}\n"
	    "constants: {MYMAGIC: 1, TWO: 2}\n"
	    "structs:\n"
	    "  rawheader:\n"
	    "    - {name: magic, type: unsigned}\n"
	    "    - {name: aversion, type: int}\n"
	    "    - {name: rawheadlen, type: int}\n"
	    "    - {name: rawreclen, type: int}\n"
	    "    - {name: sstatlen, type: int}\n"
	    "  rawrecord:\n"
	    "    - {name: curtime, type: long}\n"
	    "    - {name: scomplen, type: int}\n"
	    "%s"
	    "  sstat:\n"
	    "%s"
	    "blocks:\n"
	    "  - {struct: sstat, length: scomplen}\n",
	    structs, members);
}

const char *
fixture_next(const char *text)
{
	return arena_printf(&fixture_arena,
	    "version: \"1.1\"\nextends: \"1.0\"\nreleases: [\"1.1\"]\naversion: 0x8101\n"
	    "source: {tag: t, files: [f]}\n%s",
	    text);
}

static struct node *
parse(const char *text)
{
	struct node *root = document_parse(&fixture_arena, &fixture_diag, fixture_source(text));

	ck_assert_msg(root != NULL, "%s", fixture_messages());
	return root;
}

struct model *
fixture_model(const char *const *texts, size_t ntexts)
{
	struct schema **schemas = arena_alloc(&fixture_arena, ntexts * sizeof(*schemas));
	struct loaded loaded = { .schemas = schemas, .nschemas = ntexts };

	loaded.abi = schema_read_abi(&fixture_arena, &fixture_diag, parse(abi_text));
	for (size_t i = 0; i < ntexts; i++)
		schemas[i] = schema_read(&fixture_arena, &fixture_diag, parse(texts[i]));
	ck_assert_msg(fixture_diag.nerrors == 0, "%s", fixture_messages());
	return resolve(&fixture_arena, &fixture_diag, &loaded);
}

struct model *
fixture_model_of(const char *text)
{
	return fixture_model(&text, 1);
}

const char *
fixture_messages(void)
{
	char *text = NULL;
	const char *copy;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	ck_assert_ptr_nonnull(out);
	diag_print(&fixture_diag, out);
	fclose(out);
	copy = arena_strndup(&fixture_arena, text, size);
	free(text);
	return copy;
}
