/*
 * header: compares a header with every layout of the catalog, and words the refusal if none is equal.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/base/load.h"
#include "rawlog/io/filekind.h"
#include "rawlog/log/header.h"

#define PARTS_MAX (3 + CATALOG_BLOCKS_MAX)

/* One of the numbers that identify a layout; its name is `name` and `suffix`. */
struct part {
	const char *name, *suffix;
	bool in_hex;
	int64_t is, should;
};

/* A layout of the catalog compared with a header. */
struct match {
	struct layout layout;
	struct part parts[PARTS_MAX];
	size_t nparts;
	size_t nequal;
};

size_t
header_size_max(void)
{
	size_t i, model, max = 0;

	for (i = 0; i < catalog_nreleases; i++)
		for (model = 0; model < catalog_nmodels; model++)
			if (catalog_releases[i]->rawheader->size[model] > max)
				max = catalog_releases[i]->rawheader->size[model];
	return max;
}

bool
header_has_magic(const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < catalog_nreleases && size >= sizeof catalog_releases[i]->magic; i++)
		if (load_u32(p, ORDER_LITTLE) == catalog_releases[i]->magic ||
		    load_u32(p, ORDER_BIG) == catalog_releases[i]->magic)
			return true;
	return false;
}

/* Allocates memory for the host struct of any release's rawheader; the caller frees it. NULL: out of memory. */
static void *
new_host_of_any(void)
{
	size_t i, max = 1;

	for (i = 0; i < catalog_nreleases; i++)
		if (catalog_releases[i]->rawheader->definition->size > max)
			max = catalog_releases[i]->rawheader->definition->size;
	return calloc(1, max);
}

static void
add_part(struct match *m, struct part part)
{
	m->parts[m->nparts++] = part;
	m->nequal += part.is == part.should;
}

/*
 * Compares the header at `p` with the layout `m->layout`; the aversion is not compared if the release is `chosen`. False:
 * the header is too short, or its magic number is another one.
 */
static bool
compare(const unsigned char *p, size_t size, const struct catalog_release *chosen, void *host, struct match *m)
{
	const struct catalog_release *release = m->layout.release;
	unsigned model = m->layout.model;
	struct header_facts facts;
	struct fault fault;
	size_t i;

	if (size < release->rawheader->size[model] ||
	    !release->rawheader->decode(host, p, size, model, m->layout.order, &fault))
		return false;
	memset(&facts, 0, sizeof facts);
	release->header_facts(host, &facts);
	if (facts.magic != release->magic)
		return false;
	m->nparts = m->nequal = 0;
	if (chosen == NULL)
		add_part(m, (struct part){ "aversion", "", true, facts.aversion, release->aversion });
	add_part(m, (struct part){ "rawheadlen", "", false, facts.rawheadlen, release->rawheader->size[model] });
	add_part(m, (struct part){ "rawreclen", "", false, facts.rawreclen, release->rawrecord->size[model] });
	for (i = 0; i < release->nblocks; i++)
		if (release->blocks[i].kind != CATALOG_LIST) /* the header states no length of a list */
			add_part(m,
			    (struct part){ release->blocks[i].entry->definition->name, "len", false,
				facts.block_size[i], release->blocks[i].entry->size[model] });
	return true;
}

/*
 * Finds the layout with the most equal parts, of all releases or of the `chosen` one; of equally good ones the latest. Its
 * release is NULL if no layout has the log's magic number.
 */
static void
find_nearest(const unsigned char *p, size_t size, const struct catalog_release *chosen, void *host,
    struct match *nearest)
{
	static const enum byte_order orders[] = { ORDER_LITTLE, ORDER_BIG };
	struct match m;
	size_t o, i, model;

	memset(&m, 0, sizeof m);
	memset(nearest, 0, sizeof *nearest);
	for (o = 0; o < 2; o++)
		for (i = catalog_nreleases; i-- > 0;)
			for (model = 0; model < catalog_nmodels; model++) {
				if (chosen != NULL && chosen != catalog_releases[i])
					continue;
				m.layout.release = catalog_releases[i];
				m.layout.model = (unsigned)model;
				m.layout.order = orders[o];
				if (compare(p, size, chosen, host, &m) && m.nequal > nearest->nequal)
					*nearest = m;
			}
}

/* --- refusals ------------------------------------------------------------------------------------------- */

/* Builds a text in a buffer of `size` bytes. */
struct message {
	char *text;
	size_t used; /* without the NUL; below `size` */
	size_t size;
};

/* Appends text, truncated to the space left. */
static void __attribute__((format(printf, 2, 3))) say(struct message *m, const char *format, ...)
{
	const size_t room = m->size - m->used;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(m->text + m->used, room, format, args);
	va_end(args);
	if (n > 0)
		m->used += (size_t)n < room ? (size_t)n : room - 1;
}

static void
say_strange(struct message *m, const unsigned char *p, size_t size)
{
	const struct filekind *kind = filekind_find(p, size);

	if (kind != NULL) {
		say(m, "not an atop log, but %s", kind->text);
		return;
	}
	say(m, "not an atop log: it begins with");
	for (size_t i = 0; i < size && i < 4; i++)
		say(m, " %02x", p[i]);
	if (size < header_size_max())
		say(m, " and has %zu bytes, fewer than a header", size);
	else
		say(m, ", which is no magic number");
}

static void
say_cut(struct message *m, size_t size)
{
	say(m, "it is cut: of an atop log's header there are %zu of the %zu bytes needed", size, header_size_max());
}

static void
say_value(struct message *m, const struct part *part, int64_t value)
{
	if (part->in_hex)
		say(m, "0x%04" PRIx64, (uint64_t)value);
	else
		say(m, "%" PRId64, value);
}

/* The parts that are not equal; `before` precedes the first. */
static void
say_differences(struct message *m, const struct match *match, const char *before)
{
	for (size_t i = 0; i < match->nparts; i++) {
		const struct part *part = &match->parts[i];

		if (part->is == part->should)
			continue;
		say(m, "%s%s%s is ", before, part->name, part->suffix);
		say_value(m, part, part->is);
		say(m, ", should be ");
		say_value(m, part, part->should);
		before = "; ";
	}
}

static void
say_unknown(struct message *m, const struct match *nearest)
{
	const struct part *part;
	size_t i;

	say(m, "not a layout that any schema describes:");
	for (i = 0; i < nearest->nparts; i++) {
		part = &nearest->parts[i];
		say(m, " %s%s ", part->name, part->suffix);
		say_value(m, part, part->is);
		say(m, ",");
	}
	say(m, " %s-endian; nearest: %s %s ", nearest->layout.order == ORDER_BIG ? "big" : "little",
	    nearest->layout.release->version, catalog_models[nearest->layout.model]);
	say_differences(m, nearest, "(");
	say(m, ")");
}

enum header_result
header_identify_as(const unsigned char *p, size_t size, const struct catalog_release *chosen, struct layout *layout,
    char *message)
{
	struct message m = { message, 0, HEADER_MESSAGE_MAX };
	struct match nearest;
	void *host = new_host_of_any();

	if (host == NULL)
		return HEADER_NO_MEMORY;
	find_nearest(p, size, chosen, host, &nearest);
	free(host);
	message[0] = '\0';
	if (nearest.layout.release == NULL && !header_has_magic(p, size)) {
		say_strange(&m, p, size);
		return HEADER_STRANGE;
	}
	if (nearest.layout.release == NULL) {
		say_cut(&m, size);
		return HEADER_REFUSED;
	}
	if (nearest.nequal < nearest.nparts) {
		say_unknown(&m, &nearest);
		return HEADER_REFUSED;
	}
	*layout = nearest.layout;
	return HEADER_OK;
}

enum header_result
header_identify(const unsigned char *p, size_t size, struct layout *layout, char *message)
{
	return header_identify_as(p, size, NULL, layout, message);
}

bool
header_differs(const unsigned char *p, size_t size, const struct catalog_release *release, char *text)
{
	struct message m = { text, 0, HEADER_DIFFERENCE_MAX };
	struct match nearest;
	void *host = new_host_of_any();

	text[0] = '\0';
	if (host == NULL)
		return false;
	find_nearest(p, size, release, host, &nearest);
	free(host);
	if (nearest.layout.release != NULL)
		say_differences(&m, &nearest, ": ");
	return true;
}
