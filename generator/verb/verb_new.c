/*
 * verb_new: the skeleton of a schema for the next release. It compiles, and differs from its base only in the version.
 */
#include "verb/verbs.h"

#include <stdlib.h>
#include <string.h>

/* The aversion in headers: 0x8000, with the major and the minor number in a byte each. */
static unsigned
expected_aversion(const char *version)
{
	const unsigned long major = strtoul(version, NULL, 10);
	const unsigned long minor = strtoul(strchr(version, '.') + 1, NULL, 10);

	return (unsigned)(0x8000 | (major & 0x7f) << 8 | (minor & 0xff));
}

static void
print_files(struct out *o, const struct schema *s)
{
	for (size_t i = 0; i < s->nfiles; i++)
		out_printf(o, "%s%s", i > 0 ? ", " : "", s->files[i].text);
}

/* The sizes of the base as a comment, to be replaced by the new ones. */
static void
print_lengths(struct out *o, const struct release *base)
{
	out_printf(o, "# lengths:                          # uncomment, with what a real file says; %s has:\n",
	    base->schema->version.text);
	for (size_t m = 0; m < base->abi->nmodels; m++) {
		out_printf(o, "#   %s: {", base->abi->models[m].name.text);
		for (size_t i = 0; i < 2 + base->nblocks; i++) {
			const struct definition *top = release_top(base, i);

			if (i >= 2 && base->blocks[i - 2].of != NULL) /* a list has no length in the header */
				continue;
			out_printf(o, "%s%s: %llu", i > 0 ? ", " : "", top->structure->name.text,
			    (unsigned long long)top->size[m]);
		}
		out_printf(o, "}\n");
	}
}

static void
print_structs(struct out *o, const struct release *base)
{
	size_t width = 0;

	out_printf(o, "# structs:                          # name again what changed, whole; %s has:",
	    base->schema->version.text);
	for (size_t i = 0; i < base->ndefinitions; i++) {
		const char *name = base->definitions[i]->structure->name.text;

		if (i == 0 || width + strlen(name) > 100) {
			out_printf(o, "\n#  ");
			width = 0;
		}
		out_printf(o, " %s", name);
		width += strlen(name) + 1;
	}
	out_printf(o, "\n");
}

void
verb_new(struct out *o, const char *version, const struct release *base)
{
	out_printf(o, "# atop %s: (what it changed)\n", version);
	out_printf(o, "version: \"%s\"\n", version);
	out_printf(o, "extends: \"%s\"\n", base->schema->version.text);
	out_printf(o, "releases: [\"%s.0\"]\n", version);
	out_printf(o, "aversion: 0x%04x\n", expected_aversion(version));
	out_printf(o, "source: {tag: v%s.0, files: [", version);
	print_files(o, base->schema);
	out_printf(o, "]}\n");
	print_lengths(o, base);
	out_printf(o, "# constants: {}                     # those whose value changed, and new ones\n");
	print_structs(o, base);
	out_printf(o, "# blocks:                           # all of them, if what follows a record changed\n");
}
